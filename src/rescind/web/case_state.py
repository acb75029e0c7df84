"""The one thing to do about a case, as a button."""

from dataclasses import dataclass


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
