"""Rights: which of those on file a purchase has, until when, and what is due.

Every right is data: conditions on facts, a way out or none, and deadlines. A fact
that is not known leaves a right open; the right then says what to tell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rescind.core import periods
from rescind.core.facts import FACTS, LIFE_EVENTS, FactKind, facts_of
from rescind.core.know.exits import exit_day, is_within_share
from rescind.core.know.law import ONLINE, Law
from rescind.core.know.minimum_term import running_since, running_term
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.reminders import reminder_by
from rescind.core.model.catalogue import Condition, SoldAs
from rescind.core.model.facts import Facts, When, day_of
from rescind.core.model.law import Deadline, ExitHow, Right, RightKind, WithdrawalLaw
from rescind.core.model.verdict import Answer, Duty, Entitlement
from rescind.core.periods import IsWorkingDay

Value = bool | str | None

_EVENTS_BEHIND = {
    event.replace("-", "_"): fact
    for event, fact in LIFE_EVENTS.items()
    if FACTS[fact].lies is not None
}
"""Conditions that hold once something happened, with the fact that has its day."""
_GIVEN_AS = {
    "charged_after_cancelling": "cancelled_at",
    "renewed": "purchased_at",
    **_EVENTS_BEHIND,
}
"""Facts that follow from others, by what a person would give."""
TAKEN = ("everyday_cover",)
"""What contracts of a kind are as a rule, and an end is taken from, with its if."""
_ORDER = (Answer.YES, Answer.DISPUTED, Answer.DEPENDS, Answer.NO)
_KINDS = (
    RightKind.CANCELLATION,
    RightKind.RENEWAL,
    RightKind.REFUND,
    RightKind.PAYMENT,
    RightKind.REMEDY,
    RightKind.ERASURE,
    RightKind.NOTE,
)
"""The order in which rights of one answer are shown."""


def sheet(purchase: JudgedPurchase) -> dict[str, Value]:
    """Return what is known, by the names that conditions of rights use."""
    facts, offer = purchase.facts, purchase.offer
    cancelled, paid = facts.cancelled_at, facts.paid_at
    charged_after = None
    if cancelled is None:
        charged_after = False
    elif paid is not None:
        charged_after = day_of(paid, facts.zones) > day_of(cancelled, facts.zones)
    answers: dict[str, Value] = {
        fact.name: getattr(facts, fact.name)
        for fact in facts_of(FactKind.YES_NO, FactKind.CHOICE)
    }
    happened: dict[str, Value] = {
        name: _has_happened(facts, name, fact) for name, fact in _EVENTS_BEHIND.items()
    }
    return (
        answers
        | happened
        | {
            "consumer": facts.consumer is not False and not offer.business,
            "recurring": offer.sold_as is SoldAs.SUBSCRIPTION,
            "renewed": purchase.renewed,
            "has_term": facts.term is not None or facts.term_ends_at is not None,
            "yearly": purchase.yearly,
            "prepaid": bool(purchase.prepaid),
            "fee_asked": facts.early_termination_fee is not None,
            "online": (facts.sold_by or ONLINE) == ONLINE,
            "cancelled": cancelled is not None,
            "charged_after_cancelling": charged_after,
            "withdrawn": facts.withdrawn_at is not None,
            "had_trial": purchase.billing.in_trial or bool(facts.had_trial),
            "sold_by": facts.sold_by or ONLINE,
            "has_withdrawal": None,
        }
        | {name: getattr(facts, name) is not False for name in TAKEN}
    )


def given_as(name: str, purchase: JudgedPurchase) -> str:
    """Return the fact that a person gives where a condition follows from it."""
    if name == "renewed" and purchase.may_bind and purchase.bought_on is not None:
        return "term"
    return _GIVEN_AS.get(name, name)


def _has_happened(facts: Facts, name: str, day: str) -> bool | None:
    if getattr(facts, day) or facts.life_event == name.replace("_", "-"):
        return True
    return False if facts.life_event == "none" else None


def applies(
    conditions: tuple[Condition, ...], known: Mapping[str, Value]
) -> tuple[bool | None, tuple[str, ...]]:
    """Return whether conditions hold, and the facts that leave it open."""
    missing = []
    for condition in conditions:
        value = known[condition.fact]
        if value is None and condition.exceptional:
            value = not condition.equals
        if value is None:
            missing.append(condition.fact)
        elif not _matches(condition, value):
            return False, ()
    return (None, tuple(missing)) if missing else (True, ())


def _matches(condition: Condition, value: bool | str) -> bool:  # noqa: FBT001 - a fact
    if isinstance(condition.equals, tuple):
        return value in condition.equals
    return value == condition.equals


def entitlements(
    purchase: JudgedPurchase, law: Law, known: Mapping[str, Value]
) -> tuple[Entitlement, ...]:
    """Return every right that stands behind the purchase, the most useful first.

    ``known`` is the case's sheet, with whether it can be withdrawn from.
    """
    found = [
        entitled
        for right in law.rights_for(purchase.facts.country, purchase.kind)
        if (entitled := _entitled(purchase, right, known, law)) is not None
    ]
    return tuple(sorted(found, key=_rank))


def _rank(item: Entitlement) -> tuple[int, int]:
    return _ORDER.index(item.answer), _KINDS.index(item.right.kind)


def holds(purchase: JudgedPurchase, right: Right) -> bool:
    """Return whether it was in force on the day that decides, for price and term."""
    today = day_of(purchase.facts.as_of, purchase.facts.zones)
    decisive = purchase.judged_on if right.judged_by_contract else today
    if fits_term(purchase, right) is False:
        return False
    if is_of_renewal(right) and purchase.runs_on:
        return False
    if right.kind is RightKind.PAYMENT:
        price = purchase.facts.price
    else:
        # where payments go on for nobody knows how long, one is no measure of all
        price = None if purchase.adds_up else purchase.value
    return right.in_force.holds(decisive) and right.is_about(price)


def is_of_renewal(right: Right) -> bool:
    """Return whether a right is there for want of a reminder before a renewal."""
    if right.exit is None:
        return False
    turns_on = {condition.fact for condition in right.exit.conditions}
    return {"renewed", "renewal_notice_given"} <= turns_on


_ANY_DAY = date(2001, 1, 1)
"""Where a term is counted from as long as the contract's own day is not known."""


