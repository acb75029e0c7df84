"""Measure the pages with many cases, beside a bare Django page with the same rows.

``RESCIND_CASES`` says how many cases (10,000); ``RESCIND_BENCH_HOME`` names a folder
that holds them already. Both are served by waitress with four threads, in processes of
their own; the clients are a third process.
"""

import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[1]
CASES = int(os.environ.get("RESCIND_CASES", "10000"))
CLIENTS = 20
ALONE = 60
"""Requests of one client, one after the other, in each round."""
SECONDS = 6.0
"""How long the clients ask at once, in each round."""
ROUNDS = 3
PAUSE = (0.5, 1.5)
"""Seconds that a person looks at a page before the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One page of one server."""

    name: str
    port: int
    path: str
    cookie: str = ""


def main() -> None:
    """Print a table: pages alone, with clients who read and with clients who do not."""
    home = os.environ.get("RESCIND_BENCH_HOME") or _filled()
    with _serving(home) as (port, cookie), _bare(home) as bare:
        pages = [Measured(name="a bare Django page", port=bare, path="/")]
        pages += _pages(port, cookie)
        for page in pages:
            _ask(page, 3)
        rows = _measured(pages)
    _print(pages, rows)


def _filled() -> str:
    home = tempfile.mkdtemp(prefix="rescind-bench-")
    words = [sys.executable, "-W", "ignore", "-m", "tools.many_cases", str(CASES)]
    subprocess.run(words, env=_environment(home), check=True, cwd=ROOT)
    return home


def _environment(home: str) -> dict[str, str]:
    return os.environ | {"RESCIND_HOME": home}


@contextmanager
def _serving(home: str) -> Iterator[tuple[int, str]]:
    """Serve the program; yield its port, and the cookie that lets a client in."""
    words = ["rescind.cli.main", "serve", "--port", "0", "--no-open", "--no-worker"]
    with _running(home, words) as process:
        for line in process.stdout or ():
            link = re.search(r"http://127\.0\.0\.1:(\d+)(/start/\S+)", line)
            if link:
                break
        port = int(link[1]) if link else 0
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", link[2] if link else "/")
        cookie = connection.getresponse().getheader("Set-Cookie", "") or ""
        yield port, cookie.split(";")[0]


@contextmanager
def _bare(home: str) -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    with _running(home, ["tools.bench_web", "bare", str(port)]):
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port


@contextmanager
def _running(home: str, words: Sequence[str]) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", *words],
        env=_environment(home),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def serve_bare(port: int) -> None:
    """Serve one page that lists the newest 50 cases, with nothing around it."""
    from rescind.app.setup import configure

    configure()
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpRequest, HttpResponse
    from django.template import engines
    from django.urls import path
    from waitress import serve

    from rescind.store.models import StandingRecord

    template = engines["django"].from_string(
        "<ul>{% for row in rows %}<li>{{ row.service_name }} {{ row.offer }} "
        "{{ row.state }} {{ row.opened_at }}</li>{% endfor %}</ul>"
    )

    def page(request: HttpRequest) -> HttpResponse:
        rows = StandingRecord.objects.all()[:50]
        return HttpResponse(template.render({"rows": rows}, request))

    settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = type("Urls", (), {"urlpatterns": [path("", page)]})
    handler = WSGIHandler()
    serve(handler, host="127.0.0.1", port=port, threads=4, ident=None)


def _pages(port: int, cookie: str) -> list[Measured]:
    def page(name: str, path: str) -> Measured:
        return Measured(name=name, port=port, path=path, cookie=cookie)

    listing = page("the list", "/cases/")
    ids = re.findall(r"/cases/([0-9a-f-]{36})/", _ask(listing, 1)[1])
    return [
        page("the start page", "/"),
        listing,
        page("the list, page 100 of cases and of days", "/cases/?page=100&days=100"),
        page("the calendar", "/cases/due.ics"),
        page("a case", f"/cases/{ids[-1]}/"),
        page("its letters", f"/cases/{ids[-1]}/letters/"),
        page("what is proved", "/proof/"),
        page("settings, and what the program does by itself", "/settings/"),
        page("figures for monitoring", "/metrics"),
    ]


def _ask(page: Measured, count: int) -> tuple[list[float], str]:
    """Return the seconds that each request took, and the last page."""
    connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=120)
    times, content = [], b""
    for _ in range(count):
        started = time.perf_counter()
        content = _request(connection, page)
        times.append(time.perf_counter() - started)
    connection.close()
    return times, content.decode()


def _request(connection: http.client.HTTPConnection, page: Measured) -> bytes:
    connection.request("GET", page.path, headers={"Cookie": page.cookie})
    response = connection.getresponse()
    content = response.read()
    if response.status != http.client.OK:
        message = f"{page.path}: {response.status}"
        raise RuntimeError(message)
    return content


@dataclass(slots=True, kw_only=True)
class Times:
    """Seconds that requests of a page took."""

    alone: list[float]
    reading: list[float]
    """With clients who look at each page for a second."""
    at_once: list[float]
    """With clients who ask again as soon as they have an answer."""
    a_second: list[float]
    """How many were answered in a second, in each round, at once."""


def _measured(pages: Sequence[Measured]) -> list[Times]:
    """Measure all pages in turn, round by round."""
    rows = [Times(alone=[], reading=[], at_once=[], a_second=[]) for _ in pages]
    for _ in range(ROUNDS):
        for page, row in zip(pages, rows, strict=True):
            row.alone += _ask(page, ALONE)[0]
            row.reading += _together(page, PAUSE)
            times = _together(page, None)
            row.at_once += times
            row.a_second.append(len(times) / SECONDS)
    return rows


def _together(page: Measured, pause: tuple[float, float] | None) -> list[float]:
    times: list[float] = []
    until = time.monotonic() + SECONDS

    def client(number: int) -> None:
        chance = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=120)
        time.sleep(chance.uniform(0, 1) if pause else 0)
        while time.monotonic() < until:
            started = time.perf_counter()
            _request(connection, page)
            times.append(time.perf_counter() - started)
            if pause:
                time.sleep(chance.uniform(*pause))
        connection.close()

    threads = [threading.Thread(target=client, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _print(pages: Sequence[Measured], rows: Sequence[Times]) -> None:
    bare = median(rows[0].a_second)
    print(
        f"| page, {CASES:,} cases | alone, median | p95 | {CLIENTS} readers, p95 "
        f"| {CLIENTS} at once, p95 | a second | bare is |"
    )
    print("|---|---|---|---|---|---|---|")
    for page, row in zip(pages, rows, strict=True):
        a_second = median(row.a_second)
        print(
            f"| {page.name} | {median(row.alone) * 1000:.0f} ms "
            f"| {_p95(row.alone)} | {_p95(row.reading)} | {_p95(row.at_once)} "
            f"| {a_second:.0f} | {bare / a_second:.1f} |",
            flush=True,
        )


def _p95(times: Sequence[float]) -> str:
    return f"{quantiles(times, n=20)[-1] * 1000:.0f} ms"


if __name__ == "__main__":
    if sys.argv[1:2] == ["bare"]:
        serve_bare(int(sys.argv[2]))
    else:
        main()
