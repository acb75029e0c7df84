"""What the line of a statement tells, typed as a name: the service, and who billed."""

import pytest

from rescind.app.know import checks
from rescind.app.know.check import check, named
from rescind.core.errors import BadInput

pytestmark = pytest.mark.usefixtures("empty_store")


@pytest.mark.parametrize(
    ("name", "service", "channel"),
    [
        ("PAYPAL *EXPRESSVPN", "expressvpn", "paypal"),
        ("GOOGLE *Tinder", "tinder", "google"),
        ("GOOGLE *Google One", "google-one", "google"),
        ("Google Play *Zorblatt", "other", "google"),
        ("SumUp *Zorblatt", "other", None),
        # by its entry no store bills it
        ("GOOGLE *Audible", "audible", None),
        ("Spotify AB", "spotify", None),
    ],
)
def test_a_mark_tells_who_bills(name: str, service: str, channel: str | None) -> None:
    facts = named({"service": name})

    assert (facts["service"], facts.get("channel")) == (service, channel)
    begun = checks.begin(name)
    assert (begun.service, begun.typed.get("channel")) == (service, channel)


def test_a_mark_of_paypal_is_offered_as_the_page_has_it() -> None:
    assert named({"service": "PAYPAL *SPOTIFY"})["channel"] == "paypal"
    assert checks.begin("PAYPAL *SPOTIFY").typed["channel"] == "web"


def test_what_somebody_says_comes_before_the_mark() -> None:
    facts = named({"service": "GOOGLE *Tinder", "channel": "web"})

    assert facts["channel"] == "web"
    assert checks.begin("GOOGLE *Tinder", {"channel": "web"}).typed["channel"] == "web"


def test_the_mark_is_no_part_of_a_company_s_name() -> None:
    assert checks.begin("PAYPAL *Zorblatt Ltd").name == "Zorblatt Ltd"


def test_paypal_only_takes_the_money() -> None:
    checked = check({"service": "spotify", "channel": "PayPal"})

    assert checked.facts.channel == "web"
    assert "paid_by_paypal" in {each.code for each in checked.verdict.warnings}


def test_paypal_that_an_entry_has_is_a_channel_of_its_own() -> None:
    checked = check({"service": "expressvpn", "channel": "paypal"})

    assert checked.facts.channel == "paypal"
    assert "paid_by_paypal" not in {each.code for each in checked.verdict.warnings}


def test_paypal_bills_nothing_that_only_a_store_bills() -> None:
    with pytest.raises(BadInput):
        check({"service": "icloud-plus", "channel": "paypal"})
