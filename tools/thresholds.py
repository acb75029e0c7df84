"""Try the thresholds of finding: move each down and up, and measure again.

``python -m tools.thresholds [NAME ...]`` prints the table of
``docs/algorithms/thresholds.md``, of all thresholds or of those named. Accounts are
those of ``tools/bench_find.py``; files of one account are told from files of others on
accounts cut in two.
"""

import gc
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import _lru_cache_wrapper
from itertools import combinations

import polars as pl
from tests.find.bank import Account, accounts
from tests.find.scoring import alarm_score, ends, score, table

from rescind.adapters.data.descriptors import descriptors
from rescind.core.find import thresholds
from rescind.core.find.accounts import together
from rescind.core.find.recurring import recurring
from rescind.core.find.watch import alarms
from rescind.core.model.recurring_charge import RecurringCharge
from rescind.core.model.statement import ENTRIES, Layout, Statement

SEED, ACCOUNTS = 2026, 300
MIDDLE = date(2024, 1, 1)
"""The day on which an account's entries are cut into two files."""
NOT_TRIED = {
    "FEW_CHARGES": "a wish, no rule",
    "SURE_TRIAL": "no trial without a plan in the accounts",
    "SURE_SINGLE": "no receipts in the accounts",
    "SURE_RECEIPT": "no receipts in the accounts",
    "RECEIPT_BEFORE": "no receipts in the accounts",
    "RECEIPT_AFTER": "no receipts in the accounts",
    "RISE": "rises are not counted",
    "CHANGES": "rises are not counted",
    "CHANGES_OF": "rises are not counted",
    "RISE_STAYS": "rises are not counted",
}
_OF_FILES = (
    *("FILES_APART", "FEW_ENTRIES", "SAME_ENTRIES", "PAYEE_LETTERS"),
    "PAYEES_IN_COMMON",
)
_BY_HAND: Mapping[str, tuple[float, float]] = {
    "TWO_YEARLY_LEAST": (355, 363),
    "TWO_YEARLY_MOST": (367, 380),
}
"""Where a fifth of the value would be another rule."""
HALF = 0.5
MOST_FIGURES = 4
"""Figures that a cell of the table names: those that move most."""
BESIDE = ("ranking", "period")
"""Figures that say nothing of how well charges are found."""
Figures = Mapping[str, float]


def main(names: Sequence[str]) -> None:
    """Print the table, a row as soon as it is measured."""
    made = list(accounts(SEED, ACCOUNTS))
    trial = Trial(made)
    files = Files(made)
    print("| threshold | value | lower | | higher | | |")
    print("|---|---|---|---|---|---|---|", flush=True)
    for name in names or all_thresholds():
        value = getattr(thresholds, name)
        if name in NOT_TRIED:
            print(f"| `{name}` | {value:,} | | | | | not tried: {NOT_TRIED[name]} |")
            continue
        figures = files if name in _OF_FILES else trial
        cells = [f"| `{name}` | {value:,}"]
        outcomes = [moves(figures, name, other) for other in neighbours(name, value)]
        for other, changes in zip(neighbours(name, value), outcomes, strict=True):
            most = sorted(changes.items(), key=lambda move: -abs(move[1]))
            listed = ", ".join(f"{n} {d:+.3f}" for n, d in most[:MOST_FIGURES])
            cells.append(f"{other:,} | {listed}")
        ranks = name.startswith(("SURE_", "LOOSE_"))
        word = "ranks" if ranks else judgement(*outcomes)
        print(" | ".join([*cells, word]), "|", flush=True)


def all_thresholds() -> list[str]:
    """Return the names of the thresholds, in the order in which they stand."""
    return [name for name in vars(thresholds) if name.isupper()]


