"""Alternatives: the courses of action beside the best one, and what each costs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from rescind.core.act.action import last_day
from rescind.core.act.choose import Simulation, Wishes, simulate_course
from rescind.core.act.courses import losses, name_of, sensible, told_early
from rescind.core.act.simulate import DAY, Course, contract_end
from rescind.core.model.checked import Checked
from rescind.core.model.contract import Contract
from rescind.core.model.facts import Facts, When
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence
from rescind.core.model.verdict import Answer, Verdict

HOPEFUL = frozenset({Answer.YES, Answer.DISPUTED, Answer.DEPENDS})
"""Answers on which money is worth asking for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseOutcome:
    """What a course comes to under one reading."""

    reading: Sentence
    cost: Money | None
    refund: Money | None
    access_until: date | None
    has_certificate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A course, with what it would cost at worst and at best, and what it loses."""

    do: str
    says: Sentence
    cost: Money | None
    """At worst; less than nothing is money back. ``None``: the price is not known."""
    loses: Sentence
    cost_at_best: Money | None = None
    access_until: date | None = None
    is_fee_open: bool = False
    """A fee that nobody named may come to the cost."""
    fits: bool = True
    """It ends the contract and grants the wishes, under every reading."""
    outcomes: tuple[CourseOutcome, ...] = ()


def alternative_of(
    simulation: Simulation, contract: Contract, facts: Facts, wishes: Wishes
) -> Alternative:
    """Return a course that was simulated, with its cost under each reading."""
    do = name_of(simulation.course, contract)
    return Alternative(
        do=do,
        says=_says(do, simulation),
        cost=_money(simulation.worst_cost, facts),
        cost_at_best=_money(simulation.best_cost, facts),
        access_until=simulation.access_until,
        loses=losses(simulation, contract),
        is_fee_open=simulation.is_fee_open,
        fits=simulation.fits(wishes),
        outcomes=tuple(
            CourseOutcome(
                reading=result.reading,
                cost=_money(result.cost, facts),
                refund=_money(result.refund, facts),
                access_until=result.access_until,
                has_certificate=result.has_certificate,
            )
            for result in simulation.results
        ),
    )


def _says(do: str, simulation: Simulation) -> Sentence:
    """Return what a course is called; one that goes on, with the day it is counted to.

    That is the day to which the last of the charges in its cost pays.
    """
    until = simulation.access_until
    if do != "do_nothing" or simulation.is_over or until is None:
        return Sentence.of("course", do)
    return Sentence.of("course", "do_nothing_to", day=until - DAY)


def _money(amount: Decimal, facts: Facts) -> Money | None:
    return facts.price.of(amount) if facts.price else None


def other_courses(
    best: Alternative, contract: Contract, checked: Checked, wishes: Wishes
) -> Iterator[Alternative]:
    """Yield the sensible courses beside the best one.

    The last safe day is the verdict's, or none is named.
    """
    facts, last = checked.facts, _last_safe(checked)
    for do, course in sensible(contract, wishes):
        if do == "cancel_on_last_safe_day" and course.cancel != last:
            continue
        if do != best.do:
            other = simulate_course(told_early(contract, course), course)
            named = alternative_of(other, contract, facts, wishes)
            yield replace(
                named, do=do, says=_of_a_day(do, course, contract) or named.says
            )


def _of_a_day(do: str, course: Course, contract: Contract) -> Sentence | None:
    """Return what a course is called that lets the contract run to a day."""
    if do == "leave_free" and contract.free_end is not None:
        return Sentence.of("course", do, day=contract.free_end)
    if do == "leave_at_term" and course.cancel is not None:
        end = contract_end(contract.readings[0], course.cancel)
        assert end is not None  # noqa: S101 - it is played for that end
        return Sentence.of("course", do, day=end)
    return None if do == "do_nothing" else Sentence.of("course", do)


def _last_safe(checked: Checked) -> date | None:
    """Return the last safe day for a notice, as the verdict has it."""
    cancel, zones = checked.verdict.topics["cancel"], checked.facts.zones
    if cancel.any_day or cancel.act_by is None or cancel.may_move:
        # waiting for that day may move an earlier end on
        return None
    return last_day(cancel.act_by, zones)


_UNBOUND = {
    "cancel_now": "cancel_now_unbound",
    "cancel_on_last_safe_day": "cancel_on_last_safe_day_unbound",
    "cancel_later": "cancel_later_unbound",
}
"""What courses are called that end a contract only if nothing binds."""


def if_unbound(course: Alternative, unbound: Sentence) -> Alternative:
    """Return a course that only ends it if no term or no notice binds, so named."""
    code = _UNBOUND.get(course.do)
    if code is None:
        return course
    return replace(course, says=Sentence.of("course", code, unbound=unbound))


def leaving_for_a_fee(checked: Checked, access_until: date) -> Iterator[Alternative]:
    """Yield leaving at once for the merchant's fee, cut to what the law leaves of it.

    A cap in another currency than the fee's is said, and not compared.
    """
    facts = checked.facts
    fee, cap = facts.early_termination_fee, checked.verdict.topics["cancel"].fee_at_most
    if fee is None or facts.cancelled_at is not None:
        return
    if checked.verdict.topics["cancel"].free_end is not None:
        # a law's way out comes to it, and is played with it
        return
    says = Sentence.of("course", "leave_for_fee", fee=fee)
    if cap is not None and cap.currency == fee.currency and cap.amount < fee.amount:
        says = Sentence.of("course", "leave_for_less", fee=fee, cap=cap)
        fee = cap
    yield Alternative(
        do="leave_for_fee",
        says=says,
        cost=fee,
        cost_at_best=fee,
        loses=Sentence.of("loss", "access_at_once"),
        access_until=access_until,
    )


def upgrading(contract: Contract) -> Iterator[Alternative]:
    """Yield the upgrade that can be backed out of, where the service sells one."""
    if contract.upgrade is not None:
        do = "upgrade_and_back_out"
        yield Alternative(
            do=do,
            says=Sentence.of(
                "course", do, name=contract.upgrade.name, days=contract.upgrade.days
            ),
            cost=None,
            loses=Sentence.of("loss", "upgrade"),
            access_until=contract.today + DAY,
            fits=False,
        )


def alternatives_by_rules(verdict: Verdict, facts: Facts) -> Iterator[Alternative]:
    """Yield what else can be done where nothing could be simulated."""
    charge = verdict.topics["renewal"].at
    if charge is not None:
        yield Alternative(
            do="do_nothing",
            says=Sentence.of("course", "do_nothing_until", day=_day(charge)),
            cost=facts.price,
            loses=Sentence.of("loss", "next_payments"),
        )
    if verdict.topics["refund"].answer in HOPEFUL:
        yield Alternative(
            do="cancel_only",
            says=Sentence.of("course", "cancel_only"),
            cost=facts.price,
            loses=Sentence.of("loss", "refund"),
        )


def _day(when: When) -> date:
    return when.date() if isinstance(when, datetime) else when
