"""Search among names of services: typed, pasted, misspelt, or within a sentence.

Everything that thousands of services are called is one text with a place for each name,
so that looking for a part of a name is one pass over it.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property

from rescind.adapters.data.billed_names import (
    called_as_companies,
    has_legal_form,
    is_legal_form,
    is_surely_legal_form,
    without_legal_form,
    without_mark,
)
from rescind.adapters.data.name_words import NameWords, fold, words_of
from rescind.adapters.data.service_names import ServiceName
from rescind.adapters.data.sounds import is_latin, sounds

NEAR = 0.8
"""How alike two names are of which one may be the other, misspelt."""
_CLOSEST = 3
_SHORTEST_PART = 3
"""Letters that are looked for inside of names, at least."""
_SHORT_NAME = 5
"""Letters of a name in which another letter makes another name: Vimeo, Vimto."""
_FEWEST_SOUNDS = 4
"""Consonants by which a name in another script is told, at least."""
_LONG_NAME = 14
"""Letters of a name that is nobody else's, whatever stands around it."""
_MOST_WORDS = 6
"""Words of a name that is looked for in a sentence."""
_HOST = re.compile(r"(?:[a-z0-9][\w-]*\.)+[a-z]{2,}", re.IGNORECASE)
EXACT, HOST, ALSO, BEGINS, IN_TEXT, CONTAINS = range(6)


