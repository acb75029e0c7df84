"""The wheel and the source archive are whole; the wheel runs slim, from nothing."""

import json
import os
import re
import subprocess
import sys
import tarfile
import time
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from rescind.extras import DOES, EXTRA_OF

ROOT = Path(__file__).parents[1]
DISTRIBUTIONS = {"python-calamine": "python_calamine"}
"""Where a distribution and what is imported from it have two names."""
COMES_WITH = {"polars-runtime-32": "polars"}
"""What nothing but a left-out distribution needs."""


def run(*words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={**clean(), **more},
        timeout=600,
    )


def clean() -> dict[str, str]:
    """Return the environment without what would lend it our own sources."""
    return {name: v for name, v in os.environ.items() if name != "PYTHONPATH"}


def tracked(*folders: str) -> set[str]:
    done = subprocess.run(
        ["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, check=True
    )
    return {name for name in done.stdout.decode().split("\0") if name}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of a new environment that holds nothing."""
    folder = tmp_path_factory.mktemp("wheel") / "environment"
    made = run(sys.executable, "-m", "venv", folder)
    assert made.returncode == 0, made.stderr
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def built(empty: Path) -> dict[str, Path]:
    """Return the wheel and the source archive, built from what git has."""
    tree, out = empty.parents[2] / "tree", empty.parents[2] / "dist"
    tree.mkdir()
    for name in tracked():
        if (ROOT / name).is_file():  # not what is deleted and not committed yet
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_bytes((ROOT / name).read_bytes())
    builder = empty.parents[2] / "builder"
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]
    assert run(sys.executable, "-m", "venv", builder).returncode == 0
    python = builder / "bin" / "python"
    got = run(python, "-m", "pip", "install", "--quiet", *needed["requires"])
    assert got.returncode == 0, got.stderr
    backend = needed["build-backend"]
    script = (
        f"import os, {backend} as b; os.chdir({str(tree)!r}); "
        f"b.build_wheel({str(out)!r}); b.build_sdist({str(out)!r})"
    )
    done = run(python, "-c", script)
    assert done.returncode == 0, done.stderr
    (wheel,), (archive,) = out.glob("*.whl"), out.glob("*.tar.gz")
    return {"wheel": wheel, "sdist": archive}


def test_the_wheel_holds_every_source_and_every_file_of_facts(
    built: dict[str, Path],
) -> None:
    with zipfile.ZipFile(built["wheel"]) as wheel:
        names = set(wheel.namelist())

    expected = {name.removeprefix("src/") for name in tracked("src/rescind")}
    assert expected - names == set()
    beside = {name for name in names - expected if ".dist-info/" not in name}
    assert beside == set()


def test_the_source_archive_holds_what_it_takes_to_test_it(
    built: dict[str, Path],
) -> None:
    with tarfile.open(built["sdist"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    pictures = {name for name in tracked("docs") if name.endswith((".png", ".jpg"))}
    folders = ("src", "tests", "docs", "tools", "deploy", "Makefile", ".ci")
    assert tracked(*folders) - names - pictures == set()
    assert {"README.md", "LICENSE", "pyproject.toml", "requirements.lock"} <= names


def left_out() -> set[str]:
    """Return the distributions that a slim installation is without."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extra = project["optional-dependencies"]["statements"]
    return {re.split(r"[\[>=<]", each)[0] for each in extra} | COMES_WITH.keys()


def slim_lock() -> str:
    """Return the lock of ``make run`` without what the extras bring."""
    text = (ROOT / "requirements.lock").read_text()
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    return "\n".join(b for b in blocks if b.partition("==")[0] not in left_out())


@pytest.fixture(scope="module")
def slim(empty: Path, built: dict[str, Path]) -> Path:
    """Return the command in an environment with the wheel and what it requires."""
    lock = empty.parents[2] / "slim.lock"
    lock.write_text(slim_lock())
    install = (empty, "-m", "pip", "install", "--quiet", "--no-compile", "--no-deps")
    needed = run(*install, "--require-hashes", "-r", lock)
    assert needed.returncode == 0, needed.stderr
    assert run(*install, built["wheel"]).returncode == 0
    return empty.with_name("rescind")


def test_every_extra_brings_what_its_sentence_says() -> None:
    names = {DISTRIBUTIONS.get(name, name) for name in left_out() - COMES_WITH.keys()}

    assert names == {name for name, extra in EXTRA_OF.items() if extra == "statements"}
    assert set(EXTRA_OF.values()) == DOES.keys()


def test_a_slim_installation_lacks_nothing_that_it_requires(slim: Path) -> None:
    checked = run(slim.with_name("python"), "-m", "pip", "check")

    assert checked.returncode == 0, checked.stdout


def test_a_slim_installation_answers_and_writes(slim: Path, tmp_path: Path) -> None:
    home = {"RESCIND_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    words = ("check", "coursera", "--offer", "plus-annual", "--country", "DE")
    days = ("--purchased-at", "2026-11-10", "--as-of", "2026-11-12", "--json")

    answer = json.loads(run(slim, *words, *days, **home).stdout)
    played = run(slim, "demo", **home)

    assert answer["service"] == "coursera"
    assert answer["headline"]
    assert played.returncode == 0, played.stderr


def test_a_slim_installation_names_the_extra_that_it_lacks(
    slim: Path, tmp_path: Path
) -> None:
    home = {"RESCIND_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    statement = ROOT / "tests" / "samples" / "statement.csv"

    done = run(slim, "find", statement, **home)
    called = run(
        slim.with_name("python"),
        "-c",
        "import rescind; rescind.find(['a.csv'])",
        **home,
    )

    assert done.returncode == 2
    for said in (done.stderr, called.stderr):
        assert "reading bank statements needs a part" in said
    assert "pip install 'rescind[statements]'" in done.stderr
    assert "Traceback" not in done.stderr


@contextmanager
def serving(command: Path, home: Path) -> Iterator[str]:
    server = subprocess.Popen(
        [str(command), "serve", "--port", "0", "--no-open"],
        stdout=subprocess.PIPE,
        text=True,
        cwd="/",
        env=clean() | {"RESCIND_HOME": str(home), "XDG_CACHE_HOME": str(home)},
    )
    assert server.stdout is not None
    with server.stdout:
        yield server.stdout.readline().split()[-1]
        server.terminate()
        server.wait(timeout=20)


def answer(address: str) -> tuple[int, str]:
    try:
        with urlopen(address, timeout=30) as reply:
            return reply.status, reply.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def test_a_slim_installation_serves_and_its_worker_works(
    slim: Path, tmp_path: Path
) -> None:
    with serving(slim, tmp_path) as link:
        health = f"{link.partition('/start/')[0]}/health"
        until = time.monotonic() + 60
        while (seen := answer(health))[0] != 200 and time.monotonic() < until:
            time.sleep(0.2)
        home, spending = answer(f"{link}/"), answer(f"{link}/spending/")
        several = answer(f"{link}/several/")

    assert json.loads(seen[1])["worker"] is True
    assert home[0] == 200
    assert several[0] == 200
    assert spending[0] == 422
    assert "reading bank statements needs a part" in spending[1]
