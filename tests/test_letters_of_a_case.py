"""Several letters in one case, at the command line, each sent and answered by itself.

And a merchant that takes cancellations by telephone alone.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rescind.core.follow.letters import letters_of
from rescind.core.model.case import CaseState, Event, EventKind
from tests import program
from tests.test_journeys import ADA

Run = Callable[..., dict[str, Any]]
TODAY = datetime.now(ZoneInfo("Europe/Berlin")).date()
"""Where the letters are written: near midnight it is another day there."""
COURSERA = [
    "coursera", "--offer", "plus-annual", "--channel", "web", "--country", "DE",
    "--purchased-at", (TODAY - timedelta(days=5)).isoformat(),
    "--price", "€372", "--had-trial", "no",
]  # fmt: skip
"""A year bought five days ago: the plan asks the money back, then cancels."""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command in a home of its own and return what it says as JSON."""
    me = tmp_path / "me.json"
    me.write_text(json.dumps(ADA), encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()

    def command(*words: str, code: int = 0) -> dict[str, Any]:
        writes = words[:2] == ("case", "new") or words[0] in ("routes", "letter")
        given = ["--sender", str(me)] if writes else []
        form = [] if words[:2] == ("case", "export") else ["--json"]
        done = program.run(*words, *given, *form, home=home)
        assert done.returncode == code, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout or "{}")
        return answer

    return command


def letters(case: dict[str, Any]) -> list[tuple[str, str]]:
    return [(letter["kind"], letter["state"]) for letter in case["letters"]]


def test_a_refund_and_a_cancellation_go_from_one_case(run: Run, tmp_path: Path) -> None:
    case = run("case", "new", *COURSERA)
    name = case["id"]
    assert letters(case) == [("refund", "draft")]
    assert case["to_write"] == ["cancel"]

    run("case", "send", name, "--by", "said", "--on", TODAY.isoformat())
    case = run("case", "next", name, "cancel")
    assert letters(case) == [("refund", "sent"), ("cancel", "draft")]
    assert case["to_write"] == []
    case = run("case", "send", name, "--by", "practice", "--yes")
    assert letters(case)[1][0] == "cancel"
    assert letters(case)[0] == ("refund", "sent")
    assert case["letters"][0]["sent_on"] == TODAY.isoformat()

    # two letters wait, and this answer names neither: it is nobody's by itself
    answer = tmp_path / "a.eml"
    message = EmailMessage()
    message["From"] = "help@coursera.org"
    message["To"] = "ada@home.example.org"
    message["Subject"] = "Your request"
    message["Message-ID"] = "<1@coursera.org>"
    message.set_content("We refuse your refund: the period is over.")
    answer.write_bytes(message.as_bytes())
    states = dict(letters(run("case", "answer", name, str(answer))))
    assert states["refund"] == "sent"


def test_both_letters_of_a_plan_wait_in_one_case_and_go_in_its_order(run: Run) -> None:
    case = run("case", "new", *COURSERA, "--all")
    name = case["id"]
    assert letters(case) == [("refund", "draft"), ("cancel", "draft")]
    assert case["to_write"] == []

    wrong = run("case", "send", name, "--letter", "dispute", "--by", "said", code=2)
    assert wrong["error"]["field"] == "letter"
    assert wrong["error"]["suggestions"] == ["refund", "cancel"]

    case = run("case", "send", name, "--by", "said", "--on", TODAY.isoformat())
    assert sorted(letters(case)) == [("cancel", "draft"), ("refund", "sent")]
    case = run("case", "send", name, "--by", "said", "--on", TODAY.isoformat())
    assert sorted(letters(case)) == [("cancel", "sent"), ("refund", "sent")]
    run("case", "send", name, "--by", "said", "--on", TODAY.isoformat(), code=2)


def test_the_second_letter_of_a_plan_can_go_first(run: Run) -> None:
    case = run("case", "new", *COURSERA)
    name = case["id"]
    run("case", "next", name, "cancel")

    case = run("case", "send", name, "--letter", "cancel", "--by", "practice", "--yes")

    states = dict(letters(case))
    assert states["refund"] == "draft"
    assert states["cancel"] != "draft"


def at(number: int, what: EventKind, **details: str) -> Event:
    moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return Event(number=number, kind=what, at=moment, known_by="x", details=details)


WRITTEN, BEGUN, TAKEN = (
    EventKind.LETTER_WRITTEN,
    EventKind.DISPATCH_BEGUN,
    EventKind.DISPATCH_TAKEN,
)
TWO = (
    at(1, EventKind.OPENED, verdict="x"),
    at(2, WRITTEN, subject="Money", confirm_by="2026-12-01"),
    at(3, BEGUN, dispatch="a"),
    at(4, TAKEN, dispatch="a"),
    at(5, WRITTEN, subject="End", kind="cancel"),
    at(6, EventKind.SAID_SENT, on="2026-11-19"),
)


