"""Charts as numbers for plain SVG: one colour, values written out, a table beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rescind.adapters.public.spending import MonthJson, SpendingJson, TotalJson

_HIGH, _STEP, _BAR = 120, 48, 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A month's bar; places and sizes in the picture's units."""

    x: int
    middle: int
    y: int
    high: int
    wide: int
    label_y: int
    month: str
    short: str
    """The month's number alone."""
    total: str
    round: str
    """The total without its cents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What each month took, in one currency."""

    bars: tuple[Bar, ...]
    wide: int
    high: int
    foot: int
    """Where the months are written."""
    currency: str


def months(rows: Sequence[MonthJson], totals: Sequence[TotalJson]) -> Chart | None:
    """Return bars of what each month took, in the currency that most is paid in."""
    currency = next((t["currency"] for t in totals if t["currency"]), "")
    sums = [Decimal(row["sums"].get(currency or "XXX", "0")) for row in rows]
    most = max(sums, default=Decimal(0))
    if not most:
        return None
    bars = [
        _bar(place, row["month"], total, total / most)
        for place, (row, total) in enumerate(zip(rows, sums, strict=True))
    ]
    return Chart(
        bars=tuple(bars),
        wide=_STEP * len(bars),
        high=_HIGH + 44,
        foot=_HIGH + 36,
        currency=currency,
    )


def _bar(place: int, month: str, total: Decimal, share: Decimal) -> Bar:
    high = int(share * _HIGH)
    return Bar(
        x=place * _STEP + (_STEP - _BAR) // 2,
        middle=place * _STEP + _STEP // 2,
        y=20 + _HIGH - high,
        high=high,
        wide=_BAR,
        label_y=14 + _HIGH - high,
        month=month,
        short=month[5:],
        total=str(total),
        round=str(total.quantize(Decimal(1))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """What one finding took in each of the last months; empty where nothing."""

    merchant: str
    cells: tuple[str, ...]


def year(paid: SpendingJson) -> list[YearLine]:
    """Return a line for each finding: what it took in each of the last months."""
    names = [row["month"] for row in paid["months"]]
    lines = []
    for each in paid["findings"]:
        taken: dict[str, Decimal] = {}
        for place in each["transactions"]:
            month, amount = place["on"][:7], Decimal(place["amount"]["amount"])
            taken[month] = taken.get(month, Decimal(0)) + amount
        cells = tuple(str(taken[name]) if name in taken else "" for name in names)
        if any(cells):
            lines.append(YearLine(merchant=each["merchant"], cells=cells))
    return lines
