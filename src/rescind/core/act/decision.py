"""The decision: one sentence, the day it ends, what is at stake, and what to do.

It is worked out once, from the plan; every door shows it and nothing else.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from rescind.core import periods
from rescind.core.act.action import ENDS_IT, Action, biller, last_day
from rescind.core.act.events import is_by_paypal
from rescind.core.act.grounds import comes_by_cancelling
from rescind.core.act.plan import Plan
from rescind.core.model.catalogue import SoldAs
from rescind.core.model.checked import Checked
from rescind.core.model.facts import MONTH_FIRST, When, day_of
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.sentence import Sentence, Value, Wording
from rescind.core.model.verdict import Answer, Sooner, Topic

_LONG_NAME = 3
"""Words of a name above which a headline says what it is instead."""
_DAYS_A_MONTH = Decimal("365.25") / 12
_ALONE = frozenset({"await_refund", "earn_certificate", "keep_confirmation", "nothing"})
"""What a person does without asking anybody."""
_ON_ANY_DAY = ENDS_IT | {"tell"}
_DOUBTFUL = frozenset({Answer.DISPUTED, Answer.DEPENDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do about one purchase, in order, and what it comes to."""

    headline: Sentence
    """True whatever the open answers turn out to be; at most 25 words."""
    actions: tuple[Action, ...]
    ends_on: date | None
    """The contract's last day if this is done now."""
    days_left: int | None
    """Whole days to the first day by which something has to be done."""
    any_day: bool
    each_month_costs: Money | None
    """What waiting costs where it can be ended on any day."""
    asks: tuple[str, ...]
    """What to tell, that of the first action before the rest."""
    each_day_later: bool = False
    """Each day of waiting moves the end on by one: today is the day for it."""


def decide(checked: Checked, plan: Plan) -> Decision:
    """Return what the plan comes to."""
    cancel = checked.verdict.topics["cancel"]
    lead = plan.actions[0]
    is_any_day = cancel.any_day and lead.by is None and lead.do in _ON_ANY_DAY
    actions = tuple(_with_known_day(action, checked) for action in plan.actions)
    first = None if is_any_day else _first_day(actions, checked)
    asks = (fact for action in plan.actions for fact in action.asks)
    return Decision(
        headline=headline(checked, plan),
        actions=actions,
        ends_on=cancel.ends_on,
        days_left=None if first is None else days_left(first, checked),
        any_day=is_any_day,
        each_month_costs=_each_month(checked) if is_any_day else None,
        asks=tuple(dict.fromkeys((*lead.asks, *plan.asks, *asks))),
        each_day_later=(is_any_day and lead.do == "tell") or _may_move(lead, cancel),
    )


def _may_move(action: Action, cancel: Topic) -> bool:
    """Return whether an earlier end may be there that each day of waiting moves on."""
    return cancel.may_move and action.do == "cancel"


def _with_known_day(action: Action, checked: Checked) -> Action:
    """Return an action without its last day where that is of another offer, perhaps.

    Or of a later end than one that may be there, and that waiting moves on.
    """
    is_open = action.do in ENDS_IT and is_of_one_offer(action.by, checked)
    is_open = is_open or _may_move(action, checked.verdict.topics["cancel"])
    return replace(action, by=None) if is_open else action


def is_first_day(action: Action, checked: Checked) -> bool:
    """Return whether the day of an action is the first for it, and no last one."""
    opens_on = checked.verdict.topics["cancel"].opens_on
    if action.do != "cancel" or action.by is None or opens_on is None:
        return False
    return last_day(action.by, checked.facts.zones) == opens_on


def is_of_one_offer(by: date | datetime | None, checked: Checked) -> bool:
    """Return whether a last day is that of one offer, and others end sooner.

    What was bought is not known, and something on offer is paid more often.
    """
    if by is None or checked.facts.offer is not None:
        return False
    today = day_of(checked.facts.as_of, checked.facts.zones)
    on_offer = [
        offer.period
        for offer in checked.service.offers.values()
        if offer.period is not None and offer.sold_as is SoldAs.SUBSCRIPTION
    ]
    nexts = [periods.add(today, period) for period in on_offer]
    return bool(nexts) and last_day(by, checked.facts.zones) > min(nexts)


def _first_day(actions: tuple[Action, ...], checked: Checked) -> date | None:
    """Return the first day by which something has to be done."""
    zones = checked.facts.zones
    days = [
        last_day(action.by, zones)
        for action in actions
        if action.by is not None and action.do != "watch_statement"
    ]
    sooner = checked.verdict.topics["cancel"].sooner
    if sooner is not None and sooner.use_by is not None:
        days.append(max(sooner.use_by, day_of(checked.facts.as_of, zones)))
    return min(days, default=None)


