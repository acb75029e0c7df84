"""Countries and their time zones, from the tz database."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import tzdata

from rescind.adapters import clock
from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.words import why_not
from rescind.adapters.data.yaml import read_yaml
from rescind.core.errors import BadInput

_TABLES = Path(tzdata.__file__).parent / "zoneinfo"
SUMMER = datetime(2026, 7, 1, tzinfo=UTC)
"""The moment by whose offsets the zones of a country are put in order."""
ALIASES = {"UK": "GB", "EL": "GR"}
"""Names in everyday and EU use for countries whose ISO code differs."""


@cache
def _zone_names() -> Mapping[str, tuple[str, ...]]:
    """Return each country's zones, from the tz database's ``zone.tab``."""
    zones: dict[str, list[str]] = {}
    table = (_TABLES / "zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            zones.setdefault(country, []).append(name)
    return {country: tuple(names) for country, names in zones.items()}


def country_code(text: str) -> str:
    """Return a country as ISO 3166-1 or 3166-2; raises BadInput otherwise."""
    code = text.strip().upper()
    country, _, part = code.partition("-")
    country = ALIASES.get(country, country)
    if country not in _zone_names():
        raise BadInput("country", why_not("no_country", value=text), _near(text))
    if "-" not in code:
        return country
    part = _OLDER_PARTS.get(f"{country}-{part}", part)
    known = parts_of(country)
    is_one = part in known if known else part.isalnum() and len(part) <= 3  # noqa: PLR2004 - ISO 3166-2
    if not is_one:
        message = why_not("no_part", value=text, country=country_names()[country])
        raise BadInput("country", message, _near_parts(country, part) or [country])
    return f"{country}-{part}"


_OLDER_PARTS = {
    "IN-OR": "OD",
    "IN-CT": "CG",
    "IN-TG": "TS",
    "IN-UT": "UK",
    "IN-DN": "DH",
    "IN-DD": "DH",
}
"""Codes of India that ISO 3166-2 replaced in 2020 and 2023."""


@cache
def parts_of(country: str) -> Mapping[str, str]:
    """Return the names of a country's states by code; none where no law is theirs."""
    parts: Mapping[str, str] = read_yaml(SHIPPED / "subdivisions.yaml").get(country, {})
    return parts


def _near_parts(country: str, part: str) -> list[str]:
    """Return the codes of a country's parts that are named or written like a text."""
    names = {name.casefold(): code for code, name in parts_of(country).items()}
    near = get_close_matches(part.casefold(), names, n=3, cutoff=0.7)
    codes = [names[name] for name in near] or get_close_matches(
        part, list(parts_of(country)), n=3, cutoff=0.4
    )
    if not codes:
        codes = [code for code in parts_of(country) if code[:1] == part[:1]]
    return [f"{country}-{code}" for code in codes or parts_of(country)]


def place(text: str) -> str:
    """Return what a person calls a country as ISO 3166: by its name or its code.

    Raises BadInput with the nearest codes for any other text.

    >>> place("us-ca"), place("Deutschland"), place("USA")
    ('US-CA', 'DE', 'US')
    """
    code = text.strip().upper().partition("-")[0]
    # names of all countries in all our languages take 0.1 s to load
    is_code = code in _zone_names() or code in ALIASES
    name = text.strip().casefold()
    if not is_code and name in _SHARED:
        raise BadInput("country", why_not("two_places", value=text), _SHARED[name])
    named = None if is_code else _codes_by_name().get(name)
    return named or country_code(text)


_SHARED = {"georgia": ("GE", "US-GA")}
"""Names that a country has in English, and a state that has law of its own."""
_EVERYDAY = {
    **dict.fromkeys(("usa", "u.s.", "u.s.a.", "america"), "US"),
    **dict.fromkeys(("great britain", "england", "scotland", "wales"), "GB"),
    "northern ireland": "GB",
    "holland": "NL",
    "the netherlands": "NL",
    "korea": "KR",
    "québec": "CA-QC",
}
"""Names that CLDR does not have."""


@cache
def _codes_by_name() -> Mapping[str, str]:
    """Return the codes of countries by their names in the languages that we speak.

    Those of states and provinces that have law of their own are among them.
    """
    from babel import Locale  # noqa: PLC0415 - 0.002 s; few write a country's name

    found = dict(_EVERYDAY)
    languages = sorted(path.stem for path in (SHIPPED / "languages").glob("*.yaml"))
    for language in ["en", *(each for each in languages if each != "citations")]:
        names = Locale.parse(language, sep="-").territories
        for code in _zone_names():
            found.setdefault(str(names.get(code, code)).casefold(), code)
    for code, name in country_names().items():
        found.setdefault(name.casefold(), code)
    parts = read_yaml(SHIPPED / "subdivisions.yaml")
    names_of_parts = Counter(
        n.casefold() for each in parts.values() for n in each.values()
    )
    for country, names_by_code in parts.items():
        for code, name in names_by_code.items():
            if names_of_parts[name.casefold()] == 1:
                found.setdefault(name.casefold(), f"{country}-{code}")
    return found


