"""Stores that bill for others, and services that only carry the money."""

from datetime import date

import pytest

from rescind.adapters.public.finding import finding_json
from rescind.adapters.statements.reader import read_content
from rescind.app.find.finding import find
from rescind.app.find.to_check import facts_to_check
from rescind.app.know import checks
from rescind.app.know.check import named
from rescind.core.model.recurring_charge import RecurringCharge

pytestmark = pytest.mark.usefixtures("empty_store")

TODAY = date(2026, 9, 1)
STORES = [
    ("ROKU FOR PARAMOUNT PLUS 866-555-0100", "Paramount+", "Roku", "roku"),
    ("ROKU FOR STARZ", "Starz", "Roku", "roku"),
    ("POS 0412 ROKU FOR STARZ LOS GATOS", "Starz", "Roku", "roku"),
    ("PAYPAL *ROKU FOR STARZ", "Starz", "Roku", "roku"),
    ("ROKU*HBO MAX", "HBO Max", "Roku", "roku"),
    ("ROKU FOR OBSCURE TV", "Obscure Tv", "Roku", "roku"),
    ("ROKU FOR NETFLIX.COM", "Netflix", "Roku", "partner"),
    ("AMZN PRIME VIDEO CHANNELS STARZ", "Starz", "Amazon", "amazon"),
    ("Prime Video *Channels", "Prime Video Channels", "Amazon", "amazon"),
    ("AMAZON CHANNELS PARAMOUNT+", "Paramount+", "Amazon", "amazon"),
    ("VIZIO FOR STARZ", "Starz", "Vizio", "partner"),
]


def found(line: str) -> RecurringCharge:
    rows = [f"2026-{month:02}-05,{line},-11.99,USD" for month in range(1, 9)]
    rows += [f"2026-{month:02}-25,ACME PAYROLL,2500.00,USD" for month in range(1, 9)]
    content = "\n".join(["Date,Description,Amount,Currency", *rows]).encode()
    (charge,) = find([read_content("a.csv", content)])
    return charge


@pytest.mark.parametrize(("line", "merchant", "seller", "channel"), STORES)
def test_what_a_store_bills_is_found_and_ended_there(
    line: str, merchant: str, seller: str, channel: str
) -> None:
    charge = found(line)
    facts = facts_to_check(charge, TODAY)

    assert (charge.merchant, charge.channel.value) == (merchant, "reseller")
    assert finding_json(charge)["billed_by"] == seller
    assert facts["channel"] == channel
    assert facts.get("billed_by") == (seller if channel == "partner" else None)


def test_a_store_alone_is_itself() -> None:
    charge = found("ROKU INC 866-555-0100")

    assert (charge.merchant, charge.channel.value) == ("Roku", "direct")
    assert finding_json(charge)["billed_by"] is None


@pytest.mark.parametrize(
    ("line", "service", "channel", "merchant"),
    [
        ("ROKU FOR PARAMOUNT PLUS 866-555-0100", "other", "roku", "Paramount+"),
        ("ROKU*HBO MAX", "hbo-max", "roku", None),
        ("PAYPAL *ROKU FOR STARZ", "other", "roku", "Starz"),
        ("CARD PURCHASE ROKU FOR STARZ", "other", "roku", "Starz"),
        ("ROKU FOR NETFLIX.COM CA", "netflix", "partner", None),
        ("AMZN PRIME VIDEO CHANNELS STARZ", "other", "amazon", "Starz"),
        ("Prime Video *Channels", "other", "amazon", "Prime Video Channels"),
        ("Prime Video Channels*AB12C", "other", "amazon", "Prime Video Channels"),
        ("KLARNA* SPOTIFY", "spotify", None, None),
        ("KLARNA SPOTIFY", "spotify", None, None),
        ("KLARNA STARZ", "other", None, "STARZ"),
        ("KLARNA* ZORBLATT", "other", None, "ZORBLATT"),
        ("AMAZON PAY*SPOTIFY", "spotify", None, None),
        ("AFTERPAY SPOTIFY", "spotify", None, None),
        ("PAYPAL NETFLIX", "netflix", "paypal", None),
        ("KLARNA", "other", None, "KLARNA"),
        ("PayPal Credit", "other", None, "PayPal Credit"),
    ],
)
def test_a_line_that_is_typed_tells_the_service_and_who_bills(
    line: str, service: str, channel: str | None, merchant: str | None
) -> None:
    facts = named({"service": line})

    assert facts["service"] == service
    assert facts.get("channel") == channel
    assert facts.get("merchant") == merchant


@pytest.mark.parametrize(
    ("line", "name", "channel"),
    [
        ("ROKU FOR STARZ 866-555-0100", "Starz", "roku"),
        ("AMAZON CHANNELS PARAMOUNT+", "Paramount+", "amazon"),
        ("KLARNA SPOTIFY", "Spotify", None),
    ],
)
def test_a_line_that_is_typed_on_the_page_tells_the_same(
    line: str, name: str, channel: str | None
) -> None:
    begun = checks.begin(line)

    assert (begun.name, begun.typed.get("channel")) == (name, channel)


@pytest.mark.parametrize(
    "line", ["KLARNA* SPOTIFY", "KLARNA SPOTIFY AB", "AMAZON PAY*SPOTIFY"]
)
def test_who_carries_the_money_is_no_store(line: str) -> None:
    charge = found(line)

    assert (charge.service, charge.channel.value) == ("spotify", "direct")
