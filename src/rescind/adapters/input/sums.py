"""Sums as people write them: ``399``, ``€399``, ``1.299,00``, ``kr 99,-``.

``price-parser`` reads the number; which currency it is in follows from the words and
signs beside it, those of the person's country first (CLDR, by Babel).
"""

import re
import unicodedata
from decimal import Decimal
from functools import cache

from rescind.adapters.data.words import why_not
from rescind.adapters.input.lengths import is_length, unit_named
from rescind.core.errors import BadInput
from rescind.core.model.money import Money

_NAMES = {
    name: code
    for code, names in {
        "EUR": "€ euro euros",
        "GBP": "£ pound pounds quid",
        "JPY": "¥ yen 円",
        "CNY": "元",
        "INR": "₹ rupee rupees rs",
        "KRW": "₩ won 원",
        "PLN": "zł",
        "CHF": "franken rappen",
        "CZK": "kč",
        "HUF": "ft",
        "RON": "lei",
        "ILS": "₪ nis",
        "TRY": "₺",
        "RUB": "₽",
        "UAH": "₴",
        "VND": "₫",
        "PHP": "₱",
        "THB": "฿",
        "NGN": "₦",
        "GHS": "₵",
        "CRC": "₡",
        "PYG": "₲",
        "KZT": "₸",
        "IDR": "rp",
        "BRL": "r$ reais",
        "USD": "us$",
        "CAD": "ca$ c$",
        "AUD": "a$ au$",
        "NZD": "nz$",
        "HKD": "hk$",
        "SGD": "s$",
        "MXN": "mx$",
        "TWD": "nt$",
    }.items()
    for name in names.split()
}
"""What names one currency only, wherever it is written."""
_LOCAL_OF = {
    **dict.fromkeys(("$", "dollar", "dollars", "buck", "bucks"), "dollar"),
    "kr": "kr",
    **dict.fromkeys(("krone", "kroner", "krona", "kronor"), "kron"),
    **dict.fromkeys(("fr", "franc", "francs", "sfr"), "franc"),
}
"""Names that several countries have for their money, and what CLDR's name holds."""
_HUNDREDTHS = frozenset(
    {
        "¢",
        "cent",
        "cents",
        "ct",
        "cts",
        "p",
        "pence",
        "centimes",
        "rappen",
        "öre",
        "øre",
    }
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+|\s\d{3}(?!\d))*")
_WORD = re.compile(r"[^\W\d_]*[^\w\s.,;:()/*+'\"-]|[^\W\d_]+")
_SPLIT_BY_SIGN = re.compile(r"(\d)\s?([€£$])\s?(\d\d)\b")
_EACH = re.compile(r"\s*(?:/|\bper\b|\bevery\b|\beach\b|\bpro\b|\ba\b|\(|\bfor\b)(.*)$")
_SHARE = re.compile(
    r"%|\b(?:per ?cent|prozent|pour ?cent|por ?ciento|por ?cento|percento|procent)\b",
    re.IGNORECASE,
)
"""A share of something: which sum it comes to, only the person can work out."""
_SHORT = 4
"""Letters of a sign of money in letters: ``R``, ``lei``, ``Ksh``."""
_BESIDE = frozenset(
    {"pm", "pa", "mtl", "mntl", "per", "pro", "a", "an", "for", "incl", "inkl", "was"}
)
"""Short words that stand beside a sum and are no money."""


def read_written_money(text: str, field: str, *, country: str | None) -> Money:
    """Return the sum that somebody wrote: ``399``, ``€399``, ``1.299,00 EUR``.

    Where no currency is named, it is that of ``country`` (ISO 3166-1). Raises BadInput
    naming the field: for no sum, for several, and where nobody can tell the currency.
    """
    from price_parser import Price  # noqa: PLC0415 - 0.02 s; only a sum needs it

    if _SHARE.search(text):
        message = why_not("share_no_sum", value=text.strip()[:40])
        raise BadInput(field, message, ["399.00 EUR", "€399", "13.50 USD"])
    words = _without_rhythm(unicodedata.normalize("NFKC", text).strip())
    numbers = _NUMBER.findall(words)
    price = Price.fromstring(words)
    if words.startswith(("-", "−")) and price.amount is not None:
        positive = read_written_money(words.lstrip("-− "), field, country=country)
        raise BadInput(field, why_not("sum_negative"), [str(positive)])
    if price.amount is None or len(numbers) > 1:
        message = why_not("no_sum", value=text.strip()[:40])
        raise BadInput(field, message, _near(words, numbers, country))
    amount = Decimal(price.amount)
    names = _names(words, country)
    if names & _HUNDREDTHS:
        amount, names = amount / 100, names - _HUNDREDTHS
    currency = _currency(names, country)
    if currency is None:
        message = why_not("which_currency", amount=str(amount))
        likely = dict.fromkeys((_money_of(country) or "EUR", "EUR", "USD"))
        raise BadInput(field, message, [f"{amount} {code}" for code in likely])
    money = Money(amount=amount, currency=currency)
    check_sum(money, field)
    return money


def check_sum(money: Money, field: str) -> None:
    """Raise BadInput for a sum that no price can be: too large, or too fine."""
    if money.amount > LARGEST_SUM:
        message = why_not("sum_too_large", value=str(money))
        raise BadInput(field, message, _PRICES)
    places = 3 if money.currency in _THOUSANDTHS else -_exponent(money.smallest)
    if -_exponent(money.amount.normalize()) > places:
        message = why_not(
            "sum_too_fine", money=str(money), currency=money.currency, places=places
        )
        raise BadInput(field, message, [str(money.of(money.amount))])


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


