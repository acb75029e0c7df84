"""Sources and claims: nothing is asserted that cannot be looked up."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SourceKind(StrEnum):
    """Who speaks, in falling order of authority."""

    LAW = "law"
    SCHEME = "scheme"
    """The rules of a card network or a payment scheme."""
    OFFICIAL_TERMS = "official_terms"
    OFFICIAL_HELP = "official_help"
    USER = "user"
    """What the person who asks says the contract holds."""
    GUIDE = "guide"
    DIRECTORY = "directory"
    EXPERIENCE = "experience"
    """What users report; it informs warnings and never decides."""
    LOOKALIKE = "lookalike"
    """Pretends to be the merchant; named so that it can be kept out."""


RANK = {
    SourceKind.LAW: 0,
    SourceKind.SCHEME: 0,
    SourceKind.USER: 1,
    SourceKind.OFFICIAL_TERMS: 1,
    SourceKind.OFFICIAL_HELP: 2,
    SourceKind.GUIDE: 3,
    SourceKind.DIRECTORY: 3,
}
"""Authority: the lower wins; kinds without a rank never decide anything."""

OFFICIAL = frozenset(
    {SourceKind.LAW, SourceKind.OFFICIAL_TERMS, SourceKind.OFFICIAL_HELP}
)
SECONDHAND = frozenset({SourceKind.GUIDE, SourceKind.DIRECTORY})
"""Who tells what the merchant is said to have said."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Source:
    """Where something was read: a statute, a contract, a help page, a guide."""

    id: str
    title: str
    kind: SourceKind
    url: str | None = None
    """``None`` where the source has no address of its own."""
    dated: str | None = None
    """The date the source gives itself; ``None`` where it is undated."""
    seen_on: date | None = None
    """The day this text was first seen; ``None`` where nobody noted it."""
    verification: str = "primary-seen"
    """``primary-seen``, ``secondary-seen``, ``not-sourced``; ``stated`` by a user."""
    note: str = ""
    regions: frozenset[str] = frozenset()
    """The countries whose text it is; empty: it speaks for all."""

    @property
    def is_unverified(self) -> bool:
        """Return whether this is general knowledge that nobody has looked up."""
        return self.verification == "not-sourced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from the first to the last, both included; ``None`` is an open end.

    >>> Span(first=date(2025, 10, 1), last=None).holds(date(2025, 9, 30))
    False
    """

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        """Return whether a day lies in the span."""
        after_start = self.first is None or self.first <= day
        return after_start and (self.last is None or day <= self.last)


ALWAYS = Span(first=None, last=None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Claim:
    """What one source says, where it says so, since when, and when last checked.

    A claim is read once and compared by identity.
    """

    id: str
    value: str
    """The statement in our own words."""
    source: Source
    locator: str
    """The place within the source, as a lawyer would cite it."""
    checked_on: date | None
    """The day it was really opened; ``None``: nobody has looked it up."""
    in_force: Span = ALWAYS
    rule: str = ""
    """The rule of the fact file that the claim belongs to: ``C01``."""
    places: frozenset[str] = frozenset()
    """Where it is law, of the places that its record is for; empty: in all of them."""
    carried_out: bool = False
    """A directive's words that a state's own act beside them carries out."""
