"""The rest of a payment that a notice brings, counted anew for a later end."""

from datetime import date, timedelta

from rescind.adapters.input.values import read_money
from rescind.adapters.public.verdict import verdict_json
from rescind.app.follow import case_letters
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.core.model.case import Case
from rescind.core.model.event_text import DAY_LENGTH
from rescind.core.model.money import Money

_NEAR = (0, -1, 1, -2, 2, -3, 3)
"""Days by which a notice may be off that brings a day: months differ by three."""


def rest_by_end(case: Case, ends_on: date, owed: Money) -> Money:
    """Return what of a payment is for the time after a later end than the verdict's.

    It is what a notice would bring that came as many days later: the facts are judged
    as of that day. All that is ``owed`` by the verdict's end, where no such notice
    brings anything: who takes that day has not given the money up.
    """
    verdict_end = case.verdict["topics"]["cancel"].get("ends_on")
    as_of = str(case.verdict.get("as_of") or "")[:DAY_LENGTH]
    if not verdict_end or not as_of:
        return owed
    later = ends_on - date.fromisoformat(verdict_end)
    facts = case_letters.follow_up(case).facts
    for near in _NEAR:
        told_on = date.fromisoformat(as_of) + later + timedelta(days=near)
        try:
            checked = check.check(facts | {"as_of": told_on.isoformat()})
        except BadInput:
            continue
        cancel = verdict_json(checked.verdict)["topics"]["cancel"]
        if cancel.get("ends_on") == ends_on.isoformat():
            amount = cancel.get("amount")
            rest = read_money(dict(amount), "amount") if amount else None
            return rest or owed
    return owed
