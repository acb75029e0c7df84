"""Charts as numbers for plain SVG: one colour, values written out, a table beside."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

_HIGH, _STEP, _BAR = 120, 48, 32


def months(
    rows: Sequence[Mapping[str, Any]], totals: Sequence[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """Return bars of what each month took, in the currency that most is paid in."""
    currency = next((t["currency"] for t in totals if t["currency"]), "")
    sums = [Decimal(row["sums"].get(currency or "XXX", "0")) for row in rows]
    most = max(sums, default=Decimal(0))
    if not most:
        return None
    bars = []
    for place, (row, total) in enumerate(zip(rows, sums, strict=True)):
        high = int(total / most * _HIGH)
        bars.append(
            {
                "x": place * _STEP + (_STEP - _BAR) // 2,
                "middle": place * _STEP + _STEP // 2,
                "y": 20 + _HIGH - high,
                "high": high,
                "wide": _BAR,
                "label_y": 14 + _HIGH - high,
                "month": row["month"],
                "short": row["month"][5:],
                "total": str(total),
                "round": str(total.quantize(Decimal(1))),
            }
        )
    return {
        "bars": bars,
        "wide": _STEP * len(bars),
        "high": _HIGH + 44,
        "foot": _HIGH + 36,
        "currency": currency,
    }


def year(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a line for each finding: what it took in each of the last months."""
    names = [row["month"] for row in told["months"]]
    lines = []
    for each in told["findings"]:
        taken: dict[str, Decimal] = {}
        for place in each["transactions"]:
            month = place["on"][:7]
            taken[month] = taken.get(month, Decimal(0)) + Decimal(
                place["amount"]["amount"]
            )
        cells = [str(taken[name]) if name in taken else "" for name in names]
        if any(cells):
            lines.append(
                {"merchant": each["merchant"], "id": each["id"], "cells": cells}
            )
    return lines
