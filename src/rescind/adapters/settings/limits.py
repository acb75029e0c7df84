"""How much may be sent, and when not: settings in a file."""

import re
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rescind.adapters.input.facts import parse_json
from rescind.adapters.settings.files import write_private
from rescind.core.errors import BadInput
from rescind.core.follow.limits import Limits, QuietHours

FILE = "sending.json"
_HOURS = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_COUNTS = ("per_hour", "per_day", "per_domain_hour")
_NAMES = (*_COUNTS, "quiet", "zone")
NONE = "none"
"""Takes a limit away."""
DEFAULTS: Mapping[str, Any] = {"per_hour": 60, "per_day": 300, "per_domain_hour": 20}
"""Our own measure."""


def read_limits(folder: Path) -> Limits:
    """Return the limits, or the defaults where none were set."""
    return _checked({**DEFAULTS, **_read(folder)})


def write_limits(folder: Path, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Check and keep limits over those there are, and return all that hold."""
    given = {name: value for name, value in changes.items() if value is not None}
    kept = dict(_read(folder)) | given
    _checked({**DEFAULTS, **kept})
    write_private(folder / FILE, kept)
    return {**DEFAULTS, **kept}


def _read(folder: Path) -> Mapping[str, Any]:
    path = folder / FILE
    if not path.exists():
        return {}
    return dict(parse_json(path.read_text("utf-8"), field="sending"))


def _checked(given: Mapping[str, Any]) -> Limits:
    for name in given:
        if name not in _NAMES:
            raise BadInput.unknown_value("sending", name, _NAMES)
    counts = {name: _count(name, given.get(name)) for name in _COUNTS}
    quiet = given.get("quiet")
    zone = str(given.get("zone") or "UTC")
    return Limits(
        **counts, quiet=_hours(str(quiet), zone) if quiet not in (None, NONE) else None
    )


def _count(name: str, value: object) -> int | None:
    if value in (None, NONE):
        return None
    if not str(value).isdigit() or int(str(value)) < 1:
        raise BadInput(name, f"{value!r} is no number of letters", ["30", NONE])
    return int(str(value))


def _hours(text: str, zone: str) -> QuietHours:
    found = _HOURS.fullmatch(text)
    try:
        numbers = [int(part) for part in found.groups()] if found else [0, 0, 0, 0]
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
