"""The days that count in a case follow from its events and its verdict."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from rescind.core.follow.due import days_of, days_to_act, due
from rescind.core.follow.due_day import Due, DueKind
from rescind.core.follow.event_days import letter_day
from rescind.core.follow.outlook import standing
from rescind.core.model.case import CaseState, Event, EventKind
from rescind.core.model.sentence import Sentence

K = EventKind
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
LETTER = (K.LETTER_WRITTEN, {"confirm_by": "2026-12-10"})
TAKEN: tuple[EventKind, dict[str, str]] = (K.DISPATCH_TAKEN, {})
ANSWERED: tuple[EventKind, dict[str, str]] = (K.ANSWERED, {})
SAYS_END = (K.ANSWERED, {"reads_as": "confirmed"})
SAYS_MONEY = (K.ANSWERED, {"reads_as": "refund_granted"})
SAYS_NO = (K.ANSWERED, {"reads_as": "refused"})
RECEIPT = (K.ANSWERED, {"reads_as": "acknowledged"})
REPLY = (K.LETTER_WRITTEN, {"confirm_by": "2026-12-10", "kind": "reply"})
CONFIRMED = (K.CONFIRMED, {"ends_on": "2027-11-17"})
PROMISED = (K.CONFIRMED, {"refund": "372 EUR", "refund_by": "2026-12-10"})
CLOSED: tuple[EventKind, dict[str, str]] = (K.CLOSED, {})

WHY = Sentence.of("due_why", "letter")
CANCEL = Due(what=DueKind.CANCEL, by=datetime(2027, 11, 15, 10, tzinfo=UTC), why=WHY)
REFUND = Due(what=DueKind.REFUND, by=datetime(2026, 11, 30, tzinfo=UTC), why=WHY)
CHARGE = Due(what=DueKind.CHARGE, by=date(2027, 11, 17), why=WHY)
VERDICT = [CHARGE, CANCEL, REFUND]
BANK = Due(what=DueKind.DISPUTE_BY, by=date(2027, 1, 14), why=WHY)
DISPUTE = (K.LETTER_WRITTEN, {"confirm_by": "2026-12-10", "kind": "dispute"})
CHARGED = (K.CHARGED, {"on": "2026-11-15", "dispute_by": "2027-01-14"})


def log(*rows: tuple[EventKind, dict[str, str]]) -> tuple[Event, ...]:
    return tuple(
        Event(number=n, kind=kind, at=NOW, known_by="program", details=details)
        for n, (kind, details) in enumerate(rows, 1)
    )


def test_the_statement_is_looked_at_after_the_end_that_was_confirmed() -> None:
    """A charge before a later end is owed."""
    soon = replace(CHARGE, by=date(2026, 12, 10))
    later = (K.CONFIRMED, {"ends_on": "2026-12-31"})

    days = due(log(LETTER, TAKEN, later), [soon, BANK], NOW)

    assert [d.by for d in days if d.what is DueKind.CHARGE] == [date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("events", "what"),
    [
        ((LETTER,), "refund cancel charge"),
        ((LETTER, TAKEN), "refund confirmation second-notice complaint cancel charge"),
        (
            (LETTER, TAKEN, ANSWERED),
            "refund confirmation second-notice complaint cancel charge",
        ),
        # who said that it ends, or that money comes, is not reminded of the letter
        ((LETTER, TAKEN, ANSWERED, SAYS_END), "refund cancel charge"),
        ((LETTER, TAKEN, SAYS_MONEY), "refund cancel charge"),
        ((LETTER, TAKEN, SAYS_END, RECEIPT), "refund cancel charge"),
        ((LETTER, TAKEN, SAYS_NO), "refund cancel charge"),
        # unless they say something else since, or a reply asks for more
        (
            (LETTER, TAKEN, SAYS_END, ANSWERED),
            "refund confirmation second-notice complaint cancel charge",
        ),
        (
            (LETTER, TAKEN, SAYS_END, REPLY, TAKEN),
            "refund confirmation second-notice complaint cancel charge",
        ),
        ((LETTER, TAKEN, CONFIRMED), "charge end"),
        ((LETTER, TAKEN, CONFIRMED, ANSWERED), "charge end"),
        ((LETTER, TAKEN, PROMISED), "money charge"),
        ((LETTER, TAKEN, CONFIRMED, CLOSED), ""),
    ],
)
def test_what_is_due_follows_from_what_happened(events: Any, what: str) -> None:
    found = due(log(*events), VERDICT, NOW)

    assert " ".join(each.what for each in found) == what


@pytest.mark.parametrize(
    ("events", "count"),
    [
        ((LETTER, TAKEN), 1),
        ((LETTER, TAKEN, CONFIRMED), 1),
        ((LETTER, TAKEN, CHARGED), 1),
        ((LETTER, TAKEN, DISPUTE, TAKEN), 0),
        ((LETTER, TAKEN, CONFIRMED, CLOSED), 0),
    ],
)
def test_the_banks_day_stands_once_until_the_bank_has_the_letter(
    events: Any, count: int
) -> None:
    days = due(log(*events), [BANK], NOW)

    assert [day.what for day in days].count(DueKind.DISPUTE_BY) == count


PAPER = (K.LETTER_WRITTEN, {"confirm_by": "2026-12-12", "kind": "dispute"})
STOP = (K.LETTER_WRITTEN, {"confirm_by": "2026-12-12", "kind": "stop-payment"})
BLOCKED: tuple[EventKind, dict[str, str]] = (K.BANK_BLOCKED, {})


@pytest.mark.parametrize(
    ("events", "what"),
    [
        # both were asked, and neither answered
        ((LETTER, TAKEN, PAPER, TAKEN), "confirmation bank"),
        ((PAPER, TAKEN, LETTER, TAKEN), "confirmation bank"),
        # the merchant took more money: only the bank is waited for
        ((LETTER, TAKEN, CHARGED, PAPER, TAKEN), "bank"),
        ((LETTER, TAKEN, CONFIRMED, CHARGED, PAPER, TAKEN), "bank"),
        # the bank paid, or the next charge begins it anew
        ((LETTER, TAKEN, CHARGED, PAPER, TAKEN, CONFIRMED), ""),
        ((LETTER, TAKEN, CHARGED, PAPER, TAKEN, CHARGED), ""),
        ((LETTER, TAKEN, CHARGED, PAPER, TAKEN, CLOSED), ""),
        ((LETTER, TAKEN, STOP, TAKEN), "confirmation bank"),
        ((LETTER, TAKEN, STOP, TAKEN, BLOCKED), "confirmation"),
    ],
)
def test_a_letter_to_the_bank_has_a_day_to_ask_what_became_of_it(
    events: Any, what: str
) -> None:
    awaited = (DueKind.CONFIRMATION, DueKind.BANK)
    found = [each for each in due(log(*events), [], NOW) if each.what in awaited]

    assert " ".join(each.what for each in found) == what
    assert all(d.by == date(2026, 12, 12) for d in found if d.what is DueKind.BANK)


def test_a_day_that_is_past_is_left_out_but_for_the_missing_confirmation() -> None:
    late = datetime(2027, 1, 1, tzinfo=UTC)

    found = due(log(LETTER, TAKEN), VERDICT, late)

    assert " ".join(each.what for each in found) == (
        "confirmation second-notice complaint cancel charge"
    )


def test_the_moment_decides_and_not_the_day_it_is_written_with() -> None:
    far = timezone(timedelta(hours=14))
    ends = Due(what=DueKind.CANCEL, by=datetime(2026, 11, 27, tzinfo=far), why=WHY)

    before = due(log(LETTER), [ends], datetime(2026, 11, 26, 9, 59, tzinfo=UTC))
    after = due(log(LETTER), [ends], datetime(2026, 11, 26, 10, 1, tzinfo=UTC))

    assert (before, after) == ([ends], [])


def test_a_day_lasts_until_it_is_over_everywhere() -> None:
    # in Ontario and Brazil it is still the 17th when it is the 18th in Greenwich
    evening = datetime(2027, 11, 18, 11, 59, tzinfo=UTC)

    assert due(log(LETTER), [CHARGE], evening) == [CHARGE]
    assert due(log(LETTER), [CHARGE], evening + timedelta(minutes=1)) == []


def test_a_receipt_answers_nothing_and_the_case_grows_overdue() -> None:
    receipt = (K.ANSWERED, {"reads_as": "acknowledged"})
    offer = (K.ANSWERED, {"reads_as": "offer"})
    advertising = (K.ANSWERED, {"reads_as": "marketing"})
    soon, late = date(2026, 12, 1), date(2026, 12, 11)

    waiting = standing(log(LETTER, TAKEN, receipt), soon)
    again = standing(log(LETTER, TAKEN, receipt, LETTER, TAKEN), soon)

    assert waiting.state is CaseState.SENT
    assert waiting.next_step.code == "after_a_receipt"
    assert again.next_step == Sentence.of("next_step", "sent")
    assert standing(log(LETTER, TAKEN, receipt), late).state is CaseState.OVERDUE
    assert standing(log(LETTER, TAKEN, offer), late).state is CaseState.ANSWERED
    over = standing(log(LETTER, TAKEN, CONFIRMED, advertising), late)
    assert over.state is CaseState.CONFIRMED


def test_without_a_letter_there_is_no_day_of_one() -> None:
    assert letter_day((), {}, UTC) is None


BOUNCED: tuple[EventKind, dict[str, str]] = (K.DELIVERY_FAILED, {})
ACTS = {
    "do": [
        {"do": "cancel", "by": "2026-12-04", "because": []},
        {"do": "withdraw", "by": "2026-12-07", "because": []},
        {"do": "refund", "by": "2026-12-08", "because": []},
        {"do": "dispute", "by": "2027-01-08", "because": []},
    ]
}
WITHDRAWAL = (K.LETTER_WRITTEN, {"confirm_by": "2026-11-20", "kind": "withdraw"})


@pytest.mark.parametrize(
    ("events", "first", "what"),
    [
        ((LETTER,), "cancel", "cancel withdrawal refund dispute-by"),
        ((LETTER, TAKEN), "cancel", "withdrawal refund dispute-by"),
        ((LETTER, TAKEN), "withdraw", "cancel refund dispute-by"),
        ((LETTER, TAKEN), "refund", "cancel dispute-by"),
        ((LETTER, TAKEN), "price-rise", "withdrawal refund dispute-by"),
        ((LETTER, TAKEN, WITHDRAWAL, TAKEN), "cancel", "refund dispute-by"),
        ((LETTER, TAKEN, BOUNCED), "cancel", "cancel withdrawal refund dispute-by"),
        (((K.CALLED, {"with_whom": "Bo"}),), "cancel", "withdrawal refund dispute-by"),
        (((K.BUTTON_USED, {}),), "steps", "withdrawal refund dispute-by"),
        (
            ((K.BUTTON_USED, {"what": "refund; at_store; other"}),),
            "steps",
            "withdrawal dispute-by",
        ),
    ],
)
def test_no_last_day_stands_for_what_is_done(
    events: Any, first: str, what: str
) -> None:
    found = days_to_act(ACTS, log(*events), first)

    assert " ".join(each.what for each in found) == what


def test_each_charge_that_the_bank_was_not_told_of_has_its_last_day() -> None:
    """A day that two of them share stands once."""
    other = (K.CHARGED, {"on": "2026-10-15", "dispute_by": "2026-12-14"})
    undated = (K.CHARGED, {"on": "2026-10-16"})
    told = (LETTER, TAKEN, CHARGED, DISPUTE, (K.SAID_SENT, {"way": "post"}))

    both = due(log(LETTER, TAKEN, CHARGED, CHARGED, other, undated), [], NOW)
    later = due(log(*told, other), [], NOW)

    lasts = [d.by for d in both if d.what is DueKind.DISPUTE_BY]
    assert lasts == [date(2026, 12, 14), date(2027, 1, 14)]
    assert [d.by for d in later if d.what is DueKind.DISPUTE_BY] == lasts[:1]


ASKED_THERE = (
    K.BUTTON_USED,
    {"what": "withdraw; cancel", "on": "2026-11-25", "confirm_by": "2026-12-09"},
)
REFUSED_THERE = (K.ANSWERED, {"message": "sha256:a", "reads_as": "refund_refused"})
GRANTED_THERE = (K.ANSWERED, {"message": "sha256:a", "reads_as": "refund_granted"})
PROMISED_THERE = (K.CONFIRMED, {"outcome": "pays_back", "refund": "9 EUR"})
WRITTEN = ACTS | {"in_writing": "yes"}


@pytest.mark.parametrize(
    ("verdict", "events", "what"),
    [
        (ACTS, (ASKED_THERE,), "refund dispute-by"),
        # who was refused in the account has time to write until the same day
        (ACTS, (ASKED_THERE, REFUSED_THERE), "tell-company refund dispute-by"),
        (ACTS, (ASKED_THERE, REFUSED_THERE, LETTER, TAKEN), "refund dispute-by"),
        # the law wants it in writing, and a press of a button is none
        (WRITTEN, (ASKED_THERE,), "tell-company refund dispute-by"),
        # but who grants the money wants no letter any more
        (WRITTEN, (ASKED_THERE, GRANTED_THERE), "refund dispute-by"),
        (WRITTEN, (ASKED_THERE, PROMISED_THERE), "refund dispute-by"),
    ],
)
def test_what_was_asked_at_a_store_may_still_be_written(
    verdict: Any, events: Any, what: str
) -> None:
    found = days_to_act(verdict, log(*events), "steps")

    assert " ".join(each.what for each in found) == what


def test_the_days_to_dispute_later_charges_stand_behind_the_first() -> None:
    kept = {
        "do": [{"do": "dispute", "by": "2026-12-11", "because": []}],
        "dispute_days": ["2026-12-11", "2027-01-11", "2027-02-09"],
    }

    found = days_of(kept)

    assert [str(each.by) for each in found] == [
        "2026-12-11", "2027-01-11", "2027-02-09",
    ]  # fmt: skip
    assert {each.what for each in found} == {DueKind.DISPUTE_BY}
    assert [each.why.code for each in found[1:]] == ["dispute_later"] * 2
    # without a first day there is nothing to dispute
    assert days_of({"do": [], "dispute_days": ["2026-12-11"]}) == []