def days_until(by: When, checked: Checked) -> int:
    """Return the whole days left to do something, in the person's own zone."""
    return days_left(last_day(by, checked.facts.zones), checked)


def days_left(day: date, checked: Checked) -> int:
    """Return the whole days until a day; none where it is today or over."""
    facts = checked.facts
    return max((day - day_of(facts.as_of, facts.zones)).days, 0)


def _each_month(checked: Checked) -> Money | None:
    price, offer = checked.facts.price, checked.offer
    if price is None or offer is None or offer.period is None:
        return None
    cancel = checked.verdict.topics["cancel"]
    if cancel.leaves_paid_time or cancel.ends_if_unbound:
        # what is waited for is paid already, or owed in any case
        return None
    return price.of(price.amount / _months(offer.period))


def _months(period: Period) -> Decimal:
    if period.months is not None:
        return Decimal(period.months)
    start = date(2001, 1, 1)
    return Decimal((periods.add(start, period) - start).days) / _DAYS_A_MONTH


def headline(checked: Checked, plan: Plan) -> Sentence:
    """Return what to do and by when, in one sentence."""
    lead, facts = plan.actions[0], checked.facts
    named = dated(plan.actions)
    by = None if named.by is None else last_day(named.by, facts.zones)
    values: dict[str, Value] = {
        "who": _short(lead.to, checked),
        "money": _money(lead, checked),
        "by": _by(by, checked),
        "end": _end(lead, checked),
        "facts": tuple(Sentence.of("fact_open", fact) for fact in _turns_on(lead)),
        **_first_chance(checked),
    }
    return Sentence.of("headline", _code(checked, plan), **values)


def _turns_on(lead: Action) -> tuple[str, ...]:
    """Return what decides on the first action; nobody can tell a sum that adds up."""
    return lead.asks[:1] or ("price_in_all",)


def dated(actions: tuple[Action, ...]) -> Action:
    """Return the action whose last day is that of the whole decision."""
    lead = actions[0]
    if lead.do == "claim":
        # a claim has no day of its own; the dispute that its sentence ends with has
        return next((a for a in actions if a.do == "dispute"), lead)
    if lead.do == "refund" and lead.answer is Answer.UNKNOWN:
        # nor has a request that nothing promises; the next charge comes on its day
        return next((a for a in actions if a.do in ENDS_IT), lead)
    return lead


def _end(lead: Action, checked: Checked) -> Sentence:
    """Return the day it ends, and that it is today's where waiting moves it on.

    A way out that is in dispute may end it sooner.
    """
    cancel = checked.verdict.topics["cancel"]
    if cancel.ends_on is None:
        return Sentence.of("headline_part", "no_end")
    code = "ends_if_now" if cancel.end_moves else "ends"
    if lead.do == "tell" and lead.answer is Answer.DISPUTED:
        code = "ends_at_latest"
    end = Sentence.of("headline_part", code, day=the_day(cancel.ends_on, checked))
    if cancel.unbound is not None:
        end = _end_if_unbound(lead, cancel.unbound, end)
    if cancel.early_fee is None or lead.do != "cancel":
        return end
    return Sentence.of("headline_part", "ends_or_fee", end=end, fee=cancel.early_fee)


def _end_if_unbound(lead: Action, unbound: Sentence, end: Sentence) -> Sentence:
    """Return the end with what it turns on, in few words where it is not the point."""
    values: dict[str, Value] = dict(end.values)
    if lead.do in ENDS_IT or unbound.code in ("cover", "several"):
        return Sentence.of(
            "headline_part", "ends_if_unbound", **values, unbound=unbound
        )
    code = "ends_unless_notice" if unbound.code == "notice" else "ends_unless_bound"
    return Sentence.of("headline_part", code, **values)


def _first_chance(checked: Checked) -> dict[str, Value]:
    """Return what a headline says of a way out that is not open yet, or not surely."""
    cancel = checked.verdict.topics["cancel"]
    sooner = cancel.sooner
    opens_on = cancel.opens_on if sooner is None else sooner.opens_on
    start = Sentence.of("headline_part", "now")
    if opens_on is not None:
        start = Sentence.of("headline_part", "from", day=the_day(opens_on, checked))
    if sooner is None:
        return {"start": start}
    return {
        "start": start,
        "condition": _condition(sooner),
        "sooner": the_day(sooner.ends_on, checked),
        "otherwise": _otherwise(cancel, checked),
    }


def _otherwise(cancel: Topic, checked: Checked) -> Sentence:
    """Return when it ends where the earlier end is not there."""
    if cancel.ends_on is None:
        return Sentence.of("headline_part", "otherwise_unknown")
    day = the_day(cancel.ends_on, checked)
    code = "otherwise_or_later" if cancel.ends_if_unbound else "otherwise"
    return Sentence.of("headline_part", code, day=day)


