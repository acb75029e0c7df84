"""A new entry is valid as it stands, and a problem in one is named with its line."""

import json
import re
from pathlib import Path

import pytest

from rescind.adapters.data.lint import validate_file
from rescind.app.know.check import check
from tests.program import run

GIVEN = {
    "name": 'Café "Nóir" +',
    "website": "https://www.cafe-noir.example",
    "kind": "streaming",
    "terms": "https://www.cafe-noir.example/terms",
    "period": "P1M",
}


def flags(**changed: str) -> list[str]:
    given = GIVEN | changed
    return [word for name, value in given.items() for word in (f"--{name}", value)]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RESCIND_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("period", ["P1M", "once"])
def test_a_new_entry_is_valid_and_is_found(home: Path, period: str) -> None:
    done = run("catalogue", "new", *flags(period=period))
    path = home / "catalogue-overlay/catalogue/c/cafe-noir.yaml"

    assert done.returncode == 0, done.stderr
    assert str(path) in done.stdout
    assert validate_file(path).findings == ()
    assert path.read_text(encoding="utf-8").startswith(
        "# yaml-language-server: $schema="
    )
    assert run("catalogue", "search", "cafe noir").stdout.startswith("cafe-noir")


def test_an_answer_on_it_says_that_nothing_is_known() -> None:
    run("catalogue", "new", *flags())

    done = run("check", "cafe-noir", "--country", "US", "--json")

    topics = json.loads(done.stdout)["topics"]
    assert topics["refund"]["answer"] == "unknown"


def test_a_file_that_is_there_is_never_written_over(home: Path) -> None:
    run("catalogue", "new", *flags())
    path = home / "catalogue-overlay/catalogue/c/cafe-noir.yaml"
    path.write_text("mine", encoding="utf-8")

    done = run("catalogue", "new", *flags())

    assert done.returncode == 2
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("changed", "word"),
    [({"kind": "strming"}, "streaming"), ({"website": "cafe-noir.example"}, "website")],
)
def test_what_the_schema_refuses_is_named_and_not_left_behind(
    home: Path, changed: dict[str, str], word: str
) -> None:
    done = run("catalogue", "new", *flags(**changed))

    assert done.returncode != 0
    assert word in done.stderr
    assert not (home / "catalogue-overlay/catalogue/c/cafe-noir.yaml").exists()


def test_without_a_terminal_it_names_what_is_left_out() -> None:
    done = run("catalogue", "new", "--name", "Lumen")

    assert done.returncode == 2
    assert "--website" in done.stderr


def test_a_problem_has_its_line_its_pointer_and_a_way_out(home: Path) -> None:
    run("catalogue", "new", *flags())
    path = home / "catalogue-overlay/catalogue/c/cafe-noir.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("topic: cancel", "topic: cancle"), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()

    form = json.loads(run("catalogue", "validate", str(path), "--json").stdout)

    (finding,) = form["findings"]
    assert "cancle" in lines[finding["line"] - 1]
    assert finding["pointer"] == "/terms/0/topic"
    assert "cancel" in finding["suggestion"]


@pytest.mark.parametrize(
    ("day", "word"), [("2024-02-30", "no day of the calendar"), ("2999-01-01", "ahead")]
)
def test_a_day_that_cannot_be_is_named(home: Path, day: str, word: str) -> None:
    run("catalogue", "new", *flags())
    path = home / "catalogue-overlay/catalogue/c/cafe-noir.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"checked_on: \S+", f"checked_on: {day}", text))

    form = json.loads(run("catalogue", "validate", str(path), "--json").stdout)

    assert any(
        word in each["message"] and each["pointer"] == "/checked_on"
        for each in form["findings"]
    )


@pytest.mark.parametrize("name", ["Netflix", "other"])
def test_an_entry_hides_none_that_ships(name: str) -> None:
    done = run("catalogue", "new", *flags(name=name))

    assert done.returncode == 2
    assert "would hide it" in done.stderr


def test_a_name_that_yaml_would_take_for_something_else_stays_one(home: Path) -> None:
    done = run("catalogue", "new", *flags(name="2025"))

    assert done.returncode == 0, done.stderr
    path = home / "catalogue-overlay/catalogue/2/2025.yaml"
    assert validate_file(path).findings == ()


def test_show_says_what_an_entry_rests_on() -> None:
    assert "rests on: official terms" in run("catalogue", "show", "netflix").stdout


@pytest.mark.parametrize(("day", "times"), [("2027-11-01", 0), ("2028-01-02", 1)])
def test_an_entry_that_was_read_long_ago_says_so_in_the_answer(
    day: str, times: int
) -> None:
    checked = check({"service": "netflix", "country": "DE", "as_of": day})

    codes = [caution.code for caution in checked.verdict.warnings]
    assert codes.count("entry_old") == times
