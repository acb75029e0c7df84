"""Every file is written whole, or not at all: nothing half, nothing left behind."""

import ast
import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.evidence import signing_keys
from rescind.settings import write_folder, write_private, write_whole
from tests.conftest import needs, not_possible
from tests.program import RESCIND

ROOT = Path(__file__).parents[1] / "src" / "rescind"
LARGE = b"x" * 300_000
MAY: dict[str, int] = {
    "settings.py": 1,  # to a pipe or a device
    "app/find/receipts.py": 1,  # in a folder of the moment
    "app/confined/child.py": 0,
}
"""Modules that write bytes by themselves, and how often."""


TO_STANDARD_OUTPUT = """
from pathlib import Path
from rescind.settings import write_whole
write_whole(Path("/dev/stdout"), b"seen")
"""


@contextmanager
def little_room() -> Any:
    """Let no file grow beyond 100 kB, as a disk that is full does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@pytest.mark.parametrize("write", [write_private, write_whole])
def test_a_file_that_finds_no_room_is_as_it_was(
    tmp_path: Path, write: Callable[[Path, bytes], None]
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"as it was")
    for path in (old, new):
        with little_room(), pytest.raises(OSError, match="too large"):
            write(path, LARGE)

    assert old.read_bytes() == b"as it was"
    assert [each.name for each in tmp_path.iterdir()] == ["old"]
    write(new, LARGE)
    assert new.read_bytes() == LARGE


def test_a_folder_that_finds_no_room_is_not_there(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "out"
    contents = {"small": b"1", "large": LARGE}

    with little_room(), pytest.raises(OSError, match="too large"):
        write_folder(target, contents)
    assert list((tmp_path / "deep").iterdir()) == []

    write_folder(target, contents)
    assert {each.name: each.read_bytes() for each in target.iterdir()} == contents
    assert stat.S_IMODE(target.stat().st_mode) == 0o700
    with pytest.raises(FileExistsError):
        write_folder(target, contents)


def test_a_file_of_the_person_s_keeps_what_it_is(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)

    write_whole(link, b"new")

    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        write_whole(pipe, b"through the pipe")
        assert reader.communicate()[0] == b"through the pipe"

    assert stat.S_ISFIFO(pipe.stat().st_mode)
    done = subprocess.run(
        [sys.executable, "-c", TO_STANDARD_OUTPUT], capture_output=True, check=True
    )
    assert done.stdout == b"seen"


def test_a_key_that_cannot_be_replaced_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rescind.adapters import clock

    monkeypatch.setenv(signing_keys.VARIABLE, "a passphrase")
    signing_keys.own_key(tmp_path, now=clock.now())
    before = (tmp_path / signing_keys.FILE).read_bytes()

    def no_room(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(signing_keys, "write_private", no_room)
        with pytest.raises(OSError, match="No space"):
            signing_keys.rotate(tmp_path, now=clock.now())
    assert (tmp_path / signing_keys.FILE).read_bytes() == before

    signing_keys.rotate(tmp_path, now=clock.now())
    assert (tmp_path / signing_keys.FILE).read_bytes() != before
    assert [f.read_bytes() for f in (tmp_path / "keys").iterdir()] == [before]


def test_a_letter_that_finds_no_room_is_named_in_a_sentence(tmp_path: Path) -> None:
    """On a file system of its own that is really full, which no other process sees."""
    needs("unshare")
    place = tmp_path / "small"
    place.mkdir()

    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", FULL, "sh", RESCIND],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=os.environ,
    )

    if done.returncode == 77 or not (tmp_path / "first").exists():
        not_possible("a file system of its own (user namespaces, or root)")
    first, second = ((tmp_path / n).read_text("utf-8") for n in ("first", "second"))
    assert done.stdout.split()[0] in ("1", "2")
    assert "Traceback" not in first + second
    assert "no room" in first or "No space left" in first
    left = (tmp_path / "left").read_text("utf-8").split()
    assert "rest" in left
    assert [name for name in left if name.startswith(".")] == []


FULL = """
mount -t tmpfs -o size=64k tmpfs small || exit 77
head -c 40000 /dev/zero > small/rest
RESCIND_HOME=small/home "$1" case list 2> first; echo $?
RESCIND_HOME=home "$1" case due --ics small/due.ics 2> second; echo $?
ls -A small > left
"""


def test_no_other_module_writes_files_itself() -> None:
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("write_bytes", "write_text")
        ]
        assert len(calls) <= MAY.get(name, 0), name
