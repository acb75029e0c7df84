"""What the person decided: findings confirmed, corrected, joined, split, dismissed.

A decision remembers the marks of the charges that it was about, not a finding's number:
it is found again when a statement is read once more, or a later one adds charges. Where
none of these charges is there any longer, payee and channel find it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from rescind.core.find.rhythm import rhythm
from rescind.core.find.series import Charge, Series
from rescind.core.find.state import standing
from rescind.core.model.descriptor import Kind
from rescind.core.model.recurring_charge import RecurringCharge, State
from rescind.core.model.sentence import Sentence
from rescind.core.model.statement import THOUSANDTHS, Place

Mark = Callable[[Place], str]
_ID_DIGITS, _IDENTITY_DIGITS = 10, 24
"""Hexadecimal digits: 40 bits name a finding among a person's own, 96 any payee."""


class Act(StrEnum):
    """What a person can do with a finding."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    CORRECT = "correct"
    JOIN = "join"
    SPLIT = "split"
    SORT = "sort"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserDecision:
    """One decision; ``marks`` are of the charges that it was about."""

    act: Act
    marks: frozenset[str]
    others: frozenset[str] = frozenset()
    """Of a join: the marks of the finding that was added."""
    identity: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)
    """Of a correction: ``merchant``, ``kind``, ``service``, ``period``; of a sorting:
    ``category``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A finding as the person has left it."""

    id: str
    finding: RecurringCharge
    marks: frozenset[str]
    is_confirmed: bool = False
    is_dismissed: bool = False


def identity(finding: RecurringCharge) -> str:
    """Return by what a finding is known without its charges: a digest, no text."""
    marks = f"{finding.words}|{finding.channel}|{finding.kind}"
    return sha256(marks.encode()).hexdigest()[:_IDENTITY_DIGITS]


def decided(
    findings: Iterable[RecurringCharge],
    decisions: Sequence[UserDecision],
    mark: Mark,
    end: Mapping[str, date],
) -> list[Decided]:
    """Return findings with the decisions carried out; dismissed ones are said to be so.

    ``end`` is each account's last day, on which changed findings are told anew.
    """
    charges = list(findings)
    present = {mark(place) for each in charges for place in each.transactions}
    for act, change in ((Act.SPLIT, _split), (Act.JOIN, _joined)):
        for decision in decisions:
            if decision.act is act:
                charges = change(charges, decision, mark, end)
    return [_decided(each, decisions, mark, present) for each in charges]


def _marks(finding: RecurringCharge, mark: Mark) -> frozenset[str]:
    return frozenset(map(mark, finding.transactions))


def _decided(
    finding: RecurringCharge,
    decisions: Sequence[UserDecision],
    mark: Mark,
    present: set[str],
) -> Decided:
    marks = _marks(finding, mark)
    states = {"is_confirmed": False, "is_dismissed": False}
    for decision in decisions:
        if not _is_about(decision, finding, marks, present):
            continue
        if decision.act is Act.CORRECT:
            finding = _corrected(finding, decision.changes)
        elif decision.act is Act.SORT:
            finding = replace(finding, category=decision.changes["category"])
        if decision.act in {Act.CONFIRM, Act.CORRECT}:
            states = {"is_confirmed": True, "is_dismissed": False}
        elif decision.act is Act.DISMISS:
            states = {"is_confirmed": False, "is_dismissed": True}
    first = min(finding.transactions)
    return Decided(id=mark(first)[:_ID_DIGITS], finding=finding, marks=marks, **states)


def _is_about(
    decision: UserDecision,
    finding: RecurringCharge,
    marks: frozenset[str],
    present: set[str],
) -> bool:
    """Return whether a decision was about these charges, or half of what is there."""
    there = decision.marks & present
    if there:
        return 2 * len(there & marks) >= min(len(there), len(marks))
    return bool(decision.identity) and decision.identity == identity(finding)


def _corrected(finding: RecurringCharge, changes: Mapping[str, str]) -> RecurringCharge:
    kind = Kind(changes["kind"]) if changes.get("kind") else finding.kind
    return replace(
        finding,
        merchant=changes.get("merchant") or finding.merchant,
        service=changes.get("service") or finding.service,
        period=changes.get("period") or finding.period,
        kind=kind,
        sureness=1.0,
        because=(Sentence.of("find", "you_said_so"), *finding.because),
        surer=(),
    )


def _joined(
    findings: list[RecurringCharge],
    decision: UserDecision,
    mark: Mark,
    end: Mapping[str, date],
) -> list[RecurringCharge]:
    """Return findings with two of them as one; as they were where one is not there."""
    first = next((f for f in findings if decision.marks & _marks(f, mark)), None)
    second = next((f for f in findings if decision.others & _marks(f, mark)), None)
    if first is None or second is None or first is second:
        return findings
    places = {*first.transactions, *second.transactions}
    latest = max(first, second, key=lambda f: max(f.transactions, key=_on).on)
    whole = replace(
        retold(first, tuple(places), end[first.account]),
        amount=latest.amount,
        channel=latest.channel,
        price_rises=tuple(sorted({*first.price_rises, *second.price_rises}, key=_on)),
        trial=first.trial or second.trial,
        because=(Sentence.of("find", "you_joined"), *first.because),
    )
    return [whole if f is first else f for f in findings if f is not second]


def _split(
    findings: list[RecurringCharge],
    decision: UserDecision,
    mark: Mark,
    end: Mapping[str, date],
) -> list[RecurringCharge]:
    """Return findings with some charges of one as a finding of their own."""
    result: list[RecurringCharge] = []
    for each in findings:
        apart = tuple(p for p in each.transactions if mark(p) in decision.marks)
        rest = tuple(p for p in each.transactions if mark(p) not in decision.marks)
        if not apart or not rest:
            result.append(each)
            continue
        because = (Sentence.of("find", "you_split"), *each.because)
        for places in (rest, apart):
            part = retold(each, places, end[each.account])
            result.append(replace(part, because=because))
    return result


def _on(place: Place) -> tuple[date, str, int]:
    return place.on, place.file, place.row


def retold(
    finding: RecurringCharge, places: Sequence[Place], end: date
) -> RecurringCharge:
    """Return a finding told anew of other charges: period, price, state, next day."""
    ordered = tuple(sorted(places, key=_on))
    charges = [Charge(p.on.toordinal(), p.amount, n) for n, p in enumerate(ordered)]
    best = rhythm(sorted({c.day for c in charges}))
    newest = Decimal(ordered[-1].amount) / THOUSANDTHS
    amount = replace(finding.amount, amount=finding.amount.of(newest).amount)
    within = set(ordered)
    changed = replace(
        finding,
        transactions=ordered,
        amount=amount,
        price_rises=tuple(p for p in finding.price_rises if p in within),
        trial=tuple(p for p in finding.trial if p in within),
    )
    if best is None or not best.fit:
        return replace(changed, state=State.ENDED, next_on=None)
    series = Series(charges, best)
    state, next_on = standing(series, end)
    return replace(
        changed,
        period=best.iso,
        state=state,
        next_on=next_on,
        spread=best.spread,
    )
