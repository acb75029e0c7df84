"""What the person reports: a charge, a button, a call, a stop at the bank."""

from collections.abc import Mapping
from datetime import date, timedelta

from rescind.adapters import clock
from rescind.adapters.input.facts import read_money
from rescind.app.follow import steps
from rescind.app.follow.cases import clean_note, read_day
from rescind.app.prove import proof
from rescind.core.errors import BadInput
from rescind.core.follow.escalation import StepState
from rescind.core.follow.transitions import possible
from rescind.core.model.case import Case, EventKind
from rescind.core.periods import EARLIEST_ZONE
from rescind.store import selectors, services

CONFIRM_WITHIN = 3
"""Days: a button and a call are confirmed at once or soon; our own measure."""


def skip(case_id: str, step: str, note: str = "") -> str:
    """Record that the person does without a step, and return the case's id."""
    if step not in steps.STEPS:
        raise BadInput.unknown_value("step", step, steps.STEPS)
    case = selectors.read_case(case_id)
    rows = {row["step"]: row["state"] for row in steps.steps(case)}
    if rows.get(step) not in (StepState.DUE.value, StepState.LATER.value):
        raise BadInput("step", f"{step} is not before this case", sorted(rows))
    details = {"step": step, "note": clean_note(note)}
    return _happened(case_id, EventKind.STEP_SKIPPED, details)


def charged(
    case_id: str, *, on: str, amount: str = "", note: str = "", before_end: bool = False
) -> str:
    """Record that money was taken, and return the case's id.

    A charge that came ``before_end`` was rightful: it is noted and changes nothing.
    Raises BadInput for a day to come, for an amount that cannot be read, where nobody
    was told of the end yet, and with a question where the day alone leaves open
    whether the charge came after the end.
    """
    money = read_money(amount, "amount") if amount.strip() else None
    case, day = selectors.read_case(case_id), _past_day(on, "on")
    details = {
        "on": day,
        "amount": f"{money.amount} {money.currency}" if money else "",
        "note": clean_note(note),
    }
    if before_end:
        details["rightful"] = "yes"
    elif EventKind.CHARGED in possible(case.events):
        details |= _last_day_to_dispute(case, day)
    return _happened(case_id, EventKind.CHARGED, details)


def _last_day_to_dispute(case: Case, charged_on: str) -> dict[str, str]:
    days = steps.last_days_to_dispute(case, date.fromisoformat(charged_on))
    if not days:
        return {}
    return {"dispute_by": days[0]["by"][:10], "rests_on": days[0]["name"]}


def used_button(case_id: str, *, on: str = "", note: str = "") -> str:
    """Record that the person ended it by the merchant's own button or form.

    What the last page showed is kept beside it as a file, and is the proof.
    """
    return _otherwise(case_id, EventKind.BUTTON_USED, on, {"note": clean_note(note)})


def called(
    case_id: str, *, on: str = "", with_whom: str, said: str, reference: str = ""
) -> str:
    """Take down a call that ended it: with whom, what was said, which reference."""
    if not said.strip():
        raise BadInput("said", "what did they say?", ["that it ends on 2026-12-31"])
    details = {
        "with_whom": clean_note(with_whom),
        "said": clean_note(said),
        "reference": clean_note(reference),
    }
    return _otherwise(case_id, EventKind.CALLED, on, details)


def blocked(case_id: str, *, until: str = "", note: str = "") -> str:
    """Record that the bank was told to stop the payments, and until when that holds."""
    day = read_day(until, "until") if until.strip() else ""
    details = {"until": day, "note": clean_note(note)}
    return _happened(case_id, EventKind.BANK_BLOCKED, details)


def resume(case_id: str, note: str = "") -> str:
    """Record that the person took the ending back; the case is over with it."""
    details = {"note": clean_note(note)}
    return _happened(case_id, EventKind.RESUMED, details)


def _otherwise(
    case_id: str, kind: EventKind, on: str, details: Mapping[str, str]
) -> str:
    day = _past_day(on, "on") if on.strip() else clock.now().date().isoformat()
    confirm_by = date.fromisoformat(day) + timedelta(days=CONFIRM_WITHIN)
    days = {"on": day, "confirm_by": confirm_by.isoformat()}
    return _happened(case_id, kind, {**details, **days})


def _past_day(text: str, field: str) -> str:
    day = read_day(text, field)
    today = clock.now().astimezone(EARLIEST_ZONE).date().isoformat()
    if day > today:
        raise BadInput(field, f"{day} has not come yet", [today])
    return day


def _happened(case_id: str, kind: EventKind, details: Mapping[str, str]) -> str:

    case = selectors.find_case(case_id)
    services.add_event(
        case, kind, now=clock.now(), known_by=services.PERSON, details=details
    )
    proof.settle(case)
    return str(case.pk)
