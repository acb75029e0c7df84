"""Why a finding is what it is, in words, and what would make it surer."""

from datetime import date
from itertools import pairwise

from rescind.core.find.judge import Signs
from rescind.core.find.series import Series
from rescind.core.model.descriptor import Kind

_EVERY = {
    "P1W": "a week", "P2W": "two weeks", "P4W": "four weeks", "P1M": "a month",
    "P2M": "two months", "P3M": "three months", "P4M": "four months",
    "P6M": "six months", "P1Y": "a year",
}  # fmt: skip
_THROUGH = {
    "apple": "the text names Apple, which bills for others",
    "google": "the text names Google, which bills for others",
    "paypal": "the text names PayPal, which pays on somebody's order",
    "reseller": "the text names a reseller, which sells in its own name",
}
_WORDS = {
    Kind.BILL: "its words speak of a home, energy, insurance, a line or a tax",
    Kind.INSTALMENT: "its words speak of a loan, or it counts instalments",
    Kind.OTHER: "its words speak of savings or a transfer",
    Kind.SUBSCRIPTION: "its words speak of a membership or subscription",
}
_FLAG = {
    Kind.BILL: "bill",
    Kind.INSTALMENT: "instalment",
    Kind.OTHER: "transfer",
    Kind.SUBSCRIPTION: "subscription",
}


def because(series: Series, signs: Signs, kind: Kind) -> tuple[str, ...]:
    """Return the reasons, the strongest first."""
    kept, count = series.rhythm, len(series.charges)
    every = _EVERY.get(kept.iso, kept.iso)
    found = [
        (
            f"{count} charges, {every} apart, "
            f"within {_days(kept.spread + 1)} of each due day"
        )
    ]
    found.append(_prices(series))
    if signs.merchant is not None:
        found.append(f"{signs.merchant.name} is on file as {signs.merchant.kind}")
    elif signs.is_counted or signs.has(_FLAG[kind]):
        found.append(_WORDS[kind])
    elif kind is Kind.BILL:
        found.append("its amounts change, or are large, and it is collected by order")
    if signs.channel in _THROUGH:
        found.append(_THROUGH[signs.channel])
    if signs.has("recurring"):
        found.append("it is collected by the payee's own order")
    found += _silences(series)
    if series.trial is not None:
        on = date.fromordinal(series.trial.day).isoformat()
        found.append(f"a charge on {on} only tested the card: a trial")
    return tuple(found)


def _silences(series: Series) -> list[str]:
    """Return when a series fell silent and came back."""
    return [
        f"silent from {date.fromordinal(a.day)} "
        f"to {date.fromordinal(b.day)}: it came back"
        for a, b in pairwise(series.charges)
        if b.day - a.day > 1.6 * series.rhythm.days
    ]


def _days(count: int) -> str:
    return "a day" if count == 1 else f"{count} days"


def _prices(series: Series) -> str:
    costs = [c.cost for c in series.charges]
    different = len(set(costs))
    if different == 1:
        return "the same amount each time"
    changes = sum(a != b for a, b in pairwise(costs))
    if changes < different:
        return f"{different} prices, one after the other"
    return f"amounts from {min(costs) / 1000:.2f} to {max(costs) / 1000:.2f}"


def surer(series: Series, signs: Signs) -> tuple[str, ...]:
    """Return what would make a finding surer."""
    found = []
    if len(series.charges) < 3:
        found.append("one more charge on its due day")
    if signs.channel in {"apple", "google"} and signs.merchant is None:
        found.append("the receipt by mail, which names the app")
    elif signs.channel == "paypal" and signs.merchant is None:
        found.append("the list of automatic payments at PayPal, which names the payee")
    elif signs.merchant is None:
        found.append("your word for what this is")
    return tuple(found)
