"""Facts: what is known of one purchase; ``None`` is not known, never a guess."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TypeAlias

from rescind.core.model.money import Money

When: TypeAlias = date | datetime
"""A moment with an offset, or a whole day in the consumer's zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One consumer's purchase, as far as known, and the day it is looked at."""

    service: str
    as_of: When
    offer: str | None = None
    channel: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2, or ISO 3166-2 such as ``US-CA``."""
    zones: tuple[tzinfo, ...] = ()
    """Where the consumer may be, easternmost first; empty: anywhere."""
    purchased_at: When | None = None
    paid_at: When | None = None
    """The last payment."""
    had_trial: bool | None = None
    trial_ends_at: When | None = None
    renews_at: When | None = None
    price: Money | None = None
    course_starts_on: date | None = None
    certificate_earned: bool | None = None
    cancelled_at: When | None = None
    consumer: bool | None = None
    withdrawal_waived: bool | None = None
    """Express consent to start, loss of the right acknowledged, and confirmed."""
    withdrawal_informed: bool | None = None
    premium_content_used: bool | None = None
    upgraded_from: str | None = None
    financial_aid: bool | None = None
    merchant: str | None = None
    kind: str | None = None

    @property
    def region(self) -> str | None:
        """Return the country without its subdivision."""
        return self.country[:2] if self.country else None


def day_of(value: When, zones: tuple[tzinfo, ...] = ()) -> date:
    """Return the calendar day of a value where the consumer is.

    With no zone known, or several, a moment's own offset decides.

    >>> day_of(datetime.fromisoformat("2026-01-31T23:30:00-08:00"))
    datetime.date(2026, 1, 31)
    """
    if not isinstance(value, datetime):
        return value
    if len(zones) == 1:
        return value.astimezone(zones[0]).date()
    return value.date()
