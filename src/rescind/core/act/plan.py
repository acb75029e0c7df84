"""The plan in its first form: what to do, in order, and what each choice costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from rescind.core.model.facts import Facts, When
from rescind.core.model.money import Money
from rescind.core.model.verdict import Answer, Topic, Verdict

_HOPEFUL = frozenset({Answer.YES, Answer.DISPUTED, Answer.DEPENDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do, by when, why, and what it costs."""

    do: str
    text: str
    by: When | None
    why: str
    cost: Money | None
    """``None``: it costs nothing."""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another course, with what it would cost and lose."""

    do: str
    text: str
    cost: Money | None
    loses: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Actions in order, and the courses not taken."""

    actions: tuple[Action, ...]
    alternatives: tuple[Alternative, ...]
    asks: tuple[str, ...]


def plan(verdict: Verdict, facts: Facts) -> Plan:
    """Return what to do about a purchase, the earliest deadline first.

    Money back comes before cancelling, since the refund is a request of its own;
    what can only be done after the end comes last.
    """
    timed = [*_money_back(verdict), *_stop(verdict, facts)]
    timed.sort(key=lambda action: (action.by is None, _soon(action.by)))
    return Plan(
        actions=(*timed, *_afterwards(verdict)),
        alternatives=tuple(_alternatives(verdict, facts)),
        asks=verdict.asks,
    )


def _soon(by: When | None) -> float:
    return by.timestamp() if isinstance(by, datetime) else 0.0


def _money_back(verdict: Verdict) -> Iterator[Action]:
    refund, withdrawal = verdict.topics["refund"], verdict.topics["withdrawal"]
    if refund.answer in _HOPEFUL:
        yield _action(
            "request_refund", f"Ask {refund.handled_by} for the refund.", refund
        )
    if withdrawal.answer in _HOPEFUL and refund.answer is not Answer.YES:
        text = f"Withdraw from the contract by law, to {withdrawal.handled_by}."
        yield _action("withdraw", text, withdrawal)


def _stop(verdict: Verdict, facts: Facts) -> Iterator[Action]:
    cancel = verdict.topics["cancel"]
    renews = verdict.topics["renewal"].at is not None or cancel.asks
    if cancel.answer is Answer.YES and facts.cancelled_at is None and renews:
        yield _action("cancel", f"Cancel with {cancel.handled_by}.", cancel)


def _action(do: str, text: str, topic: Topic) -> Action:
    why = topic.because[0].text if topic.because else ""
    return Action(
        do=do, text=text, by=topic.act_by, why=why, cost=None, steps=topic.steps
    )


def _afterwards(verdict: Verdict) -> Iterator[Action]:
    yield Action(
        do="keep_confirmation",
        text="Keep the confirmation, with its date.",
        by=None,
        why="Without it, a later charge is your word against theirs.",
        cost=None,
    )
    charge = verdict.topics["renewal"].at
    if charge is not None:
        yield Action(
            do="watch_statement",
            text="Look at the statement after the day the next charge would have come.",
            by=charge,
            why="A charge that comes anyway has to be disputed in time.",
            cost=None,
        )


def _alternatives(verdict: Verdict, facts: Facts) -> Iterator[Alternative]:
    charge = verdict.topics["renewal"].at
    if charge is not None:
        yield Alternative(
            do="do_nothing",
            text=f"Do nothing: the next charge comes on {_day(charge)}.",
            cost=facts.price,
            loses="the money of the next period, and of each one after it",
        )
    if verdict.topics["refund"].answer in _HOPEFUL:
        yield Alternative(
            do="cancel_only",
            text="Cancel without asking for the refund.",
            cost=facts.price,
            loses="the payment that can still come back",
        )


def _day(when: When) -> date:
    return when.date() if isinstance(when, datetime) else when
