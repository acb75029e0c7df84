"""Events: what is to be done about charges after the end, a death, a price rise.

Each of them leads to actions of its own, before or in place of a plain cancellation.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count

from rescind.core import periods
from rescind.core.act.action import (
    Action,
    How,
    biller,
    is_past,
    last_day,
    may_bring_back,
    own_action,
)
from rescind.core.model.catalogue import STORES
from rescind.core.model.checked import Checked
from rescind.core.model.facts import Facts, When, day_of
from rescind.core.model.law import RightKind
from rescind.core.model.money import Money, OtherCharge, in_all
from rescind.core.model.period import Period
from rescind.core.model.sentence import Sentence, Value
from rescind.core.model.verdict import AFTER_THE_END, Answer, Entitlement

LETTER_ON = {
    "died": "on-behalf-of",
    "price_raised": "price-rise",
    "terms_changed": "term-change",
    "moved": "cancel",
    "ill": "cancel",
    "unemployed": "cancel",
    "service_not_as_promised": "cancel",
}
"""Events that a right to leave turns on, with the letter that tells of them."""


def is_charged_after_end(checked: Checked) -> bool:
    """Return whether the last payment was taken after the contract's end."""
    refund = checked.verdict.topics["refund"]
    return any(reason.code == AFTER_THE_END for reason in refund.because)