def _condition(sooner: Sooner) -> Sentence:
    """Return what an earlier end turns on; one open fact is named, several are not."""
    if len(sooner.conditions) > 1:
        return Sentence.of("condition", "several")
    ((fact, value),) = sooner.conditions
    return Sentence.of("condition", f"{fact}_{'yes' if value else 'no'}")


def _code(checked: Checked, plan: Plan) -> str:
    """Return which headline it is, by the first action and what follows it."""
    lead = plan.actions[0]
    ends_it = any(action.do in ENDS_IT for action in plan.actions[1:])
    is_disputed = any(action.do == "dispute" for action in plan.actions)
    ends_on, as_of = checked.verdict.topics["cancel"].ends_on, checked.facts.as_of
    is_ahead = ends_on is not None and ends_on >= day_of(as_of, checked.facts.zones)
    if lead.to is None and lead.do not in _ALONE:
        return "who_bills"
    if lead.do == "refund" and lead.by is not None and comes_by_cancelling(checked):
        return "refund_by_cancelling"
    if lead.do in ("refund", "withdraw"):
        return _money_first(lead, ends_it=ends_it)
    if lead.do == "cancel":
        return _ending(checked)
    at_paypal = is_disputed and is_by_paypal(checked.facts)
    claims = {True: "claim_paypal", False: "claim" if is_disputed else "claim_overdue"}
    variants = {
        "tell": lead.says.code,
        "claim": claims[at_paypal],
        "dispute": "dispute_paypal" if at_paypal else "dispute",
        "earn_certificate": "earn_then_cancel" if ends_it else "earn",
        "keep_confirmation": "cancelled_ends" if is_ahead else "cancelled",
    }
    return variants.get(lead.do, lead.do)


def _money_first(lead: Action, *, ends_it: bool) -> str:
    if lead.answer is Answer.UNKNOWN:
        return "refund_asked_and_cancel" if ends_it else "refund_asked"
    if lead.answer in _DOUBTFUL:
        return f"{lead.do}_{lead.answer}"
    # a withdrawal ends the contract itself; the cancellation is only in case
    return "refund_then_cancel" if ends_it and lead.do == "refund" else lead.do


def _ending(checked: Checked) -> str:
    cancel = checked.verdict.topics["cancel"]
    if checked.other_decider is not None:
        return "ask_decider"
    if cancel.amount is not None:
        is_sure = not cancel.is_asked_back and not cancel.ends_if_unbound
        return "cancel_and_claim" if is_sure else "cancel_and_ask"
    return _cancelling(cancel)


def _cancelling(cancel: Topic) -> str:
    if cancel.sooner is not None:
        return "cancel_if"
    if cancel.any_day:
        return "cancel_any_day"
    if cancel.opens_on is not None:
        return "cancel_from"
    return "cancel" if cancel.answer is Answer.YES else "cancel_in_doubt"


def _short(name: Wording | None, checked: Checked) -> Wording:
    """Return a name that a headline has room for."""
    if name is None or not isinstance(name, str):
        return biller(None) if name is None else name
    if len(name.split()) <= _LONG_NAME:
        return name
    if name == checked.service.name:
        return Sentence.of("who", "merchant")
    billers = (channel.handled_by for channel in checked.service.channels.values())
    return Sentence.of("who", "partner" if name in billers else "payer")


def _money(lead: Action, checked: Checked) -> Sentence:
    """Return the sum to claim; at most that, where a share of it may be kept."""
    if lead.amount is None:
        return Sentence.of("headline_part", "money")
    code = "amount_at_most" if is_at_most(lead, checked) else "amount"
    return Sentence.of("headline_part", code, amount=lead.amount.of(lead.amount.amount))


def is_at_most(action: Action, checked: Checked) -> bool:
    """Return whether a share of the sum may be kept for what was used already."""
    sure = checked.verdict.topics["withdrawal"].amount
    return action.do in _WITHDRAWALS and action.amount != sure


_WITHDRAWALS = frozenset({"withdraw", "await_refund"})
"""What brings back the money of a withdrawal: one to be sent, or one that was."""


def _by(day: date | None, checked: Checked) -> Sentence:
    if day is None:
        return Sentence.of("headline_part", "no_day")
    today = day_of(checked.facts.as_of, checked.facts.zones)
    if day <= today:
        return Sentence.of("headline_part", "today")
    return Sentence.of("headline_part", "by", day=the_day(day, checked))


def the_day(day: date, checked: Checked) -> Sentence:
    """Return a day as the person writes it, with its year where it is another."""
    facts = checked.facts
    today = day_of(facts.as_of, facts.zones)
    order = "month_first" if facts.region in MONTH_FIRST else "day_first"
    code = order if day.year == today.year else f"{order}_with_year"
    month = Sentence.of("month", str(day.month))
    return Sentence.of("written_day", code, day=day.day, month=month, year=day.year)
