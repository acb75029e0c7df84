"""``rescind spending`` at the terminal: what the page does, without it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.program import run

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


def test_what_no_statement_shows_is_written_down_and_struck(home: Path) -> None:
    words = ["Yoga with Ana", "--price", "45 GBP", "--period", "3 months"]
    assert "kept" in run("spending", "write", *words, home=home).stdout
    (own,) = told(home)["by_hand"]
    assert (own["period"], own["a_month"]["amount"]) == ("P3M", "15.00")
    assert "45.00 GBP a quarter" in run("spending", "show", home=home).stdout

    run("spending", "write", "Yoga", "--price", "9 GBP", "--id", own["id"], home=home)
    assert [each["merchant"] for each in told(home)["by_hand"]] == ["Yoga"]
    run("spending", "strike", own["id"], home=home)

    assert told(home)["by_hand"] == []


def test_a_finding_is_sorted_into_a_category(home: Path) -> None:
    openai = id_of(home, "OpenAI")

    run("spending", "sort", openai, "learn", home=home)

    sorted_one = next(f for f in told(home)["findings"] if f["id"] == openai)
    assert sorted_one["category"] == "learn"


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


def test_a_file_of_which_something_is_not_sure_waits_for_a_word(tmp_path: Path) -> None:
    file, home = tmp_path / "a.csv", tmp_path / "home"
    days = [f"2025-{month:02}-05,NETFLIX.COM,12.99" for month in range(1, 10)]
    file.write_text("\n".join(["Date,Details,Amount", *days]), encoding="utf-8")

    added = run("spending", "add", str(file), home=home)
    before = told(home)["findings"]
    name = added.stdout.split()[0]
    taken = run("spending", "take", name, home=home)

    assert "not sure: spending taken as positive" in " ".join(added.stdout.split())
    assert f"rescind spending take {name}" in added.stdout
    assert before == []
    assert taken.stdout == "a.csv is read.\n"
    assert [each["merchant"] for each in told(home)["findings"]] == ["Netflix"]


def test_a_file_is_counted_as_it_was_read_on_a_persons_word(tmp_path: Path) -> None:
    file, home = tmp_path / "a.csv", tmp_path / "home"
    days = [f"2025-{month:02}-05,NETFLIX.COM,12.99" for month in range(1, 10)]
    file.write_text("\n".join(["Date,Details,Amount", *days]), encoding="utf-8")

    run("spending", "add", str(file), "--as-read", home=home)

    assert len(told(home)["findings"]) == 1
