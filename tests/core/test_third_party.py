"""What a bank or a body writes is no word of the company's, and says what is next."""

from datetime import date

import pytest

from rescind.core.follow.due import days
from rescind.core.follow.due_day import DueKind
from rescind.core.follow.escalation import StepState, escalation
from rescind.core.follow.letters_out import Do, asked_bank, complained
from rescind.core.follow.outlook import outlook, standing
from rescind.core.follow.reminders import reminders
from rescind.core.follow.third_party import last_said, open_word, said_by
from rescind.core.model.case import CaseState, Event, EventKind
from rescind.core.model.event_details import AnsweredDetails
from rescind.core.model.third_party_details import ThirdWord
from tests.core.test_follow import LETTER, SENT, Row, log, row

K, S = EventKind, CaseState
CLAIM = row(
    K.LETTER_WRITTEN, confirm_by="2026-11-15", pay_by="2026-11-15", amount="60 EUR"
)
CLAIMED = (CLAIM, *SENT[1:])
COMPLAINT = row(K.LETTER_WRITTEN, 3, kind="complaint", confirm_by="2026-11-18")
DISPUTE = row(K.LETTER_WRITTEN, 3, kind="dispute", confirm_by="2026-11-18")
OUT = row(K.SAID_SENT, 3)
COMPLAINED = (*SENT, COMPLAINT, OUT)
DISPUTED = (*SENT, DISPUTE, OUT)
ENDED = row(
    K.CONFIRMED, 2, ends_on="2026-12-24", refund="9 EUR", refund_by="2026-11-03"
)
ON = date(2026, 11, 10)


def word(says: str, day: int = 5, by: str = "body", **more: str) -> Row:
    return row(K.THIRD_PARTY, day, by=by, says=says, **more)


def bank(says: str, day: int = 5, **more: str) -> Row:
    return word(says, day, "bank", **more)


def next_of(events: tuple[Event, ...], on: date = ON) -> tuple[CaseState, str]:
    here = standing(events, on)
    return here.state, here.next_step.code


def due_of(events: tuple[Event, ...]) -> list[tuple[DueKind, str, str]]:
    found = days(events, [])
    return [(day.what, day.by.isoformat(), day.why.code) for day in found]


@pytest.mark.parametrize(
    ("says", "state"),
    [
        ("closes", S.ANSWERED),
        ("proposes", S.ANSWERED),
        ("declined", S.ANSWERED),
        ("accepted", S.SENT),
    ],
)
def test_a_bodys_word_says_what_is_next(says: str, state: CaseState) -> None:
    events = log(*COMPLAINED, word(says))

    assert next_of(events) == (state, f"third_{says}")
    assert complained(events) is None
    assert not [e for e in events if e.read(AnsweredDetails)]


def test_that_a_body_looks_into_it_gives_it_more_time() -> None:
    events = log(*COMPLAINED, word("looks", until="2026-12-05"))

    assert open_word(events) is None
    assert next_of(events, date(2026, 11, 30)) == (S.SENT, "complained")
    assert next_of(events, date(2026, 12, 6)) == (S.OVERDUE, "complaint_late")
    assert due_of(events)[-1] == (DueKind.BODY, "2026-12-05", "body_wrote")
    assert due_of(log(*COMPLAINED))[-1][2] == "complained"


@pytest.mark.parametrize(
    ("says", "state"),
    [
        ("credits", S.SENT),
        ("sent", S.SENT),
        ("pays", S.ANSWERED),
        ("refuses", S.ANSWERED),
        ("asks", S.ANSWERED),
    ],
)
def test_a_banks_word_says_what_is_next(says: str, state: CaseState) -> None:
    events = log(*DISPUTED, bank(says))

    assert next_of(events) == (state, f"third_{says}")
    is_settled = says in ("pays", "refuses")
    assert (asked_bank(events) is None) == is_settled


def test_what_is_waited_for_is_late_after_its_day() -> None:
    events = log(*DISPUTED, bank("credits", until="2026-12-05"))

    assert next_of(events, date(2026, 12, 5)) == (S.SENT, "third_credits")
    assert next_of(events, date(2026, 12, 6)) == (S.OVERDUE, "third_credits_late")
    assert due_of(events)[:1] == [(DueKind.CONFIRMATION, "2026-11-15", "letter")]
    assert (DueKind.BANK, "2026-12-05", "bank_wrote") in due_of(events)


def test_a_word_of_a_later_release_says_nothing() -> None:
    events = log(*COMPLAINED, word("ponders"))

    assert open_word(events) is None
    assert next_of(events) == (S.SENT, "complained")
    assert last_said(events, "bank") is None


