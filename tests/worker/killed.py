"""Kill a worker at seeded points, start another, and count what was delivered.

A process that has imported everything forks two children for each point: one orders a
letter and works until it is killed by SIGKILL, the other works after it. Points are
lines of the code between taking up the work and recording its end, or, every third
time, moments; nothing in the product knows of this.
"""

import json
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from tests.given import FACTS, SENDER
from tests.mail import servers

TO = "desk@merchant.example.org"
TRACED = (
    "rescind/app/follow/worker.py",
    "rescind/app/follow/cases.py",
    "rescind/app/prove/proof.py",
    "rescind/store/dispatches.py",
    "rescind/store/work.py",
    "rescind/store/services.py",
    "rescind/adapters/mail/smtp.py",
    "/smtplib.py",
)
"""Where a kill can fall, line by line."""
IDLE = frozenset(
    {"run_once", "run", "stop", "_beat", "_keep_place", "_arrive", "start"}
)
"""Functions whose lines pass while nothing is at stake; their number varies."""
SAFE, IN_DOUBT = "sent", "doubtful"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where the first worker is killed: at a line by its number, or after a time."""

    line: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What became of one letter after a kill and a second worker."""

    point: Point
    was_killed: bool
    state: str
    message_id: str


def points(seed: int, count: int, lines: int, seconds: float) -> Iterator[Point]:
    """Yield seeded points: lines, and every third time a moment."""
    random = Random(seed)
    for number in range(count):
        if number % 3 == 2:
            yield Point(seconds=random.uniform(0, seconds))
        else:
            yield Point(line=random.randint(1, lines))


def endings(count: int, seed: int) -> Iterator[Ending]:
    """Kill as often as that, and yield what became of each letter.

    Runs in a process whose environment names the database and the mailbox, and that
    has opened neither.
    """
    sys.setswitchinterval(0.0005)
    _import_everything()
    cases = _child(_prepare, count + 1)["cases"]
    measured = _child(_run, Point(line=10**9), cases.pop())
    lines, seconds = int(measured["lines"]), float(measured["seconds"])
    for point in points(seed, count, lines, seconds):
        case_id = cases.pop()
        told = _child(_run, point, case_id)
        after = _child(_go_on, case_id)
        yield Ending(
            point=point,
            was_killed="lines" not in told,
            state=after["state"],
            message_id=after["message_id"],
        )


def _import_everything() -> None:
    import dbos  # noqa: F401 - imported before the forks

    from rescind.app.act import letters  # noqa: F401 - imported before the trace

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rescind.store.django_settings")
    import django

    django.setup()


