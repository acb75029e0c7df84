"""The rest of a payment is counted from the day on which it ends."""

from typing import Any

import pytest

from rescind.app.act import letters
from rescind.app.follow import cases
from rescind.app.follow.steps import facts_for
from rescind.core.act.letter import as_text
from rescind.store import selectors
from tests.conftest import SENDER
from tests.web.test_another_day import id_of, page_of
from tests.web.test_desk_pages import words
from tests.web.test_money_from_store import group_of

pytestmark = pytest.mark.usefixtures("no_cases", "ready_desk", "sunday_29_november")

MAIF = {
    "service": "other",
    "merchant": "MAIF",
    "kind": "insurance",
    "channel": "web",
    "country": "FR",
    "term": "P12M",
    "renewal_term": "P12M",
    "notice": "P2M",
    "period": "P1Y",
    "price": "186 EUR",
    "purchased_at": "2025-01-13",
    "paid_at": "2026-01-13",
    "everyday_cover": "true",
}
"""A month's notice from its arrival: 29 December by e-mail, with 7.13 euros back."""
FROM_RECEIPT = (
    "Bonjour, nous avons reçu votre demande le 3 décembre 2026. Votre contrat est "
    "résilié au 3 janvier 2027. Nous vous rembourserons {money} € dans un délai de "
    "30 jours."
)


def sent(way: str) -> str:
    case_id = cases.new_case(MAIF, SENDER)
    cases.say_sent(case_id, way, None)
    return f"/cases/{case_id}/"


def answered(client: Any, way: str, money: str) -> str:
    case = sent(way)
    client.post(f"{case}reply/", {"words": FROM_RECEIPT.format(money=money)})
    return case


def test_no_money_is_missing_for_the_days_that_a_letter_travelled(client: Any) -> None:
    case = answered(client, "by registered post", "4,59")
    page = page_of(client, case)
    client.post(f"{case}confirm/", {"ends_on": "2027-01-03"})
    taken = page_of(client, case)

    assert "MAIF says it ends on Sunday 3 January 2027" in page
    assert "That is right" in page
    assert "missing" not in page + taken
    assert "Ask for the other" not in page + taken
    assert "€4.59 is to come back by" in taken


def test_what_is_missing_of_the_rest_for_their_day_is_named(client: Any) -> None:
    page = page_of(client, answered(client, "by registered post", "4,00"))

    assert "grants €4 of €4.58" in page
    assert "Ask for the other €0.58" in page


def test_a_later_day_than_the_post_takes_is_settled_first(client: Any) -> None:
    case = answered(client, "e-mail", "4,59")
    page = page_of(client, case)
    client.post(f"{case}confirm/", {"ends_on": "2027-01-03"})
    taken = page_of(client, case)

    assert "later than it should" in page
    assert "Take their day" in page
    assert "Ask for the other" not in page + taken
    assert "€4.59 is to come back by" in taken


def test_a_later_day_by_hand_changes_the_sum(client: Any) -> None:
    case = sent("by registered post")
    client.post(f"{case}confirm/", {"ends_on": "2027-01-03", "typed": "yes"})
    client.post(f"{case}reply/", {"words": "Nous vous rembourserons 4,59 €."})

    assert "missing" not in page_of(client, case)


def test_the_list_keeps_what_is_missing_once_a_part_came(client: Any) -> None:
    case = answered(client, "by registered post", "4,00")
    client.post(f"{case}confirm/", {"ends_on": "2027-01-03"})
    client.post(f"{case}confirm/", {"money": "came", "sum": "4.00"})

    # nobody has asked for the other €0.58 since: that is the person's to do
    assert "€4 of €4.58" in page_of(client, case)
    assert group_of(case) == "to_do"


def test_the_rest_is_asked_for_by_no_earlier_day_than_the_notice(client: Any) -> None:
    case = answered(client, "by registered post", "4,00")
    order = letters.Wanted(kind="refund", language="en")
    facts = facts_for(selectors.read_case(id_of(case)), "refund")

    text = as_text(letters.write(facts, SENDER, order).letter)

    assert "28 January 2027" in text
    assert "13 December 2026" not in text


def test_the_money_that_a_letter_claims_has_its_day_before_the_answer(
    client: Any,
) -> None:
    case = sent("e-mail")

    page, days = page_of(client, case), words(client.get("/cases/"))

    assert "Money €7.13, claimed back by Thursday 28 January 2027" in page
    assert "the letter claims it back by this day" in days
