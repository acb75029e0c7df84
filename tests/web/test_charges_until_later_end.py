"""The charges that are owed until a later end, and the first that may not come."""

from datetime import date
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.app.follow import cases, queries
from rescind.core.follow.due_day import DueKind
from rescind.store import listing
from rescind.web.case_lines import case_lines
from tests.conftest import SENDER
from tests.web.test_another_day import id_of, page_of

pytestmark = pytest.mark.usefixtures("no_cases", "ready_desk", "sunday_29_november")

STREAM = {
    "service": "other",
    "merchant": "Strömmen",
    "kind": "streaming",
    "channel": "web",
    "sold_by": "online",
    "country": "SE",
    "purchased_at": "2026-03-05",
    "paid_at": "2026-11-05",
    "term": "P1M",
    "renewal_term": "P1M",
    "notice": "P1D",
    "period": "P1M",
    "price": "89 SEK",
}
LATER = "Vi bekräftar din uppsägning. Ditt abonnemang upphör den 31 december 2026."


def days_of(case: str, what: DueKind) -> list[Any]:
    every = queries.due_days(id_of(case))
    return [day.due.by for day in every if day.due.what is what]


def sent(told: dict[str, str] = STREAM) -> str:
    case_id = cases.new_case(told, SENDER)
    cases.say_sent(case_id, "e-mail", None)
    return f"/cases/{case_id}/"


def test_the_charges_until_their_later_day_are_listed(client: Any) -> None:
    case = sent()
    client.post(f"{case}reply/", {"words": LATER})
    page = page_of(client, case)
    client.post(f"{case}confirm/", {"ends_on": "2026-12-31"})

    assert "about SEK 89 more" in page
    assert days_of(case, DueKind.RIGHTFUL) == [date(2026, 12, 5)]
    assert days_of(case, DueKind.CHARGE) == [date(2027, 1, 5)]


def test_a_later_day_costs_nothing_where_it_is_paid_for_already(client: Any) -> None:
    year = {"term": "P12M", "renewal_term": "P12M", "period": "P1Y"}
    case = sent(STREAM | year | {"paid_at": "2026-11-25", "price": "399 SEK"})
    later = LATER.replace("31 december 2026", "24 november 2027")
    client.post(f"{case}reply/", {"words": later})

    page = page_of(client, case)

    assert "Costs about" not in page
    assert "more for the time until then" not in page


def test_a_charge_that_is_owed_either_way_is_no_cost_of_a_later_day(
    client: Any,
) -> None:
    """That of 5 January comes by our end too, which is on the 9th."""
    case = sent(STREAM | {"notice": "P1M"})
    later = LATER.replace("31 december 2026", "31 januari 2027")
    client.post(f"{case}reply/", {"words": later})

    assert "about SEK 89 more" in page_of(client, case)


def test_the_days_of_the_charges_are_read_on_the_page(client: Any) -> None:
    case = sent()
    client.post(f"{case}confirm/", {"ends_on": "2027-02-28"})

    page = client.get("/cases/").text
    calendar = client.get("/cases/due.ics").content.decode()

    assert "A charge comes that is still owed" in page
    assert calendar.count("rightful-charge") >= 3 or calendar.count("still owed") >= 3


def test_a_charge_that_is_owed_is_no_deadline_of_a_case_that_is_safe(
    client: Any,
) -> None:
    case = sent()
    client.post(f"{case}confirm/", {"ends_on": "2027-02-28"})

    line = next(
        each
        for each in case_lines(
            listing.listed_cases(clock.now()), queries.page_of_due_days(slice(0, 50))
        ).safe
        if each.id == id_of(case)
    )
    calendar = client.get("/cases/due.ics").content.decode().replace("\r\n ", "")

    assert (line.by, line.left) == ("", "")
    assert "No charge may come any more" in calendar
    assert "The next charge is due\\, if it was not ended" not in calendar


def test_a_new_price_counts_once_it_applies(client: Any) -> None:
    told = STREAM | {"new_price": "109 SEK", "change_on": "2027-01-01"}
    case = sent(told)
    client.post(
        f"{case}reply/",
        {"words": LATER.replace("31 december", "31 januari").replace("2026", "2027")},
    )

    assert "about SEK 198 more" in page_of(client, case)


def test_a_fee_beside_a_later_day_is_shown(client: Any) -> None:
    case = sent(STREAM | {"country": "PL", "price": "65 PLN"})
    words = (
        "Potwierdzamy wypowiedzenie. Umowa ulega rozwiązaniu z dniem 5 marca 2027 r. "
        "Naliczymy opłatę wyrównawczą w wysokości 390 zł."
    )
    client.post(f"{case}reply/", {"words": words})

    page = page_of(client, case)

    assert "later than it should" in page
    assert "They want PLN 390" in page
