"""Accounts written by hand, kind by kind, with what a right finder says of each.

The cases are ``kinds/*.yaml``: one payee or more in an account where other things are
bought, too. They come from life in many countries, not from the rules.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, cycle, islice
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import yaml

from rescind.core.find.recurring import recurring
from rescind.core.find.rhythm import month_day, month_parts
from rescind.core.model.descriptor import Descriptors
from rescind.core.model.recurring_charge import RecurringCharge
from rescind.core.model.statement import ENTRIES

FOLDER = Path(__file__).with_name("kinds")
BOUGHT = (
    "REWE MARKT 4410", "SHELL 0812", "IKEA 044", "H&M 0220", "DECATHLON", "ATM CASH",
    "PIZZERIA ROMA", "THALIA BUCH", "APOTHEKE AM RING", "CINEMA CITY",
)  # fmt: skip
SCALE = {"SEK": 11, "NOK": 11, "DKK": 7, "CZK": 25, "PLN": 4, "HUF": 390, "JPY": 160}
Line = tuple[date, int, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One account, and what is to be found in it."""

    kind: str
    given: Mapping[str, Any]
    entries: pl.DataFrame
    contracts: tuple[frozenset[int], ...]
    """Rows of each contract's charges; of one that is none, rows to be left alone."""

    def wrong(self, known: Descriptors) -> list[str]:
        """Return what is not as expected of what is found."""
        rows = frozenset().union(*self.contracts)
        end = self.given.get("end")
        found = recurring(self.entries, known, end)
        its = [each for each in found if _rows(each) & rows]
        others = [f"{each.merchant} found beside" for each in found if each not in its]
        if self.given["is"] == "none":
            fine = self.given.get("or", "")
            return [_said(each) for each in its if each.kind != fine] + others
        wrong = [] if len(its) == len(self.contracts) else [f"{len(its)} found"]
        for number, contract in enumerate(self.contracts):
            best = max(its, key=lambda f: len(_rows(f) & contract), default=None)
            if best is None or not self._is_right(best, contract, number):
                wrong.append(_said(best) if best else "not found")
        return wrong + others

    def _is_right(self, found: RecurringCharge, rows: frozenset[int], n: int) -> bool:
        given = self.given
        periods = given.get("periods", [given.get("period")])
        shared = len(_rows(found) & rows)
        return (
            found.kind == given["is"]
            and found.period == periods[n % len(periods)]
            and shared >= 0.8 * max(len(rows), len(_rows(found)))
            and found.state == given.get("state", "active")
            and len(found.price_rises) == given.get("rises", len(found.price_rises))
        )


def _rows(found: RecurringCharge) -> frozenset[int]:
    return frozenset(place.row for place in found.transactions)


def _said(each: RecurringCharge) -> str:
    many = f"{len(each.transactions)}x {len(each.price_rises)} rises"
    return f"{each.merchant} {each.kind} {each.period} {each.state} {many}"


def cases(kind: str) -> Iterator[Case]:
    """Yield the cases of a kind."""
    text = (FOLDER / f"{kind}.yaml").read_text(encoding="utf-8")
    for number, given in enumerate(yaml.safe_load(text)):
        yield _case(kind, given, Random(f"{kind}{number}"))


def _case(kind: str, given: Mapping[str, Any], dice: Random) -> Case:
    texts = given.get("texts") or [given["text"]]
    if "pays" in given:
        plans = [
            _charges({**given, **plan}, [texts[n % len(texts)]], dice)
            for n, plan in enumerate(given["pays"])
        ]
    else:
        plans = [_charges(given, texts, dice)]
    lines = [(line, {n}) for n, plan in enumerate(plans) for line in plan]
    if "together" in given:
        lines = _together(plans, given["together"])
    beside = [
        ((on, round(cost * 1000), _written(texts[0], on, dice)), {-1})
        for on, cost in given.get("beside", ())
    ]
    lines += beside
    first, last = min(line[0] for line, _ in lines), max(line[0] for line, _ in lines)
    scale = SCALE.get(given.get("currency", "EUR"), 1)
    span = (last - first).days
    for _ in range(max(12, span // 6)):
        on = first + timedelta(days=dice.randrange(-5, span + 5))
        cost = dice.randrange(300, 9000) * 10 * scale
        lines.append(((min(on, last), cost, dice.choice(BOUGHT)), {-2}))
    lines.sort(key=lambda pair: pair[0])
    numbers = [*range(len(plans))] or [-1]
    contracts = tuple(
        frozenset(row for row, (_, owners) in enumerate(lines, 1) if n in owners)
        for n in numbers
    )
    return Case(kind, given, _table(given, [line for line, _ in lines]), contracts)


def _together(plans: list[list[Line]], each: int) -> list[tuple[Line, set[int]]]:
    """Return two plans' charges, every so many times booked as one."""
    one, two = plans
    lines: list[tuple[Line, set[int]]] = []
    for number, (a, b) in enumerate(zip(one, two, strict=True), 1):
        if number % each:
            lines += [(a, {0}), (b, {1})]
        else:
            lines.append(((b[0], a[1] + b[1], b[2]), {0, 1}))
    return lines


def _charges(given: Mapping[str, Any], texts: list[str], dice: Random) -> list[Line]:
    days = list(_days(given))
    costs = islice(cycle(_costs(str(given["cost"]))), len(days))
    lags = islice(cycle(given.get("lag", [0])), len(days))
    written = islice(cycle(texts), len(days))
    skipped = set(given.get("skip", ()))
    return [
        (on, cost, _written(text, on, dice))
        for n, (due, cost, lag, text) in enumerate(
            zip(days, costs, lags, written, strict=True), 1
        )
        if n not in skipped
        for on in [due + timedelta(days=lag)]
    ]


def _days(given: Mapping[str, Any]) -> Iterator[date]:
    if "dates" in given:
        yield from given["dates"]
        return
    first = given["from"]
    if "gaps" in given:
        for gone in accumulate(given["gaps"], initial=0):
            yield first + timedelta(days=gone)
        return
    count, unit = int(given["every"][:-1]), given["every"][-1]
    month, day = month_parts(first.toordinal())
    for number in range(given["times"]):
        if unit == "W":
            yield first + timedelta(weeks=count * number)
        else:
            months = count * number * (12 if unit == "Y" else 1)
            yield date.fromordinal(month_day(month + months, day))


def _costs(text: str) -> list[int]:
    costs = []
    for part in text.split():
        cost, _, times = part.partition("*")
        costs += [round(float(cost) * 1000)] * int(times or 1)
    return costs


def _written(text: str, on: date, dice: Random) -> str:
    return text.format(
        d=f"{on:%d.%m.%y}",
        D=f"{on:%Y-%m-%d}",
        m=f"{on:%m}",
        y=f"{on:%d}",
        r=dice.randrange(10**8, 10**9),
        k=dice.randrange(1000, 9999),
    )


def _table(given: Mapping[str, Any], lines: list[Line]) -> pl.DataFrame:
    columns = {
        "row": pl.Series(range(1, len(lines) + 1), dtype=ENTRIES["row"]),
        "on": [on for on, _, _ in lines],
        "amount": pl.Series([-cost for _, cost, _ in lines], dtype=ENTRIES["amount"]),
        "text": [text for _, _, text in lines],
    }
    fixed = {"account": "a", "kind": "", "file": "f"}
    fixed["currency"] = given.get("currency", "EUR")
    return pl.DataFrame(columns).with_columns(
        **{name: pl.lit(value) for name, value in fixed.items()}
    )


KINDS = sorted(path.stem for path in FOLDER.glob("*.yaml"))
