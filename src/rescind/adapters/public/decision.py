"""The decision in the public JSON form: the same at every door."""

from typing import TypedDict

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.public.verdict import (
    MoneyJson,
    VerdictJson,
    money_json,
    verdict_json,
    when_json,
)
from rescind.core.act.action import Action
from rescind.core.act.decision import Decision, days_until
from rescind.core.model.checked import Checked


class DoJson(TypedDict):
    """One thing to do; days and moments in ISO 8601."""

    do: str
    text: str
    to: str | None
    by: str | None
    days_left: int | None
    how: str | None
    letter: str | None
    amount: MoneyJson | None
    because: list[str]


class DecisionJson(TypedDict):
    """What to do in one sentence, what it comes to, and the actions in order."""

    headline: str
    ends_on: str | None
    days_left: int | None
    any_day: bool
    each_month_costs: MoneyJson | None
    do: list[DoJson]


class AnswerJson(VerdictJson, DecisionJson):
    """The verdict on a purchase, with the decision that follows from it."""


def answer_json(checked: Checked, decision: Decision) -> AnswerJson:
    """Return the answer to ``check`` as the contract's object."""
    whole = verdict_json(checked.verdict)
    return {
        **whole,
        **decision_json(checked, decision),
        "asks": list(decision.asks),
    }


def decision_json(checked: Checked, decision: Decision) -> DecisionJson:
    """Return the decision alone."""
    return {
        "headline": ENGLISH.say(decision.headline),
        "ends_on": when_json(decision.ends_on),
        "days_left": decision.days_left,
        "any_day": decision.any_day,
        "each_month_costs": money_json(decision.each_month_costs),
        "do": [do_json(action, checked) for action in decision.actions],
    }


def do_json(action: Action, checked: Checked) -> DoJson:
    """Return one thing to do."""
    return {
        "do": action.do,
        "text": ENGLISH.say(action.says),
        "to": None if action.to is None else ENGLISH.say(action.to),
        "by": when_json(action.by),
        "days_left": None if action.by is None else days_until(action.by, checked),
        "how": action.how.value if action.how else None,
        "letter": action.letter,
        "amount": money_json(action.amount),
        "because": [ENGLISH.say(action.why)] if action.why else [],
    }
