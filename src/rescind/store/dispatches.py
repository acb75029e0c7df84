"""Writes of dispatches: ordered by a person, begun once, recorded before and after."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.db import InterfaceError, OperationalError, connection, transaction

from rescind.core.errors import BadInput, PermanentError, TransientError, UnknownOutcome
from rescind.core.follow.jobs import is_tried_again
from rescind.core.follow.limits import Limits
from rescind.core.follow.state import ordered
from rescind.core.model.case import (
    CaseState,
    Event,
    EventKind,
    happened,
    payloads,
)
from rescind.core.model.event_details import (
    DispatchBegunDetails,
    DispatchOrderedDetails,
    DispatchRecalledDetails,
    DispatchRefusedDetails,
    DispatchTakenDetails,
    DispatchUnknownDetails,
)
from rescind.ports import Mailer, Submission
from rescind.store import rules, selectors
from rescind.store.models import CaseRecord, DispatchRecord
from rescind.store.retry import insist
from rescind.store.services import PERSON, PROGRAM, SERVER, add, keep

Outcome: TypeAlias = (
    DispatchTakenDetails | DispatchUnknownDetails | DispatchRefusedDetails
)
"""How a sending ended."""
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LOST = "the program stopped while it was sending"
MAY_BE_SENT = "it may have been sent, and that could not be written down"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A mail as it will be sent, byte for byte, and to whom."""

    content: bytes
    message_id: str
    recipient: str
    copy_to: str | None = None
    account: str = ""
    """The mail account that it goes out by; empty where none is needed."""


class Held(Exception):  # noqa: N818 - nothing went wrong
    """A letter has to wait: nothing was begun."""

    def __init__(self, until: datetime, why: str) -> None:
        """Say until when, and why."""
        super().__init__(why)
        self.until = until
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """How a dispatch is attempted: by which work, under which limits, at what time."""

    work: str
    """A name of its own; a second run under the same name knows that it ran before."""
    clock: Callable[[], datetime]
    limits: Limits = field(default_factory=Limits)


@transaction.atomic
def order(
    case: CaseRecord,
    outgoing: Outgoing,
    *,
    way: str,
    now: datetime,
    not_before: datetime | None = None,
) -> DispatchRecord:
    """Record a person's yes: what will be sent, to whom and how, and not before when.

    Raises BadInput when a letter of this case may be under way already.
    """
    CaseRecord.objects.select_for_update().get(pk=case.pk)
    rules.require(case, selectors.fresh_events(case), EventKind.DISPATCH_ORDERED)
    record = DispatchRecord.objects.create(
        case=case,
        number=DispatchRecord.objects.filter(case=case).count() + 1,
        way=way,
        recipient=outgoing.recipient,
        message_id=outgoing.message_id,
        message_digest=keep(case, outgoing.content, "message/rfc822", "letter.eml"),
        copy_to=outgoing.copy_to or "",
        account=outgoing.account,
        domain=outgoing.recipient.rpartition("@")[2].lower(),
    )
    details = DispatchOrderedDetails(
        dispatch=str(record.pk),
        way=record.way,
        recipient=record.recipient,
        message=record.message_digest,
        message_id=record.message_id,
        not_before=not_before or now,
    )
    add(case, details, now=now, known_by=PERSON)
    return record


@transaction.atomic
def recall(case: CaseRecord, *, now: datetime) -> None:
    """Take an order back; raises BadInput where nothing waits to be sent."""
    CaseRecord.objects.select_for_update().get(pk=case.pk)
    events = selectors.fresh_events(case)
    rules.require(case, events, EventKind.DISPATCH_RECALLED)
    details = DispatchRecalledDetails(dispatch=ordered_dispatch(events))
    add(case, details, now=now, known_by=PERSON)


def ordered_dispatch(events: Sequence[Event]) -> str:
    """Return the sending that waits; empty where none does."""
    order = ordered(events)
    details = order.read(DispatchOrderedDetails) if order else None
    return details.dispatch if details else ""


