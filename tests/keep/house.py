"""A house of its own for each test: its folder, and the commands run in it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rescind.adapters.settings import smtp
from tests.given import FACTS, SENDER
from tests.mail import servers
from tests.program import run

PASSPHRASE = "a passphrase of the backup"


@dataclass(frozen=True)
class House:
    """A folder with all that is kept, and the environment of its commands."""

    folder: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "RESCIND_HOME": str(self.home),
            "RESCIND_KEY_PASSPHRASE": f"key of {self.folder.name}",
            "RESCIND_BACKUP_PASSPHRASE": PASSPHRASE,
            smtp.PASSWORD: servers.PASSWORD,
            **self.more,
        }

    def run(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run a command and expect how it ends."""
        done = run(*words, env=self.environment, cwd=self.ways["cwd"])
        assert done.returncode == code, (words, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def read(self, *words: str, code: int = 0) -> Any:
        """Run a command and return the JSON that it prints."""
        return json.loads(self.run(*words, "--json", code=code).stdout)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command that goes on; the caller ends it."""
        return subprocess.Popen(
            [sys.executable, "-m", "rescind.cli.main", *words],
            **self.ways,
            stdout=subprocess.PIPE,
        )

    @property
    def ways(self) -> Any:
        return {
            "env": self.environment,
            "stdin": subprocess.DEVNULL,
            "text": True,
            "cwd": Path(__file__).parents[2],
        }

    def new_case(self) -> str:
        """Open a case and return its id."""
        facts, sender = self.folder / "facts.json", self.folder / "sender.json"
        facts.write_text(json.dumps(FACTS))
        sender.write_text(json.dumps(SENDER))
        shown = self.read("case", "new", "--facts", str(facts), "--sender", str(sender))
        return str(shown["id"])

    def state(self, case: str) -> str:
        return str(self.read("case", "show", case)["state"])


def house(folder: Path, **more: str) -> House:
    """Return a new house."""
    folder.mkdir(parents=True, exist_ok=True)
    return House(folder, more)
