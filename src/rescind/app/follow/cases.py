"""The desk: cases opened, letters sent, answers kept."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from rescind.adapters import clock
from rescind.adapters.data.cldr import CldrFormat
from rescind.adapters.data.words import why_not
from rescind.adapters.input.attachments import media_type
from rescind.adapters.input.senders import clean, read_address
from rescind.adapters.input.values import parse_when
from rescind.adapters.mail import practice
from rescind.adapters.mail.compose import final_bytes
from rescind.adapters.mail.smtp import SmtpMailer
from rescind.adapters.settings import smtp
from rescind.adapters.settings.limits import read_limits
from rescind.adapters.settings.smtp import SmtpAccount
from rescind.app.act import letters
from rescind.app.act.plan import plan_for
from rescind.app.follow import case_letters, received
from rescind.app.follow.answers import answers
from rescind.app.follow.confirming import confirmation, instead_of
from rescind.app.follow.days import day_in, day_told
from rescind.app.follow.kept_answer import kept_answer
from rescind.app.follow.owed import promises
from rescind.app.follow.sent_by_hand import day_sent, own_confirm_by
from rescind.app.know.check import named
from rescind.app.prove import keys, proof
from rescind.core.errors import BadInput
from rescind.core.follow.jobs import IN_PERSON
from rescind.core.follow.letters import LetterStanding, letters_of, next_to_send
from rescind.core.model.case import Case, CaseState, EventKind, happened
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import (
    DispatchTakenDetails,
    LetterWrittenDetails,
    SaidSentDetails,
)
from rescind.ports import Mailer
from rescind.settings import data_folder, database_url
from rescind.store import checks, dispatches, rules, selectors, services
from rescind.store.dispatches import Outgoing

if TYPE_CHECKING:
    from rescind.store.models import DispatchRecord

_log = logging.getLogger(__name__)

MAX_NAME = 100
A_WORKER = "a worker (rescind serve has one)"
JUST_NOW = timedelta(minutes=1)
"""A moment that passed so lately is meant as now."""
WAYS = ("practice", "smtp")
"""How the program itself sends a letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of an attempt to send."""

    outcome: str
    said: str


def new_case(
    facts: Mapping[str, Any],
    sender: Mapping[str, Any],
    wanted: letters.Wanted | None = None,
    *,
    own_language: str | None = None,
    case_id: str | None = None,
) -> str:
    """Open a case with its letter as a draft and return its id.

    ``case_id`` is that of the check it comes from, if there is one.
    """
    opening = _opening(facts, sender, wanted, own_language)
    whole = replace(opening, id=UUID(case_id) if case_id else None)
    return str(services.open_case(whole, now=clock.now()).pk)


def new_practice(
    facts: Mapping[str, Any],
    sender: Mapping[str, Any],
    wanted: letters.Wanted,
    *,
    of: str,
) -> str:
    """Open a copy of a check or a case to practise with, and return its id.

    No list has it, and nobody is told of its days.
    """
    opening = replace(_opening(facts, sender, wanted, None), practice_of=of)
    return str(services.open_case(opening, now=clock.now()).pk)


def _opening(
    facts: Mapping[str, Any],
    sender: Mapping[str, Any],
    wanted: letters.Wanted | None,
    own_language: str | None,
) -> services.Opening:
    stated = named(facts)
    written = letters.write(stated, sender, wanted)
    frozen = dict(stated) | {"as_of": written.checked.facts.as_of.isoformat()}
    return services.Opening(
        service=written.checked.service.slug,
        service_name=written.checked.service.name,
        offer=written.checked.verdict.offer,
        facts=frozen,
        verdict=kept_answer(written.checked, plan_for(written.checked).decision),
        sender=sender,
        letter=letters.printed(written, own_language=own_language),
    )


def require(case_id: str, kind: EventKind) -> None:
    """Raise BadInput where an event may not follow now, before anything is asked."""
    case = selectors.find_case(case_id)
    rules.require(case, selectors.events(case), kind)


def letter_to_send(case: Case, kind: str | None = None) -> LetterStanding:
    """Return the letter of a kind that waits, else the first that does.

    Raises BadInput where no such letter waits.
    """
    standing = letters_of(case.events, case.kind)
    chosen = next_to_send(standing)
    if kind is None and chosen is not None:
        return chosen
    waiting = {each.kind: each for each in standing if each.state is CaseState.DRAFT}
    if kind not in waiting:
        raise BadInput("letter", why_not("no_such_draft"), tuple(waiting))
    return waiting[kind]


def take_up(case_id: str, letter: LetterStanding) -> None:
    """Make a letter that waits the one that is sent: it is recorded anew, unchanged."""
    record = selectors.find_case(case_id)
    events = selectors.events(record)
    letters = happened(events, LetterWrittenDetails)
    written = next((each for e, each in letters if e.number == letter.number), None)
    if written is not None and written != letters[-1][1]:
        services.add(record, written, now=clock.now(), known_by=services.PERSON)


def send(
    case_id: str,
    *,
    way: str,
    to: str | None = None,
    copy: bool = True,
    mailer: Mailer | None = None,
) -> Sent:
    """Send a case's letter, once; the caller has the person's yes.

    With ``copy`` a mail of one's own mailbox also goes there, blind. What cannot go
    out now, but may later, is left to the worker. Raises BadInput when the letter may
    be under way already, or no address was given.
    """
    chosen = mailer or mailer_of(way)
    moment = clock.now() + IN_PERSON
    record = _order(case_id, way=way, to=to, copy=copy, moment=moment)
    try:
        return carry_out(record, chosen, f"in person {record.pk}")
    except dispatches.Held as delay:
        words = f"It is sent later by {A_WORKER}: {delay.why}."
        return Sent(outcome=EventKind.DISPATCH_ORDERED.value, said=words)


def send_later(
    case_id: str, *, way: str, to: str | None, at: str, copy: bool = True
) -> Sent:
    """Have the worker send a case's letter at a moment, or when a day begins in UTC.

    Raises BadInput as ``send`` does, and for a moment that is over.
    """
    mailer_of(way)
    moment = _moment(at, clock.now())
    record = _order(case_id, way=way, to=to, copy=copy, moment=moment)
    proof.settle(record.case)
    words = f"It is sent at {moment.isoformat()}, by {A_WORKER}."
    return Sent(outcome=EventKind.DISPATCH_ORDERED.value, said=words)


def _order(
    case_id: str, *, way: str, to: str | None, copy: bool, moment: datetime
) -> "DispatchRecord":

    case = selectors.find_case(case_id)
    recipient = practice.ADDRESS if way == "practice" else _recipient(to)
    message = case_letters.message_for(selectors.case_of(case), recipient)
    outgoing = _outgoing(message, recipient, copy=copy and way == "smtp")
    return dispatches.order(case, outgoing, way=way, now=clock.now(), not_before=moment)


def carry_out(record: "DispatchRecord", mailer: Mailer, work: str) -> Sent:
    """Send an ordered dispatch now, under the limits that were set.

    Raises Held where a limit is reached, and BadInput where it was begun already.
    """
    case = record.case
    proof.stamp_message(case, record.message_digest)
    limits = read_limits(data_folder())
    attempt = dispatches.Attempt(work=work, clock=clock.now, limits=limits)
    outcome = dispatches.dispatch(record, mailer, attempt)
    try:
        if record.way == "practice" and isinstance(outcome, DispatchTakenDetails):
            _answer_in_practice(record)
        proof.settle(case)
    except Exception as error:  # noqa: BLE001 - it went out and is recorded, whatever fails now
        _log.warning("after the sending of %s: %r", record.pk, error)
    return Sent(outcome=outcome.KIND, said=outcome.said)


def _answer_in_practice(record: "DispatchRecord") -> None:
    """Take in what the practice merchant answers."""
    case = record.case
    content = bytes(selectors.file(case, record.message_digest).content)
    ends_on = case.verdict["topics"]["cancel"].get("ends_on")
    words = CldrFormat("en", "GB").day(date.fromisoformat(ends_on)) if ends_on else ""
    raw = practice.practice_answer(content, words or _NO_DAY, case.kind)
    received.take_in(str(case.pk), raw, known_by="server")


def _moment(at: str, now: datetime) -> datetime:
    """Return when to send: a moment, or the beginning of a day in UTC."""
    when = parse_when(at.strip(), "at")
    if not isinstance(when, datetime):
        when = datetime.combine(when, time.min, UTC)
    if when < now - JUST_NOW:
        raise BadInput("at", why_not("moment_over", value=at), [now.date().isoformat()])
    return when


def recall(case_id: str) -> str:
    """Take back the order to send a letter, and return the case's id."""
    case = selectors.find_case(case_id)
    dispatches.recall(case, now=clock.now())
    proof.settle(case)
    return str(case.pk)


