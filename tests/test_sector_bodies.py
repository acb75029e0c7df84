"""Who takes complaints about telecom, energy and insurance, where that is on file."""

import pytest

from rescind.adapters.data.letters import language
from rescind.app.act.bodies import competent_body, seat_of
from rescind.app.know.check import check
from tests.letters.scenarios import PLACES

OWN = {
    ("IT", "telecom"): "it-conciliaweb",
    ("IT", "energy"): "it-arera-conciliazione",
    ("IT", "insurance"): "it-arbitro-assicurativo",
    ("AT", "telecom"): "at-rtr",
    ("AT", "energy"): "at-e-control",
    ("DE", "telecom"): "de-bnetza",
    ("DE", "energy"): "de-schlichtung-energie",
    ("DE", "insurance"): "de-versicherungsombudsmann",
    ("DK", "telecom"): "dk-teleankenaevnet",
    ("DK", "energy"): "dk-energianke",
    ("DK", "insurance"): "dk-ankeforsikring",
    ("NO", "telecom"): "no-brukerklagenemnda",
    ("ES", "telecom"): "es-oaut",
    ("FR", "insurance"): "fr-mediation-assurance",
    ("BE", "insurance"): "be-ombudsman-insurance",
    ("NL", "insurance"): "nl-kifid",
    ("IE", "telecom"): "ie-comreg",
    ("GB", "insurance"): "uk-fos",
    ("PL", "telecom"): "pl-uke",
}


@pytest.mark.parametrize(("place", "kind"), OWN)
def test_a_trade_has_its_own_body(place: str, kind: str) -> None:
    body = competent_body(place, "cancellation", kind)

    assert body is not None
    assert body.id == OWN[place, kind]


@pytest.mark.parametrize("place", sorted({place for place, _ in OWN}))
def test_no_other_trade_is_sent_there(place: str) -> None:
    for kind in ("gym", "streaming", "dating"):
        body = competent_body(place, "cancellation", kind)
        assert body is None or body.id not in OWN.values()


def test_a_withdrawal_is_no_matter_of_the_german_regulators() -> None:
    body = competent_body("DE", "withdrawal", "telecom")

    assert body is not None
    assert body.id == "de-universalschlichtung"


def test_each_is_named_as_its_own_language_does() -> None:
    spoken = {country: tag for tag, (country, *_) in PLACES.items()}
    for (place, kind), slug in OWN.items():
        tag = spoken.get(place)
        if tag in ("de", "fr", "it", "nl"):
            assert f"body_{slug}" in language(tag)["labels"], (slug, kind)


def test_a_company_abroad_is_no_matter_for_the_body_at_home() -> None:
    """Tinder's company for Austria sits in Ireland: Austrian bodies take Austrians."""
    body = competent_body("AT", "refund", "dating", "IE")

    assert body is not None
    assert body.id == "eu-ecc-net"
    at_home = competent_body("AT", "refund", "dating", "AT")
    assert at_home is not None
    assert at_home.id == "at-verbraucherschlichtung"


def test_who_helps_across_a_border_is_not_named_where_there_is_none() -> None:
    """In Poland no other body is on file for an energy supplier."""
    assert competent_body("PL", "cancellation", "energy") is None
    assert competent_body("PL", "cancellation", "streaming", "PL") is None
    abroad = competent_body("PL", "cancellation", "streaming", "NL")
    assert abroad is not None
    assert abroad.id == "eu-ecc-net"


def test_the_seat_is_that_of_the_company_on_file() -> None:
    checked = check({"service": "tinder", "channel": "google", "country": "AT"})

    assert seat_of(checked) == "IE"
    unknown = check({"service": "other", "merchant": "X", "channel": "web"})
    assert seat_of(unknown) is None


EUROPEAN = [("coursera", "DE", "NL"), ("coursera", "AT", "NL"), ("netflix", "FR", "NL")]


@pytest.mark.parametrize(("service", "place", "seat"), EUROPEAN)
def test_a_company_for_europe_is_a_matter_of_the_centre_of_the_consumers_country(
    service: str, place: str, seat: str
) -> None:
    """Also where the file has its address alone, and no company of the contract."""
    checked = check({"service": service, "channel": "web", "country": place})

    assert seat_of(checked) == seat
    body = competent_body(place, "refund", checked.service.kind, seat_of(checked))
    assert body is not None
    assert body.id == "eu-ecc-net"


def test_an_address_for_everywhere_is_no_seat_of_the_contracts_company() -> None:
    checked = check({"service": "coursera", "channel": "web", "country": "BR"})

    assert seat_of(checked) is None


def test_after_the_centre_nobody_is_named_who_takes_companies_at_home_alone() -> None:
    centre = competent_body("DE", "refund", "course", "NL")
    assert centre is not None

    after = competent_body("DE", "refund", "course", "NL", besides=centre.name)

    assert after is not None
    assert after.id == "de-verbraucherzentrale"
    assert competent_body("AT", "refund", "course", "NL", besides=centre.name) is None
