"""Facts as people write them become facts as the core knows them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from rescind.adapters.data import countries
from rescind.core.errors import BadInput
from rescind.core.know.questions import QUESTIONS
from rescind.core.model.catalogue import Service
from rescind.core.model.facts import Facts, When
from rescind.core.model.money import Money
from rescind.core.model.period import Period, Unit

WHENS = (
    "purchased_at",
    "paid_at",
    "trial_ends_at",
    "renews_at",
    "cancelled_at",
    "term_ends_at",
    "delivered_at",
    "withdrawn_at",
    "withdrawal_informed_at",
    "contract_copy_at",
    "statement_at",
    "erasure_requested_at",
    "complained_at",
)
FLAGS = (
    "had_trial",
    "certificate_earned",
    "consumer",
    "withdrawal_waived",
    "withdrawal_informed",
    "premium_content_used",
    "financial_aid",
    "trial_price_clear",
    "start_requested",
    "fully_performed",
    "disclosure_complete",
    "contract_copy_received",
    "return_rule_shown",
    "cancel_button_missing",
    "renewal_notice_given",
    "charge_unauthorised",
    "service_not_as_promised",
)
PERIODS = ("period", "term", "notice", "renewal_term", "refund_window")
"""What a person can say of a contract that is not in the catalogue."""
WORDS = ("offer", "channel", "merchant", "kind", "upgraded_from")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "payment_method": QUESTIONS["payment_method"].options,
    "sold_by": ("online", "phone", "doorstep"),
}
"""Facts with a fixed list of values."""
KINDS = (
    "service",
    "digital_content",
    "course",
    "goods",
    "telecom",
    "gym",
    "insurance",
    "streaming",
    "newspaper",
    "dating",
    "energy",
    "water",
    "membership",
    "software",
)
"""What a service outside the catalogue can be."""
OTHERS = ("service", "country", "time_zone", "as_of", "price", "course_starts_on")
NAMES = (*OTHERS, *WORDS, *WHENS, *FLAGS, *PERIODS, *CHOICES)
"""Every fact of the public contract, and those that a service's terms turn on."""

IDENTIFIERS = frozenset(
    {"account_email", "invoice_id", "order_id", "card_last4", "user_id", "plan"}
)
"""Facts that letters use and no rule turns on."""

LONGEST = {Unit.DAY: 3660, Unit.WEEK: 520, Unit.MONTH: 120, Unit.YEAR: 10}
"""The longest terms that are understood: ten years."""
TRUE = frozenset({"true", "yes", "1"})
FALSE = frozenset({"false", "no", "0"})
FIRST_YEAR, LAST_YEAR = 1990, 2100
DAY_LENGTH = len("2026-01-31")
SHORTEST_MONTH = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFacts:
    """Facts, and the names of those given that nothing turns on."""

    facts: Facts
    not_used: tuple[str, ...]


def parse_json(text: str, *, field: str = "facts") -> Mapping[str, Any]:
    """Return a JSON object; amounts keep their exact decimals.

    Raises BadInput with line and column when it is not one.
    """
    try:
        raw = json.loads(text, parse_float=Decimal)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadInput(field, f"this is not JSON: {error}", ["{...}"]) from error
    if not isinstance(raw, dict):
        raise BadInput(field, "a JSON object is needed", ['{"service": "coursera"}'])
    return raw


def read_facts(
    raw: Mapping[str, Any], *, now: datetime, find: Callable[[str], Service]
) -> ReadFacts:
    """Return the facts a mapping states; absent or null means not known.

    ``find`` returns a service by its slug. Raises BadInput for the first fact that
    cannot be used.
    """
    given = {name: value for name, value in raw.items() if value is not None}
    not_used = tuple(name for name in given if _is_unused(name))
    slug = _text(given, "service")
    if slug is None:
        raise BadInput("service", "which service is it?", ["coursera", "other"])
    service = find(slug.strip().lower())
    country = _country(given)
    zones = _zones(given, country)
    read: dict[str, Any] = {name: _when(given, name, zones) for name in WHENS}
    read |= _flags(given) | _words(given, service)
    read |= read_periods(given) | {name: _choice(given, name) for name in CHOICES}
    starts = _when(given, "course_starts_on", zones)
    facts = Facts(
        service=service.slug,
        as_of=_when(given, "as_of", zones) or now,
        country=country,
        zones=zones,
        price=read_money(given.get("price")),
        course_starts_on=starts.date() if isinstance(starts, datetime) else starts,
        **read,
    )
    return ReadFacts(facts=facts, not_used=not_used)


def _is_unused(name: str) -> bool:
    if name in NAMES or name in IDENTIFIERS:
        return False
    near = get_close_matches(name, NAMES, n=2, cutoff=0.8)
    if near:
        raise BadInput(name, "there is no such fact", near)
    return True


def _text(given: Mapping[str, Any], name: str) -> str | None:
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise BadInput(name, f"text is needed, not {value!r}")
    return value


def _country(given: Mapping[str, Any]) -> str | None:
    text = _text(given, "country")
    return None if text is None else countries.country_code(text)


def _zones(given: Mapping[str, Any], country: str | None) -> tuple[tzinfo, ...]:
    name = _text(given, "time_zone")
    return countries.zones_of(country) if name is None else (countries.zone(name),)


def _when(
    given: Mapping[str, Any], name: str, zones: tuple[tzinfo, ...]
) -> When | None:
    text = _text(given, name)
    if text is None:
        return None
    return parse_when(text.strip(), name, zones)