def _outgoing(message: EmailMessage, recipient: str, *, copy: bool) -> Outgoing:
    """Return the mail to be sent, signed where the sender has a certificate for it."""
    sender = str(message["From"])
    account = smtp_account()
    return Outgoing(
        content=final_bytes(message, keys.mail_key(sender)),
        message_id=str(message["Message-ID"]),
        recipient=recipient,
        copy_to=account.sender if copy and account else None,
        account=f"{account.user}@{account.host}" if account else "",
    )


_NO_DAY = "the last day that is paid for"


def _recipient(to: str | None) -> str:
    if not to:
        raise BadInput("to", why_not("which_address"), ["name@host.org"])
    return read_address(to)


def mailer_of(way: str) -> Mailer:
    """Return what sends a letter this way; raises BadInput where it is not set up."""
    if way == "practice":
        return practice.PracticeMailer()
    if way != "smtp":
        raise BadInput.unknown_value("way", way, WAYS)
    account = smtp_account()
    if account is None:
        raise BadInput("mailbox", why_not("no_mailbox"), ["rescind mailbox set"])
    secret = smtp.password(account)
    return SmtpMailer(account, lambda: secret)


def smtp_account() -> SmtpAccount | None:
    """Return the mailbox to send from, if one was set up."""
    return smtp.MAILBOX.read(data_folder())


