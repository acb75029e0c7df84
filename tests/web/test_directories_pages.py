"""The one box finds what was taken in from directories, and says who vouches for it."""

import html
import re
import shutil
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from rescind.adapters.data.directories import COMPANIES, FOLDER, Record, keep
from rescind.settings import data_folder, private_folder

pytestmark = pytest.mark.usefixtures("ready_desk")

LUMEN = Record(
    name="Lumen Reads GmbH",
    aliases=["Lumen Audio"],
    website="https://www.lumen-reads.example",
    domains=["lumen-reads.example"],
    countries=["DE"],
    address=["Beispielweg 4", "10115 Berlin"],
    email="privacy@lumen-reads.example",
    link="",
    difficulty="",
    sources=[],
)
"""Invented."""
ORIGIN = "companies (privacy contacts), taken in on 2026-11-20, not checked by us"


@pytest.fixture(autouse=True)
def _taken_in() -> Iterator[None]:
    keep(private_folder() / "catalogue-overlay", COMPANIES, [LUMEN], date(2026, 11, 20))
    yield
    shutil.rmtree(data_folder() / "catalogue-overlay" / FOLDER)


@pytest.fixture
def client() -> Client:
    return Client(HTTP_HOST="127.0.0.1:8000")


def begun(client: Client, name: str) -> str:
    page: str = client.post("/new/", {"name": name}).headers["Location"]
    return page.removesuffix("facts/")


def words(response: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def test_a_company_of_a_directory_is_shown_with_its_origin(client: Client) -> None:
    page = words(client.get(f"{begun(client, 'lumen audio')}facts/"))

    assert "In directories of others, not checked by us" in page
    assert "Lumen Reads GmbH" in page
    assert "Beispielweg 4, 10115 Berlin" in page
    assert ORIGIN in page


def test_its_name_is_taken_over_by_a_press(client: Client) -> None:
    address = begun(client, "lumen audio")

    client.post(f"{address}facts/service/", {"called": LUMEN["name"]})

    page = words(client.get(f"{address}facts/"))
    assert "Your contract with Lumen Reads GmbH" in page


def test_a_service_on_file_has_no_record_of_a_directory(client: Client) -> None:
    address = begun(client, "Netflix")

    client.post(f"{address}facts/service/", {"called": LUMEN["name"]})

    page = words(client.get(f"{address}facts/"))
    assert "Your Netflix subscription" in page
    assert "directories of others" not in page


def test_the_letter_names_the_address_and_does_not_use_it(client: Client) -> None:
    address = begun(client, "Lumen Reads GmbH")
    told = {"kind": "streaming", "country": "DE", "channel": "web", "period": "P1M"}
    client.post(f"{address}facts/", told | {"purchased_at": "2026-01-10"})

    page = words(client.get(f"{address}letters/"))

    assert f"{ORIGIN}: Lumen Reads GmbH, Beispielweg 4, 10115 Berlin" in page
    assert page.count("Beispielweg 4") == 1