def on_wrongful_charge(checked: Checked) -> Iterator[Action]:
    """Yield what to do about money that was taken without a contract to carry it."""
    topics, facts = checked.verdict.topics, checked.facts
    is_after_end = is_charged_after_end(checked)
    who = topics["refund"].handled_by
    if is_after_end:
        yield replace(
            _asked("claim", who, letter="refund"),
            says=Sentence.of("plan_action", "claim_with_proof", who=biller(who)),
            why=Sentence.of("plan_reason", "claim_with_proof"),
            amount=topics["refund"].amount,
            steps=topics["refund"].steps,
        )
        yield _asked("stop_charges", who, letter="stop-charging")
    right = next(iter(rights_to_dispute(checked)), None)
    if right is not None or is_after_end or facts.charge_unauthorised:
        # nobody's bank took it: who paid by PayPal opens the dispute there
        at_paypal = is_by_paypal(facts)
        code = "dispute_paypal" if at_paypal else "dispute"
        told = disputed(right, facts)
        yield Action(
            do="dispute",
            says=Sentence.of("plan_action", code),
            by=told.by,
            latest=right.latest if right else None,
            why=_why_dispute(right, told, facts),
            to="PayPal" if at_paypal else Sentence.of("who", "bank"),
            how=How.FORM if at_paypal else How.BANK,
            letter=None if at_paypal else "dispute",
            amount=told.amount,
            asks=() if right or facts.payment_method else ("payment_method",),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """What can be disputed by a right, and by when."""

    amount: Money | None
    by: When | None
    """When all of it has to be disputed: each charge has its own time."""
    late: tuple[OtherCharge, ...]
    """What came so long ago that its time is over, or may be."""


def disputed(right: Entitlement | None, facts: Facts) -> Disputed:
    """Return what of the charges that were told can be disputed by a right.

    Where the time of one is over, the bank is told of it all the same; nobody can
    count on that money.
    """
    further = facts.further_charges or ()
    if right is None:
        return Disputed(amount=in_all(facts.price, further), by=None, late=())
    today = day_of(facts.as_of, facts.zones)
    lasts = {each: _last_day(right, each) for each in further}
    ahead = [each for each in further if lasts[each] >= today]
    late = tuple(each for each in further if lasts[each] < today)
    sooner = min((lasts[each] for each in ahead), default=None)
    is_sooner = right.act_by is None or (sooner and sooner < right.act_by.date())
    return Disputed(
        amount=in_all(facts.price, ahead),
        by=sooner if sooner and is_sooner else right.act_by,
        late=late,
    )


def _last_day(right: Entitlement, charge: OtherCharge) -> date:
    """Return the last day to dispute a charge, by the first deadline of a right."""
    return min(
        periods.last_day(deadline.length, charge.on, periods.every_day)
        for deadline in right.right.deadlines
        if deadline.counted_from in _OF_A_CHARGE
    )


def dispute_days(checked: Checked) -> tuple[date, ...]:
    """Return the last days to dispute the charges, of each charge by each right.

    They come one after the other, each once; those that are past are left out.
    """
    facts = checked.facts
    today, found = day_of(facts.as_of, facts.zones), set[date]()
    for right in rights_to_dispute(checked):
        found.add(last_day(_end(right), facts.zones))
        found |= {_last_day(right, each) for each in facts.further_charges or ()}
    return tuple(sorted(day for day in found if day >= today))


def is_by_paypal(facts: Facts) -> bool:
    """Return whether a payment went by PayPal, and no card or debit was told."""
    told = facts.payment_method
    return told == "paypal" or (told is None and facts.channel == "paypal")


def _asked(do: str, who: str | None, *, letter: str) -> Action:
    return Action(
        do=do,
        says=Sentence.of("plan_action", do, who=biller(who)),
        by=None,
        why=Sentence.of("plan_reason", do),
        to=who,
        letter=letter,
    )


def _why_dispute(right: Entitlement | None, told: Disputed, facts: Facts) -> Sentence:
    if right is None:
        return Sentence.of("plan_reason", "dispute")
    values: dict[str, Value] = {"right": right.right.name, "says": right.right.says}
    if not told.late:
        return Sentence.of("plan_reason", "dispute_by_right", **values)
    first, *others = told.late
    values["late"] = in_all(first.sum, others)
    values["days"] = tuple(sorted(each.on for each in told.late))
    # the newest is over last; the statement that shows it comes a month later at most
    newest = max(told.late, key=lambda each: each.on)
    if any(each.without == "statement_at" for each in right.right.deadlines):
        newest = OtherCharge(on=newest.on + _STATEMENT, sum=newest.sum)
    is_sure = _last_day(right, newest) < day_of(facts.as_of, facts.zones)
    code = "dispute_some_late" if is_sure else "dispute_some_may_be_late"
    return Sentence.of("plan_reason", code, **values)


_STATEMENT = timedelta(days=31)
"""So long after a charge a statement may be sent that shows it: they are monthly."""


def rights_to_dispute(checked: Checked) -> tuple[Entitlement, ...]:
    """Return the open rights to dispute a wrong charge, that which ends first first.

    A right to stop coming payments has a day too, and it is not one to dispute by.
    """
    facts = checked.facts
    if not (is_charged_after_end(checked) or facts.charge_unauthorised):
        return ()
    found = [
        entitled
        for entitled in checked.verdict.rights
        if entitled.right.kind is RightKind.PAYMENT
        and any(d.counted_from in _OF_A_CHARGE for d in entitled.right.deadlines)
        and entitled.answer is Answer.YES
        and entitled.act_by is not None
        and not is_past(entitled.latest, facts.as_of, facts.zones)
    ]
    return tuple(sorted(found, key=_end))


_OF_A_CHARGE = frozenset({"paid_at", "statement_at"})
"""What the time to dispute a charge is counted from."""


def _end(entitled: Entitlement) -> datetime:
    assert entitled.act_by is not None  # noqa: S101 - the caller leaves the others out
    return entitled.act_by


def on_fee(checked: Checked) -> Iterator[Action]:
    """Yield the answer to a fee that is asked for leaving a contract that was ended."""
    facts, cancel = checked.facts, checked.verdict.topics["cancel"]
    if facts.early_termination_fee is None or facts.cancelled_at is None:
        return
    contest = _asked("contest_fee", cancel.handled_by, letter="reply")
    yield replace(contest, amount=facts.early_termination_fee)


def on_event(checked: Checked) -> Action | None:
    """Return the letter that ends a contract because of what happened, if any.

    A death always is told, and so is that a minor agreed; any other event only where a
    right to leave turns on it.
    """
    facts, cancel = checked.facts, checked.verdict.topics["cancel"]
    if facts.minor:
        return _for_a_minor(checked)
    if facts.cancelled_at is not None or checked.verdict.is_withdrawn:
        return None
    by, latest = cancel.act_by, cancel.latest
    event = "died" if facts.died_at else None
    why, answer = _on_death(checked), None
    for entitled in _ways_out_on_event(checked):
        event = _event_of(entitled)
        if latest is None or entitled.latest is None or latest >= entitled.latest:
            by, latest = entitled.act_by or by, entitled.latest or latest
        if not facts.died_at:
            why = Sentence.of("plan_reason", "tell", right=entitled.right.name)
        answer = entitled.answer
        if answer is Answer.DISPUTED:
            # nobody waits for the contract's own day with what may end it today
            by, latest = entitled.act_by, entitled.latest
        break
    if event is None:
        return None
    return Action(
        do="tell",
        says=Sentence.of("plan_action", f"tell_{event}", who=biller(cancel.handled_by)),
        by=_not_over(by, latest, facts),
        latest=latest,
        why=why,
        steps=cancel.steps,
        to=cancel.handled_by,
        letter=LETTER_ON[event],
        amount=cancel.amount,
        answer=answer if answer is Answer.DISPUTED else None,
    )


def _not_over(
    by: datetime | None, latest: datetime | None, facts: Facts
) -> When | None:
    """Return the safe moment; where it is over, and the last one is not, today.

    Where nobody said when a change was told, the safe moment is only the worst case.
    """
    if by is None or latest is None or facts.change_told_at is None:
        return by
    today = day_of(facts.as_of, facts.zones)
    return today if by.date() < today <= latest.date() else by


def _ways_out_on_event(checked: Checked) -> list[Entitlement]:
    """Return the rights to leave for what happened; of a death, only disputed ones."""
    found = [
        entitled
        for entitled in checked.verdict.rights
        if entitled.right.kind is RightKind.CANCELLATION
        and entitled.answer in (Answer.YES, Answer.DISPUTED)
        and _event_of(entitled) is not None
    ]
    if checked.facts.died_at:
        of_death = (each for each in found if _event_of(each) == "died")
        return [each for each in of_death if each.answer is Answer.DISPUTED]
    return sorted(found, key=lambda entitled: entitled.answer is Answer.DISPUTED)


def _event_of(entitled: Entitlement) -> str | None:
    """Return the event that a right turns on."""
    return next(
        (c.fact for c in entitled.right.conditions if c.fact in LETTER_ON), None
    )


def _for_a_minor(checked: Checked) -> Action:
    """Return the refusal of a contract that a minor made; a store is asked for money.

    Where no law on it is on file, the merchant is asked all the same.
    """
    refund, facts = checked.verdict.topics["refund"], checked.facts
    right = next(
        (
            entitled.right
            for entitled in checked.verdict.rights
            if entitled.answer is Answer.YES
            and any(c.fact == "minor" for c in entitled.right.conditions)
        ),
        None,
    )
    why = Sentence.of("plan_reason", "tell_minor_no_law")
    if right is not None:
        why = Sentence.of("plan_reason", "tell_minor", says=right.says)
    code = "tell_minor_store" if facts.channel in STORES else "tell_minor"
    return Action(
        do="tell",
        says=Sentence.of("plan_action", code, who=biller(refund.handled_by)),
        by=None,
        why=why,
        steps=refund.steps,
        to=refund.handled_by,
        letter="on-behalf-of",
    )


def _on_death(checked: Checked) -> Sentence:
    """Return what becomes of a contract by a death, by the law where it is on file."""
    for entitled in checked.verdict.rights:
        right = entitled.right
        is_about = any(condition.fact == "died" for condition in right.conditions)
        if is_about and entitled.answer is Answer.YES:
            return Sentence.of(
                "plan_reason", "tell_died_by_law", right=right.name, says=right.says
            )
    return Sentence.of("plan_reason", "tell_died")


def on_withdrawal_sent(checked: Checked) -> Iterator[Action]:
    """Yield the wait for the money after a withdrawal, or its demand when late."""
    withdrawal, facts = checked.verdict.topics["withdrawal"], checked.facts
    due = withdrawal.refund_due_by
    if due is None:
        return
    if day_of(facts.as_of, facts.zones) > due:
        claim = _asked("claim", withdrawal.handled_by, letter="refund")
        why = Sentence.of("plan_reason", "claim_withdrawn", day=due)
        yield replace(claim, amount=withdrawal.amount, why=why)
        return
    amount = may_bring_back(withdrawal, facts)
    yield replace(own_action("await_refund", due), amount=amount)


def watch_statement(checked: Checked, charge: When | None) -> Action:
    """Return the look at the statement, on the day of the first charge not owed."""
    first = None if charge is None else _first_after_end(checked, charge)
    action = own_action("watch_statement", first)
    if first == charge:
        return action
    return replace(action, says=Sentence.of("plan_action", "watch_after_end"))


def _first_after_end(checked: Checked, charge: When) -> When | None:
    """Return the first charge after the end; ``None`` while either is not known."""
    ends_on, zones = checked.verdict.topics["cancel"].ends_on, checked.facts.zones
    period = checked.offer.period if checked.offer else None
    first = day_of(charge, zones)
    if period is None:
        return charge if ends_on is not None and first > ends_on else None
    charges, kept = _series(checked, first, period)
    if ends_on is None:
        return None
    following = next(day for day in charges if periods.paid_from(day, kept) > ends_on)
    # made on the last day of a short month, it is for the time after that
    return charge if following == first else max(following, ends_on + periods.DAY)


def _series(
    checked: Checked, first: date, period: Period
) -> tuple[Iterator[date], int]:
    """Return a charge and those that follow, and the day of the month they keep.

    They are counted from the first charge of all, where it is one of its series: on
    the last day of a month too short for the day that it began on.
    """
    begun, apart = periods.series_of(first, period, _starts(checked.facts, period))
    if period.months is None:
        return (periods.add(first, period, n) for n in count()), 0
    days = (periods.add_months(begun, apart + period.months * n) for n in count())
    return days, begun.day


def _starts(facts: Facts, period: Period) -> Iterator[date]:
    """Yield the days that the charges may be counted from, the likeliest first.

    The payment of a first period comes before the day of the contract.
    """
    begun = facts.begun_on
    told = [facts.trial_ends_at, begun, facts.paid_at]
    paid = facts.paid_at
    if paid and begun and day_of(paid, facts.zones) < periods.add(begun, period):
        told.insert(1, paid)
    yield from (day_of(day, facts.zones) for day in told if day is not None)
