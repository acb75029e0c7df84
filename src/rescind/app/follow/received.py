"""What comes back: a copy of our own, a delivery notice, or an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from rescind.adapters import clock
from rescind.adapters.input.sums import read_written_money
from rescind.adapters.mail.dsn import DeliveryNotice
from rescind.adapters.mail.envelope import Naming
from rescind.app import confined
from rescind.app.follow.answers_in_case import in_case
from rescind.app.follow.days import country_of, day_in, day_told
from rescind.app.follow.reading import LIMITS, read_raw
from rescind.app.follow.set_days import again_by, wants_by
from rescind.app.follow.wanted import waives_fee
from rescind.app.prove import proof
from rescind.core.errors import BadInput
from rescind.core.follow.shortfall import (
    DAY,
    ENDS,
    LaterEnd,
    is_same_moment,
    is_same_time,
)
from rescind.core.model.case import counting, happened, payloads
from rescind.core.model.event_details import (
    AnsweredDetails,
    ConfirmedDetails,
    LetterWrittenDetails,
)
from rescind.core.model.message import Label, Reading
from rescind.core.model.report_details import (
    CopyKeptDetails,
    DeliveredDetails,
    DeliveryFailedDetails,
    NoticeKeptDetails,
)
from rescind.core.model.third_party_details import MERCHANT, STORE
from rescind.store import selectors, services
from rescind.store.dispatches import envelope_id
from rescind.store.services import PERSON, Arrival

if TYPE_CHECKING:
    from rescind.store.models import CaseRecord, DispatchRecord

OUTCOMES: Mapping[str, type[DeliveredDetails] | type[DeliveryFailedDetails]] = {
    "delivered": DeliveredDetails,
    "failed": DeliveryFailedDetails,
}
"""What a server's word on our own letter leads to; a delay or a relay to nothing."""


WRITERS = (MERCHANT, STORE)


