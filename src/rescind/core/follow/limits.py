"""Limits: how many letters go out, and when nothing is sent and nobody is told."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From one time of the day to another, by the clock of a place."""

    start: time
    end: time
    zone: ZoneInfo

    def until(self, now: datetime) -> datetime | None:
        """Return when they end, in UTC; ``None`` where it is not quiet.

        The clocks' change is the place's: an end that is skipped in spring is the
        moment that the clock jumps over.
        """
        local = now.astimezone(self.zone)
        for day in (local.date() - timedelta(days=1), local.date()):
            begins = datetime.combine(day, self.start, self.zone)
            last = day if self.start < self.end else day + timedelta(days=1)
            ends = datetime.combine(last, self.end, self.zone)
            if begins.astimezone(UTC) <= now < ends.astimezone(UTC):
                return ends.astimezone(UTC)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many letters may go out, and the quiet hours; ``None`` is no limit."""

    per_hour: int | None = None
    """By one mail account."""
    per_day: int | None = None
    per_domain_hour: int | None = None
    """By one mail account to one recipient's domain."""
    quiet: QuietHours | None = None
