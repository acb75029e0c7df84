"""What a series is: subscription, bill, instalment, something else, or nothing."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rescind.core.find import thresholds
from rescind.core.find.clean import FLAGS
from rescind.core.find.rhythm import (
    LONGEST_MONTH,
    MONTHS_A_YEAR,
    PAIR,
    WEEKS_OF_HABIT,
    YEAR,
    month_parts,
)
from rescind.core.find.series import Series, near
from rescind.core.model.descriptor import Kind, Merchant
from rescind.core.model.statement import THOUSANDTHS

SCALE = {
    "SEK": 11, "NOK": 11, "DKK": 7.5, "CZK": 25, "PLN": 4.3, "HUF": 390, "JPY": 160,
    "INR": 90, "BRL": 5.5, "MXN": 19, "ZAR": 20, "KRW": 1450, "TRY": 35, "RON": 5,
    "THB": 38, "PHP": 62, "CLP": 1000, "COP": 4400, "ARS": 1000, "IDR": 17000,
    "RUB": 95, "UAH": 45, "ILS": 4, "CNY": 7.8, "HKD": 8.5, "TWD": 35, "VND": 28000,
    "MYR": 5, "EGP": 55, "NGN": 1700, "KES": 140, "PKR": 310, "BDT": 130, "LKR": 330,
    "RSD": 117, "ISK": 145, "KZT": 540, "PEN": 4, "UYU": 44, "AED": 4, "SAR": 4,
    "MAD": 11, "TND": 3.4, "DZD": 150, "GEL": 3, "AMD": 420, "CRC": 560, "DOP": 65,
}  # fmt: skip
"""About how many units of money are a euro; only the order of magnitude counts."""
_COUNT = re.compile(
    r"(?<!\d)(\d{1,2}) ?(?:/|DE|VON|OF|SUR|DI|AV|Z) ?(\d{1,2})(?!\d|[./]\d)"
)
_BILLERS = frozenset({"subscription", "bill", "instalment"})
_PRICE_ENDINGS = frozenset({99, 95, 90, 49})
"""Hundredths that what is sold at a price ends in, and a bill at a table seldom."""
_NINE = 9 * THOUSANDTHS
"""What whole prices end in: 79 kroner, 149 rupees."""
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
    wavers: bool = False
    """Whether its amounts go up and down, as no instalment does."""

    def has(self, name: str) -> bool:
        """Return whether its texts speak for something."""
        return bool(self.flags & _BIT[name])

    @property
    def has_bill(self) -> bool:
        """Return whether its texts speak of a bill: "mobile" only beside an order.

        Without one, such a word is a way of paying ("mobile purchase").
        """
        is_line = self.has("line") and self.has("recurring")
        return self.has("bill") or (is_line and not self.has("subscription"))

    @property
    def is_sent_to_a_person(self) -> bool:
        """Return whether its holder sends it, as pocket money, to no company."""
        is_person = self.has("person") and not self.has("firm")
        return is_person and self.has("sent") and self.channel == "direct"


def steadiness(series: Series, flags: int = 0) -> float:
    """Return the share of charges at the amount of the one before, or almost.

    Drift by some hundredths, as of foreign money or of a tax, is no change; of two
    charges, neither is a rise by a fifth; nor a rise by half once a year, nor steps
    of that size one way among charges that come seldom and on their day. ``flags`` are
    those of ``Signs``: what is collected by order in a year's parts may be by use.
    """
    pairs = [(a.cost, b.cost) for a, b in itertools.pairwise(series.charges)]
    changes = [(a, b) for a, b in pairs if a != b]
    if not changes:
        return 1.0
    room = thresholds.FOREIGN_DRIFT if len(pairs) > 1 else thresholds.ONE_RISE
    rise = thresholds.YEARLY_RISES if _rises_yearly(series) else room
    is_by_use = flags & _BIT["recurring"] and not _rises_yearly(series)
    is_one_way = len({b > a for a, b in changes}) == 1
    if is_one_way and not is_by_use and _is_seldom(series):
        rise = room = thresholds.YEARLY_RISES
    other = sum((rise if b > a else room) * max(a, b) < abs(b - a) for a, b in changes)
    return (len(pairs) - other) / len(pairs)


def wavers(series: Series) -> bool:
    """Return whether amounts go up and down, again and again, and seldom stay.

    >>> from rescind.core.find.rhythm import rhythm
    >>> from rescind.core.find.series import Charge
    >>> days, costs = range(1, 36, 7), (971, 965, 968, 961, 965)
    >>> charges = [Charge(*each) for each in zip(days, costs, days)]
    >>> wavers(Series(charges, rhythm(list(days))))
    True
    """
    costs = [charge.cost for charge in series.charges]
    changes = [b - a for a, b in itertools.pairwise(costs) if a != b]
    ups = sum(change > 0 for change in changes)
    downs, stays = len(changes) - ups, len(costs) - 1 - len(changes)
    return min(ups, downs) >= thresholds.WAVERS_BOTH_WAYS and stays < min(ups, downs)


def _rises_yearly(series: Series) -> bool:
    """Return whether charges come so exactly once a year that each may be dearer."""
    is_yearly = series.rhythm.days > thresholds.YEARLY_FROM
    return is_yearly and series.rhythm.spread <= thresholds.YEARLY_OFF


def _is_seldom(series: Series) -> bool:
    """Return whether three charges or more come seldom, and so exactly on their day.

    What is bought by the year, the half or the quarter has another offer each time.
    """
    if series.rhythm.days > thresholds.YEARLY_FROM:
        room = thresholds.YEARLY_OFF
    else:
        room = thresholds.STRICT_SPREAD
    is_seldom = series.rhythm.days > thresholds.SELDOM_FROM
    return is_seldom and series.rhythm.spread <= room and len(series.charges) > PAIR


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


def _is_punctual(series: Series) -> bool:
    """Return whether charges keep their days too well for chance."""
    rhythm = series.rhythm
    return (
        len(series.charges) >= thresholds.STRICT_CHARGES
        and rhythm.fit >= thresholds.STRICT_FIT
        and rhythm.spread <= thresholds.STRICT_SPREAD
    )


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
    if signs.has("instalment") and not signs.wavers:
        return Kind.INSTALMENT
    if signs.has("transfer"):
        is_kept = signs.steady > thresholds.EVEN_STEADY
        return Kind.OTHER if is_kept or _is_punctual(series) else None
    if signs.has_bill and not (signs.has("subscription") and signs.channel != "direct"):
        return Kind.BILL
    if signs.channel != "direct" or signs.has("subscription"):
        return Kind.SUBSCRIPTION
    return _by_amounts(series, signs)


def _by_amounts(series: Series, signs: Signs) -> Kind | None:
    """Return what sums say where no word speaks for a subscription."""
    months = max(1.0, series.rhythm.days / LONGEST_MONTH)
    large = thresholds.LARGE * SCALE.get(signs.currency, 1) * months
    if series.cost > large and not signs.is_sent_to_a_person:
        return Kind.BILL
    if signs.has("order"):
        return Kind.OTHER
    if signs.has("recurring") and _is_by_use(series, signs):
        return Kind.BILL
    is_steady = signs.steady >= thresholds.STEADY_SUBSCRIPTION
    if not is_steady and not _has_few_prices(series) and not _is_like_a_box(series):
        return Kind.BILL if signs.has("recurring") else None
    return Kind.OTHER if signs.is_sent_to_a_person else Kind.SUBSCRIPTION


def _is_by_use(series: Series, signs: Signs) -> bool:
    """Return whether sums by the month go up and down by more than foreign money does.

    A plan's price stays, or rises; what was used is more in one month than in another.
    """
    is_by_week = series.rhythm.days < thresholds.WEEKLY_BELOW
    return signs.wavers and not is_by_week and signs.steady < thresholds.STRICT_STEADY


def _is_regular(series: Series, signs: Signs, kind: Kind) -> bool:
    """Return whether a series is regular enough to be no chance."""
    on_file = signs.merchant is not None and signs.merchant.kind in _BILLERS
    is_named = signs.has("order") or signs.has("transfer")
    # a person who is sent money is no sign that it is sent again and again
    is_to_a_person = kind is Kind.OTHER and not is_named
    hinted = (
        on_file
        or signs.channel != "direct"
        or signs.has("subscription")
        or signs.has("recurring")
        or (kind is not Kind.SUBSCRIPTION and not is_to_a_person)
    )
    if signs.has("habit") and not on_file and not signs.has("subscription"):
        is_weekly = series.rhythm.days < thresholds.WEEKLY_BELOW
        return not is_weekly and _is_strict(series, signs)
    if series.rhythm.days < thresholds.WEEKLY_BELOW:
        return _is_weekly(series, signs, hinted=hinted)
    if series.rhythm.count in WEEKS_OF_HABIT and not hinted:
        return _is_strict(series, signs)
    if len(series.charges) == PAIR:
        return _is_pair(series, signs, on_file=on_file, hinted=hinted)
    if on_file:
        is_steady = signs.steady >= thresholds.STEADY_KNOWN or _is_seldom(series)
        return is_steady or kind is not Kind.SUBSCRIPTION
    return _is_even(series, signs, hinted=hinted)


def _is_weekly(series: Series, signs: Signs, *, hinted: bool) -> bool:
    """Return whether charges by the week are more even than a habit."""
    rhythm = series.rhythm
    fewest = thresholds.WEEKLY_CHARGES
    if not hinted or signs.channel == "apple":
        fewest = thresholds.WEEKLY_CHARGES_ALONE
    if len(series.charges) < fewest or rhythm.fit < thresholds.WEEKLY_FIT:
        return False
    is_exact = rhythm.spread <= thresholds.WEEKLY_EXACT_SPREAD
    is_dear = is_exact and _is_dear(series, signs)
    is_box = hinted and is_exact and _differ_in_size(series)
    is_box = is_box or (is_dear and is_exact and _is_like_a_box(series))
    if is_box or (is_dear and signs.steady == 1.0):
        return rhythm.cover >= thresholds.WEEKLY_COVER_EXACT
    if is_dear and _has_few_prices(series):
        return rhythm.cover >= thresholds.WEEKLY_COVER
    least = thresholds.WEEKLY_COVER if hinted else thresholds.WEEKLY_COVER_ALONE
    return rhythm.cover >= least and signs.steady >= thresholds.WEEKLY_STEADY


def _is_dear(series: Series, signs: Signs) -> bool:
    """Return whether a charge costs more than a coffee, a habit by the week."""
    return series.cost >= thresholds.WEEKLY_DEAR * SCALE.get(signs.currency, 1)


def _differ_in_size(series: Series) -> bool:
    """Return whether sums differ by no more than small and large boxes do."""
    costs = [charge.cost for charge in series.charges]
    return max(costs) <= thresholds.WEEKLY_EXACT_RATIO * min(costs)


def _is_like_a_box(series: Series) -> bool:
    """Return whether many sums by the week are nearer each other than at any till."""
    costs = [charge.cost for charge in series.charges]
    are_near = max(costs) <= thresholds.WEEKLY_BOX_RATIO * min(costs)
    is_by_week = series.rhythm.days < thresholds.WEEKLY_BELOW
    return is_by_week and are_near and len(costs) >= thresholds.WEEKLY_BOX_CHARGES


def _has_few_prices(series: Series) -> bool:
    """Return whether charges by the week come at so few prices that these are set."""
    prices = len({charge.cost for charge in series.charges})
    is_by_week = series.rhythm.days < thresholds.WEEKLY_BELOW
    return is_by_week and prices * thresholds.WEEKLY_PRICES <= len(series.charges)


def _is_pair(series: Series, signs: Signs, *, on_file: bool, hinted: bool) -> bool:
    """Return whether two charges are more than chance."""
    one, two = (charge.cost for charge in series.charges)
    exact = one == two
    if series.rhythm.days > thresholds.YEARLY_FROM:
        return _is_yearly(series, signs, hinted=hinted, exact=exact)
    if on_file:
        return True
    if series.rhythm.days >= thresholds.NEW_PLAN_BELOW or signs.channel == "apple":
        return False
    if hinted:
        is_meter = signs.has_bill and signs.has("recurring")
        return exact or (is_meter and near(one, two, thresholds.NEW_BILL_RATIO))
    is_whole_price = one % (10 * THOUSANDTHS) == _NINE
    is_price = is_whole_price or one % THOUSANDTHS // 10 in _PRICE_ENDINGS
    is_punctual = series.rhythm.spread <= thresholds.NEW_PLAN_SPREAD
    return exact and is_price and is_punctual and series.is_alone


def _is_even(series: Series, signs: Signs, *, hinted: bool) -> bool:
    """Return whether three charges or more of an unknown payee are even enough."""
    rhythm = series.rhythm
    if signs.channel == "apple" and len(series.charges) < thresholds.APPLE_CHARGES:
        return rhythm.spread <= thresholds.APPLE_SPREAD
    if hinted:
        return rhythm.fit >= thresholds.HINTED_FIT
    costs = {charge.cost for charge in series.charges}
    if signs.steady == thresholds.EVEN_STEADY and len(costs) == len(series.charges):
        return False  # no two are alike, and half of the steps are no drift
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
            if signs.has("subscription") and off <= thresholds.YEARLY_OFF:
                ratio = thresholds.YEARLY_FIRST_RATIO
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


def counted(texts: Sequence[str], days: Sequence[int]) -> bool:
    """Return whether texts count instalments: ``3/12``, ``4/12``, ``5/12``.

    A date looks alike; its first number is the month of the booking, or stays.

    >>> from datetime import date
    >>> days = [date(2026, month, 2).toordinal() for month in (3, 4, 5)]
    >>> counted(["RATE 5/12", "RATE 6/12", "RATE 7/12"], days)
    True
    >>> counted(["CARD 03/12 X", "CARD 04/12 X", "CARD 05/12 X"], days)
    False
    """
    if _COUNT.search(texts[0].upper()) is None:
        return False
    counts = [_COUNT.search(text.upper()) for text in texts]
    pairs = [
        (int(count[1]), int(count[2]), month_parts(day)[0] % MONTHS_A_YEAR + 1)
        for count, day in zip(counts, days, strict=True)
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
