"""The clock: the only place where the time is read."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment, in whole seconds, with an offset."""
    return datetime.now(UTC).replace(microsecond=0)
