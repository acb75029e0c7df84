"""The days that an event may bear: none before what it follows from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Any

from rescind.core.follow.letters_out import FIRST, REPLY, TO_BANK, Do, sent_letters
from rescind.core.follow.sendings import told_day
from rescind.core.follow.state import position
from rescind.core.model.case import Event, EventKind, counting, happened, payloads
from rescind.core.model.event_details import (
    BankBlockedDetails,
    ChargedDetails,
    ConfirmedDetails,
    LetterWrittenDetails,
)
from rescind.core.model.sentence import Sentence
from rescind.core.periods import LATEST_ZONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a day, and which field can put it right."""

    field: str
    sentence: Sentence
    suggestions: tuple[str, ...]


BEFORE_END = "before_end"
"""The field that says of a charge that it came before the end, and was rightful."""
_TELLS = frozenset({EventKind.SAID_SENT, EventKind.BUTTON_USED, EventKind.CALLED})
"""How the person tells the merchant themselves, on a day that they name."""


def day_fault(
    events: Sequence[Event],
    event: Event,
    facts: Mapping[str, Any],
    zone: tzinfo = LATEST_ZONE,
) -> Fault | None:
    """Return what is wrong with the day that an event bears; ``None`` where nothing is.

    ``events`` came before it; ``facts`` are those that the case was opened with,
    and ``zone`` is where the person reads the calendar; where none is known, that is
    where a day ends last, so that none is refused for a time zone.
    """
    events = counting(events)
    fault = _before_purchase(event, facts)
    if fault is not None:
        return fault
    charge, stop = event.read(ChargedDetails), event.read(BankBlockedDetails)
    if charge is not None:
        return _fault_of_charge(events, charge, _told_on(events, facts, zone))
    today = event.at.astimezone(zone).date()
    if stop is not None and stop.until is not None and stop.until < today:
        return replace(_fault("stop_is_over", today, on=stop.until), field="until")
    on = told_day(event) if event.kind is EventKind.SAID_SENT else None
    letter_on = letter_day(events, facts, zone) if _follows(events) else None
    if on is not None and letter_on is not None and on < letter_on:
        return _fault("before_letter", letter_on, on=on, day=letter_on)
    return None


def _before_purchase(event: Event, facts: Mapping[str, Any]) -> Fault | None:
    """Return what is wrong with a day before the purchase, whatever bears it."""
    charge, confirmation = event.read(ChargedDetails), event.read(ConfirmedDetails)
    on = told_day(event) if event.kind in _TELLS else None
    if charge is not None:
        on = charge.on
    if confirmation is not None:
        on = confirmation.ends_on
    fault = fault_of_day(on, facts)
    return replace(fault, field="ends_on") if fault and confirmation else fault


def fault_of_day(on: date | None, facts: Mapping[str, Any]) -> Fault | None:
    """Return what is wrong with a day before the purchase; ``None``: nothing is."""
    purchased_on = _day(facts.get("purchased_at"))
    if on is None or purchased_on is None or on >= purchased_on:
        return None
    return _fault("before_purchase", purchased_on, on=on, day=purchased_on)


def _fault(code: str, nearest: date, **values: date) -> Fault:
    return Fault(
        field="on",
        sentence=Sentence.of("refusal", code, **values),
        suggestions=(nearest.isoformat(),),
    )


def _follows(events: Sequence[Event]) -> bool:
    """Return whether the newest letter can have gone out no sooner than it was written.

    One that ends a contract or asks for money may be the person's own, of a day before
    the case; a reminder, a reply, a complaint and what goes to the bank follow it, and
    a second letter of a kind follows the first.
    """
    letters = payloads(events, LetterWrittenDetails)
    kind = letters[-1].kind or FIRST if letters else FIRST
    return kind in _FOLLOWING or kind in {each.kind for each in sent_letters(events)}


_FOLLOWING = frozenset(
    {REPLY, Do.SECOND_NOTICE.value, Do.COMPLAINT.value, *TO_BANK},
)


def letter_day(
    events: Sequence[Event], facts: Mapping[str, Any], zone: tzinfo
) -> date | None:
    """Return the day of the newest letter, as it was written first.

    The letter that a case was opened with is of the day as of which it was opened.
    """
    letters = happened(events, LetterWrittenDetails)
    if not letters:
        return None
    newest, last = letters[-1]
    same = (event for event, each in letters if each.pdf and each.pdf == last.pdf)
    first = next(same, newest)
    written_on = first.at.astimezone(zone).date()
    as_of = _day(facts.get("as_of")) if first is letters[0][0] else None
    return min(written_on, as_of or written_on)


def _fault_of_charge(
    events: Sequence[Event], charge: ChargedDetails, told_on: date | None
) -> Fault | None:
    """Return the question whether a charge came before the end or after it.

    Until an end is confirmed, the day on which the merchant was told stands for it. A
    charge on that very day is not asked about.
    """
    ends, on = payloads(events, ConfirmedDetails), charge.on
    ends_on = ends[-1].ends_on if ends else None
    if on is None:
        return None
    if charge.rightful:
        if ends_on is None or on <= ends_on:
            return None
        sentence = Sentence.of("refusal", "charge_after_end", on=on, day=ends_on)
        return Fault(field=BEFORE_END, sentence=sentence, suggestions=())
    code, day = (
        ("charge_before_end", ends_on)
        if ends_on is not None
        else ("charge_before_letter", told_on)
    )
    if day is None or on >= day:
        return None
    sentence = Sentence.of("refusal", code, on=on, day=day)
    return Fault(field="on", sentence=sentence, suggestions=("--before-end",))


def _told_on(
    events: Sequence[Event], facts: Mapping[str, Any], zone: tzinfo
) -> date | None:
    """Return the day on which the merchant was first told of the end, if it was.

    Who ended it before the case told the day among the facts; what went out in the
    case asks only for the money.
    """
    told = (_day(facts.get(name)) for name in ("cancelled_at", "withdrawn_at"))
    days = [position(events).told_on(zone), *told]
    return min((day for day in days if day is not None), default=None)


def _day(text: Any) -> date | None:  # noqa: ANN401 - a fact as it was given
    """Return the day of a day or a moment in ISO 8601; ``None`` for anything else.

    Of a moment it is the earliest day that it was anywhere, so that no day is refused
    for a time zone.
    """
    try:
        moment = datetime.fromisoformat(str(text or ""))
    except ValueError:
        return None
    return (moment.astimezone(LATEST_ZONE) if moment.tzinfo else moment).date()