def neighbours(name: str, value: float) -> tuple[float, float]:
    """Return a lower and a higher value to try.

    Whole numbers move by a fifth, at least one; shares and ratios by a third of how far
    they are from where they would say nothing: from 0, or from 1 where they are near.
    """
    if name in _BY_HAND:
        return _BY_HAND[name]
    if isinstance(value, int):
        step = max(1, abs(value) // 5)
        return value - step, value + step
    base = 1 if value >= HALF else 0
    third = abs(value - base) / 3
    return round(value - third, 4), round(value + third, 4)


def judgement(lower: Figures, higher: Figures) -> str:
    """Return in a word what moving a threshold does to the figures."""
    totals = [
        sum(d for n, d in changes.items() if not n.startswith(BESIDE))
        for changes in (lower, higher)
    ]
    if max(totals) > 0:
        return "open"
    if max(totals) < 0:
        return "firm"
    return "an edge" if min(totals) < 0 else "slack"


class Trial:
    """The accounts that findings are counted on, and the figures as they are."""

    def __init__(self, made: Sequence[Account]) -> None:
        """Measure the figures as they are."""
        self.made = made
        self.entries = table(made)
        self.known = descriptors()
        habits = tuple(m for m in self.known.merchants if m.kind == "habit")
        self.bare = replace(self.known, merchants=habits)
        self.base = self.figures()

    def figures(self) -> Figures:
        """Return F1 with and without the table of merchants, shares, and alarms."""
        figures: dict[str, float] = {}
        for known, label in ((self.known, ""), (self.bare, " without table")):
            charges = recurring(self.entries, known)
            result = score(self.made, charges)
            for kind in ("subscription", "bill", "instalment", "other", "charges"):
                figures[f"{kind}{label}"] = result.f1(kind)
            for what in ("period", "next", "state"):
                figures[f"{what}{label}"] = result.share("subscription", what)
            figures[f"ranking{label}"] = ranking(charges, result.right)
        ended, after = ends(self.made)
        recall, false = alarm_score(alarms(self.entries, ended, self.known), after)
        return {**figures, "alarms": recall, "false alarms": -false / len(self.made)}


class Files:
    """Accounts as two files each: one after the other, or with days in common."""

    def __init__(self, made: Sequence[Account]) -> None:
        """Cut accounts in two, and measure how well halves are put together."""
        # Few currencies, so that files of other accounts could be taken for one.
        chosen = [a for a in made if a.country in {"DE", "US", "GB"}][:24]
        self.pairs = [list(_halves(chosen, days)) for days in (0, 1, 30, -31)]
        self.base = self.figures()

    def figures(self) -> Figures:
        """Return F1 of the pairs of files that are one account."""
        right = wrong = 0
        for files in self.pairs:
            frame = together(files)
            names = dict(frame.select("file", "account").unique().iter_rows())
            for one, other in combinations(names, 2):
                same = one.rpartition("-")[0] == other.rpartition("-")[0]
                taken_as_same = names[one] == names[other]
                right += same and taken_as_same
                wrong += same is not taken_as_same
        return {"files": 2 * right / (2 * right + wrong)}


def _halves(made: Sequence[Account], days: int) -> Iterator[Statement]:
    """Yield two files of each account; below zero, days between them are missing."""
    entries = table(made).with_columns(
        foreign=pl.lit(None, pl.Int64),
        foreign_currency=pl.lit(None, pl.String),
        booked=pl.lit(None, pl.Date),
    )
    ends_on, begins_on = MIDDLE + timedelta(days=max(days, 0)), MIDDLE
    if days < 0:
        begins_on = MIDDLE - timedelta(days=days)
    for (name,), own in entries.partition_by("account", as_dict=True).items():
        nameless = own.with_columns(account=pl.lit(None, pl.String)).select(
            ENTRIES.names()
        )
        parts = (pl.col("on") < ends_on, pl.col("on") >= begins_on)
        # The files' names tell nothing: they do not differ by a date alone.
        for part, half in zip(parts, ("q", "z"), strict=True):
            layout = Layout(format="csv")
            rows = nameless.filter(part)
            yield Statement(file=f"{name}-{half}", entries=rows, layout=layout)


def ranking(
    charges: Sequence[RecurringCharge], right: Sequence[RecurringCharge]
) -> float:
    """Return how often a right finding is surer than a wrong one, ties as half."""
    true = {id(each) for each in right}
    high = sorted(each.sureness for each in charges if id(each) in true)
    low = [each.sureness for each in charges if id(each) not in true]
    wins = sum((h > w) + (h == w) / 2 for w in low for h in high)
    return wins / max(1, len(high) * len(low))


def moves(trial: Trial | Files, name: str, value: float) -> Figures:
    """Return the figures that another value of a threshold moves, by how much."""
    before = getattr(thresholds, name)
    setattr(thresholds, name, value)
    _forget()
    figures = trial.figures()
    setattr(thresholds, name, before)
    _forget()
    changes = {n: round(figures[n] - trial.base[n], 3) for n in figures}
    return {n: change for n, change in changes.items() if change}


def _forget() -> None:
    """Empty what the rules remember, since it rests on thresholds."""
    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper) and each.__module__.startswith(
            "rescind.core.find"
        ):
            each.cache_clear()


if __name__ == "__main__":
    main(sys.argv[1:])
