"""The last days to dispute a payment, by the rights of the steps of a case."""

from collections.abc import Sequence
from datetime import date

from rescind.adapters.public.steps import LastDayJson, StepJson
from rescind.app.follow.at_bank import last_dispute
from rescind.app.follow.charges_left import is_all_back
from rescind.app.follow.last_days import last_days_of
from rescind.core.follow.due import days_of
from rescind.core.follow.due_day import DueKind
from rescind.core.follow.letters_out import Do
from rescind.core.model.case import Case
from rescind.core.model.event_text import DAY_LENGTH
from rescind.core.model.sentence import Sentence
from rescind.labels import label, say
from rescind.web.card_values import LATE, SOON, CardRow
from rescind.web.case_story import CaseDays

WITHOUT_BANK = {
    "charged": "charged_late",
    **dict.fromkeys(
        (
            *("confirmed_money_refused_again", "confirmed_money_unpaid"),
            *("steps_unpaid", "answered_store_refused_again"),
        ),
        "bank_is_over",
    ),
}
"""What is next where the bank can be told no more."""


def last_days(steps: Sequence[StepJson]) -> list[date]:
    """Return the last days to dispute a payment, in order."""
    disputes = (step["rights"] for step in steps if step["step"] == Do.DISPUTE)
    days = (right["by"] for rights in disputes for right in rights)
    return sorted(date.fromisoformat(day[:10]) for day in days)


def may_dispute(steps: Sequence[StepJson], now: date) -> bool:
    """Return whether a right on file lets the payment be disputed on a day."""
    return any(last >= now for last in last_days(steps))


def is_dispute_over(steps: Sequence[StepJson], now: date) -> bool:
    """Return whether every last day on file is past: the company is what is left."""
    lasts = last_days(steps)
    return bool(lasts) and lasts[-1] < now


def next_last_day(steps: Sequence[StepJson], now: date) -> LastDayJson | None:
    """Return the right whose last day to tell the bank comes next, while it is open."""
    is_open = (s for s in steps if s["step"] == Do.DISPUTE and s["state"] != "done")
    rights = (right for step in is_open for right in step["rights"])
    ahead = (right for right in rights if right["by"][:10] >= now.isoformat())
    return min(ahead, key=lambda right: right["by"], default=None)


def day_for_bank(case: Case, steps: Sequence[StepJson], now: date) -> date | None:
    """Return by when the bank has to hear of the charges: the first day still open.

    The card of a case and the letter to the bank name it by this alone; once all the
    money is back, there is none.
    """
    if is_all_back(case):
        return None
    right = next_last_day(steps, now)
    if right is not None:
        return date.fromisoformat(right["by"][:DAY_LENGTH])
    if last_dispute(case) is not None:
        return None
    days = [d for d in days_of(case.verdict) if d.what is DueKind.DISPUTE_BY]
    planned = [day.moment.date() for day in days]
    later = (d["by"][:DAY_LENGTH] for d in last_days_of(case, now) if planned)
    every = [*planned, *map(date.fromisoformat, later)]
    return min((day for day in every if day >= now), default=max(planned, default=None))


def row_for_bank(last: date, days: CaseDays, *, what: str) -> CardRow:
    """Return a last day as a row of a card, with the days that are left."""
    left = (last - days.today).days
    return CardRow(
        what=what,
        value=days.day(last),
        left=days_left(left),
        urgency="late" if left <= LATE else "soon" if left <= SOON else "",
    )


def days_left(left: int) -> str:
    """Return how many days are left, or how long ago it was."""
    if left < 0:
        return "yesterday" if left == -1 else f"{-left} days ago"
    return {0: "today", 1: "1 day left"}.get(left, f"{left} days left")


def day_to_tell_bank(right: LastDayJson, days: CaseDays) -> str:
    """Return a right's last day, with what it rests on while that is not known."""
    day = days.day(date.fromisoformat(right["by"][:10]), by_name=False)
    if not right["asks"]:
        return day
    return say(Sentence.of("card_row", "bank_by_right", day=day, right=right["name"]))


def bank_row(right: LastDayJson, days: CaseDays) -> CardRow:
    """Return by when the bank can be told, with the days that are left."""
    left = (date.fromisoformat(right["by"][:10]) - days.today).days
    return CardRow(
        what=label("bank_by", "card_row"),
        value=day_to_tell_bank(right, days),
        left={0: "today", 1: "1 day left"}.get(left, f"{left} days left"),
        urgency="late" if left <= LATE else "soon" if left <= SOON else "",
    )
