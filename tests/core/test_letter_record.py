"""What a letter says of its case: no more than the case's record carries."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from rescind.adapters.data.cldr import CldrFormat
from rescind.app.act import letters
from rescind.core.act.grounds import cite_terms
from rescind.core.act.letter import for_money_alone
from rescind.core.model.letter import Letter
from tests.conftest import FACTS, SENDER

TODAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
GERMAN = FACTS | {"country": "DE"}
ENDED = {"cancelled_at": "2026-10-20", "paid_at": "2026-11-10"}
OLD = {"purchased_at": "2026-03-10"}


def written(which: str, language: str = "en", **facts: Any) -> letters.Written:
    wanted = letters.Wanted(kind=which, language=language)
    return letters.write(GERMAN | facts, SENDER, wanted, now=TODAY)


def clauses(letter: Letter) -> dict[str, str]:
    return {paragraph.id: paragraph.text for paragraph in letter.paragraphs}


def problems(letter: Letter) -> list[str]:
    return [problem.code for problem in letter.problems]


def test_a_charge_after_the_end_is_claimed_with_its_sum_and_a_day() -> None:
    said = clauses(written("second-notice", price="49 EUR", **OLD, **ENDED).letter)

    assert "€49.00" in said["charged-after"]
    assert "refund it in full by 4 December 2026" in said["charged-after"]
    assert "charged-after-plain" not in said


def test_a_sum_that_nobody_knows_is_left_out() -> None:
    said = clauses(written("second-notice", price=None, **OLD, **ENDED).letter)

    assert "refund it in full by 4 December 2026" in said["charged-after-plain"]


@pytest.mark.parametrize(
    ("first", "clause"),
    [
        ("cancel", "answer-end"),
        (None, "answer-end"),
        ("refund", "answer-money"),
        ("withdraw", "answer-money"),
        ("erase", "answer"),
    ],
)
def test_a_second_notice_asks_for_what_the_first_did(
    first: str | None, clause: str
) -> None:
    said = clauses(written("second-notice", first_kind=first).letter)

    assert {name for name in said if name.startswith("answer")} == {clause}
    assert ("stop" in said) is (clause == "answer-end")
    assert ("stop-now" in said) is (first == "withdraw")


def test_a_refused_refund_is_not_answered_with_the_contracts_end() -> None:
    facts = {"answer": "refund_refused", "answered_on": "2026-11-10"}
    said = clauses(written("reply", first_sent_on="2026-11-01", **facts).letter)

    assert "4 December 2026" in said["pay-after-all"]
    assert not {"confirm-end", "stop", "rely"} & said.keys()


def test_a_refund_in_the_withdrawal_period_withdraws_and_says_so() -> None:
    letter = written("refund", offer="plus-monthly", purchased_at="2026-11-16").letter

    assert "withdraw-too" in clauses(letter)
    assert problems(letter) == ["refund_withdraws"]


def test_a_business_is_told_that_the_letter_is_a_consumers() -> None:
    assert "written_for_a_consumer" in problems(
        written("cancel", consumer=False).letter
    )


def test_a_bank_needs_the_account_to_find_a_debit() -> None:
    debit = {"payment_method": "sepa-debit", "bank_name": "Bank 1"}
    bare = written("stop-payment", **debit).letter
    told = written("stop-payment", **debit, mandate_id="M-1").letter

    assert problems(bare) == ["account_missing"]
    assert problems(told) == []
    assert "4242" not in str(bare.references)


def test_an_answer_is_asked_for_before_the_next_charge() -> None:
    """In a week where there is one, and in three days where it is too near."""
    soon = written("cancel", purchased_at="2026-10-28").letter
    at_once = written("cancel", purchased_at="2026-10-22").letter
    undated = written("cancel", purchased_at=None).letter

    assert soon.confirm_by == date(2026, 11, 27)
    assert at_once.confirm_by == date(2026, 11, 23)
    assert undated.confirm_by == date(2026, 12, 4)


def test_an_offers_period_stands_in_the_letters_language() -> None:
    monthly = written("cancel", "de", offer="plus-monthly").letter
    prepaid = written("cancel", "de", offer="plus-prepaid-3m").letter
    course = written("cancel", "de", offer="course").letter

    assert monthly.subject == "Kündigung: Coursera Plus (Monatsabo)"
    assert prepaid.subject == "Kündigung: Coursera Plus (im Voraus bezahlt)"
    assert course.subject == "Kündigung: Coursera course, bought outright"


def test_terms_are_named_without_notes_of_ours() -> None:
    facts = {"offer": "plus-annual", "price": "399 USD", "country": "US"}
    made = written("refund", purchased_at="2026-11-16", **facts)
    claims = next(p.claims for p in made.letter.paragraphs if p.id == "terms")
    said = cite_terms(claims, CldrFormat("en", "GB"), {})

    assert said.startswith("Coursera Terms of Use, ")
    assert "OpenTermsArchive" not in said
    assert cite_terms((), CldrFormat("en", "GB"), {}) == ""


@pytest.mark.parametrize(
    "country", ["AT", "BE", "CZ", "DK", "ES", "FI", "FR", "GR", "IT", "NL", "PL", "PT"]
)
def test_no_directive_is_cited_where_a_states_act_binds(country: str) -> None:
    letter = written("withdraw", country=country, purchased_at="2026-11-16").letter

    assert "2011/83" not in clauses(letter)["rely"]


def test_a_letter_on_a_price_rise_cites_no_other_law() -> None:
    rise = {"told_on": "2026-11-08", "change_on": "2027-01-01", "new_price": "59 EUR"}

    assert "rely" not in clauses(written("price-rise", **rise).letter)


@pytest.mark.parametrize("authority", ["heir", "guardian", "carer", "attorney"])
def test_a_power_is_to_be_enclosed_in_the_original(authority: str) -> None:
    letter = written("on-behalf-of", holder="Emmy Noether", authority=authority).letter

    is_given = authority in ("carer", "attorney")
    assert ("power_in_original" in problems(letter)) is is_given


@pytest.mark.parametrize("language", ["fr", "es", "it", "nl", "pt", "pt-BR"])
@pytest.mark.parametrize("country", ["DE", "AT", "FR", "ES", "IT", "NL", "PT", "GB"])
def test_foreign_law_is_named_in_the_letters_language(
    language: str, country: str
) -> None:
    facts = {"country": country, "purchased_at": "2026-11-16"}
    words = clauses(written("withdraw", language, **facts).letter)["rely"]

    assert not re.search(r"§§|\bund\b|\barts?\\. ", words)


DISPUTED = {"disputed_on": "2026-11-18", "bank_said": "credited refused"}


@pytest.mark.parametrize("kind", ["second-notice", "refund", "stop-charging", "reply"])
def test_who_told_the_bank_threatens_with_no_dispute(kind: str) -> None:
    about = {"first_sent_on": "2026-11-12", "first_kind": "cancel"}
    facts = {"price": "49 EUR", **OLD, **ENDED, **about}

    before, after = (
        " ".join(clauses(written(kind, **facts, **more).letter).values())
        for more in ({}, DISPUTED)
    )

    assert "I will dispute the charge through my bank" in before
    assert "I will dispute the charge" not in after


def test_a_complaint_tells_what_the_bank_made_of_a_dispute() -> None:
    facts = {"price": "49 EUR", "problem": "refund", **OLD, **ENDED}

    told = clauses(written("complaint", **facts, **DISPUTED).letter)
    credited = DISPUTED | {"bank_said": "credited"}
    given = clauses(written("complaint", **facts, **credited).letter)

    assert {"disputed-refused", "taken-back"} <= told.keys()
    assert {"disputed", "credited"} <= given.keys()
    assert not {"disputed-refused", "taken-back"} & given.keys()


def test_a_letter_for_money_that_ends_nothing_is_known_as_one() -> None:
    ended = written("refund", price="49 EUR", **OLD, **ENDED).letter
    withdraws = written("refund", purchased_at="2026-11-15").letter

    assert for_money_alone(ended)
    assert not for_money_alone(withdraws)
    assert not for_money_alone(written("cancel").letter)


WITHDREW: dict[str, Any] = {
    "service": "other",
    "merchant": "Herzblatt",
    "kind": "dating",
    "purchased_at": "2026-11-10",
    "paid_at": "2026-11-10",
    "term": "P12M",
    "period": "P1Y",
    "price": "369 EUR",
    "withdrawal_informed": True,
    "withdrawn_at": "2026-11-15",
    "offer": None,
}


def test_a_bank_is_asked_for_the_share_that_a_withdrawal_brings() -> None:
    said = clauses(written("dispute", **WITHDREW, start_requested=True).letter)

    assert "of the charge of €369.00" in said["declare-part-of"]
    assert "declare" not in said


@pytest.mark.parametrize(
    ("kind", "told", "clause"),
    [
        ("dispute", {"repaid": "91 EUR"}, "repaid"),
        ("dispute", {"agreed": "91 EUR"}, "agreed-only"),
        ("complaint", {"repaid": "91 EUR"}, "repaid"),
        ("complaint", {"agreed": "91 EUR"}, "agreed"),
    ],
)
def test_others_are_told_of_the_part_that_came_or_was_agreed_to(
    kind: str, told: dict[str, str], clause: str
) -> None:
    record = {**WITHDREW, "problem": "refund", "amount": "278 EUR"}
    said = clauses(written(kind, **record, **told).letter)

    assert "€91.00" in said[clause]


def test_a_payment_that_was_never_agreed_to_is_disputed_as_a_whole() -> None:
    record = {**WITHDREW, "amount": "100 EUR", "charge_unauthorised": True}
    said = clauses(written("dispute", **record).letter)

    assert "declare-part-of" not in said
    assert "€100.00" in said["declare"]


def test_a_later_letter_without_an_answer_is_told_apart() -> None:
    record = {"first_sent_on": "2026-11-01", "answered_on": "2026-11-05"}
    again = {"wrote_again_on": "2026-11-06"}
    said = clauses(written("complaint", **record, **again, problem="refund").letter)

    assert "1 November 2026; its answer" in said["first-answered"]
    assert "again on 6 November 2026" in said["wrote-again"]


@pytest.mark.parametrize(
    "kind", ["second-notice", "refund", "stop-charging", "reply", "dispute"]
)
def test_older_charges_stand_beside_the_newest_with_their_sum(kind: str) -> None:
    about = {"first_sent_on": "2026-11-12", "first_kind": "cancel"}
    facts = {"price": "49 EUR", "payment_method": "visa-debit"}
    facts |= {**OLD, **ENDED, **about}
    older = "2026-11-05 49 EUR; 2026-10-25 45 EUR"

    alone = clauses(written(kind, **facts).letter)
    several = clauses(written(kind, **facts, further_charges=older).letter)
    mixed = clauses(written(kind, **facts, further_charges="2026-11-05 49 USD").letter)

    assert "further-charges" not in alone
    assert several["further-charges"] == (
        "The same applies to these charges: 5 November 2026: €49.00; "
        "25 October 2026: €45.00. All charges together come to €143.00."
    )
    # nobody adds up what is of two currencies
    assert "further-charges" not in mixed


def test_a_letter_asks_for_all_charges_together() -> None:
    facts = {"price": "49 EUR", "amount": "49 EUR", **OLD, **ENDED}
    older = {"further_charges": "2026-11-05 49 EUR"}

    one = letters.printed(written("refund", **facts))
    both = letters.printed(written("refund", **facts, **older))

    assert (one.amount, both.amount) == ("49 EUR", "98.00 EUR")
