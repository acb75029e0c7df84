"""Cases as lines: what is to be done now, what waits for an answer, what is safe."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rescind.adapters.public.case import CaseJson
from rescind.core.model.case import CaseState
from rescind.core.model.sentence import Sentence
from rescind.labels import day_in_words, say

_WAITING = frozenset(
    {CaseState.SENT, CaseState.DELIVERED, CaseState.ORDERED, CaseState.SENDING}
)
_SAFE = frozenset({CaseState.CONFIRMED, CaseState.CLOSED, CaseState.RESUMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case in a list: what it is about, and where it stands."""

    id: str
    name: str
    title: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLines:
    """The cases of the first page, by what they want of the person."""

    act: tuple[CaseLine, ...]
    waiting: tuple[CaseLine, ...]
    safe: tuple[CaseLine, ...]


def case_lines(cases: Iterable[CaseJson]) -> CaseLines:
    """Return the lines, each group in the order of the cases."""
    lines = [(CaseState(case["state"]), _line(case)) for case in cases]
    return CaseLines(
        act=tuple(line for state, line in lines if state not in _WAITING | _SAFE),
        waiting=tuple(line for state, line in lines if state in _WAITING),
        safe=tuple(line for state, line in lines if state in _SAFE),
    )


def _line(case: CaseJson) -> CaseLine:
    ends_on = date.fromisoformat(case["ends_on"]) if case["ends_on"] else None
    day = day_in_words(ends_on) if ends_on else "the day they named"
    title = Sentence.of("case_title", case["state"], who=case["service_name"], day=day)
    return CaseLine(
        id=case["id"],
        name=case["service_name"],
        title=say(title),
        next=case["next_step"],
    )