def waiting_dispatch(case: CaseRecord) -> DispatchRecord | None:
    """Return the dispatch that a case's order names, begun or not, if one stands."""
    orders = payloads(selectors.fresh_events(case), DispatchOrderedDetails)
    open_states = (CaseState.ORDERED, CaseState.SENDING)
    if not orders or selectors.current(case).state not in open_states:
        return None
    return DispatchRecord.objects.get(pk=orders[-1].dispatch)


def dispatch(record: DispatchRecord, mailer: Mailer, attempt: Attempt) -> Outcome:
    """Send an ordered dispatch, once: recorded before the attempt and after it.

    Returned is how it ended, with what both sides said. A server that puts it off
    leaves it ordered, to be tried again. Whatever fails once it may have been taken
    leaves it in doubt, and never free to be sent again.
    Raises Held where a limit is reached, BadInput where it was begun already, and
    UnknownOutcome where the outcome could not be written for a minute.
    """
    content = bytes(selectors.file(record.case, record.message_digest).content)
    submission = Submission(
        content=content,
        recipient=record.recipient,
        envelope_id=envelope_id(record),
        copy_to=record.copy_to or None,
    )
    _claim(record, attempt)
    outcome: Outcome | None = None
    # from here on it may have been taken: nothing may fail outside of this
    try:
        dialogue: list[str] = []
        outcome = _sent(record, mailer, submission, dialogue)
        now = attempt.clock()
        insist(lambda: _record(record, outcome, dialogue, now))
        return outcome  # noqa: TRY300 - whatever fails in leaving is caught as well
    except Exception as error:  # noqa: BLE001 - whatever it is, the letter may have gone
        return _recorded_all_the_same(record, outcome, error, attempt)


def _sent(
    record: DispatchRecord,
    mailer: Mailer,
    submission: Submission,
    dialogue: list[str],
) -> Outcome:
    """Hand the message over, and return how that ended."""
    name, way = str(record.pk), record.way
    try:
        said = "\n".join(mailer.send(submission, dialogue).answers)
    except UnknownOutcome as error:
        return DispatchUnknownDetails(dispatch=name, way=way, said=str(error))
    except (TransientError, PermanentError) as error:
        return DispatchRefusedDetails(
            dispatch=name,
            way=way,
            said=str(error),
            again=isinstance(error, TransientError),
        )
    return DispatchTakenDetails(dispatch=name, way=way, said=said)


def _recorded_all_the_same(
    record: DispatchRecord,
    outcome: Outcome | None,
    error: Exception,
    attempt: Attempt,
) -> Outcome:
    """Record how it ended and nothing more; or, if that fails, that nobody knows."""
    is_unreachable = isinstance(error, OperationalError | InterfaceError)
    if outcome is None or is_unreachable:
        return _in_doubt(record, error, attempt)
    # what was said on the line may be what cannot be kept; how it ended is known
    _log.warning("dispatch %s: %r", record.pk, error)
    try:
        now = attempt.clock()
        if _last_outcome(record) is None:
            insist(lambda: _record(record, outcome, [], now))
    except Exception as again:  # noqa: BLE001 - as before
        return _in_doubt(record, again, attempt)
    return outcome


def _in_doubt(record: DispatchRecord, error: Exception, attempt: Attempt) -> Outcome:
    """Record that nobody knows how it ended, unless that was recorded; return that.

    Raises UnknownOutcome where nothing can be written: the claim stands, and a worker
    records the doubt later.
    """
    _log.error("dispatch %s: %r", record.pk, error)
    said = f"{LOST}: {type(error).__name__}"
    try:
        insist(lambda: doubt(record.case, said, now=attempt.clock()))
        outcome = _last_outcome(record)
    except Exception as again:
        raise UnknownOutcome(record.way, f"{MAY_BE_SENT}: {error}") from again
    return outcome or DispatchUnknownDetails(dispatch=str(record.pk), said=said)


def _last_outcome(record: DispatchRecord) -> Outcome | None:
    """Return how a sending ended, as it is recorded; ``None`` while it is not.

    What was recorded before this sending was begun anew says nothing of it.
    """
    for event in reversed(selectors.fresh_events(record.case)):
        match event.payload:
            case DispatchBegunDetails(dispatch=name) if name == str(record.pk):
                return None
            case (
                DispatchTakenDetails(dispatch=name)
                | DispatchUnknownDetails(dispatch=name)
                | DispatchRefusedDetails(dispatch=name)
            ) as outcome if name == str(record.pk):
                return outcome
    return None


