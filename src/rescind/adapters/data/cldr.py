"""Locales: days, sums and countries as a language writes them (CLDR, by Babel)."""

import re
from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.languages import get_official_languages
from babel.numbers import (
    format_currency,
    format_decimal,
    get_currency_name,
    get_currency_symbol,
    get_territory_currencies,
)

from rescind.adapters.data.printable import unprintable
from rescind.core.model.money import Money

_FIRST_DAY = {"fr": "1er", "it": "1º", "pt-BR": "1º", "el": "1η"}
"""How a language writes the first of a month where CLDR has a plain 1."""
_AFTER_YEAR = {"pl": "\u00a0r."}
"""What official letters of a language write behind the year; CLDR leaves it out."""
_LETTER_BEFORE_DIGIT = re.compile(r"(?<=[^\W\d_])(?=[-−]?\d)")


class CldrFormat:
    """One language as one region writes it."""

    def __init__(self, language: str, region: str) -> None:
        """Keep the locale: ``de`` and ``CH`` give Swiss German."""
        self._language = language
        self._locale = _locale(language.replace("-", "_"), region)

    def day(self, day: date) -> str:
        """Return a day in words: ``10 November 2026``."""
        text = format_date(day, "long", locale=self._locale)
        first = _FIRST_DAY.get(self._language)
        if first and day.day == 1 and text.startswith("1 "):
            text = first + text[1:]
        return text + _AFTER_YEAR.get(self._language, "")

    def month(self, day: date) -> str:
        """Return the month of a day by itself: ``November 2026``."""
        text: str = format_skeleton("yMMMM", day, locale=self._locale)
        return text + _AFTER_YEAR.get(self._language, "")

    def money(self, money: Money) -> str:
        """Return a sum with its currency; spaces in it never break."""
        if (self._language, money.currency) == ("ja", "JPY"):
            # within a sentence yen stand behind the number; CLDR has the sign of a shop
            return f"{format_decimal(money.amount, locale=self._locale)}円"
        text: str = format_currency(money.amount, money.currency, locale=self._locale)
        if unprintable(text):
            # ₩ and ₪ are in no font of letters: the code says the same
            pattern = self._locale.currency_formats["standard"].pattern
            text = format_currency(
                money.amount,
                money.currency,
                locale=self._locale,
                format=pattern.replace("¤", "¤¤"),
            )
        return _spaced(text.replace("\u202f", "\u00a0"))


@cache
def _locale(language: str, region: str) -> Locale:
    base = language.split("_", maxsplit=1)[0]
    for name in (f"{base}_{region}", language, base):
        try:
            locale = Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
        if locale is not None:
            return locale
    return Locale("en")


def country_name(code: str, language: str) -> str | None:
    """Return a country's name in a language; ``None`` where CLDR has none."""
    return _locale(language.replace("-", "_"), code).territories.get(code)


def official_languages(country: str) -> tuple[str, ...]:
    """Return the official languages of a country, the most used first."""
    return tuple(get_official_languages(country, de_facto=True))


def is_spoken(language: str, country: str) -> bool:
    """Return whether a country has a language among its official ones."""
    return language.split("-", maxsplit=1)[0] in official_languages(country)


@cache
def currency_names(countries: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the currencies of countries by code, each with its sign and its name.

    >>> currency_names(("DE", "AT", "GB"))
    (('EUR', '€ euros'), ('GBP', '£ British pounds'))
    """
    codes = {code for each in countries for code in get_territory_currencies(each)}
    named = []
    for code in sorted(codes):
        sign, name = (
            get_currency_symbol(code, locale="en"),
            get_currency_name(code, count=2, locale="en"),
        )
        named.append((code, f"{sign} {name}"))
    return tuple(named)


def money_on_page(money: Money) -> str:
    r"""Return a sum as an English page has it: no hundredths where there are none.

    >>> from decimal import Decimal
    >>> money_on_page(Money(amount=Decimal("372.00"), currency="EUR"))
    '€372'
    >>> money_on_page(Money(amount=Decimal("1299.90"), currency="USD"))
    '$1,299.90'
    >>> money_on_page(Money(amount=Decimal(399), currency="SEK"))
    'SEK\xa0399'
    """
    is_whole = money.amount == money.amount.to_integral_value()
    text: str = format_currency(
        money.amount,
        money.currency,
        locale="en",
        format="¤#,##0" if is_whole else None,
        currency_digits=not is_whole,
    )
    return _spaced(text)


def _spaced(text: str) -> str:
    """Return a sum with a space between the letters of a currency and the number.

    CLDR's rule of spacing for currencies, which Babel leaves out.
    """
    return _LETTER_BEFORE_DIGIT.sub("\u00a0", text)


def sum_on_page(amount: str, currency: str | None) -> str:
    """Return a sum of a statement, a bare number where no currency is named.

    >>> sum_on_page("13.5", "EUR"), sum_on_page("13.5", None)
    ('€13.50', '13.50')
    """
    value = Decimal(amount)
    rounded = Money(amount=value, currency=currency or "XXX").of(value)
    return money_on_page(rounded) if currency else str(rounded.amount)
