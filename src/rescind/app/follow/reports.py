"""What the person reports: a charge, a button, a call, a stop at the bank."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rescind.adapters import clock
from rescind.adapters.data.words import why_not
from rescind.adapters.input.sums import read_written_money
from rescind.adapters.input.values import read_money
from rescind.adapters.public.steps import LastDayJson
from rescind.app.follow import at_store, steps
from rescind.app.follow.at_store import CONFIRM_WITHIN
from rescind.app.follow.cases import clean_note
from rescind.app.follow.days import country_of, day_told, today
from rescind.app.follow.last_days import last_days_to_dispute
from rescind.app.prove import proof
from rescind.core.errors import BadInput
from rescind.core.follow.escalation import StepState
from rescind.core.follow.transitions import possible
from rescind.core.model.case import EventKind
from rescind.core.model.correction_details import ReopenedDetails
from rescind.core.model.event_details import (
    BankBlockedDetails,
    CalledDetails,
    ChargedDetails,
    EventDetails,
    ResumedDetails,
    StepSkippedDetails,
)
from rescind.core.model.event_text import DAY_LENGTH
from rescind.core.periods import EARLIEST_ZONE
from rescind.store import selectors, services


def skip(case_id: str, step: str, note: str = "") -> str:
    """Record that the person does without a step, and return the case's id."""
    if step not in steps.STEPS:
        raise BadInput.unknown_value("step", step, steps.STEPS)
    case = selectors.read_case(case_id)
    rows = {row["step"]: row["state"] for row in steps.steps(case)}
    if rows.get(step) not in (StepState.DUE.value, StepState.LATER.value):
        message = why_not("step_not_ahead", step=step)
        raise BadInput("step", message, sorted(rows))
    return _add(case_id, StepSkippedDetails(step=step, note=clean_note(note)))


def charged(
    case_id: str, *, on: str, amount: str = "", note: str = "", before_end: bool = False
) -> str:
    """Record that money was taken, and return the case's id.

    A charge that came ``before_end`` was rightful: it is noted and changes nothing.
    Raises BadInput for a day to come, for an amount that cannot be read, where nobody
    was told of the end yet, and with a question where the day alone leaves open
    whether the charge came after the end.
    """
    case, day = selectors.read_case(case_id), _past_day(on, "on")
    country = country_of(case)
    written = amount.strip()
    money = read_written_money(written, "amount", country=country) if written else None
    details = ChargedDetails(
        on=day,
        amount=f"{money.amount} {money.currency}" if money else "",
        note=clean_note(note),
        rightful=before_end,
    )
    if not before_end and EventKind.CHARGED in possible(case.events):
        details = _with_last_day(details, last_days_to_dispute(case, day))
    return _add(case_id, details)


def paid(case_id: str, amount: str = "") -> str:
    """Record that what they ask for was owed and is paid, and return the case's id.

    On which day it was paid is not asked: it says nothing of a charge.
    """
    money = read_money(amount, "amount") if amount else None
    text = f"{money.amount} {money.currency}" if money else ""
    return _add(case_id, ChargedDetails(amount=text, rightful=True))


def _with_last_day(
    charge: ChargedDetails, days: Sequence[LastDayJson]
) -> ChargedDetails:
    """Return a charge with the first day on which a right to dispute it ends."""
    if not days:
        return charge
    by = date.fromisoformat(days[0]["by"][:DAY_LENGTH])
    return replace(charge, dispute_by=by, rests_on=days[0]["name"])


def used_button(
    case_id: str, *, on: str = "", note: str = "", done: Sequence[str] = ()
) -> str:
    """Record that the person ended it by a button, a form or the steps at a store.

    ``done`` names the actions of the plan that were; without them it was all.
    What the last page showed is kept beside it as a file, and is the proof.
    """
    day, case = _told_on(case_id, on), selectors.read_case(case_id)
    return _add(case_id, at_store.used(case, day, clean_note(note), done))


def called(
    case_id: str, *, on: str = "", with_whom: str, said: str, reference: str = ""
) -> str:
    """Take down a call that ended it: with whom, what was said, which reference."""
    if not with_whom.strip():
        raise BadInput("with_whom", why_not("whom_spoken_with"), ["the help desk"])
    if not said.strip():
        said_so = ["that it ends on 31 December 2026"]
        raise BadInput("said", why_not("what_said"), said_so)
    day = _told_on(case_id, on)
    details = CalledDetails(
        with_whom=clean_note(with_whom, "with_whom"),
        said=clean_note(said, "said"),
        reference=clean_note(reference, "reference"),
        on=day,
        confirm_by=day + CONFIRM_WITHIN,
    )
    return _add(case_id, details)


def blocked(case_id: str, *, until: str = "", note: str = "") -> str:
    """Record that the bank was told to stop the payments, and until when that holds."""
    day = date.fromisoformat(day_told(until, "until")) if until.strip() else None
    return _add(case_id, BankBlockedDetails(until=day, note=clean_note(note)))


def resume(case_id: str, note: str = "") -> str:
    """Record that the person took the ending back; the case is over with it."""
    return _add(case_id, ResumedDetails(note=clean_note(note)))


def reopen(case_id: str, note: str = "") -> str:
    """Take a closing or a resumption back: the case stands as if it had not been."""
    return _add(case_id, ReopenedDetails(note=clean_note(note)))


def _told_on(case_id: str, on: str) -> date:
    """Return the day on which the merchant was told; today, where none was given."""
    if on.strip():
        return _past_day(on, "on")
    return today(selectors.read_case(case_id))


def _past_day(text: str, field: str) -> date:
    day = date.fromisoformat(day_told(text, field))
    latest = clock.now().astimezone(EARLIEST_ZONE).date()
    if day > latest:
        here = clock.today().isoformat()
        raise BadInput(field, why_not("not_come_yet", day=day), [here])
    return day


def _add(case_id: str, details: EventDetails) -> str:
    case = selectors.find_case(case_id)
    services.add(case, details, now=clock.now(), known_by=services.PERSON)
    proof.settle(case)
    return str(case.pk)
