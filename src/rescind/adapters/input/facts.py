"""Facts as people write them become facts as the core knows them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from rescind.adapters.data import countries
from rescind.adapters.data.words import why_not
from rescind.adapters.input.charges import read_charges
from rescind.adapters.input.lengths import read_written_length, without_none
from rescind.adapters.input.months import BY_MONTH, months_among, nearest_days
from rescind.adapters.input.values import MOMENTS, parse_when, read_money
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, FactKind, facts_of
from rescind.core.model.catalogue import Service
from rescind.core.model.facts import Facts, When
from rescind.core.model.money import OtherCharge
from rescind.core.model.period import Period, Unit

IDENTIFIERS = frozenset(
    {"account_email", "invoice_id", "order_id", "card_last4", "user_id", "plan"}
    | {BY_MONTH}
)
"""Facts that letters use and no rule turns on."""

LONGEST = {Unit.DAY: 3660, Unit.WEEK: 520, Unit.MONTH: 120, Unit.YEAR: 10}
"""The longest terms that are understood: ten years."""
TRUE = frozenset({"true", "yes", "1"})
FALSE = frozenset({"false", "no", "0"})
_NOW = frozenset({"now", "today"})
"""Words for the moment that is taken anyway where none is told."""
_AN_OBJECT = '{"service": "coursera"}'


_IMPLIED = {
    "trial_ends_at": "had_trial",
    "certificate_earned_at": "certificate_earned",
}
"""Days that say by themselves that something was so."""
_TOLD_BY_EVENT = {"not-as-promised": "service_not_as_promised", "under-age": "minor"}
"""Events that have no day: naming one says all that is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFacts:
    """Facts, and the names of those entries that nothing turns on."""

    facts: Facts
    not_used: tuple[str, ...]


def parse_json(text: str, *, field: str = "facts") -> Mapping[str, Any]:
    """Return a JSON object; amounts keep their exact decimals.

    Raises BadInput with line and column when it is not one.
    """
    try:
        raw = json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        message = why_not("no_json", line=error.lineno, column=error.colno)
        raise BadInput(field, message, [_AN_OBJECT]) from error
    except RecursionError as error:
        raise BadInput(field, why_not("no_object"), [_AN_OBJECT]) from error
    if not isinstance(raw, dict):
        raise BadInput(field, why_not("no_object"), [_AN_OBJECT])
    return raw


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON; raises BadInput for a name that stands there twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput(twice, why_not("name_twice"))
    return found


def read_facts(
    raw: Mapping[str, Any], *, now: datetime, find: Callable[[str], Service]
) -> ReadFacts:
    """Return the facts a mapping states; absent or null means not known.

    ``find`` returns a service by its slug. Raises BadInput for the first fact that
    cannot be used.
    """
    entries = {name: value for name, value in raw.items() if value is not None}
    if str(entries.get("as_of")).strip().casefold() in _NOW:
        del entries["as_of"]
    not_used = tuple(name for name in entries if _is_unused(name))
    slug = _text(entries, "service")
    if slug is None:
        raise BadInput("service", why_not("no_service"), ["coursera", "other"])
    service = find(slug.strip().lower())
    country, zone = _country(entries), _text(entries, "time_zone")
    zones = (countries.zone(zone),) if zone else countries.zones_of(country)
    values: dict[str, Any] = {}
    values |= (
        _days(entries, zones) | _of_service(entries, service) | read_lengths(entries)
    )
    for fact in facts_of(*_READERS):
        values[fact.name] = _READERS[fact.kind](entries, fact.name)
    values["as_of"] = values["as_of"] or now
    for day, implied in _IMPLIED.items():
        if values[implied] is None and values[day] is not None:
            values[implied] = True
    for event, implied in _TOLD_BY_EVENT.items():
        if values["life_event"] == event:
            values[implied] = True
    facts = Facts(
        service=service.slug,
        country=country,
        zones=zones,
        by_month=months_among(entries),
        **values,
    )
    return ReadFacts(facts=facts, not_used=not_used)


def _country(entries: Mapping[str, Any]) -> str | None:
    place = _text(entries, "country")
    return countries.country_code(place) if place else None


def _is_unused(name: str) -> bool:
    if name in FACTS or name in IDENTIFIERS:
        return False
    near = get_close_matches(name, FACTS, n=2, cutoff=0.8)
    if near:
        raise BadInput(name, why_not("no_such_fact"), near)
    return True


def _text(entries: Mapping[str, Any], name: str) -> str | None:
    value = entries.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        is_day = FACTS[name].kind in (FactKind.DAY, FactKind.MOMENT)
        near = nearest_days(str(value)) if is_day else []
        message = why_not("text_needed", value=str(value))
        raise BadInput(name, message, near or _ways(name))
    if not value.strip():
        raise BadInput(name, why_not("nothing_given"), _ways(name))
    return value


def _ways(name: str) -> tuple[str, ...]:
    """Return values that a fact can have, or ways to write one."""
    fact = FACTS[name]
    return fact.choices or _EXAMPLES.get(fact.kind, ())


