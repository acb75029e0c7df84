"""Lists come in pages: none is longer than fifty, and every row is on one of them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from rescind.adapters import clock
from rescind.store import standings
from rescind.store.models import CaseRecord, EventRecord
from tests.logs import LOGS, log
from tests.store.test_standings import VERDICT

COUNT = 123


@pytest.fixture
def many_cases(empty_store: None) -> None:  # noqa: ARG001 - the database
    """Keep some cases that wait for an answer, and no more than that."""
    now = clock.now()
    for number in range(COUNT):
        record = CaseRecord.objects.create(
            opened_at=now - timedelta(minutes=number),
            service="other",
            service_name=f"Service {number:03}",
            kind="cancel",
            facts={"country": "DE"},
            verdict=VERDICT,
            sender={},
        )
        events = log(*LOGS["sent"], at=now - timedelta(days=1))
        EventRecord.objects.bulk_create(
            EventRecord(
                case=record,
                number=event.number,
                kind=event.kind.value,
                at=event.at,
                known_by=event.known_by,
                details=dict(event.details),
            )
            for event in events
        )
        standings.record(record, events)


@pytest.fixture
def client() -> Any:
    return Client(HTTP_HOST="127.0.0.1")


def listed(page: str) -> list[str]:
    return re.findall(r'href="/cases/[^"]*"><strong>(Service \d+)', page)


def days(page: str) -> list[str]:
    return re.findall(r"<li><strong>\d.*?</li>", page)


@pytest.mark.usefixtures("many_cases")
def test_every_case_is_on_one_page_the_newest_first(client: Any) -> None:
    pages = [client.get(f"/cases/?page={n}").content.decode() for n in (1, 2, 3, 4)]

    rows = [listed(page) for page in pages]

    assert [len(each) for each in rows] == [50, 50, 23, 0]
    assert [*rows[0], *rows[1], *rows[2]] == [f"Service {n:03}" for n in range(COUNT)]
    assert f"Page 1 · {COUNT} cases" in pages[0]
    assert 'rel="next" href="?page=2"' in pages[0]
    assert 'rel="prev"' not in pages[0]
    assert 'rel="prev" href="?page=2"' in pages[2]
    assert 'rel="next" href="?page=4"' not in pages[2]


@pytest.mark.usefixtures("many_cases")
def test_the_first_page_says_that_there_are_more(client: Any) -> None:
    page = client.get("/").content.decode()

    assert len(listed(page)) == 5
    assert '<a href="/cases/">See all</a>' in page


@pytest.mark.usefixtures("many_cases")
def test_every_day_is_on_one_page_and_the_other_list_stays(client: Any) -> None:
    found: list[str] = []
    number = 0
    for number in range(1, 20):
        page = client.get(f"/cases/?page=2&days={number}").content.decode()
        assert listed(page)[0] == "Service 050"
        found += days(page)
        if f"days={number + 1}" not in page:
            break

    assert len(found) == len(set(found))
    assert len(found) % COUNT == 0
    assert len(found) > 50 * (number - 1)


@pytest.mark.usefixtures("many_cases")
@pytest.mark.parametrize("page", ["0", "-1", "x", "", "1e3", "9" * 400, "²"])
def test_what_is_no_number_of_a_page_shows_a_page(client: Any, page: str) -> None:
    response = client.get("/cases/", {"page": page, "days": page})

    assert response.status_code == 200


@pytest.mark.usefixtures("many_cases")
def test_a_program_that_has_the_calendar_is_not_sent_it_again(client: Any) -> None:
    first = client.get("/cases/due.ics")
    again = client.get("/cases/due.ics", headers={"If-None-Match": first["ETag"]})

    assert first.content.count(b"BEGIN:VEVENT") > COUNT
    assert (again.status_code, again.content) == (304, b"")
