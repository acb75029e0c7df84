"""Steps in an account of which some are done leave the others to be done."""

from datetime import date

import pytest

from rescind.core.follow.at_store import left_there
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
