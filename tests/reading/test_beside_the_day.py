"""What stands beside the very day of an end: that one is bound until it, its price."""

from datetime import date

import pytest

from rescind.adapters.data.phrasebooks import demands, fee_words, figures, until
from rescind.core.follow.reading.bound_until import binds_until
from rescind.core.follow.reading.demands import Demand
from rescind.core.follow.reading.early_price import price_of_end

BOUND = date(2027, 2, 13)
EARLY = date(2026, 12, 31)


def binds(said: str) -> bool:
    return binds_until(said, BOUND, until(), figures())


def price(said: str) -> str | None:
    stays = demands()[Demand.STAYS]
    found = price_of_end(said, EARLY, fee_words(), figures(), stays)
    return None if found is None else str(found)


@pytest.mark.parametrize(
    "said",
    [
        "Sie sind leider noch bis 13.02.2027 gebunden.",
        "Unfortunately you remain bound until Saturday, 13 February 2027.",
        "Merci. Malheureusement, votre contrat vous lie jusqu'au 13 février 2027.",
    ],
)
def test_who_is_bound_until_a_day_is_told_it(said: str) -> None:
    assert binds(said)


@pytest.mark.parametrize(
    "said",
    [
        "Sie sind leider noch bis 13.02.2028 gebunden.",
        "Sie haben uns am 13.02.2027 geschrieben.",
        "Eine Kündigung bis zum 13.02.2027 ist nicht möglich.",
        "Do you want to stay until 13 February 2027?",
    ],
    ids=["another day", "no until", "denied", "asked"],
)
def test_what_names_the_day_otherwise_binds_nobody_to_it(said: str) -> None:
    assert not binds(said)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (
            "Your membership ends on 31 December 2026 for only €50 instead of €120.",
            "50 EUR",
        ),
        (
            "Leider nein. Aus Kulanz nur 50 € statt 120 €: Ende am 31.12.2026.",
            "50 EUR",
        ),
        ("Your membership ends on 31 December 2026.", None),
        ("It ends on 30 June 2027 for only €50 instead of €120.", None),
        (
            "Your plan ends on 31 December 2026. Come back for €5 instead of €10.",
            None,
        ),
        (
            "If you come back by 31 December 2026, when it ends: €5 instead of €10.",
            None,
        ),
    ],
)
def test_the_price_of_an_end_is_that_beside_its_day(
    said: str, asked: str | None
) -> None:
    assert price(said) == asked
