"""Files change places whole, whenever it is broken off; nobody is in the way."""

import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from rescind.adapters import settings
from rescind.adapters.backup import presence, swap
from rescind.adapters.settings.files import SettingsFile
from rescind.app.keep import parts
from rescind.core.errors import TransientError
from rescind.store import copies

OLD = {"rescind.sqlite3": "old", "rescind.sqlite3-wal": "old log", "proof.json": "old"}
NEW = {"rescind.sqlite3": "new", "mailbox.json": "new"}
OUT = ("rescind.sqlite3", "rescind.sqlite3-wal", "rescind.sqlite3-shm", "proof.json")


class Killed(Exception):  # noqa: N818 - what happened to it
    """Stands for the end of a process."""


def ready(folder: Path) -> None:
    for name, text in OLD.items():
        (folder / name).write_text(text)
    place = swap.staging(folder)
    for name, text in NEW.items():
        (place / name).write_text(text)


def texts(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text() for p in folder.iterdir() if p.is_file()}


def test_what_was_there_goes_aside(tmp_path: Path) -> None:
    ready(tmp_path)

    aside = swap.swap(tmp_path, OUT, name="now")

    assert texts(tmp_path) == NEW
    assert texts(aside) == OLD
    assert not (tmp_path / swap.STAGING).exists()


@pytest.mark.parametrize("number", range(8))
def test_what_was_broken_off_is_finished_by_whoever_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    ready(tmp_path)
    left = [number]
    rename, unlink = Path.rename, Path.unlink

    def may_go_on() -> None:
        if not left[0]:
            raise Killed
        left[0] -= 1

    def renamed(self: Path, target: Path) -> Path:
        may_go_on()
        return rename(self, target)

    def unlinked(self: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - pathlib's
        if self.name == swap.NOTE:
            may_go_on()
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "rename", renamed)
    monkeypatch.setattr(Path, "unlink", unlinked)
    try:
        swap.swap(tmp_path, OUT, name="now")
    except Killed:
        assert number < 6
    monkeypatch.undo()

    presence.come_in(tmp_path)

    assert {n: t for n, t in texts(tmp_path).items() if n != presence.LOCK} == NEW
    assert texts(tmp_path / "before-restore-now") == OLD
    assert not swap.finish_is_needed(tmp_path)


def test_two_restores_in_one_second_keep_both(tmp_path: Path) -> None:
    ready(tmp_path)
    first = swap.swap(tmp_path, OUT, name="now")
    ready(tmp_path)

    second = swap.swap(tmp_path, OUT, name="now")

    assert (first.name, second.name) == ("before-restore-now", "before-restore-now-2")


def test_nothing_goes_aside_where_nothing_was(tmp_path: Path) -> None:
    swap.staging(tmp_path).joinpath("rescind.sqlite3").write_text("new")

    aside = swap.swap(tmp_path, OUT, name="now")

    assert not aside.exists()


def test_whoever_is_in_the_folder_is_named(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from rescind.adapters.backup import presence\n"
        "presence.come_in(pathlib.Path(sys.argv[1]))\n"
        "print('in', flush=True)\n"
        "sys.stdin.read()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdout
    assert other.stdout.readline() == b"in\n"

    with pytest.raises(TransientError) as refused, presence.alone(tmp_path):
        pass
    other.communicate()
    with presence.alone(tmp_path):
        pass

    if Path("/proc/locks").exists():
        assert f"process {other.pid}:" in str(refused.value)


def test_a_start_waits_for_a_restoring_and_then_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "PATIENCE", 0.3)

    with (
        presence.alone(tmp_path),
        pytest.raises(TransientError, match="is being restored"),
    ):
        presence.come_in(tmp_path)


def test_every_table_is_copied_or_made_anew() -> None:
    """A table that is added goes into backups by itself."""
    from rescind.store import models

    named = {
        each.__name__
        for each in vars(models).values()
        if isinstance(each, type) and each.__module__ == models.__name__
    }

    assert set(copies.tables()) == named - copies.MADE_ANEW
    assert next(iter(copies.tables())) == copies.FIRST


def test_every_file_of_settings_goes_into_a_backup() -> None:
    for module in pkgutil.iter_modules(settings.__path__, f"{settings.__name__}."):
        for each in vars(import_module(module.name)).values():
            if isinstance(each, SettingsFile):
                assert each in parts.SETTINGS, module.name


def test_what_went_aside_can_be_erased(tmp_path: Path) -> None:
    ready(tmp_path)
    swap.swap(tmp_path, OUT, name="now")

    swap.erase_asides(tmp_path)

    assert texts(tmp_path) == NEW
    assert not list(tmp_path.glob("before-*"))