def fits_term(purchase: JudgedPurchase, right: Right | WithdrawalLaw) -> bool | None:
    """Return whether the first term is as long as a right wants it; ``None``: unknown.

    A contract without a term is never longer than any.
    """
    over, at_least = right.term_over, right.term_from
    if over is None and at_least is None:
        return True
    start, end = purchase.facts.begun_on or _ANY_DAY, bound_until(purchase)
    if end is None:
        if right.or_no_term:
            return True
        return False if running_term(purchase.facts).open_ended else None
    if over is not None and end <= periods.first_after(start, over):
        return False
    return at_least is None or end >= periods.first_after(start, at_least)


def bound_until(purchase: JudgedPurchase) -> date | None:
    """Return the day after the first term, which one payment may be; ``None``: unknown.

    Of an offer in the catalogue no other term than that of a payment is known.
    """
    facts, start = purchase.facts, purchase.facts.begun_on or _ANY_DAY
    if facts.term is not None:
        return periods.first_after(start, facts.term)
    if facts.term_ends_at is not None and facts.begun_on is not None:
        return day_of(facts.term_ends_at, facts.zones) + periods.DAY
    paid = purchase.offer.period
    is_on_file = purchase.service.is_on_file
    if not is_on_file or paid is None:
        return None
    return periods.first_after(start, paid)


def conditions_met(
    purchase: JudgedPurchase, right: Right, known: Mapping[str, Value]
) -> tuple[bool | None, tuple[str, ...]]:
    """Return whether a right is there, and the facts that leave it open."""
    is_met, missing = applies(right.conditions, known)
    if is_met is False:
        return False, ()
    if fits_term(purchase, right) is None:
        missing = (*missing, "term")
    if right.judged_by_contract and purchase.bought_on is None:
        missing = (*missing, "purchased_at")
    given = dict.fromkeys(given_as(name, purchase) for name in missing)
    return (None, tuple(given)) if given else (True, ())


def own_days(
    purchase: JudgedPurchase, right: Right, known: Mapping[str, Value], law: Law
) -> tuple[tuple[Deadline, date | None], ...]:
    """Return the deadlines of a right that count here, each with its last day."""
    if not right.deadlines:
        return ()
    working = law.calendar(right.calendar, place_of(purchase, right))
    return tuple(
        (deadline, _day(purchase, deadline, working))
        for deadline in right.deadlines
        if applies(deadline.conditions, known)[0]
        and not (deadline.without and getattr(purchase.facts, deadline.without))
    )


def place_of(purchase: JudgedPurchase, right: Right) -> str:
    """Return the place whose holidays a right counts with."""
    return right.calendar.place or purchase.facts.country or ""


