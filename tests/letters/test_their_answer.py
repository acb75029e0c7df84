"""What a reply says of the answer that it meets, in every language."""

from typing import Any

import pytest

from rescind.app.act import letters
from rescind.core.act.letter import as_text
from tests.given import SENDER
from tests.letters.scenarios import PLACES
from tests.letters.test_asked import FACTS, written

NO_NOTICE = {"answer": "not_received", "given_on": "2026-11-15"}
TOLD = {"cancelled_at": "2026-11-15"}


def said(language: str, **facts: Any) -> list[str]:
    """Return the clauses of a reply."""
    return [p.id for p in written(language, {}, **facts).letter.paragraphs]


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize(
    ("way", "to"), [("email", "help@nordstern.example"), ("post", "Rue 1, Paris")]
)
def test_where_a_notice_went_is_told(language: str, way: str, to: str) -> None:
    told = NO_NOTICE | TOLD | {"given_by": way, "given_to": to}
    letter = written(language, {}, received_on="2026-11-17", **told).letter
    clauses = [p.id for p in letter.paragraphs]

    assert f"given-{way}" in clauses
    assert {"not-received", "received-said", "evidence-of-end", "anew"} <= {*clauses}
    assert "given" not in clauses
    assert "refused" not in clauses
    assert to in as_text(letter)


@pytest.mark.parametrize("language", PLACES)
def test_a_notice_on_their_pages_and_one_of_an_unknown_way(language: str) -> None:
    on_pages = said(language, given_by="pages", **NO_NOTICE, **TOLD)

    assert "given-pages" in on_pages
    assert "given" in said(language, **NO_NOTICE, **TOLD)
    # without the address nobody can say where it went
    assert "given" in said(language, given_by="email", **NO_NOTICE, **TOLD)


def test_notice_is_given_again_once_and_a_withdrawal_is_not() -> None:
    again = said("en", **NO_NOTICE)
    withdrawn = said(
        "en", **NO_NOTICE | {"first_kind": "withdraw"}, withdrawn_at="2026-11-15"
    )

    assert again.count("anew") == 1
    money = {"first_kind": "refund", "purchased_at": "2026-01-10"}
    assert "anew" in said("en", **NO_NOTICE | TOLD | money)
    assert said("en", **NO_NOTICE, **TOLD).count("anew") == 1
    assert "anew" not in withdrawn
    assert "evidence-of-withdrawal" in withdrawn


def test_what_proves_it_is_named() -> None:
    clauses = said("en", **NO_NOTICE, **TOLD, proof="Receipt RR123")

    assert "proof-of-end" in clauses
    assert "evidence-of-end" not in clauses


def test_a_note_says_what_to_put_in() -> None:
    letter = written("en", {}, **NO_NOTICE, **TOLD).letter

    assert "proof_enclosed" in {each.code for each in letter.problems}


REFUSED = {"answer": "refused"}
GYM_IN_SWEDEN = REFUSED | {
    "kind": "gym",
    "country": "SE",
    "channel": "web",
    "purchased_at": "2025-10-01",
    "term": "P12M",
    "renewal_term": "P12M",
    "notice": "P1M",
    "renewal_notice_given": "false",
    "named": "reminder term",
}


@pytest.mark.parametrize("language", PLACES)
def test_a_refusal_that_names_its_ground_is_not_asked_for_it(language: str) -> None:
    for named in ("clause", "term"):
        clauses = said(language, **REFUSED, named=named)

        assert "refused-named" in clauses
        assert "refused" not in clauses
    assert "refused" in said(language, **REFUSED)


@pytest.mark.parametrize("language", PLACES)
def test_a_reminder_is_disputed_with_the_day_of_the_law(language: str) -> None:
    clauses = said(language, **GYM_IN_SWEDEN)

    assert {"reminder-alleged", "reminder-due", "refused-named"} <= {*clauses}


def test_the_law_of_the_reminder_counts_back_from_the_last_day_of_notice() -> None:
    swedish = as_text(written("sv", {}, **GYM_IN_SWEDEN).letter)
    italian = as_text(written("it", {}, **GYM_IN_SWEDEN | {"country": "IT"}).letter)

    # the term ended on 30 September, and its last day for a notice was 31 August
    assert "senast den 31 juli 2026" in swedish
    assert "2014:1449" in swedish
    assert "entro il 31 agosto 2026" in italian


def test_no_day_of_a_reminder_is_made_up() -> None:
    without_notice = {n: v for n, v in GYM_IN_SWEDEN.items() if n != "notice"}
    first_term = GYM_IN_SWEDEN | {"purchased_at": "2026-02-01"}
    reminded = GYM_IN_SWEDEN | {"renewal_notice_given": "true"}
    in_austria = GYM_IN_SWEDEN | {"country": "AT"}

    for facts in (without_notice, first_term, in_austria):
        clauses = said("en", **facts)
        assert "reminder-alleged" in clauses
        assert "reminder-due" not in clauses
    assert "reminder-alleged" not in said("en", **reminded)


@pytest.mark.parametrize("language", PLACES)
def test_money_that_says_what_it_is_for_is_not_asked_about(language: str) -> None:
    clauses = said(language, answer="invoice", named="period unpaid")

    assert {"invoice-named", "unpaid"} <= {*clauses}
    assert "invoice" not in clauses
    assert "unpaid" not in said(language, answer="invoice", named="period")


FEE = {
    "answer": "invoice",
    "term": "P12M",
    "purchased_at": "2026-06-10",
    "early_termination_fee": "199.35 EUR",
    "held_to": "2026-12-09",
}


