"""Kill workers, on both databases, against a real mail server. ``make chaos``.

``RESCIND_KILLS`` sets how many points on each database (500), ``RESCIND_SEED`` which.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.mail import servers
from tests.store import postgres
from tests.worker import killed


def main() -> int:
    """Print what became of the letters; 1 if one came twice, was lost or unflagged."""
    count = int(os.environ.get("RESCIND_KILLS", "500"))
    seed = int(os.environ.get("RESCIND_SEED", str(int(time.time()))))
    print(f"seed {seed}, {count} points on each database", flush=True)
    return int(any([_on("SQLite", count, seed), _on("PostgreSQL", count, seed)]))


def _on(database: str, count: int, seed: int) -> bool:
    """Return whether anything went wrong on one database."""
    folder = Path(tempfile.mkdtemp(prefix="rescind-kills-"))
    for name in ("mail", "postgresql"):
        (folder / name).mkdir()
    started = time.monotonic()
    with servers.running(folder / "mail") as mail:
        if database == "SQLite":
            tally = killed.run(folder, mail, count=count, seed=seed, url=None)
        else:
            with postgres.running(folder / "postgresql") as server:
                url = server.url
                tally = killed.run(folder, mail, count=count, seed=seed, url=url)
    shown = ", ".join(f"{name} {value}" for name, value in tally.items())
    print(f"{database}: {shown}; {time.monotonic() - started:.0f} s", flush=True)
    return any(tally[name] for name in ("duplicates", "lost", "unflagged"))


if __name__ == "__main__":
    sys.exit(main())
