"""An answer to a refusal maintains a claim only if a letter on record made it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rescind.adapters import clock
from rescind.adapters.data.letters import languages
from rescind.app.act import letters
from rescind.app.act.letters import Wanted
from rescind.app.follow import cases, steps
from rescind.core.model.case import Case, happened
from rescind.core.model.event_details import LetterWrittenDetails
from rescind.store import selectors
from tests.given import SENDER
from tests.letters.test_beside_withdrawal import GYM
from tests.test_money_after_withdrawal import MAGAZINE, answered

REFUSED = {
    "first_sent_on": "2026-11-30",
    "first_kind": "cancel",
    "cancelled_at": "2026-11-30",
    "answered_on": "2026-11-30",
    "amount": "23.67 EUR",
}
NO_MONEY = (
    "Nous confirmons que votre abonnement est résilié au 29 novembre 2026. Aucun "
    "remboursement ne sera effectué."
)


def clauses(language: str, **facts: str) -> set[str]:
    wanted = letters.Wanted(kind="reply", language=language)
    letter = letters.write(GYM | REFUSED | facts, SENDER, wanted).letter
    return {each.id for each in letter.paragraphs}


@pytest.mark.parametrize("language", languages("reply"))
@pytest.mark.parametrize("answer", ["money_refused", "later_end"])
def test_no_claim_is_maintained_that_no_letter_made(answer: str, language: str) -> None:
    theirs = {"answer": answer, "their_end_on": "2027-12-31"}

    first = clauses(language, **theirs)
    again = clauses(language, **theirs, claimed_on="2026-11-30")

    assert first & {"pay-first", "pay-too"} == {"pay-first"}
    assert again & {"pay-first", "pay-too"} == {"pay-too"}


def test_a_claim_of_money_is_made_by_who_asks_it_back() -> None:
    after = clauses("en", answer="refund_refused", first_kind="refund", agreed="5 EUR")

    assert "pay-too" in after
    assert "pay-first" not in after


@pytest.fixture
def refused(ready_desk: None, monkeypatch: pytest.MonkeyPatch) -> Case:  # noqa: ARG001 - the database
    """Return a case whose notice claimed a sum that they refuse."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 29, 12, tzinfo=UTC))
    sender = SENDER | {"country": "FR"}
    case_id = cases.new_case(MAGAZINE, sender, Wanted(kind="cancel"))
    cases.say_sent(case_id, "e-mail", None)
    return answered(case_id, NO_MONEY)


def test_the_record_says_that_a_notice_claimed_the_rest(refused: Case) -> None:
    facts = steps.facts_for(refused, "reply")

    assert facts["claimed_on"] == date(2026, 11, 29).isoformat()


def test_a_notice_that_claimed_nothing_is_no_earlier_claim(refused: Case) -> None:
    events = tuple(
        replace(event, details=dict(event.details) | {"claims_money": ""})
        for event in refused.events
    )

    facts = steps.facts_for(replace(refused, events=events), "reply")

    assert "claimed_on" not in facts


def test_an_answer_that_makes_the_claim_is_maintained_by_the_next(
    refused: Case,
) -> None:
    steps.write_next(refused.id, "reply", {})

    written = happened(selectors.read_case(refused.id).events, LetterWrittenDetails)

    assert [each.claims_money for _, each in written] == [True, True]