def test_a_word_counts_only_where_a_letter_went_out() -> None:
    assert next_of(log(LETTER, word("closes")))[0] is S.DRAFT
    assert next_of(log(*SENT[:2], word("closes")))[0] is S.ORDERED


@pytest.mark.parametrize(
    ("later", "is_open"),
    [
        (row(K.ANSWERED, 6, message="sha256:a", reads_as="acknowledged"), True),
        (row(K.ANSWERED, 6, message="sha256:a", reads_as="refused"), False),
        (row(K.LETTER_WRITTEN, 6, kind="refund", confirm_by="2026-11-25"), True),
        (row(K.CONFIRMED, 6, ends_on="2026-12-24"), False),
        (row(K.CHARGED, 6, on="2026-11-07"), False),
        (row(K.BUTTON_USED, 6, on="2026-11-07"), False),
    ],
)
def test_a_word_stands_until_something_else_is_what_it_is_about(
    later: Row, is_open: object
) -> None:
    events = log(*COMPLAINED, word("closes"), later)

    assert (open_word(events) is not None) == is_open


def test_a_proposal_has_a_day_whatever_the_company_writes() -> None:
    proposal = word("proposes", amount="30 EUR", until="2026-12-15")
    theirs = row(K.ANSWERED, 6, message="sha256:a", reads_as="refused")
    named = (DueKind.PROPOSAL, "2026-12-15", "proposal_sum")

    assert named in due_of(log(*COMPLAINED, proposal))
    assert named in due_of(log(*COMPLAINED, proposal, theirs))
    assert named not in due_of(log(*COMPLAINED, proposal, word("declined", 7)))
    # a complaint that was answered is waited for no more
    assert [d[0] for d in due_of(log(*COMPLAINED, proposal))] == [DueKind.PROPOSAL]


def test_what_was_proposed_is_what_is_accepted() -> None:
    proposal = word("proposes", amount="30 EUR", until="2026-12-15")
    events = log(*COMPLAINED, proposal, word("accepted", 7, until="2026-12-20"))
    accepted = open_word(events)

    assert accepted is not None
    assert (accepted.amount, accepted.waits) == ("30 EUR", True)
    assert due_of(events) == [(DueKind.MONEY, "2026-12-20", "accepted_sum")]


def test_the_bank_names_the_day_on_which_it_takes_money_back() -> None:
    events = log(*DISPUTED, bank("refuses", until="2026-12-05"))

    assert (DueKind.TAKEN_BACK, "2026-12-05", "taken_back") in due_of(events)
    # the company has until its own day, and no day of the letter to the bank
    assert (DueKind.CONFIRMATION, "2026-11-15", "letter") in due_of(events)
    assert DueKind.BANK not in [each[0] for each in due_of(events)]


def test_once_the_bank_refused_a_body_is_next() -> None:
    events = log(*DISPUTED, bank("refuses"))
    steps = escalation(events, outlook(events).state, ON)
    complaint = [step for step in steps if step.do is Do.COMPLAINT]

    assert [(s.state, s.why.code) for s in complaint] == [
        (StepState.DUE, "bank_refused")
    ]
    assert escalation(events, S.CLOSED, ON) == ()


@pytest.mark.parametrize("says", ["closes", "declined"])
def test_a_body_that_ends_a_complaint_about_money_leaves_the_bank(says: str) -> None:
    events = log(*CLAIMED, COMPLAINT, OUT, word(says))
    steps = escalation(events, outlook(events).state, ON)

    assert [(s.do, s.state) for s in steps if s.is_for_money] == [
        (Do.DISPUTE, StepState.DUE),
        (Do.COMPLAINT, StepState.DONE),
    ]
    # of a complaint about the end alone there is no payment to dispute
    other = log(*COMPLAINED, word(says))
    left = escalation(other, outlook(other).state, ON)
    assert Do.DISPUTE not in [step.do for step in left]


def test_after_an_end_a_word_is_to_be_read_at_once() -> None:
    events = log(*SENT, ENDED, COMPLAINT, OUT, word("closes", until="2026-12-30"))
    ahead = outlook(events)

    assert next_of(events) == (S.CONFIRMED, "third_closes")
    assert ahead.late_from == date(2026, 11, 6)
    # nobody waits for money of a complaint that was turned down
    assert DueKind.MONEY not in [each[0] for each in due_of(events)]


