"""The desk's tests again, on a real PostgreSQL that this test starts and stops."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import find_program, needs


def as_postgres(words: list[str]) -> list[str]:
    """Return a command run by an ordinary user: PostgreSQL refuses root."""
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    needs("initdb", "pg_ctl")
    folder = tmp_path_factory.mktemp("postgresql", numbered=True)
    data, sockets = folder / "data", folder / "s"
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o755)
    data.mkdir()
    sockets.mkdir()
    if os.geteuid() == 0:
        subprocess.run(["chown", "postgres", data, sockets], check=True)
    initdb, pg_ctl = str(find_program("initdb")), str(find_program("pg_ctl"))
    subprocess.run(
        as_postgres([initdb, "-D", str(data), "-U", "rescind", "--auth=trust", "-E",
                     "UTF8", "--no-sync"]),
        check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    port = free_port()
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {sockets} -c fsync=off"
    log = data / "log"
    start = [pg_ctl, "-D", str(data), "-w", "-l", str(log), "-o", options, "start"]
    subprocess.run(as_postgres(start), check=True, stdout=subprocess.DEVNULL)
    try:
        yield f"postgresql://rescind@127.0.0.1:{port}/postgres"
    finally:
        stop = [pg_ctl, "-D", str(data), "-m", "immediate", "stop"]
        subprocess.run(as_postgres(stop), check=True, stdout=subprocess.DEVNULL)


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


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
