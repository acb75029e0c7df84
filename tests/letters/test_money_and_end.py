"""A claim for money that rests on ending the contract ends it, and says so."""

from typing import Any

import pytest

from rescind.app.act import letters
from rescind.core.model.letter import Letter
from tests.given import FACTS, SENDER
from tests.letters.scenarios import PLACES, written

ADOBE = {
    "service": "adobe-creative-cloud",
    "offer": "annual-monthly",
    "country": "US",
    "channel": "web",
    "purchased_at": "2026-11-20",
    "as_of": "2026-11-29",
    "price": "59 USD",
}


def refund(language: str = "en", **more: Any) -> Letter:
    wanted = letters.Wanted(kind="refund", language=language)
    return letters.write(ADOBE | more, SENDER, wanted).letter


def clauses(letter: Letter) -> list[str]:
    return [paragraph.id for paragraph in letter.paragraphs]


def codes(letter: Letter) -> set[str]:
    return {problem.code for problem in letter.problems}


@pytest.mark.parametrize("language", PLACES)
def test_what_comes_back_to_who_cancels_is_claimed_by_cancelling(language: str) -> None:
    letter = refund(language)

    said = clauses(letter)
    assert said.index("terms") + 1 == said.index("cancel-too")
    assert {"stop-now", "confirm"} <= set(said)
    assert not {"else", "goodwill", "withdraw-too"} & set(said)
    assert letter.subject != refund(language, purchased_at="2026-10-01").subject
    assert "refund_cancels" in codes(letter)


def test_after_the_window_nothing_is_cancelled_by_asking() -> None:
    late = refund(purchased_at="2026-11-14")

    assert "cancel-too" not in clauses(late)
    assert "else" in clauses(late)
    assert "refund_cancels" not in codes(late)


def test_who_cancelled_already_names_the_day() -> None:
    letter = refund(cancelled_at="2026-11-25")

    assert "cancel-too" not in clauses(letter)
    (day,) = [p.text for p in letter.paragraphs if p.id == "cancelled-before"]
    assert day == "I canceled the contract on November 25, 2026."
    assert letter.subject.startswith("Refund of a payment: ")


def test_a_charge_after_the_end_is_no_matter_of_the_terms() -> None:
    letter = refund(cancelled_at="2026-11-21", paid_at="2026-11-25")

    assert not {"cancel-too", "cancelled-before"} & set(clauses(letter))


def test_a_refund_that_terms_give_without_an_end_ends_nothing() -> None:
    """Coursera's text of 2026 asks for the refund apart from cancelling."""
    facts = FACTS | {"offer": "plus-annual", "country": "US", "had_trial": False}
    letter = letters.write(facts, SENDER, letters.Wanted(kind="refund")).letter

    assert "terms" in clauses(letter)
    assert "cancel-too" not in clauses(letter)


@pytest.mark.parametrize("language", PLACES)
def test_a_claim_that_withdraws_bears_it_in_its_subject_and_stops(
    language: str,
) -> None:
    letter = written("refund", language, **_IN_TIME).letter
    later = written("refund", language, **_IN_TIME | _LATE).letter

    if "withdraw-too" in clauses(letter):
        assert letter.subject != later.subject
        assert "stop-now" in clauses(letter)
        assert "else" not in clauses(letter)
        assert "refund_withdraws" in codes(letter)
    else:
        assert letter.subject == later.subject


_IN_TIME = {"purchased_at": "2026-11-16", "cancelled_at": None, "paid_at": None}
_LATE = {"purchased_at": "2025-03-16", "withdrawal_informed": True}


def test_the_money_of_a_withdrawal_has_one_day() -> None:
    """Fourteen days from 29 November 2026 end on a Sunday: by law on the Monday."""
    for kind in ("refund", "withdraw"):
        facts = {"service": "netflix", "offer": "standard", "country": "DE"}
        bought = {"channel": "web", "purchased_at": "2026-11-20", "price": "14 EUR"}
        wanted = letters.Wanted(kind=kind, language="en")
        matter = facts | bought | {"as_of": "2026-11-29"}

        letter = letters.write(matter, SENDER, wanted).letter

        text = " ".join(paragraph.text for paragraph in letter.paragraphs)
        assert "14 December 2026" in text
        assert "13 December 2026" not in text


def test_a_charge_after_the_end_is_due_by_the_day_of_the_answer() -> None:
    """No withdrawal is in play: the day that one would bring is nobody's."""
    facts = {"service": "qobuz", "offer": "studio", "country": "FR", "channel": "web"}
    days = {"purchased_at": "2026-03-20", "cancelled_at": "2026-10-20"}
    paid = {"paid_at": "2026-11-20", "price": "10 EUR", "as_of": "2026-11-29"}
    wanted = letters.Wanted(kind="refund", language="en")

    letter = letters.write(facts | days | paid, SENDER, wanted).letter

    (pay_back,) = [p.text for p in letter.paragraphs if p.id == "pay-back"]
    assert "13 December 2026" in pay_back
    assert str(letter.confirm_by) == "2026-12-13"


