"""The plan: what to do, in order, the best of all courses that were simulated."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from rescind.core import periods
from rescind.core.act.action import (
    ENDS_IT,
    Action,
    last_day,
    may_bring_back,
    own_action,
    topic_action,
)
from rescind.core.act.alternatives import (
    HOPEFUL,
    Alternative,
    alternative_of,
    alternatives_by_rules,
    if_unbound,
    leaving_for_a_fee,
    other_courses,
    upgrading,
)
from rescind.core.act.choose import Wishes, best, simulate_course
from rescind.core.act.events import (
    is_charged_after_end,
    on_event,
    on_fee,
    on_withdrawal_sent,
    on_wrongful_charge,
    watch_statement,
)
from rescind.core.act.grounds import comes_by_cancelling
from rescind.core.act.reach import finish
from rescind.core.act.simulate import DAY, Course, contract_end
from rescind.core.model.catalogue import STORES
from rescind.core.model.checked import Checked
from rescind.core.model.contract import Contract
from rescind.core.model.facts import Facts, When, day_of
from rescind.core.model.sentence import Sentence, Value
from rescind.core.model.verdict import Answer, Topic, Verdict


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
    checked: Checked, contract: Contract | None = None, wishes: Wishes | None = None
) -> Plan:
    """Return the best course for a purchase, and what each other would cost.

    Without a contract nothing can be simulated; then money back comes before
    cancelling, since the refund is a request of its own, and the earliest deadline
    first.
    """
    chosen = _chosen(checked, contract, wishes or Wishes())
    actions = _with_others(checked, _with_events(checked, chosen.actions))
    finished = tuple(finish(action, checked) for action in actions)
    after = tuple(finish(action, checked) for action in _afterwards(checked, finished))
    ordered = _with_the_refund(checked, _sure_first(checked, (*finished, *after)))
    ordered = tuple(_today_if_it_moves(action, checked) for action in ordered)
    told = ordered[: len(finished)] or ordered[:1]
    # what the parents' refusal comes to is not played
    played = None if checked.facts.minor else chosen.best
    best = _surely_lost(_in_order(played, chosen.actions, told), ordered, checked)
    # of a contract that is over nothing is left to choose, but the money taken after it
    others = () if is_charged_after_end(checked) else chosen.alternatives
    unbound = checked.verdict.topics["cancel"].unbound
    if unbound is not None:
        others = tuple(if_unbound(other, unbound) for other in others)
    return replace(chosen, actions=ordered, best=best, alternatives=others)


def _in_order(
    course: Alternative | None, played: tuple[Action, ...], actions: tuple[Action, ...]
) -> Alternative | None:
    """Return the course, by its name only where the actions are played as it says.

    What is done first is told in one way everywhere.
    """
    done = [action.do for action in actions if action.do != "keep_confirmation"]
    if course is None or done == [action.do for action in played]:
        return course
    in_order = replace(course, says=Sentence.of("course", "in_this_order"))
    # nothing is left to do about the contract; about money taken after it much is
    is_claim = course.do == "do_nothing" and "claim" in done
    return replace(in_order, do="in_this_order") if is_claim else in_order


def _with_the_refund(
    checked: Checked, actions: tuple[Action, ...]
) -> tuple[Action, ...]:
    """Return the actions, cancelled by the refund's day where that brings it."""
    refund = next((action for action in actions if action.do == "refund"), None)
    if refund is None or refund.by is None or not comes_by_cancelling(checked):
        return actions
    return tuple(
        replace(action, by=refund.by) if action.do == "cancel" else action
        for action in actions
    )


def _today_if_it_moves(action: Action, checked: Checked) -> Action:
    """Return a notice for today, where an earlier end may move on with each day."""
    if not checked.verdict.topics["cancel"].may_move or action.do != "cancel":
        return action
    return replace(action, by=day_of(checked.facts.as_of, checked.facts.zones))


