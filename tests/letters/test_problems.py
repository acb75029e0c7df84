"""What a letter lacks is said in words, and names what would mend it."""

from typing import Any

import pytest

from rescind.adapters.data.letters import read_letter_text
from rescind.adapters.data.words import ENGLISH
from rescind.app.act import letters
from tests.given import FACTS, SENDER
from tests.letters.scenarios import NOW, all_letters, written
from tests.sentences import GAP

FORMLESS = {"name": "Ada Lovelace", "address": SENDER["address"], "country": "GB"}
"""A sender who gave nothing that an account is found by."""


def problems(
    kind: str, sender: Any = SENDER, **facts: Any
) -> list[tuple[str | None, str]]:
    """Return what a letter to Coursera lacks: the field to mend, and the words."""
    wanted = letters.Wanted(kind=kind, language="en-GB")
    letter = letters.write(FACTS | facts, sender, wanted, now=NOW).letter
    return [(each.field, ENGLISH.say(each.says)) for each in letter.problems]


NO_EMAIL = (
    "account_email",
    (
        "Coursera asks for: E-mail address of the Coursera account. Without it the "
        "letter may be turned away."
    ),
)
NO_CARD = (
    "card_last4",
    (
        "Coursera asks for: Last four digits of the card. Without it the letter may be "
        "turned away."
    ),
)
NO_BANK = (
    "bank_name",
    "The letter goes to your bank or card issuer: give its name.",
)
WITHDRAWS = (
    None,
    (
        "The period for withdrawal is still running, so this letter also withdraws "
        "from the contract. If you want to keep the contract, do not send it."
    ),
)


def test_a_whole_letter_lacks_nothing() -> None:
    assert problems("cancel") == []


@pytest.mark.parametrize("kind", ["cancel", "refund"])
def test_what_the_merchant_finds_an_account_by_is_asked_for(kind: str) -> None:
    lacking = problems(kind, FORMLESS)

    assert [each for each in lacking if each != WITHDRAWS] == [NO_EMAIL, NO_CARD]


def test_a_store_is_not_paid_with_the_merchants_card() -> None:
    lacking = problems("cancel", FORMLESS, channel="apple")

    assert lacking == [
        ("recipient", "No sourced postal address of Apple is on file."),
        (
            "channel",
            "Coursera does not bill this purchase: Apple does, and must be asked.",
        ),
        NO_EMAIL,
    ]


def test_money_asked_back_within_the_period_withdraws() -> None:
    assert problems("refund", purchased_at="2026-11-15") == [WITHDRAWS]


@pytest.mark.parametrize(
    ("kind", "facts", "field", "says"),
    [
        (
            "refund",
            {"country": "US"},
            None,
            (
                "The answer on the refund is: no. Nothing on file carries it, so the "
                "letter claims no right; it asks."
            ),
        ),
        (
            "withdraw",
            {"country": "US"},
            None,
            (
                "The answer on the withdrawal is: no. Nothing on file carries it, so "
                "the letter claims no right; it asks."
            ),
        ),
        (
            "withdraw",
            {"purchased_at": "2026-03-01"},
            "withdrawal_informed",
            (
                "The answer on the withdrawal is: depends. Nothing on file carries "
                "it, so the letter claims no right; it asks. Tell: withdrawal_informed."
            ),
        ),
        (
            "cancel",
            {"end_on": "2026-11-21"},
            "end_on",
            (
                "By what is on file the contract can end on 9 December 2026 at the "
                "earliest."
            ),
        ),
    ],
)
def test_a_letter_without_a_right_behind_it_says_so(
    kind: str, facts: dict[str, str], field: str | None, says: str
) -> None:
    assert problems(kind, **facts) == [(field, says)]


@pytest.mark.parametrize("end_on", ["2026-12-09", "2026-12-10"])
def test_an_end_that_the_contract_allows_is_no_problem(end_on: str) -> None:
    assert problems("cancel", end_on=end_on) == []


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("dispute", ["bank_name", "amount", "paid_at", "payment_method"]),
        ("second-notice", ["first_sent_on", "first_kind"]),
        ("price-rise", ["told_on", "new_price", "change_on"]),
        ("complaint", ["body", "problem"]),
    ],
)
def test_a_letter_says_what_it_says_too_little_without(
    kind: str, fields: list[str]
) -> None:
    # a dispute without a ground is not written
    lacking = problems(kind, service_not_as_promised=True)

    assert list(dict.fromkeys(field for field, _ in lacking)) == fields
    for field, says in lacking:
        if says.startswith("The letter says too little"):
            assert field is not None
            assert says.endswith(f"without: {field.replace('_', ' ')}.")


