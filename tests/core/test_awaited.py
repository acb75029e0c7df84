"""Money that comes in part answers only what asked for more than is open then."""

from datetime import date

import pytest

from rescind.core.follow.awaited import awaited_money
from rescind.core.follow.escalation import StepState, escalation
from rescind.core.follow.letters_out import Do, asked_bank
from rescind.core.follow.outlook import outlook
from rescind.core.follow.recorded_end import was_named
from rescind.core.model.case import EventKind
from tests.core.test_follow import Row, log, row

K = EventKind
TOLD = row(K.BUTTON_USED, 1, on="2026-11-02", confirm_by="2026-11-05", before="yes")
WITHDREW = row(
    K.CONFIRMED,
    1,
    ends_on="2026-11-02",
    refund="300.00 EUR",
    refund_by="2026-11-16",
    outcome="withdrew",
)
REFUSED = row(K.ANSWERED, 8, message="sha256:a8", reads_as="refund_refused")
GRANTED = row(K.ANSWERED, 2, message="sha256:a2", reads_as="refund_granted")
OUT = row(K.SAID_SENT, 4)


def letter(kind: str, amount: str = "", confirm_by: str = "2026-11-20") -> Row:
    details = {"kind": kind, "confirm_by": confirm_by}
    return row(K.LETTER_WRITTEN, 4, **details, **({"amount": amount} if amount else {}))


def part(came: str, rest: str, day: int = 9) -> tuple[Row, Row]:
    """Return what is recorded of a part that came."""
    end = {"ends_on": "2026-11-02"}
    return (
        row(K.CONFIRMED, day, **end, refund=came, outcome="money_came"),
        row(
            K.CONFIRMED,
            day,
            **end,
            refund=rest,
            refund_by="2026-11-16",
            outcome="rest_open",
        ),
    )


ASKED_REST = (TOLD, WITHDREW, GRANTED, letter("refund", "200.00 EUR"), OUT)


def test_a_refusal_of_the_rest_stands_once_the_part_has_come() -> None:
    events = log(*ASKED_REST, REFUSED, *part("100.00 EUR", "200.00 EUR"))
    money = awaited_money(events)

    assert money is not None
    assert money.asked is not None
    assert money.refused_on == date(2026, 11, 9)
    steps = escalation(events, outlook(events).state, date(2026, 11, 12))
    assert {step.do: step.state for step in steps} == {
        Do.REFUND: StepState.DONE,
        Do.DISPUTE: StepState.DUE,
        Do.COMPLAINT: StepState.DUE,
    }


def test_the_rest_that_was_asked_for_is_waited_for_by_its_own_day() -> None:
    money = awaited_money(log(*ASKED_REST, *part("100.00 EUR", "200.00 EUR")))

    assert money is not None
    assert money.by == date(2026, 11, 20)
    assert money.refused_on is None


@pytest.mark.parametrize(
    "asked", ["300.00 EUR", "", "200.00 USD"], ids=["more", "unknown", "other"]
)
def test_a_part_answers_who_asked_for_more(asked: str) -> None:
    rows = (TOLD, WITHDREW, letter("refund", asked), OUT, REFUSED)
    money = awaited_money(log(*rows, *part("100.00 EUR", "200.00 EUR")))

    assert money is not None
    assert money.asked is None


@pytest.mark.parametrize("kind", ["complaint", "dispute"])
def test_a_part_ends_no_letter_to_others(kind: str) -> None:
    rows = (TOLD, WITHDREW, letter(kind, "300.00 EUR"), OUT)
    events = log(*rows, *part("100.00 EUR", "200.00 EUR"))
    money = awaited_money(events)

    assert money is not None
    assert money.asked is not None
    assert money.asked.kind == kind
    assert (asked_bank(events) is not None) is (kind == "dispute")


def test_all_that_came_ends_a_letter_to_the_bank() -> None:
    came = part("300.00 EUR", "0")[:1]
    events = log(TOLD, WITHDREW, letter("dispute", "300.00 EUR"), OUT, *came)

    assert awaited_money(events) is None
    assert asked_bank(events) is None


def test_the_first_letter_for_money_after_an_end_asks_for_none_again() -> None:
    end = row(K.CONFIRMED, 1, ends_on="2026-11-02")
    first = letter("refund", "200.00 EUR")
    money = awaited_money(
        log(TOLD, end, GRANTED, first, OUT, *part("100.00 EUR", "200.00 EUR"))
    )

    assert money is not None
    assert money.asked is None


def test_who_asked_for_the_rest_before_the_end_was_recorded_asked_for_it() -> None:
    first = letter("withdraw", "300.00 EUR")
    end = row(
        K.CONFIRMED,
        6,
        ends_on="2026-11-02",
        refund="300.00 EUR",
        refund_by="2026-11-16",
    )
    rows = (first, OUT, GRANTED, letter("refund", "200.00 EUR"), OUT, end)
    money = awaited_money(log(*rows, *part("100.00 EUR", "200.00 EUR")))

    assert money is not None
    assert money.asked is not None
    assert money.by == date(2026, 11, 20)


def test_a_rest_without_the_end_it_began_with_has_no_letters() -> None:
    rest = part("100.00 EUR", "200.00 EUR")
    money = awaited_money(log(TOLD, letter("refund", "200.00 EUR"), OUT, *rest))

    assert money is not None
    assert money.asked is None


@pytest.mark.parametrize(
    ("outcome", "named"),
    [
        ("confirmed", True),
        ("pays_back", True),
        ("withdrew", False),
        ("no_charge", False),
    ],
)
def test_an_end_is_theirs_where_they_spoke_of_it(outcome: str, *, named: bool) -> None:
    end = row(K.CONFIRMED, 1, ends_on="2026-11-02", outcome=outcome)

    assert was_named(log(TOLD, end)) is named
    # what came of the money says nothing of it
    assert was_named(log(TOLD, end, *part("100.00 EUR", "200.00 EUR"))) is named
    assert not was_named(log(TOLD))


DISPUTE = (letter("dispute", "44.99 USD", "2026-11-20"), OUT)
ENDS: dict[str, str] = {"ends_on": "2027-11-27", "outcome": "confirmed"}


def test_an_end_that_is_told_leaves_what_the_bank_was_asked_for_open() -> None:
    money = awaited_money(log(TOLD, *DISPUTE, row(K.CONFIRMED, 6, **ENDS)))

    assert money is not None
    assert money.refund == "44.99 USD"
    assert money.by == date(2026, 11, 20)
    assert outlook(log(TOLD, *DISPUTE, row(K.CONFIRMED, 6, **ENDS))).next_step.code in {
        "money",
        "money_again",
    }


def test_money_that_came_closes_what_the_bank_was_asked_for() -> None:
    came = row(K.CONFIRMED, 7, ends_on="2027-11-27", refund="44.99 USD")
    events = log(TOLD, *DISPUTE, row(K.CONFIRMED, 6, **ENDS), came)

    assert awaited_money(events) is None
    assert asked_bank(events) is None


def test_a_stopped_payment_is_no_money_to_wait_for() -> None:
    stop = (letter("stop-payment", "", "2026-11-20"), OUT)

    assert awaited_money(log(TOLD, *stop, row(K.CONFIRMED, 6, **ENDS))) is None
