"""How a statement was understood, in the public JSON form."""

from decimal import Decimal
from typing import TypedDict

import polars as pl

from rescind.adapters.data.words import ENGLISH
from rescind.core.model.statement import THOUSANDTHS, Assumption, Statement

SHOWN = 5
"""First entries that are shown to a person who says whether they were understood."""
SHOWN_TEXT = 120
"""Characters of an entry's text that are shown."""


class ColumnJson(TypedDict):
    """Which column is what, by its header or its number."""

    role: str
    column: str


class EntryJson(TypedDict):
    """An entry as it was understood."""

    row: int
    on: str
    amount: str
    currency: str | None
    text: str


class AssumptionJson(TypedDict):
    """What a file does not say outright, and how it was taken."""

    field: str
    """What a person answers by, as in ``--column field=choice``."""
    value: str
    sureness: float
    """From 0 to 1."""
    text: str
    choices: list[str]
    """What else it can be; ``value`` itself confirms it."""


LayoutJson = TypedDict(
    "LayoutJson",
    {
        "file": str,
        "format": str,
        "bank": str | None,
        "encoding": str | None,
        "delimiter": str | None,
        "columns": list[ColumnJson],
        "dates": str,
        "dates_sure": bool,
        "decimal": str | None,
        "spending": str,
        "entries": int,
        "from": str | None,
        "to": str | None,
        "out": str,
        "in": str,
        "checked": list[str],
        "notes": list[str],
        "assumed": list[AssumptionJson],
        "asks": list[AssumptionJson],
    },
)
"""How a file was understood; ``out`` and ``in`` are what it sums up to.

``asks`` is what of ``assumed`` is not sure: a person should say it first.
"""


class SampledLayoutJson(LayoutJson):
    """How a file was understood, with its first entries."""

    sample: list[EntryJson]


def layout_json(statement: Statement) -> LayoutJson:
    """Return how a file was understood, for a person to confirm."""
    layout, entries = statement.layout, statement.entries
    days = entries["on"].sort()
    return {
        "file": statement.file,
        "format": layout.format,
        "bank": layout.bank or None,
        "encoding": layout.encoding or None,
        "delimiter": layout.delimiter or None,
        "columns": [
            {"role": role, "column": column} for role, column in layout.columns
        ],
        "dates": layout.dates,
        "dates_sure": layout.dates_sure,
        "decimal": layout.decimal or None,
        "spending": layout.spending,
        "entries": entries.height,
        "from": days[0].isoformat() if entries.height else None,
        "to": days[-1].isoformat() if entries.height else None,
        "out": _sum(-entries.filter(pl.col("amount") < 0)["amount"]),
        "in": _sum(entries.filter(pl.col("amount") > 0)["amount"]),
        "checked": list(statement.checked),
        "notes": list(statement.notes),
        "assumed": list(map(assumption_json, statement.assumed)),
        "asks": list(map(assumption_json, statement.asks)),
    }


def assumption_json(assumption: Assumption) -> AssumptionJson:
    """Return what was assumed of a file."""
    return {
        "field": assumption.field,
        "value": assumption.value,
        "sureness": assumption.sureness,
        "text": ENGLISH.say(assumption.because),
        "choices": list(assumption.choices),
    }


def _sum(amounts: pl.Series) -> str:
    return str(Decimal(int(amounts.sum())) / THOUSANDTHS)


def sampled_layout_json(statement: Statement) -> SampledLayoutJson:
    """Return how a file was understood, with its first entries."""
    head = statement.entries.head(SHOWN).iter_rows(named=True)
    sample: list[EntryJson] = [
        {
            "row": row["row"],
            "on": row["on"].isoformat(),
            "amount": f"{row['amount'] / THOUSANDTHS:.2f}",
            "currency": row["currency"],
            "text": row["text"][:SHOWN_TEXT],
        }
        for row in head
    ]
    return {**layout_json(statement), "sample": sample}