@transaction.atomic
def _record(
    record: DispatchRecord, outcome: Outcome, dialogue: list[str], now: datetime
) -> None:
    """Record how it ended; what was put off can be begun again, for some days."""
    last = selectors.fresh_events(record.case)[-1]
    if last.kind.value == outcome.KIND and last.at == now:
        return  # it was written, and only the word of it was lost
    if dialogue:
        content = "\n".join([*dialogue, ""]).encode()
        kept = keep(record.case, content, "text/plain", "dialogue.txt")
        outcome = replace(outcome, dialogue=kept)
    if isinstance(outcome, DispatchRefusedDetails) and outcome.again:
        outcome = replace(outcome, again=is_tried_again(_order_of(record), now))
        if outcome.again:
            unbegun = {"begun_at": None, "begun_by": ""}
            DispatchRecord.objects.filter(pk=record.pk).update(**unbegun)
    known_by = SERVER if isinstance(outcome, DispatchTakenDetails) else PROGRAM
    add(record.case, outcome, now=now, known_by=known_by)


def _order_of(record: DispatchRecord) -> Event:
    orders = happened(selectors.fresh_events(record.case), DispatchOrderedDetails)
    return next(event for event, each in orders if each.dispatch == str(record.pk))


def envelope_id(record: DispatchRecord) -> str:
    """Return what a delivery notice names a dispatch by (RFC 3461 section 4.4)."""
    return f"rescind-{record.pk.hex}"


def _claim(record: DispatchRecord, attempt: Attempt) -> None:
    """Take the dispatch for this attempt, and say so before anything leaves.

    The case is locked and looked at again: of two dispatches prepared side by side
    only one is begun.
    """
    with transaction.atomic():
        _one_at_a_time(record.account)
        now = attempt.clock()
        case = CaseRecord.objects.select_for_update().get(pk=record.case_id)
        if ordered_dispatch(selectors.fresh_events(case)) != str(record.pk):
            raise BadInput("dispatch", "was begun already and is never sent twice")
        _keep_limits(record, attempt.limits, now)
        unbegun = DispatchRecord.objects.filter(pk=record.pk, begun_at=None)
        if unbegun.update(begun_at=now, begun_by=attempt.work) != 1:
            raise BadInput("dispatch", "was begun already and is never sent twice")
        details = DispatchBegunDetails(
            dispatch=str(record.pk),
            way=record.way,
            recipient=record.recipient,
            message=record.message_digest,
            message_id=record.message_id,
        )
        add(case, details, now=now, known_by=PROGRAM)


def _one_at_a_time(account: str) -> None:
    """Let one process at a time count what an account sent; SQLite does so anyway."""
    if connection.vendor == "postgresql" and account:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [account])


def _keep_limits(record: DispatchRecord, limits: Limits, now: datetime) -> None:
    by = DispatchRecord.objects.filter(account=record.account)
    to = by.filter(domain=record.domain)
    for sent, window, most, what in (
        (by, HOUR, limits.per_hour, "letters an hour from this account"),
        (by, DAY, limits.per_day, "letters a day from this account"),
        (to, HOUR, limits.per_domain_hour, f"letters an hour to {record.domain}"),
    ):
        if most is None or not record.account:
            continue
        last = sent.filter(begun_at__gt=now - window).order_by("-begun_at")
        counted: Any = last.values_list("begun_at", flat=True)[most - 1 : most]
        if counted:
            raise Held(counted[0] + window, f"no more than {most} {what}")


def doubt(case: CaseRecord, said: str, *, now: datetime) -> None:
    """Record that nobody knows how a sending ended; nothing is sent by it."""
    with transaction.atomic():
        CaseRecord.objects.select_for_update().get(pk=case.pk)
        events = selectors.fresh_events(case)
        if selectors.standing_of(events, now.date()).state is not CaseState.SENDING:
            return
        begun = payloads(events, DispatchBegunDetails)[-1]
        details = DispatchUnknownDetails(dispatch=begun.dispatch, said=said)
        add(case, details, now=now, known_by=PROGRAM)
