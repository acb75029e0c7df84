"""Which currency ``$`` and ``kr`` are in a message: countries share these signs."""

import re
from dataclasses import replace

from rescind.core.follow.reading.sums import SumWords

_DOLLAR_OF = {
    "ca": "CAD",
    "au": "AUD",
    "nz": "NZD",
    "mx": "MXN",
    "cl": "CLP",
    "ar": "ARS",
    "uy": "UYU",
    "sg": "SGD",
    "hk": "HKD",
}
"""By the country of the sender's domain; .co is not Colombia's alone, nor .us used."""
_CROWN_OF = {"se": "SEK", "dk": "DKK", "no": "NOK", "is": "ISK"}
_DOLLARS = frozenset(_DOLLAR_OF.values()) | {"USD", "COP"}
_CROWNS = frozenset(_CROWN_OF.values())
_CODE = re.compile(rf"(?<!\w)({'|'.join(sorted(_DOLLARS | _CROWNS))})(?!\w)")
"""In capitals: ``nok`` is a word of two languages."""
_OF_ONE_COUNTRY = {
    currency: re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)
    for currency, words in {
        "USD": r"us\$|zelle(?!\w)|venmo(?!\w)",
        "CAD": r"ca?\$|interac(?!\w)",
        "AUD": r"au?\$|bpay(?!\w)|payid(?!\w)",
        "NZD": r"nz\$",
        "MXN": r"mx\$|clabe(?!\w)|spei(?!\w)|oxxo(?!\w)",
        "SEK": r"swish|autogirot?(?!\w)",
        "DKK": r"nemkonto|betalingsservice",
        "NOK": r"vipps|avtalegiro",
    }.items()
}
"""Signs, and ways to pay, that only one of the countries has."""


def with_local_signs(words: SumWords, sender: str, *texts: str) -> SumWords:
    """Return how sums are written, with the currency that ``$`` and ``kr`` have here.

    The only code that ``texts`` name, such as AUD, or the only way to pay of one
    country, says so before all; then the country of the sender's domain; then the
    language. The texts are the message with what it quotes, and what it answers.
    """
    whole = "\n".join(texts)
    codes = set(_CODE.findall(whole))
    ways = {code for code, way in _OF_ONE_COUNTRY.items() if way.search(whole)}
    country = sender.rpartition(".")[2]
    return replace(
        words,
        dollar=_only(codes & _DOLLARS)
        or _only(ways & _DOLLARS)
        or _DOLLAR_OF.get(country)
        or words.dollar,
        crowns=_only(codes & _CROWNS)
        or _only(ways & _CROWNS)
        or _CROWN_OF.get(country)
        or words.crowns,
    )


def _only(codes: set[str]) -> str | None:
    return next(iter(codes)) if len(codes) == 1 else None


ONE_SIGN = (_DOLLARS, _CROWNS)
"""Currencies that are written with the same sign."""


def is_told(currency: str, words: str) -> bool:
    """Return whether words tell a currency by more than a sign that others share."""
    way = _OF_ONE_COUNTRY.get(currency)
    return currency in _CODE.findall(words) or bool(way and way.search(words))