def take_in(
    case_id: str,
    raw: bytes,
    *,
    known_by: str = PERSON,
    unverified: bool = False,
    by: str | None = None,
) -> str:
    """Keep a message that came, say what it is, and return the case's id.

    ``unverified``: nothing shows that it is from whom it says. ``by``: whether a store
    or the company wrote, where both were written to.
    """
    if by is not None and by not in WRITERS:
        raise BadInput.unknown_value("by", by, WRITERS)
    case = selectors.find_case(case_id)
    arrival = _arrival(case, raw, unverified=unverified)
    if by is not None and isinstance(arrival.details, AnsweredDetails):
        arrival = replace(arrival, details=replace(arrival.details, by=by))
    services.record_message(case, raw, arrival, now=clock.now(), known_by=known_by)
    proof.settle(case)
    return str(case.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the person says that a message names, as they write it."""

    ends_on: str = ""
    """The day of the end; empty: as it was read."""
    fee: str | None = None
    """What it asks for the leaving, empty where it names no sum; ``None``: nothing."""
    refund: str = ""
    """The sum that it says comes back; empty: as it was read."""
    whole: bool = False
    """Whether that is all of it: a fee that the program read is none."""


NOTHING = Named()


def accept(
    case_id: str, message: str, reads_as: str | None = None, named: Named = NOTHING
) -> str:
    """Record the person's word that a kept message is the merchant's.

    ``message`` is its digest; ``reads_as`` is what the person says that it is, where
    the program read it wrong. Raises BadInput for a file that the case has not, for no
    such reading and for no such day or sum.
    """
    case = selectors.find_case(case_id)
    raw = bytes(selectors.file(case, message).content)
    if reads_as is not None and reads_as not in set(Label):
        raise BadInput.unknown_value(
            "reads_as", reads_as, [each.value for each in Label]
        )
    before, reading = _said_before(case, message), _reading(case, raw)
    is_end = reads_as is None or Label(reads_as) in ENDS
    other = _named_after_an_end(case, reading) if is_end else None
    keeps_fee = not named.whole or (reads_as is not None and is_end)
    asks_fee = named.fee is not None or (before.asks_fee and keeps_fee)
    told = replace(reading, label=Label(reads_as)) if reads_as else reading
    details = AnsweredDetails(
        message=message,
        reads_as=Label(reads_as) if reads_as else _label(reading),
        by_person=reads_as is not None,
        ends_on=_day_named(named.ends_on) or before.ends_on or other,
        asks_fee=asks_fee,
        fee=_sum_named(case, named.fee) or (before.fee if asks_fee else None),
        refund=_sum_named(case, named.refund) or before.refund,
        by=_written_by(case, message),
        whole=named.whole or before.whole,
        wants_by=wants_by(told, _came_on(case, message)),
        again_by=again_by(selectors.case_of(case), told),
    )
    services.add(case, details, now=clock.now(), known_by=PERSON)
    proof.settle(case)
    return str(case.pk)


def _said_before(case: "CaseRecord", message: str) -> AnsweredDetails:
    """Return what the person said of a message before: its day and its fee stand.

    A fee stands beside an end; whatever else it is said to be takes its place.
    """
    told = payloads(counting(selectors.events(case)), AnsweredDetails)
    said = [each for each in told if each.message == message and each.by_person]
    return said[-1] if said else AnsweredDetails()


def _written_by(case: "CaseRecord", message: str) -> str | None:
    """Return who wrote a message, as the person said when it came."""
    told = payloads(counting(selectors.events(case)), AnsweredDetails)
    return next((each.by for each in told if each.message == message), None)


def _came_on(case: "CaseRecord", message: str) -> date:
    """Return the day on which a message came; today for what was only kept."""
    whole = selectors.case_of(case)
    told = happened(whole.events, AnsweredDetails)
    came = (event.at for event, each in told if each.message == message)
    return day_in(whole, next(came, clock.now()))


def _day_named(text: str) -> date | None:
    return date.fromisoformat(day_told(text, "ends_on")) if text else None


def _sum_named(case: "CaseRecord", text: str | None) -> str | None:
    """Return a sum as the log has it, from how a person writes it; raises BadInput."""
    if not text:
        return None
    place = country_of(selectors.case_of(case))
    return str(read_written_money(text, "fee", country=place))


def _arrival(case: "CaseRecord", raw: bytes, *, unverified: bool) -> "Arrival":
    dispatches = selectors.dispatches(case)
    naming = naming_of(raw)
    for notice in naming.notices:
        for dispatch in dispatches:
            if _is_about(notice, dispatch):
                return _notice(notice, dispatch)
    if not naming.notices and naming.message_id:
        for dispatch in dispatches:
            if dispatch.message_id == naming.message_id:
                return Arrival(details=CopyKeptDetails(dispatch=str(dispatch.pk)))
    to = next((str(d.pk) for d in dispatches if d.message_id in naming.answers), None)
    reading, whole = _reading(case, raw), selectors.case_of(case)
    details = AnsweredDetails(
        reads_as=_label(reading),
        unverified=unverified,
        to=to,
        asks_fee=reading.asks_fee and not reading.needs_person,
        waives_fee=waives_fee(reading),
        ends_on=_named_after_an_end(case, reading),
        wants_by=wants_by(reading, day_in(whole, clock.now())),
        again_by=again_by(whole, reading),
        may_refuse=reading.label is Label.REFUSED and reading.needs_person,
    )
    return Arrival(details=details)


def naming_of(raw: bytes) -> Naming:
    """Return what a message is called and names; nothing for what cannot be read."""
    try:
        naming: Naming = confined.run("mail", LIMITS, "naming", raw)
    except BadInput:
        return Naming(message_id="", answers=frozenset(), notices=())
    return naming


def _label(reading: Reading) -> Label | None:
    """Return what a message reads as; ``None`` where a person has to say."""
    return None if reading.needs_person else reading.label


def _named_after_an_end(case: "CaseRecord", reading: Reading) -> date | None:
    """Return the end that a message names in a case whose end was recorded before.

    "Effective 1 March" is the end of 28 February, where that was recorded.
    """
    whole, text = selectors.case_of(case), reading.effective_on or ""
    if whole.last(ConfirmedDetails) is None:
        return None
    if reading.label is Label.REFUSED and not reading.needs_person:
        return _named_in_refusal(reading, whole.ends_on)
    if not text[:1].isdigit():
        return None
    theirs, ours = date.fromisoformat(text), whole.ends_on
    is_same = ours is not None and is_same_time(
        LaterEnd(theirs=theirs, ours=ours), reading
    )
    return ours if is_same or is_same_moment(reading, ours) else theirs


def _named_in_refusal(reading: Reading, ours: date | None) -> date | None:
    """Return the later end that a refusal names; on the next day it only renews."""
    theirs = reading.refused_until
    if theirs is None or ours is None or theirs <= ours + DAY:
        return None
    return theirs


def _reading(case: "CaseRecord", raw: bytes) -> Reading:
    """Return what a message reads as."""
    whole = selectors.case_of(case)
    subjects = [each.subject for each in payloads(whole.events, LetterWrittenDetails)]
    text = selectors.letter(whole).text if subjects and whole.has_letter else ""
    ours = "\n".join([*subjects, text])
    came_on = day_in(whole, clock.now())
    return in_case(whole, read_raw(raw, ours=ours, came_on=came_on))


def _is_about(notice: DeliveryNotice, dispatch: "DispatchRecord") -> bool:
    """Return whether a notice names our letter, by what only we and servers know."""
    by_envelope = notice.envelope_id == envelope_id(dispatch)
    by_message_id = bool(notice.message_id) and notice.message_id == dispatch.message_id
    is_ours = notice.recipient.lower() == dispatch.recipient.lower()
    return (by_envelope or by_message_id) and is_ours


def _notice(notice: DeliveryNotice, dispatch: "DispatchRecord") -> "Arrival":

    details = NoticeKeptDetails(
        dispatch=str(dispatch.pk),
        action=notice.action or None,
        recipient=notice.recipient or None,
        status=notice.status or None,
        said=notice.diagnostic or None,
        by=notice.reporting_server or None,
    )
    if notice.action not in OUTCOMES:
        return Arrival(details=details)
    outcome = OUTCOMES[notice.action](
        dispatch=details.dispatch,
        action=details.action,
        recipient=details.recipient,
        status=details.status,
        said=details.said,
        by=details.by,
    )
    return Arrival(details=details, outcome=outcome)
