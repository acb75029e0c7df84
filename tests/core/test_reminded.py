"""Who was reminded is not reminded again: a body is next."""

from datetime import date

import pytest

from rescind.core.follow.escalation import StepState, escalation
from rescind.core.follow.letters_out import Do
from rescind.core.follow.outlook import REMINDED, REMINDED_LATE, outlook, standing
from rescind.core.model.case import CaseState, EventKind
from tests.core.test_follow import SENT, Row, log, row
from tests.core.test_told_before import TOLD

K = EventKind
REMINDER = (
    row(K.LETTER_WRITTEN, 16, kind="second-notice", confirm_by="2026-12-01"),
    row(K.SAID_SENT, 16),
)
SKIPPED = (row(K.STEP_SKIPPED, 16, step="second-notice"),)
SAID = row(K.ANSWERED, 18, message="sha256:1", reads_as="redirected")
REPLIED = (
    row(K.LETTER_WRITTEN, 19, kind="reply", confirm_by="2026-12-05"),
    row(K.SAID_SENT, 19),
)


@pytest.mark.parametrize("first", [SENT, (TOLD,)], ids=["letter", "before"])
def test_a_complaint_is_next_after_a_reminder(first: tuple[Row, ...]) -> None:
    events = log(*first, *REMINDER)

    assert standing(events, date(2026, 12, 1)).next_step == REMINDED
    late = standing(events, date(2026, 12, 2))
    assert late.state is CaseState.OVERDUE
    assert late.next_step == REMINDED_LATE
    assert standing(events, date(2026, 12, 30)).next_step == REMINDED_LATE


def test_who_does_without_a_reminder_complains() -> None:
    assert outlook(log(*SENT, *SKIPPED)).next_step == REMINDED
    assert outlook(log(*SENT)).next_step != REMINDED


def test_a_complaint_waits_for_the_letter_that_gives_longer() -> None:
    events = log(TOLD, *REMINDER, SAID, *REPLIED)

    steps = escalation(events, outlook(events).state, date(2026, 12, 3))
    complaint = next(step for step in steps if step.do is Do.COMPLAINT)
    assert complaint.state is StepState.LATER
    assert complaint.on == date(2026, 12, 6)
    assert complaint.why.code == "letter"


def test_a_letter_to_the_bank_gives_the_company_no_longer() -> None:
    to_bank = (
        row(K.LETTER_WRITTEN, 19, kind="stop-payment", confirm_by="2026-12-05"),
        row(K.SAID_SENT, 19),
    )
    events = log(*SENT, *REMINDER, *to_bank)

    steps = escalation(events, CaseState.SENT, date(2026, 12, 3))
    complaint = next(step for step in steps if step.do is Do.COMPLAINT)
    assert complaint.on == date(2026, 12, 2)
