"""Whoever asks: hands a file to a process of its own, and ends it when it is late."""

import atexit
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pickle import UnpicklingError
from typing import Any

from rescind.adapters.data.words import why_not
from rescind.adapters.statements.counts import Counts
from rescind.app.confined import wire
from rescind.core.errors import BadInput

MOST_AT_ONCE = max(2, min(4, os.cpu_count() or 2))
"""Files that are read at the same time; the next one waits."""
MOST_REQUESTS = 500
"""What one process reads before a fresh one takes its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What reading one file may take."""

    seconds: float
    memory: int
    """Bytes beyond what the reading process has mapped before."""
    output: int = 400_000_000
    """Bytes of the answer."""
    counts: Counts = field(default_factory=Counts)
    """Cells of a workbook, pages of a PDF."""


class _Reader:
    """A process that reads, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "rescind.app.confined.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # one thread of polars' own maps gigabytes
            env={**os.environ, "POLARS_MAX_THREADS": "2", "PYTHONFAULTHANDLER": ""},
        )

    def ask(
        self, name: str, limits: ReadingLimits, arguments: tuple[object, ...]
    ) -> Any:  # noqa: ANN401 - what the reader returns
        """Return the answer; raises EOFError when the process ended over it."""
        self.asked += 1
        clock = threading.Timer(limits.seconds, self._process.kill)
        clock.start()
        try:
            assert self._process.stdin and self._process.stdout  # noqa: S101, PT018 - both are pipes
            wire.write(
                self._process.stdin, (name, limits.memory, limits.counts, arguments)
            )
            return wire.read(self._process.stdout, limits.output)
        except (EOFError, OSError, wire.TooMuch, UnpicklingError) as error:
            self.end()
            raise EOFError from error
        finally:
            clock.cancel()

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was not written any more
                    stream.close()


_places = threading.BoundedSemaphore(MOST_AT_ONCE)
_idle: list[_Reader] = []
_lock = threading.Lock()


def run(about: str, limits: ReadingLimits, name: str, *arguments: object) -> Any:  # noqa: ANN401 - what the reader returns
    """Return what a reader of ``readers.READERS`` makes of its arguments.

    Raises BadInput naming ``about`` where it takes more time, memory or room than the
    limits allow, or breaks; and what the reader itself raises as BadInput.
    """
    with _places:
        process = _take()
        try:
            kind, value = process.ask(name, limits, arguments)
        except EOFError as error:
            message = why_not("asks_too_much")
            raise BadInput(about, message) from error
        _give_back(process)
    if kind == "bad":
        raise BadInput(*value)
    if kind == "too_much":
        raise BadInput(about, why_not("asks_too_much"))
    if kind == "broken":
        raise BadInput(about, why_not("breaks_reader", error=value))
    return value


def warm_up() -> None:
    """Start a process that reads, so that it is there when a file is."""
    with _lock:
        if not _idle:
            _idle.append(_Reader())


def _take() -> _Reader:
    with _lock:
        if _idle:
            return _idle.pop()
    return _Reader()


def _give_back(process: _Reader) -> None:
    if process.asked >= MOST_REQUESTS:
        process.end()
        return
    with _lock:
        _idle.append(process)


@atexit.register
def _end_all() -> None:
    with _lock:
        while _idle:
            _idle.pop().end()
