"""What a bank or a body writes, told at the command line."""

import json
from pathlib import Path

import pytest

from rescind.app.act.letters import Wanted
from rescind.app.follow import cases
from rescind.cli.main import main
from rescind.store import selectors
from tests.conftest import SENDER
from tests.web.test_second_walk import CHARGED

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")


def run(*words: str, code: int = 0) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["case", *words, "--json"])
    assert ended.value.code == code


@pytest.fixture
def disputed(ready_desk: None) -> str:  # noqa: ARG001 - the database first
    sender, wanted = SENDER | {"country": "US"}, Wanted(kind="dispute")
    case_id = cases.new_case(CHARGED, sender, wanted)
    cases.say_sent(case_id, "post", None)
    return case_id


def test_a_banks_word_is_kept_with_its_sum_and_day(
    disputed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bank.txt"
    file.write_text("We take back the credit.", encoding="utf-8")
    told = ("--by", "bank", "--says", "refuses")

    run("others", disputed, str(file), *told, "--sum", "$59", "--until", "2026-12-05")

    shown = json.loads(capsys.readouterr().out)
    assert shown["next_step"].startswith("The bank refuses")
    event = selectors.read_case(disputed).events[-1]
    assert event.details["until"] == "2026-12-05"
    assert event.details["amount"] == "59 USD"


def test_what_one_did_needs_no_file(disputed: str) -> None:
    run("others", disputed, "--by", "bank", "--says", "asks")
    run("others", disputed, "--by", "bank", "--says", "sent")

    assert selectors.read_case(disputed).events[-1].details["says"] == "sent"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--by", "x", "--says", "asks"), "by"),
        (("--by", "bank", "--says", "closes"), "says"),
        (("--by", "bank", "--says", "asks", "--until", "soon"), "until"),
        (("no-such-file", "--by", "bank", "--says", "asks"), "message"),
    ],
)
def test_what_cannot_be_read_is_named(
    disputed: str,
    words: tuple[str, ...],
    field: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run("others", disputed, *words, code=2)

    error = json.loads(capsys.readouterr().out)["error"]
    assert error["field"] == field


def test_nothing_comes_from_who_was_not_written_to(disputed: str) -> None:
    run("others", disputed, "--by", "body", "--says", "looks", code=2)


def test_no_answer_is_due_on_a_day_that_is_over(disputed: str) -> None:
    told = ("--by", "bank", "--says", "asks", "--until", "2026-11-05")

    run("others", disputed, *told, code=2)
