"""``rescind spending`` at the terminal: what the page does, without it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.test_cli import run

STATEMENT = Path(__file__).parents[1] / "samples" / "statement.csv"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    done = run("spending", "add", str(STATEMENT), home=folder)
    assert "statement.csv: 1150 entries" in done.stdout, done.stderr
    return folder


def told(home: Path) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(
        run("spending", "show", "--json", home=home).stdout
    )
    return shown


def id_of(home: Path, merchant: str) -> str:
    return str(
        next(f["id"] for f in told(home)["findings"] if f["merchant"] == merchant)
    )


def test_what_is_paid_for_is_shown_with_ids(home: Path) -> None:
    shown = run("spending", "show", home=home).stdout

    assert "GBP a month" in shown
    assert id_of(home, "LinkedIn") in shown


def test_findings_are_decided_about_and_taken_back(home: Path) -> None:
    linkedin = id_of(home, "LinkedIn")

    assert "kept" in run("spending", "confirm", linkedin, home=home).stdout
    run("spending", "correct", linkedin, "--merchant", "Career site", home=home)
    assert id_of(home, "Career site") == linkedin
    run("spending", "dismiss", linkedin, home=home)
    assert (
        f"Put aside: {linkedin} Career site"
        in run("spending", "show", home=home).stdout
    )
    run("spending", "restore", linkedin, home=home)

    assert id_of(home, "LinkedIn") == linkedin


def test_findings_are_split_and_joined(home: Path) -> None:
    whole = id_of(home, "OpenAI")
    days = [
        place["on"]
        for finding in told(home)["findings"]
        if finding["id"] == whole
        for place in finding["transactions"]
    ]

    run("spending", "split", whole, "--on", days[-1], "--on", days[-2], home=home)
    parts = [f["id"] for f in told(home)["findings"] if f["merchant"] == "OpenAI"]
    assert len(parts) == 2
    run("spending", "join", *parts, home=home)

    assert [f["merchant"] for f in told(home)["findings"]].count("OpenAI") == 1


def test_cases_are_watched(home: Path) -> None:
    assert "No charge came after an end" in run("spending", "watch", home=home).stdout


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (["confirm", "0000"], "finding"),
        (["forget", "0000"], "import"),
        (["add", "nowhere.csv"], "file"),
        (["add", str(STATEMENT)], "file"),
    ],
)
def test_what_cannot_be_is_refused_by_field(
    home: Path, words: list[str], field: str
) -> None:
    done = run("spending", *words, home=home)

    assert done.returncode == 2
    assert done.stderr.startswith(f"{field}:")


def test_a_file_is_listed_and_forgotten(tmp_path: Path) -> None:
    run("spending", "add", str(STATEMENT), home=tmp_path)
    (row,) = json.loads(run("spending", "list", "--json", home=tmp_path).stdout)
    assert row["id"][:8] in run("spending", "list", home=tmp_path).stdout

    run("spending", "forget", row["id"][:8], home=tmp_path)

    assert run("spending", "list", home=tmp_path).stdout == ""
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert not any(b"statement.csv" in path.read_bytes() for path in kept)
    assert told(tmp_path)["findings"] == []
