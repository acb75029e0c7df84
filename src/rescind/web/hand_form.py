"""The fields of what the person writes down themselves of what they pay for."""

import re
from collections.abc import Mapping

from rescind.adapters.data.cldr import currency_names
from rescind.adapters.data.countries import country_names
from rescind.app.find.by_hand import RHYTHMS
from rescind.app.find.categories import CATEGORIES, OTHER
from rescind.core.errors import BadInput
from rescind.labels import day_in_words, label, period_name, say
from rescind.store.by_hand import PaidByHand
from rescind.web.page_field import PageField

NAMES = ("merchant", "price", "period", "renews_at", "category")
TYPED = (*NAMES, "price_currency")
"""What a form sends."""
_TABLE = "by_hand"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def typed_of(paid: PaidByHand) -> dict[str, str]:
    """Return what is kept as it would be typed."""
    return {
        "merchant": paid.name,
        "price": str(paid.amount.of(paid.amount.amount).amount),
        "price_currency": paid.amount.currency,
        "period": paid.period,
        "renews_at": day_in_words(paid.next_on) if paid.next_on else "",
        "category": paid.category,
    }


def hand_fields(
    typed: Mapping[str, str], error: BadInput | None
) -> tuple[PageField, ...]:
    """Return the fields with what was typed, and what is wrong at its own field."""
    return tuple(_field(name, typed, error) for name in NAMES)


def _field(name: str, typed: Mapping[str, str], error: BadInput | None) -> PageField:
    kinds = {"price": "sum", "period": "select", "category": "select"}
    wrong = error if error is not None and error.field == name else None
    value = typed.get(name, {"period": "P1M", "category": OTHER}.get(name, ""))
    return PageField(
        name=name,
        label=label(name, _TABLE),
        hint=label("leave_empty", _TABLE) if name == "renews_at" else "",
        kind=kinds.get(name, "text"),
        options=_options(name, value),
        value=value,
        currency=typed.get("price_currency", ""),
        currencies=(
            ("", label("own", "currency")),
            *currency_names(tuple(country_names())),
        )
        if name == "price"
        else (),
        error="" if wrong is None else say(wrong.message),
        choices=_days(wrong) if wrong is not None and name == "renews_at" else (),
    )


def _days(error: BadInput) -> tuple[tuple[str, str], ...]:
    """Return the days that a text may have meant, where it can be read in two ways."""
    days = [each for each in error.suggestions if _ISO.fullmatch(each)]
    return tuple((day, day_in_words(day)) for day in days)


def _options(name: str, value: str) -> tuple[tuple[str, str], ...]:
    if name == "category":
        return tuple((code, label(code, "category")) for code in CATEGORIES)
    if name != "period":
        return ()
    # another length may have been named at the command line
    lengths = RHYTHMS if value in RHYTHMS else (*RHYTHMS, value)
    return tuple((length, period_name(length)) for length in lengths)
