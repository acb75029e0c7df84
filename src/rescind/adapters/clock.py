"""The clock: the only place where the time is read."""

from datetime import UTC, datetime, tzinfo


def now() -> datetime:
    """Return the present moment, in whole seconds, with an offset."""
    return datetime.now(UTC).replace(microsecond=0)


def since_1970() -> float:
    """Return the seconds since 1970, with their fraction."""
    return datetime.now(UTC).timestamp()


def local_zone() -> tzinfo:
    """Return the time zone that this machine is set to."""
    zone = datetime.now(UTC).astimezone().tzinfo
    return zone or UTC
