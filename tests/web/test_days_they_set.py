"""Days that a company sets, and those for a notice given again, count until met."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from rescind.app.follow import queries
from rescind.core.follow.due_day import DueKind
from rescind.store import selectors
from tests.web.conftest import stand_at
from tests.web.test_desk_pages import ANNA, told, words
from tests.web.test_first_last_day import agree_on, in_calendar, line_for
from tests.web.test_money_from_store import posted
from tests.web.test_no_notice_came import GYM, NO_NOTICE, OFFICE

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november", "no_calendar"
)
NUMBER = (
    "Guten Tag, bitte senden Sie uns bis zum 15.12.2026 Ihre Mitgliedsnummer, sonst "
    "können wir die Kündigung nicht bearbeiten."
)
DUES = (
    "Guten Tag, Ihr Beitrag für Dezember 2026 in Höhe von 39,90 € ist noch offen. "
    "Bitte überweisen Sie den Betrag bis zum 15.12.2026."
)
PAY = "Please pay by 15 December."
CLICK = (
    "Your cancellation request has been received. Please click the link below within "
    "24 hours to confirm your cancellation, otherwise your subscription will continue."
)
CONFIRMED = "Guten Tag, wir bestätigen Ihre Kündigung zum 13.02.2027."
RECEIPT = "Wir bestätigen den Eingang Ihrer Kündigung. Sie ist jetzt bei uns erfasst."
FIFTEENTH = date(2026, 12, 15), "Tuesday 15 December"
AGAIN = date(2027, 1, 12), "Tuesday 12 January 2027"


def noticed(client: Any, answer: str) -> str:
    """Return a case at a gym in Germany, whose notice got an answer."""
    case, _ = told(client, "Vitalis", GYM)
    client.post(f"{case}letters/", ANNA | OFFICE | {"act": "email:cancel"})
    posted(client, f"{case}reply/", {"words": answer})
    return case


def set_in(case: str) -> set[DueKind]:
    """Return which days of theirs count in a case."""
    kinds = {DueKind.COMPANY_SETS, DueKind.NOTICE_AGAIN}
    days = queries.due_days(case.split("/")[2])
    return {day.due.what for day in days} & kinds


@pytest.mark.parametrize("answer", [NUMBER, DUES, PAY])
def test_a_day_that_they_set_stands_everywhere(client: Any, answer: str) -> None:
    case = noticed(client, answer)

    agree_on(client, case, *FIFTEENTH)
    assert "The day that they set Tuesday 15 December 17 days left" in words(
        client.get(case)
    )
    assert line_for(case).what == "the day that they set:"


def test_a_count_of_hours_is_a_day_too(client: Any) -> None:
    case = noticed(client, CLICK)

    agree_on(client, case, date(2026, 11, 29), "tomorrow")
    assert line_for(case).what == "the day that they set:"


def test_the_day_to_give_notice_again_stands_everywhere(client: Any) -> None:
    case = noticed(client, NO_NOTICE)

    agree_on(client, case, *AGAIN)
    assert line_for(case).what == "give notice again by"


@pytest.mark.parametrize("answer", [NUMBER, NO_NOTICE])
def test_who_wrote_back_met_it(client: Any, answer: str) -> None:
    case = noticed(client, answer)
    client.post(
        f"{case}letters/?letter=reply",
        ANNA | OFFICE | {"letter": "reply", "act": "form:reply"},
    )

    assert not set_in(case)


@pytest.mark.parametrize("answer", [NUMBER, NO_NOTICE])
def test_an_end_that_they_name_meets_it(client: Any, answer: str) -> None:
    case = noticed(client, answer)
    posted(client, f"{case}reply/", {"words": CONFIRMED})

    assert not set_in(case)


def test_a_receipt_meets_what_was_said_never_to_have_come(client: Any) -> None:
    case = noticed(client, NO_NOTICE)
    posted(client, f"{case}reply/", {"words": RECEIPT})

    assert not set_in(case)


def test_money_that_they_want_outlasts_an_end_until_it_is_paid(client: Any) -> None:
    case = noticed(client, DUES)
    posted(client, f"{case}confirm/", {"ends_on": "2027-02-13"})
    wanted = set_in(case)
    posted(client, f"{case}happened/", {"what": "paid", "amount": "39.90 EUR"})

    assert wanted == {DueKind.COMPANY_SETS}
    assert not set_in(case)


def test_what_a_person_says_that_it_is_sets_its_day_by_when_it_came(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = noticed(client, CLICK)
    stand_at(datetime(2026, 11, 29, 9, tzinfo=UTC), monkeypatch)
    message = selectors.read_case(case.split("/")[2]).events[-1].details["message"]
    posted(client, f"{case}reads/{message}/", {"reads_as": "needs_information"})
    asked = set_in(case)
    line = line_for(case)
    posted(client, f"{case}reads/{message}/", {"reads_as": "confirmed"})

    assert asked == {DueKind.COMPANY_SETS}
    assert line.by == "today"
    assert not set_in(case)


def test_an_answer_that_sets_no_day_has_none(client: Any) -> None:
    assert not set_in(noticed(client, CONFIRMED))


FEE = (
    "Für die vorzeitige Kündigung berechnen wir eine Bearbeitungsgebühr von 50 €. "
    "Bitte überweisen Sie den Betrag bis zum 15.12.2026."
)
BILLS = {
    "de": DUES,
    "fr": "Votre cotisation de décembre 2026 (39,90 €) est impayée. Merci de régler "
    "avant le 15 décembre 2026.",
    "en": "Your fee of €39.90 for December is overdue. Please pay by 15 December 2026.",
}


def wrote_back(client: Any, case: str) -> str:
    """Return the words of a case's page once an answer to them went out."""
    told = {"letter": "reply", "act": "form:reply"}
    client.post(f"{case}letters/?letter=reply", ANNA | OFFICE | told)
    return words(client.get(case))


