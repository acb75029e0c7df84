"""The program as a command, started by the hundred.

A start takes 0.3 to 0.9 s, nearly all of it imports. Here a process that has imported
the libraries is forked for each start (multiprocessing's fork server), which leaves
0.1 to 0.3 s. What the libraries do at import is the only thing that a start so made
does not try; the tests of the README, of the wheel and of a first start do.
"""

import atexit
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path

RESCIND = str(Path(sys.executable).with_name("rescind"))
"""The command itself, for what needs a terminal, a signal or another user."""
LONGEST = 120
"""Seconds that a command may take."""
_STANDARD = ("input", "output", "errors")


def run(
    *words: str,
    stdin: str | bytes | None = None,
    home: Path | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command of the program and return what it answered.

    Args:
        words: the command and its arguments.
        stdin: what it reads; else nothing.
        home: the folder of the installation; else the tests' own.
        cwd: the folder in which it runs; else this one.
        env: its whole environment; else this process's.

    Raises:
        TimeoutExpired: it took longer than two minutes.
    """
    environment = dict(os.environ if env is None else env)
    if home is not None:
        environment["RESCIND_HOME"] = str(home)
    given = stdin.encode() if isinstance(stdin, str) else stdin or b""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "input").write_bytes(given)
        process = _server().Process(
            target=_become, args=(words, place, cwd or Path.cwd(), environment)
        )
        process.start()
        process.join(LONGEST)
        if process.is_alive():
            process.kill()
            raise subprocess.TimeoutExpired(words, LONGEST)
        code = process.exitcode
        assert code is not None
        output, errors = (
            (place / name).read_text(encoding="utf-8") for name in _STANDARD[1:]
        )
    return subprocess.CompletedProcess([RESCIND, *words], code, output, errors)


def _server() -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.program_preload"])
    return context


def _become(
    words: Sequence[str], place: Path, folder: Path, environment: Mapping[str, str]
) -> None:
    """Be the program from here on: its arguments, streams, folder and environment."""
    from rescind.cli.entry import main  # as the command does

    for number, name in enumerate(_STANDARD):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT
        opened = os.open(place / name, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = os.fdopen(0, encoding="utf-8")  # multiprocessing had closed it
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["rescind", *words]
    try:
        main()
    finally:
        atexit._run_exitfuncs()  # noqa: SLF001 - a forked process leaves without
