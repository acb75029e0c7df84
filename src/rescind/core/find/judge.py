"""What a series is: subscription, bill, instalment, something else, or nothing."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rescind.core.find import thresholds
from rescind.core.find.clean import FLAGS
from rescind.core.find.rhythm import LONGEST_MONTH, PAIR, YEAR
from rescind.core.find.series import Series
from rescind.core.model.descriptor import Kind, Merchant

SCALE = {
    "SEK": 11, "NOK": 11, "DKK": 7.5, "CZK": 25, "PLN": 4.3, "HUF": 390, "JPY": 160,
    "INR": 90, "BRL": 5.5, "MXN": 19, "ZAR": 20, "KRW": 1450, "TRY": 35, "RON": 5,
    "THB": 38, "PHP": 62, "CLP": 1000, "COP": 4400, "ARS": 1000, "IDR": 17000,
}  # fmt: skip
"""About how many units of money are a euro; only the order of magnitude counts."""
_COUNT = re.compile(
    r"(?<!\d)(\d{1,2}) ?(?:/|DE|VON|OF|SUR|DI|AV|Z) ?(\d{1,2})(?!\d|[./]\d)"
)
_BILLERS = frozenset({"subscription", "bill", "instalment"})
_BIT = {name: 1 << place for place, name in enumerate(FLAGS)}


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for what, of one series."""

    merchant: Merchant | None
    flags: int
    """Bits of ``FLAGS`` that most of its texts have."""
    channel: str
    currency: str
    steady: float
    """Share of its charges at the amount of the one before."""
    is_counted: bool = False
    """Whether its texts count instalments."""

    def has(self, name: str) -> bool:
        """Return whether its texts speak for something."""
        return bool(self.flags & _BIT[name])


def steadiness(series: Series) -> float:
    """Return the share of charges at the amount of the one before, or almost.

    Drift by some hundredths, as of foreign money or of a tax, is no change; of two
    charges, neither is a rise by a fifth.
    """
    costs = [c.cost for c in series.charges]
    pairs = list(itertools.pairwise(costs))
    room = thresholds.FOREIGN_DRIFT if len(pairs) > 1 else thresholds.ONE_RISE
    same = sum(abs(b - a) <= room * max(a, b) for a, b in pairs)
    return same / len(pairs)


def kind_of(series: Series, signs: Signs) -> Kind | None:
    """Return what a series is, or None where it is a habit or chance."""
    if signs.is_counted:
        return Kind.INSTALMENT
    merchant = signs.merchant
    kind: Kind | None
    if merchant is not None and merchant.kind in _BILLERS:
        kind = Kind(merchant.kind)
    elif merchant is not None and merchant.kind == "mixed":
        kind = _by_words(series, signs) if _is_strict(series, signs) else None
    else:
        kind = _by_words(series, signs)
    return kind if kind is not None and _is_regular(series, signs, kind) else None


def _is_strict(series: Series, signs: Signs) -> bool:
    """Return whether charges are too even for purchases at a shop."""
    rhythm = series.rhythm
    return (
        len(series.charges) >= thresholds.STRICT_CHARGES
        and rhythm.fit >= thresholds.STRICT_FIT
        and rhythm.cover >= thresholds.STRICT_COVER
        and rhythm.spread <= thresholds.STRICT_SPREAD
        and signs.steady >= thresholds.STRICT_STEADY
    )


def _by_words(series: Series, signs: Signs) -> Kind | None:
    if signs.has("instalment"):
        return Kind.INSTALMENT
    if signs.has("transfer"):
        return Kind.OTHER
    if signs.has("bill") and not (
        signs.has("subscription") and signs.channel != "direct"
    ):
        return Kind.BILL
    if signs.channel != "direct" or signs.has("subscription"):
        return Kind.SUBSCRIPTION
    return _by_amounts(series, signs)


def _by_amounts(series: Series, signs: Signs) -> Kind | None:
    """Return what sums say where no word speaks for a subscription."""
    months = max(1.0, series.rhythm.days / LONGEST_MONTH)
    large = thresholds.LARGE * SCALE.get(signs.currency, 1) * months
    if series.cost > large:
        return Kind.BILL
    if signs.has("order"):
        return Kind.OTHER
    if signs.steady < thresholds.STEADY_SUBSCRIPTION:
        return Kind.BILL if signs.has("recurring") else None
    return Kind.SUBSCRIPTION


def _is_regular(series: Series, signs: Signs, kind: Kind) -> bool:
    """Return whether a series is regular enough to be no chance."""
    on_file = signs.merchant is not None and signs.merchant.kind in _BILLERS
    hinted = (
        on_file
        or signs.channel != "direct"
        or signs.has("subscription")
        or signs.has("recurring")
        or kind is not Kind.SUBSCRIPTION
    )
    if signs.has("habit") and not on_file and not signs.has("subscription"):
        return _is_strict(series, signs)
    if series.rhythm.days < thresholds.WEEKLY_BELOW:
        return _is_weekly(series, signs, hinted=hinted)
    if len(series.charges) == PAIR:
        return _is_pair(series, signs, on_file=on_file, hinted=hinted)
    if on_file:
        is_steady = signs.steady >= thresholds.STEADY_KNOWN
        return is_steady or kind is not Kind.SUBSCRIPTION
    return _is_even(series, signs, hinted=hinted)


