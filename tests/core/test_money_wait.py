"""How long money takes to come, as answers say it in each language."""

from datetime import date

import pytest

from rescind.adapters.data.phrasebooks import figures
from rescind.core.follow.reading.money_wait import money_after
from rescind.core.follow.reading.sums import find_money

ON = date(2026, 11, 30)


def days(*sentences: str, money: str = "39.99 EUR") -> int | None:
    """Return after how many days the money is there."""
    found = find_money(money)
    assert found is not None
    day = money_after(sentences, found, [each.wait for each in figures()], ON)
    return None if day is None else (day - ON).days


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("It may take up to 30 days to appear.", 30),
        ("Please allow 5-10 business days.", 14),
        ("You will see it within 3 to 6 weeks.", 42),
        ("It takes up to thirty days.", 30),
        ("Die Gutschrift kann bis zu 30 Tage dauern.", 30),
        ("Das Geld ist innerhalb von 10 Werktagen da.", 14),
        ("Le virement peut prendre jusqu'à 30 jours.", 30),
        ("Le virement arrive sous 10 jours ouvrés.", 14),
        ("El abono puede tardar hasta 30 días.", 30),
        ("Lo recibirá en un plazo de 10 días hábiles.", 14),
        ("L'accredito può richiedere fino a 30 giorni.", 30),
        ("Lo riceverà entro 10 giorni lavorativi.", 14),
        ("Dit kan tot 30 dagen duren.", 30),
        ("U ontvangt het binnen 10 werkdagen.", 14),
        ("Det kan ta upp till 30 dagar.", 30),
        ("Du får dem inom 10 bankdagar.", 14),
        ("Pode demorar até 30 dias.", 30),
        ("Receberá o valor em até 10 dias úteis.", 14),
        ("Det kan tage op til 30 dage.", 30),
        ("Du har dem inden for 10 hverdage.", 14),
        ("Det kan ta opptil 30 dager.", 30),
        ("Du får dem innen 10 virkedager.", 14),
        ("Może to potrwać do 30 dni.", 30),
        ("Środki wpłyną w ciągu 10 dni roboczych.", 14),
        ("Siinä voi kestää jopa 30 päivää.", 30),
        ("Saat rahat 10 arkipäivän kuluessa.", 14),
    ],
)
def test_a_wait_is_read_beside_the_sum_and_after_it(said: str, count: int) -> None:
    assert days("39.99 EUR", said) == count
    assert days(f"39.99 EUR, {said}") == count


@pytest.mark.parametrize(
    "said",
    ["It may take up to 90 days.", "It was charged 30 days ago.", "It is on its way."],
)
def test_what_lies_too_far_or_behind_is_no_wait(said: str) -> None:
    assert days("39.99 EUR", said) is None


def test_a_wait_of_something_else_does_not_count() -> None:
    other = "Reply within 30 days."

    assert days(other, "We refund 39.99 EUR.", "Regards.", other) is None


def test_of_money_without_a_sum_any_sentence_may_say_it() -> None:
    said = ("Your refund was approved.", "Thank you.", "Please allow up to 30 days.")
    words = [each.wait for each in figures()]

    assert money_after(said, None, words, ON) == date(2026, 12, 30)
