"""How well findings fit the truth of made-up accounts, for tests and benchmark."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from rescind.core.find.ended import Alarm, Ended
from rescind.core.model.recurring_charge import RecurringCharge
from rescind.core.model.statement import ENTRIES
from tests.find.bank import Account, Truth


def table(accounts: Sequence[Account]) -> pl.DataFrame:
    """Return the entries of accounts in one table, a file each."""
    rows = [
        (
            line.row,
            line.on,
            line.cents * 10,
            account.currency,
            f"a{n:06}",
            line.text,
            f"a{n:06}",
        )
        for n, account in enumerate(accounts)
        for line in account.lines
    ]
    schema = {
        n: ENTRIES[n] for n in ("row", "on", "amount", "currency", "account", "text")
    }
    frame = pl.DataFrame(rows, schema={**schema, "file": pl.String}, orient="row")
    return frame.with_columns(kind=pl.lit(""))


@dataclass(slots=True)
class Score:
    """Counts of what was found, missed and made up."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    right: list[RecurringCharge] = field(default_factory=list)
    """The findings that are true."""

    def share(self, of: str, name: str) -> float:
        """Return a share of what can be right."""
        right, wrong = self.counts[of, name], self.counts[of, f"not {name}"]
        return right / max(1, right + wrong)

    def precision(self, kind: str) -> float:
        """Return the share of findings that are true."""
        return self.counts[kind, "right"] / max(1, self.counts[kind, "found"])

    def recall(self, kind: str) -> float:
        """Return the share of the truth that is found."""
        return self.counts[kind, "right"] / max(1, self.counts[kind, "true"])

    def f1(self, kind: str) -> float:
        """Return the harmonic mean of both."""
        p, r = self.precision(kind), self.recall(kind)
        return 2 * p * r / (p + r) if p + r else 0.0


def score(accounts: Sequence[Account], found: Iterable[RecurringCharge]) -> Score:
    """Return how findings fit: right is what shares half its charges, and the kind."""
    result = Score()
    by: dict[str, list[RecurringCharge]] = {}
    for finding in found:
        by.setdefault(finding.account, []).append(finding)
        result.counts[finding.kind.value, "found"] += 1
        if finding.kind.value == "subscription":
            result.counts["charges", "found"] += len(finding.transactions)
    for number, account in enumerate(accounts):
        left = list(by.get(f"a{number:06}", ()))
        for truth in account.truths:
            _one(result, truth, left)
    return result


def _one(result: Score, truth: Truth, left: list[RecurringCharge]) -> None:
    rows = {line.row for line in truth.lines}
    counts = result.counts
    counts[truth.kind, "true"] += 1
    if truth.kind == "subscription":
        counts["charges", "true"] += len(rows)
    best = max(left, key=lambda f: len(_rows(f) & rows), default=None)
    if best is None or best.kind.value != truth.kind:
        return
    shared = len(_rows(best) & rows)
    if shared * 2 < max(len(rows), len(_rows(best))):
        return
    left.remove(best)
    counts[truth.kind, "right"] += 1
    result.right.append(best)
    if truth.kind != "subscription":
        return
    counts["charges", "right"] += shared
    _told(result, "period", is_right=best.period == truth.period)
    _told(result, "channel", is_right=best.channel.value == truth.channel)
    _told(result, "state", is_right=best.state.value == truth.state)
    if truth.next_on and truth.state == "active":
        near = best.next_on and abs((best.next_on - truth.next_on).days) <= 3
        _told(result, "next", is_right=bool(near))


def _rows(finding: RecurringCharge) -> set[int]:
    return {place.row for place in finding.transactions}


def _told(result: Score, what: str, *, is_right: bool) -> None:
    result.counts["subscription", what if is_right else f"not {what}"] += 1


def ends(accounts: Sequence[Account]) -> tuple[list[Ended], set[tuple[int, int]]]:
    """Return the contracts that ended, and the charges (end, row) that came after."""
    ended: list[Ended] = []
    after: set[tuple[int, int]] = set()
    for number, account in enumerate(accounts):
        for truth in account.truths:
            if truth.effective_on is None:
                continue
            last = truth.lines[-1]
            after |= {
                (len(ended), line.row)
                for line in account.lines
                if line.owner == truth.id and line.role == "after"
            }
            ended.append(
                Ended(
                    merchant=truth.merchant,
                    channel=truth.channel,
                    effective_on=truth.effective_on,
                    last_charge=(f"a{number:06}", last.row),
                    amount=Decimal(-last.cents) / 100,
                    resumed_on=truth.resumed_on,
                )
            )
    return ended, after


def alarm_score(
    found: Iterable[Alarm], after: set[tuple[int, int]]
) -> tuple[float, int]:
    """Return the recall of alarms, and how many are false."""
    told = {(alarm.ended, alarm.row) for alarm in found}
    return len(told & after) / max(1, len(after)), len(told - after)
