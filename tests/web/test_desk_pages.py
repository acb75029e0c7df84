"""From a name to letters that are out: the pages, without a browser."""

import re
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.app.follow import queries
from rescind.store import checks

pytestmark = pytest.mark.usefixtures("ready_desk")

COURSERA = {
    "offer": "plus-annual",
    "channel": "web",
    "country": "DE",
    "purchased_at": "23.11.2026",
    "price": "372",
}
GYM = {
    "kind": "gym",
    "sold_by": "premises",
    "channel": "web",
    "country": "DE",
    "purchased_at": "1.2.2025",
    "term": "count",
    "term_count": "12",
    "term_unit": "M",
    "notice": "P1M",
    "price": "24,90",
    "period": "P1M",
}
NOON = datetime(2026, 11, 28, 11, tzinfo=UTC)
_ticks = count()
ANNA = {"sender.name": "Anna Müller", "sender.email": "anna@home.example.org"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be Saturday 28 November 2026: the days below are counted from it."""
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(seconds=next(_ticks)))


@pytest.fixture
def client() -> Any:
    from django.test import Client

    return Client(HTTP_HOST="127.0.0.1:8000")


def words(response: Any) -> str:
    text: str = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def begun(client: Any, name: str) -> str:
    """Say what is to be stopped, and return the address of its check."""
    response = client.post("/new/", {"name": name})
    assert response.status_code == 302
    return str(response["Location"]).removesuffix("facts/")


def told(client: Any, name: str, typed: dict[str, str]) -> tuple[str, str]:
    """Return a check's address, and the words of its answer."""
    address = begun(client, name)
    response = client.post(f"{address}facts/", typed, follow=True)
    assert response.redirect_chain[-1][0].endswith("/answer/"), words(response)
    return address, words(response)


def test_an_answer_says_what_by_when_and_for_how_much(client: Any) -> None:
    _, answer = told(client, "Coursera", COURSERA)

    assert "Ask Coursera for your €372 back, then cancel" in answer
    assert "Sunday 6 December, 10:00" in answer
    assert "Prepare both letters" in answer


def test_a_contract_that_is_not_on_file_gets_as_far(client: Any) -> None:
    _, answer = told(client, "McFIT", GYM)

    assert "Cancel with McFIT" in answer
    assert "Prepare the letter" in answer
    assert "withdraw" not in answer


def test_nothing_is_written_to_a_company_that_a_store_bills_for(client: Any) -> None:
    typed = COURSERA | {"channel": "apple", "country": "US", "part_US": "US-NY"}
    address, answer = told(client, "Coursera", typed | {"purchased_at": "3/1/2026"})

    page = words(client.get(f"{address}letters/"))

    assert "Apple" in answer
    assert "reportaproblem.apple.com" in page
    assert "To whom it may concern" not in page


def test_what_cannot_be_read_is_named_at_its_field_and_kept(client: Any) -> None:
    address = begun(client, "Coursera")

    response = client.post(
        f"{address}facts/", COURSERA | {"price": "lots"}, follow=True
    )

    assert response.status_code == 422
    assert "no sum that can be read" in words(response)
    assert 'value="lots"' in response.content.decode()
    assert 'value="23.11.2026"' in response.content.decode()


def test_a_day_that_can_be_two_is_asked(client: Any) -> None:
    address = begun(client, "Coursera")

    typed = COURSERA | {"purchased_at": "3/1/2026", "country": ""}
    response = client.post(f"{address}facts/", typed, follow=True)

    assert "3 January 2026" in words(response)
    assert "1 March 2026" in words(response)


def test_not_sure_everywhere_still_gives_a_next_step(client: Any) -> None:
    address = begun(client, "Some Box")

    response = client.post(f"{address}facts/", {"unsure_price": "on"}, follow=True)

    assert response.status_code == 200
    assert "Find out who charges you" in words(response)
    assert "Who charges you?" in words(response)


def test_a_fact_asked_for_in_the_card_changes_the_answer(client: Any) -> None:
    typed = {name: text for name, text in COURSERA.items() if name != "channel"}
    address, answer = told(client, "Coursera", typed)
    assert "Who charges you?" in answer

    response = client.post(f"{address}tell/", {"channel": "web"}, follow=True)

    assert "Ask Coursera for your €372 back" in words(response)


def test_unfinished_checks_wait_on_the_first_page(client: Any) -> None:
    told(client, "McFIT", GYM)
    begun(client, "Nothing told of it")

    home = words(client.get("/"))

    assert "McFIT" in home
    assert "Nothing told of it" not in home


def test_a_name_that_is_nearly_on_file_is_asked_about(client: Any) -> None:
    address = begun(client, "Corsera")
    assert "Did you mean" in words(client.get(f"{address}facts/"))

    client.post(f"{address}facts/service/", {"service": "coursera"})

    assert "Your Coursera subscription" in words(client.get(f"{address}facts/"))


def test_both_letters_are_ready_and_go_out_by_the_persons_word(client: Any) -> None:
    address, _ = told(client, "Coursera", COURSERA)
    page = words(client.get(f"{address}letters/"))
    assert "Your two letters" in page
    assert "Please refund the €372.00" in page

    response = client.post(
        f"{address}letters/", ANNA | {"act": "form:refund,cancel"}, follow=True
    )

    case_id = response.redirect_chain[-1][0].split("/")[2]
    case = queries.show_case(case_id)
    assert [event["kind"] for event in case["events"]].count("said_sent") == 2
    assert case["state"] == "sent"
    assert case_id not in {check.id for check in checks.waiting()}


def test_the_sheet_shows_what_is_typed_about_the_letter(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)

    typed = ANNA | {"all.merchant_address": "Gate 1\n10117 Berlin"}
    typed |= {"cancel.reason": "My knee is broken."}
    page = words(client.post(f"{address}letters/", typed))

    assert "Gate 1" in page
    assert "My knee is broken." in page
    pdf = client.get(f"{address}letters/cancel.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert (
        client.get(f"{address}letters/cancel.eml")["Content-Type"] == "message/rfc822"
    )


def test_practice_is_a_copy_and_uses_nothing_up(client: Any) -> None:
    address, _ = told(client, "Coursera", COURSERA)

    response = client.post(
        f"{address}letters/", ANNA | {"act": "practise:refund,cancel"}, follow=True
    )

    assert "Practice done" in words(response)
    assert response.redirect_chain[-1][0] != address
    assert "Prepare both letters" in words(client.get(f"{address}answer/"))


def test_post_wants_an_address_to_answer_to(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)

    response = client.post(f"{address}letters/", ANNA | {"act": "post:cancel"})

    assert response.status_code == 422
    assert "By post they answer to your address" in words(response)
    assert not checks.has_case(address.split("/")[2])


def test_a_sender_is_filled_in_the_next_time(client: Any) -> None:
    first, _ = told(client, "McFIT", GYM)
    client.post(f"{first}letters/", ANNA)
    second, _ = told(client, "Coursera", COURSERA)

    page = client.get(f"{second}letters/").content.decode()

    assert 'value="Anna Müller"' in page


def test_a_day_is_read_back_and_kept_at_once(client: Any) -> None:
    address = begun(client, "Coursera")

    response = client.post(
        f"{address}facts/read/",
        {"purchased_at": "23.11.2026"},
        HTTP_HX_TRIGGER_NAME="purchased_at",
    )

    assert "Monday 23 November 2026" in words(response)
    assert 'value="23.11.2026"' in client.get(f"{address}facts/").content.decode()


def sent_case(client: Any) -> str:
    """Send both letters by the person's word, and return the case's address."""
    address, _ = told(client, "Coursera", COURSERA)
    client.post(f"{address}letters/", ANNA | {"act": "form:refund,cancel"})
    return address


def test_a_case_says_where_it_stands_and_what_comes_next(client: Any) -> None:
    page = words(client.get(sent_case(client)))

    assert "Waiting for Coursera" in page
    assert "If nothing comes by Saturday 12 December, send a reminder" in page
    assert "You sent it: request for a refund" in page


def test_pasted_words_are_read_and_a_no_in_disguise_ends_nothing(client: Any) -> None:
    case = sent_case(client)
    no = "Dear Anna, we cannot accept your cancellation. Please call us."

    page = words(client.post(f"{case}reply/", {"words": no}, follow=True))

    assert "Coursera has not confirmed" in page
    assert "Prepare the answer" in page


def test_a_confirmation_is_settled_by_the_persons_word(client: Any) -> None:
    case = sent_case(client)
    yes = "Your subscription is cancelled. It ends on 22 November 2027."
    page = words(client.post(f"{case}reply/", {"words": yes}, follow=True))
    assert "Coursera says it ends on Monday 22 November 2027" in page

    client.post(f"{case}confirm/", {"ends_on": "2027-11-22"})

    assert "Ends on Monday 22 November 2027" in words(client.get(case))


def test_no_words_are_no_answer(client: Any) -> None:
    response = client.post(f"{sent_case(client)}reply/", {"words": " "})

    assert response.status_code == 422


def test_practice_bears_a_badge_and_leads_back(client: Any) -> None:
    address, _ = told(client, "Coursera", COURSERA)

    form = ANNA | {"act": "practise:refund,cancel"}
    page = client.post(f"{address}letters/", form, follow=True)

    assert "Practice: nothing was sent" in words(page)
    assert f"{address}letters/" in page.content.decode()


def test_a_charge_after_the_end_is_told_by_a_tick(client: Any) -> None:
    typed = COURSERA | {"country": "US", "part_US": "US-TX", "purchased_at": ""}
    typed |= {"happened": "charged-after", "charged-after.cancelled_at": "Aug 10 2026"}
    typed |= {"charged-after.paid_at": "Nov 10 2026", "paid_at": "", "price": "59"}

    _, answer = told(client, "Coursera", typed)

    assert "They charged you after the end" in answer
    assert "$59 back" in answer
    assert "Prepare the 3 letters" in answer
