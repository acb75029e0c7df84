"""Cells of a PDF's lines, also where a line is drawn as one string.

Most statements draw each cell by itself. Where day, text and sums stand in one string,
the words tell them apart: the days it begins with, the sums it ends with; and a header
by the names of its columns. Where each word stands is kept, since a sum's column says
whether money goes out.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pypdfium2.raw as pdfium

from rescind.adapters.statements.currencies import currency_named, is_currency
from rescind.adapters.statements.dates import looks_like_date
from rescind.adapters.statements.numbers import looks_like_amount
from rescind.adapters.statements.words import fold_header, roles
from rescind.core.errors import BadInput

SHORT_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})\.?$")
"""A day without a year."""
_IN_FIGURES = re.compile(r"(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d\d)?)?")
"""A day in figures, its year last, if it has one."""
_FEWEST_DAYS = 2
"""So many lines of a page show how it writes its days."""
DECIMALS = re.compile(r"\d[.,]\d\d")
"""What tells a sum from a number of a page or a card."""
_YEAR = re.compile(r"20\d\d")
_DIGITS = re.compile(r"\d+")
_DAYS = frozenset({"booked", "made", "valued"})
_MINUS = frozenset("-+−–")
_SIGNS = _MINUS | frozenset("€$£")
"""What stands before or behind a sum, a blank apart."""
_BEHIND = frozenset({"S", "H", "D", "C", "DR", "CR", "DB"})
"""Marks that stand behind one."""
_DAY_WORDS, _HEAD_WORDS = 6, 3
"""Words of a day ("5 de enero de 2026"), and of a column's name, at most."""
_GROUP = 3
"""Digits between two signs that part thousands."""
_ROOM = 0.5
"""Points by which a word may stand out of the box of its line."""

_BAND = 20.0
"""Points of a page's height that are looked through together: a line, and more."""


@dataclass(slots=True)
class Cell:
    """A piece of a line, and where it stands on the page."""

    left: float
    right: float
    text: str
    bottom: float = 0.0
    top: float = 0.0
    is_split: bool = False
    """Whether it stood in one string with the others of its line."""


