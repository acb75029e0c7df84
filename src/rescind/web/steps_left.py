"""Steps in an account that are still to be done: by when, and beside what."""

from collections.abc import Iterable, Iterator

from rescind.app.follow.titles import next_there
from rescind.core.act.action import ENDS_IT
from rescind.core.follow.at_store import left_there
from rescind.core.follow.due import days_to_act
from rescind.core.follow.due_day import DueKind
from rescind.core.follow.state import OVER, position
from rescind.core.model.case import Case, CaseState
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import ConfirmedDetails
from rescind.labels import label
from rescind.web.card_values import CardRow
from rescind.web.case_state import CaseButton
from rescind.web.case_story import CaseDays

_BY = frozenset({DueKind.WITHDRAWAL, DueKind.REFUND, DueKind.CANCEL})
"""The days by which such steps are done."""


def steps_left(case: Case, code: str, days: CaseDays) -> Iterator[CardRow]:
    """Yield the steps that are left, where the next thing is another; and their day."""
    left = _left(case)
    if not left:
        return
    is_next = next_there(code, case.events) != code
    others = [each for each in left if not (is_next and each in ENDS_IT)]
    if others and not code.startswith("steps_left"):
        todo = ", ".join(label(each, "bench_store") for each in others)
        yield CardRow(what=label("still_to_do", "card_row"), value=todo)
    due = days_to_act(case.verdict, case.events, case.kind)
    lasts = sorted(each.moment.date() for each in due if each.what in _BY)
    coming = [day for day in lasts if day >= days.today]
    for day in coming[:1]:
        yield CardRow(what=label("by", "card_row"), value=days.day(day))


def first_the_steps(
    case: Case, code: str, buttons: Iterable[CaseButton]
) -> Iterator[CaseButton]:
    """Yield the buttons; an answer does none of the steps that are left: they lead."""
    found = tuple(buttons)
    leads_there = any(each.page == "steps" for each in found)
    if code.startswith("answered") and _left(case) and not leads_there:
        yield CaseButton(says=label("steps", "case_button"), page="steps")
    yield from found


def _left(case: Case) -> tuple[str, ...]:
    return () if _is_over(case) else left_there(case.events)


def _is_over(case: Case) -> bool:
    """Return whether the case is closed, or an end was confirmed all the same."""
    state = position(case.events).state
    ends = case.last(ConfirmedDetails)
    is_ended = ends is not None and ends.outcome is not EndOutcome.PAYS_BACK
    return state in OVER or (state is CaseState.CONFIRMED and is_ended)
