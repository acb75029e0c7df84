"""Who cancelled or withdrew before goes on from there, in a case without a letter."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.store import checks, selectors
from tests.web.conftest import stand_at
from tests.web.test_desk_pages import ANNA, words

pytestmark = pytest.mark.usefixtures("no_cases", "ready_desk", "sunday_29_november")

FACTS = {"service": "other", "channel": "web", "country": "DE"}
MOBILE = {
    **FACTS,
    "merchant": "Funkturm",
    "kind": "mobile",
    "purchased_at": "2025-01-10",
    "term": "P24M",
    "period": "P1M",
    "price": "20 EUR",
    "happened": "cancelled",
    "cancelled_at": "2026-11-20",
}
DATING = {
    **FACTS,
    "merchant": "Herzblatt",
    "kind": "dating",
    "purchased_at": "2026-11-10",
    "term": "P12M",
    "period": "P1Y",
    "price": "369 EUR",
    "start_requested": "true",
    "withdrawal_informed": "true",
    "happened": "withdrawn",
    "withdrawn_at": "2026-11-20",
}
NOTED = "Ihre Kündigung ist vorgemerkt. Damit sie wirksam wird, rufen Sie uns an."


def begun(facts: dict[str, str]) -> str:
    check = checks.begin("other", facts["merchant"], facts, now=clock.now())
    return f"/cases/{check.id}/"


def gone_on(client: Any, facts: dict[str, str]) -> tuple[str, str]:
    """Go on from what was done before, and return the case with its words."""
    address = begun(facts)
    page = client.post(f"{address}go-on/", follow=True)
    assert page.redirect_chain[-1][0] == address
    return address, words(page)


def letter(client: Any, address: str, kind: str) -> str:
    page = client.get(f"{address}letters/?letter={kind}")
    return " ".join(re.findall(r"<pre.*?</pre>", page.content.decode(), re.DOTALL))


def test_an_answer_does_not_say_that_all_is_well(client: Any) -> None:
    page = words(client.get(f"{begun(MOBILE)}answer/"))

    assert "You cancelled on 20 November; do you have a confirmation?" in page
    assert "Go on from there" in page
    assert "It is cancelled" not in page


def test_a_cancellation_without_a_confirmation_goes_on(client: Any) -> None:
    address, page = gone_on(client, MOBILE)

    assert "You cancelled on Friday 20 November; do you have a confirmation?" in page
    for button in ("They answered", "Ask for a confirmation", "Add the confirmation"):
        assert button in page
    assert "You cancelled, by your word" in page
    assert "Nothing was sent yet" not in words(client.get("/cases/"))
    asks = letter(client, address, "second-notice")
    assert "habe ich am 20. November 2026 gekündigt. Eine Bestätigung" in asks
    assert "Schreiben" not in asks


def test_their_answer_to_it_has_its_place(client: Any) -> None:
    address, _ = gone_on(client, MOBILE)
    page = words(client.post(f"{address}reply/", {"words": NOTED}, follow=True))

    assert "Funkturm has not confirmed" in page
    assert "They want you to call" in page
    answer = letter(client, address, "reply")
    assert "bedarf es keines Anrufs" in answer
    assert "am 20. November 2026 gekündigt; dabei bleibt es" in answer
    assert "Schreiben" not in answer


def test_a_confirmation_of_it_settles_it(client: Any) -> None:
    address, _ = gone_on(client, MOBILE)
    told = {"ends_on": "2027-01-09", "typed": "yes"}
    page = words(client.post(f"{address}confirm/", told, follow=True))

    assert "Ends on Saturday 9 January 2027" in page


def test_the_money_of_a_withdrawal_is_waited_for(client: Any) -> None:
    address, page = gone_on(client, DATING)

    assert "You withdrew. Does €357.87 come back?" in page
    assert "has to be back by Friday 4 December" in page
    assert "You withdrew, by your word" in page
    assert "They answered" in page
    listed = words(client.get("/cases/"))
    assert "You withdrew. Does €357.87 come back?" in listed
    assert selectors.read_case(address.split("/")[2]).ends_on is not None


def test_a_part_that_came_leaves_the_rest_to_ask_for(client: Any) -> None:
    address, _ = gone_on(client, DATING)
    came = {"money": "came", "sum": "91 EUR"}
    page = words(client.post(f"{address}confirm/", came, follow=True))

    assert "Herzblatt paid €91 of €357.87" in page
    assert "Ask for the other €266.87" in page
    asks = letter(client, address, "refund")
    assert "am 20. November 2026 widerrufen" in asks
    assert "266,87" in asks


def test_all_of_it_may_come_back_while_an_early_start_is_not_told(client: Any) -> None:
    open_facts = {k: v for k, v in DATING.items() if k != "start_requested"}
    answer = words(client.get(f"{begun(open_facts)}answer/"))
    address, page = gone_on(client, open_facts)

    assert "up to €369 back" in answer
    assert "You withdrew. Does €369 come back?" in page
    came = {"money": "came", "sum": "357.87 EUR"}
    page = words(client.post(f"{address}confirm/", came, follow=True))
    assert "of €369" not in page.partition("What happened")[0]
    assert "missing" not in page


def test_a_case_is_opened_once(client: Any) -> None:
    address, _ = gone_on(client, MOBILE)
    before = len(selectors.read_case(address.split("/")[2]).events)
    client.post(f"{address}go-on/", follow=True)

    assert len(selectors.read_case(address.split("/")[2]).events) == before


def test_nothing_is_gone_on_from_where_nothing_was_done(client: Any) -> None:
    facts = {n: v for n, v in MOBILE.items() if n not in ("happened", "cancelled_at")}
    address = begun(facts)

    assert client.post(f"{address}go-on/").status_code == 422
    assert "Go on from there" not in words(client.get(f"{address}answer/"))


REACHES_NOBODY = (
    "Guten Tag, leider können wir Ihre Kündigung nicht finden. Bitte rufen Sie uns an, "
    "damit wir Ihre Kündigung bearbeiten können."
)


def reminded(client: Any, monkeypatch: Any, **told: str) -> str:
    """Ask for a confirmation on 29 November, and return the case."""
    stand_at(datetime(2026, 11, 29, 11, tzinfo=UTC), monkeypatch)
    address, _ = gone_on(client, MOBILE | told)
    kind = {"letter": "second-notice", "act": "form:second-notice"}
    client.post(f"{address}letters/", ANNA | kind)
    return address


def test_who_was_reminded_complains(client: Any, monkeypatch: Any) -> None:
    address = reminded(client, monkeypatch)
    before = words(client.get(address))
    stand_at(datetime(2026, 12, 16, 11, tzinfo=UTC), monkeypatch)
    page = client.get(address)
    listed = words(client.get("/cases/"))

    assert "complain" in before.split("Next")[1][:60]
    assert "send a reminder" not in before
    assert "Send the reminder" not in words(page)
    assert re.search(r"letter=complaint[^>]*>\s*Complain\s*<", page.content.decode())
    assert "No confirmation came in time: complain." in listed


def test_a_reply_moves_the_complaint_that_follows(
    client: Any, monkeypatch: Any
) -> None:
    address = reminded(client, monkeypatch)
    stand_at(datetime(2026, 12, 5, 11, tzinfo=UTC), monkeypatch)
    client.post(f"{address}reply/", {"words": REACHES_NOBODY})
    client.post(f"{address}letters/", ANNA | {"letter": "reply", "act": "form:reply"})
    page = words(client.get(address))

    assert "If nothing comes by Saturday 19 December, complain" in page
    assert "Sunday 20 December Complain" in page


@pytest.mark.parametrize("paid_at", ["2026-11-10", "2026-11-22"])
def test_a_complaint_claims_no_sum_that_was_owed(
    client: Any, monkeypatch: Any, paid_at: str
) -> None:
    address = reminded(client, monkeypatch, paid_at=paid_at)
    stand_at(datetime(2026, 12, 16, 11, tzinfo=UTC), monkeypatch)
    complaint = letter(client, address, "complaint")

    assert "Am 20. November 2026 habe ich ihn gekündigt" in complaint
    assert "20,00" not in complaint
    assert "abgebucht." not in complaint


def test_what_an_answer_seems_to_say_is_told_as_that(
    client: Any, monkeypatch: Any
) -> None:
    address = reminded(client, monkeypatch)
    wrote = (
        "Hiermit bestätigen wir Ihnen den Eingang Ihrer Kündigung. Ihr Vertrag endet "
        "zum 19.10.2027. Mit freundlichen Grüßen"
    )
    page = words(client.post(f"{address}reply/", {"words": wrote}, follow=True))

    assert "seems to confirm Tuesday 19 October 2027" in page
    assert "we read: perhaps a confirmation, Tuesday 19 October 2027" in page
    assert "As it seems: They say that the contract ends" in page
    assert "We could not tell" not in page
