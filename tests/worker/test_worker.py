"""The worker: what is due is done once, put off when it has to be, and said."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from rescind.adapters import clock
from rescind.adapters.jobs import sqlite_clock
from rescind.adapters.jobs.engine import Engine
from rescind.adapters.jobs.lease import FileLease
from rescind.adapters.settings import limits, smtp
from rescind.app.follow import cases, metrics, queries, worker
from rescind.core.errors import BadInput, PermanentError, TransientError
from rescind.ports import Handover, Submission
from tests.conftest import FACTS, HOME, SENDER
from tests.worker.conftest import Forward
from tests.worker.working import overview, work

pytestmark = pytest.mark.usefixtures("quiet_house", "account")
TO = "desk@merchant.example.org"


class Server:
    """A mail server in the way: counts what is sent, and fails as it is told."""

    name = "smtp"

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.sent: list[str] = []

    def send(self, submission: Submission, dialogue: list[str]) -> Handover:
        dialogue.append("-- a server")
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append(submission.envelope_id)
        return Handover(answers=("END 250 taken",))


@pytest.fixture
def account() -> Iterator[None]:
    user = f"{uuid4().hex}@home.example.org"  # limits are each account's own
    smtp.MAILBOX.write(HOME, {"host": "127.0.0.1", "user": user})
    yield
    smtp.MAILBOX.forget(HOME)
    limits.LIMITS.forget(HOME)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    given = Server()
    monkeypatch.setattr(cases, "mailer_of", lambda _way: given)
    return given


def later() -> str:
    return (clock.now() + timedelta(minutes=5)).isoformat()


def ordered() -> str:
    case_id = cases.new_case(FACTS, SENDER)
    sent = cases.send_later(case_id, way="smtp", to=TO, at=later())
    assert sent.outcome == "dispatch_ordered"
    return case_id


def state(case_id: str) -> str:
    return str(queries.show_case(case_id)["state"])


def kinds(case_id: str) -> list[str]:
    return [event["kind"] for event in queries.show_case(case_id)["events"]]


def test_what_was_ordered_is_sent_when_its_moment_comes(
    server: Server, forward: Forward
) -> None:
    case_id = ordered()

    assert work() == 0
    assert (state(case_id), server.sent) == ("ordered", [])
    forward(minutes=6)
    assert work() >= 1
    work()

    assert state(case_id) == "sent"
    assert len(server.sent) == 1


def test_what_was_recalled_is_not_sent(server: Server, forward: Forward) -> None:
    case_id = ordered()

    cases.recall(case_id)
    forward(minutes=6)
    work()

    assert (state(case_id), server.sent) == ("draft", [])


def test_what_a_server_puts_off_is_tried_again_later_and_later(
    server: Server, forward: Forward
) -> None:
    case_id = ordered()
    server.errors = [TransientError("mail", "451 later")] * 3
    forward(minutes=6)

    work()
    assert state(case_id) == "ordered"
    work()  # its time has not come
    assert kinds(case_id).count("dispatch_begun") == 1
    for minutes in (1, 2, 4):
        forward(minutes=minutes)
        work()

    assert state(case_id) == "sent"
    assert kinds(case_id).count("dispatch_refused") == 3
    assert len(server.sent) == 1


def test_after_days_of_putting_off_the_letter_has_failed(
    server: Server, forward: Forward
) -> None:
    case_id = ordered()
    server.errors = [TransientError("mail", "could not be reached")] * 99
    for _ in range(10):
        forward(hours=12)
        work()

    assert state(case_id) == "failed"
    assert server.sent == []


def test_what_is_refused_for_good_is_not_tried_again(
    server: Server, forward: Forward
) -> None:
    case_id = ordered()
    server.errors = [PermanentError("mail", "550 no such user")]
    forward(minutes=6)

    work()
    forward(days=1)
    work()

    assert state(case_id) == "failed"
    assert kinds(case_id).count("dispatch_begun") == 1


def test_quiet_hours_hold_a_letter_and_say_so(server: Server, forward: Forward) -> None:
    case_id = ordered()
    at = clock.now() + timedelta(minutes=6)
    quiet = f"{at:%H:%M}-{at + timedelta(hours=2):%H:%M}"
    limits.write_limits(HOME, {"quiet": quiet})
    forward(minutes=6)

    work()
    held = [row for row in overview().next if row.case_id == case_id]
    assert "quiet hours" in [row.said for row in held]
    assert server.sent == []
    forward(hours=2, minutes=1)
    work()

    assert (state(case_id), len(server.sent)) == ("sent", 1)


@pytest.mark.parametrize(
    ("limit", "wait"),
    [("per_hour", {"hours": 1}), ("per_day", {"days": 1}),
     ("per_domain_hour", {"hours": 1})],
)  # fmt: skip
def test_no_more_goes_out_than_the_limits_let(
    server: Server, forward: Forward, limit: str, wait: dict[str, int]
) -> None:
    limits.write_limits(HOME, {limit: 2})
    cases = [ordered() for _ in range(3)]
    forward(minutes=6)

    work()
    assert sorted(map(state, cases)) == ["ordered", "sent", "sent"]
    forward(**wait, minutes=1)
    work()

    assert [state(case_id) for case_id in cases] == ["sent"] * 3
    assert len(server.sent) == 3


def test_a_person_who_is_over_the_limit_is_told_that_it_waits(server: Server) -> None:
    limits.write_limits(HOME, {"per_hour": 1})
    first, second = (cases.new_case(FACTS, SENDER) for _ in range(2))
    cases.send(first, way="smtp", to=TO, mailer=server)

    sent = cases.send(second, way="smtp", to=TO, mailer=server)

    assert sent.outcome == "dispatch_ordered"
    assert "no more than 1 letters an hour" in sent.said
    assert state(second) == "ordered"


def test_nothing_can_be_ordered_for_a_time_that_is_over() -> None:
    case_id = cases.new_case(FACTS, SENDER)

    with pytest.raises(BadInput, match="is over"):
        cases.send_later(case_id, way="practice", to=None, at="2020-01-01")


@pytest.mark.usefixtures("server")
def test_work_that_fails_is_shown_with_its_reason_and_tried_again(
    forward: Forward, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = ordered()
    forward(minutes=6)
    with monkeypatch.context() as broken:
        broken.setattr(cases, "mailer_of", lambda _way: 1 / 0)
        work()

    failed = [row for row in overview().failed if row.case_id == case_id]
    assert [row.said for row in failed] == ["division by zero"]
    forward(minutes=2)
    work()
    assert state(case_id) == "sent"
    assert not [r for r in overview().failed if r.case_id == case_id]


@pytest.mark.usefixtures("server")
def test_a_run_that_was_missed_is_caught_up_and_said(forward: Forward) -> None:
    work()
    case_id = ordered()
    forward(days=3)

    work()

    assert state(case_id) == "sent"
    shown = overview()
    assert shown.is_running
    (row,) = [each for each in shown.workers if each.name == "worker-0"]
    assert row.missed >= 1
    assert row.missed_from
    assert row.started_at - row.missed_from > timedelta(days=2)


def test_a_sending_that_nobody_ended_is_in_doubt_after_an_hour(
    server: Server, forward: Forward
) -> None:
    class Killed(BaseException):
        pass

    case_id = cases.new_case(FACTS, SENDER)
    server.errors = [Killed()]  # type: ignore[list-item]  # no error of SMTP
    with pytest.raises(Killed):
        cases.send(case_id, way="smtp", to=TO, mailer=server)
    assert state(case_id) == "sending"

    forward(minutes=30)
    work()
    assert state(case_id) == "sending"
    forward(minutes=31)
    work()

    assert state(case_id) == "doubtful"
    forward(days=1)
    work()
    assert server.sent == []


def test_a_case_that_is_forgotten_leaves_no_work(
    server: Server, forward: Forward
) -> None:
    case_id = ordered()

    cases.forget(case_id)
    forward(minutes=6)
    work()

    assert server.sent == []


def test_two_workers_send_one_letter(server: Server, forward: Forward) -> None:
    """One in this process, one in another: both look at the same moment."""
    cases = [ordered() for _ in range(5)]
    forward(minutes=6)
    it = worker.Worker(threads=2)
    it.start()
    other = subprocess.Popen(
        [sys.executable, "-m", "rescind.cli.main", "worker", "--once"],
        env=os.environ | {"RESCIND_SMTP_PASSWORD": "x"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        it.run_once()
        other.wait(timeout=60)
        it.run_once()
    finally:
        it.stop()

    assert [state(case_id) for case_id in cases] == ["sent"] * 5
    assert len(server.sent) == 5


def test_a_worker_that_lost_its_place_takes_another(
    server: Server, forward: Forward
) -> None:
    """What holds its place elsewhere is a second lease on the same folder."""
    case_id = ordered()
    lease, other = FileLease(HOME), FileLease(HOME)
    it = worker.Worker(threads=1, lease=lease)
    thread = threading.Thread(target=it.run)
    thread.start()
    _until(lambda: lease.holds(0))
    lease.give_back(0)
    assert other.take(0)

    forward(minutes=6)
    _until(lambda: lease.holds(1))
    _until(lambda: state(case_id) == "sent")
    it.stopping.set()
    thread.join(timeout=20)
    other.give_back(0)

    assert len(server.sent) == 1


def _until(holds: Callable[[], bool]) -> None:
    until = datetime.now(UTC) + timedelta(seconds=30)
    while not holds():
        assert datetime.now(UTC) < until
        threading.Event().wait(0.05)


def test_what_failed_and_went_well_after_is_no_longer_shown_as_failed(
    forward: Forward, tmp_path: Path
) -> None:
    from rescind.app.follow import sync

    sync.change_settings({"path": str(tmp_path)})
    cases.send(cases.new_case(FACTS, SENDER), way="practice")
    (HOME / "inbox.json").write_text("{")
    work()
    forward(minutes=1)
    work()
    sync.change_settings({"path": str(tmp_path)})
    forward(hours=1)
    work()

    assert [r for r in overview().failed if r.action == "sync"] == []
    assert [r.action for r in overview().next].count("sync") == 1


def test_what_the_engine_did_long_ago_is_forgotten(
    server: Server, forward: Forward
) -> None:
    from dbos import DBOS

    ordered()
    forward(minutes=6)
    work()
    assert server.sent
    it = worker.Worker(threads=1)
    it.start()
    try:
        old = {done.workflow_id for done in DBOS.list_workflows(status="SUCCESS")}
        assert old
        forward(days=40)
        it.run_once()
        assert not old & {known.workflow_id for known in DBOS.list_workflows()}
    finally:
        it.stop()


def test_it_runs_until_it_is_stopped(server: Server, forward: Forward) -> None:
    case_id = ordered()
    forward(minutes=6)
    it = worker.Worker(threads=1)
    thread = threading.Thread(target=it.run)
    thread.start()
    until = datetime.now(UTC) + timedelta(seconds=20)
    while not server.sent and datetime.now(UTC) < until:
        threading.Event().wait(0.05)
    it.stopping.set()
    thread.join(timeout=20)

    assert not thread.is_alive()
    assert state(case_id) == "sent"


def test_a_worker_that_never_gets_to_look_is_not_at_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries = threading.Event()

    def start(*_: object) -> None:
        tries.set()
        raise TransientError("the engine's records", "NOT NULL constraint failed")

    monkeypatch.setattr(Engine, "start", start)
    it = worker.Worker(threads=1)
    thread = threading.Thread(target=it.run)
    thread.start()
    assert tries.wait(20)
    it.stopping.set()
    thread.join(20)

    assert not overview().is_running
    assert overview().last_run is None
    assert not metrics.health()["ok"]
    assert metrics.health()["last_look"] is None


def test_a_start_that_fails_changes_nothing_of_the_last_look(
    monkeypatch: pytest.MonkeyPatch, forward: Forward
) -> None:
    work()
    forward(hours=1)

    def start(*_: object) -> None:
        raise TransientError("the engine's records", "disk I/O error")

    monkeypatch.setattr(Engine, "start", start)
    it = worker.Worker(threads=1)
    with pytest.raises(TransientError):
        it.start()
    it.stop()

    assert not overview().is_running
    assert (metrics.health()["last_look"] or 0) >= 3600


def test_work_that_the_engine_never_does_is_no_health(
    monkeypatch: pytest.MonkeyPatch, server: Server, forward: Forward
) -> None:
    ordered()
    work()
    forward(minutes=6)
    monkeypatch.setattr(Engine, "hand", lambda *_: None)

    it = worker.Worker(threads=1)
    it.start()
    try:
        it.look()
        assert metrics.health()["ok"]
        for _ in range(4):
            forward(minutes=3)
            it.look()
        health = metrics.health()
    finally:
        it.stop()

    assert health["worker"]
    assert not health["ok"]
    assert server.sent == []


def test_the_engine_s_clock_runs_with_every_sqlite() -> None:
    with closing(sqlite_clock.Connection(":memory:")) as database:
        row = database.execute("SELECT unixepoch('subsec')").fetchone()

    assert abs(row[0] - datetime.now(UTC).timestamp()) < 5


def test_an_engine_whose_records_are_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "engine.sqlite3").write_bytes(b"no database at all" * 100)
    engine = Engine(None, tmp_path, lambda *_: None)

    with pytest.raises(TransientError, match=r"the engine's file: .*put .* aside"):
        engine.start(0, 1)
    engine.stop()


def test_an_engine_whose_records_are_cut_in_half_says_so(tmp_path: Path) -> None:
    file = tmp_path / "engine.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE a (b)")
        database.executemany("INSERT INTO a VALUES (?)", [("x" * 500,)] * 100)
        database.commit()
    os.truncate(file, file.stat().st_size // 2)
    engine = Engine(None, tmp_path, lambda *_: None)

    with pytest.raises(TransientError, match=r"it is damaged: .*put .* aside"):
        engine.start(0, 1)
    engine.stop()
