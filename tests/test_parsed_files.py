"""What was parsed is kept between runs, and never stands for a file that changed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.parsed_files import MOST_BYTES, NAME, ParsedFiles
from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.data.yaml_loader import parse_yaml
from tests.program import RESCIND

NAMES_OF_PERIODS = """\
import sys
from pathlib import Path
from rescind.adapters.data.law import read_law
law = read_law(Path(sys.argv[1]))
print(law.withdrawal["DE"][-1].period)
"""


def run(*words: str, cache: Path, **settings: str) -> str:
    """Return what a program of its own prints: a cold start."""
    done = subprocess.run(
        words,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"XDG_CACHE_HOME": str(cache)} | settings,
    )
    assert not done.stderr
    return done.stdout


def change(path: Path, old: str, new: str) -> None:
    """Change a file so that neither its time nor its length tells of it."""
    assert len(old) == len(new)
    status = path.stat()
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "rescind"


def test_a_changed_law_is_answered_from_at_once(tmp_path: Path) -> None:
    root, cache = tmp_path / "data", tmp_path / "cache"
    shutil.copytree(SHIPPED / "law", root / "law")
    words = (sys.executable, "-c", NAMES_OF_PERIODS, str(root))
    before = [run(*words, cache=cache) for _ in range(2)]

    change(root / "law" / "eu" / "withdrawal.yaml", "P14D", "P21D")

    assert before[0] == before[1]
    assert "14" in before[0]
    assert run(*words, cache=cache) == before[0].replace("14", "21")


def test_a_changed_service_is_answered_from_at_once(tmp_path: Path) -> None:
    overlay, cache = tmp_path / "catalogue-overlay", tmp_path / "cache"
    shutil.copytree(SHIPPED / "catalogue", overlay / "catalogue")
    words = (RESCIND, "catalogue", "show", "coursera")
    before = [run(*words, cache=cache, RESCIND_HOME=str(tmp_path)) for _ in range(2)]

    change(
        overlay / "catalogue/c/coursera.yaml", "name: Coursera\n", "name: Courseru\n"
    )

    after = run(*words, cache=cache, RESCIND_HOME=str(tmp_path))
    assert before[0] == before[1]
    assert "Courseru" not in before[0]
    assert "Courseru" in after


def test_a_second_run_finds_what_the_first_one_parsed(folder: Path) -> None:
    first = ParsedFiles(folder)
    first.add("a1", {"period": "P14D", "places": ["DE", "NO"], "answer": True})
    first.write()

    found = ParsedFiles(folder).find("a1")

    assert found is not None
    assert json.loads(found) == {
        "period": "P14D",
        "places": ["DE", "NO"],
        "answer": True,
    }


def test_every_file_that_ships_is_read_as_the_parser_reads_it() -> None:
    for path in SHIPPED.rglob("*.yaml"):
        expected = parse_yaml(path.read_text(encoding="utf-8"))

        # the first time it may be parsed, the second time it is looked up
        assert read_yaml(path) == expected, path
        assert read_yaml(path) == expected, path


def test_what_json_cannot_hold_is_parsed_each_time(tmp_path: Path) -> None:
    path = tmp_path / "months.yaml"
    path.write_text("1: January\n", encoding="utf-8")

    assert [read_yaml(path), read_yaml(path)] == [{1: "January"}, {1: "January"}]


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_damaged_file_is_left_alone(folder: Path, place: str) -> None:
    first = ParsedFiles(folder)
    first.add("a1", {"period": "P14D"})
    first.write()
    path = folder / NAME
    content = bytearray(path.read_bytes())
    at = {"first": 0, "middle": len(content) // 2, "last": -3}[place]
    content[at] ^= 1
    path.write_bytes(content)

    assert ParsedFiles(folder).find("a1") is None


@pytest.mark.parametrize("length", [0, 1, 64, 65, 80])
def test_a_file_that_breaks_off_is_left_alone(folder: Path, length: int) -> None:
    first = ParsedFiles(folder)
    first.add("a1", {"period": "P14D"})
    first.write()
    path = folder / NAME
    path.write_bytes(path.read_bytes()[:length])

    assert ParsedFiles(folder).find("a1") is None


def test_a_file_that_others_could_write_is_left_alone(folder: Path) -> None:
    first = ParsedFiles(folder)
    first.add("a1", {"period": "P14D"})
    first.write()
    (folder / NAME).chmod(0o620)

    assert ParsedFiles(folder).find("a1") is None


def test_nobody_else_can_read_it_and_nothing_lies_beside_it(folder: Path) -> None:
    first = ParsedFiles(folder)
    first.add("a1", {"period": "P14D"})
    first.write()

    assert [path.name for path in folder.iterdir()] == [NAME]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / NAME).stat().st_mode & 0o777 == 0o600


def test_it_does_not_grow_without_end(folder: Path) -> None:
    parsed = ParsedFiles(folder)
    for digest in ("a1", "a2", "a3"):
        parsed.add(digest, "x" * (MOST_BYTES // 3))
    parsed.write()
    later = ParsedFiles(folder)

    assert later.find("a1") is None
    assert later.find("a2") is not None
    assert later.find("a3") is not None


def test_an_answer_needs_no_folder_to_write_to(tmp_path: Path) -> None:
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file, where the folder would be", encoding="utf-8")
    words = ("catalogue", "show", "coursera")

    answer = run(RESCIND, *words, cache=in_the_way)

    assert answer == run(RESCIND, *words, cache=tmp_path / "other")
    assert in_the_way.is_file()


def test_nothing_is_remembered_where_there_is_no_home() -> None:
    parsed = ParsedFiles(None)
    parsed.add("a1", {"period": "P14D"})
    parsed.write()

    assert parsed.find("a1") is None


def test_a_damaged_text_costs_no_other(folder: Path) -> None:
    first = ParsedFiles(folder)
    first.add("a1", {"period": "P14D"})
    first.add("a2", {"period": "P21D"})
    first.write()
    path = folder / NAME
    path.write_bytes(path.read_bytes().replace(b"P14D", b"P15D"))

    later = ParsedFiles(folder)

    assert later.find("a1") is None
    assert later.find("a2") == b'{"period": "P21D"}'


def test_a_damaged_text_is_written_anew(folder: Path) -> None:
    first = ParsedFiles(folder)
    first.add("a1", {"period": "P14D"})
    first.write()
    path = folder / NAME
    path.write_bytes(path.read_bytes().replace(b"P14D", b"P15D"))

    mending = ParsedFiles(folder)
    mending.add("a1", {"period": "P14D"})
    mending.write()

    assert ParsedFiles(folder).find("a1") == b'{"period": "P14D"}'


def test_every_one_of_many_texts_is_found(folder: Path) -> None:
    first = ParsedFiles(folder)
    for number in range(300):
        first.add(f"digest {number}", {"number": number})
    first.write()
    later = ParsedFiles(folder)

    found = [later.find(f"digest {number}") for number in range(300)]

    assert found == [b'{"number": %d}' % number for number in range(300)]
    assert later.find("digest 300") is None


def test_the_file_of_an_older_form_is_removed(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "parsed-1").write_text("of an older version", encoding="utf-8")
    parsed = ParsedFiles(folder)
    parsed.add("a1", {"period": "P14D"})

    parsed.write()

    assert [path.name for path in folder.iterdir()] == [NAME]


def test_the_names_of_every_file_that_ships_come_back_as_they_were(
    tmp_path: Path,
) -> None:
    names = (
        "from rescind.adapters.data import yaml\n"
        "from rescind.adapters.data.catalogue import Catalogue\n"
        "parse, count = yaml._parse, []\n"
        "yaml._parse = lambda *given: count.append(1) or parse(*given)\n"
        "print(len(Catalogue().all_names), len(count), Catalogue().all_names[7])"
    )

    first, second = (
        run(sys.executable, "-c", names, cache=tmp_path / "cache").split(maxsplit=2)
        for _ in range(2)
    )

    assert int(first[1]) >= int(first[0])
    assert int(second[1]) == 0
    assert first[2] == second[2]
