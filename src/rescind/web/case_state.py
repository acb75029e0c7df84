"""The card of a case as a value: its rows, its story, and the one thing to do."""

from dataclasses import dataclass

from rescind.core.model.case import Case, practice_of
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import DispatchOrderedDetails
from rescind.web.card_values import CardRow
from rescind.web.case_story import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseButton:
    """The one thing to do now: what it says, and the form that it sends."""

    says: str
    page: str
    """The name of the address it goes to."""
    fields: tuple[tuple[str, str], ...] = ()
    """What goes along."""
    posts: bool = False
    """Whether it does something; else it only leads there."""
    sum: str | None = None
    """How much came, to begin its field with; ``None``: it asks no sum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """What the page of a case shows before anything is unfolded."""

    about: str
    title: str
    rows: tuple[CardRow, ...]
    tone: str
    """``late`` where something is wrong, else empty."""
    button: CaseButton | None
    second: CaseButton | None
    third: CaseButton | None
    ahead: tuple[Told, ...]
    story: tuple[Told, ...]
    is_practice: bool
    unread: str = ""
    """The digest of the newest answer, where a person has to say what it is."""


def outcome_field(outcome: EndOutcome) -> tuple[str, str]:
    """Return the field of a form that says what is recorded of an end."""
    return "outcome", outcome.value


def is_practice(case: Case) -> bool:
    """Return whether a case is a copy that somebody practised with."""
    if practice_of(case.events):
        return True
    ways = (event.read(DispatchOrderedDetails) for event in case.events)
    return any(details is not None and details.way == "practice" for details in ways)
