"""The list of somebody who helps several people, and of one person alone."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from rescind.adapters import clock
from rescind.adapters.settings.profile import PROFILE, keep_own
from rescind.settings import data_folder
from rescind.store import listing, standings
from rescind.store.models import CaseRecord, CheckRecord, EventRecord
from tests.logs import LOGS, log
from tests.web.test_desk_pages import GYM, told

pytestmark = pytest.mark.usefixtures("empty_store", "_no_profile")


@pytest.fixture
def _no_profile() -> Any:
    before = PROFILE.entries(data_folder())
    PROFILE.write(data_folder(), {})
    yield
    PROFILE.write(data_folder(), before)


@pytest.fixture
def client() -> Any:
    return Client(HTTP_HOST="127.0.0.1")


def opened(person: str, company: str, what: str = "sent", days_ago: int = 1) -> str:
    """Keep a case of a person, and return its id."""
    now = clock.now()
    record = CaseRecord.objects.create(
        opened_at=now - timedelta(days=days_ago),
        service="other",
        service_name=company,
        kind="cancel",
        facts={"country": "DE"},
        verdict={"topics": {}},
        sender={"name": person},
    )
    confirm_by = (now + timedelta(days=14 - days_ago)).date().isoformat()
    rows = [
        (
            kind,
            details | ({"confirm_by": confirm_by} if "confirm_by" in details else {}),
        )
        for kind, details in LOGS[what]
    ]
    events = log(*rows, at=now - timedelta(days=days_ago))
    for event in events:
        EventRecord.objects.create(
            case=record,
            number=event.number,
            kind=event.kind.value,
            at=event.at,
            known_by=event.known_by,
            details=dict(event.details),
        )
    standings.record(record, events)
    return str(record.pk)


def text(client: Any, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def companies(page: str) -> list[str]:
    return re.findall(r'href="/cases/[^"]*"><strong>([^<]+)', page)


def test_a_list_of_one_person_names_nobody_and_needs_no_search(client: Any) -> None:
    opened("Anna Müller", "Netflix")

    page = text(client, "/cases/")

    assert companies(page) == ["Netflix"]
    assert "Anna Müller" not in page
    assert 'name="q"' not in page


def test_each_case_of_several_people_names_whose_it_is(client: Any) -> None:
    PROFILE.write(data_folder(), {"name": "Ada Adviser"})
    opened("Ada Adviser", "Spotify")
    opened("Ben Client", "Coursera")
    opened("Cleo Client", "Coursera")

    page, first = text(client, "/cases/"), text(client, "/")

    for shown in (page, first):
        assert "Ben Client" in shown
        assert "Cleo Client" in shown
        assert "Ada Adviser" not in shown


@pytest.mark.parametrize("words", ["ben", "ben cour", "coursera client ben"])
def test_a_case_is_found_by_person_and_company(client: Any, words: str) -> None:
    opened("Ben Client", "Coursera")
    opened("Cleo Client", "Coursera")
    opened("Cleo Client", "Netflix")

    page = text(client, f"/cases/?q={words}")

    assert companies(page) == ["Coursera"]
    assert "Cleo" not in page
    assert f'value="{words}"' in page


def test_none_like_that_is_said(client: Any) -> None:
    opened("Ben Client", "Coursera")
    opened("Cleo Client", "Netflix")

    page = text(client, "/cases/?q=dora")

    assert companies(page) == []
    assert "None like that" in page


def test_which_cases_are_shown_can_be_chosen(client: Any) -> None:
    opened("Ben Client", "Waits")
    opened("Cleo Client", "Late", days_ago=90)
    opened("Cleo Client", "Over", "confirmed")

    shown = {
        which: sorted(companies(text(client, f"/cases/?which={which}")))
        for which in ("", "to_do", "waiting", "ended", "whatever")
    }

    assert shown == {
        "": ["Late", "Over", "Waits"],
        "to_do": ["Late"],
        "waiting": ["Waits"],
        "ended": ["Over"],
        "whatever": ["Late", "Over", "Waits"],
    }


def test_what_is_due_first_stands_first(client: Any) -> None:
    opened("Ben Client", "Newer", days_ago=1)
    opened("Cleo Client", "Older", days_ago=5)

    assert companies(text(client, "/cases/")) == ["Older", "Newer"]


@pytest.mark.usefixtures("ready_desk")
def test_a_case_page_names_whose_it_is(client: Any) -> None:
    PROFILE.write(data_folder(), {"name": "Ada Adviser"})
    opened("Ada Adviser", "Spotify")
    address, _ = told(client, "McFIT", GYM)
    ben = {"sender.name": "Ben Client", "sender.email": "ben@home.example.org"}
    mailed = {"act": "email:cancel", "cancel.to": "a@b.example"}
    client.post(f"{address}letters/", ben | mailed)

    assert "<strong>Ben Client</strong>" in text(client, address)


def test_a_case_has_room_for_who_signed_in() -> None:
    record = CaseRecord.objects.get(pk=opened("Ben Client", "Coursera"))

    assert record.owner is None
    assert CheckRecord._meta.get_field("owner").null  # noqa: SLF001 - how Django documents it
    assert listing.people() == ("Ben Client",)


def test_a_letter_in_another_name_leaves_ones_own_as_it_is() -> None:
    keep_own(data_folder(), {"name": "Ada Adviser", "email": "ada@home.example.org"})
    keep_own(data_folder(), {"name": "Ben Client", "email": "ben@home.example.org"})
    after_client = PROFILE.entries(data_folder())
    keep_own(data_folder(), {"name": "Ada Adviser", "address": "Ring 3"})

    assert after_client["email"] == "ada@home.example.org"
    assert PROFILE.entries(data_folder())["address"] == "Ring 3"
