"""Who sells for the maker, and partners: who that is, and what was sent to them."""

from typing import Any

import pytest

from rescind.store.checks import find, has_case
from tests.web.test_desk_pages import ANNA, begun, told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

SOLD = {"kind": "software", "sold_by": "online", "country": "DE", "price": "49 EUR"}
SOLD |= {"period": "P1Y", "paid_at": "20.11.2026", "merchant": "Obscure"}


def test_a_line_of_a_seller_says_who_that_is_and_what_was_bought(client: Any) -> None:
    address = begun(client, "PADDLE.NET* OBSCURE 49,00")

    page = client.get(f"{address}facts/")

    said = words(page)
    assert "Paddle sells for makers, in its own name" in said
    assert "“OBSCURE” is what you bought" in said
    assert 'value="paddle" checked' in page.content.decode()
    assert "Else it is the company itself" not in said


def test_what_a_seller_billed_is_ended_there_and_no_statement_is_asked_for(
    client: Any,
) -> None:
    address = begun(client, "PADDLE.NET* OBSCURE 49,00")

    typed = SOLD | {"channel": "paddle"}
    answer = words(client.post(f"{address}facts/", typed, follow=True))
    letters = words(client.get(f"{address}letters/"))

    assert "Ask Paddle" in answer
    assert "Read a bank statement" not in answer
    assert "Open paddle.net" in letters
    assert "Through the bank" not in letters
    assert "By e-mail" in letters


def test_a_seller_without_a_file_of_its_own_is_a_partner_with_its_name(
    client: Any,
) -> None:
    address = begun(client, "2CO.COM|OBSCURE 49,00")
    check = find(address.strip("/").rpartition("/")[2])

    assert check is not None
    assert check.typed["channel"] == "partner"
    assert check.typed["billed_by"] == "2Checkout (Verifone)"
    assert check.name == "OBSCURE"


def test_who_a_partner_is_is_asked_before_anything_is_written_to_it(
    client: Any,
) -> None:
    address, answer = told(client, "Obscure", SOLD | {"channel": "partner"})

    assert "Who billed you?" in answer
    response = client.get(f"{address}letters/", follow=True)
    assert response.redirect_chain[-1][0].endswith("/facts/?who=1")
    assert "nothing can be sent to a partner without a name" in words(response)
    client.post(f"{address}letters/", ANNA | {"act": "ask:cancel,withdraw"})
    assert not has_case(address.strip("/").rpartition("/")[2])


def test_letters_go_to_the_partner_by_its_name_and_not_to_the_bank(
    client: Any,
) -> None:
    typed = SOLD | {"channel": "partner", "billed_by": "Cleverbridge GmbH"}
    address, answer = told(client, "Obscure", typed)

    letters = words(client.get(f"{address}letters/"))

    assert "Ask Cleverbridge GmbH" in answer
    assert "Cleverbridge GmbH" in letters
    assert "the partner that billed you" not in letters
    assert "Through the bank" not in letters
    assert "The bank has it" not in letters
    assert "By e-mail" in letters
    assert "By registered post" in letters


def test_a_letter_to_the_bank_still_goes_through_it(client: Any) -> None:
    charged = SOLD | {"channel": "web", "happened": "charged-after"}
    charged |= {"charged-after.cancelled_at": "1.10.2026"}
    address, _ = told(client, "Obscure", charged)

    assert "The bank has it" in words(client.get(f"{address}letters/"))


BOUGHT = {"kind": "software", "sold_by": "online", "channel": "web", "country": "DE"}
BOUGHT |= {"price": "10,99 EUR", "period": "P1M", "paid_at": "20.11.2026"}


def test_the_money_has_a_day_of_its_own_beside_that_of_the_end(client: Any) -> None:
    yearly = BOUGHT | {"price": "49 EUR", "period": "P1Y"}
    address, answer = told(client, "Obscure", yearly)

    assert "Cancel by Thursday 18 November 2027" in answer
    assert "For the money, by Friday 4 December 6 days left" in answer
    # the day is an assumption, and said to be one
    assert "counted from the charge of 20 November, as if you bought it that" in answer
    letters = words(client.get(f"{address}letters/"))
    assert "For the money, by Friday 4 December 6 days left" in letters


def test_a_day_of_purchase_that_is_known_is_no_assumption(client: Any) -> None:
    _, answer = told(client, "Obscure", BOUGHT | {"purchased_at": "20.11.2026"})

    assert "By Friday 4 December 6 days left" in answer
    assert "as if you bought it that day" not in answer


def test_a_charge_too_old_for_the_right_gives_no_day_for_the_money(
    client: Any,
) -> None:
    _, answer = told(client, "Obscure", BOUGHT | {"paid_at": "1.11.2026"})

    assert "For the money, by" not in answer


def test_what_each_of_two_letters_is_for_is_said_beside_the_button(
    client: Any,
) -> None:
    _, answer = told(client, "Obscure", BOUGHT)

    said = "Cancel with Obscure. If the right holds, withdraw from the contract"
    assert f"Prepare both letters {said}" in answer


def test_who_only_asked_to_be_let_out_is_not_said_to_have_withdrawn(
    client: Any,
) -> None:
    address, _ = told(client, "Obscure", BOUGHT)
    letters = words(client.get(f"{address}letters/"))
    assert "2 Request to undo the contract" in letters

    sent = ANNA | {"act": "post:cancel,withdraw", "sender.address": "Ring 3\nKöln"}
    sent["all.merchant_address"] = "Weg 1\n10115 Berlin"
    case = words(client.post(f"{address}letters/", sent, follow=True))

    assert "You asked them to undo the contract" in case
    assert "You withdrew from the contract" not in case
