"""What was learnt from merchants' answers: an opinion on a message, by its words.

Two readers are added up. One knows parts of words, in plain Python, and is always
there. The other asks the encoder of the extra ``reader`` for the meaning of the whole.
``make reader`` makes the weights.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, log, sqrt
from struct import iter_unpack
from typing import Any
from zlib import crc32

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.mail.encoder import encoder
from rescind.core.follow.reading.opinion import Opinion
from rescind.core.follow.reading.phrases import fold
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
_WORD = re.compile(r"\w+")
_LANE = 32
"""Bits of a sum; the numbers of a bucket lie side by side and are added at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """How much each reader and the rules count, and from when a label is sure."""

    encoder: float
    words: float
    sure_vote: float
    unsure_vote: float
    sure_from: Mapping[Label, float]
    agreed_from: float


def mix_of(mix: Mapping[str, Any]) -> Mix:
    """Return a mix as it is written."""
    sure_from = {Label(label): share for label, share in mix["sure_from"].items()}
    return Mix(**{**mix, "sure_from": sure_from})


class Weights:
    """The numbers of both readers, as ``make reader`` wrote them."""

    def __init__(self, about: Mapping[str, Any], numbers: bytes) -> None:
        """Take them apart."""
        self.labels = tuple(map(Label, about["labels"]))
        many = len(self.labels)
        self._words_bias = about["words"]["bias"]
        self._words_scale = about["words"]["scale"]
        self._encoder_bias = about["encoder"]["bias"]
        dimensions = about["encoder"]["dimensions"]
        begin = 2 * dimensions * many
        flat = [each for (each,) in iter_unpack("<h", numbers[:begin])]
        self._encoder = [
            [each * scale for each in flat[n * dimensions : (n + 1) * dimensions]]
            for n, scale in enumerate(about["encoder"]["scales"])
        ]
        self._rare = numbers[begin : begin + BUCKETS]
        self._words = numbers[begin + BUCKETS :]
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

    def by_meaning(self, numbers: Sequence[float]) -> list[float]:
        """Return what the encoder's numbers say of each label, as log odds.

        They have a floor: one reader alone must not rule a label out.
        """
        points = [
            bias + sum(a * b for a, b in zip(row, numbers, strict=True))
            for bias, row in zip(self._encoder_bias, self._encoder, strict=True)
        ]
        odds = [exp(each - max(points)) for each in points]
        return [log(each / sum(odds) + FLOOR) for each in odds]


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


def opinion(subject: str, text: str) -> Opinion:
    """Return what was learnt says of a subject and the new text below it."""
    numbers, encode = weights(), encoder()
    mix = numbers.mixes["with_encoder" if encode else "words_alone"]
    points = [
        mix.words * each for each in numbers.by_words(parts_of_words(subject, text))
    ]
    if encode:
        meant = numbers.by_meaning(encode(f"{subject}\n{text}"))
        points = [a + mix.encoder * b for a, b in zip(points, meant, strict=True)]
    return Opinion(
        points=dict(zip(numbers.labels, points, strict=True)),
        sure_vote=mix.sure_vote,
        unsure_vote=mix.unsure_vote,
        sure_from=mix.sure_from,
        agreed_from=mix.agreed_from,
    )