def parse_when(text: str, name: str, zones: tuple[tzinfo, ...] = ()) -> When:
    """Return a day or a moment from ISO 8601; raises BadInput with what is near.

    A moment without an offset is read in the consumer's zone, if there is just one.
    """
    try:
        value = date.fromisoformat(text) if len(text) <= DAY_LENGTH else _moment(text)
    except ValueError as error:
        message = f"{text[:40]!r} is no ISO 8601 date: {error}"
        raise BadInput(name, message, _nearest_dates(text)) from error
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        message = f"{text!r}: the year must lie from {FIRST_YEAR} to {LAST_YEAR}"
        raise BadInput(name, message, [f"{2026}{text[4:]}"])
    if not isinstance(value, datetime) or value.tzinfo is not None:
        return value
    if len(zones) != 1:
        raise BadInput(name, f"{text!r} has no offset", [f"{text}+00:00", text[:10]])
    return value.replace(tzinfo=zones[0])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _nearest_dates(text: str) -> list[str]:
    """Return days that a mistyped date may have meant, in ISO 8601."""
    numbers = [int(part) for part in _parts(text) if part.isdigit()][:3]
    if len(numbers) != 3:  # noqa: PLR2004 - year, month and day
        return ["2026-01-31", "2026-01-31T12:00:00+00:00"]
    first, second, third = numbers
    tries = ((first, second, third), (third, second, first), (third, first, second))
    found = {near for y, m, d in tries if (near := _clamped(y, m, d)) is not None}
    if not found:
        nearest = _clamped(first, min(max(second, 1), 12), max(third, 1))
        found = {nearest or "2026-01-31"}
    return sorted(found)


def _parts(text: str) -> list[str]:
    return "".join(c if c.isascii() and c.isdigit() else " " for c in text[:10]).split()


def _clamped(year: int, month: int, day: int) -> str | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    tries = range(min(day, 31), 27, -1) if day > SHORTEST_MONTH else (day,)
    for last in tries:
        try:
            return date(year, month, last).isoformat()
        except ValueError:
            continue
    return None


def read_money(value: object, name: str = "price") -> Money | None:
    """Return a sum; raises BadInput naming the field for what is none."""
    if value is None:
        return None
    if isinstance(value, str):
        amount, _, currency = value.strip().partition(" ")
    elif isinstance(value, Mapping):
        amount, currency = str(value.get("amount", "")), str(value.get("currency", ""))
    else:
        amount, currency = "", ""
    try:
        money = Money(amount=Decimal(amount), currency=currency.strip().upper())
    except (InvalidOperation, ValueError) as error:
        message = f"{value!r} is no amount with a currency"
        raise BadInput(name, message[:200], _PRICES) from error
    if money.amount < 0:
        raise BadInput(name, "a sum is not negative", [str(-money.amount)])
    return money


_PRICES = ("13.50 EUR", '{"amount": "13.50", "currency": "EUR"}')


def _flags(given: Mapping[str, Any]) -> dict[str, bool | None]:
    flags = {name: _flag(given.get(name), name) for name in FLAGS}
    if flags["had_trial"] is None and "trial_ends_at" in given:
        flags["had_trial"] = True
    return flags


def _flag(value: object, name: str) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise BadInput(name, f"{value!r} is neither true nor false", ["true", "false"])


def read_periods(given: Mapping[str, Any]) -> dict[str, Period | bool | None]:
    """Return the lengths that a person states; ``open`` is a renewal without a term."""
    found: dict[str, Period | bool | None] = {}
    for name in PERIODS:
        text = _text(given, name)
        if name == "renewal_term" and text is not None and text.strip() == "open":
            found["renews_open"], found[name] = True, None
        else:
            found[name] = None if text is None else _length(text.strip(), name)
    return found


def _length(text: str, name: str) -> Period:
    near = ["P14D", "P1M", "P12M", *(["open"] if name == "renewal_term" else [])]
    try:
        length = Period.parse(text.upper())
    except ValueError as error:
        message = f"{text[:40]!r} is no ISO 8601 length of one unit"
        raise BadInput(name, message, near) from error
    if length.count > LONGEST[length.unit]:
        most = f"P{LONGEST[length.unit]}{length.unit.value}"
        raise BadInput(name, f"{text!r} is longer than a contract can be", [most])
    return length


def _choice(given: Mapping[str, Any], name: str) -> str | None:
    text = _text(given, name)
    if text is None:
        return None
    word = text.strip().lower().replace("_", "-")
    if word not in CHOICES[name]:
        raise BadInput.unknown_value(name, text, CHOICES[name])
    return word


def _words(given: Mapping[str, Any], service: Service) -> dict[str, str | None]:
    words = {name: _text(given, name) for name in WORDS}
    words["offer"] = _known(words["offer"], "offer", list(service.offers))
    words["upgraded_from"] = _known(
        words["upgraded_from"], "upgraded_from", list(service.offers)
    )
    if words["channel"] == "direct":
        words["channel"] = "web"
    words["channel"] = _known(words["channel"], "channel", list(service.channels))
    return words


def _known(value: str | None, name: str, known: list[str]) -> str | None:
    if value is None:
        return known[0] if known == ["other"] else None
    slug = value.strip().lower()
    if slug not in known:
        raise BadInput.unknown_value(name, value, known)
    return slug
