"""The worker: what is due is handed to the engine, and done by it, once."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import DatabaseError, close_old_connections, connection

from rescind.adapters import clock
from rescind.adapters.data.words import why_not
from rescind.adapters.jobs.lease import MOST_PLACES, Lease, lease_for
from rescind.adapters.settings.limits import read_limits
from rescind.app.follow import cases, reminders, sync
from rescind.app.prove import proof
from rescind.core.errors import BadInput, Damaged, RescindError, TransientError
from rescind.core.follow.jobs import WorkKind
from rescind.settings import data_folder, database_url
from rescind.store import dispatches, selectors, work, workers
from rescind.store.dispatches import Held
from rescind.store.opening import look_at_a_table
from rescind.store.retry import insist

if TYPE_CHECKING:
    from rescind.store.models import CaseRecord
    from rescind.store.work import Task

SECONDS_BETWEEN = 1.0
AT_A_TIME = 200
"""How much is taken in one look; a look follows at once while there is more."""
BEAT = timedelta(seconds=20)
"""How often a worker says that it lives, and looks for places of dead ones."""
MISSED_AFTER = timedelta(minutes=10)
"""Where nobody looked for so long, a run was missed."""
KEPT_FOR = timedelta(days=30)
"""How long the engine remembers what it did."""

_log = logging.getLogger(__name__)


class Displaced(TransientError):  # noqa: N818 - the worker goes on elsewhere
    """Another worker has the place; this one has to take another."""


class Worker:
    """Looks for what is due and has it done, until it is stopped."""

    def __init__(self, *, threads: int = 4, lease: Lease | None = None) -> None:
        """Keep how much is done at a time; nothing starts yet."""
        self._threads = threads
        self._lease = lease or lease_for(database_url(), data_folder())
        from rescind.adapters.jobs.engine import (  # noqa: PLC0415 - 0.24 s, DBOS
            Engine,
        )

        self._engine = Engine(database_url(), data_folder(), self._perform)
        self._place = -1
        self._begun: workers.Start | None = None
        self._beaten_at: datetime | None = None
        self._damage: Damaged | None = None
        self._lock = threading.Lock()
        self._done = self._failed = self._told_done = self._told_failed = 0
        self.stopping = threading.Event()

    def start(self) -> None:
        """Take a place, say what was missed, and begin.

        Raises BadInput where every place is taken.
        """
        places = (p for p in range(MOST_PLACES) if self._lease.take(p))
        self._place = next(places, -1)
        if self._place < 0:
            message = why_not("workers_enough", count=MOST_PLACES)
            raise BadInput("worker", message, ["rescind worker status"])
        self._begun = self._arrive(clock.now())
        self._engine.start(self._place, self._threads)

    def run(self) -> None:
        """Start, and look again and again until ``stopping`` is set.

        A database that does not answer, now or later, is waited for.
        """
        listening = threading.Thread(target=self._listen, daemon=True)
        while not self.stopping.is_set():
            if not self._start_safely():
                self.stopping.wait(SECONDS_BETWEEN)
                continue
            if self._place == 0 and not listening.ident:
                listening.start()
            try:
                self._look_on()
            except Displaced as error:
                _log.warning("worker: %s", error)
            finally:
                self.stop()

    def _look_on(self) -> None:
        while not self.stopping.is_set():
            if not self._look_safely():
                self.stopping.wait(SECONDS_BETWEEN)

    def _listen(self) -> None:
        """Listen to the inbox, beside the first worker alone: one is enough."""
        sync.listen(self.stopping)
        connection.close()

    def run_once(self, patience: Callable[[], bool] = lambda: True) -> int:
        """Do all that is due now, and return how much that was.

        ``patience`` is asked between looks; where it says no, the rest is left.
        """
        before = self._done
        while patience():
            handed = self.look()
            if handed == 0 and self._engine.unfinished() == 0:
                break
            self.stopping.wait(0.05)
        self._keep_place()
        self._beat(clock.now())
        return self._done - before

    def stop(self) -> None:
        """Leave; what runs is left to whoever takes the place next."""
        self._engine.stop()
        if self._beaten_at is not None:
            with contextlib.suppress(DatabaseError, RescindError):
                self._keep_place()
                self._beat(clock.now())
        if self._place >= 0:
            with contextlib.suppress(TransientError):
                self._lease.give_back(self._place)
        self._place, self._beaten_at = -1, None
        connection.close()

    def look(self) -> int:
        """Hand what is due to the engine; return how much that was."""
        now = clock.now()
        if self._damage is not None:
            # nothing is done upon it; whoever starts next says so
            raise self._damage
        tasks = work.due_tasks(now, AT_A_TIME)
        self._engine.hand(task for _, task in tasks)
        if tasks:
            work.take(tasks, now)
        if self._beaten_at is None or now - self._beaten_at >= BEAT:
            self._keep_place()
            self._take_over()
            self._engine.forget(now - KEPT_FOR)
            self._look_at_a_table(now)
            # last: only a look that ended well is one, and health counts by it
            self._beat(now)
        return len(tasks)

    def _look_at_a_table(self, now: datetime) -> None:
        """Look whether a table is whole: the first worker does, one in each beat."""
        if self._place == 0:
            try:
                look_at_a_table(now)
            except Damaged as error:
                self._damage = error
                raise

    def _start_safely(self) -> bool:
        close_old_connections()
        try:
            self.start()
        except (
            DatabaseError,
            self._engine.failure,
            OSError,
            TransientError,
        ) as error:
            _log.warning("worker: %s", str(error).strip().splitlines()[0])
            self.stop()
            return False
        return True

    def _look_safely(self) -> int:
        """Look; a database that does not answer is waited for, and nothing is lost.

        Raises Displaced where another worker has the place: nothing more is begun.
        """
        close_old_connections()
        try:
            return self.look()
        except Displaced:
            raise
        except (
            DatabaseError,
            self._engine.failure,
            OSError,
            RescindError,
        ) as error:
            _log.warning("worker: %s", str(error).strip().splitlines()[0])
            return 0

    def _arrive(self, now: datetime) -> workers.Start:
        begun = workers.arrive(now=now, missed_after=MISSED_AFTER)
        sync.plan(now)
        try:
            proof.plan_all()
        except BadInput as error:  # letters go out whatever the settings of proof say
            _log.warning("worker: %s", error)
        return begun

    @property
    def _name(self) -> str:
        return f"worker-{self._place}"

    def _keep_place(self) -> None:
        """Raise Displaced where another worker has the place."""
        if not self._lease.holds(self._place) and not self._lease.take(self._place):
            raise Displaced(self._name, "its place was taken by another worker")

    def _beat(self, now: datetime) -> None:
        done, failed = self._done, self._failed
        assert self._begun is not None  # noqa: S101 - it looks once it has started
        workers.beat(
            self._name,
            self._begun,
            done=done - self._told_done,
            failed=failed - self._told_failed,
            now=now,
        )
        self._told_done, self._told_failed = done, failed
        self._beaten_at = now

    def _take_over(self) -> None:
        """Have done what workers began that died since."""
        for place in self._engine.places_at_work() - {self._place}:
            if self._lease.take(place):
                try:
                    self._engine.take_over(place)
                finally:
                    self._lease.give_back(place)

    def _perform(
        self, case_id: str, action: str, key: str, number: int, name: str
    ) -> None:
        """Do one piece of work; what fails is put off, said, and tried again."""
        task = work.Task(case_id=case_id, action=action, key=key, number=number)
        close_old_connections()
        try:
            with self._counted(task):
                perform(task, name)
        except Held as held:
            work.hold(task, held.until, held.why)
        finally:
            close_old_connections()

    @contextlib.contextmanager
    def _counted(self, task: "Task") -> Iterator[None]:

        try:
            yield
        except Held:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is shown and retried
            _log.warning("%s: %r", task.identity, error)
            with self._lock:
                self._failed += 1
            _fail(task, error)
        else:
            with self._lock:
                self._done += 1


def perform(task: "Task", name: str) -> None:
    """Do one piece of work under a name; harmless where it was done before."""
    if task.action == WorkKind.SYNC:
        sync.sync_by_work(task)
        return
    case = selectors.case_or_none(task.case_id)
    if case is None:
        work.done(task)
        return
    _DO[task.action](case, task, name)


def _send(case: "CaseRecord", task: "Task", name: str) -> None:

    now = clock.now()
    record = dispatches.waiting_dispatch(case)
    if record is not None and record.begun_by == name:
        dispatches.doubt(case, dispatches.LOST, now=now)
        proof.settle(case)
        return
    if record is None or record.begun_at is not None:
        work.plan(case, now=now)
        return
    if not selectors.is_planned(case, task.action, task.key):
        return
    _keep_quiet(now)
    cases.carry_out(record, cases.mailer_of(record.way), name)


def _doubt(case: "CaseRecord", task: "Task", name: str) -> None:  # noqa: ARG001 - as the others

    dispatches.doubt(case, dispatches.LOST, now=clock.now())
    proof.settle(case)


def _tell(case: "CaseRecord", task: "Task", name: str) -> None:  # noqa: ARG001 - as the others
    now = clock.now()
    _keep_quiet(now)
    reminders.tell_what_is_due(case, now)


def _prove(case: "CaseRecord", task: "Task", name: str) -> None:  # noqa: ARG001 - as the others
    proof.settle(case, is_urgent=True)


def _plan(case: "CaseRecord", task: "Task", name: str) -> None:  # noqa: ARG001 - as the others

    work.plan(case, now=clock.now())
    work.done(task)


_DO: dict[str, Callable[["CaseRecord", "Task", str], None]] = {
    WorkKind.SEND.value: _send,
    WorkKind.DOUBT.value: _doubt,
    WorkKind.TELL.value: _tell,
    WorkKind.PROVE.value: _prove,
    WorkKind.PLAN.value: _plan,
}


def _keep_quiet(now: datetime) -> None:
    """Raise Held in the quiet hours."""
    quiet = read_limits(data_folder()).quiet
    until = quiet.until(now) if quiet else None
    if until is not None:
        raise Held(until, "quiet hours")


def _fail(task: "Task", error: Exception) -> None:
    """Say why it failed; where even that fails, the task comes up again by itself."""
    why = (str(error) or type(error).__name__).strip().splitlines()[0]
    with contextlib.suppress(DatabaseError):
        insist(lambda: work.fail(task, why, clock.now()))


def in_background() -> Callable[[], None]:
    """Start a worker beside the web app; returns what ends it."""
    worker = Worker()

    def work() -> None:
        try:
            worker.run()
        except RescindError as error:  # the pages go on without it
            _log.warning("the worker ended: %s", error)

    thread = threading.Thread(target=work, name="worker", daemon=True)
    thread.start()

    def end() -> None:
        worker.stopping.set()
        thread.join(timeout=15)

    return end
