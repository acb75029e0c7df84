"""Contracts of several people and countries on one page: nothing of one in another."""

from typing import Any

import pytest

from rescind.adapters.settings.profile import PROFILE
from rescind.settings import data_folder
from rescind.store.checks import find
from tests.web.test_desk_pages import ANNA, GYM, begun, told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")


def test_an_address_does_not_stay_below_the_name_of_somebody_else(
    client: Any,
) -> None:
    PROFILE.change(data_folder(), {"name": "Anna Müller", "address": "Ring 3\nKöln"})
    address, _ = told(client, "McFIT", GYM)
    client.get(f"{address}letters/")

    erik = {"sender.name": "Erik Lund", "sender.address": "Ring 3\r\nKöln"}
    other = words(client.post(f"{address}letters/", erik))
    again = words(client.post(f"{address}letters/", erik))

    assert "Ring 3" not in other
    # who lives there as well types it again
    assert "Ring 3" in again


def test_the_address_stays_below_ones_own_name(client: Any) -> None:
    PROFILE.change(data_folder(), {"name": "Anna Müller", "address": "Ring 3\nKöln"})
    address, _ = told(client, "McFIT", GYM)

    assert "Ring 3" in words(client.post(f"{address}letters/", ANNA))


@pytest.mark.parametrize(
    ("home", "name", "service"),
    [
        ("SE", "Viaplay", "other"),
        ("GB", "Viaplay", "viaplay-uk"),
        ("SE", "Viaplay (United Kingdom)", "viaplay-uk"),
        ("SE", "Netflix", "netflix"),
    ],
)
def test_the_service_of_one_country_is_no_guess_for_another(
    client: Any, home: str, name: str, service: str
) -> None:
    PROFILE.change(data_folder(), {"country": home})

    address = begun(client, name)

    check = find(address.strip("/").rpartition("/")[2])
    assert check is not None
    assert check.service == service
    if service == "other":
        assert "Viaplay (United Kingdom)" in words(client.get(f"{address}facts/"))