def test_a_bank_is_told_the_account_that_a_debit_is_found_by() -> None:
    no_account = (
        "account",
        "Name the account or the mandate: without them the bank cannot find the debit.",
    )
    debit = {"payment_method": "sepa-debit"}

    assert problems("stop-payment", **debit) == [NO_BANK, no_account]
    assert problems("stop-payment", payment_method="visa-credit") == [NO_BANK]
    assert problems("stop-payment", **debit, account="DE02 1203") == [NO_BANK]
    assert problems("stop-payment", **debit, mandate_id="M-1") == [NO_BANK]


def test_an_address_that_is_made_up_or_missing_is_the_sender_s_to_mend() -> None:
    made_up = SENDER | {"address": ["Musterstraße 1", "12345 Musterstadt"]}
    without = {k: v for k, v in SENDER.items() if k != "address"}

    assert problems("cancel", made_up) == [("address", "An address looks made up.")]
    assert problems("cancel", without) == [
        ("address", "No postal address of the sender was given.")
    ]


@pytest.mark.parametrize(
    ("authority", "shows"),
    [("carer", True), ("attorney", True), ("heir", False)],
)
def test_who_writes_by_a_power_shows_it(authority: str, *, shows: bool) -> None:
    letter = written("on-behalf-of", "en", authority=authority).letter

    fields = [each.field for each in letter.problems]
    assert ("authority" in fields) is shows


def test_a_business_is_told_that_the_letter_is_a_consumers() -> None:
    ((field, says),) = problems("cancel", consumer=False)

    assert field == "consumer"
    assert says.startswith("The letter speaks for one person as a consumer")


@pytest.mark.parametrize(("kind", "language"), list(all_letters()))
def test_a_letter_says_whether_a_native_reader_saw_its_words(
    kind: str, language: str
) -> None:
    letter = written(kind, language).letter

    assert letter.reviewed is read_letter_text(kind, language).reviewed


def test_what_has_to_come_before_a_complaint_is_said_with_it() -> None:
    taken, before = problems("complaint", country="IN", problem="cancellation")

    assert taken[0] == "body"
    assert "National Consumer Helpline" in taken[1]
    assert before == (
        "body",
        "Before it: complain to the seller's grievance officer and wait a month.",
    )


def test_a_place_without_a_body_to_complain_to_is_said_to_have_none() -> None:
    lacking = problems("complaint", country="BO", problem="cancellation")

    assert lacking == [("country", "No body to complain to is on file for this place.")]


def test_erasing_is_warned_of_and_is_no_right_everywhere() -> None:
    (here,) = problems("erase")
    there = problems("erase", country="US")

    assert here[1].startswith("Erasing can destroy certificates and evidence, for good")
    assert there == [
        here,
        (
            "country",
            "No law on file lets you demand it there today; the letter asks.",
        ),
    ]


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in all_letters()}))
def test_no_problem_of_a_letter_has_a_gap(kind: str) -> None:
    letter = written(kind, "en").letter

    for problem in letter.problems:
        assert not GAP.search(ENGLISH.say(problem.says))


def test_a_body_with_a_form_of_its_own_is_named_with_where_it_is() -> None:
    letter = written("complaint", "en").letter

    (problem,) = [each for each in letter.problems if each.field == "body"]
    assert ENGLISH.say(problem.says) == (
        "Citizens Advice consumer service takes complaints here: 0808 223 1133, "
        "https://www.citizensadvice.org.uk. Paste the text there."
    )


def test_an_address_that_nobody_sourced_is_said_to_be_missing() -> None:
    letter = written("cancel", "en").letter

    says = {each.field: ENGLISH.say(each.says) for each in letter.problems}
    assert says == {
        "recipient": "No sourced postal address of Nordstern Media is on file."
    }
