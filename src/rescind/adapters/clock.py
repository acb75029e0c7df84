"""The clock: the only place where the time is read."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from rescind.settings import data_folder

PREFERENCES = "preferences.json"
"""The file of settings that may name the person's own time zone."""


def now() -> datetime:
    """Return the present moment, in whole seconds, with an offset."""
    return datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    """Return today, where the person is."""
    return now().astimezone(local_zone()).date()


def since_1970() -> float:
    """Return the seconds since 1970, with their fraction."""
    return datetime.now(UTC).timestamp()


def local_zone() -> tzinfo:
    """Return the time zone that the person chose, else the one of this machine."""
    path = data_folder() / PREFERENCES
    with suppress(OSError):
        chosen = _chosen(path, path.stat().st_mtime_ns)
        if chosen is not None:
            return chosen
    return datetime.now(UTC).astimezone().tzinfo or UTC


@lru_cache(maxsize=4)
def _chosen(path: Path, changed_at: int) -> ZoneInfo | None:  # noqa: ARG001 - read anew
    """Return the zone that a file names; lists ask for it once a row."""
    # a file that was broken by hand stops no page: the settings say what is wrong
    with suppress(ValueError, LookupError, TypeError, AttributeError):
        return ZoneInfo(json.loads(path.read_text("utf-8"))["time_zone"])
    return None