def _entitled(
    purchase: JudgedPurchase, right: Right, known: Mapping[str, Value], law: Law
) -> Entitlement | None:
    """Return the right for this purchase; ``None`` where it has no place."""
    if not holds(purchase, right):
        return None
    is_met, missing = conditions_met(purchase, right, known)
    if is_met is False:
        return None
    counted = own_days(purchase, right, known, law)
    last = use_until(purchase, counted)
    act_by, latest = _moments(purchase, last.days)
    answer = _answer(right, last, is_met=is_met)
    return Entitlement(
        right=right,
        answer=answer,
        act_by=act_by,
        latest=latest,
        ends_on=_ends_on(purchase, right, known, law)
        if answer in (Answer.YES, Answer.DISPUTED)
        else None,
        due=tuple(Duty(who=d.who, do=d.do, by=day) for d, day in counted),
        asks=(*missing, *(last.asks if answer is Answer.DEPENDS else ())),
        reminder_by=reminder_by(purchase.facts, right.reminder),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UseUntil:
    """By when a right has to be used, as far as that is known."""

    days: tuple[date, ...]
    """The last days by every count; none: no day is set, or known."""
    is_over: bool
    asks: tuple[str, ...]
    """What would give the exact day, where it was only bounded."""


def use_until(
    purchase: JudgedPurchase, counted: Iterable[tuple[Deadline, date | None]]
) -> UseUntil:
    """Return by when a right has to be used, from its own deadlines.

    A deadline that stands in for a fact that is not known only bounds the day.
    """
    own = [(d, day) for d, day in counted if d.who == "you" and day]
    days = tuple(day for _, day in own)
    today = day_of(purchase.facts.as_of, purchase.facts.zones)
    asks = tuple(dict.fromkeys(d.without for d, _ in own if d.without))
    return UseUntil(days=days, is_over=bool(days) and today > max(days), asks=asks)


def _answer(right: Right, last: UseUntil, *, is_met: bool | None) -> Answer:
    if last.is_over and not last.asks:
        return Answer.NO
    if last.is_over or not is_met:
        return Answer.DEPENDS
    return Answer.DISPUTED if right.unsettled else Answer.YES


def _moments(
    purchase: JudgedPurchase, days: tuple[date, ...]
) -> tuple[datetime | None, datetime | None]:
    if not days:
        return None, None
    zones = purchase.facts.zones
    return periods.first_end(min(days), zones), periods.last_end(max(days), zones)


def _ends_on(
    purchase: JudgedPurchase, right: Right, known: Mapping[str, Value], law: Law
) -> date | None:
    way = right.exit
    if way is None or way.how is ExitHow.CAP:
        return None
    is_open = applies(way.conditions, known)[0] is True
    if not is_open or is_within_share(purchase, way) is not True:
        return None
    working = law.calendar(right.calendar, place_of(purchase, right))
    return exit_day(purchase, way, working)


_EVENTS = {"renews_at": "next_charge", "paid_at": "payment"}
"""Facts that billing works out where they are not given."""
RENEWED_ON = "renewed_on"
"""The first day of the running term, once the first one is over."""


def _day(
    purchase: JudgedPurchase, deadline: Deadline, is_working_day: IsWorkingDay
) -> date | None:
    event = event_of(purchase, deadline.counted_from)
    if event is None:
        return None
    day = day_of(event, purchase.facts.zones)
    return count(deadline, day, is_working_day)


def event_of(purchase: JudgedPurchase, name: str) -> When | None:
    """Return the day or moment of an event that a period is counted from."""
    if name == RENEWED_ON:
        return renewed_on(purchase)
    given: When | None = getattr(purchase.facts, name)
    if given is None and name in _EVENTS:
        worked_out: When | None = getattr(purchase.billing, _EVENTS[name])
        return worked_out
    return given


def renewed_on(purchase: JudgedPurchase) -> When | None:
    """Return the day on which the contract last renewed by itself, if it did.

    A contract without a term renews with each payment after the first.
    """
    facts = purchase.facts
    if facts.term is None:
        is_renewal = purchase.billing.is_renewal and not purchase.may_bind
        return purchase.billing.payment if is_renewal else None
    return running_since(facts)


def count(deadline: Deadline, day: date, is_working_day: IsWorkingDay) -> date:
    """Return a deadline's last day, counted from or back from a day."""
    length = deadline.length
    if deadline.same_day:
        return day
    if deadline.working_days:
        if deadline.backwards:
            return periods.working_day_before(day, length.count, is_working_day)
        return periods.working_day_after(day, length.count, is_working_day)
    if deadline.backwards and deadline.whole_days:
        return periods.notice_day(length, day - periods.DAY)
    if deadline.backwards:
        return periods.add(day, length, -1)
    rolling = is_working_day if deadline.rolls else periods.every_day
    return periods.last_day(length, day, rolling)
