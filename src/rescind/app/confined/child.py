"""The process that reads: one request after the other, until its input ends."""

import os
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from rescind.adapters.statements.counts import ALLOWED
from rescind.app.confined import wire
from rescind.app.confined.readers import reader
from rescind.core.errors import BadInput, TransientError

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]  # no module there


def main() -> None:
    """Answer requests from standard input on what was standard output.

    Whatever a library prints goes to standard error, and cannot mix with answers.
    """
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            name, memory, counts, asks, arguments = wire.read_request(requests)
        except EOFError:
            return
        ALLOWED.set(counts)
        if asks:
            arguments = (_asking(requests, answers), *arguments)
        _answer(answers, name, memory, arguments)


def _asking(requests: BinaryIO, answers: BinaryIO) -> Callable[..., Any]:
    """Return what asks whoever started this process: nothing here may connect."""

    def ask(*question: str) -> Any:  # noqa: ANN401 - whatever is answered
        wire.write(answers, ("ask", question))
        kind, value = wire.read_request(requests)
        if kind == "outside":
            raise TransientError(*value)
        return value

    return ask


def _answer(
    answers: BinaryIO, name: str, memory: int, arguments: tuple[Any, ...]
) -> None:
    try:
        read = reader(name)
        _limit_memory(memory)
        result = ("done", read(*arguments))
    except BadInput as error:
        result = ("bad", (error.field, error.message, error.suggestions))
    except TransientError as error:
        result = ("outside", (error.who, error.what))
    except (MemoryError, RecursionError):
        result = ("too_much", None)
    except Exception as error:  # noqa: BLE001 - hostile bytes make parsers raise anything
        result = ("broken", type(error).__name__)
    finally:
        _limit_memory(0)
    wire.write(answers, result)


def _limit_memory(more: int) -> None:
    """Allow ``more`` bytes beyond what the process has mapped now; 0 takes it away.

    Where the system knows no such limit (Windows), the clock alone stands.
    """
    if resource is None:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _mapped() + more if more else hard
    if hard != resource.RLIM_INFINITY:
        most = hard if most == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _mapped() -> int:
    """Return the bytes of address space that this process has mapped."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no path
            pages = int(file.read().split()[0])
    except OSError:
        return 4 * 2**30  # macOS tells it nowhere: more than an interpreter maps
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
