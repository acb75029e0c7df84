"""``rescind check`` over a file of purchases, one JSON object a line."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from rescind.cli.facts import MAX_BYTES
from rescind.core.errors import BadInput

SUFFIXES = (".jsonl", ".ndjson")
ANSWERED, REFUSED, MISSING = 0, 2, 3


def is_batch(facts_file: str | None) -> bool:
    """Return whether a file of facts holds one purchase a line, by its name."""
    return facts_file is not None and Path(facts_file).suffix.lower() in SUFFIXES


def run_batch(
    facts_file: str, overrides: Mapping[str, Any], *, jobs: int | None, brief: bool
) -> int:
    """Answer every line; return 2 if one could not be used, 3 if a fact is missing.

    What became of the lines is told on standard error at the end.
    """
    from rescind.app.act.batch import answers  # noqa: PLC0415 - 0.011 s, processes

    count = refused = missing = 0
    with _opened(facts_file) as file:
        lines = _lines(file)
        number = jobs or os.cpu_count() or 1
        for answered in answers(lines, overrides, jobs=number, brief=brief):
            sys.stdout.write(answered.text + "\n")
            count += 1
            refused += answered.is_refused
            missing += answered.is_missing
    click.echo(
        f"{count} purchases: {count - refused} answered, {missing} of them with a "
        f"fact missing; {refused} could not be used",
        err=True,
    )
    if refused:
        return REFUSED
    return MISSING if missing else ANSWERED


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - closed below; a pipe that breaks is no fault of reading
    except OSError as error:
        raise BadInput("facts", f"cannot read {name}: {error.strerror}") from error
    with file:
        yield file


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that hold something, with their numbers, the first being 1.

    A line that is too long is cut, so that it is refused and memory stays flat.
    """
    number = 0
    while line := file.readline(MAX_BYTES):
        number += 1
        if not line.endswith(b"\n"):
            while (rest := file.readline(MAX_BYTES)) and not rest.endswith(b"\n"):
                pass
        if line.strip():
            yield number, line
