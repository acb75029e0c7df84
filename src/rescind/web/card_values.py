"""What stands on the card of an answer: its rows, reasons, other ways and sources."""

from dataclasses import dataclass

from rescind.core.model.source import Claim

SOON, LATE = 14, 3
"""Days left from which on a day is marked as near, and as very near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """One reason, with the numbers of the sources that it rests on."""

    text: str
    numbers: tuple[int, ...] = ()
    ask: str = ""
    """The first fact that it turns on, where the page asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """One line of the card: what, and its value."""

    what: str
    value: str
    left: str = ""
    """How many days are left, where it is a day."""
    urgency: str = ""
    """``soon`` or ``late`` where few days are left."""
    more: str = ""
    """What is folded behind it: the rest of what would fill a small screen."""
    note: str = ""
    """Why an hour stands beside the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWay:
    """A course that was not taken: what it costs, and what it loses."""

    says: str
    costs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything that the page of an answer shows."""

    about: str
    title: str
    rows: tuple[CardRow, ...]
    is_over: bool
    """A day by which something could be done has passed."""
    button: str
    """``""``: there is nothing to prepare."""
    goes_on: bool
    """Whether the button begins a case with what was done before."""
    letters: tuple[str, ...]
    """The kinds of letters that the plan needs, in its order."""
    purposes: tuple[str, ...]
    """What each of several letters is for."""
    store: str
    """Who has to be asked in an account; ``""``: no store."""
    steps: tuple[str, ...]
    reasons: tuple[Because, ...]
    warning: str
    ask: str
    """The fact that decides, asked above the button; ``""``: none does."""
    why: tuple[Because, ...]
    other_ways: tuple[OtherWay, ...]
    unknown: tuple[str, ...]
    """The facts that would change something, by their names."""
    sources: tuple[Claim, ...]