class NameSearch:
    """Finds services by what they are called."""

    def __init__(self, services: Sequence[ServiceName], words: NameWords) -> None:
        """Take the services, and the words that stand around names."""
        self._services = services
        self._words = words
        self._called: dict[str, list[int]] = defaultdict(list)
        self._also: dict[str, list[int]] = defaultdict(list)
        self._domains: dict[str, list[int]] = defaultdict(list)
        self._whole_companies = {
            fold(company)
            for each in services
            for company in each.companies
            if len(words_of(company)) > 1
        }
        for number, each in enumerate(services):
            for name in dict.fromkeys((fold(each.slug), fold(each.name))):
                self._called[name].append(number)
            for domain in each.domains:
                self._domains[domain.casefold()].append(number)
            for name in {*map(fold, each.called_also()), *each.labels()} - {""}:
                self._also[name].append(number)

    def search(self, text: str) -> tuple[ServiceName, ...]:
        """Return the services that a text may mean, the surest first.

        What is called so, or has this address, comes before what only begins or
        contains it; a misspelt name is looked for where nothing else is found.
        """
        line = text
        if fold(text) not in self._all:
            # behind the mark of a store stands what it sold, and not the store's own
            text = without_mark(text)
        wanted = fold(text)
        if not wanted:
            return ()
        ranks: dict[int, int] = {}
        for rank, number in self._ranked(text, wanted, line):
            ranks.setdefault(number, rank)
        numbers = sorted(ranks, key=lambda n: (self._services[n].is_foreign, ranks[n]))
        if not numbers:
            numbers = self._misspelt(text)
        if not numbers and not any(map(is_surely_legal_form, words_of(text))):
            numbers = self._stripped(text)
        numbers = numbers or self._sounding(text)
        return tuple(self._services[number] for number in numbers)

    def exact(self, name: str) -> ServiceName | None:
        """Return the service that is called so; first by its own name.

        The name of a company is the service's where it says nothing else.
        """
        wanted = fold(name)
        own = self._called.get(wanted, ())
        also = (n for n in self._also.get(wanted, ()) if self._is_alias(n, wanted))
        called = next((self._services[number] for number in (*own, *also)), None)
        return called or self._as_companies.get(fold(without_legal_form(name)))

    @cached_property
    def _as_companies(self) -> Mapping[str, ServiceName]:
        companies: dict[str, ServiceName] = {}
        for name, each in called_as_companies(self._services):
            companies.setdefault(name, each)
        return companies

    @cached_property
    def _companies(self) -> Mapping[str, list[int]]:
        """Return the services of companies, by their names without a legal form."""
        by_name: dict[str, list[int]] = defaultdict(list)
        places = {each.slug: number for number, each in enumerate(self._services)}
        for name, each in called_as_companies(self._services):
            by_name[name].append(places[each.slug])
        for number, each in enumerate(self._services):
            for company in each.companies:
                by_name[fold(without_legal_form(company))].append(number)
        return by_name

    def _is_alias(self, number: int, wanted: str) -> bool:
        """Return whether people call it so: a host or a company may be many's."""
        return wanted in map(fold, self._services[number].aliases)

    def near(self, name: str) -> tuple[ServiceName, ...]:
        """Return the services of which one is meant where the name is misspelt.

        Of a company it is what it bills for: it may have more to sell.
        """
        billed = self._companies.get(fold(without_legal_form(name)))
        numbers = billed or self._alike(name)
        return tuple(self._services[number] for number in numbers[:_CLOSEST])

    def _ranked(self, text: str, wanted: str, line: str) -> Iterator[tuple[int, int]]:
        """Yield ranks and services, the surest rank of each first."""
        inside = self._holding(wanted) if len(wanted) >= _SHORTEST_PART else ()
        groups: tuple[tuple[int, Iterable[int]], ...] = (
            (EXACT, self._called.get(wanted, ())),
            (HOST, self._of_hosts(text)),
            (ALSO, self._also.get(wanted, ())),
            (ALSO, self._companies.get(fold(without_legal_form(text)), ())),
            (BEGINS, self._each(self._called, self._holding(f"\n{wanted}"))),
            (IN_TEXT, self._in_text(text, line)),
            (CONTAINS, self._each(self._all, inside)),
        )
        for rank, numbers in groups:
            for number in numbers:
                yield rank, number

    @staticmethod
    def _each(by_name: Mapping[str, list[int]], names: Iterable[str]) -> Iterator[int]:
        return (number for name in names for number in by_name.get(name, ()))

    def _of_hosts(self, text: str) -> Iterator[int]:
        for host in _HOST.findall(text.casefold()):
            yield from self._of_host(host)

    def _of_host(self, host: str) -> Iterable[int]:
        parts = host.split(".")
        for start in range(len(parts) - 1):
            numbers = self._domains.get(".".join(parts[start:]))
            if numbers:
                return numbers
        return ()

    @cached_property
    def _all(self) -> Mapping[str, list[int]]:
        """Return every name with the services that have it."""
        both = {name: list(numbers) for name, numbers in self._called.items()}
        for name, numbers in self._also.items():
            both[name] = [*both.get(name, ()), *numbers]
        return both

    @cached_property
    def _text(self) -> str:
        return "\n".join(("", *self._all, ""))

    @cached_property
    def _starts(self) -> tuple[list[int], list[str]]:
        starts, at, names = [], 0, list(self._all)
        for name in names:
            starts.append(at)
            at += len(name) + 1
        return starts, names

    def _holding(self, part: str) -> Iterator[str]:
        """Yield the names that hold a part; a line's end stands before each."""
        starts, names = self._starts
        at = self._text.find(part)
        while at >= 0:
            index = bisect_right(starts, at) - 1
            yield names[index]
            at = self._text.find(part, starts[index] + len(names[index]) + 1)

    def _in_text(self, text: str, line: str) -> Iterator[int]:
        """Yield services whose whole names stand in a text that is about them.

        ``line`` is the text with the mark of who took the money.

        A name is also a word: Claude paints, and Tinder is a box. What stands around it
        has to be of a statement, or of ending something, or of what the service sells;
        around a company with its legal form anything may stand. A company that has
        other words before its legal form is another one: Tinder Box GmbH.
        """
        words = words_of(text)
        forms = [n for n, word in enumerate(words) if is_surely_legal_form(word)]
        for length in range(min(_MOST_WORDS, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                name = "".join(words[start : start + length])
                end = start + length
                around = (*words[:start], *words[end:])
                is_whole = len(name) >= _LONG_NAME or name in self._whole_companies
                is_whole |= name in self._companies and any(
                    map(is_legal_form, words[end : end + 1])
                )
                if not is_whole and any(form > end for form in forms):
                    continue
                for number in self._all.get(name, ()):
                    offers = self._services[number].offer_words()
                    if is_whole or self._words.is_about(line, around, offers):
                        yield number

    def _misspelt(self, text: str) -> list[int]:
        return self._alike(text, is_strict=True)[:_CLOSEST]

    def _stripped(self, text: str) -> list[int]:
        """Return the services that are meant by what of a text is no usual word."""
        words = words_of(text)
        left = "".join(word for word in words if not self._words.is_usual(word))
        if not left or left == "".join(words):
            return []
        return self._all.get(left) or self._misspelt(left)

    def _alike(self, text: str, *, is_strict: bool = False) -> list[int]:
        """Return the services with a name like this one, the likest first.

        Companies have many words in common: what differs has to be within the first.
        """
        company = without_legal_form(text)
        first = fold(company.split()[0]) if has_legal_form(text) else ""
        wanted = fold(company)
        matcher = SequenceMatcher(None, "", wanted, autojunk=False)
        letters = _letters(wanted)
        scores: dict[int, float] = {}
        for name, own in self._letters:
            total = len(name) + len(wanted)
            # letters that only one of them has can be no part of what they share
            if (letters ^ own).bit_count() > (1 - NEAR) * total:
                continue
            if 2 * min(len(name), len(wanted)) < NEAR * total:
                continue
            if is_strict and _is_another(name, wanted):
                continue
            if first and (name[0] != first[0] or name.startswith(first)):
                continue
            matcher.set_seq1(name)
            if matcher.quick_ratio() >= NEAR and (score := matcher.ratio()) >= NEAR:
                for number in self._all[name]:
                    scores[number] = max(score, scores.get(number, 0))
        return sorted(scores, key=lambda n: (self._services[n].is_foreign, -scores[n]))

    @cached_property
    def _letters(self) -> list[tuple[str, int]]:
        return [(name, _letters(name)) for name in self._all]

    def _sounding(self, text: str) -> list[int]:
        """Return the services whose names sound as a text of another script does."""
        usual = [word for word in text.split() if not self._words.is_usual(fold(word))]
        sound = sounds(" ".join(usual))
        if len(sound) < _FEWEST_SOUNDS + is_latin(text):
            return []
        return self._by_sound.get(sound, [])

    @cached_property
    def _by_sound(self) -> Mapping[str, list[int]]:
        by_sound: dict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(self._services):
            for sound in dict.fromkeys(map(sounds, each.called())):
                by_sound[sound].append(number)
        return by_sound


def _is_another(name: str, wanted: str) -> bool:
    """Return whether a name is not this one misspelt, however alike they are.

    A short one in which another letter stands is another: Vimeo, Vimto. So is a word
    that only begins with the name: Bumble, bumblebee.
    """
    if wanted.startswith(name):
        return len(wanted) - len(name) > _MOST_ADDED
    if len(name) != len(wanted) or len(name) > _SHORT_NAME:
        return False
    return sorted(name) != sorted(wanted)


_MOST_ADDED = 2
"""Letters that a slip of the hand adds behind a name."""


def _letters(name: str) -> int:
    """Return the letters that a name has, as bits; those beyond ASCII share some."""
    bits = 0
    for character in name:
        bits |= 1 << (ord(character) & 63)
    return bits
