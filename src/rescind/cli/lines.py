"""Lines that fit a terminal of 80 columns, and moments in the person's own zone."""

import textwrap
from collections.abc import Sequence
from datetime import date, datetime, tzinfo

import click

from rescind.labels import say

WIDTH = 80
_STEP = "  "


def put(
    text: str,
    *,
    hanging: str | None = None,
    bold: bool | None = None,
    dim: bool | None = None,
    err: bool = False,
) -> None:
    """Print a text in lines that fit; those after the first are indented.

    Without ``hanging`` they stand two columns further in than the first.
    """
    for line in wrapped(text, hanging):
        click.secho(line, bold=bold, dim=dim, err=err)


def wrapped(text: str, hanging: str | None = None, width: int = WIDTH) -> list[str]:
    """Return a text in lines that fit; an address of the web stays whole."""
    indent = text[: len(text) - len(text.lstrip(" "))]
    lines = textwrap.wrap(
        text.strip(),
        width,
        initial_indent=indent,
        subsequent_indent=indent + _STEP if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [""]


def moment_in_words(
    when: date | datetime | str, zones: Sequence[tzinfo], country: str | None = None
) -> str:
    """Return a day or a moment as a person reads it, in their zone where it is one.

    The last minute of a day is the day.
    """
    if isinstance(when, str):
        is_day = len(when) == len("2026-01-31")
        when = date.fromisoformat(when) if is_day else datetime.fromisoformat(when)
    if not isinstance(when, datetime):
        return say(when, country)
    local = when.astimezone(zones[0]) if len(zones) == 1 else when
    day = say(local.date(), country)
    is_whole = (local.hour, local.minute) == (23, 59)
    return day if is_whole and len(zones) == 1 else f"{day}, {local:%H:%M %Z}"
