"""Many cases on PostgreSQL: a worker is killed and the server crashes, under load.

Four workers send letters through a real Postfix while clients read pages and close
cases. One worker is ended by SIGKILL, then the server of PostgreSQL is stopped at once,
as by a crash, and started again. At the end letters are counted by ``Message-ID``, the
columns of lists are compared with the events, and every answer of a page is counted.

``RESCIND_CASES`` says how many cases there are (100,000; of one copy in
``RESCIND_FILES`` the files are kept too, 500), ``RESCIND_LETTERS`` how many letters go
out (400).
"""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from random import Random
from urllib.parse import urlencode
from uuid import UUID

from tests.mail import servers
from tests.store import postgres

ROOT = Path(__file__).parents[1]
CASES = int(os.environ.get("RESCIND_CASES", "100000"))
FILES = os.environ.get("RESCIND_FILES", "500")
LETTERS = int(os.environ.get("RESCIND_LETTERS", "400"))
WORKERS = 4
READERS = 6
DOWN = 3.0
"""Seconds for which the server is away."""
PATIENCE = 900.0
"""Seconds after which what is not sent by then counts as lost."""
PATHS = (
    "/",
    "/cases/",
    "/cases/?page=900&days=2000",
    "/settings/",
    "/proof/",
    "/metrics",
)


@dataclass(slots=True, kw_only=True)
class Answers:
    """What the pages answered: counts by method and status, and the slow ones."""

    spared: frozenset[str]
    """Cases that nobody closes: their letters are under way."""
    statuses: Counter[str] = field(default_factory=Counter)
    sentences: Counter[str] = field(default_factory=Counter)
    closed: list[str] = field(default_factory=list)
    """Cases of which a page said that they are closed."""
    in_doubt: list[str] = field(default_factory=list)
    """Cases that were to be closed, when the page said that it could not."""
    times: list[float] = field(default_factory=list)


def main() -> int:
    """Print what became of all; 1 if anything was lost, doubled or unexplained."""
    if sys.argv[1:2] == ["judge"]:
        print(json.dumps(_judged(json.loads(sys.stdin.read()))))
        return 0
    folder = Path(tempfile.mkdtemp(prefix="rescind-outage-"))
    for name in ("mail", "postgresql", "home"):
        (folder / name).mkdir()
    with (
        postgres.running(folder / "postgresql") as database,
        servers.running(folder / "mail") as mail,
    ):
        environment = _environment(folder / "home", database.url, mail)
        started = time.monotonic()
        _run(environment, "tools.many_cases", str(CASES))
        _say(f"{CASES:,} cases", started)
        started = time.monotonic()
        ordered = json.loads(_run(environment, "tests.worker.orders", str(LETTERS)))
        _say(f"{LETTERS} letters ordered", started)
        started = time.monotonic()
        answers = Answers(spared=frozenset(ordered))
        _happen(environment, database, mail, answers)
        _say("worked", started)
        told = {"ordered": ordered, "closed": answers.closed}
        words = [*_python("tools.outage"), "judge"]
        judged = json.loads(
            subprocess.run(
                words, env=environment, input=json.dumps(told), text=True, check=True,
                stdout=subprocess.PIPE, cwd=ROOT,
            ).stdout.splitlines()[-1]
        )  # fmt: skip
        names = Counter(
            str(message_from_bytes(path.read_bytes())["Message-ID"])
            for path in mail.maildir.glob("new/*")
        )
    return _told(answers, judged, names)


def _say(what: str, started: float) -> None:
    print(f"{what}, {time.monotonic() - started:.0f} s", flush=True)


def _environment(home: Path, url: str, mail: servers.MailServer) -> dict[str, str]:
    settings = {"host": servers.HOST, "port": mail.port, "user": servers.USER}
    (home / "mailbox.json").write_text(
        json.dumps(settings | {"ca_file": str(mail.ca_file)})
    )
    limits = dict.fromkeys(("per_hour", "per_day", "per_domain_hour"), "none")
    (home / "sending.json").write_text(json.dumps(limits))
    return os.environ | {
        "RESCIND_HOME": str(home),
        "RESCIND_DATABASE_URL": url,
        "RESCIND_SMTP_PASSWORD": servers.PASSWORD,
        "RESCIND_FILES": FILES,
    }


