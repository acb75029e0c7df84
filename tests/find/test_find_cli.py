"""``rescind find`` and ``rescind watch`` at the terminal, as the contract has them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.find.bank import accounts, as_csv
from tests.find.scoring import score
from tests.program import run


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    lines = ["Date,Description,Amount,Currency"]
    for month in range(1, 13):
        lines.append(f"2025-{month:02}-05,NETFLIX.COM 866-579-7172 CA,-12.99,EUR")
        lines.append(f"2025-{month:02}-0{month % 9 + 1},KIOSK {month},-{month}.10,EUR")
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def found(*arguments: str) -> list[dict[str, Any]]:
    done = run("find", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_find_answers_with_one_object_a_line(statement: Path) -> None:
    (line,) = found(str(statement))

    assert line["merchant"] == "Netflix"
    assert (line["kind"], line["channel"], line["period"]) == (
        "subscription",
        "direct",
        "P1M",
    )
    assert line["amount"] == {"amount": "12.99", "currency": "EUR"}
    assert line["next_on"] == "2026-01-05"
    assert line["transactions"][0] == {
        "file": str(statement),
        "row": 1,
        "on": "2025-01-05",
        "amount": {"amount": "12.99", "currency": "EUR"},
    }
    for name in ("account", "service", "state", "price_rises", "trial", "because"):
        assert name in line


def test_find_shows_a_table_for_people(statement: Path) -> None:
    done = run("find", str(statement))

    assert "Netflix" in done.stdout
    assert "next 2026-01-05" in done.stdout
    assert "because: 12 charges" in done.stdout


def test_find_says_where_nothing_recurs(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Date,Description,Amount\n2026-01-13,SHOP,-1.00\n2026-01-14,BAR,-2.00\n"
    )

    assert "Nothing that comes again" in run("find", str(path)).stdout


def test_the_layout_is_shown_for_confirmation_and_can_be_corrected(
    statement: Path,
) -> None:
    shown = run("find", str(statement), "--layout").stdout
    (layout,) = (json.loads(run("find", str(statement), "--layout", "--json").stdout),)

    assert "24 entries, 2025-01-01 to 2025-12-05" in shown or "24 entries" in shown
    assert layout["columns"][0] == {"role": "booked", "column": "Date"}
    turned = found(str(statement), "--column", "spending=positive")
    assert turned == []


def test_find_masks_account_numbers(tmp_path: Path) -> None:
    lines = ["Date,IBAN,Account Number,Description,Amount"]
    lines += [
        f"2025-{m:02}-13,X,DE89370400440532013000,DEEZER,-9.99" for m in range(1, 9)
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines))

    done = run("find", str(path), "--json")

    assert "370400440532" not in done.stdout
    assert json.loads(done.stdout)["account"] == "DE…3000"


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (["nowhere.csv"], "file"),
        (["{file}", "--as-of", "soon"], "as_of"),
        (["{file}", "--column", "booked"], "column"),
        (["{file}", "--column", "amount=Nothing"], "columns"),
    ],
)
def test_find_refuses_by_field(
    statement: Path, arguments: list[str], field: str
) -> None:
    done = run("find", *[a.format(file=statement) for a in arguments], "--json")

    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["field"] == field


def test_find_reads_whole_accounts_as_they_are(tmp_path: Path) -> None:
    made = list(accounts(79, 6))
    paths = []
    for number, account in enumerate(made):
        path = tmp_path / f"a{number:06}.csv"
        with path.open("w", encoding="utf-8") as file:
            as_csv(account, file.write)
        paths.append(str(path))

    lines = found(*paths)

    assert len({line["account"] for line in lines}) == 6
    truths = sum(t.kind == "subscription" for a in made for t in a.truths)
    subscriptions = sum(line["kind"] == "subscription" for line in lines)
    assert abs(truths - subscriptions) <= 0.15 * truths
    assert score(made, []).counts["subscription", "true"] == truths


@pytest.fixture
def ended(tmp_path: Path) -> Path:
    path = tmp_path / "ended.jsonl"
    contract = {
        "merchant": "Netflix",
        "channel": "direct",
        "effective_on": "2025-09-20",
        "last_charge": {"file": "a.csv", "row": 17},
        "amount": {"amount": "12.99", "currency": "EUR"},
        "resumed_on": None,
    }
    path.write_text(json.dumps(contract) + "\n\n", encoding="utf-8")
    return path


def test_watch_tells_the_charges_after_an_end(statement: Path, ended: Path) -> None:
    done = run("watch", str(statement), "--ended", str(ended), "--json")

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["on"] for line in lines] == ["2025-10-05", "2025-11-05", "2025-12-05"]
    assert lines[0]["ended"] == 0
    assert lines[0]["file"] == str(statement)
    assert lines[0]["amount"] == {"amount": "12.99", "currency": "EUR"}
    assert "after it had ended on 20 September 2025" in lines[0]["because"][-1]


def test_watch_shows_it_to_people_and_says_where_all_is_well(
    statement: Path, ended: Path
) -> None:
    assert (
        "2025-10-05  12.99 EUR"
        in run("watch", str(statement), "--ended", str(ended)).stdout
    )

    ended.write_text(ended.read_text().replace("2025-09-20", "2025-12-20"))
    shown = run("watch", str(statement), "--ended", str(ended)).stdout

    assert shown == "No charge came after an end.\n"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("no json", "ended"),
        ("[1]", "ended"),
        ('{"merchant": "x"}', "effective_on"),
        ('{"merchant": "x", "effective_on": "soon"}', "effective_on"),
        (
            '{"merchant": "x", "effective_on": "2026-01-01", "channel": "web"}',
            "channel",
        ),
        ('{"merchant": "x", "effective_on": "2026-01-01", "amount": "much"}', "amount"),
        (
            '{"merchant": "x", "effective_on": "2026-01-01", "last_charge": 3}',
            "last_charge",
        ),
        (
            (
                '{"merchant": "x", "effective_on": "2026-01-01", '
                '"last_charge": {"file": "no.csv", "row": 1}}'
            ),
            "last_charge",
        ),
    ],
)
def test_watch_refuses_by_field(
    statement: Path, ended: Path, line: str, field: str
) -> None:
    ended.write_text(line)

    done = run("watch", str(statement), "--ended", str(ended), "--json")

    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["field"] == field


def test_watch_names_the_file_of_ends_that_is_not_there(statement: Path) -> None:
    done = run("watch", str(statement), "--ended", "nowhere.jsonl")

    assert done.returncode == 2
    assert "nowhere.jsonl" in done.stderr


def test_what_was_assumed_is_said_beside_the_findings(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    days = [f"2025-{month:02}-05,NETFLIX.COM,12.99" for month in range(1, 10)]
    file.write_text("\n".join(["Date,Details,Amount", *days]), encoding="utf-8")

    done = run("find", str(file), "--json")
    shown = run("find", str(file)).stdout
    said = run("find", str(file), "--column", "spending=positive", "--json")

    (line,) = map(json.loads, done.stdout.splitlines())
    assert [each["field"] for each in line["assumed"]] == ["spending", "currency"]
    assert line["assumed"][0]["sureness"] < 0.8
    assert "not sure: spending taken as positive" in done.stderr
    assert "(positive, 60% sure)" in " ".join(shown.split())
    assert not said.stderr


def test_the_layout_shows_the_first_entries_and_what_it_asks(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Date,Details,Amount\n2025-01-05,A,1.00\n2025-01-06,B,2.00\n")

    layout = json.loads(run("find", str(file), "--layout", "--json").stdout)

    assert [each["field"] for each in layout["asks"]] == ["spending"]
    assert [each["text"] for each in layout["sample"]] == ["A", "B"]
