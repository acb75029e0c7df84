"""Steps in an account of which some are done leave the others to be done."""

from datetime import date

import pytest

from rescind.core.follow.at_store import asked_there, left_there, shown_by_grant
from rescind.core.follow.awaited import awaited_money
from rescind.core.follow.outlook import standing
from rescind.core.model.case import EventKind
from tests.core.test_follow import Row, log, row

K = EventKind
OPENED = row(K.OPENED, 1)
DAY = {"on": "2026-10-28", "confirm_by": "2026-11-11", "where": "Apple"}
ASKED = row(K.BUTTON_USED, 2, **DAY, what="refund", left="cancel")
CANCELLED = row(K.BUTTON_USED, 3, **DAY, what="cancel")
LETTER = row(K.LETTER_WRITTEN, 3, kind="refund", confirm_by="2026-11-30")
DISPUTE = row(K.LETTER_WRITTEN, 3, kind="dispute", confirm_by="2026-11-30")


@pytest.mark.parametrize("on", [date(2026, 11, 10), date(2026, 12, 20)])
def test_a_step_that_is_left_is_next_however_late_it_is(on: date) -> None:
    here = standing(log(OPENED, ASKED), on)

    assert left_there(log(OPENED, ASKED)) == ("cancel",)
    assert here.next_step.code == "steps_left"


@pytest.mark.parametrize(
    ("after", "left"),
    [((CANCELLED,), ()), ((LETTER,), ("cancel",)), ((DISPUTE,), ("cancel",))],
)
def test_a_step_is_left_until_it_is_done(
    after: tuple[Row, ...], left: tuple[str, ...]
) -> None:
    assert left_there(log(OPENED, ASKED, *after)) == left


def test_a_letter_that_ends_it_leaves_nothing() -> None:
    first = row(K.LETTER_WRITTEN, 1, kind="cancel", confirm_by="2026-11-30")

    assert left_there(log(OPENED, first, ASKED)) == ()
    assert left_there(log(OPENED)) == ()


MONEY_LEFT = row(K.BUTTON_USED, 2, **DAY, what="cancel", left="refund")
ANSWER = {"message": "sha256:a", "reads_as": "refund_granted"}
GRANTED = row(K.ANSWERED, 4, **ANSWER)
REFUSED = row(K.ANSWERED, 4, message="sha256:a", reads_as="refund_refused")
ENDS = row(K.CONFIRMED, 3, ends_on="2026-12-27")


def test_who_is_granted_money_has_asked_for_it() -> None:
    events = log(OPENED, MONEY_LEFT, GRANTED)

    assert left_there(events) == ()
    assert shown_by_grant(events) == {"refund"}
    assert [each.number for each in asked_there(events)] == [3]


@pytest.mark.parametrize(
    "rows",
    [
        (MONEY_LEFT, REFUSED),
        (MONEY_LEFT,),
        (GRANTED, MONEY_LEFT),
        (row(K.BUTTON_USED, 2, **DAY, what="cancel"), GRANTED),
        (MONEY_LEFT, LETTER, GRANTED),
        (MONEY_LEFT, row(K.ANSWERED, 4, **ANSWER, by="merchant")),
    ],
)
def test_nothing_but_a_grant_of_what_was_left_shows_it(rows: tuple[Row, ...]) -> None:
    events = log(OPENED, *rows)

    assert shown_by_grant(events) == frozenset()
    assert asked_there(events) == ()


def test_a_grant_does_no_step_but_that_for_the_money() -> None:
    assert left_there(log(OPENED, ASKED, GRANTED)) == ("cancel",)
    assert len(asked_there(log(OPENED, ASKED, GRANTED))) == 1


def test_money_that_is_granted_after_the_end_is_waited_for() -> None:
    awaited = awaited_money(log(OPENED, MONEY_LEFT, ENDS, GRANTED))

    assert awaited is not None
    assert awaited.refused_on is None
    assert awaited_money(log(OPENED, MONEY_LEFT, ENDS)) is None


def test_after_an_end_that_leaves_money_to_be_asked_for_that_is_next() -> None:
    here = standing(log(OPENED, MONEY_LEFT, ENDS), date(2026, 11, 10))

    assert left_there(log(OPENED, MONEY_LEFT, ENDS)) == ("refund",)
    assert here.next_step.code == "steps_left"