def _is_weekly(series: Series, signs: Signs, *, hinted: bool) -> bool:
    """Return whether charges by the week are more even than a habit."""
    rhythm = series.rhythm
    fewest, least = thresholds.WEEKLY_CHARGES, thresholds.WEEKLY_COVER
    if not hinted or signs.channel == "apple":
        fewest = thresholds.WEEKLY_CHARGES_ALONE
    if not hinted:
        least = thresholds.WEEKLY_COVER_ALONE
    return (
        len(series.charges) >= fewest
        and rhythm.cover >= least
        and rhythm.fit >= thresholds.WEEKLY_FIT
        and signs.steady >= thresholds.WEEKLY_STEADY
    )


def _is_pair(series: Series, signs: Signs, *, on_file: bool, hinted: bool) -> bool:
    """Return whether two charges are more than chance."""
    exact = series.charges[0].cost == series.charges[1].cost
    if series.rhythm.days > thresholds.YEARLY_FROM:
        return _is_yearly(series, signs, hinted=hinted, exact=exact)
    is_short = series.rhythm.days < thresholds.NEW_PLAN_BELOW
    is_new = exact and is_short and signs.channel != "apple"
    return on_file or (hinted and is_new)


def _is_even(series: Series, signs: Signs, *, hinted: bool) -> bool:
    """Return whether three charges or more of an unknown payee are even enough."""
    rhythm = series.rhythm
    if signs.channel == "apple" and len(series.charges) < thresholds.APPLE_CHARGES:
        return rhythm.spread <= thresholds.APPLE_SPREAD
    if hinted:
        return rhythm.fit >= thresholds.HINTED_FIT
    return (
        rhythm.fit >= thresholds.EVEN_FIT
        and rhythm.spread <= thresholds.EVEN_SPREAD
        and signs.steady >= thresholds.EVEN_STEADY
    )


def _is_yearly(series: Series, signs: Signs, *, hinted: bool, exact: bool) -> bool:
    """Return whether two charges a year apart are more than two visits."""
    one, two = sorted(c.cost for c in series.charges)
    off = abs(series.last - series.first - YEAR)
    if signs.channel == "apple":
        return exact and off <= thresholds.APPLE_YEARLY_ROOM
    if hinted:
        ratio = thresholds.YEARLY_RATIO
        if series.is_alone:
            ratio = thresholds.YEARLY_RATIO_ALONE
        return two <= one * ratio
    if exact:
        return series.is_alone and off <= thresholds.YEARLY_OFF
    is_rise = two <= one * thresholds.YEARLY_RISE
    return series.is_alone and off <= thresholds.YEARLY_OFF_RISE and is_rise


def sureness(series: Series, signs: Signs) -> float:
    """Return how sure it is that these charges are one contract's, 0 to 1."""
    count = len(series.charges)
    base = (
        thresholds.SURE_AT_FIRST
        + thresholds.SURE_PER_CHARGE * min(count, thresholds.SURE_CHARGES)
        + thresholds.SURE_FIT * series.rhythm.fit
        + thresholds.SURE_STEADY * signs.steady
    )
    if signs.merchant is not None:
        base += thresholds.SURE_ON_FILE
    if signs.has("recurring") or signs.has("subscription") or signs.channel != "direct":
        base += thresholds.SURE_BY_WORDS
    if series.rhythm.spread > thresholds.LOOSE_SPREAD:
        base -= thresholds.SURE_LOOSE
    return round(max(thresholds.SURE_LEAST, min(thresholds.SURE_MOST, base)), 2)


def counted(texts: Sequence[str], months: Sequence[int]) -> bool:
    """Return whether texts count instalments: ``3/12``, ``4/12``, ``5/12``.

    A date looks alike; its first number is the month of the booking, or stays.

    >>> counted(["RATE 3/12", "RATE 4/12", "RATE 5/12"], [6, 7, 8])
    True
    >>> counted(["CARD 03/12 X", "CARD 04/12 X", "CARD 05/12 X"], [3, 4, 5])
    False
    """
    if _COUNT.search(texts[0].upper()) is None:
        return False
    counts = [_COUNT.search(text.upper()) for text in texts]
    pairs = [
        (int(count[1]), int(count[2]), month)
        for count, month in zip(counts, months, strict=True)
        if count
    ]
    least = max(thresholds.COUNTED_TEXTS, thresholds.COUNTED_SHARE * len(texts))
    if len(pairs) < least:
        return False
    rises = all(
        b[0] - a[0] == 1 and a[1] == b[1] and b[0] <= b[1]
        for a, b in itertools.pairwise(pairs)
    )
    return rises and not all(p[0] == p[2] for p in pairs)
