"""Whoever billed in the company's stead is asked by its name, and in writing."""

from datetime import date
from typing import Any

import pytest

from rescind.app.act.letters import Wanted, write
from rescind.app.act.plan import Planned, plan
from rescind.app.act.routes import ranked
from rescind.core.act.routes import find_routes
from rescind.core.model.route import By
from tests.conftest import SENDER

OBSCURE: dict[str, Any] = {
    "service": "other",
    "merchant": "Obscure",
    "kind": "software",
    "channel": "partner",
    "sold_by": "online",
    "country": "DE",
    "price": "49 EUR",
    "period": "P1Y",
    "paid_at": "2026-11-20",
    "as_of": "2026-11-30",
}


def planned(**facts: Any) -> Planned:
    return plan(OBSCURE | facts)


def test_a_partner_has_no_name_until_the_person_says_it() -> None:
    assert planned().checked.is_decider_unnamed
    assert not planned(billed_by="Cleverbridge").checked.is_decider_unnamed
    assert not planned(channel="web").checked.is_decider_unnamed


def test_a_partner_is_asked_by_its_name_and_in_writing() -> None:
    facts = OBSCURE | {"billed_by": "Cleverbridge"}
    written = write(facts, SENDER, Wanted(kind="cancel"))

    assert planned(billed_by="Cleverbridge").checked.other_decider == "Cleverbridge"
    assert [each.by for each in ranked(written).ranked] == [By.EMAIL, By.POST]
    assert written.letter.recipient.name == "Cleverbridge"


@pytest.mark.parametrize("channel", ["paddle", "fastspring"])
def test_who_sells_for_makers_can_be_named_for_any_contract(channel: str) -> None:
    checked = planned(channel=channel).checked

    assert checked.other_decider == checked.service.channels[channel].handled_by
    assert not checked.is_decider_unnamed
    assert channel not in planned(channel="web").checked.service.channels


def test_a_name_of_who_billed_is_not_used_where_the_company_did() -> None:
    assert (
        planned(channel="web", billed_by="Cleverbridge").checked.other_decider is None
    )


def test_a_line_of_a_seller_names_who_billed_and_what_was_bought() -> None:
    bare = {name: text for name, text in OBSCURE.items() if name != "channel"}
    bare = {**bare, "service": "2CO.COM|OBSCURE"}
    del bare["merchant"]

    checked = plan(bare).checked

    assert checked.service.name == "OBSCURE"
    assert checked.other_decider == "2Checkout (Verifone)"


def test_a_store_is_asked_at_its_own_place() -> None:
    checked = planned(kind="dating", channel="google").checked
    routes = find_routes(checked, "withdraw", date(2026, 11, 30)).ranked

    assert [(each.by, each.link) for each in routes] == [
        (By.STORE, "https://play.google.com")
    ]


@pytest.mark.parametrize("fact", ["service", "merchant"])
def test_a_line_with_its_sum_is_no_name_at_any_door(fact: str) -> None:
    bare = {n: t for n, t in OBSCURE.items() if n not in ("service", "merchant")}
    del bare["price"]

    checked = plan({**bare, fact: "XBOX *GAME PASS 10,99"}).checked

    assert checked.service.name == "Xbox Game Pass"
    assert str(checked.facts.price) == "10.99 EUR"
    told = plan({**OBSCURE, "service": "other", "merchant": "Studio 54"}).checked
    assert told.service.name == "Studio 54"


def test_a_sum_in_money_that_nobody_can_tell_is_no_price() -> None:
    bare = {n: t for n, t in OBSCURE.items() if n not in ("service", "country")}
    del bare["price"]
    bare["merchant"] = "ZORBLATT kr 119,00"

    checked = plan(bare).checked

    assert checked.service.name == "ZORBLATT"
    assert checked.facts.price is None
