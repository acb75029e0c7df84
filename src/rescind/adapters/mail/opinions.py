"""What was learnt from merchants' answers: an opinion on a message, by its words.

Readers are added up. One knows parts of words, in plain Python, and is always there.
The others ask the encoder of the extra ``reader`` for the meaning of the whole, and of
each sentence. ``make reader`` makes the weights.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, log, sqrt
from operator import mul
from struct import iter_unpack
from typing import Any, TypeAlias
from zlib import crc32

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.mail.encoder import encoder
from rescind.core.follow.reading.opinion import Opinion
from rescind.core.follow.reading.phrases import fold, sentences
from rescind.core.model.message import Label

FOLDER = SHIPPED / "reading"
BUCKETS = 16_384
"""Parts of words are told apart by so many numbers; more were hardly better."""
MOST_WORDS = 400
_STEM = 5
"""Letters of a word that endings leave alone."""
_PART = 4
RARE = 16
"""What a part of a word weighs is kept in sixteenths."""
FLOOR = 1e-4
MOST_LETTERS = 6000
"""Of a text whose words are looked at."""
MOST_SENTENCES = 14
"""What decides stands in the first ones; each costs the encoder some milliseconds."""
_LEAST_LETTERS, _LEAST_WORDS = 9, 2
"""A sentence with fewer of both says nothing."""
DOUBT = 0.3
"""How much a single sentence is believed: what is said of it is flattened by this."""
_WORD = re.compile(r"\w+")
_LANE = 32
"""Bits of a sum; the numbers of a bucket lie side by side and are added at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """How much each reader and the rules count, and from when a label is sure."""

    whole: float
    """The meaning of the whole message, and of its sentences on average."""
    words: float
    some: float
    """What some sentence says, whatever the others do."""
    each: float
    """What each sentence says."""
    sure_vote: float
    unsure_vote: float
    sure_from: Mapping[Label, float]
    stated_from: float
    agreed_from: float


def mix_of(mix: Mapping[str, Any]) -> Mix:
    """Return a mix as it is written."""
    sure_from = {Label(label): share for label, share in mix["sure_from"].items()}
    return Mix(**{**mix, "sure_from": sure_from})


Numbers: TypeAlias = Sequence[float]


class _Linear:
    """Weights for each label, kept in whole numbers of a scale."""

    def __init__(self, about: Mapping[str, Any], numbers: bytes) -> None:
        flat = [each for (each,) in iter_unpack("<h", numbers)]
        wide = len(flat) // len(about["scales"])
        self._bias = about["bias"]
        self._rows = [
            [each * scale for each in flat[n * wide : (n + 1) * wide]]
            for n, scale in enumerate(about["scales"])
        ]

    def points(self, numbers: Numbers) -> list[float]:
        """Return what some numbers say of each label."""
        return [
            bias + sum(map(mul, row, numbers))
            for bias, row in zip(self._bias, self._rows, strict=True)
        ]


