"""Facts that cannot all be so are refused, with the day and the reason in words."""

from typing import Any

import pytest

from rescind.adapters.data.words import ENGLISH
from rescind.app.know import check
from rescind.core.errors import BadInput

CONTRACT = {
    "service": "other",
    "merchant": "Firm",
    "kind": "gym",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2026-03-10",
    "as_of": "2026-11-28",
}
BEFORE_BOUGHT = {
    "cancelled_at": "it was cancelled before it was bought (purchased_at)",
    "trial_ends_at": "the trial ends before it starts (purchased_at)",
    "paid_at": "it was paid before it was bought (purchased_at)",
    "renews_at": "it renews before it was bought (purchased_at)",
    "withdrawn_at": "it was withdrawn from before it was bought (purchased_at)",
    "term_ends_at": "the term ends before it began (purchased_at)",
    "died_at": "the holder died before it was bought (purchased_at)",
    "certificate_earned_at": "the certificate came before it was bought (purchased_at)",
    "price_raised_at": "the price went up before it was bought (purchased_at)",
    "terms_changed_at": "the terms changed before it was bought (purchased_at)",
}


def refused(**facts: Any) -> BadInput:
    with pytest.raises(BadInput) as caught:
        check.check(CONTRACT | facts)
    return caught.value


@pytest.mark.parametrize(("fact", "why"), BEFORE_BOUGHT.items())
def test_nothing_happens_to_a_contract_before_it_is_bought(fact: str, why: str) -> None:
    error = refused(**{fact: "2026-03-09"})

    assert error.field == fact
    assert ENGLISH.say(error.message) == f"9 March 2026: {why}"
    assert error.suggestions == ("2026-03-10",)


@pytest.mark.parametrize("fact", BEFORE_BOUGHT)
def test_it_may_happen_on_the_day_it_is_bought(fact: str) -> None:
    check.check(CONTRACT | {fact: "2026-03-10"})


def test_a_purchase_does_not_lie_after_the_day_asked_about() -> None:
    error = refused(purchased_at="2026-11-29")

    assert error.field == "purchased_at"
    assert ENGLISH.say(error.message).endswith("after the day asked about (as_of)")
    assert "29 November 2026" in ENGLISH.say(error.message)
    assert error.suggestions == ("2026-11-28",)
    check.check(CONTRACT | {"purchased_at": "2026-11-28"})


@pytest.mark.parametrize(
    ("day", "denied", "why"),
    [
        ("trial_ends_at", "had_trial", "a trial that ends was had"),
        (
            "contract_copy_at",
            "contract_copy_received",
            "a copy that came was received",
        ),
        (
            "certificate_earned_at",
            "certificate_earned",
            "a certificate that came was earned",
        ),
    ],
)
def test_what_has_a_day_has_happened(day: str, denied: str, why: str) -> None:
    error = refused(**{day: "2026-04-01", denied: "false"})

    assert error.field == denied
    assert ENGLISH.say(error.message) == f"{why} ({day})"
    assert error.suggestions == ("true",)
    check.check(CONTRACT | {day: "2026-04-01", denied: "true"})


@pytest.mark.parametrize(
    ("event", "fact"), [("died", "died_at"), ("price-raised", "price_raised_at")]
)
def test_who_names_the_day_of_an_event_does_not_say_that_nothing_happened(
    event: str, fact: str
) -> None:
    error = refused(**{fact: "2026-05-01", "life_event": "none"})

    assert error.field == "life_event"
    assert error.suggestions == (event,)
    assert f"({fact})" in ENGLISH.say(error.message)


def test_a_fee_is_in_the_currency_of_the_price() -> None:
    error = refused(price="30.00 EUR", early_termination_fee="50.00 USD")

    assert error.field == "early_termination_fee"
    assert ENGLISH.say(error.message).endswith("the currency of the price (EUR)")
    assert error.suggestions == ("50.00 EUR",)
    check.check(CONTRACT | {"price": "30 EUR", "early_termination_fee": "50 EUR"})
    check.check(CONTRACT | {"early_termination_fee": "50 USD"})