def _surely_lost(
    course: Alternative | None, actions: tuple[Action, ...], checked: Checked
) -> Alternative | None:
    """Return the course; access goes on to its end where only a doubt would stop it."""
    ends_on, facts = checked.verdict.topics["cancel"].ends_on, checked.facts
    is_sure = not actions or actions[0].do not in ENDS_IT
    if course is None or is_sure or ends_on is None:
        return course
    if ends_on <= day_of(facts.as_of, facts.zones):
        return course
    later = Sentence.of("loss", "access", day=ends_on + timedelta(days=1))
    losses = dict(course.loses.values).get("losses")
    if not isinstance(losses, tuple) or not any(map(_is_at_once, losses)):
        return course
    told = tuple(later if _is_at_once(loss) else loss for loss in losses)
    return replace(course, loses=Sentence.of("loss", "all", losses=told))


def _is_at_once(loss: Value) -> bool:
    return isinstance(loss, Sentence) and loss.code == "access_at_once"


def _sure_first(checked: Checked, actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """Return the actions, what is sure before what turns on an open question.

    Only where that question has time: money that is soon lost goes first.
    """
    if not actions or actions[0].answer is not Answer.DEPENDS:
        return actions
    if actions[0].do == "withdraw" and "purchased_at" in actions[0].asks:
        # a line on a statement: it may have been bought years ago, and be ended today
        ending = tuple(action for action in actions if action.do in ENDS_IT)
        return (*ending, *(action for action in actions if action not in ending))
    facts, by = checked.facts, actions[0].by
    today = day_of(facts.as_of, facts.zones)
    if by is None or last_day(by, facts.zones) - today <= _SOON:
        return actions
    sure = tuple(a for a in actions if a.do in ENDS_IT and a.answer in _POSSIBLE)
    if facts.cancelled_at is not None:
        sure = tuple(action for action in actions if action.do == "keep_confirmation")
    return (*sure, *(action for action in actions if action not in sure))


_POSSIBLE = frozenset({Answer.YES, Answer.UNKNOWN})
"""A notice can be given where no text speaks, too."""
_SOON = timedelta(days=30)
"""A right that is open for longer than this does not press."""


def _chosen(checked: Checked, contract: Contract | None, wishes: Wishes) -> Plan:
    """Return the plan by what was simulated, else by the rules."""
    if contract is None:
        return _by_rules(checked)
    winner = best(contract, wishes)
    is_granted = winner is not None
    if winner is None:
        winner = best(contract, Wishes(money_back_first=wishes.money_back_first))
    if winner is None:
        return _by_rules(checked)
    verdict, facts = checked.verdict, checked.facts
    course = alternative_of(winner, contract, facts, wishes)
    return Plan(
        actions=tuple(_actions(winner.course, checked, contract)),
        alternatives=(
            *other_courses(course, contract, checked, wishes),
            *leaving_for_a_fee(checked, contract.today + DAY),
            *upgrading(contract),
        ),
        asks=verdict.asks,
        best=course,
        wishes_granted=is_granted,
    )


def _with_events(checked: Checked, actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """Return the actions, with those that something that happened puts first."""
    event = on_event(checked)
    wrongful = (*on_wrongful_charge(checked), *on_fee(checked))
    if event is not None:
        done = {"refund", "cancel"} if checked.facts.minor else {"cancel"}
        kept = (a for a in actions if a.do not in done and not _is_idle(a, checked))
        return (*wrongful, event, *kept)
    if wrongful:
        kept = (a for a in actions if a.do != "refund" and not _is_idle(a, checked))
        return (*wrongful, *kept)
    return actions


def _is_idle(action: Action, checked: Checked) -> bool:
    """Return whether a withdrawal that may not hold adds nothing to what happened.

    The only payment is asked back already, or it was the dead person's to declare.
    """
    if action.do != "withdraw" or action.answer is not Answer.DEPENDS:
        return False
    return action.amount is None or checked.facts.died_at is not None


def _with_others(checked: Checked, actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """Return the actions, with the requests to whoever decides in a merchant's stead.

    A university, an employer or a store is asked to end it, and for the money, also
    where no text says what it will answer.
    """
    topics, facts = checked.verdict.topics, checked.facts
    cancel, refund = topics["cancel"], topics["refund"]
    is_over = facts.cancelled_at is not None or checked.verdict.is_withdrawn
    if checked.other_decider is None or is_over:
        return actions
    done = {action.do for action in actions}
    if facts.minor:
        # the money is asked back first: it may be that nothing ever bound
        return actions if cancel.nothing_comes else (*actions, _end_it(cancel))
    if not cancel.nothing_comes and not done & {"cancel", "tell"}:
        actions = (_end_it(cancel), *actions)
    if refund.answer is not Answer.UNKNOWN or done & {"refund", "withdraw"}:
        return actions
    # a store gives money back in its own way; anybody else is asked to end it first
    is_first = facts.channel in STORES or cancel.nothing_comes
    request = (_ask_refund(refund),)
    return (*request, *actions) if is_first else (*actions, *request)


def _actions(course: Course, checked: Checked, contract: Contract) -> Iterator[Action]:
    verdict, facts = checked.verdict, checked.facts
    refund, withdrawal = verdict.topics["refund"], verdict.topics["withdrawal"]
    by_day: list[tuple[date, Action]] = []
    if course.refund is not None:
        by_day.append((course.refund, _refund(course, refund, contract)))
    if course.withdraw is not None:
        by_day.append((course.withdraw, _withdraw(withdrawal, facts)))
    if course.certificate is not None:
        earn = own_action("earn_certificate", course.certificate)
        by_day.append((course.certificate, earn))
    if course.cancel is not None:
        by_day.append((course.cancel, _cancel(course.cancel, verdict, contract)))
    elif course.withdraw is not None and contract.charges:
        # should the withdrawal be refused, the contract still ends
        day = max(course.withdraw, contract.opens_on or course.withdraw)
        in_case = _if_refused(day, checked, contract)
        again = replace(_cancel(day, verdict, contract), why=in_case)
        by_day.append((day, again))
    # of one day, money is asked back first and the cancellation comes last
    for day, action in sorted(by_day, key=lambda item: item[0]):
        yield replace(action, on=day)


def _if_refused(day: date, checked: Checked, contract: Contract) -> Sentence:
    """Return what a notice on a day still does, should the withdrawal fail."""
    facts, end = checked.facts, checked.verdict.topics["cancel"].ends_on
    if day > contract.today:
        end = contract_end(contract.readings[0], day)
    alone = simulate_course(contract, Course(cancel=day))
    due = max(result.charges for result in alone.results)
    is_sure = not checked.verdict.topics["cancel"].ends_if_unbound
    if is_sure and alone.is_over and not due:
        return Sentence.of("plan_reason", "cancel")
    if not is_sure or not alone.is_over or end is None or _is_free_until(end, contract):
        return Sentence.of("plan_reason", "cancel_in_case")
    if facts.price is None:
        return Sentence.of("plan_reason", "cancel_owes_some", day=end)
    money = facts.price.of(due)
    return Sentence.of("plan_reason", "cancel_owes", day=end, money=money)


def _is_free_until(end: date, contract: Contract) -> bool:
    """Return whether nothing is charged up to an end, as on the last days of a trial.

    Only a notice that is taken to come too late for that end would then cost money.
    """
    starts = (periods.paid_from(day, contract.kept_day) for day in contract.charges)
    is_charged = any(start <= end for start in starts)
    return contract.in_trial and not is_charged


def _withdraw(topic: Topic, facts: Facts) -> Action:
    """Return the withdrawal, with all that it may bring back."""
    amount = may_bring_back(topic, facts)
    return replace(topic_action("withdraw", topic, letter="withdraw"), amount=amount)


def _refund(course: Course, topic: Topic, contract: Contract) -> Action:
    """Return the request for the payment that is the last one when it is made."""
    action = _ask_refund(topic)
    reading = contract.readings[0]
    end = contract_end(reading, course.cancel) if course.cancel else None
    last = min(day for day in (course.refund, end) if day is not None)
    so_far = [charge for charge in contract.charges if charge <= last]
    if not so_far or reading.refund_days is None:
        return action
    until = so_far[-1] + timedelta(days=reading.refund_days)
    return replace(action, by=until, latest=None)


def _ask_refund(topic: Topic) -> Action:
    return replace(topic_action("refund", topic, letter="refund"), amount=topic.amount)


def _cancel(day: date, verdict: Verdict, contract: Contract) -> Action:
    """Return the cancellation on a day, with the last moment that still does it."""
    topic, reading = verdict.topics["cancel"], contract.readings[0]
    action = _end_it(topic)
    if topic.any_day:
        return replace(action, by=None, latest=None)
    if "notice" in topic.asks and topic.act_by is None:
        # without the contract's notice, or the longest by law, no day for it is safe;
        # before a charge tomorrow only today can be
        is_last = day + periods.DAY in contract.charges
        return replace(action, by=day if is_last else None, latest=None)
    if topic.act_by is not None and topic.act_by.date() >= day:
        return action
    if topic.latest is not None and topic.latest.date() >= day:
        # the safe moment is over, and it may still be in time: at once
        return replace(action, by=day, latest=topic.latest)
    end = contract_end(reading, day)
    later = (item.by for item in reading.exits if item.ends == end)
    return replace(action, by=next(later, None), latest=None)


def _end_it(topic: Topic) -> Action:
    return replace(topic_action("cancel", topic, letter="cancel"), amount=topic.amount)


def _by_rules(checked: Checked) -> Plan:
    verdict, facts = checked.verdict, checked.facts
    by_deadline = [*_money_back(verdict, facts), *_stop(verdict, facts)]
    by_deadline.sort(key=lambda action: (action.by is None, _soon(action.by)))
    return Plan(
        actions=tuple(by_deadline),
        alternatives=tuple(alternatives_by_rules(verdict, facts)),
        asks=verdict.asks,
    )


def _soon(by: When | None) -> float:
    return by.timestamp() if isinstance(by, datetime) else 0.0


def _money_back(verdict: Verdict, facts: Facts) -> Iterator[Action]:
    refund, withdrawal = verdict.topics["refund"], verdict.topics["withdrawal"]
    if refund.answer in HOPEFUL:
        yield _ask_refund(refund)
    if withdrawal.answer in HOPEFUL and refund.answer is not Answer.YES:
        yield _withdraw(withdrawal, facts)


def _stop(verdict: Verdict, facts: Facts) -> Iterator[Action]:
    """Yield the notice that ends it; where nobody knows the terms it is sent too."""
    cancel = verdict.topics["cancel"]
    is_open = facts.cancelled_at is None and not cancel.nothing_comes
    if is_open and cancel.answer is not Answer.NO:
        yield _end_it(cancel)


def _afterwards(checked: Checked, actions: tuple[Action, ...]) -> Iterator[Action]:
    charge = checked.verdict.topics["renewal"].at
    yield from on_withdrawal_sent(checked)
    is_told = checked.facts.cancelled_at or checked.facts.withdrawn_at
    if actions or charge is not None or is_told:
        yield own_action("keep_confirmation", None)
    else:
        yield own_action("nothing", None)
    withdrawal = checked.verdict.topics["withdrawal"]
    is_first = bool(actions) and actions[0].do == "withdraw"
    if charge is not None and withdrawal.answer is Answer.YES and is_first:
        # it ends at once: the very next charge is not owed
        yield own_action("watch_statement", charge)
    elif charge is not None or is_charged_after_end(checked):
        yield watch_statement(checked, charge)
