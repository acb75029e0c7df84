"""Lines that fit a terminal of 80 columns, and moments in the person's own zone."""

import sys
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


def put_aside(text: str) -> None:
    """Print what concerns the person and is no part of what was asked for."""
    put(text, err=True)


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


def put_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns; what the last column holds goes on below itself.

    The heads stand above on a terminal only: what reads a pipe takes the first line
    for a row.
    """
    is_shown = sys.stdout.isatty()
    for line in table(heads if is_shown else None, rows):
        click.echo(line)


def table(heads: Sequence[str] | None, rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines that fit, each column as wide as what it holds.

    >>> table(("Case", "What"), [("ab", "Netflix"), ("abc", "Spotify")])
    ['Case  What', 'ab    Netflix', 'abc   Spotify']
    """
    every = [*([] if heads is None else [heads]), *rows]
    columns = list(zip(*every, strict=True))[:-1]
    widths = [max(map(len, column)) for column in columns]
    lines: list[str] = []
    for row in every:
        cells = [cell.ljust(w) for cell, w in zip(row, widths, strict=False)]
        start = "".join(f"{cell}{_STEP}" for cell in cells)
        lines += wrapped(f"{start}{row[-1]}", " " * len(start))
    return lines


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
