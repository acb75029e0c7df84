"""Rights: which of those on file a purchase has, until when, and what is due.

Every right is data: conditions on facts, a way out or none, and deadlines. A fact
that is not known leaves a right open; the right then says what to tell.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rescind.core import periods
from rescind.core.facts import FACTS, LIFE_EVENTS, FactKind, facts_of
from rescind.core.know.exits import (
    exit_day,
    has_begun,
    is_within_share,
    last_notice,
)
from rescind.core.know.law import ONLINE, Law
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.model.catalogue import Condition, SoldAs
from rescind.core.model.facts import Facts, When, day_of
from rescind.core.model.law import (
    Deadline,
    Exit,
    Right,
    RightKind,
    TacitRenewal,
)
from rescind.core.model.period import Period
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


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A statutory exit that is open, or may be."""

    right: Right
    exit: Exit
    is_open: bool
    """The exit itself; the cap on notice may hold without it."""
    ends_on: date | None = None
    """The contract's last day if it is taken now; ``None`` while it is not open."""
    notice_by: date | None = None
    """The last day for that end; ``None``: it moves on with the day of the notice."""


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
            "online": (facts.sold_by or ONLINE) == ONLINE,
            "cancelled": cancelled is not None,
            "charged_after_cancelling": charged_after,
            "withdrawn": facts.withdrawn_at is not None,
            "had_trial": purchase.billing.in_trial or bool(facts.had_trial),
            "sold_by": facts.sold_by or ONLINE,
            "has_withdrawal": None,
        }
    )


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


def ways_out(
    purchase: JudgedPurchase, law: Law, known: Mapping[str, Value]
) -> Iterator[WayOut]:
    """Yield the exits that the law gives whatever the contract says."""
    for right in law.rights_for(purchase.facts.country, purchase.kind):
        if right.exit is None or not _holds(purchase, right):
            continue
        if right.judged_by_contract and purchase.bought_on is None:
            continue
        if applies(right.conditions, known)[0] is not True:
            continue
        is_open = _is_open(purchase, right.exit, known)
        if is_open or right.exit.caps_notice is not None:
            yield WayOut(
                right=right,
                exit=right.exit,
                is_open=is_open,
                ends_on=_ends_on(purchase, right, known, law) if is_open else None,
                notice_by=_notice_by(purchase, right, law) if is_open else None,
            )


def tacit_renewal(
    purchase: JudgedPurchase, law: Law, known: Mapping[str, Value]
) -> TacitRenewal | None:
    """Return what the law leaves of a clause that renews a contract by silence."""
    for right in law.rights_for(purchase.facts.country, purchase.kind):
        if right.renewal is None or right.unsettled or not _holds(purchase, right):
            continue
        if right.judged_by_contract and purchase.bought_on is None:
            continue
        needed = (*right.conditions, *right.renewal.conditions)
        if applies(needed, known)[0] is True:
            return right.renewal
    return None


def first_term_cap(
    purchase: JudgedPurchase, law: Law, known: Mapping[str, Value]
) -> Period | None:
    """Return the longest first term that the law lets the contract bind for."""
    caps = [
        right.exit.caps_first_term
        for right in law.rights_for(purchase.facts.country, purchase.kind)
        if right.exit is not None
        and right.exit.caps_first_term is not None
        and not right.unsettled
        and _holds(purchase, right)
        and (purchase.bought_on is not None or not right.judged_by_contract)
        and applies(right.conditions, known)[0] is True
    ]
    return periods.shortest(caps)


def _holds(purchase: JudgedPurchase, right: Right) -> bool:
    """Return whether it was in force on the day that decides, and for the price."""
    today = day_of(purchase.facts.as_of, purchase.facts.zones)
    decisive = purchase.judged_on if right.judged_by_contract else today
    return right.in_force.holds(decisive) and right.is_about(purchase.facts.price)


def _entitled(
    purchase: JudgedPurchase, right: Right, known: Mapping[str, Value], law: Law
) -> Entitlement | None:
    """Return the right for this purchase; ``None`` where it has no place."""
    if not _holds(purchase, right):
        return None
    holds, missing = applies(right.conditions, known)
    if holds is False:
        return None
    if right.judged_by_contract and purchase.bought_on is None:
        holds, missing = None, (*missing, "purchased_at")
    place = right.calendar.place or purchase.facts.country or ""
    working = law.calendar(right.calendar, place)
    counted = [
        (deadline, _day(purchase, deadline, working))
        for deadline in right.deadlines
        if applies(deadline.conditions, known)[0]
    ]
    own = [day for deadline, day in counted if deadline.who == "you" and day]
    act_by, latest = _moments(purchase, own)
    return Entitlement(
        right=right,
        answer=_answer(purchase, right, own, holds=holds),
        act_by=act_by,
        latest=latest,
        ends_on=_ends_on(purchase, right, known, law) if holds else None,
        due=tuple(Duty(who=d.who, do=d.do, by=day) for d, day in counted),
        asks=tuple(dict.fromkeys(_GIVEN_AS.get(name, name) for name in missing)),
    )


def _answer(
    purchase: JudgedPurchase, right: Right, own: list[date], *, holds: bool | None
) -> Answer:
    today = day_of(purchase.facts.as_of, purchase.facts.zones)
    if own and today > max(own):
        return Answer.NO
    if not holds:
        return Answer.DEPENDS
    return Answer.DISPUTED if right.unsettled else Answer.YES


def _moments(
    purchase: JudgedPurchase, days: list[date]
) -> tuple[datetime | None, datetime | None]:
    if not days:
        return None, None
    zones = purchase.facts.zones
    return periods.first_end(min(days), zones), periods.last_end(max(days), zones)


def _is_open(purchase: JudgedPurchase, way: Exit, known: Mapping[str, Value]) -> bool:
    if applies(way.conditions, known)[0] is not True:
        return False
    return has_begun(purchase, way) and is_within_share(purchase, way) is True


def _ends_on(
    purchase: JudgedPurchase, right: Right, known: Mapping[str, Value], law: Law
) -> date | None:
    if right.exit is None or not _is_open(purchase, right.exit, known):
        return None
    place = right.calendar.place or purchase.facts.country or ""
    return exit_day(purchase, right.exit, law.calendar(right.calendar, place))


def _notice_by(purchase: JudgedPurchase, right: Right, law: Law) -> date | None:
    assert right.exit is not None  # noqa: S101 - the caller looks first
    place = right.calendar.place or purchase.facts.country or ""
    return last_notice(purchase, right.exit, law.calendar(right.calendar, place))


_EVENTS = {"renews_at": "next_charge", "paid_at": "payment"}
"""Facts that billing works out where they are not given."""


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
    given: When | None = getattr(purchase.facts, name)
    if given is None and name in _EVENTS:
        worked_out: When | None = getattr(purchase.billing, _EVENTS[name])
        return worked_out
    return given


def count(deadline: Deadline, day: date, is_working_day: IsWorkingDay) -> date:
    """Return a deadline's last day, counted from or back from a day."""
    length = deadline.length
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
