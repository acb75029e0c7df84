"""Told of the right to withdraw only after the order: asked for, counted, explained."""

from typing import Any

import pytest

from tests.web.test_desk_pages import told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

GYM = {
    "kind": "gym",
    "sold_by": "online",
    "channel": "web",
    "country": "IE",
    "purchased_at": "20 October 2026",
    "term": "P12M",
    "notice": "P1M",
    "renewal_term": "open",
    "price": "45",
    "period": "P1M",
    "paid_at": "20 November 2026",
}
TOLD_LATE = {
    "withdrawal_informed": "later",
    "withdrawal_informed_at": "20 November 2026",
}


def answered(client: Any, **said: str) -> tuple[str, str]:
    address, _ = told(client, "FlyeFit", GYM)
    return address, words(client.post(f"{address}tell/", said, follow=True))


def test_the_question_has_a_day_and_a_line_that_leads_to_it(client: Any) -> None:
    address, answer = told(client, "FlyeFit", GYM)
    page = client.get(f"{address}answer/").content.decode()

    assert "Yes, but later than at the order" in answer
    assert "When were you told about your right to withdraw" in answer
    assert 'href="#withdrawal_informed"' in page
    assert 'id="withdrawal_informed"' in page


@pytest.mark.parametrize("said", ["later", "true", "false"])
def test_told_later_the_fourteen_days_run_from_that_day(client: Any, said: str) -> None:
    _, answer = answered(client, **TOLD_LATE | {"withdrawal_informed": said})

    assert "Withdraw from the contract and claim" in answer
    # by Ireland's own count the day itself is the first of the fourteen
    assert "By Thursday 3 December" in answer
    assert "so its period runs from that day, to 3 December" in answer


def test_a_later_telling_stays_chosen_and_can_be_changed(client: Any) -> None:
    address, _ = answered(client, **TOLD_LATE)

    page = client.get(f"{address}facts/").content.decode()

    assert page.count('name="withdrawal_informed_at"') == 1
    assert 'value="later" checked' in page
    unsure = {"withdrawal_informed": "", "withdrawal_informed_at": "20 November 2026"}
    again = words(client.post(f"{address}tell/", unsure, follow=True))
    assert "The answer depends on: being told you may withdraw" in again
    anew = words(client.post(f"{address}facts/", GYM | unsure, follow=True))
    assert "The answer depends on: being told you may withdraw" in anew


def test_told_later_without_a_day_asks_for_it(client: Any) -> None:
    address, asked = answered(client, withdrawal_informed="later")

    assert "When were you told about your right to withdraw" in asked
    assert "Yes, but later than at the order" in asked
    typed = GYM | {"withdrawal_informed": "later"}
    typed |= {"unsure_withdrawal_informed_at": "on"}
    answer = words(client.post(f"{address}facts/", typed, follow=True))
    assert "The answer depends on: being told you may withdraw" in answer


def test_a_plain_yes_says_what_it_rests_on(client: Any) -> None:
    _, answer = answered(client, withdrawal_informed="true")

    assert "rests on your having been told of the right when you ordered" in answer
    assert "14 days ran from that day" in answer


def test_a_no_says_that_a_telling_ends_it_sooner(client: Any) -> None:
    _, answer = answered(client, withdrawal_informed="false")

    assert "if you are told of it before then, it ends 14 days from that day" in answer


def test_the_question_that_decides_the_money_stands_in_the_answer(client: Any) -> None:
    address, _ = told(client, "FlyeFit", GYM)
    page = client.get(address, follow=True).content.decode()

    asked = page.partition('class="stack decides"')[2].partition("</form>")[0]

    assert 'name="withdrawal_informed"' in asked
    # once it is answered nothing is asked in its place
    client.post(f"{address}tell/", {"withdrawal_informed": "yes"})
    page = client.get(address, follow=True).content.decode()
    assert 'class="stack decides"' not in page
