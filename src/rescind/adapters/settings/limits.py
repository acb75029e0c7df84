"""How much may be sent, and when not: settings in a file."""

import re
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rescind.adapters.settings.files import SettingsFile
from rescind.core.errors import BadInput
from rescind.core.follow.limits import Limits, QuietHours

_HOURS = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_COUNTS = ("per_hour", "per_day", "per_domain_hour")
NONE = "none"
"""Takes a limit away."""
DEFAULTS: Mapping[str, Any] = {"per_hour": 60, "per_day": 300, "per_domain_hour": 20}
"""Our own measure; no standard has one."""


def _limits(entries: Mapping[str, Any]) -> Limits:
    LIMITS.refuse_others(entries)
    entries = {**DEFAULTS, **entries}
    counts = {name: _count(name, entries.get(name)) for name in _COUNTS}
    quiet = entries.get("quiet")
    zone = str(entries.get("zone") or "UTC")
    return Limits(
        **counts, quiet=_hours(str(quiet), zone) if quiet not in (None, NONE) else None
    )


LIMITS: SettingsFile[Limits] = SettingsFile(
    file_name="sending.json",
    field="sending",
    names=(*_COUNTS, "quiet", "zone"),
    check=_limits,
)


def read_limits(folder: Path) -> Limits:
    """Return the limits, or the defaults where none were set."""
    return _limits(LIMITS.entries(folder))


def write_limits(folder: Path, changes: Mapping[str, Any]) -> Mapping[str, object]:
    """Check and keep limits over those there are, and return all that hold."""
    LIMITS.change(folder, {n: v for n, v in changes.items() if v is not None})
    return {**DEFAULTS, **LIMITS.entries(folder)}


def _count(name: str, value: object) -> int | None:
    if value in (None, NONE):
        return None
    if not str(value).isdigit() or int(str(value)) < 1:
        raise BadInput(name, f"{value!r} is no number of letters", ["30", NONE])
    return int(str(value))


def _hours(text: str, zone: str) -> QuietHours:
    match = _HOURS.fullmatch(text)
    try:
        numbers = [int(part) for part in match.groups()] if match else [0, 0, 0, 0]
        start = time(hour=numbers[0], minute=numbers[1])
        end = time(hour=numbers[2], minute=numbers[3])
    except ValueError:
        start = end = time(hour=0)
    if start == end:
        raise BadInput("quiet", f"{text!r} names no hours", ["22:00-07:00", NONE])
    try:
        return QuietHours(start=start, end=end, zone=ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"{zone!r} is no time zone"
        raise BadInput(
            "zone", message, ["Europe/Berlin", "America/New_York"]
        ) from error
