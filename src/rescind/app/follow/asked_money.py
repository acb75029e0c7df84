"""The money that was asked back in a case, by letters or in an account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rescind.adapters.input.values import read_money
from rescind.app.follow.at_store import done_there
from rescind.app.follow.owed_by_day import rest_by_end
from rescind.app.follow.told_charges import recorded_since
from rescind.core.follow.letters import letters_of
from rescind.core.model.case import Case, CaseState, counting, payloads
from rescind.core.model.event_details import ConfirmedDetails
from rescind.core.model.event_text import DAY_LENGTH
from rescind.core.model.money import Money
from rescind.core.model.third_party_details import ThirdPartyDetails, ThirdWord

_UNSENT = (CaseState.DRAFT, CaseState.FAILED)
_TOPICS = {"withdraw": "withdrawal", "refund": "refund", "cancel": "cancel"}
"""The topic of the verdict that says what a letter asks back: of a cancellation the
rest of a payment that was made for later days."""
_WITHDRAWAL = "withdraw"
_OF_HEIRS = "on-behalf-of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """Money that was claimed, and is still open."""

    sum: Money | None
    """``None``: nobody knows how much it is."""


def claimed(case: Case) -> Claimed | None:
    """Return what was claimed in a case and did not come; ``None`` for nothing.

    Who withdrew claimed all that was paid, though nobody may know the sum of it. Money
    that came of such a claim settles it, as nobody can say what of it is missing.
    """
    owed = asked_back(case)
    if owed is not None:
        left = less(owed, came_back(case))
        return Claimed(sum=left) if left.amount > 0 else None
    is_owed = money_topic(case).get("answer") in _SURE and asked_by(case) in _CLAIMS
    if not is_owed or case.facts.get("trial_ends_at") or came_back(case):
        return None
    return Claimed(sum=None)


def asked_back(case: Case, ends_on: date | None = None) -> Money | None:
    """Return the sum that is surely owed by the letters which went out, where known.

    A letter asks for all that may come back; what could be kept of it for use that
    was wished for is not counted as missing. The rest of a payment is counted from the
    end that was recorded, or from ``ends_on``, where that is later than the verdict's.
    Charges that came in the case are asked back with what was asked before them.
    """
    owed, since = _asked_first(case, ends_on), recorded_since(case)
    sums = [charge.sum for charge in since if charge.sum is not None]
    if owed is None or any(money.currency != owed.currency for money in sums):
        return owed
    return owed.of(owed.amount + sum((money.amount for money in sums), Decimal(0)))


def _asked_first(case: Case, ends_on: date | None) -> Money | None:
    """Return the sum that is owed by what was known as the letters went out."""
    topic = money_topic(case)
    amount, is_withdrawal = topic.get("amount"), "owed_at_most" in topic
    if not amount or (is_withdrawal and topic.get("answer") not in _SURE):
        # what turns on an open fact is asked for in case, and owed by nothing known
        return None
    owed = Money(amount=Decimal(amount["amount"]), currency=amount["currency"])
    day = _later_than_verdict(case, ends_on)
    if day is None or asked_by(case) != "cancel":
        return owed
    return rest_by_end(case, day, owed)


def _later_than_verdict(case: Case, ends_on: date | None) -> date | None:
    """Return a day for the end, or the recorded one, that is later than the verdict's.

    One that the person has not taken is not recorded yet.
    """
    told, verdict_end = case.last(ConfirmedDetails), topic_of(case, "cancel")
    recorded = None if told is None else told.instead_of or told.ends_on
    day, ours = ends_on or recorded, verdict_end.get("ends_on")
    if day is None or not ours or day <= date.fromisoformat(ours):
        return None
    return day


def is_ended_by_refund(case: Case) -> bool:
    """Return whether all money was asked back first: it ends once that is back."""
    acts = [act.get("do") for act in case.verdict.get("do", ())]
    return asked_back(case) is not None and acts[:1] == ["refund"] and "cancel" in acts


def sum_asked(case: Case) -> Money | None:
    """Return the sum that was written of: with what of it may be kept for use."""
    topic = money_topic(case)
    sums = [topic.get("amount"), topic.get("owed_at_most")]
    both = [m for m in (read_money(each, "amount") for each in sums) if m is not None]
    return both[0].of(sum((m.amount for m in both), Decimal(0))) if both else None


_SURE = ("yes", "disputed")
_CLAIMS = (_WITHDRAWAL, "refund")
"""What claims money, whether or not its sum is known; a cancellation claims a rest."""


def asked_at_most(case: Case) -> Money | None:
    """Return the sum that a letter may name as owed, where it is not less than asked.

    Who asked for all takes nothing off in the next letter for what might be kept.
    """
    sure = asked_back(case)
    return sure if sure == sum_asked(case) else None


def withdrew(case: Case) -> bool:
    """Return whether a letter that went out withdrew: one for the money does it too."""
    return bool(what_went_out(case) & {_WITHDRAWAL, "refund"}) and _may_withdraw(case)


def withdrew_by_letter(case: Case) -> bool:
    """Return whether a withdrawal itself went out, and the verdict gives one."""
    return _WITHDRAWAL in what_went_out(case) and _may_withdraw(case)


def _may_withdraw(case: Case) -> bool:
    """Return whether the verdict gives a withdrawal, whatever is still to be told."""
    return bool(topic_of(case, "withdrawal").get("answer") == "yes")


def came_back(case: Case) -> tuple[Money, ...]:
    """Return what came back, as the person told it: before the case, and in it."""
    return (*came_before(case), *came_since(case))


def came_before(case: Case) -> tuple[Money, ...]:
    """Return what came back before the case, as the person told it."""
    return _sums([case.facts.get("repaid")])


def came_since(case: Case) -> tuple[Money, ...]:
    """Return what came back in a case, as the person told it: of a proposal, too."""
    events = counting(case.events)
    ends = payloads(events, ConfirmedDetails)
    words = payloads(events, ThirdPartyDetails)
    came = [end.refund for end in ends if end.refund_by is None]
    settled = [word.amount for word in words if word.says is ThirdWord.CAME]
    return _sums([*came, *settled])


def _sums(told: Sequence[str | Mapping[str, str] | None]) -> tuple[Money, ...]:
    sums = (read_money(each, "repaid") for each in told if each)
    return tuple(money for money in sums if money is not None)


def taken_after(case: Case, ends_on: date) -> Money | None:
    """Return what was taken after the end of the contract of somebody who died.

    Heirs ask for it by their first letter, whatever sum it is; ``None`` where the last
    payment that was told lies no later, or came of another contract.
    """
    is_asked = case.facts.get("died_at") and _OF_HEIRS in what_went_out(case)
    return paid_for_later(case, ends_on) if is_asked else None


def paid_for_later(case: Case, ends_on: date) -> Money | None:
    """Return the last payment that was told, where it lies after an end."""
    paid_on = str(case.facts.get("paid_at") or "")[:DAY_LENGTH]
    if paid_on <= ends_on.isoformat():
        return None
    return next(iter(_sums([case.facts.get("price")])), None)


def money_topic(case: Case) -> Mapping[str, Any]:
    """Return the topic that says what is owed: of the letters, or of a withdrawal told.

    Who withdrew before the case is owed what that brings, whatever letter went out.
    """
    told = topic_of(case, "withdrawal") if case.facts.get("withdrawn_at") else {}
    if told.get("amount"):
        return told
    return topic_of(case, _TOPICS.get(asked_by(case), ""))


def asked_by(case: Case) -> str:
    """Return the letter that asks for money, of those that went out; else nothing."""
    out = what_went_out(case)
    if case.has_letter:
        # a letter that asks again, for what another had asked, is no claim of its own
        acts = case.verdict.get("do", ())
        out = out & {case.kind, *(act.get("letter") for act in acts)} or out
    return next((kind for kind in _TOPICS if kind in out), "")


def what_went_out(case: Case) -> frozenset[str]:
    """Return the kinds of letters that went out, or what was done in an account."""
    every = letters_of(case.events, case.kind) if case.has_letter else ()
    out = frozenset(each.kind for each in every if each.state not in _UNSENT)
    # a letter that followed the steps takes nothing of what they asked for away
    return out | done_there(case)


def topic_of(case: Case, name: str) -> Mapping[str, Any]:
    """Return a topic of the verdict that a case was opened with; empty for none."""
    topic: Mapping[str, Any] = case.verdict.get("topics", {}).get(name, {})
    return topic


def is_goodwill(case: Case) -> bool:
    """Return whether no right on file gives money back: it was only asked for."""
    answers = {topic_of(case, name).get("answer") for name in ("withdrawal", "refund")}
    return not answers & _MAY_STAND and asked_back(case) is None


_MAY_STAND = {"yes", "disputed", "depends"}


def less(owed: Money, came: Sequence[Money]) -> Money:
    """Return what is left of a sum after what came of it, in its own currency."""
    got = (money.amount for money in came if money.currency == owed.currency)
    return owed.of(owed.amount - sum(got, Decimal(0)))
