"""At the command line: steps at a store, and what was recorded by mistake."""

import json
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from rescind.cli.main import main

APPLE = (
    *("coursera", "--channel", "apple", "--country", "US-NY"),
    *("--offer", "specialization-monthly", "--purchased-at", "2026-03-01"),
    *("--as-of", "2026-11-28", "--price", "49 USD"),
)
pytestmark = pytest.mark.usefixtures("ready_desk")


def run(*words: str, code: int = 0) -> str:
    out, said = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(said), pytest.raises(SystemExit) as end:
        main(words)
    assert (end.value.code or 0) == code, said.getvalue()
    return out.getvalue() or said.getvalue()


def shown(*words: str) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(run("case", *words, "--json"))
    return row


@pytest.fixture
def steps_case(tmp_path: Path) -> str:
    sender = tmp_path / "sender.json"
    sender.write_text('{"name": "Anna"}', encoding="utf-8")
    case = shown("new", *APPLE, "--sender", str(sender))
    assert case["kind"] == "steps"
    assert case["letters"] == case["to_write"] == []
    return str(case["id"])


def test_steps_are_named_done_and_waited_for(steps_case: str) -> None:
    before = run("case", "show", steps_case)
    done = shown("button", steps_case, "--on", "2026-11-28")

    assert "reportaproblem.apple.com" in before
    assert f"rescind case button {steps_case[:8]}" in before
    assert done["state"] in ("sent", "overdue")
    details = done["events"][-1]["details"]
    assert details["where"] == "Apple"
    assert details["what"] == "refund; at_store"
    assert details["confirm_by"] == "2026-12-01"
    assert "You did the steps at Apple" in run("case", "show", steps_case)


def test_a_confirmation_of_the_store_is_read_without_a_letter(
    steps_case: str, tmp_path: Path
) -> None:
    run("case", "button", steps_case, "--on", "2026-11-28")
    mail = tmp_path / "apple.txt"
    mail.write_text("Your subscription has been cancelled.", encoding="utf-8")

    case = shown("answer", steps_case, str(mail))
    settled = shown("confirm", steps_case, "--ends-on", "2026-11-30")

    assert case["state"] == "answered"
    assert settled["state"] == "confirmed"


def test_an_answer_is_set_aside_put_back_and_read_otherwise(
    steps_case: str, tmp_path: Path
) -> None:
    run("case", "button", steps_case, "--on", "2026-11-28")
    mail = tmp_path / "apple.txt"
    mail.write_text("Your subscription has been cancelled.", encoding="utf-8")
    answered = shown("answer", steps_case, str(mail))
    number, digest = (
        answered["events"][-1]["number"],
        answered["events"][-1]["details"]["message"],
    )

    away = shown("set-aside", steps_case, str(number), "--note", "of another firm")
    listed = run("case", "show", steps_case)
    again = shown("put-back", steps_case, str(number))
    anew = shown("answer", steps_case, digest, "--reads-as", "offer")

    assert away["state"] in ("sent", "overdue")
    assert away["events"][number - 1] == answered["events"][-1]
    assert "set aside" in listed
    assert again["state"] == "answered"
    assert anew["events"][-1]["details"] == {
        "message": digest,
        "reads_as": "offer",
        "by_person": "yes",
    }


def test_what_was_never_kept_cannot_be_set_aside(steps_case: str) -> None:
    assert "set aside" in run("case", "set-aside", steps_case, "1", code=2)
    run("case", "button", steps_case, "--on", "2026-11-28")
    assert "number" in run("case", "set-aside", steps_case, "9", code=2)
    assert "set aside" in run("case", "put-back", steps_case, "2", code=2)


def test_a_reading_is_said_of_a_message_that_is_kept(
    steps_case: str, tmp_path: Path
) -> None:
    mail = tmp_path / "a.txt"
    mail.write_text("It is cancelled.", encoding="utf-8")
    digest = shown("answer", steps_case, str(mail))["events"][-1]["details"]["message"]

    refused = run(
        "case", "answer", steps_case, str(mail), "--reads-as", "offer", code=2
    )
    unknown = run(
        "case", "answer", steps_case, digest, "--reads-as", "nonsense", code=2
    )

    assert "sha256" in refused
    assert "nonsense" in unknown


def test_a_pack_tells_what_was_set_aside(
    steps_case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESCIND_KEY_PASSPHRASE", "a passphrase of the tests")
    run("case", "button", steps_case, "--on", "2026-11-28")
    run("case", "set-aside", steps_case, "2")
    pack = tmp_path / "case.asice"
    run("case", "seal", steps_case, "--out", str(pack))

    report = json.loads(run("verify", str(pack), "--json", code=1))

    log = next(check for check in report["checks"] if check["what"] == "log")
    assert log["indication"] == "TOTAL-PASSED", log
