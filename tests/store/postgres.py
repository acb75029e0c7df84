"""A real PostgreSQL on loopback, started and stopped by the tests."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import find_program, needs
from tests.mail.servers import free_port


@dataclass(frozen=True)
class Server:
    """Where it answers, and how it is stopped and started."""

    url: str
    data: Path
    options: str

    def start(self) -> None:
        """Start, and wait until it answers."""
        log = self.data / "log"
        self._ctl("-w", "-l", str(log), "-o", self.options, "start")

    def stop(self) -> None:
        """Stop at once, as a crash would."""
        self._ctl("-m", "immediate", "stop")

    def _ctl(self, *words: str) -> None:
        program = str(find_program("pg_ctl"))
        command = as_postgres([program, "-D", str(self.data), *words])
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def as_postgres(words: list[str]) -> list[str]:
    """Return a command run by an ordinary user: PostgreSQL refuses root."""
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Start PostgreSQL in a folder and stop it by its own process id."""
    needs("initdb", "pg_ctl")
    data, sockets = folder / "data", folder / "s"
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o755)
    data.mkdir()
    sockets.mkdir()
    if os.geteuid() == 0:
        subprocess.run(["chown", "postgres", data, sockets], check=True)
    initdb = str(find_program("initdb"))
    subprocess.run(
        as_postgres([initdb, "-D", str(data), "-U", "rescind", "--auth=trust", "-E",
                     "UTF8", "--no-sync"]),
        check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    port = free_port()
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {sockets} -c fsync=off"
    url = f"postgresql://rescind@127.0.0.1:{port}/postgres"
    server = Server(url=url, data=data, options=options)
    server.start()
    try:
        yield server
    finally:
        server.stop()