class Weights:
    """The numbers of all readers, as ``make reader`` wrote them."""

    def __init__(self, about: Mapping[str, Any], numbers: bytes) -> None:
        """Take them apart."""
        self.labels = tuple(map(Label, about["labels"]))
        many, dimensions = len(self.labels), about["encoder"]["dimensions"]
        self._words_bias = about["words"]["bias"]
        self._words_scale = about["words"]["scale"]
        # the whole, and the mean of its sentences, lie side by side
        begin = 2 * 2 * dimensions * many
        self._whole = _Linear(about["whole"], numbers[:begin])
        end = begin + 2 * dimensions * many
        self._sentence = _Linear(about["sentence"], numbers[begin:end])
        self._rare = numbers[end : end + BUCKETS]
        self._words = numbers[end + BUCKETS :]
        self.mixes = {name: mix_of(mix) for name, mix in about["mixes"].items()}

    def by_words(self, buckets: frozenset[int]) -> list[float]:
        """Return what parts of words say of each label."""
        length = sqrt(sum(self._rare[each] ** 2 for each in buckets)) / RARE or 1.0
        lanes = sum(map(self._lanes, buckets))
        many, mask = len(self.labels), (1 << _LANE) - 1
        sums = [(lanes >> (_LANE * n) & mask) - 128 * len(buckets) for n in range(many)]
        return [
            bias + self._words_scale * each / length
            for bias, each in zip(self._words_bias, sums, strict=True)
        ]

    @lru_cache(maxsize=BUCKETS)  # noqa: B019 - the weights live as long as the process
    def _lanes(self, bucket: int) -> int:
        many = len(self.labels)
        row = self._words[bucket * many : (bucket + 1) * many]
        return sum(each << (_LANE * n) for n, each in enumerate(row))

    def by_meaning(self, whole: Numbers, parts: Sequence[Numbers]) -> list[float]:
        """Return what the whole says of each label, its sentences beside it.

        Logarithms of shares, with a floor: one reader alone must not rule a label out.
        """
        many = len(parts)
        mean = [sum(each) / many for each in zip(*parts, strict=True)] or whole
        shares = _shares(self._whole.points([*whole, *mean]))
        return [log(share + FLOOR) for share in shares]

    def by_sentences(self, parts: Sequence[Numbers]) -> tuple[list[float], list[float]]:
        """Return what some sentence says of each label, and what each does.

        Logarithms of the mean share over the sentences, and the mean of logarithms.
        """
        if not parts:
            return [0.0] * len(self.labels), [0.0] * len(self.labels)
        shares = [
            _shares([DOUBT * each for each in self._sentence.points(part)])
            for part in parts
        ]
        by_label = list(zip(*shares, strict=True))
        some = [log(sum(each) / len(parts) + FLOOR) for each in by_label]
        every = [sum(map(log, each)) / len(parts) for each in by_label]
        return some, every


def _shares(points: Sequence[float]) -> list[float]:
    odds = [exp(max(each - max(points), _LEAST)) for each in points]
    return [each / sum(odds) for each in odds]


_LEAST = -300.0
"""A difference of logarithms beyond which nothing is left of a share."""


@cache
def weights() -> Weights:
    """Return the weights that are shipped."""
    about = json.loads((FOLDER / "reader.json").read_text(encoding="utf-8"))
    return Weights(about, (FOLDER / "reader.bin").read_bytes())


def parts_of_words(subject: str, text: str) -> frozenset[int]:
    """Return the buckets of a message's words, their stems, pairs and parts."""
    words = _WORD.findall(f"{fold(subject)}\n{fold(text[:MOST_LETTERS])}")[:MOST_WORDS]
    words = ["0" if each.isdigit() else each for each in words]
    parts = set(words)
    parts.update(f"{each[:_STEM]}*" for each in words if len(each) > _STEM)
    parts.update(f"{one[:_STEM]}*{other[:_STEM]}" for one, other in pairwise(words))
    for each in dict.fromkeys(words):
        edged = f" {each} "
        parts.update(edged[n : n + _PART] for n in range(len(edged) - _PART + 1))
    return frozenset(crc32(each.encode()) % BUCKETS for each in parts)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a new text that the encoder is asked about."""
    return [
        each
        for each in sentences(text[:MOST_LETTERS])[:MOST_SENTENCES]
        if len(each) >= _LEAST_LETTERS or len(each.split()) >= _LEAST_WORDS
    ]


def added(
    mix: Mix,
    words: Numbers,
    whole: Numbers,
    of_sentences: tuple[Numbers, Numbers],
) -> list[float]:
    """Return what all readers together say of each label, as log odds."""
    some, each = of_sentences
    return [
        mix.words * a + mix.whole * b + mix.some * c + mix.each * d
        for a, b, c, d in zip(words, whole, some, each, strict=True)
    ]


def opinion(subject: str, text: str) -> Opinion:
    """Return what was learnt says of a subject and the new text below it."""
    numbers, encode = weights(), encoder()
    mix = numbers.mixes["with_encoder" if encode else "words_alone"]
    nothing = [0.0] * len(numbers.labels)
    whole, of_sentences = nothing, (nothing, nothing)
    if encode:
        parts = [encode(each) for each in sentences_of(text)]
        whole = numbers.by_meaning(encode(f"{subject}\n{text}"), parts)
        of_sentences = numbers.by_sentences(parts)
    words = numbers.by_words(parts_of_words(subject, text))
    points = added(mix, words, whole, of_sentences)
    return Opinion(
        points=dict(zip(numbers.labels, points, strict=True)),
        sure_vote=mix.sure_vote,
        unsure_vote=mix.unsure_vote,
        sure_from=mix.sure_from,
        stated_from=mix.stated_from,
        agreed_from=mix.agreed_from,
    )
