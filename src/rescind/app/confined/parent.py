"""Whoever asks: hands a file to a process of its own, and ends it when it is late."""

import atexit
import os
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pickle import UnpicklingError
from typing import Any, TypeAlias

from rescind.adapters.data.words import why_not
from rescind.adapters.statements.counts import Counts
from rescind.app.confined import wire
from rescind.core.errors import BadInput, TransientError

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


Lookup: TypeAlias = Callable[[str, str], object]
"""Answers a question that reading a file leads to: the DNS."""
MOST_QUESTIONS = 200
"""Those of the DNS have a limit of their own (60), which refuses with a sentence."""
_NONSENSE = (UnpicklingError, ValueError, TypeError, AttributeError, LookupError)
"""What a hostile answer can make of reading it."""


def _looked_up(lookup: Lookup, question: Any) -> tuple[str, object]:  # noqa: ANN401 - whatever was asked
    """Return what a question leads to; one that is no pair of texts leads nowhere."""
    try:
        name, kind = (str(part)[:300] for part in question)
        return "answer", lookup(name, kind)
    except TransientError as error:
        return "outside", (error.who, error.what)


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
        self,
        name: str,
        limits: ReadingLimits,
        arguments: tuple[object, ...],
        lookup: "Lookup | None",
    ) -> Any:  # noqa: ANN401 - what the reader returns
        """Return the answer; raises EOFError when the process ended over it."""
        self.asked += 1
        request: object = (
            name,
            limits.memory,
            limits.counts,
            lookup is not None,
            arguments,
        )
        left, questions = limits.seconds, 0
        while True:
            kind, value, took = self._send(request, left, limits.output)
            if kind != "ask":
                return kind, value
            questions, left = questions + 1, left - took
            if lookup is None or questions > MOST_QUESTIONS:
                self.end()
                raise EOFError
            # the clock stands still: whoever is asked has limits of its own
            request = _looked_up(lookup, value)

    def _send(self, request: object, seconds: float, most: int) -> Any:  # noqa: ANN401 - what comes back
        """Return what comes back, its kind before it and the seconds it took behind."""
        begun = time.monotonic()
        clock = threading.Timer(max(seconds, 0), self._process.kill)
        clock.start()
        try:
            assert self._process.stdin and self._process.stdout  # noqa: S101, PT018 - both are pipes
            wire.write(self._process.stdin, request)
            kind, value = wire.read(self._process.stdout, most)
        except (EOFError, OSError, wire.TooMuch, *_NONSENSE) as error:
            self.end()
            raise EOFError from error
        finally:
            clock.cancel()
        return kind, value, time.monotonic() - begun

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was not written any more
                    stream.close()


_places: defaultdict[str, threading.BoundedSemaphore] = defaultdict(
    lambda: threading.BoundedSemaphore(MOST_AT_ONCE)
)
"""By what is read: a mail does not wait for two slow statements."""
_idle: list[_Reader] = []
_lock = threading.Lock()


def run(
    about: str,
    limits: ReadingLimits,
    name: str,
    *arguments: object,
    lookup: Lookup | None = None,
) -> Any:  # noqa: ANN401 - what the reader returns
    """Return what a reader of ``readers.READERS`` makes of its arguments.

    With ``lookup`` the reader's first argument asks it, in this process. Raises
    BadInput naming ``about`` where it takes more time, memory or room than the limits
    allow, or breaks; and what the reader itself raises as BadInput or TransientError.
    """
    with _places[about]:
        process = _take()
        try:
            kind, value = process.ask(name, limits, arguments, lookup)
        except EOFError as error:
            message = why_not("asks_too_much")
            raise BadInput(about, message) from error
        _give_back(process)
    if kind == "bad":
        raise BadInput(*value)
    if kind == "outside":
        raise TransientError(*value)
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