def _python(module: str) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", module]


def _run(environment: dict[str, str], module: str, *words: str) -> str:
    done = subprocess.run(
        [*_python(module), *words], env=environment, check=True, cwd=ROOT,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return done.stdout.splitlines()[-1]


def _happen(
    environment: dict[str, str],
    database: postgres.Server,
    mail: servers.MailServer,
    answers: Answers,
) -> None:
    """Work and read; kill a worker after a quarter, the server after half."""
    stopping = threading.Event()
    with ExitStack() as stack:
        workers = [
            stack.enter_context(_started(environment, "worker")) for _ in range(WORKERS)
        ]
        words = ["serve", "--port", "0", "--no-open", "--no-worker"]
        web = stack.enter_context(_started(environment, *words))
        port, cookie = _let_in(web)
        readers = [
            threading.Thread(target=_read, args=(n, port, cookie, answers, stopping))
            for n in range(READERS)
        ]
        for reader in readers:
            reader.start()
        try:
            _until(mail, LETTERS // 4)
            workers[1].send_signal(signal.SIGKILL)
            _until(mail, LETTERS // 2)
            database.stop()
            time.sleep(DOWN)
            database.start()
            # a letter that was under way when all broke may never come
            _until(mail, LETTERS, quiet=90.0)
        finally:
            stopping.set()
            for reader in readers:
                reader.join()


@contextmanager
def _started(
    environment: dict[str, str], *words: str
) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [*_python("rescind.cli.main"), *words], env=environment, cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def _let_in(web: "subprocess.Popen[str]") -> tuple[int, str]:
    for line in web.stdout or ():
        link = re.search(r"http://127\.0\.0\.1:(\d+)(/start/\S+)", line)
        if link:
            break
    else:
        message = "the web app did not start"
        raise RuntimeError(message)
    connection = http.client.HTTPConnection("127.0.0.1", int(link[1]))
    connection.request("GET", link[2])
    cookie = connection.getresponse().getheader("Set-Cookie", "") or ""
    return int(link[1]), cookie.split(";")[0]


def _until(mail: servers.MailServer, count: int, quiet: float = PATIENCE) -> None:
    """Wait until so many letters came, or none for a while."""
    there, since = -1, time.monotonic()
    while there < count and time.monotonic() - since < quiet:
        now = len(list(mail.maildir.glob("new/*")))
        if now != there:
            there, since = now, time.monotonic()
        time.sleep(0.2)


def _read(
    number: int, port: int, cookie: str, answers: Answers, stopping: threading.Event
) -> None:
    """Read pages and now and then close a case, until told to stop."""
    chance = Random(number)
    reader = _Reader(port, cookie, answers)
    while not stopping.is_set():
        reader.get(chance.choice(PATHS))
        if chance.random() < 0.2:  # noqa: PLR2004 - one time in five
            reader.close_some_case(chance, number)
        time.sleep(0.05)


class _Reader:
    """Somebody at a browser."""

    def __init__(self, port: int, cookie: str, answers: Answers) -> None:
        """Keep what lets them in."""
        self._port, self._cookie, self._answers = port, cookie, answers
        self._tried: set[str] = set()

    def get(self, path: str) -> str:
        """Read a page; count how it answered."""
        return self._ask("GET", path, "", "")[1]

    def close_some_case(self, chance: Random, number: int) -> None:
        """Close a case that nobody else closes; note what the page said of it."""
        page = self.get(f"/cases/?page={chance.randrange(CASES // 50) + 1}")
        ids = sorted(
            set(re.findall(r"/cases/([0-9a-f-]{36})/", page))
            - self._tried
            - self._answers.spared
        )
        mine = [name for name in ids if int(name[:8], 16) % READERS == number]
        if not mine:
            return
        self._tried.add(mine[0])
        whole = self.get(f"/cases/{mine[0]}/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', whole)
        if token is None or f"/cases/{mine[0]}/close/" not in whole:
            return
        form = urlencode({"csrfmiddlewaretoken": token[1], "note": f"by {number}"})
        status, _ = self._ask("POST", f"/cases/{mine[0]}/close/", form, self._csrf)
        if status == http.client.FOUND:
            self._answers.closed.append(mine[0])
        else:
            self._answers.in_doubt.append(mine[0])

    _csrf = ""

    def _ask(self, method: str, path: str, body: str, more: str) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(filter(None, (self._cookie, more)))}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
        started = time.perf_counter()
        connection.request(method, path, body=body or None, headers=headers)
        response = connection.getresponse()
        content = response.read().decode()
        self._answers.times.append(time.perf_counter() - started)
        for each in response.headers.get_all("Set-Cookie") or ():
            if each.startswith("csrftoken="):
                self._csrf = each.split(";")[0]
        connection.close()
        self._answers.statuses[f"{method} {response.status}"] += 1
        if response.status >= http.client.INTERNAL_SERVER_ERROR:
            said = re.search(r'role="alert"><p>(.*?)</p>', content, re.DOTALL)
            words = re.sub(r"<[^>]+>", "", said[1]) if said else content[:80]
            self._answers.sentences[re.sub(r"\d+", "#", words)[:90]] += 1
        return response.status, content


def _judged(told: dict[str, Sequence[str]]) -> dict[str, object]:
    """Return what the database says of the letters and the closed cases."""
    from rescind.app.setup import setup

    setup()
    from rescind.core.model.case import EventKind
    from rescind.core.prove.chain import find_breaks
    from rescind.store import selectors, standings
    from rescind.store.models import CaseRecord, DispatchRecord, EventRecord

    states: Counter[str] = Counter()
    sent: list[str] = []
    breaks = 0
    for name in told["ordered"]:
        case = selectors.read_case(name)
        state = selectors.current(selectors.find_case(name)).state.value
        states[state] += 1
        breaks += len(find_breaks(case.events))
        record = DispatchRecord.objects.get(case=UUID(name))
        taken = case.newest(EventKind.DISPATCH_TAKEN)
        sent += [record.message_id] if taken else []
    counts = Counter(
        EventRecord.objects.filter(case__in=map(UUID, told["closed"]), kind="closed")
        .values_list("case", flat=True)
    )  # fmt: skip
    every, changed = standings.rebuild()
    return {
        "cases": CaseRecord.objects.count(),
        "states": states,
        "sent": sent,
        "breaks": breaks,
        "closed": len(told["closed"]),
        "not closed once": sum(counts[name] != 1 for name in counts)
        + len(set(told["closed"])) - len(counts),
        "columns": every,
        "columns that say something else": changed,
    }  # fmt: skip


def _told(answers: Answers, judged: dict[str, object], names: Counter[str]) -> int:
    sent = judged.pop("sent")
    doubled = sum(count > 1 for count in names.values())
    lost = sum(name not in names for name in sent) if isinstance(sent, list) else -1
    for name, value in judged.items():
        print(f"{name}: {value}")
    print(f"letters that came: {len(names)}, twice: {doubled}, lost: {lost}")
    print(f"answers of pages: {dict(sorted(answers.statuses.items()))}")
    print(f"what 5xx said: {dict(answers.sentences)}")
    times = sorted(answers.times)
    median, late, last = times[len(times) // 2], times[len(times) * 19 // 20], times[-1]
    print(f"seconds: median {median:.2f}, p95 {late:.2f}, longest {last:.1f}")
    print(f"to be closed, and refused: {len(answers.in_doubt)}")
    wrong = [doubled, lost, judged["breaks"], judged["not closed once"]]
    wrong += [judged["columns that say something else"]]
    unexplained = [s for s in answers.statuses if s.split()[1] in ("500", "404", "403")]
    return int(any(wrong) or bool(unexplained))


if __name__ == "__main__":
    sys.exit(main())
