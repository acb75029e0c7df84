"""Which clauses stand in a letter, by what happened and on which day."""

from typing import Any

import pytest

from rescind.adapters.data.cldr import CldrFormat
from rescind.adapters.data.words import ENGLISH
from rescind.app.act import letters
from rescind.app.act.plan import letter_called_for
from rescind.app.know import check
from rescind.core.act.grounds import cite_terms
from rescind.core.act.letter import as_text
from rescind.core.errors import BadInput
from tests.given import FACTS, SENDER
from tests.letters.scenarios import NOW

CANCELLED = {
    "country": "US-NY",
    "time_zone": "America/New_York",
    "cancelled_at": "2026-11-12",
    "price": "59 USD",
    "payment_method": "visa-credit",
}


def clauses(kind: str, **facts: Any) -> list[str]:
    """Return the clauses of a letter to Coursera, written on 20 November 2026."""
    wanted = letters.Wanted(kind=kind, language="en-GB")
    letter = letters.write(FACTS | facts, SENDER, wanted, now=NOW).letter
    return [paragraph.id for paragraph in letter.paragraphs]


@pytest.mark.parametrize("kind", ["cancel", "on-behalf-of"])
@pytest.mark.parametrize(
    ("ends_at", "clause"),
    [("2026-11-20", "effective-trial"), ("2026-11-19", "effective")],
)
def test_a_contract_ends_with_its_trial_as_long_as_that_runs(
    kind: str, ends_at: str, clause: str
) -> None:
    trial = {"had_trial": True, "trial_ends_at": ends_at, "holder": "Kim"}

    standing = clauses(kind, **trial)

    assert [each for each in standing if each.startswith("effective")] == [clause]


@pytest.mark.parametrize("kind", ["refund", "dispute"])
@pytest.mark.parametrize(
    ("paid_at", "is_after"),
    [("2026-11-13T01:00:00+00:00", False), ("2026-11-13T06:00:00+00:00", True)],
)
def test_a_charge_is_after_the_cancellation_by_the_days_where_one_lives(
    kind: str, paid_at: str, *, is_after: bool
) -> None:
    standing = clauses(kind, **CANCELLED, paid_at=paid_at, reason="It is wrong.")

    assert ("charged-after" in standing) is is_after


def test_a_letter_for_somebody_is_not_written_without_their_name() -> None:
    with pytest.raises(BadInput) as caught:
        clauses("on-behalf-of")

    assert caught.value.field == "holder"
    assert ENGLISH.say(caught.value.message) == (
        "the letter (on-behalf-of) cannot be written without it: --detail holder=..."
    )


@pytest.mark.parametrize(
    ("service", "claim", "cited"),
    [
        # the text's own day, in the letter's language, and its heading
        (
            "dropbox",
            "refund-2023-eu",
            "Dropbox Terms of Service, 3. April 2023, Paid Accounts, Cancellation",
        ),
        (
            "netflix",
            "refund-fr-2026-04",
            "Netflix, conditions d'utilisation, 10. April 2026, Ziffer 2.6",
        ),
        (
            "strava",
            "refund-2024",
            "Strava Terms of Service, 15. Februar 2024, Payments",
        ),
        # undated, and a place that only we call so: the day of our copy is not its day
        ("adobe-creative-cloud", "refund-14", "Adobe Subscription Terms"),
        # a month is no day: it stays in the title
        (
            "bumble",
            "refund-week",
            "Bumble Terms and Conditions of October 2024, Refunds",
        ),
        # what we note of the place and of the copy is ours
        (
            "coursera",
            "C31-terms-2025-10",
            "Coursera Terms of Use, 1. Januar 2026, Upgrades",
        ),
    ],
)
def test_terms_are_cited_as_their_author_knows_them(
    service: str, claim: str, cited: str
) -> None:
    terms = check.catalogue().service(service).terms
    (found,) = [term.claim for term in terms if term.claim.id == claim]
    labels = {"section": "Ziffer {place}"}

    assert cite_terms((found,), CldrFormat("de", "DE"), labels) == cited


IN_TIME = {
    "country": "DE",
    "offer": "plus-annual",
    "channel": "web",
    "purchased_at": "2026-11-16",
    "price": "372 EUR",
    "time_zone": "Europe/Berlin",
}


def test_a_refund_by_terms_claims_the_right_to_withdraw_besides() -> None:
    standing = clauses("refund", **IN_TIME)

    assert {"terms", "withdraw-too", "pay-back"} <= set(standing)