def say_sent(case_id: str, way: str, on: str | None) -> str:
    """Record the person's word that they sent the letter, and return the case's id.

    One that went out before it was written here was their own: its answer is due as
    many days after it as after the letter. Raises BadInput for a day to come, and for
    one before what it follows from.
    """
    record, now = selectors.find_case(case_id), clock.now()
    case = selectors.case_of(record)
    day = day_sent(on, case.facts) if on else day_in(case, now)
    said = SaidSentDetails(way=way, on=day, confirm_by=own_confirm_by(case, day))
    services.say_sent(record, said, now=now)
    proof.settle(record)
    return case.id


def say_not_sent(case_id: str) -> str:
    """Record that a doubtful letter did not go out, and return the case's id."""
    case = selectors.find_case(case_id)
    services.say_not_sent(case, now=clock.now())
    proof.settle(case)
    return str(case.pk)


def hand_over(case_id: str, way: str) -> None:
    """Record that the letter was handed to the person, as a draft or a print."""
    services.hand_over(selectors.find_case(case_id), way, now=clock.now())


def keep_file(case_id: str, content: bytes, *, name: str, note: str = "") -> str:
    """Keep a picture or a paper in a case, and return the case's id.

    Raises BadInput for what is no PNG, JPEG, WebP or PDF, no mail and no plain text.
    """
    case = selectors.find_case(case_id)
    added = services.AddedFile(
        content=content,
        media_type=media_type(content),
        name=clean(Path(name).name[-MAX_NAME:], "upload"),
        note=clean_note(note),
    )
    services.keep_file(case, added, now=clock.now())
    proof.settle(case)
    return str(case.pk)


def confirm(
    case_id: str,
    *,
    ends_on: str,
    note: str,
    outcome: EndOutcome = EndOutcome.CONFIRMED,
    is_taken: bool = True,
) -> str:
    """Record the merchant's confirmation by hand, and return the case's id.

    Where it promises money and no end is known, no day is needed. ``note`` is the
    person's own. ``is_taken``: whether a later end than ours is taken with it; else
    it is asked about before it counts.
    """
    case = selectors.find_case(case_id)
    whole = selectors.case_of(case)
    is_money = not ends_on and promises(whole, answers(whole)) is not None
    day = None if is_money else date.fromisoformat(day_told(ends_on, "ends_on"))
    details = confirmation(whole, day, clean_note(note), outcome)
    if day is not None and not is_taken:
        details = replace(details, instead_of=instead_of(whole, day))
    services.add(case, details, now=clock.now(), known_by=services.PERSON)
    proof.settle(case)
    return str(case.pk)


def close(case_id: str, *, note: str) -> str:
    """Record that the person is done with a case, and return its id."""
    case = selectors.find_case(case_id)
    services.close(case, note=clean_note(note), now=clock.now())
    proof.settle(case)
    return str(case.pk)


def clean_note(note: str, field: str = "note") -> str:
    """Return a note of one line; raises BadInput for what cannot be printed."""
    return clean(note, field)


def forget(case_id: str) -> str:
    """Erase a case and all that was kept or typed for it; return what its id was."""
    from rescind.adapters.jobs.engine import (  # noqa: PLC0415 - 0.24 s, DBOS
        forget_case,
    )

    case = selectors.find_to_forget(case_id)
    name = str(case.pk)
    # before, so that nothing is erased where the engine cannot be reached; and after,
    # when no worker can hand over work of it any more
    forget_case(database_url(), data_folder(), name)
    services.forget(case)
    checks.forget(name)
    forget_case(database_url(), data_folder(), name)
    return name
