"""Ways: how a request can reach whoever has to act on it, ranked and made ready."""

from dataclasses import dataclass
from enum import StrEnum

from rescind.core.model.sentence import Sentence, Wording
from rescind.core.model.source import Claim


class By(StrEnum):
    """By what a request goes."""

    BUTTON = "button"
    STORE = "store"
    """In the app store that billed; the merchant can do nothing."""
    FORM = "form"
    EMAIL = "email"
    FAX = "fax"
    PHONE = "phone"
    POST = "post"
    ASK = "ask"
    """Somebody has to be asked in person: a registrar, an employer."""


class Acceptance(StrEnum):
    """Whether a request made this way counts."""

    TERMS = "terms"
    """The merchant's own text names this way."""
    LAW = "law"
    """The law lets the request be made in any form."""
    TOLD = "told"
    """Guides say that it works; no text of the merchant does."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way for one purchase, with what it takes and what it proves."""

    by: By
    to: Wording
    """Who is reached: a name, an address, a host."""
    acceptance: Acceptance
    effort: int
    """From 1 (a minute at the screen) to 5 (a walk to the post office)."""
    proof: int
    """From 1 (a picture of one's own) to 4 (somebody else records the delivery)."""
    steps: tuple[Wording, ...]
    """In the catalogue's words where the merchant's own site or a store is used."""
    keep: tuple[Sentence, ...]
    """What to keep as proof."""
    link: str | None = None
    max_length: int | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedRoutes:
    """Every way for a purchase, the best first, and which to go together."""

    topic: str
    ranked: tuple[Route, ...]
    together: tuple[By, ...]
    """Ways to go on the same day, where one alone leaves a gap; else the best."""
    why_together: Sentence | None
    """``None`` where one is enough."""
