"""Names in lines of statements: who sells, and what the merchant is called there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import rescind
from rescind.adapters.data.billed_names import payers, without_mark, without_payer
from rescind.adapters.data.name_words import words_of
from rescind.adapters.data.yaml import read_yaml

_FOLDER = Path(rescind.__file__).parent / "data"
_BY_CONTRACT = frozenset({"subscription", "bill"})
_REFERENCE = re.compile(r"(?<!\w)(?=(?:[^\s]*\d){4})[\w/#.:-]+(?!\w)")
"""A number by which the bank or the merchant finds the charge, or a telephone."""
_OWN_REFERENCE = re.compile(r"(?=.*\d[A-Z])[A-Z0-9]{5,}")
"""What a store writes behind its mark to find the charge by: AB12C."""
_PARTS = re.compile(r"[\s*|,;_]+")
_LONG_STEM = 5
"""Letters from which a merchant's name is found at the start of a longer word."""
_LEAST_BOOKING = 4
"""Letters of a word that is a way of booking: "de" and "la" begin names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """Who sells for the maker, and so is the one to ask."""

    name: str
    channel: str = ""
    """Its slug among the channels; empty: none is on file."""


class LineName(NamedTuple):
    """What a line of a statement calls who is paid, or what is paid for."""

    name: str
    rest: tuple[str, ...]
    """Words beside the merchant's name, folded: a product, or a place."""
    merchant: str
    """The merchant's name, as it is on file; empty: none is."""


def seller_of(line: str) -> tuple[Seller, str] | None:
    """Return who sells by a line of a statement, and what stands behind the mark.

    >>> seller_of("PADDLE.NET* OBSCURE")
    (Seller(name='Paddle', channel='paddle'), 'OBSCURE')
    >>> seller_of("Paddle Club"), seller_of("STRIPE *OBSCURE")
    (None, None)
    """
    line = without_payer(_without_booking(line))
    for pattern, seller in _sellers():
        match = pattern.match(line)
        if match is not None:
            rest = line[match.end() :].strip(" *|:.-")
            return seller, "" if _OWN_REFERENCE.fullmatch(rest) else rest
    return None


def seller_within(text: str) -> Seller | None:
    """Return who sells by a statement's text, wherever the mark stands in it.

    >>> seller_within("POS 0412 ROKU FOR STARZ 866-555-0100")
    Seller(name='Roku', channel='roku')
    """
    return next((each for mark, each in _sellers() if mark.search(text)), None)


@cache
def _sellers() -> tuple[tuple[re.Pattern[str], Seller], ...]:
    entries = read_yaml(_FOLDER / "descriptors" / "sellers.yaml")["sellers"]
    return tuple(
        (_pattern(mark), Seller(name=each["name"], channel=each.get("channel", "")))
        for each in entries
        for mark in each["marks"]
    )


def _pattern(mark: str) -> re.Pattern[str]:
    words = re.escape(mark.rstrip("*")).replace(r"\ ", r"[\s*]*")
    end = r"\s*\*\s*" if mark.endswith("*") else r"(?![\w])(?:\.com)?[\s*|]*"
    return re.compile(rf"\s*(?<!\w){words}{end}", re.IGNORECASE)


def with_star(line: str) -> str:
    """Return a line with a star behind who carries the money, where none stands there.

    Only before a merchant on file: PayPal Credit is something else.

    >>> with_star("KLARNA SPOTIFY AB"), with_star("PayPal Credit"), with_star("Klarna")
    ('KLARNA * SPOTIFY AB', 'PayPal Credit', 'Klarna')
    """
    match = _payer().match(line)
    if match is None:
        return line
    rest = line[match.end() :]
    words = [word for word in _PARTS.split(rest) if word]
    return f"{match[1]} * {rest}" if _merchant_of(words) is not None else line


@cache
def _payer() -> re.Pattern[str]:
    long = (each for each in payers() if len(each) >= _LONG_STEM)
    names = (re.escape(each) for each in long if not each.startswith("google"))
    return re.compile(rf"\s*({'|'.join(names)})\s+(?=\w)", re.IGNORECASE)


def is_line(text: str) -> bool:
    """Return whether a text is a line of a statement, by a mark or a reference in it.

    >>> [is_line(each) for each in ("XBOX *GAME PASS", "Studio 54", "Rock*")]
    [True, False, False]
    """
    has_star = re.search(r"\w\s*\*\s*\w", text) is not None
    return has_star or seller_of(text) is not None or bool(_REFERENCE.search(text))


def name_in_line(line: str) -> LineName:
    """Return what a line calls the merchant: as on file, else what the line says.

    >>> name_in_line("XBOX *GAME PASS").name, name_in_line("ZORBLATT 88412345").name
    ('Xbox Game Pass', 'ZORBLATT')
    """
    sold = seller_of(line)
    bare = sold[1] if sold is not None else without_mark(line)
    bare = _without_booking(_REFERENCE.sub(" ", bare)) or bare or without_mark(line)
    words = [word for word in _PARTS.split(bare) if word]
    known = _merchant_of(words)
    if known is None:
        return LineName(" ".join(words), (), "")
    merchant, taken = known
    left = [w for w in words[taken:] if _is_telling(w)]
    # a product's stem may say more than the merchant's name: its words stay with it
    name = " ".join((merchant, *(_titled(word) for word in left)))
    return LineName(name, tuple(w for word in left for w in words_of(word)), merchant)


def _without_booking(text: str) -> str:
    """Return a line without the ways of booking that it begins with."""
    booking, words = _ways_of_booking(), text.split()
    while words[1:] and all(
        w in booking and len(w) >= _LEAST_BOOKING for w in words_of(words[0])
    ):
        words = words[1:]
    return " ".join(words)


@cache
def _ways_of_booking() -> frozenset[str]:
    """Return words that are no part of a name: ways of booking, places, legal forms."""
    lines = read_yaml(_FOLDER / "descriptors" / "words.yaml")["noise"]
    return frozenset(word for line in lines for word in words_of(line))


def _is_telling(word: str) -> bool:
    return not all(part in _ways_of_booking() for part in words_of(word))


def _titled(word: str) -> str:
    return word.capitalize() if word.isupper() else word


def _merchant_of(words: list[str]) -> tuple[str, int] | None:
    """Return the merchant by whose name a line begins, and how many words that takes.

    The longest name is meant; one of few letters stands alone.
    """
    parts = [(part, at) for at, word in enumerate(words) for part in words_of(word)]
    stems, text, found = _stems(), "", None
    for number, (part, at) in enumerate(parts):
        text = f"{text} {part}".strip()
        is_whole = number + 1 == len(parts) or parts[number + 1][1] != at
        if text in stems:
            # "netflix.com" is one word of the line: what is left of it is no product
            found = stems[text], at + 1
        elif number == 0 and is_whole and found is None:
            long = (s for s in stems if len(s) >= _LONG_STEM and part.startswith(s))
            longest = max(long, key=len, default=None)
            found = (stems[longest], 1) if longest is not None else None
    return found


@cache
def _stems() -> Mapping[str, str]:
    """Return the merchants that bill by contract, by how their names begin on lines."""
    return dict(_every_stem())


def _every_stem() -> Iterator[tuple[str, str]]:
    merchants = read_yaml(_FOLDER / "descriptors" / "merchants.yaml")["merchants"]
    for merchant in reversed(merchants):
        if merchant["kind"] in _BY_CONTRACT:
            for stem in merchant["stems"]:
                yield " ".join(words_of(stem)), merchant["name"]