def _near(text: str) -> list[str]:
    """Return the codes of countries named like a text, or that begin like it."""
    names = _codes_by_name()
    near = get_close_matches(text.strip().casefold(), names, n=3, cutoff=0.7)
    if near:
        return list(dict.fromkeys(names[name] for name in near))
    first = text.strip().upper()[:2]
    codes = [code for code in _zone_names() if code.startswith(first)]
    same = sorted(code for code in _zone_names() if code[:1] == first[:1])
    return codes or same or ["DE", "FR", "GB", "US"]


@cache
def _zones() -> frozenset[str]:
    """Return every zone's name; to list them reads the whole folder of zones, 9 ms."""
    return frozenset(available_timezones())


def zone(name: str) -> ZoneInfo:
    """Return a time zone; raises BadInput with the nearest names otherwise."""
    names = _zones()
    if name not in names:
        by_lower = {each.lower(): each for each in names}
        error = BadInput.unknown_value("time_zone", name, sorted(by_lower))
        near = [by_lower[lower] for lower in error.suggestions if lower in by_lower]
        raise BadInput("time_zone", error.message, near)
    return ZoneInfo(name)


@cache
def zones_of(country: str | None) -> tuple[tzinfo, ...]:
    """Return the country's zones that end a day first and last; none if unknown."""
    if country is None:
        return ()
    names = _zones_of_part(country) or _zone_names().get(country[:2], ())
    zones = sorted((ZoneInfo(name) for name in names), key=_offset, reverse=True)
    if not zones or _offset(zones[0]) == _offset(zones[-1]):
        return tuple(zones[:1])
    return (zones[0], zones[-1])


def zone_choices(country: str | None) -> tuple[str, ...]:
    """Return the names of a country's or state's zones; all names where none is said.

    >>> zone_choices("US-AZ"), zone_choices("PT")
    (('America/Phoenix',), ('Atlantic/Azores', 'Atlantic/Madeira', 'Europe/Lisbon'))
    """
    if country is None:
        return tuple(
            sorted({name for names in _zone_names().values() for name in names})
        )
    return tuple(sorted(_zones_of_part(country) or _zone_names().get(country[:2], ())))


def zone_of_purchase(facts: Mapping[str, Any]) -> tzinfo:
    """Return the zone in which a purchase's days are read and written.

    The one that was stated, or that of the country where it has one. Where it has
    several, the one that the person chose, else this machine's if it is one of them,
    else the one that most of the country keeps. Facts that cannot be read any more, or
    name no country, tell none: it is the person's own, else this machine's.
    """
    name, country = facts.get("time_zone"), facts.get("country")
    try:
        if name:
            return zone(str(name))
        code = country_code(str(country)) if country else None
    except BadInput:
        code = None
    zones, own = zones_of(code), clock.local_zone()
    if len(zones) == 1:
        return zones[0]
    # one that was chosen bears a name; a machine's own is only an offset
    return own if not zones or isinstance(own, ZoneInfo) else _likely_zone(code, own)


def _likely_zone(country: str | None, own: tzinfo) -> tzinfo:
    """Return a country's zone that agrees with ``own`` now, else its commonest one."""
    now = clock.now()
    zones = [ZoneInfo(name) for name in zone_choices(country)]
    offsets = Counter(now.astimezone(zone).utcoffset() for zone in zones)
    here = now.astimezone(own).utcoffset()
    wanted = here if here in offsets else offsets.most_common(1)[0][0]
    return next(z for z in zones if now.astimezone(z).utcoffset() == wanted)


def _zones_of_part(place: str) -> tuple[str, ...]:
    """Return the zones of a state or province; none where they are not on file."""
    country, _, part = place.partition("-")
    by_zone = read_yaml(SHIPPED / "zones.yaml").get(country, {}) if part else {}
    return tuple(zone for zone, parts in by_zone.items() if part in parts)


def _offset(zone_info: ZoneInfo) -> float:
    offset = SUMMER.astimezone(zone_info).utcoffset()
    return offset.total_seconds() if offset else 0.0


@cache
def country_names() -> Mapping[str, str]:
    """Return each country's English name, from the tz database's ``iso3166.tab``."""
    table = (_TABLES / "iso3166.tab").read_text(encoding="utf-8")
    rows = (
        line.split("\t") for line in table.splitlines() if line[:1] not in ("#", "")
    )
    return {code: name for code, name in rows if code in _zone_names()}
