"""Lists of subscriptions that a person keeps elsewhere: Wallos, SubTrackr, plain CSV.

A list has a name, a price and a cycle on each line, and no entries of an account. Which
field is which is told by its name; keys of JSON and headers of CSV are read alike.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from rescind.adapters.statements.dates import read_dates
from rescind.adapters.statements.decode import decode
from rescind.adapters.statements.entry import amount_of
from rescind.adapters.statements.words import fold_header
from rescind.core.model.money import Money
from rescind.core.model.statement import THOUSANDTHS

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "subscription", "service", "title", "subscription name"),
    "price": ("price", "cost", "amount", "subscription cost", "monthly cost"),
    "cycle": (
        "payment cycle", "cycle", "billing cycle", "frequency", "schedule", "period",
        "interval", "billing period", "recurrence",
    ),
    "next": (
        "next payment", "next payment date", "renewal date", "next renewal",
        "next billing date", "next billing", "renews on", "next due date", "due date",
    ),
    "currency": ("currency", "original currency", "currency code"),
    "steps": ("frequency",),
    "active": ("state", "status", "active"),
    "ended": ("inactive",),
}  # fmt: skip
_CYCLES = (
    ("P1W", r"week|wöchentl|hebdo|semanal|settiman"),
    ("P3M", r"quarter|every 3 month|3 month|vierteljähr|trimest"),
    ("P6M", r"half|semi|every 6 month|6 month|halbjähr|semest"),
    ("P1M", r"month|monat|mois|mensu|mes\b|mese|mensal|månad"),
    ("P1Y", r"year|annual|jähr|annuel|an\b|anual|annual|anno|år"),
)
_STEPS = re.compile(r"(?<!\d)(\d{1,3})[\s-]*([^\W\d_]+)")
"""A number and a unit: every 2 weeks, alle 3 Monate, tous les 6 mois."""
_UNITS = (
    ("D", ("day", "tag", "jour", "día", "dia", "giorn", "dag", "dzie", "dni")),
    ("W", ("week", "woche", "semaine", "semana", "settiman", "veck", "uge", "tydz")),
    ("M", ("month", "monat", "mois", "mes", "mês", "maand", "månad", "måned", "mies")),
    ("Y", ("year", "jahr", "an", "año", "jaar", "år", "rok", "lat")),
)
"""How words of a unit begin; the more particular ones first."""
_WALLOS_UNITS = {"1": "D", "2": "W", "3": "M", "4": "Y"}
"""What its field ``cycle`` says (ellite/Wallos, read on 2026-11-29)."""
_TWICE = re.compile(r"biweek|bi-week|fortnight|every other week|zweiwöch|14-täg")
_ENDED = re.compile(r"(?i)^(?:no|false|0|inactive|cancell?ed|disabled|ended|paused)$")
_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "₹": "INR", "R$": "BRL"}
_NEEDED = frozenset({"name", "price", "cycle"})
"""Fields that make a list of subscriptions."""
_MOST_BYTES, _SAMPLE, _LONGEST_NAME = 2_000_000, 4000, 100
"""Of a list; of it to tell the delimiter by, in characters; of a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSubscription:
    """A subscription as its owner wrote it down."""

    name: str
    amount: Money
    period: str
    next_on: date | None


def read_list(content: bytes) -> list[ListedSubscription]:
    """Return the subscriptions in a list; empty where the file is no such list."""
    text, _ = decode(content[:_MOST_BYTES])
    records = list(_records(text.lstrip("\ufeff")))
    rows = [row for row in map(_fields, records) if row.keys() >= _NEEDED]
    if not rows or 2 * len(rows) < len(records):
        return []
    days = read_dates(pl.Series([r.get("next", "") for r in rows], dtype=pl.String))
    subscriptions = [
        _subscription(row, day)
        for row, day in zip(rows, days.values.to_list(), strict=True)
        if not _ENDED.match(row.get("active", "")) and row.get("ended") != "1"
    ]
    return [each for each in subscriptions if each is not None]


def _records(text: str) -> Iterator[Mapping[str, Any]]:
    if text[:1] in "[{":
        try:
            tree = json.loads(text)
        except (ValueError, RecursionError):
            return
        lists = [tree, *(tree.values() if isinstance(tree, dict) else ())]
        for each in lists:
            if isinstance(each, list):
                yield from (r for r in each if isinstance(r, dict))
        return
    try:
        dialect = csv.Sniffer().sniff(text[:_SAMPLE], delimiters=",;\t")
        yield from csv.DictReader(io.StringIO(text, newline=""), dialect=dialect)
    except csv.Error:
        return


def _fields(record: Mapping[str, Any]) -> dict[str, str]:
    """Return a record's fields by our names for them."""
    texts = {
        fold_header(str(key)): str(value)
        for key, value in record.items()
        if isinstance(value, str | int | float) and str(value).strip()
    }
    return {
        field: next(texts[word] for word in words if word in texts)
        for field, words in _FIELDS.items()
        if any(word in texts for word in words)
    }


def _subscription(
    row: Mapping[str, str], day: date | None
) -> ListedSubscription | None:
    cost = amount_of(re.sub(r"[^\d.,-]", "", row["price"]))
    period = _numbered(row) or _period(row["cycle"].lower())
    if cost is None or period is None:
        return None
    currency = row.get("currency", "").strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", currency):
        codes = (code for sign, code in _SIGNS.items() if sign in row["price"])
        currency = next(codes, "XXX")
    money = Money(amount=Decimal(cost) / THOUSANDTHS, currency=currency)
    return ListedSubscription(
        name=row["name"].strip()[:_LONGEST_NAME],
        amount=money.of(money.amount),
        period=period,
        next_on=day,
    )


def _numbered(row: Mapping[str, str]) -> str | None:
    """Return a period that is a unit and a number of steps, as Wallos keeps it.

    >>> _numbered({"cycle": "3", "steps": "2"}), _numbered({"cycle": "4"})
    ('P2M', 'P1Y')
    """
    unit, steps = _WALLOS_UNITS.get(row["cycle"].strip()), row.get("steps", "1").strip()
    if unit is None or not steps.isdecimal() or not int(steps):
        return None
    return f"P{int(steps)}{unit}"


def _period(cycle: str) -> str | None:
    """Return how often a list says that something is paid, as ISO 8601 writes it.

    >>> _period("every 2 weeks"), _period("alle 3 monate"), _period("yearly")
    ('P2W', 'P3M', 'P1Y')
    """
    if _TWICE.search(cycle):
        return "P2W"
    steps = _STEPS.search(cycle)
    if steps:
        count, word = int(steps[1]), steps[2]
        units = (unit for unit, words in _UNITS if word.startswith(words))
        unit = next(units, "")
        return f"P{count}{unit}" if unit and count else None
    return next((p for p, words in _CYCLES if re.search(words, cycle)), None)