def test_a_cancellation_leaves_a_refund_by_terms_alone() -> None:
    late = IN_TIME | {"purchased_at": "2026-08-16"}

    assert "refund-apart" in clauses("cancel", **IN_TIME)
    assert "refund-apart" not in clauses("cancel", **late)


@pytest.mark.parametrize(
    ("sent_on", "clause"), [("2026-11-14", "tried-now"), ("2026-11-13", "tried")]
)
def test_nobody_complains_of_no_answer_within_a_week(sent_on: str, clause: str) -> None:
    charged = CANCELLED | {"paid_at": "2026-11-13T06:00:00+00:00"}

    standing = clauses("dispute", **charged, first_sent_on=sent_on)

    assert [each for each in standing if each.startswith("tried")] == [clause]


@pytest.mark.parametrize(("repaid", "is_named"), [("91 EUR", True), ("91 USD", False)])
def test_what_is_kept_is_named_beside_what_is_owed(
    repaid: str, *, is_named: bool
) -> None:
    part = {"withdrawn_at": "2026-11-18", "amount": "268.40 EUR", "repaid": repaid}

    assert ("owed-in-all" in clauses("refund", **IN_TIME, **part)) is is_named


def test_the_sum_owed_is_what_came_and_what_is_missing() -> None:
    part = {"withdrawn_at": "2026-11-18", "amount": "268.40 EUR", "repaid": "91 EUR"}
    wanted = letters.Wanted(kind="refund", language="en-GB")

    letter = letters.write(FACTS | IN_TIME | part, SENDER, wanted, now=NOW).letter

    text = next(p.text for p in letter.paragraphs if p.id == "owed-in-all")
    assert "€359.40" in text
    assert "by €268.40" in text


WITHDRAWN = {
    "service": "other",
    "merchant": "Herzblatt",
    "kind": "dating",
    "channel": "direct",
    "country": "DE",
    "purchased_at": "2026-11-01",
    "withdrawn_at": "2026-11-06",
    "period": "P1Y",
    "price": "359.40 EUR",
    "as_of": "2026-11-29",
}
"""6 of 365 days were used: 359.40 x 359 / 365 = 353.49 is owed (Art. 14(3))."""


def refund_after_withdrawal(**facts: str) -> letters.Written:
    wanted = letters.Wanted(kind="refund", language="de-DE")
    return letters.write(WITHDRAWN | facts, SENDER, wanted)


def test_after_a_withdrawal_its_share_is_claimed_and_not_the_price() -> None:
    text = as_text(refund_after_withdrawal().letter)

    assert "353,49" in text
    assert "359,40" not in text
    assert "312g" in text


def test_what_came_back_already_is_taken_off_the_share() -> None:
    text = as_text(refund_after_withdrawal(repaid="91 EUR").letter)

    assert all(each in text for each in ("262,49", "91,00", "353,49"))
    assert "359,40" not in text


def test_no_sum_is_claimed_where_nobody_knows_the_share() -> None:
    on_file = {"service": "parship", "offer": "premium", "term": "P12M"}
    facts = {name: value for name, value in WITHDRAWN.items() if name != "merchant"}
    facts = {name: value for name, value in facts.items() if name != "kind"} | on_file
    told = {"start_requested": True, "withdrawal_informed": True, "repaid": "91 EUR"}
    wanted = letters.Wanted(kind="refund", language="de")

    text = as_text(letters.write(facts | told, SENDER, wanted).letter)

    assert "359,40" not in text
    assert "268,40" not in text


def test_a_sum_in_another_currency_is_not_taken_off() -> None:
    assert "353,49" in as_text(refund_after_withdrawal(repaid="91 USD").letter)


def test_nothing_is_asked_where_all_came_back() -> None:
    with pytest.raises(BadInput) as caught:
        refund_after_withdrawal(repaid="353.49 EUR")

    assert caught.value.field == "repaid"


def test_who_withdrew_by_themselves_asks_for_the_money_and_speaks_of_no_letter() -> (
    None
):
    assert letter_called_for(WITHDRAWN) == "refund"
    assert letter_called_for(WITHDRAWN | {"as_of": "2026-11-10"}) == "refund"


def test_a_charge_nobody_agreed_to_is_claimed_whole() -> None:
    charged = refund_after_withdrawal(charge_unauthorised="true")

    assert "359,40" in as_text(charged.letter)
