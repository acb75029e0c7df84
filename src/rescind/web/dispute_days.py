"""The last days to dispute a payment, by the rights of the steps of a case."""

from collections.abc import Sequence
from datetime import date

from rescind.adapters.public.steps import StepJson
from rescind.core.follow.letters_out import Do


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
