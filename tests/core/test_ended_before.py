"""An end to come or one that had come: the day that is told of it decides."""

from datetime import UTC, date, datetime

import pytest

from rescind.adapters.data.phrasebooks import tongues
from rescind.core.follow.reading.ended_before import (
    by_day,
    had_ended,
    pooled,
)
from rescind.core.follow.reading.meaning import Meaning
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Before, Label, Message

CAME = date(2026, 8, 28)


def end(label: Label) -> Meaning:
    return Meaning(label=label, sureness=0.9, grounds=(), needs_person=False)


@pytest.mark.parametrize(
    ("ahead", "behind", "before"),
    [
        ("2026-08-10", "2026-08-10", Before.YES),
        ("2026-08-25", "2026-08-25", None),
        ("2026-08-28", "2026-08-28", Before.NO),
        ("2027-06-30", "2026-06-30", Before.MAYBE),
        ("2026-12-31", "2025-12-31", None),
        (None, "2026-06-30", Before.MAYBE),
        ("period_end", None, None),
        (None, None, None),
    ],
)
def test_a_day_tells_whether_an_end_had_come(
    ahead: str | None, behind: str | None, before: Before | None
) -> None:
    assert had_ended(ahead, behind, CAME) is before
    assert had_ended(ahead, behind, None) is None


def test_only_an_end_is_put_right_by_its_day() -> None:
    refused = end(Label.REFUSED)

    assert by_day(end(Label.CONFIRMED), Before.YES).label is Label.ALREADY_CANCELLED
    assert by_day(end(Label.ALREADY_CANCELLED), Before.NO).label is Label.CONFIRMED
    assert by_day(end(Label.CONFIRMED), Before.MAYBE).label is Label.CONFIRMED
    assert by_day(refused, Before.YES) == refused


def test_what_is_said_of_both_ends_counts_for_the_one_that_is_meant() -> None:
    shares = {Label.CONFIRMED: 0.6, Label.ALREADY_CANCELLED: 0.3, Label.OTHER: 0.1}

    assert pooled(shares, None) == shares
    assert pooled(shares, Before.NO)[Label.CONFIRMED] == pytest.approx(0.9)
    assert pooled(shares, Before.YES)[Label.CONFIRMED] == 0


def test_an_end_that_may_have_come_is_sure_only_where_it_was_heard() -> None:
    hardly = {Label.CONFIRMED: 0.9, Label.ALREADY_CANCELLED: 0.05, Label.OTHER: 0.05}
    clearly = {Label.CONFIRMED: 0.3, Label.ALREADY_CANCELLED: 0.6, Label.OTHER: 0.1}
    never = {Label.CONFIRMED: 0.9, Label.OTHER: 0.1}

    doubtful = pooled(hardly, Before.MAYBE)

    assert max(doubtful, key=lambda each: doubtful[each]) is Label.ALREADY_CANCELLED
    assert doubtful[Label.ALREADY_CANCELLED] < 0.6
    assert sum(doubtful.values()) == pytest.approx(1)
    assert pooled(clearly, Before.MAYBE)[Label.ALREADY_CANCELLED] == pytest.approx(0.9)
    assert pooled(never, Before.MAYBE) == never
    assert pooled(never, Before.YES) == never


@pytest.mark.parametrize(
    ("day", "label"),
    [("10 August 2026", Label.ALREADY_CANCELLED), ("1 October 2026", Label.CONFIRMED)],
)
def test_a_message_is_read_by_the_day_of_its_end(day: str, label: Label) -> None:
    message = Message(
        id="1",
        sender="help@gym.example",
        subject="Re: my contract",
        at=datetime(2026, 8, 28, 12, tzinfo=UTC),
        text=f"Dear Anna, we confirm that your contract was ended on {day}.",
    )

    assert read(message, tongues()).label is label
