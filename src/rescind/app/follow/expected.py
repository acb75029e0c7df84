"""When a contract ends by what went out, and the day on which it did."""

from datetime import date, timedelta

from rescind.adapters.public.verdict import verdict_json
from rescind.app.follow import case_letters
from rescind.app.follow.asked_money import withdrew_by_letter
from rescind.app.follow.charge_then import next_charge_then
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.core.model.case import Case
from rescind.core.model.event_details import ConfirmedDetails
from rescind.core.model.event_text import DAY_LENGTH


def expected_end(case: Case, *, travels: timedelta = timedelta(0)) -> date | None:
    """Return when the contract ends: as confirmed, else by what went out on its day.

    By a withdrawal it ends at once, if the right to it is certain. While nothing went
    out it is the verdict's day; ``None`` where the facts leave it open. ``travels`` is
    how long the letter may take to arrive, from when a notice counts.
    """
    start, last = case_letters.follow_up(case), case.last(ConfirmedDetails)
    if not start.first_sent_on or last is not None:
        # a later end that nobody took is none yet
        return (last.instead_of if last is not None else None) or case.ends_on
    if start.ended_before:
        return case.ends_on
    if withdrew_by_letter(case):
        return date.fromisoformat(start.first_sent_on)
    as_of = str(case.verdict.get("as_of") or "")[:DAY_LENGTH]
    if start.first_sent_on == as_of and not travels:
        return case.ends_on
    told = date.fromisoformat(start.first_sent_on) + travels
    try:
        on = {"as_of": told.isoformat()} if travels else {}
        on |= next_charge_then(case, told)
        checked = check.check(start.facts | on | {"cancelled_at": told.isoformat()})
    except BadInput:
        return case.ends_on
    ends_on = verdict_json(checked.verdict)["topics"]["cancel"].get("ends_on")
    return date.fromisoformat(ends_on) if ends_on else None