LARGEST_SUM = 10**12
"""More than any contract costs in any currency."""
_PRICES = ("13.50 EUR", "59.00 USD")
_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Currencies whose smaller unit is a thousandth (ISO 4217)."""


def _without_rhythm(text: str) -> str:
    """Return a sum without how often it is paid, its number in one piece."""
    words = _SPLIT_BY_SIGN.sub(r"\1.\3 \2", text)
    words = re.sub(r"(?<=\d)['’](?=\d{3})", "", words)
    each = _EACH.search(words)
    if each is not None and is_length(each[1].strip(" ).")):
        words = words[: each.start()]
    kept = [word for word in words.split() if unit_named(word.strip("()")) is None]
    return " ".join(kept)


def _near(words: str, numbers: list[str], country: str | None) -> list[str]:
    """Return the sums that several numbers may have been meant as, with their money."""
    currency = _currency(_names(words, country), country)
    if len(numbers) > 1 and not _WITH_EXPONENT.search(words):
        plain = [number.strip(" .,") for number in numbers[:3]]
        return [f"{number} {currency}" if currency else number for number in plain]
    return ["399.00 EUR", "€399", "13.50 USD"]


_WITH_EXPONENT = re.compile(r"\d[eE][+-]?\d")


def _names(text: str, country: str | None) -> frozenset[str]:
    """Return the words and signs of a text that can name money.

    A short word beside the number that nobody knows is among them: it may be the name
    of a currency, and so must not be passed over.
    """
    names, codes = set(), set()
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        is_beside = text[: match.start()].rstrip()[-1:].isdigit() or (
            text[match.end() : match.end() + 1].isdigit()
        )
        is_code = word.upper() in _current_codes()
        if is_code and (match[0].isupper() or is_beside):
            codes.add(word)
        elif _may_name_money(word, country, is_beside=is_beside):
            names.add(word)
    # "$199 MXN": the code says which dollar or peso it is
    return frozenset(codes or names)


_KNOWN = frozenset({*_NAMES, *_LOCAL_OF, *_HUNDREDTHS})


def _may_name_money(word: str, country: str | None, *, is_beside: bool) -> bool:
    if word in _KNOWN or word in _words_of(_money_of(country), country):
        return True
    return is_beside and len(word) <= _SHORT and word not in _BESIDE


def _currency(names: frozenset[str], country: str | None) -> str | None:
    """Return the currency that names stand for, or that the country has if none is."""
    local = _money_of(country)
    if not names:
        return local
    meanings = {_code(name, local, country) for name in names}
    return meanings.pop() if len(meanings) == 1 else None


def _code(name: str, local: str | None, country: str | None) -> str | None:
    """Return the ISO 4217 code of a name; ``None`` where nobody can tell."""
    if name in _words_of(local, country):
        return local
    if name in _LOCAL_OF:
        english = _english_name(local)
        if _LOCAL_OF[name] in english:
            return local
        return "USD" if name == "$" else None
    return _NAMES.get(name) or (
        name.upper() if name.upper() in _current_codes() else None
    )


def names_money(word: str) -> bool:
    """Return whether a word or sign is what some country calls its money.

    >>> names_money("EUR"), names_money("kr"), names_money("pass")
    (True, True, False)
    """
    return word.casefold() in _KNOWN or word.upper() in _current_codes()


def code_named(word: str) -> str | None:
    """Return the one currency (ISO 4217) that a word or sign names.

    ``None`` where it names several, as a dollar does, or a share of one.

    >>> code_named("€"), code_named("kr")
    ('EUR', None)
    """
    name = word.casefold()
    if name in _LOCAL_OF or name in _HUNDREDTHS:
        return None
    return _code(name, None, None)


@cache
def _english_name(currency: str | None) -> str:
    """Return what CLDR calls a currency in English: ``swiss franc``."""
    from babel import Locale  # noqa: PLC0415 - 0.006 s; only a sum needs it

    return str(Locale("en").currencies.get(currency or "", "")).casefold()


@cache
def _words_of(currency: str | None, country: str | None) -> frozenset[str]:
    """Return what a country calls its money: its sign and the words of its name."""
    if currency is None or country is None:
        return frozenset()
    from babel import Locale  # noqa: PLC0415 - 0.006 s; only a sum needs it
    from babel.numbers import (  # noqa: PLC0415 - 0.006 s
        get_currency_name,
        get_currency_symbol,
    )

    locale = Locale.parse(f"und_{country[:2]}")
    names = [get_currency_symbol(currency, locale)]
    for each in (locale, Locale("en")):
        for count in (1, 2, 5):
            names += str(get_currency_name(currency, count, each)).split()
    return frozenset(name.casefold().rstrip(".") for name in names)


@cache
def _current_codes() -> frozenset[str]:
    """Return the currencies that some country pays with today."""
    from babel import Locale  # noqa: PLC0415 - 0.006 s; only a sum needs it
    from babel.numbers import get_territory_currencies  # noqa: PLC0415 - 0.006 s

    places = [str(code) for code in Locale("en").territories]
    return frozenset(
        str(code)
        for place in places
        if len(place) == len("DE")
        for code in get_territory_currencies(place)
    )


def _money_of(country: str | None) -> str | None:
    from babel.numbers import get_territory_currencies  # noqa: PLC0415 - 0.006 s

    current = get_territory_currencies(country[:2]) if country else []
    return str(current[0]) if current else None
