"""The desk's tests again, on a real PostgreSQL that this test starts and stops."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store import postgres


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgres.running(tmp_path_factory.mktemp("postgresql", numbered=True)) as it:
        yield it.url


def test_the_desk_does_the_same_on_postgresql(server: str, tmp_path: Path) -> None:
    environment = os.environ | {"RESCIND_DATABASE_URL": server}
    desk = Path(__file__).parent
    tests = [desk / "test_cases.py", desk.parent / "proof" / "test_pending.py"]

    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "--no-cov", "-p", "no:cacheprovider"),
            f"--basetemp={tmp_path / 'inner'}",  # its own would shut the server out
            *tests,
        ],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=Path(__file__).parents[2],
    )

    assert done.returncode == 0, done.stdout[-4000:]
    assert "100%" in done.stdout
