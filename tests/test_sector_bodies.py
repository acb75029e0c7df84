"""Who takes complaints about telecom, energy and insurance, where that is on file."""

import pytest

from rescind.adapters.data.letters import language
from rescind.app.act.bodies import competent_body
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