def _child(act: Callable[..., None], *given: Any) -> dict[str, Any]:
    """Run something in a forked process; return all that it said before its end."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = os.fork()
    if process == 0:
        failed = 1
        try:
            act(theirs, *given)
            failed = 0
        except Exception:  # noqa: BLE001 - a fork has to end here
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(failed)
    theirs.close()
    said: dict[str, Any] = {}
    while True:
        try:
            said |= ours.recv()
        except EOFError:
            break
    _, status = os.waitpid(process, 0)
    if os.waitstatus_to_exitcode(status) not in (0, -signal.SIGKILL):
        message = "the harness itself failed"
        raise RuntimeError(message)
    return said


def _prepare(pipe: Any, count: int) -> None:
    from rescind.app.follow import cases
    from rescind.app.setup import setup

    setup()
    pipe.send({"cases": [cases.new_case(FACTS, SENDER) for _ in range(count)]})


def _run(pipe: Any, point: Point, case_id: str) -> None:
    """Order a letter and work, until the point; say how far it came if it ends."""
    from rescind.adapters import clock
    from rescind.app.follow import cases
    from rescind.app.follow.worker import Worker

    soon = clock.now().isoformat()
    cases.send_later(case_id, way="smtp", to=TO, at=soon, copy=False)
    counter = Counter(point.line)
    if not point.seconds:
        threading.settrace(counter.trace)
    it = Worker(threads=2)
    it.start()
    if point.seconds:
        threading.Timer(point.seconds, _kill).start()
    else:
        sys.settrace(counter.trace)
    begun = time.monotonic()
    it.run_once()
    took = time.monotonic() - begun
    sys.settrace(None)
    pipe.send({"lines": max(counter.lines, 1), "seconds": took})
    it.stop()


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Counter:
    """Counts lines of the traced files in every thread, and kills at the last one."""

    def __init__(self, last: int) -> None:
        self.lines = 0
        self._last = last

    def trace(self, frame: FrameType, event: str, arg: Any) -> Any:  # noqa: ARG002 - a trace
        code = frame.f_code
        if not code.co_filename.endswith(TRACED) or code.co_name in IDLE:
            return None
        return self._line

    def _line(self, frame: FrameType, event: str, arg: Any) -> Any:  # noqa: ARG002 - a trace
        self.lines += 1
        if self.lines >= self._last:
            _kill()
        return self._line


def _go_on(pipe: Any, case_id: str) -> None:
    """Work after the kill, and say where the case stands."""
    from rescind.app.follow import queries
    from rescind.app.follow.worker import Worker
    from rescind.store import selectors

    it = Worker(threads=2)
    it.start()
    until = time.monotonic() + 60
    it.run_once(lambda: time.monotonic() < until)
    it.stop()
    case = selectors.find_case(case_id)
    sent = selectors.dispatches(case)
    pipe.send(
        {
            "state": queries.show_case(case_id)["state"],
            "message_id": sent[-1].message_id if sent else "",
        }
    )


def verdicts(found: list[Ending], delivered: list[bytes]) -> dict[str, int]:
    """Return how many letters came once, twice or not, and what the cases say."""
    counts: dict[str, int] = {}
    for raw in delivered:
        name = str(message_from_bytes(raw)["Message-ID"])
        counts[name] = counts.get(name, 0) + 1
    tally = dict.fromkeys(
        ("points", "killed", "sent", "in doubt, delivered", "in doubt, not delivered",
         "duplicates", "lost", "unflagged"), 0,
    )  # fmt: skip
    for each in found:
        came = counts.get(each.message_id, 0)
        tally["points"] += 1
        tally["killed"] += each.was_killed
        tally["duplicates"] += came > 1
        if each.state == SAFE:
            tally["sent"] += 1
            tally["lost"] += came == 0
        elif each.state == IN_DOUBT:
            tally["in doubt, delivered" if came else "in doubt, not delivered"] += 1
        else:
            tally["unflagged"] += 1
    return tally


def run(
    folder: Path, mail: servers.MailServer, *, count: int, seed: int, url: str | None
) -> dict[str, int]:
    """Kill as often as that, with a database and a real mail server; return the tally.

    Works in a process of its own, since it forks.
    """
    import subprocess

    home = folder / "home"
    home.mkdir()
    settings = {
        "host": servers.HOST,
        "port": mail.port,
        "user": servers.USER,
        "ca_file": str(mail.ca_file),
    }
    (home / "mailbox.json").write_text(json.dumps(settings))
    no_limits = dict.fromkeys(("per_hour", "per_day", "per_domain_hour"), "none")
    (home / "sending.json").write_text(json.dumps(no_limits))
    environment = os.environ | {
        "RESCIND_HOME": str(home),
        "RESCIND_SMTP_PASSWORD": servers.PASSWORD,
    }
    environment.pop("RESCIND_DATABASE_URL", None)
    if url:
        environment["RESCIND_DATABASE_URL"] = url
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.worker.killed", str(count),
         str(seed)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    lines = [json.loads(x) for x in done.stdout.splitlines() if x.startswith("{")]
    if len(lines) != count:
        raise AssertionError(done.stdout[-2000:] + done.stderr[-4000:])
    found = [
        Ending(
            point=Point(**row["point"]),
            was_killed=row["was_killed"],
            state=row["state"],
            message_id=row["message_id"],
        )
        for row in lines
    ]
    return verdicts(found, _settled(mail))


def _settled(mail: servers.MailServer) -> list[bytes]:
    """Return what was delivered, once nothing more comes."""
    before, now = -1, 0
    while before != now:
        before = now
        time.sleep(2)
        now = len(list(mail.maildir.glob("new/*")))
    return [path.read_bytes() for path in mail.maildir.glob("new/*")]


def main() -> None:
    """Print one line of JSON for each point."""
    from dataclasses import asdict

    count, seed = map(int, sys.argv[1:3])
    for each in endings(count, seed):
        print(json.dumps(asdict(each)), flush=True)  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
