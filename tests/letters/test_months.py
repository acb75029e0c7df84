"""A month that was told alone is said as one: no letter names a day of it."""

from datetime import date

import pytest

from rescind.adapters.data.cldr import CldrFormat
from rescind.core.act.letter import as_text
from tests.letters.scenarios import PLACES, written

CHARGED = {"cancelled_at": "2026-08-31", "paid_at": "2026-11-10"}
IN_AUGUST = {
    "en": "in August 2026",
    "de": "im August 2026",
    "fr": "en août 2026",
    "es": "en agosto de 2026",
    "it": "nel mese di agosto 2026",
    "nl": "in augustus 2026",
    "pt": "em agosto de 2026",
    "pt-BR": "em agosto de 2026",
    "sv": "i augusti 2026",
    "da": "i august 2026",
    "nb": "i august 2026",
    "fi": "elokuussa 2026",
    "pl": "w sierpniu 2026 r.",
    "cs": "v srpnu 2026",
    "el": "τον Αύγουστο του 2026",
    "hi": "अगस्त 2026 में",
    "ja": "2026年8月に",
}
KINDS = ["refund", "dispute", "complaint", "second-notice", "stop-charging", "reply"]
REPLY = {"answer": "not_received", "answered_on": "2026-11-15"}


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_cancellation_of_a_month_is_told_as_one(kind: str, language: str) -> None:
    more = {"first_kind": "cancel", "first_sent_on": "2026-08-31"}
    more |= {"given_on": "2026-08-31"} | (REPLY if kind == "reply" else {})

    letter = written(
        kind, language, by_month="cancelled_at 2026-08-31", **CHARGED, **more
    )
    text = as_text(letter.letter).replace("\xa0", " ")

    place = PLACES[language][0]
    day = CldrFormat(language, place).day(date(2026, 8, 31)).replace("\xa0", " ")
    assert IN_AUGUST[language].casefold() in text.casefold()
    assert day not in text


def test_a_day_that_is_another_one_since_is_told_as_a_day() -> None:
    letter = written("refund", "en", by_month="cancelled_at 2026-08-01", **CHARGED)

    assert "cancelled the contract on 31 August 2026" in as_text(letter.letter)


def test_a_sentence_that_begins_with_the_month_begins_with_a_capital() -> None:
    more = {"change_told_at": "2026-08-01", "price_raised_at": "2026-12-20"}

    letter = written("price-rise", "nb", by_month="change_told_at 2026-08-01", **more)

    assert "1. august" not in as_text(letter.letter)


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_form(language: str, month: int) -> None:
    day = date(2025, month, 28)
    told = {"cancelled_at": day.isoformat(), "paid_at": "2026-11-10"}
    told |= {"purchased_at": "2024-03-10"}

    letter = written(
        "refund", language, by_month=f"cancelled_at {day.isoformat()}", **told
    )

    text = as_text(letter.letter)
    assert "{" not in text
    assert "2025" in text


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize(
    ("kind", "fact"),
    [
        ("on-behalf-of", "died_at"),
        ("price-rise", "price_raised_at"),
        ("price-rise", "change_told_at"),
        ("term-change", "terms_changed_at"),
        ("cancel", "moved_at"),
        ("cancel", "ill_at"),
        ("cancel", "unemployed_at"),
        ("cancel", "price_raised_at"),
        ("withdraw", "delivered_at"),
        ("dispute", "paid_at"),
    ],
)
def test_other_days_of_a_month_are_told_as_one(
    kind: str, fact: str, language: str
) -> None:
    ahead = fact in ("price_raised_at", "terms_changed_at")
    day = date(2026, 12, 20) if ahead else date(2026, 9, 17)
    facts = {"purchased_at": "2026-03-10"} | {fact: day.isoformat()}
    facts |= {"holder": "Bo Lovelace"} if fact == "died_at" else {}
    facts |= {"change_on": day.isoformat()} if ahead else {}
    facts |= {"charge_unauthorised": "true"} if kind == "dispute" else {}

    letter = written(kind, language, by_month=f"{fact} {day.isoformat()}", **facts)

    place = PLACES[language][0]
    assert CldrFormat(language, place).day(day) not in as_text(letter.letter)
