"""Which currency a table is in: by codes of ISO 4217, signs, and what stands above."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from babel.core import Locale, get_global

_WORD = re.compile(r"[^\W\d_]+")
_CODE, _GLUED_CODE = re.compile(r"\b[A-Z]{3}\b"), re.compile(r"[A-Z]{3}")
"""A currency's code in a header; among amounts, which are looked at as one text."""
_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "R$": "BRL",
    "US$": "USD",
    "NT$": "TWD",
    "HK$": "HKD",
    "NZ$": "NZD",
    "MX$": "MXN",
    "CA$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "S$": "SGD",
    "$": "USD",
    "¥": "JPY",
    "￥": "JPY",
    "円": "JPY",
    "元": "CNY",
    "zł": "PLN",
    "₹": "INR",
    "Kč": "CZK",
    "Ft": "HUF",
    "₺": "TRY",
    "₴": "UAH",
    "₽": "RUB",
    "₩": "KRW",
    "원": "KRW",
    "บาท": "THB",
    "฿": "THB",
    "₫": "VND",
    "₪": "ILS",
    "CHF": "CHF",
    "Fr.": "CHF",
}
THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Currencies with three decimals (ISO 4217, minor units)."""
_WORDS = frozenset({"ALL", "TOP", "TRY", "SOS", "PEN", "CUP", "MOP", "MAD", "COP"})
"""Codes that are words: in a header all in capitals they name no currency."""
_SHORT = frozenset(
    {
        "euroa", "eura", "kr", "rs", "zl", "kc", "ft", "lei", "lv", "din", "fr", "tl",
        "rm", "rp", "円", "元", "圓", "원", "บาท", "руб", "грн",
    }
)  # fmt: skip
"""Short names of currencies, as headers are compared."""
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "sv", "pl", "cs")
_DAY_FIRST = frozenset(
    {
        "EUR", "GBP", "AUD", "NZD", "INR", "ZAR", "SGD", "HKD", "CHF", "SEK", "NOK",
        "DKK", "PLN", "CZK", "HUF", "RON", "BRL", "MXN",
        "THB", "TRY", "UAH", "RUB", "BGN", "RSD", "ISK", "ILS", "VND", "IDR", "MYR",
        "ARS", "CLP", "COP", "PEN", "AED", "SAR", "EGP", "MAD", "TND", "NGN", "PKR",
    }
)  # fmt: skip
"""Currencies in whose countries the day stands before the month."""


@cache
def _codes() -> frozenset[str]:
    territories = get_global("territory_currencies")
    codes = (each[0] for every in territories.values() for each in every)
    return frozenset(codes) - {"XXX"}


def is_currency(text: str) -> bool:
    """Return whether a text is a code of ISO 4217, in capitals.

    >>> is_currency("EUR"), is_currency("NET"), is_currency("eur")
    (True, False, False)
    """
    return text.strip() in _codes()


def currency_code(text: str) -> str:
    """Return the code of a currency that a cell names in its own way, or nothing.

    >>> [currency_code(t) for t in ("eur", "Euro", "£", "US Dollar", "Kroner", "NET")]
    ['EUR', 'EUR', 'GBP', 'USD', '', '']
    """
    bare = text.strip()
    if is_currency(bare.upper()):
        return bare.upper()
    return _SIGNS.get(bare) or _names().get(bare.casefold(), "")


def is_currency_word(word: str) -> bool:
    """Return whether a word of a header, in lower case, stands for a currency.

    >>> [is_currency_word(w) for w in ("eur", "euro", "kr", "rs", "円", "top", "net")]
    [True, True, True, True, True, False, False]
    """
    if word in _SHORT:
        return True
    return word.upper() not in _WORDS and bool(currency_code(word))


@cache
def _names() -> Mapping[str, str]:
    """Return the names of currencies in the languages that banks write, by their code.

    A name that several currencies have is none of them.
    """
    of_name: dict[str, set[str]] = {}
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).currencies.items():
            if is_currency(code):
                of_name.setdefault(str(name).casefold(), set()).add(code)
    names = {name: next(iter(c)) for name, c in of_name.items() if len(c) == 1}
    return {**names, "euros": "EUR", "pounds sterling": "GBP", "pound sterling": "GBP"}


def currency_named(header: str, cells: Iterable[str]) -> str:
    """Return the currency that a header or the amounts below it name, or nothing."""
    joined = "".join(cells)
    in_header = [
        code
        for code in filter(is_currency, _CODE.findall(header))
        if code not in _WORDS or f"({code})" in header or not header.isupper()
    ]
    names = [_names().get(word, "") for word in _WORD.findall(header.casefold())]
    codes = [*in_header, *_signs_in(header), *filter(None, names)]
    glued = filter(is_currency, _GLUED_CODE.findall(joined))
    return next(iter([*codes, *_signs_in(joined), *glued]), "")


def order_by_currency(currency: str) -> str:
    """Return the order of dates that is usual where a currency is paid in, or none."""
    if currency == "USD":
        return "MDY"
    return "DMY" if currency in _DAY_FIRST else ""


def _signs_in(text: str) -> list[str]:
    return [name for sign, name in _SIGNS.items() if sign in text]
