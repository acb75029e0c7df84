"""The last days to dispute a payment, by the rights of the steps of a case."""

from collections.abc import Sequence
from datetime import date

from rescind.adapters.public.steps import LastDayJson, StepJson
from rescind.core.follow.letters_out import Do
from rescind.core.model.sentence import Sentence
from rescind.labels import label, say
from rescind.web.card_values import LATE, SOON, CardRow
from rescind.web.case_story import CaseDays


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
