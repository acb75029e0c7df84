"""What every test stands on: a private folder, the catalogue, and honest summaries."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from coverage import Coverage
from django.db import connections
from hypothesis import settings

from rescind.adapters import clock
from rescind.app.setup import configure, setup
from tests.given import FACTS, SENDER

__all__ = ["FACTS", "SENDER"]
collect_ignore = ["program_preload.py"]
"""Imported by a process of its own, in which nothing else runs."""

# laws and catalogue stay for the whole run: to look through them again and again for
# what nobody holds takes a third of the time of whatever makes many objects
gc.set_threshold(100_000, 20, 50)
HOME = Path(tempfile.mkdtemp(prefix="rescind-tests-"))
os.environ["RESCIND_HOME"] = str(HOME)
# what was parsed once serves every process that the tests start
os.environ["XDG_CACHE_HOME"] = str(HOME / "cache")
os.environ["DJANGO_SETTINGS_MODULE"] = "rescind.store.django_settings"
os.environ.pop("RESCIND_SMTP_PASSWORD", None)
# after the settings above, and before a test imports what keeps something
configure()

LAST_MOMENT = clock.now().replace(hour=23, minute=59, second=59)
"""The end of the day on which the tests were collected."""
MUTANTS = os.environ.get("RESCIND_MUTANTS") == "1"
"""Thousands of changed programs are tried: each with fewer random examples."""
settings.register_profile("rescind", deadline=None, derandomize=True)
settings.register_profile("mutants", settings.get_profile("rescind"), max_examples=10)
settings.load_profile("mutants" if MUTANTS else "rescind")


def examples(count: int) -> settings:
    """Return settings for a number of random examples."""
    return settings(max_examples=max(5, count // 20) if MUTANTS else count)


@pytest.fixture(scope="module")
def lines_not_counted() -> Iterator[None]:
    """Do not count lines while a module tries thousands of cases: that is slower."""
    counted = Coverage.current()
    if counted:
        counted.stop()
    yield
    if counted:
        counted.start()


ALL_TESTS = os.environ.get("RESCIND_ALL_TESTS") == "1"
NOT_RUN: list[str] = []


def needs(*programs: str) -> None:
    """Name a test as not run where a program is missing; on CI that is a failure."""
    missing = [name for name in programs if not find_program(name)]
    if missing:
        not_possible(", ".join(missing))


def not_possible(without: str) -> NoReturn:
    """Name a test as not run on a machine without something it needs, as ``needs``."""
    what = f"needs {without}"
    if ALL_TESTS:
        pytest.fail(f"on CI nothing is left not run: {what}")
    NOT_RUN.append(what)
    pytest.skip(what)


def find_program(name: str) -> str | None:
    """Return where a program or a file is, also in places outside the path."""
    if "/" in name:
        return name if Path(name).exists() else None
    places = os.pathsep.join(
        [
            os.environ["PATH"],
            "/usr/sbin",
            "/sbin",
            *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True),
        ]
    )
    return shutil.which(name, path=places)


def pytest_runtest_logstart(nodeid: str) -> None:
    """Say for the heartbeat of ``make test`` which test runs now."""
    if now := os.environ.get("RESCIND_NOW"):
        Path(now).write_text(nodeid + "\n", encoding="utf-8")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which tests were not run, and why."""
    if NOT_RUN:
        terminalreporter.section("NOT RUN on this machine")
        for what in sorted(set(NOT_RUN)):
            terminalreporter.line(f"{NOT_RUN.count(what)} tests: {what}")


def pytest_sessionfinish() -> None:
    """Take the private folder away."""
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def ready_desk() -> Iterator[None]:
    """Bring the database up."""
    setup()
    yield
    connections.close_all()


@pytest.fixture(scope="session", autouse=True)
def one_day() -> Iterator[None]:
    """Hold the clock before midnight, so that a day taken early is still today."""
    really_now = clock.now
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: min(really_now(), LAST_MOMENT))
        yield


@pytest.fixture(autouse=True)
def own_settings() -> Iterator[None]:
    """Take back what a test set up or was told: the next one is somebody else."""
    before = {path: path.read_bytes() for path in HOME.glob("*.json")}
    yield
    for path in HOME.glob("*.json"):
        if path not in before:
            path.unlink()
    for path, content in before.items():
        path.write_bytes(content)


@pytest.fixture
def empty_store(ready_desk: None) -> Iterator[None]:  # noqa: ARG001 - the database
    """Take away what other tests left, and put it back afterwards."""
    from django.db import connection, transaction

    from rescind.store.models import CaseRecord

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO desk_forgetting (case_id) SELECT id FROM desk_caserecord"
            )
        CaseRecord.objects.all().delete()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def no_cases(ready_desk: None) -> None:  # noqa: ARG001 - the database
    """Forget the cases of other tests: a line of a statement would be of one of them.

    In no transaction, as of ``empty_store``: what is forgotten cleans up the database.
    """
    from django.db import connection, transaction

    from rescind.store.models import CaseRecord

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO desk_forgetting (case_id) SELECT id FROM desk_caserecord"
        )
        CaseRecord.objects.all().delete()
        cursor.execute("DELETE FROM desk_forgetting")
