"""Measure finding on accounts that were made without sight of its rules.

    python -m tools.measure_find [--seed 11] [--accounts 204] [--misses]

A subscription counts as found where what is found and what is true share half of both
together. Intervals hold 95 of 100: of F1 by drawing accounts anew, of shares by Wilson.
"""

import argparse
import json
import math
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from rescind.adapters.statements.reader import read_content
from rescind.app.find import finding
from rescind.core.model.recurring_charge import RecurringCharge
from rescind.core.model.statement import Statement
from tools.blind_accounts import accounts, as_csv
from tools.blind_truth import Account, Contract

_HALF, _FEWEST, _NEAR, _DRAWS, _Z = 0.5, 2, 3, 400, 1.96
Pair = tuple[int, int]
"""How many are right, of how many."""


@dataclass(slots=True)
class Score:
    """What is right of one account."""

    found: int = 0
    true: int = 0
    claimed: int = 0
    rows: int = 0
    true_rows: int = 0
    claimed_rows: int = 0
    shares: dict[str, list[bool]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def note(self, what: str, *, is_right: bool) -> None:
        """Count one more of a share."""
        self.shares.setdefault(what, []).append(is_right)


def score_of(account: Account) -> Score:
    """Return how much of an account is found, and rightly."""
    statement = read_content(account.name, as_csv(account).encode())
    assert statement.entries.height == len(account.lines)
    found = finding.find([statement])
    score = Score()
    _subscriptions(account, found, score)
    _alarms(account, statement, score)
    return score


def _rows(charge: RecurringCharge) -> frozenset[int]:
    return frozenset(place.row for place in charge.transactions)


def _subscriptions(
    account: Account, found: Sequence[RecurringCharge], score: Score
) -> None:
    """Set what is found as subscriptions beside what is true."""
    own = {id(c): frozenset(line.row for line in c.lines) for c in account.contracts}
    free = frozenset(
        line.row
        for c in account.contracts
        for line in (*c.free, *c.owed, *(c.lines if len(c.lines) < _FEWEST else ()))
    )
    true = [
        c
        for c in account.contracts
        if c.kind == "subscription" and len(c.lines) >= _FEWEST
    ]
    claims = [each for each in found if each.kind == "subscription"]
    claims = [each for each in claims if _rows(each) - free]
    taken: dict[int, RecurringCharge] = {}
    for contract in true:
        rows = own[id(contract)]
        best = max(
            (c for c in claims if id(c) not in {id(t) for t in taken.values()}),
            key=lambda c: _overlap(_rows(c) - free, rows),
            default=None,
        )
        is_found = best is not None and _overlap(_rows(best) - free, rows) >= _HALF
        if best is not None and is_found:
            taken[id(contract)] = best
        else:
            score.misses.append(_said(account, "missed", contract))
        _by_kind(score, contract, best if is_found else None)
    for claim in claims:
        if id(claim) not in {id(t) for t in taken.values()}:
            shown = account.lines[min(_rows(claim)) - 1].text
            many = f"{len(claim.transactions)}x {claim.period} {claim.merchant}"
            score.misses.append(f"{account.name} false   {many}: {shown}")
    score.found, score.true, score.claimed = len(taken), len(true), len(claims)
    all_true = frozenset().union(*(own[id(c)] for c in true)) - free
    claimed = frozenset().union(*map(_rows, claims)) - free
    score.rows, score.true_rows = len(all_true & claimed), len(all_true)
    score.claimed_rows = len(claimed)


def _overlap(rows: frozenset[int], others: frozenset[int]) -> float:
    return len(rows & others) / max(1, len(rows | others))


def _said(account: Account, what: str, contract: Contract) -> str:
    many = f"{len(contract.lines)}x {contract.rhythm} {sorted(contract.traits)}"
    return (
        f"{account.name} {what}  {many} {contract.merchant}: {contract.lines[0].text}"
    )


def _by_kind(score: Score, contract: Contract, best: RecurringCharge | None) -> None:
    is_found = best is not None
    rhythm = {"weekly": "weekly", "irregular": "weekly"}.get(contract.rhythm, "")
    traits = contract.traits | {contract.rhythm}
    for name in (*([rhythm] if rhythm else []), *(f"of {t}" for t in sorted(traits))):
        score.note(name, is_right=is_found)
    if len(contract.lines) == _FEWEST:
        score.note("two charges", is_right=is_found)
    if best is not None and contract.next_on is not None:
        near = best.next_on is not None
        if best.next_on is not None:
            near = abs((best.next_on - contract.next_on).days) <= _NEAR
        score.note("next day", is_right=near)
        if not near:
            told = f"next {best.next_on} for {contract.next_on}, {best.period}"
            score.misses.append(f"{contract.rhythm} {told} {contract.merchant}")


def _alarms(account: Account, statement: Statement, score: Score) -> None:
    """Set alarms after ends beside what was owed."""
    ended = [c for c in account.contracts if c.ended_on and c.last_rightful]
    if not ended:
        return
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as file:
        for contract in ended:
            file.write(json.dumps(_ended(account, contract)) + "\n")
    told = finding.watch([statement], Path(file.name))
    Path(file.name).unlink()
    got = {(alarm.ended, alarm.row) for alarm in told}
    owed = {(number, line.row) for number, c in enumerate(ended) for line in c.owed}
    for each in owed:
        score.note("alarms: charges", is_right=each in got)
    for number, contract in enumerate(ended):
        if contract.owed:
            some = any(each[0] == number for each in got & owed)
            score.note("alarms: cases", is_right=some)
    for each in got:
        score.note("alarms: precision", is_right=each in owed)
    for number, row in sorted(owed ^ got):
        what = "not told" if (number, row) in owed else "told for nothing"
        line = account.lines[row - 1]
        score.misses.append(
            f"{account.name} alarm {what}: {ended[number].merchant} "
            f"end {ended[number].ended_on} {line.on} {line.amount} {line.text}"
        )


def _ended(account: Account, contract: Contract) -> dict[str, object]:
    assert contract.ended_on and contract.last_rightful  # noqa: PT018 - one kind
    last = contract.last_rightful
    money = {"amount": f"{-last.amount / 100:.2f}", "currency": account.currency}
    return {
        "merchant": contract.merchant,
        "channel": contract.channel,
        "effective_on": contract.ended_on.isoformat(),
        "last_charge": {"file": account.name, "row": last.row},
        "amount": money,
        "resumed_on": None,
    }


def _f1(right: float, true: float, claimed: float) -> float:
    return 2 * right / max(1, true + claimed)


def _of(scores: Sequence[Score]) -> float:
    right, true = sum(s.found for s in scores), sum(s.true for s in scores)
    return _f1(right, true, sum(s.claimed for s in scores))


def _of_rows(scores: Sequence[Score]) -> float:
    right, true = sum(s.rows for s in scores), sum(s.true_rows for s in scores)
    return _f1(right, true, sum(s.claimed_rows for s in scores))


def _drawn(
    scores: Sequence[Score], measure: Callable[[Sequence[Score]], float]
) -> tuple[float, float]:
    """Return the interval of a measure, from accounts drawn anew."""
    dice = random.Random(1)
    drawn = sorted(measure(dice.choices(scores, k=len(scores))) for _ in range(_DRAWS))
    return drawn[round(0.025 * _DRAWS)], drawn[round(0.975 * _DRAWS) - 1]


def _wilson(right: int, of: int) -> tuple[float, float]:
    """Return Wilson's interval of a share."""
    share, square = right / of, _Z**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    spread = math.sqrt(share * (1 - share) / of + square / (4 * of**2))
    half = _Z / (1 + square / of) * spread
    return middle - half, middle + half


def main() -> None:
    """Print the figures of each measure, with their intervals."""
    asked = argparse.ArgumentParser(description="Measure finding on blind accounts.")
    asked.add_argument("--seed", type=int, default=11)
    asked.add_argument("--accounts", type=int, default=204)
    asked.add_argument("--misses", action="store_true")
    given = asked.parse_args()
    made = list(accounts(given.seed, given.accounts))
    scores = [score_of(account) for account in made]
    print("| measure | value | of | 95 of 100 |\n|---|---|---|---|")
    for name, measure in (("subscriptions F1", _of), ("entries F1", _of_rows)):
        low, high = _drawn(scores, measure)
        count = sum(s.true for s in scores) if measure is _of else sum(
            s.true_rows for s in scores
        )  # fmt: skip
        print(f"| {name} | {measure(scores):.3f} | {count} | {low:.3f}-{high:.3f} |")
    found, true, claimed = (
        sum(getattr(s, name) for s in scores) for name in ("found", "true", "claimed")
    )
    pairs: dict[str, Pair] = {
        "subscriptions, recall": (found, true),
        "subscriptions, precision": (found, claimed),
    }
    for name in sorted({name for s in scores for name in s.shares}):
        every = [right for s in scores for right in s.shares.get(name, ())]
        pairs[name] = (sum(every), len(every))
    for name, (right, of) in pairs.items():
        low, high = _wilson(right, of)
        print(f"| {name} | {right / of:.3f} | {of} | {low:.3f}-{high:.3f} |")
    if given.misses:
        print(*(miss for s in scores for miss in s.misses), sep="\n")


if __name__ == "__main__":
    main()
