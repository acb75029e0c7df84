"""What the tests of the worker share: a clock that runs ahead, and a quiet house."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.adapters.settings import limits
from rescind.adapters.settings.imap import INBOX
from rescind.adapters.settings.limits import LIMITS
from rescind.adapters.settings.notifications import NOTICES
from rescind.adapters.settings.smtp import MAILBOX
from tests.conftest import HOME

Forward = Callable[..., None]
"""Puts the clock forward, by the words of ``timedelta``."""


@pytest.fixture
def quiet_house(ready_desk: None) -> Iterator[None]:  # noqa: ARG001 - the database first
    """Take away what other tests' cases wait for, and settings afterwards."""
    from rescind.store.models import WorkerRecord, WorkRecord

    WorkRecord.objects.all().delete()
    WorkerRecord.objects.all().delete()
    yield
    MAILBOX.forget(HOME)
    INBOX.forget(HOME)
    LIMITS.forget(HOME)
    NOTICES.forget(HOME)


@pytest.fixture
def forward(monkeypatch: pytest.MonkeyPatch) -> Forward:
    moved = [timedelta(0)]
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + moved[0])

    def put(**by: float) -> None:
        moved[0] += timedelta(**by)

    return put


@pytest.fixture
def no_limits(quiet_house: None) -> None:  # noqa: ARG001 - it cleans up afterwards
    """Let as many letters out as there are."""
    names = ("per_hour", "per_day", "per_domain_hour")
    limits.write_limits(HOME, dict.fromkeys(names, limits.NONE))


class Listener(BaseHTTPRequestHandler):
    """What Apprise's ``json://`` speaks to."""

    told: list[dict[str, Any]]
    status = 200

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.told.append(json.loads(self.rfile.read(length)))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[Any]:
    class Own(Listener):
        told: list[dict[str, Any]] = []  # noqa: RUF012 - one for each test

    server = HTTPServer(("127.0.0.1", 0), Own)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Own.url = f"json://127.0.0.1:{server.server_port}/"  # type: ignore[attr-defined]  # set here
    yield Own
    server.shutdown()
    server.server_close()
    thread.join()
