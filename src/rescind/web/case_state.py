"""How a case stands in words: what its page and its line in a list share."""

from dataclasses import dataclass
from datetime import date

from rescind.core.model.case import CaseState

BY_STEPS = frozenset({CaseState.DRAFT, CaseState.SENT, CaseState.OVERDUE})
"""States that have other words where it is ended by steps in an account."""


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


def steps_code(state: CaseState, by: date | None, charged_on: date | None) -> str:
    """Return where steps in an account stand: a case and its line in a list say it.

    ``by`` is when to look again; only where that is the next charge, it is called so.
    """
    is_guess = state is not CaseState.DRAFT and by != charged_on
    return f"steps_{state.value}{'_soon' if is_guess else ''}"