class PageWords:
    """Where each word of a page stands; looked up only where a line needs it."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401 - a text page
        """Keep the page for later."""
        self._page = page

    @cached_property
    def _bands(self) -> dict[int, list[Cell]]:
        """The words by the band of the page in which their middle stands."""
        words: list[Cell] = []
        is_new = True
        for at in range(self._page.count_chars()):
            sign = chr(pdfium.FPDFText_GetUnicode(self._page.raw, at))
            if sign.isspace():
                is_new = True
                continue
            left, bottom, right, top = self._page.get_charbox(at)
            if is_new:
                words.append(Cell(left, right, sign, bottom, top))
            else:
                words[-1].right = right
                words[-1].text += sign
            is_new = False
        bands: dict[int, list[Cell]] = {}
        for word in words:
            bands.setdefault(int((word.bottom + word.top) / 2 // _BAND), []).append(
                word
            )
        return bands

    def of(self, cell: Cell) -> list[Cell]:
        """Return the words of a cell, or none where they are not its text."""
        middle = int((cell.bottom + cell.top) / 2 // _BAND)
        words = [
            word
            for band in (middle - 1, middle, middle + 1)
            for word in self._bands.get(band, ())
            if cell.bottom - _ROOM <= (word.bottom + word.top) / 2 <= cell.top + _ROOM
            and cell.left - _ROOM <= word.left
            and word.right <= cell.right + _ROOM
        ]
        words.sort(key=lambda word: word.left)
        is_same = " ".join(word.text for word in words) == cell.text
        return [replace(word, is_split=True) for word in words] if is_same else []


def parted(
    lines: list[list[Cell]], words: PageWords, head: Callable[[str], str]
) -> list[list[Cell]]:
    """Return a page's lines with the cells apart that were drawn as one string.

    ``head`` is the role of a column's name. Raises BadInput, naming the line, where a
    sum in it could be read in two ways.
    """
    form = _form_of_days(lines)
    lines = [_entry(cells, words, form) for cells in lines]
    if not any(cells[0].is_split for cells in lines):
        return lines
    return [
        _heads(cells[0], words, head) or _with_sums(cells, words)
        if len(cells) == 1
        else cells
        for cells in lines
    ]


def _entry(cells: list[Cell], words: PageWords, form: "_Form | None") -> list[Cell]:
    """Return day, text and sums of a line that begins with a day and ends with a sum.

    A day without a year begins one only where all of the line is one string: beside
    other cells ``24/7 Fitness`` is a text; and so it is where the days of the page are
    written in another form.
    """
    first, rest = cells[0], cells[1:]
    parts = first.text.split()
    count = _day_words(parts, is_short=not rest)
    if not count or (form and count == 1 and not form.has(parts[0])):
        return cells
    days: list[Cell] = []
    if count < len(parts):
        own = words.of(first)
        while own and (count := _day_words([word.text for word in own], is_short=True)):
            days.append(_joined(own[:count]))
            own = own[count:]
        if not own:
            return cells
        rest = [_joined(own), *rest]
    if not any(is_sum(cell.text) for cell in rest):
        rest = _with_sums(rest, words)
    sums = [cell for cell in rest if is_sum(cell.text)]
    currencies = {code for each in sums if (code := currency_named("", [each.text]))}
    if len(currencies) > 1 and any(each.is_split for each in sums):
        raise _unclear(" ".join(cell.text for cell in cells).split())
    return [*(days or [first]), *rest] if sums else cells


@dataclass(frozen=True, slots=True)
class _Form:
    """How the days of a page are written; ``None`` of zeros: they do not tell."""

    sign: str
    has_year: bool
    has_zeros: bool | None

    def has(self, text: str) -> bool:
        """Return whether a day is written so; what is no day in figures may be."""
        other = _form_of(text)
        if other is None:
            return True
        is_alike = (other.sign, other.has_year) == (self.sign, self.has_year)
        return is_alike and (
            None in (other.has_zeros, self.has_zeros)
            or other.has_zeros == self.has_zeros
        )


def _form_of(text: str) -> _Form | None:
    found = _IN_FIGURES.fullmatch(text)
    if found is None:
        return None
    day, sign, month, year = found.groups()
    has_zeros = None
    if "0" in (day[0], month[0]):
        has_zeros = True
    elif 1 in (len(day), len(month)):
        has_zeros = False
    return _Form(sign, bool(year), has_zeros)


def _form_of_days(lines: list[list[Cell]]) -> _Form | None:
    """Return how most lines of a page that begin with a day write it, if they do."""
    firsts = (cells[0].text.split() for cells in lines if cells)
    forms = [form for words in firsts if words and (form := _form_of(words[0]))]
    signs = Counter((form.sign, form.has_year) for form in forms)
    if not signs:
        return None
    (most, count), *others = signs.most_common()
    alike = [form for form in forms if (form.sign, form.has_year) == most]
    zeros = Counter(f.has_zeros for f in alike if f.has_zeros is not None)
    if count < _FEWEST_DAYS or (others and others[0][1] == count):
        return None
    return _Form(*most, _more_common(zeros))


def _more_common(zeros: Counter[bool]) -> bool | None:
    with_zeros, without = zeros[True], zeros[False]
    return None if with_zeros == without else with_zeros > without


def _day_words(parts: list[str], *, is_short: bool) -> int:
    """Return how many words at the start of a line are a day."""
    has_short = bool(parts and SHORT_DATE.fullmatch(parts[0]))
    if has_short and not _YEAR.fullmatch(" ".join(parts[1:2])):
        return int(is_short)
    for count in range(1, min(_DAY_WORDS, len(parts)) + 1):
        if looks_like_date(" ".join(parts[:count])):
            return count
    return 0


def _with_sums(cells: list[Cell], words: PageWords) -> list[Cell]:
    """Return cells with the sums apart that the last of them ends with."""
    own = words.of(cells[-1]) if cells else []
    sums: list[Cell] = []
    while group := _last_sum(own):
        sums.insert(0, _joined(group))
        own = own[: -len(group)]
    return [*cells[:-1], *([_joined(own)] if own else []), *sums] if sums else cells


def _last_sum(words: list[Cell]) -> list[Cell]:
    """Return the words of the sum that a line ends with, with its signs.

    Raises BadInput where a sign may be of the sum before it, or digits before it may
    be its thousands.
    """
    texts = [word.text for word in words]
    at = len(words) - 1
    is_signed_behind = at > 0 and _is_mark(texts[at], _BEHIND)
    at -= is_signed_behind
    if at < 0 or not is_sum(texts[at]):
        return []
    start = at
    if at > 0 and not is_signed_behind and _is_mark(texts[at - 1]):
        start -= 1
        if at > 1 and texts[start] in _MINUS and is_sum(texts[at - 2]):
            raise _unclear(texts)
    if start > 0 and _may_be_thousands(words[start - 1], words[at]):
        raise _unclear(texts)
    return words[start:]


def _is_mark(text: str, others: frozenset[str] = frozenset()) -> bool:
    return text in _SIGNS or text.upper() in others or is_currency(text)


def _may_be_thousands(before: Cell, amount: Cell) -> bool:
    """Return whether digits stand so near before a sum that they may be of it."""
    whole = _DIGITS.match(amount.text)
    is_near = amount.left - before.right < amount.top - amount.bottom
    digits = before.text.lstrip("-+−")
    return (
        is_near
        and digits.isdecimal()
        and len(digits) <= _GROUP
        and whole is not None
        and len(whole[0]) == _GROUP
    )


def _unclear(texts: list[str]) -> BadInput:
    line = " ".join(texts)
    message = f"the sum of a line can be read in two ways: {line}"
    return BadInput("file", message, ["csv", "ofx", "camt.053"])


def is_sum(text: str) -> bool:
    """Return whether a cell is a sum of money, with its hundredths."""
    return looks_like_amount(text) and bool(DECIMALS.search(text))


def _joined(words: list[Cell]) -> Cell:
    text = " ".join(word.text for word in words)
    first = words[0]
    return replace(first, right=words[-1].right, text=text, is_split=True)


def _heads(cell: Cell, words: PageWords, head: Callable[[str], str]) -> list[Cell]:
    """Return the names of a header's columns, where a line is one, else nothing."""
    names = list(_names(words.of(cell), head))
    is_header = bool(names) and roles().get(fold_header(names[0].text), ("",))[0]
    found = {role for name in names if (role := head(name.text))}
    return names if is_header in _DAYS and len(found) > 1 else []


def _names(words: list[Cell], head: Callable[[str], str]) -> Iterator[Cell]:
    """Yield names of columns that are known, and each other word by itself."""
    at = 0
    while at < len(words):
        counts = range(min(_HEAD_WORDS, len(words) - at), 0, -1)
        names = [_joined(words[at : at + count]) for count in counts]
        known = [name for name in names if head(name.text)]
        yield known[0] if known else names[-1]
        at += len(known[0].text.split()) if known else 1
