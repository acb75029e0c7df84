"""The engine of durable work: DBOS, which runs each piece of work under its name, once.

What it was running when its process died it runs again, from the start, when a process
takes the same place; every piece of work is written so that this is harmless.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.jobs.lease import MOST_PLACES
from rescind.adapters.jobs.sqlite_clock import Connection
from rescind.core.errors import TransientError
from rescind.core.model.sentence import Sentence

if TYPE_CHECKING:
    from rescind.store.work import Task

NAME = "rescind"
VERSION = "1"
"""Constant: work of an earlier release is taken on by the next."""
FILE = "engine.sqlite3"
ITS_FILE = "the engine's file"
QUEUE = "work"
POLLING_SECONDS = 0.25
RUNNING = "PENDING"
"""What DBOS calls work that was begun and not ended."""
AT_A_TIME = 1_000
"""How much is forgotten at a time."""

Perform = Callable[[str, str, str, int, str], None]
"""Does one piece of work: case, action, key, number, and the work's name."""


class Engine:
    """DBOS in this process; there is one at a time."""

    failure: type[Exception] = SQLAlchemyError
    """What it raises where its database does not answer."""

    def __init__(
        self, database_url: str | None, folder: Path, perform: Perform
    ) -> None:
        """Keep where the engine's own records lie, and what does the work."""
        self._url = _address(database_url, folder)
        self._perform = perform
        self._workflow: Any = None

    def start(self, place: int, threads: int) -> None:
        """Start working as the holder of a place.

        Raises TransientError where the engine's records cannot be used.
        """
        for name in ("dbos", "alembic"):
            # what goes wrong is said by the worker
            logging.getLogger(name).setLevel(logging.CRITICAL)
        if self._url.startswith("sqlite"):
            _keep_a_write_ahead_log(self._url)
        config = DBOSConfig(
            name=NAME,
            system_database_url=self._url,
            application_version=VERSION,
            executor_id=executor(place),
            log_level="CRITICAL",
            notification_listener_polling_interval_sec=POLLING_SECONDS,
            use_listen_notify=False,
        )
        if self._url.startswith("sqlite"):
            config["db_engine_kwargs"] = {"connect_args": {"factory": Connection}}
        DBOS(config=config)

        def work(case_id: str, action: str, key: str, number: int) -> None:
            self._perform(case_id, action, key, number, str(DBOS.workflow_id))

        self._workflow = DBOS.workflow(name="work")(work)
        try:
            DBOS.launch()
            DBOS.register_queue(
                QUEUE, worker_concurrency=threads, polling_interval_sec=POLLING_SECONDS
            )
        except SQLAlchemyError as error:
            line = str(error).strip().splitlines()[0]
            raise TransientError("the engine's records", line) from error

    def hand(self, tasks: Iterable["Task"]) -> None:
        """Have work done; what the engine knows by that name is not done again."""
        for task in tasks:
            with SetWorkflowID(task.identity):
                DBOS.enqueue_workflow(
                    QUEUE,
                    self._workflow,
                    task.case_id,
                    task.action,
                    task.key,
                    task.number,
                )

    def places_at_work(self) -> set[int]:
        """Return the places whose work was begun and not ended, as recorded."""
        rows = DBOS.list_workflows(
            status=RUNNING, load_input=False, load_output=False, limit=10_000
        )
        names = {row.executor_id for row in rows}
        return {place for place in range(MOST_PLACES) if executor(place) in names}

    def unfinished(self) -> int:
        """Return how much work was handed over and is not done."""
        rows = DBOS.list_workflows(
            status=[RUNNING, "ENQUEUED"], load_input=False, load_output=False
        )
        return len(rows)

    def take_over(self, place: int) -> None:
        """Run again what a dead process had begun; its place must be held."""
        rows = DBOS.list_workflows(
            status=RUNNING,
            executor_id=executor(place),
            load_input=False,
            load_output=False,
        )
        for row in rows:
            DBOS.resume_workflow(row.workflow_id, queue_name=QUEUE)

    def forget(self, before: datetime) -> None:
        """Forget what ended before a moment; nothing comes up by that name again."""
        rows = DBOS.list_workflows(
            completed_before=before.isoformat(),
            load_input=False,
            load_output=False,
            limit=AT_A_TIME,
        )
        DBOS.delete_workflows([row.workflow_id for row in rows])

    def stop(self) -> None:
        """End; what runs is left to the next process in this place."""
        DBOS.destroy(destroy_registry=True)


def _address(database_url: str | None, folder: Path) -> str:
    if not database_url:
        return f"sqlite:///{folder / FILE}"
    # SQLAlchemy wants the driver named beside the database
    return f"postgresql+psycopg://{database_url.partition('://')[2]}"


def forget_case(database_url: str | None, folder: Path, case_id: str) -> None:
    """Forget all work of a case: the engine's records name it.

    On SQLite its bytes are given up as well. Raises TransientError where the engine's
    database does not answer.
    """
    if not database_url and not (folder / FILE).exists():
        return
    client = DBOSClient(system_database_url=_address(database_url, folder))
    try:
        while names := [
            row.workflow_id
            for row in client.list_workflows(
                workflow_id_prefix=f"case:{case_id}:",
                load_input=False,
                load_output=False,
                limit=AT_A_TIME,
            )
        ]:
            client.delete_workflows(names)
    except ProgrammingError:
        return  # no worker ever ran: there are no records
    except SQLAlchemyError as error:
        line = str(error).strip().splitlines()[0]
        raise TransientError("the engine's records", line) from error
    finally:
        client.destroy()
    if not database_url:
        _give_up_erased(folder / FILE)


def _give_up_erased(file: Path) -> None:
    """Have SQLite write the file anew without what was erased, and empty its log."""
    try:
        with closing(sqlite3.connect(file, timeout=20)) as database:
            database.execute("VACUUM")
            # until then the file itself holds the old pages, and the log the new ones
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise TransientError(ITS_FILE, str(error)) from error


def executor(place: int) -> str:
    """Return the name by which the engine knows the holder of a place."""
    return f"worker-{place}"


def _keep_a_write_ahead_log(url: str) -> None:
    """Make readers and the writer not wait for each other; every commit is kept.

    Raises TransientError for a file that is not whole, with what to do.
    """
    file = Path(url.removeprefix("sqlite:///"))
    try:
        with closing(sqlite3.connect(file, timeout=20)) as database:
            database.execute("PRAGMA journal_mode=WAL")
            (line,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        raise TransientError(ITS_FILE, str(error)) from error
    except sqlite3.DatabaseError as error:
        line = str(error)
    if line != "ok":
        last = str(line).strip().splitlines()[-1]
        said = Sentence.of("damage", "engine_file", line=last, file=str(file))
        raise TransientError(ITS_FILE, ENGLISH.say(said))
