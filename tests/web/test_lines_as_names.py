"""A line of a statement, typed where a name is asked for: sum and day are no name."""

from typing import Any

import pytest

from rescind.store.checks import OpenCheck, find
from tests.web.test_desk_pages import ANNA, begun, told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

XBOX = {"kind": "software", "sold_by": "online", "channel": "web", "country": "DE"}
XBOX |= {"price": "10,99 EUR", "period": "P1M", "paid_at": "20.11.2026"}


def check_of(client: Any, name: str) -> OpenCheck:
    check = find(begun(client, name).strip("/").rpartition("/")[2])
    assert check is not None
    return check


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("XBOX *GAME PASS 10,99", ("other", "Xbox Game Pass", "10,99", "")),
        ("SPOTIFY 10,99", ("spotify", "Spotify", "10,99", "")),
        ("NETFLIX.COM 13,99", ("netflix", "Netflix", "13,99", "")),
        ("NETFLIX.COM -13,99 EUR", ("netflix", "Netflix", "13,99 EUR", "")),
        ("12.11. NETFLIX.COM 13,99-", ("netflix", "Netflix", "13,99", "12.11.")),
        ("Kartenzahlung NETFLIX.COM 866-579-7172", ("netflix", "Netflix", "", "")),
        ("ZORBLATT FIT €29", ("other", "ZORBLATT FIT", "29 EUR", "")),
        ("PEACOCK GYM 29,99", ("other", "Peacock Gym", "29,99", "")),
        ("Studio 54 129,00 EUR", ("other", "Studio 54", "129,00 EUR", "")),
    ],
)
def test_a_line_of_a_statement_is_taken_apart(
    client: Any, line: str, read: tuple[str, ...]
) -> None:
    check = check_of(client, line)

    told = (check.typed.get(name, "") for name in ("price", "paid_at"))
    assert (check.service, check.name, *told) == read


@pytest.mark.parametrize(
    "name",
    ["24 Hour Fitness", "Canal 7", "Studio 54", "O2", "3", "Channel 4", "Gym 24/7"],
)
def test_a_number_in_a_name_stays_there(client: Any, name: str) -> None:
    check = check_of(client, name)

    assert check.name == name
    assert not check.typed


def test_the_line_of_a_store_tells_its_sum_and_asks_for_the_app(client: Any) -> None:
    check = check_of(client, "APPLE.COM/BILL 9,99")
    page = words(client.get(f"/cases/{check.id}/facts/"))

    assert dict(check.typed) == {"channel": "apple", "price": "9,99"}
    assert "Which app or service is it?" in page


def test_the_name_of_a_line_is_shown_to_be_corrected_and_its_sum_beside_the_price(
    client: Any,
) -> None:
    address = begun(client, "XBOX *GAME PASS 10,99")

    page = client.get(f"{address}facts/").content.decode()

    assert "What is the company called?" in page
    assert 'name="merchant" value="Xbox Game Pass"' in page
    assert "Your statement says “XBOX *GAME PASS”" in page
    assert 'name="price" inputmode="decimal" value="10,99"' in page
    client.post(f"{address}facts/", XBOX | {"merchant": "Microsoft Ireland"})
    letters = words(client.get(f"{address}letters/"))
    assert "Microsoft Ireland" in letters
    assert "XBOX" not in letters


def test_the_name_of_any_company_that_is_not_on_file_can_be_corrected(
    client: Any,
) -> None:
    address, _ = told(client, "Zappelin", XBOX)

    client.post(f"{address}facts/", XBOX | {"merchant": "Zappeline"})

    assert "Zappeline" in words(client.get(f"{address}answer/"))


def test_no_letter_goes_to_a_name_that_only_a_line_has_told(client: Any) -> None:
    address = begun(client, "ZORBLATT FIT 29,99")
    # the answer's own questions do not show the name
    client.post(f"{address}tell/", {"country": "DE", "channel": "web"})

    response = client.get(f"{address}letters/", follow=True)

    assert response.redirect_chain[-1][0].endswith("/facts/?name=1")
    assert "Nothing goes out to a name that only a statement shows" in words(response)
    client.post(f"{address}letters/", ANNA | {"act": "email:cancel"})
    assert client.get(f"{address}letters/cancel.pdf").status_code >= 400
    client.post(f"{address}facts/", XBOX | {"merchant": "ZORBLATT FIT"})
    assert client.get(f"{address}letters/").status_code == 200