def test_after_an_end_money_that_was_accepted_is_waited_for() -> None:
    events = log(*SENT, ENDED, COMPLAINT, OUT, word("accepted", until="2026-12-05"))

    assert next_of(events) == (S.CONFIRMED, "third_accepted")
    assert next_of(events, date(2026, 12, 6)) == (S.CONFIRMED, "third_accepted_late")
    assert (DueKind.MONEY, "2026-12-05", "accepted") in due_of(events)
    unnamed = log(*SENT, ENDED, COMPLAINT, OUT, word("accepted"))
    assert outlook(unnamed).late_from == date(2026, 11, 6)


def test_a_body_that_looks_into_money_after_an_end_has_its_day() -> None:
    events = log(*SENT, ENDED, COMPLAINT, OUT, word("looks", until="2026-12-05"))

    assert (DueKind.MONEY, "2026-12-05", "body_wrote") in due_of(events)


def test_one_is_told_of_what_they_wrote_and_not_of_what_one_did() -> None:
    events = log(*COMPLAINED, word("closes"))
    keys = [each.key for each in reminders(events, [])]

    assert keys == [f"answered:{len(events)}"]
    ended = log(*SENT, ENDED, COMPLAINT, OUT, word("proposes"), word("accepted", 6))
    assert [each.key for each in reminders(ended, [])] == ["answered:8"]


def test_a_word_can_be_set_aside() -> None:
    events = log(*COMPLAINED, word("closes"), row(K.SET_ASIDE, 6, number="7"))

    assert next_of(events) == (S.SENT, "complained")


FOR_MONEY = row(
    K.LETTER_WRITTEN,
    confirm_by="2026-11-15",
    pay_by="2026-11-15",
    amount="60 EUR",
    for_money_alone="yes",
)


def ahead_of(events: tuple[Event, ...]) -> list[Do]:
    """Return the steps that lie ahead, or are due, long after all days."""
    steps = escalation(events, outlook(events).state, date(2027, 6, 1))
    return [s.do for s in steps if s.state in (StepState.DUE, StepState.LATER)]


@pytest.mark.parametrize("amount", ["60 EUR", "", "70 USD"])
def test_nobody_is_asked_for_what_the_bank_gave_back(amount: str) -> None:
    asked = (FOR_MONEY, *SENT[1:], DISPUTE, OUT)
    given = bank("credits", amount=amount) if amount else bank("credits")

    assert ahead_of(log(*asked)) == [Do.SECOND_NOTICE, Do.COMPLAINT]
    assert ahead_of(log(*asked, given)) == []
    assert ahead_of(log(*asked, given, bank("asks", 6))) == []
    assert ahead_of(log(*asked, given, bank("pays", 7))) == []


def test_what_the_bank_does_not_give_back_is_still_asked_for() -> None:
    asked = (FOR_MONEY, *SENT[1:], DISPUTE, OUT)
    both = [Do.SECOND_NOTICE, Do.COMPLAINT]

    # a part of it, and what it takes back again
    assert ahead_of(log(*asked, bank("credits", amount="20 EUR"))) == both
    assert ahead_of(log(*asked, bank("credits"), bank("refuses", 6))) == both
    # an end that was to be confirmed is no money
    assert ahead_of(log(*CLAIMED, DISPUTE, OUT, bank("credits"))) == both
    assert ahead_of(log(DISPUTE, OUT, bank("credits"))) == []
    # what was taken since is another charge
    charged = row(K.CHARGED, 6, on="2026-11-07")
    assert ahead_of(log(*asked, bank("credits"), charged)) == [Do.DISPUTE]


def test_money_after_an_end_is_not_asked_for_once_the_bank_gave_it_back() -> None:
    asked = (*SENT, ENDED, DISPUTE, OUT)

    assert Do.REFUND in ahead_of(log(*asked))
    assert ahead_of(log(*asked, bank("credits"))) == []


def test_what_a_bank_said_is_told_since_the_letter_to_it() -> None:
    events = log(*DISPUTED, bank("credits"), word("looks"), bank("refuses", 6))

    assert [each.says for each in said_by(events, "bank", since=6)] == [
        ThirdWord.CREDITS,
        ThirdWord.REFUSES,
    ]
    assert [each.number for each in said_by(events, "bank", since=7)] == [9]


@pytest.mark.parametrize(
    ("came", "left"),
    [("20 EUR", "10 EUR"), ("30 EUR", None), ("20 USD", None), ("", None)],
)
def test_what_came_of_a_proposal_leaves_the_rest(came: str, left: str | None) -> None:
    proposal = (word("proposes", amount="30 EUR"), word("accepted", 6))
    told = word("came", 7, amount=came) if came else word("came", 7)
    events = log(*COMPLAINED, *proposal, told)
    open_one = open_word(events)

    assert open_one is not None
    assert open_one.amount == left
    assert next_of(events) == (S.ANSWERED, "third_came")
