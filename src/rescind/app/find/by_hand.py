"""What the person writes down themselves of what they pay for, without a statement."""

from collections.abc import Mapping
from datetime import date

from rescind.adapters import clock
from rescind.adapters.data.countries import zone_of_purchase
from rescind.adapters.data.words import why_not
from rescind.adapters.input.days import read_written_day
from rescind.adapters.input.lengths import read_written_length
from rescind.adapters.input.sums import read_written_money
from rescind.adapters.input.text import clean_line
from rescind.adapters.settings.profile import PROFILE
from rescind.app.find.categories import CATEGORIES, OTHER
from rescind.core import periods
from rescind.core.errors import BadInput
from rescind.core.model.period import Period
from rescind.settings import data_folder
from rescind.store import by_hand
from rescind.store.by_hand import PaidByHand

MOST_NAME = 80
RHYTHMS = ("P1W", "P4W", "P1M", "P3M", "P6M", "P1Y")
"""The rhythms that the page offers; any length can be named at the command line."""


def keep(typed: Mapping[str, str], key: str = "") -> PaidByHand:
    """Keep what somebody typed: new, or in place of what has the id ``key``.

    ``typed`` has ``merchant``, ``price``, ``price_currency``, ``period``, ``renews_at``
    and ``category``, as a person writes them. Raises BadInput naming the field.
    """
    paid = _read(typed, key)
    by_hand.keep(paid, now=clock.now())
    return paid


def forget(key: str) -> str:
    """Take something away, and return what it was called."""
    paid = one(key)
    by_hand.forget(key)
    return paid.name


def one(key: str) -> PaidByHand:
    """Return what has an id; raises BadInput where nothing has it."""
    paid = by_hand.find(key)
    if paid is None:
        raise BadInput("finding", why_not("not_by_hand"))
    return paid


def next_day(paid: PaidByHand, today: date) -> date | None:
    """Return the day from today on that it is charged next; None where not known."""
    if paid.next_on is None:
        return None
    period = Period.parse(paid.period)
    return periods.charges(paid.next_on, period, after=today - periods.DAY)[1]


def _read(typed: Mapping[str, str], key: str) -> PaidByHand:
    name = clean_line(typed.get("merchant", "")[:MOST_NAME], "merchant")
    if not name:
        raise BadInput("merchant", why_not("name_it"), ["Netflix"])
    country = (PROFILE.read(data_folder()) or {}).get("country")
    sum_typed = typed.get("price", "").strip()
    if not sum_typed:
        raise BadInput("price", why_not("name_sum"), ["9.99"])
    currency = typed.get("price_currency", "")
    is_bare = not any(c.isalpha() or not c.isascii() for c in sum_typed)
    amount = read_written_money(
        f"{sum_typed} {currency}".strip() if is_bare else sum_typed,
        "price",
        country=country,
    )
    category = typed.get("category", "") or OTHER
    if category not in CATEGORIES:
        raise BadInput.unknown_value("category", category, CATEGORIES)
    day = typed.get("renews_at", "").strip()
    today = clock.now().astimezone(zone_of_purchase({"country": country})).date()
    return PaidByHand(
        id=key,
        name=name,
        amount=amount,
        period=read_written_length(typed.get("period", "") or "P1M", "period").iso(),
        next_on=read_written_day(day, "renews_at", today=today, country=country)
        if day
        else None,
        category=category,
    )
