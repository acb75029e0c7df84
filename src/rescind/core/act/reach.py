"""Reach: how an action reaches whoever has to act, and what is written for it."""

from dataclasses import replace
from datetime import date

from rescind.core.act.action import ENDS_IT, Action, How, is_past
from rescind.core.act.routes import find_routes
from rescind.core.model.checked import Checked
from rescind.core.model.facts import When, day_of
from rescind.core.model.route import By, Route
from rescind.core.model.sentence import Sentence

_HOW = {
    By.BUTTON: How.BUTTON,
    By.STORE: How.STORE,
    By.FORM: How.FORM,
    By.EMAIL: How.EMAIL,
    By.FAX: How.POST,
    By.POST: How.POST,
    By.PHONE: How.PHONE,
    By.ASK: How.DESK,
}
_WRITTEN = frozenset({By.FORM, By.EMAIL, By.FAX, By.POST})
_BY_ROUTE = frozenset({"cancel", "refund", "withdraw"})
"""What the merchant's own buttons do; anything else is written."""


def finish(action: Action, checked: Checked) -> Action:
    """Return an action with the way it goes and the last moment that still helps.

    A safe moment that has passed gives way to the very last one. What a store bills
    is done in the store and nothing is written for it.
    """
    facts = checked.facts
    if action.by is None or is_past(action.by, facts.as_of, facts.zones):
        is_over = is_past(action.latest, facts.as_of, facts.zones)
        action = replace(action, by=None if is_over else _still(action, checked))
    if action.to is None:
        # nothing is written while it is not known who bills
        return replace(action, letter=None)
    if action.letter is None or action.how is not None:
        return action
    route = _route(action, checked, day_of(facts.as_of, facts.zones))
    if route is None:
        return action
    action = replace(action, how=_HOW[route.by])
    if route.by is not By.STORE:
        return action
    if action.do == "cancel":
        says = Sentence.of("plan_action", "at_store", who=action.to)
        action = replace(action, do="at_store", says=says)
    return replace(action, letter=None)


def _still(action: Action, checked: Checked) -> When | None:
    """Return by when what is no longer safe has to be done.

    A charge may come on each day that is waited: a contract is then ended today.
    """
    today = day_of(checked.facts.as_of, checked.facts.zones)
    if action.by is None or action.latest is None or action.do not in ENDS_IT:
        return action.latest
    return today


def _route(action: Action, checked: Checked, today: date) -> Route | None:
    kind = action.letter or "cancel"
    ranked = find_routes(checked, kind, today).ranked
    if action.do not in _BY_ROUTE:
        kept = [r for r in ranked if r.by in _WRITTEN or r.by is By.STORE]
        ranked = tuple(kept)
    return next(iter(ranked), None)
