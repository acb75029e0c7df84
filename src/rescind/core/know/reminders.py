"""Reminders: by when a merchant had to remind of the renewal that a term runs by."""

from datetime import date

from rescind.core import periods
from rescind.core.know.minimum_term import running_since
from rescind.core.model.facts import Facts
from rescind.core.model.law import ReminderRule


def reminder_by(facts: Facts, rule: ReminderRule | None) -> date | None:
    """Return the last day for the reminder of the last renewal.

    ``None`` where the law names no day, where nothing renewed yet, or where the notice
    that it is counted from is not known.
    """
    since = running_since(facts) if rule is not None else None
    if rule is None or since is None:
        return None
    last = since - periods.DAY
    if rule.before_notice:
        if facts.notice is None:
            return None
        last = periods.notice_day(facts.notice, last)
    return periods.notice_day(rule.length, last)
