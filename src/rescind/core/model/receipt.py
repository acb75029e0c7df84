"""Receipts and notices that came by mail: who was paid, for what, and what comes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rescind.core.model.descriptor import Channel
from rescind.core.model.money import Money


class ReceiptKind(StrEnum):
    """What a message is."""

    RECEIPT = "receipt"
    TRIAL = "trial"
    """A trial began, or is about to end."""
    RENEWAL = "renewal"
    """A charge is announced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What one message says of one thing that is paid for."""

    id: str
    """The message's own name."""
    kind: ReceiptKind
    on: date
    """The day of the charge, or of the message."""
    item: str
    """What was bought: the app behind Apple's name, the plan, or the merchant."""
    merchant: str
    channel: Channel
    amount: Money | None
    """None where the message states none."""
    period: str | None
    """ISO 8601; None where the message states none."""
    comes_on: date | None
    """The day on which a trial ends or a charge comes, as announced."""
