"""Values refuse what must never exist, and errors name what they are about."""

from decimal import Decimal

import pytest

from rescind.core.errors import BadInput, DataError, PermanentError
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.problem import Finding


@pytest.mark.parametrize(("amount", "currency"), [("NaN", "EUR"), ("1", "euro")])
def test_money_refuses_what_nobody_can_pay(amount: str, currency: str) -> None:
    with pytest.raises(ValueError, match=r"NaN|euro"):
        Money(amount=Decimal(amount), currency=currency)


@pytest.mark.parametrize("text", ["P0D", "14 days", "P1M2D", "PT5H"])
def test_a_period_of_two_units_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        Period.parse(text)


def test_a_period_goes_back_to_its_text() -> None:
    assert Period.parse("P14D").iso() == "P14D"


def test_an_unknown_value_names_the_nearest() -> None:
    error = BadInput.unknown_value("offer", "plus-anual", ["plus-annual", "course"])

    assert error.field == "offer"
    assert error.suggestions == ("plus-annual",)


def test_without_a_near_value_all_are_named() -> None:
    error = BadInput.unknown_value("channel", "zzz", ["web", "apple"])

    assert error.suggestions == ("web", "apple")


def test_a_data_error_shows_every_finding() -> None:
    findings = [
        Finding(path="a.yaml", pointer="/x", message="wrong", suggestion="right"),
        Finding(path="b.yaml", pointer="/y", message="missing"),
    ]

    assert str(DataError(findings)) == "a.yaml /x: wrong (right)\nb.yaml /y: missing"


def test_an_outside_error_says_who_and_what() -> None:
    assert str(PermanentError("mail.example.org", "answered 550")) == (
        "mail.example.org: answered 550"
    )


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("P1Y", "P12M", True),
        ("P4W", "P28D", True),
        ("P2W", "P14D", True),
        ("P4W", "P1M", False),
        ("P30D", "P1M", False),
        ("P3M", "P1Y", False),
        ("P1W", "P8D", False),
    ],
)
def test_lengths_are_as_long_whatever_day_they_begin_on(
    one: str, other: str, *, is_so: bool
) -> None:
    assert Period.parse(one).is_as_long_as(Period.parse(other)) is is_so
    assert Period.parse(other).is_as_long_as(Period.parse(one)) is is_so