@pytest.mark.parametrize("bill", BILLS.values(), ids=BILLS)
def test_money_that_they_want_outlasts_a_letter_back(client: Any, bill: str) -> None:
    case = noticed(client, bill)

    page = wrote_back(client, case)

    assert "They want €39.90 by 15 December 2026, for the time before" in page
    assert "It was owed, and is paid" in page
    assert "they set Tuesday 15 December" in page
    assert "they set" in in_calendar(FIFTEENTH[0])
    assert line_for(case).last == "the day that they set: Tuesday 15 December"
    assert "the day that they set: Tuesday 15 December" in words(client.get("/"))

    posted(client, f"{case}happened/", {"what": "paid", "amount": "39.90 EUR"})
    assert "They want €39.90" not in words(client.get(case))
    assert not set_in(case)


def test_a_contested_fee_keeps_its_day_until_it_is_taken_back(client: Any) -> None:
    case = noticed(client, FEE)

    page = wrote_back(client, case)
    wanted = set_in(case)
    posted(client, f"{case}reply/", {"words": "Die Bearbeitungsgebühr entfällt."})

    assert "They want €50 by 15 December 2026, and have not taken that back" in page
    assert "It was owed, and is paid" not in page
    assert wanted == {DueKind.COMPANY_SETS}
    assert not set_in(case)
    assert "They want €50" not in words(client.get(case))


def test_an_end_that_is_recorded_since_leaves_the_bill(client: Any) -> None:
    case = noticed(client, DUES)
    wrote_back(client, case)
    posted(client, f"{case}reply/", {"words": CONFIRMED})
    page = posted(client, f"{case}confirm/", {"ends_on": "2027-02-13"})

    assert "They want €39.90 by 15 December 2026" in page
    assert "they set" in in_calendar(FIFTEENTH[0])
    assert line_for(case).by == "Tuesday 15 December"


def test_a_bill_whose_day_is_past_still_says_so(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = noticed(client, DUES)
    wrote_back(client, case)
    stand_at(datetime(2026, 12, 17, 9, tzinfo=UTC), monkeypatch)
    page = words(client.get(case))

    assert "€39.90 by 15 December 2026: the day is past" in page
    assert not set_in(case)
