"""The plan: what to do, in order, the best of all courses that were simulated."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from rescind.core.act.choose import Simulation, Wishes, best, simulate_course
from rescind.core.act.courses import losses, name_of, sensible
from rescind.core.act.simulate import Course, contract_end
from rescind.core.model.contract import Contract
from rescind.core.model.facts import Facts, When
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence
from rescind.core.model.verdict import Answer, Topic, Verdict

_HOPEFUL = frozenset({Answer.YES, Answer.DISPUTED, Answer.DEPENDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do, when, by when at the latest, why, and what it costs."""

    do: str
    says: Sentence
    by: When | None
    """The last safe moment."""
    why: Sentence | None
    """``None`` where the verdict has no reason."""
    cost: Money | None
    """``None``: it costs nothing."""
    on: date | None = None
    """The day on which the plan does it."""
    latest: When | None = None
    steps: tuple[str, ...] = ()


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
    fits: bool = True
    """It ends the contract and grants the wishes, under every reading."""
    outcomes: tuple[CourseOutcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Actions in order, the course they make, and the courses not taken."""

    actions: tuple[Action, ...]
    alternatives: tuple[Alternative, ...]
    asks: tuple[str, ...]
    best: Alternative | None = None
    """``None`` where nothing could be simulated: the plan then follows the rules."""
    wishes_granted: bool = True
    """Whether some course grants all wishes; otherwise they were left aside."""


def plan(
    verdict: Verdict,
    facts: Facts,
    contract: Contract | None = None,
    wishes: Wishes | None = None,
) -> Plan:
    """Return the best course for a purchase, and what each other would cost.

    Without a contract nothing can be simulated; then money back comes before
    cancelling, since the refund is a request of its own, and the earliest deadline
    first.
    """
    if contract is None:
        return _by_rules(verdict, facts)
    wishes = wishes or Wishes()
    winner = best(contract, wishes)
    is_granted = winner is not None
    if winner is None:
        winner = best(contract, Wishes(money_back_first=wishes.money_back_first))
    if winner is None:
        return _by_rules(verdict, facts)
    course = _alternative(winner, contract, facts, wishes)
    return Plan(
        actions=(*_actions(winner.course, verdict, contract), *_afterwards(verdict)),
        alternatives=tuple(_others(course.do, contract, facts, wishes)),
        asks=verdict.asks,
        best=course,
        wishes_granted=is_granted,
    )


def _alternative(
    simulation: Simulation, contract: Contract, facts: Facts, wishes: Wishes
) -> Alternative:
    do = name_of(simulation.course, contract)
    return Alternative(
        do=do,
        says=Sentence.of("course", do),
        cost=_money(simulation.worst_cost, facts),
        cost_at_best=_money(simulation.best_cost, facts),
        access_until=simulation.access_until,
        loses=losses(simulation, contract),
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


def _money(amount: Decimal, facts: Facts) -> Money | None:
    return facts.price.of(amount) if facts.price else None


def _others(
    best_do: str, contract: Contract, facts: Facts, wishes: Wishes
) -> Iterator[Alternative]:
    for do, course in sensible(contract, wishes):
        if do != best_do:
            alternative = _alternative(
                simulate_course(contract, course), contract, facts, wishes
            )
            yield replace(alternative, do=do, says=Sentence.of("course", do))
    if contract.upgrade is not None:
        do = "upgrade_and_back_out"
        yield Alternative(
            do=do,
            says=Sentence.of(
                "course", do, name=contract.upgrade.name, days=contract.upgrade.days
            ),
            cost=None,
            loses=Sentence.of("loss", "upgrade"),
            access_until=contract.today,
            fits=False,
        )


def _actions(course: Course, verdict: Verdict, contract: Contract) -> Iterator[Action]:
    refund, withdrawal = verdict.topics["refund"], verdict.topics["withdrawal"]
    by_day = []
    if course.refund is not None:
        by_day.append((course.refund, 0, _refund(course, refund, contract)))
    if course.withdraw is not None:
        by_day.append((course.withdraw, 1, _action("withdraw", withdrawal)))
    if course.certificate is not None:
        by_day.append(
            (course.certificate, 2, _own("earn_certificate", course.certificate))
        )
    if course.cancel is not None:
        by_day.append((course.cancel, 3, _cancel(course.cancel, verdict, contract)))
    elif course.withdraw is not None and contract.charges:
        # should the withdrawal be refused, the contract still ends
        in_case = Sentence.of("plan_reason", "cancel")
        again = replace(_cancel(course.withdraw, verdict, contract), why=in_case)
        by_day.append((course.withdraw, 3, again))
    for day, _, action in sorted(by_day, key=lambda item: item[:2]):
        yield replace(action, on=day)


def _refund(course: Course, topic: Topic, contract: Contract) -> Action:
    """Return the request for the payment that is the last one when it is made."""
    action = _action("request_refund", topic)
    reading = contract.readings[0]
    end = contract_end(reading, course.cancel) if course.cancel else None
    last = min(day for day in (course.refund, end) if day is not None)
    so_far = [charge for charge in contract.charges if charge <= last]
    if not so_far or reading.refund_days is None:
        return action
    until = so_far[-1] + timedelta(days=reading.refund_days)
    return replace(action, by=until, latest=None)


def _cancel(day: date, verdict: Verdict, contract: Contract) -> Action:
    """Return the cancellation on a day, with the last moment that still does it."""
    topic, reading = verdict.topics["cancel"], contract.readings[0]
    action = _action("cancel", topic)
    if topic.act_by is not None and topic.act_by.date() >= day:
        return action
    end = contract_end(reading, day)
    later = (item.by for item in reading.exits if item.ends == end)
    in_time = topic.latest is not None and topic.latest.date() >= day
    latest = topic.latest if in_time else None
    return replace(action, by=next(later, None), latest=latest)


def _by_rules(verdict: Verdict, facts: Facts) -> Plan:
    by_deadline = [*_money_back(verdict), *_stop(verdict, facts)]
    by_deadline.sort(key=lambda action: (action.by is None, _soon(action.by)))
    return Plan(
        actions=(*by_deadline, *_afterwards(verdict)),
        alternatives=tuple(_alternatives(verdict, facts)),
        asks=verdict.asks,
    )


def _soon(by: When | None) -> float:
    return by.timestamp() if isinstance(by, datetime) else 0.0


def _money_back(verdict: Verdict) -> Iterator[Action]:
    refund, withdrawal = verdict.topics["refund"], verdict.topics["withdrawal"]
    if refund.answer in _HOPEFUL:
        yield _action("request_refund", refund)
    if withdrawal.answer in _HOPEFUL and refund.answer is not Answer.YES:
        yield _action("withdraw", withdrawal)


def _stop(verdict: Verdict, facts: Facts) -> Iterator[Action]:
    cancel = verdict.topics["cancel"]
    renews = verdict.topics["renewal"].at is not None or cancel.asks
    if cancel.answer is Answer.YES and facts.cancelled_at is None and renews:
        yield _action("cancel", cancel)


def _action(do: str, topic: Topic) -> Action:
    """Return what whoever handles a topic has to be asked for."""
    return Action(
        do=do,
        says=Sentence.of("plan_action", do, who=topic.handled_by),
        by=topic.act_by,
        latest=topic.latest,
        why=topic.because[0].says if topic.because else None,
        cost=None,
        steps=topic.steps,
    )


def _own(do: str, by: When | None) -> Action:
    """Return what the person does alone, with a reason of its own."""
    return Action(
        do=do,
        says=Sentence.of("plan_action", do),
        by=by,
        why=Sentence.of("plan_reason", do),
        cost=None,
    )


def _afterwards(verdict: Verdict) -> Iterator[Action]:
    yield _own("keep_confirmation", None)
    due = verdict.topics["withdrawal"].refund_due_by
    if due is not None:
        yield _own("await_refund", due)
    charge = verdict.topics["renewal"].at
    if charge is not None:
        yield _own("watch_statement", charge)


def _alternatives(verdict: Verdict, facts: Facts) -> Iterator[Alternative]:
    charge = verdict.topics["renewal"].at
    if charge is not None:
        yield Alternative(
            do="do_nothing",
            says=Sentence.of("course", "do_nothing_until", day=_day(charge)),
            cost=facts.price,
            loses=Sentence.of("loss", "next_payments"),
        )
    if verdict.topics["refund"].answer in _HOPEFUL:
        yield Alternative(
            do="cancel_only",
            says=Sentence.of("course", "cancel_only"),
            cost=facts.price,
            loses=Sentence.of("loss", "refund"),
        )


def _day(when: When) -> date:
    return when.date() if isinstance(when, datetime) else when