@pytest.mark.parametrize("language", PLACES)
def test_a_fee_that_names_its_terms_is_disputed_by_the_law(language: str) -> None:
    by_law = said(language, **FEE | {"country": "DE", "named": "clause again"})
    no_law = said(language, **FEE | {"country": "JP", "named": "clause"})
    again = said(language, **FEE | {"country": "DE", "named": "again"})

    assert "fee-named-limited" in by_law
    assert "fee-named" in no_law
    assert not {"fee-again", "fee-limited", "fee"} & {*by_law, *no_law}
    assert {"fee-limited", "fee-again"} <= {*again}


@pytest.mark.parametrize("language", PLACES)
def test_a_fee_above_the_cap_of_a_law_is_disputed_above_it(language: str) -> None:
    quebec = {
        "kind": "telecom",
        "country": "CA-QC",
        "sold_by": "premises",
        "purchased_at": "2026-01-10",
        "term": "P24M",
        "price": "65.00 CAD",
        "signing_benefit": "0.00 CAD",
        "early_termination_fee": "400 CAD",
        "cancelled_at": "2026-11-12",
    }
    clauses = said(language, answer="invoice", named="clause", **quebec)

    assert "fee-named-capped" in clauses


BANK = {
    "first_kind": "withdraw",
    "withdrawn_at": "2026-11-29",
    "purchased_at": "2026-11-25",
    "period": "P1Y",
    "price": "372 EUR",
    "payment_method": "visa-credit",
    "amount": "281 EUR",
    "agreed": "91 EUR",
    "channel": "web",
}


def to_bank(language: str, **facts: Any) -> list[str]:
    """Return the clauses of a dispute."""
    wanted = letters.Wanted(kind="dispute", language=language)
    told = {n: v for n, v in (FACTS | BANK | facts).items() if v is not None}
    return [p.id for p in letters.write(told, SENDER, wanted).letter.paragraphs]


@pytest.mark.parametrize("language", PLACES)
def test_what_is_agreed_is_further_only_to_what_came(language: str) -> None:
    first, second = to_bank(language), to_bank(language, repaid="20 EUR")

    assert "declare-part-of" in first
    assert "agreed-only" in first
    assert "agreed" not in first
    assert "agreed" in second
    assert "agreed-only" not in second


@pytest.mark.parametrize(
    "facts",
    [
        {"had_trial": "true"},
        {"purchased_at": "2026-08-25", "period": "P1M"},
        {"purchased_at": "2026-08-25", "period": None},
        {"price": None},
        {"purchased_at": None, "withdrawn_at": None, "reason": "It never came."},
    ],
)
def test_no_day_of_a_charge_is_made_up(facts: dict[str, Any]) -> None:
    assert "declare-undated" in to_bank("en", **facts)


def test_a_purchase_of_this_month_is_the_only_charge_whatever_the_rhythm() -> None:
    assert "declare-undated" not in to_bank("en", period=None)


@pytest.mark.parametrize("language", PLACES)
def test_a_yes_without_a_day_is_asked_for_its_day(language: str) -> None:
    ends = said(language, answer="no_day", **TOLD)
    pays = said(language, answer="refund_granted", first_kind="refund", **TOLD)
    both = said(language, answer="no_day", named="also:refund_granted", **TOLD)

    assert {"ends-undated", "day-asked"} <= {*ends}
    assert {"granted", "day-asked"} <= {*pays}
    assert {"ends-undated", "day-asked", "granted"} <= {*both}
    for each in (ends, pays, both):
        assert each.count("day-asked") == 1
        assert not {"confirm-end", "pay-after-all", "pay-owed", "sum", "next"} & {*each}


def test_an_end_alone_does_not_settle_the_money_that_was_claimed() -> None:
    claimed = said("en", answer="no_day", first_kind="refund", **TOLD)

    assert {"day-asked", "pay-owed"} <= {*claimed}
    assert {"next", "next-body"} & {*claimed}


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("kind", ["second-notice", "complaint"])
@pytest.mark.parametrize("named", [None, "2027-02-28"])
def test_an_end_that_was_confirmed_and_denied_is_told_with_both_days(
    language: str, kind: str, named: str | None
) -> None:
    facts = FACTS | TOLD | {"held_to": "2026-12-31", "held_said_on": "2026-11-20"}
    facts |= {"denied_on": "2026-11-25", "problem": "cancellation"}
    facts |= {"their_end_on": named} if named else {}
    wanted = letters.Wanted(kind=kind, language=language)

    told = [p.id for p in letters.write(facts, SENDER, wanted).letter.paragraphs]

    assert ("held-later" if named else "held-denied") in told
    assert ("held-denied" if named else "held-later") not in told


CLAIMED = TOLD | {"first_kind": "refund"}


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("answer", ["acknowledged", "not_received", "redirected", None])
def test_nobody_is_told_of_a_refusal_who_refused_nothing(
    language: str, answer: str | None
) -> None:
    told = said(language, answer=answer, **CLAIMED)

    assert "pay-owed" in told
    assert "pay-after-all" not in told


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("answer", ["refused", "refund_refused", "money_refused"])
def test_whoever_refused_is_asked_for_reasons(language: str, answer: str) -> None:
    told = said(language, answer=answer, **CLAIMED)

    assert "pay-after-all" in told
    assert "pay-owed" not in told


@pytest.mark.parametrize(
    ("asked_by", "day"), [("2026-12-05", "5 December"), ("2026-11-29", "14 December")]
)
def test_a_day_that_was_named_before_stays_until_it_is_over(
    asked_by: str, day: str
) -> None:
    before = {"confirm_asked_by": asked_by, "pay_asked_by": asked_by}
    letter = written("en", {}, answer="refused", **CLAIMED, **before).letter
    texts = {p.id: p.text for p in letter.paragraphs}

    assert f"by {day} 2026" in texts["pay-after-all"]
    assert f"{letter.confirm_by:%-d %B}" == day
