"""Which charge came next on the day on which the merchant was told, by those on file.

The next charge that is on file is that of the day on which the case was opened.
"""

from datetime import date

from rescind.core import periods
from rescind.core.follow.due import CHARGED_EVERY
from rescind.core.model.case import Case
from rescind.core.model.event_text import DAY_LENGTH
from rescind.core.model.period import Period


def next_charge_then(case: Case, told_on: date) -> dict[str, str]:
    """Return the first charge after a day as a fact; empty where none is known.

    One of the day itself counts as paid where it is known to be, and as next otherwise.
    """
    on_file, every = _day(case, "renews_at"), rhythm(case)
    if on_file is None or every is None:
        return {}
    after = told_on if _day(case, "paid_at") == told_on else told_on - periods.DAY
    count = 0
    while periods.add(on_file, every, count - 1) > after:
        count -= 1
    while periods.add(on_file, every, count) <= after:
        count += 1
    return {"renews_at": periods.add(on_file, every, count).isoformat()}


def _day(case: Case, fact: str) -> date | None:
    told = str(case.facts.get(fact) or "")[:DAY_LENGTH]
    return date.fromisoformat(told) if told else None


def rhythm(case: Case) -> Period | None:
    """Return how often is charged: as it was told, else by what was bought."""
    told = case.facts.get("period") or case.verdict.get(CHARGED_EVERY) or ""
    try:
        return Period.parse(str(told))
    except ValueError:
        return None
