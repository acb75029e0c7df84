"""What an answer leaves to contest: the advice, and whether a letter answers it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from rescind.app.follow.answers import answers
from rescind.store import selectors
from rescind.web.case_card import case_card
from tests.answer_mail import write_answer
from tests.test_case_without_letter import run as say
from tests.test_case_without_letter import shown, steps_case
from tests.test_journeys import ADA
from tests.test_letters_of_a_case import TODAY

__all__ = ["steps_case"]
pytestmark = pytest.mark.usefixtures("ready_desk")
FRENCH = [
    "--merchant", "Salle", "--contract-kind", "gym", "--country", "FR",
    "--channel", "web", "--sold-by", "online", "--period", "P1Y", "--term", "P12M",
    "--notice", "P1M", "--renewal-term", "P12M", "--price", "120 EUR",
    "--purchased-at", "2024-03-01", "--renewal-notice-given", "no",
    "--withdrawal-informed", "yes",
]  # fmt: skip


def opened(tmp_path: Path, *contract: str) -> str:
    (tmp_path / "me.json").write_text(json.dumps(ADA), encoding="utf-8")
    case = shown("new", "other", *contract, "--sender", str(tmp_path / "me.json"))
    say("case", "send", case["id"], "--by", "said")
    return str(case["id"])


def answer(name: str, tmp_path: Path, text: str) -> None:
    say("case", "answer", name, write_answer(tmp_path, text, "Info"))


def test_money_refused_beside_an_end_is_contested(tmp_path: Path) -> None:
    name = opened(tmp_path, *FRENCH)
    answer(
        name,
        tmp_path,
        "Votre résiliation est prise en compte et prendra effet immédiatement. "
        "Conformément à nos conditions, aucun remboursement ne sera effectué.",
    )

    advice = shown("advise", name)

    assert "money_refused" in [each["code"] for each in advice["differences"]]
    assert "money_open" not in [each["code"] for each in advice["differences"]]
    assert advice["letter"] == "reply"
    assert not any(each.startswith("Record") for each in advice["do"][:2])
    assert "pays nothing back" in say("case", "show", name)
    assert shown("next", name, "reply")["events"][-1]["kind"] == "letter_written"


def test_an_end_as_asked_for_is_not_quarrelled_with(tmp_path: Path) -> None:
    contract = [
        "--merchant", "Gym", "--contract-kind", "gym", "--country", "DE",
        "--channel", "web", "--sold-by", "online", "--period", "P1M",
        "--term", "P1M", "--notice", "P1M", "--renewal-term", "P1M",
        "--price", "30 EUR", "--purchased-at", "2025-03-01",
    ]  # fmt: skip
    name = opened(tmp_path, *contract)
    day = shown("show", name)["ends_on"]
    answer(name, tmp_path, f"Wir bestätigen Ihre Kündigung zum {day}.")

    refused = say("case", "next", name, "reply", code=2)

    assert "nothing to contest" in refused


def test_what_nobody_understood_is_not_answered(tmp_path: Path) -> None:
    name = opened(tmp_path, *FRENCH)
    answer(name, tmp_path, "Blah blah tree house.")

    refused = say("case", "next", name, "reply", code=2)

    assert "say what it is" in refused


def test_a_store_that_confirms_gets_no_letter(steps_case: str, tmp_path: Path) -> None:
    say("case", "button", steps_case, "--on", "2026-11-28")
    mail = tmp_path / "apple.txt"
    mail.write_text(
        "Twoja subskrypcja Coursera została anulowana. Możesz korzystać z niej do "
        "1 grudnia 2026 r. Apple",
        encoding="utf-8",
    )
    shown("answer", steps_case, str(mail))

    told = say("case", "show", steps_case)
    advice = shown("advise", steps_case)
    refused = say("case", "next", steps_case, "reply", code=2)

    assert "says that the renewal stops: December 1, 2026" in told
    assert "later than it should" not in told
    assert advice["letter"] is None
    assert "no letter went out" in refused


@pytest.mark.parametrize("day", ["2026-12-01", "2026-11-30"])
def test_the_stores_day_is_taken_without_a_warning(steps_case: str, day: str) -> None:
    say("case", "button", steps_case, "--on", "2026-11-28")

    assert "!" not in say("case", "confirm", steps_case, "--ends-on", day)


def test_a_withdrawal_ends_it_at_once_and_names_what_is_left_else(
    tmp_path: Path,
) -> None:
    bought = (TODAY - timedelta(days=3)).isoformat()
    name = opened(
        tmp_path,
        *("--merchant", "Partnerbund", "--contract-kind", "dating", "--country", "DE"),
        *("--channel", "web", "--sold-by", "online", "--period", "P6M"),
        *("--term", "P6M", "--price", "240 EUR", "--withdrawal-informed", "yes"),
        *("--purchased-at", bought),
    )
    case = selectors.read_case(name)

    told = " ".join(say("case", "show", name).split())
    card = case_card(case, (), (), ())

    assert case.kind == "withdraw"
    assert "if the withdrawal holds; else" in told
    assert any("else" in row.value for row in card.rows if row.what == "Ends")


def test_the_history_names_the_day_that_they_named(tmp_path: Path) -> None:
    name = opened(tmp_path, *FRENCH)
    answer(name, tmp_path, "Votre contrat prendra fin le 31 décembre 2027.")
    case = selectors.read_case(name)

    told = [each.text for each in case_card(case, answers(case), (), ()).story]

    assert any("a confirmation" in text and "2027" in text for text in told)


def disputed(country: str, tmp_path: Path) -> str:
    name = opened(
        tmp_path,
        *("--merchant", "Gym", "--contract-kind", "gym", "--country", country),
        *("--channel", "web", "--sold-by", "online", "--period", "P1M"),
        *("--price", "30 EUR", "--purchased-at", "2025-03-01"),
    )
    # near midnight it is another day where the case is
    day = shown("show", name)["letters"][0]["sent_on"]
    say("case", "charged", name, "--on", day, "--amount", "30 EUR")
    say("case", "next", name, "dispute", "--detail", "reason=It was over, and charged.")
    say("case", "send", name, "--by", "said")
    return name


@pytest.mark.parametrize(
    ("country", "who"),
    [("ES", "Banco de España"), ("EE", "none is on file for your country")],
)
def test_a_bank_that_refuses_has_a_body_behind_it(
    country: str, who: str, tmp_path: Path
) -> None:
    name = disputed(country, tmp_path)
    case = selectors.read_case(name)

    told = " ".join(say("case", "show", name).split())
    rows = {row.what: row.value for row in case_card(case, (), (), ()).rows}

    assert "if it refuses: Ask for its reasons in writing" in told
    assert who in told
    assert who in rows["If it refuses"]