def test_an_answer_counts_for_the_letter_that_it_names() -> None:
    refusal = at(7, EventKind.ANSWERED, message="m", reads_as="refused", to="a")
    receipt = at(8, EventKind.ANSWERED, message="n", reads_as="acknowledged")

    money, end = letters_of([*TWO, refusal, receipt], "refund")

    assert (money.kind, money.state) == ("refund", CaseState.ANSWERED)
    assert money.confirm_by == date(2026, 12, 1)
    assert (end.kind, end.state, end.sent_on) == (
        "cancel", CaseState.SENT, date(2026, 11, 19),
    )  # fmt: skip
    # the one that is left is meant by what names none
    other = at(9, EventKind.ANSWERED, message="o", reads_as="confirmed")
    assert letters_of([*TWO, refusal, receipt, other], "refund")[1].state is (
        CaseState.ANSWERED
    )


def test_an_answer_to_two_letters_that_names_none_is_nobodys() -> None:
    answer = at(7, EventKind.ANSWERED, message="m", reads_as="refused")

    assert {each.state for each in letters_of([*TWO, answer], "refund")} == {
        CaseState.SENT
    }


def test_a_notice_is_about_the_sending_that_it_names() -> None:
    lost = at(7, EventKind.DELIVERY_FAILED, dispatch="a")

    money, end = letters_of([*TWO, lost], "refund")

    assert (money.state, end.state) == (CaseState.FAILED, CaseState.SENT)
    assert letters_of([at(1, EventKind.OPENED, verdict="x")], "refund") == ()


BY_PHONE = """
service: hallenfit
name: Hallenfit
kind: gym
checked_on: 2026-11-22
answers_in: [de]
sources:
  terms: {kind: official_terms, title: "Hallenfit terms", dated: 2026-01-01}
channels: [web]
offers:
  monthly: {name: "Hallenfit, monthly", sold_as: subscription, period: P1M}
contacts:
  - id: hallenfit-phone
    kind: phone
    use: cancel
    value: ["+49 30 1234567"]
    in_use: true
    says: "cancellations are taken by telephone"
    source: terms
    at: "7"
"""


def test_what_is_ended_by_telephone_is_taken_down_and_confirmed(
    run: Run, tmp_path: Path
) -> None:
    overlay = tmp_path / "home" / "catalogue-overlay" / "catalogue" / "h"
    overlay.mkdir(parents=True)
    (overlay / "hallenfit.yaml").write_text(BY_PHONE, encoding="utf-8")
    called_on = TODAY - timedelta(days=2)
    words = [
        "hallenfit", "--offer", "monthly", "--channel", "web", "--country", "DE",
        "--purchased-at", (TODAY - timedelta(days=200)).isoformat(),
        "--price", "€29", "--notice", "14 days", "--withdrawal-informed", "yes",
    ]  # fmt: skip

    # how it goes, what to say and to note
    cancel = run("check", *words)["do"][0]
    assert (cancel["to"], cancel["how"], cancel["letter"]) == (
        "Hallenfit", "phone", "cancel",
    )  # fmt: skip
    case = run("case", "new", *words)
    name = case["id"]
    call = run("routes", *words)["routes"][0]
    assert call["by"] == "phone"
    steps = " ".join(call["steps"])
    assert "please confirm the day it ends" in steps
    assert "whoever answered" in steps
    assert "confirms in writing" in steps

    # the call is taken down, and counts from its day
    case = run(
        "case", "called", name, "--on", called_on.isoformat(),
        "--with", "Frau Beispiel", "--said", "that it ends", "--reference", "K 77",
    )  # fmt: skip
    assert case["state"] == "sent"
    assert case["by_word_only"]
    assert case["confirm_by"] == (called_on + timedelta(days=3)).isoformat()

    # the letter confirms the call, by its day and to whom; the end counts from the call
    case = run("case", "next", name, "cancel")
    assert letters(case)[-1] == ("cancel", "draft")
    out = tmp_path / "out"
    run("case", "export", name, "--out", str(out))
    texts = [path.read_text(encoding="utf-8") for path in out.glob("*cancel.txt")]
    confirmation = next(text for text in texts if "telefonisch erklärt" in text)
    assert "Frau Beispiel, K 77" in confirmation
    assert german(called_on) in confirmation
    then = run("check", *words, "--cancelled-at", called_on.isoformat())
    assert german(date.fromisoformat(then["ends_on"])) in confirmation


def german(day: date) -> str:
    months = (
        *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August"),
        *("September", "Oktober", "November", "Dezember"),
    )
    return f"{day.day}. {months[day.month - 1]} {day.year}"
