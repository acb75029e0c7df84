"""By when a bank has to be told not to pay: a right's own day before the next debit."""

from dataclasses import dataclass
from datetime import date

from rescind.adapters.public.verdict import verdict_json
from rescind.app.follow.charge_then import rhythm
from rescind.app.follow.last_days import facts_after
from rescind.app.know import check
from rescind.core import periods
from rescind.core.errors import BadInput
from rescind.core.model.case import Case
from rescind.core.model.event_text import DAY_LENGTH

_OF_COMING = ("pay-rege", "pay-psd2-revoke")
"""The rights that stop a payment before it is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopDay:
    """The last day to tell a bank, and the debit that it then does not pay."""

    by: date
    debit_on: date
    missed_on: date | None = None
    """A debit that comes before it, which it is too late to stop for sure."""


def day_to_stop(case: Case, now: date) -> StopDay | None:
    """Return by when a bank has to hear that it is to stop the next debit.

    Where that day is over for the next one, that of the one after. ``None`` where no
    right on file sets a day, or nobody knows when the next debit comes.
    """
    every, facts = rhythm(case), facts_after(case)
    told = facts.get("renews_at") or facts.get("paid_at") or ""
    if every is None or not told:
        return None
    first, count = date.fromisoformat(told[:DAY_LENGTH]), 0
    while periods.add(first, every, count) <= now:
        count += 1
    coming = [periods.add(first, every, count + more) for more in (0, 1)]
    days = [(debit, _last_day(facts, debit)) for debit in coming]
    missed = None
    for debit, by in days:
        if by is not None and by >= now:
            return StopDay(by=by, debit_on=debit, missed_on=missed)
        missed = debit
    return None


def _last_day(facts: dict[str, str], debit_on: date) -> date | None:
    """Return the last day before a debit by the rights on file; ``None`` for none.

    What was cancelled or paid before changes nothing of a debit that comes all the
    same.
    """
    asked = {n: told for n, told in facts.items() if n not in _BEFORE}
    try:
        checked = check.check({**asked, "renews_at": debit_on.isoformat()})
    except BadInput:
        return None
    days = [
        date.fromisoformat(duty["by"][:DAY_LENGTH])
        for right in verdict_json(checked.verdict)["rights"]
        if right["id"] in _OF_COMING and right["answer"] in ("yes", "depends")
        for duty in right["due"]
        if duty["who"] == "you" and duty["by"]
    ]
    return min(days, default=None)


_BEFORE = ("cancelled_at", "withdrawn_at", "paid_at", "further_charges", "as_of")
