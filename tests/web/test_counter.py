"""Registered post is called what it is called where the letter is posted."""

from typing import Any

import pytest

from rescind.adapters import clock
from rescind.adapters.settings.profile import PROFILE
from rescind.settings import data_folder
from rescind.store import checks
from tests.web.test_desk_pages import ANNA, told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

DATING = {
    "kind": "dating",
    "sold_by": "online",
    "channel": "web",
    "purchased_at": "2026-11-10",
    "period": "P1M",
    "price": "29.99",
}
COUNTRIES = {
    "US": ({"country": "US", "part_US": "US-CA"}, "USPS Certified Mail"),
    "GB": ({"country": "GB"}, "Royal Mail Signed For"),
    "FR": ({"country": "FR"}, "lettre recommandée avec avis de réception"),
}


@pytest.fixture
def german_profile() -> None:
    """Let whoever uses the program live in Germany by the settings."""
    PROFILE.write(data_folder(), {"name": "Anna Müller", "country": "DE"})


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.usefixtures("german_profile")
def test_a_case_names_the_post_of_its_own_country(client: Any, country: str) -> None:
    place, name = COUNTRIES[country]
    case, _ = told(client, "Herzblatt", DATING | place)
    first = words(client.get(f"{case}letters/"))
    client.post(f"{case}letters/", ANNA | {"act": "form:cancel"})

    later = words(client.get(f"{case}letters/?letter=stop-charging"))

    for page in (first, later):
        assert f"Ask for: {name}" in page
        assert "Einschreiben" not in page


@pytest.mark.usefixtures("german_profile")
def test_a_case_without_a_letter_names_it_too(client: Any) -> None:
    facts = {
        "service": "other",
        "merchant": "Herzblatt",
        "kind": "dating",
        "channel": "web",
        "country": "US-CA",
        "purchased_at": "2026-08-10",
        "period": "P1M",
        "price": "29.99 USD",
        "happened": "cancelled",
        "cancelled_at": "2026-11-20",
    }
    check = checks.begin("other", "Herzblatt", facts, now=clock.now())
    client.post(f"/cases/{check.id}/go-on/", follow=True)

    page = words(client.get(f"/cases/{check.id}/letters/?letter=second-notice"))

    assert "Ask for: USPS Certified Mail" in page
    assert "Einschreiben" not in page