_EXAMPLES: Mapping[FactKind, tuple[str, ...]] = {
    FactKind.SERVICE: ("coursera", "other"),
    FactKind.COUNTRY: ("DE", "FR", "US-CA"),
    FactKind.TIME_ZONE: ("Europe/Berlin", "America/New_York"),
    FactKind.DAY: ("2026-01-31",),
    FactKind.MOMENT: MOMENTS,
    FactKind.LENGTH: ("P12M", "P1Y", "P14D"),
    FactKind.MONEY: ("13.50 EUR",),
    FactKind.CHARGES: ("2026-10-05 39.95 USD",),
    FactKind.CHANNEL: ("web", "apple", "google"),
}


def _days(
    entries: Mapping[str, Any], zones: tuple[tzinfo, ...]
) -> dict[str, When | None]:
    """Return all days and moments; what can only be a day loses its time."""
    days: dict[str, When | None] = {}
    for fact in facts_of(FactKind.MOMENT, FactKind.DAY):
        text = _text(entries, fact.name)
        when = None if text is None else parse_when(text.strip(), fact.name, zones)
        if fact.kind is FactKind.DAY and isinstance(when, datetime):
            when = when.date()
        days[fact.name] = when
    return days


def read_lengths(entries: Mapping[str, Any]) -> dict[str, Period | bool | None]:
    """Return the lengths that a person states; ``open`` is a renewal without a term."""
    lengths: dict[str, Period | bool | None] = {}
    entries = without_none(entries)
    for fact in facts_of(FactKind.LENGTH):
        name, text = fact.name, _text(entries, fact.name)
        if name == "renewal_term" and text is not None and text.strip() == "open":
            lengths["renews_open"], lengths[name] = True, None
        else:
            lengths[name] = None if text is None else _length(text.strip(), name)
    return lengths


def _length(text: str, name: str) -> Period:
    near = [*_EXAMPLES[FactKind.LENGTH], *(["open"] if name == "renewal_term" else [])]
    try:
        length = read_written_length(text, name)
    except BadInput as error:
        message = why_not("no_length_in_file", value=text[:40])
        if text.isdecimal():
            # a number alone: of what, only the person can say
            near = list(error.suggestions)
        raise BadInput(name, message, near) from error
    if length.count > LONGEST[length.unit]:
        most = f"P{LONGEST[length.unit]}{length.unit.value}"
        raise BadInput(name, why_not("length_too_long", length=length), [most])
    return length


def _yes_no(entries: Mapping[str, Any], name: str) -> bool | None:
    value = entries.get(name)
    if value is None or isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise BadInput(name, why_not("no_yes_or_no", value=word), ["true", "false"])


def _charges(entries: Mapping[str, Any], name: str) -> tuple[OtherCharge, ...] | None:
    text = _text(entries, name)
    return None if text is None else read_charges(text, name)


_OLDER_NAMES = {"doorstep": "door"}
"""Values that are still read, by what they are called now."""


def _choice(entries: Mapping[str, Any], name: str) -> str | None:
    text, choices = _text(entries, name), FACTS[name].choices
    if text is None:
        return None
    word = text.strip().lower().replace("_", "-")
    word = _OLDER_NAMES.get(word, word)
    if word not in choices:
        raise BadInput.unknown_value(name, text, choices)
    return word


def _of_service(entries: Mapping[str, Any], service: Service) -> dict[str, str | None]:
    """Return what has to be among the offers and the channels of the service."""
    offers = list(service.offers)
    slugs = {
        fact.name: _slug_among(_text(entries, fact.name), fact.name, offers)
        for fact in facts_of(FactKind.OFFER)
    }
    for fact in facts_of(FactKind.CHANNEL):
        slug = _text(entries, fact.name)
        if slug is not None:
            slug = taken_as(slug, service) or slug
        if slug is None and service.kind in _SOLD_IN_NO_STORE:
            slug = "web" if service.slug == "other" else None
        slugs[fact.name] = _slug_among(slug, fact.name, list(service.channels))
    return slugs


def taken_as(channel: str, service: Service) -> str | None:
    """Return through which of its channels a service is billed; ``None``: through none.

    What finding calls direct is here called web. PayPal only takes the money for a
    contract with the company, unless the service's entry says more of it.
    """
    slug = channel.strip().lower()
    if slug == "direct" or (slug == PAYPAL and PAYPAL not in service.channels):
        slug = "web"
    return slug if slug in service.channels else None


PAYPAL = "paypal"


_SOLD_IN_NO_STORE = frozenset(
    {"gym", "telecom", "insurance", "energy", "water", "goods", "box"}
)
"""Kinds that are used outside of an app: Apple's App Review Guidelines 3.1.3(e) and
Google Play's payments policy let no such thing be billed by their stores. Whoever
else bills has to be named."""


def _slug_among(value: str | None, name: str, slugs: list[str]) -> str | None:
    if value is None:
        # a service that no file describes has one offer, which nobody need name
        return slugs[0] if slugs == ["other"] else None
    slug = value.strip().lower()
    if slug not in slugs:
        raise BadInput.unknown_value(name, value, slugs)
    return slug


_READERS: Mapping[FactKind, Callable[[Mapping[str, Any], str], Any]] = {
    FactKind.TEXT: _text,
    FactKind.YES_NO: _yes_no,
    FactKind.MONEY: lambda entries, name: read_money(
        entries.get(name), name, country=_country(entries)
    ),
    FactKind.CHARGES: _charges,
    FactKind.CHOICE: _choice,
}
"""The kinds whose values can be read without knowing the service or the place."""
