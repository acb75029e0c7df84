"""By when money has to be asked for, where nobody knows the day of the purchase."""

from dataclasses import dataclass, replace
from datetime import date

from rescind.app.act.plan import Planned
from rescind.app.know.check import law
from rescind.core.act.action import Action, is_past
from rescind.core.know.verdict import verdict
from rescind.core.model.facts import When, day_of
from rescind.core.model.verdict import Answer

_TOPICS = {"withdraw": "withdrawal", "refund": "refund"}
_LONGER = frozenset({"law_extended_till_told"})
"""The reason of a period that goes on only for who was never told of the right."""
_HOPEFUL = frozenset({Answer.YES, Answer.DEPENDS, Answer.DISPUTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyDay:
    """The last moment for it, and the charge that it is counted from."""

    by: When
    charged_on: date | None = None
    """The charge, as if it had been bought that day; ``None``: it is no assumption."""


def money_day(planned: Planned, action: Action) -> MoneyDay | None:
    """Return by when to ask for the money of an action; ``None``: nobody can tell.

    Where it turns on the day of the purchase, that of the earliest charge that is known
    stands for it: nobody is charged before, so it was bought then or before.
    """
    if action.by is not None:
        return MoneyDay(by=action.by)
    checked, topic = planned.checked, _TOPICS.get(action.do)
    facts = checked.facts
    charge = facts.charged_since or facts.paid_at
    if topic is None or charge is None or "purchased_at" not in action.asks:
        return None
    bought_then = replace(facts, purchased_at=charge)
    found = verdict(bought_then, checked.service, law()).topics[topic]
    # only who was never told of the right has longer: that is no day to rely on
    is_over = is_past(found.act_by, facts.as_of, facts.zones) or any(
        reason.code in _LONGER for reason in found.because
    )
    if found.answer not in _HOPEFUL or found.act_by is None or is_over:
        return None
    return MoneyDay(by=found.act_by, charged_on=day_of(charge, facts.zones))
