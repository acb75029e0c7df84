"""The plan: raw facts and wishes in, the best course out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from rescind.adapters.input.details import DETAILS
from rescind.adapters.input.values import parse_when
from rescind.app.know import check
from rescind.core.act.action import How
from rescind.core.act.choose import Wishes
from rescind.core.act.decision import Decision, decide
from rescind.core.act.plan import Plan
from rescind.core.act.plan import plan as make_plan
from rescind.core.errors import BadInput
from rescind.core.know.contract import contract
from rescind.core.model.checked import Checked
from rescind.core.model.facts import day_of
from rescind.core.model.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class RawWishes:
    """What a person wants beside the end, as written."""

    keep_access_until: str | None = None
    want_certificate: bool = False
    certificate_by: str | None = None
    money_back_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan with the verdict it follows from."""

    checked: Checked
    plan: Plan
    decision: Decision


def plan(raw: Mapping[str, Any], wishes: RawWishes | None = None) -> Planned:
    """Return the best course for a purchase; raises BadInput."""
    checked = check.check(raw)
    return plan_for(checked, wishes)


def letter_called_for(raw: Mapping[str, Any]) -> str:
    """Return the kind of letter that the decision offers first; raises BadInput.

    Nothing is written where a store bills. Of a contract that was cancelled the end is
    to be confirmed, and once it is over nothing may be charged any more.
    """
    stated = {name: value for name, value in raw.items() if name not in DETAILS}
    planned = plan(stated)
    actions = planned.decision.actions
    for action in actions:
        if action.letter is not None:
            return action.letter
    if planned.checked.verdict.topics["cancel"].handled_by is None:
        channels = tuple(planned.checked.service.channels)
        raise BadInput("channel", Sentence.of("bad_input", "nobody_bills"), channels)
    store = next((action.to for action in actions if action.how is How.STORE), None)
    if store is not None:
        message = Sentence.of("bad_input", "store_bills", who=store)
        raise BadInput("channel", message, ["web"])
    return _of_what_was_cancelled(planned)


def _of_what_was_cancelled(planned: Planned) -> str:
    facts, ends_on = planned.checked.facts, planned.decision.ends_on
    if facts.withdrawn_at is not None:
        # a reminder would speak of a first letter that nobody here has seen
        return "refund"
    if facts.cancelled_at is None:
        return "cancel"
    is_over = ends_on is None or ends_on < day_of(facts.as_of, facts.zones)
    return "stop-charging" if is_over else "second-notice"


def plan_for(checked: Checked, wishes: RawWishes | None = None) -> Planned:
    """Return the best course for a purchase that was judged; raises BadInput."""
    aims = _wishes(checked, wishes or RawWishes())
    days = (aims.keep_access_until, aims.certificate_on)
    through = max((day for day in days if day is not None), default=None)
    played = contract(
        checked.facts, checked.service, check.law(), checked.verdict, through=through
    )
    best = make_plan(checked, played, aims)
    return Planned(checked=checked, plan=best, decision=decide(checked, best))


def _wishes(checked: Checked, raw: RawWishes) -> Wishes:
    today = day_of(checked.facts.as_of, checked.facts.zones)
    certificate = _day(raw.certificate_by, "certificate_by", today)
    if certificate is None and raw.want_certificate:
        certificate = _certificate_day(checked, today)
    return Wishes(
        keep_access_until=_day(raw.keep_access_until, "keep_access_until", today),
        certificate_on=certificate,
        money_back_first=raw.money_back_first,
    )


def _certificate_day(checked: Checked, today: date) -> date:
    """Return when a certificate is earned if nobody says: late in the paid time.

    Where a trial gives none, it is the first day that is paid for.
    """
    topics, zones = checked.verdict.topics, checked.facts.zones
    codes = {warning.code for warning in checked.verdict.warnings}
    charge = topics["renewal"].at
    trial = any(reason.code in _IN_TRIAL for reason in topics["renewal"].because)
    if charge is not None and trial and "no_certificate_in_trial" in codes:
        return day_of(charge, zones)
    until = topics["access"].until
    return today if until is None else max(today, day_of(until, zones) - ONE_DAY)


def _day(text: str | None, name: str, today: date) -> date | None:
    if text is None or not text.strip():
        return None
    when = parse_when(text.strip(), name)
    day = when.date() if isinstance(when, datetime) else when
    if day < today:
        raise BadInput(name, f"{day}: it lies before the day asked about", [str(today)])
    if (day - today).days > _FAR:
        latest = today + timedelta(days=_FAR)
        message = f"{day}: more than two years ahead is not played"
        raise BadInput(name, message, [str(latest)])
    return day


_IN_TRIAL = frozenset({"trial_runs", "trial_stated"})
"""Reasons of the next charge that say that a trial still runs."""
ONE_DAY = timedelta(days=1)
_FAR = 732
"""Days ahead that are played at most: two years."""
