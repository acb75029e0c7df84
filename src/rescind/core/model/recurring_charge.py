"""Recurring charges: what was found to be paid for again and again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rescind.core.model.descriptor import Channel, Kind
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence
from rescind.core.model.statement import Place


class State(StrEnum):
    """How a recurring charge stands on the statement's last day."""

    TRIAL = "trial"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringCharge:
    """Charges that belong together, what they are, and when the next one comes."""

    account: str
    """As the statement names it, or a name made from its file."""
    merchant: str
    service: str | None
    """Its slug in the catalogue, where it is there."""
    kind: Kind
    channel: Channel
    period: str | None
    """ISO 8601; None where one charge does not tell it."""
    state: State
    amount: Money
    """The latest price."""
    next_on: date | None
    """The next expected day; None where none is expected."""
    spread: int
    """Days by which bookings have varied around the due day."""
    transactions: tuple[Place, ...]
    price_rises: tuple[Place, ...] = ()
    """The first charge at each higher price."""
    trial: tuple[Place, ...] = ()
    refunds: tuple[Place, ...] = ()
    sureness: float
    """0 to 1."""
    because: tuple[Sentence, ...]
    surer: tuple[Sentence, ...] = ()
    """What would make it surer."""
    sells: str = ""
    """What the merchant on file sells: ``video``, ``news``, ``telecom`` …"""
    category: str = ""
    """Where the person puts it; empty where they said nothing of it."""
    text: str = ""
    """How the statement writes the latest charge."""
    words: str = ""
    """What is left of the name on the statement, for recognising it again."""
