"""The year as a picture in plain SVG: a bar a month, and a table with the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rescind.adapters.data.cldr import sum_on_page
from rescind.adapters.public.spending import SpendingJson
from rescind.core.model.descriptor import Kind
from rescind.labels import label

_HIGH, _STEP, _BAR = 120, 30, 22
"""Units of the picture: a full bar, from one bar to the next, and how wide one is."""


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
    """With its year, in words."""
    initial: str
    total: str
    round: str
    """The total without its cents; empty but for the lowest, highest and latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What subscriptions took in each month, in one currency."""

    bars: tuple[Bar, ...]
    wide: int
    high: int
    foot: int
    """Where the months are written."""
    currency: str
    says: str
    """The picture in a sentence, for those who do not see it."""


def year(paid: SpendingJson) -> tuple[Chart, ...]:
    """Return the last twelve months of each currency, that with most in it first."""
    names = [row["month"] for row in paid["months"]]
    taken: dict[str, dict[str, Decimal]] = {}
    for each in paid["findings"]:
        if each["kind"] != Kind.SUBSCRIPTION:
            continue
        sums = taken.setdefault(each["amount"]["currency"] or "", {})
        for place in each["transactions"]:
            month, amount = place["on"][:7], Decimal(place["amount"]["amount"])
            sums[month] = sums.get(month, Decimal(0)) + amount
    rows = {c: [sums.get(m, Decimal(0)) for m in names] for c, sums in taken.items()}
    by_size = sorted(rows, key=lambda currency: -sum(rows[currency]))
    return tuple(_chart(c, names, rows[c]) for c in by_size if any(rows[c]))


def _chart(currency: str, names: Sequence[str], sums: Sequence[Decimal]) -> Chart:
    most, least = max(sums), min(sums)
    labelled = {len(sums) - 1, sums.index(most), sums.index(least)}
    bars = tuple(
        _bar(
            place,
            name,
            sum_on_page(str(total), currency or None),
            str(total.quantize(Decimal(1))) if place in labelled else "",
            int(total / most * _HIGH),
        )
        for place, (name, total) in enumerate(zip(names, sums, strict=True))
    )
    says = {place: f"{bars[place].month}, {bars[place].total}" for place in labelled}
    return Chart(
        bars=bars,
        wide=_STEP * len(bars),
        high=_HIGH + 44,
        foot=_HIGH + 36,
        currency=currency,
        says="; ".join(says[place] for place in sorted(says)),
    )


def _bar(place: int, month: str, total: str, round_total: str, high: int) -> Bar:
    year_number, _, number = month.partition("-")
    name = label(str(int(number)), "month")
    return Bar(
        x=place * _STEP + (_STEP - _BAR) // 2,
        middle=place * _STEP + _STEP // 2,
        y=20 + _HIGH - high,
        high=high,
        wide=_BAR,
        label_y=14 + _HIGH - high,
        month=f"{name} {year_number}",
        initial=name[:1],
        total=total,
        round=round_total,
    )