@pytest.mark.parametrize("language", PLACES)
def test_a_bare_number_of_a_section_is_said_to_be_one(language: str) -> None:
    facts = {"service": "surfshark", "offer": "annual", "country": "US"}
    bought = {"channel": "web", "purchased_at": "2026-11-20", "as_of": "2026-11-29"}
    wanted = letters.Wanted(kind="refund", language=language)

    letter = letters.write(facts | bought, SENDER, wanted).letter

    (terms,) = [p.text for p in letter.paragraphs if p.id == "terms"]
    assert ", 4" not in terms
    assert "Surfshark Terms of Service" in terms


@pytest.mark.parametrize(
    ("service", "offer", "subject"),
    [
        ("spotify", "premium-monthly", "Cancellation: Spotify Premium, monthly"),
        ("netflix", "standard", "Cancellation: Netflix Standard, monthly"),
        ("amazon-prime", "monthly", "Cancellation: Amazon Prime, monthly"),
        ("perplexity-pro", "monthly", "Cancellation: Perplexity Pro, monthly"),
        ("sky-uk", "tv-12", "Cancellation: Sky TV (minimum term of 12 months)"),
        ("qobuz", None, "Cancellation: Qobuz"),
    ],
)
def test_a_subject_names_the_service_once(
    service: str, offer: str | None, subject: str
) -> None:
    facts = {"service": service, "offer": offer, "country": "GB", "channel": "web"}
    bought = {"purchased_at": "2026-11-20", "as_of": "2026-11-29"}
    wanted = letters.Wanted(kind="cancel", language="en")

    assert letters.write(facts | bought, SENDER, wanted).letter.subject == subject


def test_a_plan_that_the_sender_names_stands_in_brackets() -> None:
    facts = {"service": "spotify", "country": "DE", "channel": "web"}
    bought = {"purchased_at": "2026-11-20", "as_of": "2026-11-29"}
    wanted = letters.Wanted(kind="cancel", language="de")

    letter = letters.write(facts | bought, SENDER | {"plan": "Duo"}, wanted).letter

    assert letter.subject == "Kündigung: Spotify (Duo)"
    assert dict(letter.references)["Vertrag"] == "Spotify (Duo)"
    assert "mit Spotify geschlossenen Vertrag über Duo." in letter.paragraphs[0].text


@pytest.mark.parametrize("language", [name for name in PLACES if name != "en"])
def test_what_a_contract_is_found_by_is_named_in_the_letter_s_language(
    language: str,
) -> None:
    numbers = {
        "customer_id": "1", "customer_number": "2", "contract_number": "3",
        "membership_number": "4", "account_number": "5", "phone_number": "6",
    }  # fmt: skip
    facts = {"service": "other", "merchant": "FitX", "kind": "gym", "country": "GB"}
    bought = {"channel": "web", "purchased_at": "2026-03-10", "as_of": "2026-11-20"}

    def labels(tag: str) -> dict[str, str]:
        wanted = letters.Wanted(kind="cancel", language=tag)
        letter = letters.write(facts | bought, SENDER | numbers, wanted).letter
        return {value: label for label, value in letter.references}

    here, english = labels(language), labels("en")
    assert {here[n] for n in numbers.values()}.isdisjoint(
        english[n] for n in numbers.values()
    )


@pytest.mark.parametrize(
    ("language", "label"),
    [("de", "BahnCard-Nummer"), ("en", "BahnCard number"), ("fr", "Numéro de client")],
)
def test_a_number_with_a_name_of_its_own_bears_it(language: str, label: str) -> None:
    facts = {"service": "bahncard", "offer": "bahncard", "country": "DE"}
    bought = {"channel": "web", "purchased_at": "2026-02-20", "as_of": "2026-11-20"}
    wanted = letters.Wanted(kind="cancel", language=language)

    letter = letters.write(
        facts | bought, SENDER | {"customer_id": "7081"}, wanted
    ).letter

    assert (label, "7081") in letter.references


def test_an_offer_is_named_in_the_letter_s_language() -> None:
    assert refund("de").subject == (
        "Kündigung und Erstattung: Adobe Creative Cloud (Jahresabo, monatlich bezahlt)"
    )
    half = {"service": "babbel", "offer": "half-yearly", "purchased_at": "2026-06-01"}
    assert refund("de", **half).subject == "Erstattung: Babbel (6 Monate)"
