"""Years as they are counted in Thailand, Taiwan and Japan, and days written there.

A year of the Buddhist era is 543 more than ours, one of the Republic of China 1911
less; Japan counts from the accession of each emperor.
"""

import re
import unicodedata
from functools import cache

from babel import Locale

BUDDHIST, MINGUO = -543, 1911
"""What is added to a year of the two calendars to make it one of ours."""
_FIRST, _LAST = 1990, 2049
"""Years of ours in which a statement can be; what lies outside is a slip."""
_MARKED = re.compile(
    r"\s*(令和|平成|R|H|中華民國|民國|民国)\s?(\d{1,4}|元)(?=\s?[年./-])"
)
_STARTS = {
    "令和": 2018,
    "R": 2018,
    "平成": 1988,
    "H": 1988,
    "中華民國": MINGUO,
    "民國": MINGUO,
    "民国": MINGUO,
}
"""The year before the first one of an era."""
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_SHORT, _CENTURY = 2, 2500
_YEAR_OF_MINGUO, _WHOLE_YEAR = 3, 4
"""Digits of a year of the Republic, and of one with its century."""


def plain_date(text: str) -> str:
    """Return a day as others write it: our digits, our year where an era is named.

    >>> plain_date("令和8年1月5日"), plain_date("R8.1.5"), plain_date("民國115/01/05")
    ('2026年1月5日', '2026.1.5', '2026/01/05')
    >>> plain_date("5 ม.ค. 2569"), plain_date("２０２６/１/５"), plain_date("5.1.2026")
    ('5 Jan 2569', '2026/1/5', '5.1.2026')
    """
    marked = _MARKED.match(text)
    if marked:
        count = 1 if marked[2] == "元" else int(marked[2])
        text = f"{_STARTS[marked[1]] + count}{text[marked.end() :]}"
    if text.isascii():
        return text
    digits = (
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text
    )
    text = "".join(digits)
    if not _THAI.search(text):
        return text
    for name, english in _thai_months():
        text = text.replace(name, english)
    return text


def our_year(digits: str, era: int) -> int | None:
    """Return a year of an era as one of ours, or None where it can be none of it.

    >>> our_year("2569", BUDDHIST), our_year("69", BUDDHIST), our_year("115", MINGUO)
    (2026, 2026, 2026)
    >>> our_year("2026", BUDDHIST), our_year("15", MINGUO)
    (None, None)
    """
    lengths = {BUDDHIST: (_SHORT, _WHOLE_YEAR), MINGUO: (_YEAR_OF_MINGUO,)}[era]
    if len(digits) not in lengths:
        return None
    year = era + int(digits) + (_CENTURY if len(digits) == _SHORT else 0)
    return year if _FIRST <= year <= _LAST else None


def is_thai(text: str) -> bool:
    """Return whether a text is in Thai, or names the money of Thailand.

    >>> is_thai("ยอดคงเหลือ"), is_thai("Amount (THB)"), is_thai("Bath & Body")
    (True, True, False)
    """
    return bool(_THAI.search(text)) or bool(re.search(r"\bTHB\b|฿", text))


@cache
def _thai_months() -> tuple[tuple[str, str], ...]:
    """Return the names of months in Thai with the English ones, the longest first."""
    thai, english = Locale.parse("th"), Locale.parse("en")
    names = {
        str(name): str(english.months["format"]["abbreviated"][number])
        for width in ("wide", "abbreviated")
        for number, name in thai.months["format"][width].items()
    }
    return tuple(sorted(names.items(), key=lambda each: -len(each[0])))
