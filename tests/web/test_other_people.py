"""Contracts of several people and countries on one page: nothing of one in another."""

from typing import Any

import pytest

from rescind.adapters import clock
from rescind.adapters.settings.profile import PROFILE
from rescind.app.follow import cases
from rescind.settings import data_folder
from rescind.store import listing
from rescind.store.checks import find
from rescind.web.bench import bench
from rescind.web.case_lines import case_lines
from tests.conftest import FACTS, SENDER
from tests.web.test_dead_ends import redrawn
from tests.web.test_desk_pages import ANNA, GYM, begun, told, words

OFFICE = {"cancel.to": "mail@mcfit.example.org"}
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


JONAS = {
    "name": "Jonas Weber",
    "email": "jonas@home.example.org",
    "address": "Ring 3\nKöln",
    "phone": "0221 4711",
    "bank_name": "Sparbank",
}
MARIA = {"sender.name": "Maria Lopez", "sender.email": "maria@home.example.org"}


def test_a_field_for_the_address_of_another_comes_back_empty(client: Any) -> None:
    """With the script on, it would be typed again with the next field."""
    PROFILE.change(data_folder(), JONAS)
    address, _ = told(client, "McFIT", GYM)
    typed = MARIA | {"sender.address": "Ring 3\r\nKöln", "shown": "cancel"}

    page = redrawn(client, address, typed)

    assert "Ring 3" not in page
    assert '<div id="own-address" hx-swap-oob="true"></div>' in page
    assert '<div id="sendings" hx-swap-oob="true">' in page


def test_an_address_stands_beside_the_name_whichever_way_it_goes(client: Any) -> None:
    PROFILE.change(data_folder(), JONAS)
    address, _ = told(client, "McFIT", GYM)

    page = client.get(f"{address}letters/").content.decode()

    about_you = page.split("<h2>About you</h2>")[1].split('id="sheets"')[0]
    assert 'name="sender.address"' in about_you
    assert page.count('name="sender.address"') == 1


def test_nothing_of_one_person_is_kept_below_the_name_of_another(client: Any) -> None:
    PROFILE.change(data_folder(), JONAS)
    address, _ = told(client, "McFIT", GYM)
    client.post(f"{address}letters/", MARIA)

    laid = bench(address.strip("/").rpartition("/")[2])
    assert "phone" not in laid.sender
    assert "bank_name" not in laid.sender
    client.post(f"{address}letters/", MARIA | {"own": "1"})
    kept = PROFILE.entries(data_folder())
    assert kept["name"] == "Maria Lopez"
    assert not any(kept.get(name) for name in ("address", "phone", "bank_name"))
    other, _ = told(client, "Jonny M", GYM)
    assert "Ring 3" not in words(client.get(f"{other}letters/"))


def test_a_name_with_a_letter_corrected_keeps_what_is_the_persons(client: Any) -> None:
    PROFILE.change(data_folder(), JONAS)
    address, _ = told(client, "McFIT", GYM)

    right = {"sender.name": "Jonas Webber", "own": "1"}
    client.post(f"{address}letters/", right)

    assert PROFILE.entries(data_folder())["phone"] == JONAS["phone"]


def test_the_case_of_another_has_nothing_of_the_one_who_is_kept(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)
    client.post(f"{address}letters/", MARIA)
    client.post(f"{address}letters/", MARIA | {"act": "email:cancel"} | OFFICE)
    PROFILE.write(data_folder(), JONAS)

    page = words(client.get(f"{address}letters/?letter=refund"))

    assert "Maria Lopez" in page
    assert "Ring 3" not in page


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


@pytest.mark.usefixtures("no_cases")
def test_a_case_stays_ones_own_once_ones_name_is_another(client: Any) -> None:
    PROFILE.change(data_folder(), {"name": "Anna Müller", "country": "DE"})
    cases.new_case(FACTS, SENDER | {"name": "Anna Müller"})
    cases.new_case(FACTS, SENDER | {"name": "Maria Lopez"})

    client.post("/settings/you/", {"name": "Anna Schmidt", "email": "", "address": ""})
    cases.new_case(FACTS, SENDER | {"name": "Anna Schmidt"})
    lines = case_lines(listing.listed_cases(clock.now()))
    persons = {line.person for line in (*lines.act, *lines.waiting)}

    assert PROFILE.entries(data_folder())["name"] == "Anna Schmidt"
    assert persons == {"", "Maria Lopez"}
