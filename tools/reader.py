"""Teach the reader of answers by those of several writers, and by the rules' own sets.

``python -m tools.reader`` writes ``data/reading/reader.json`` and ``reader.bin``, the
same bytes each time; ``tools/measure_reader.py`` prints the tables of
docs/algorithms/reading.md. Needs the extra ``reader``.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.mail import encoder, opinions
from rescind.adapters.mail.parse import message_of_row
from rescind.core.follow.reading.message import read
from rescind.core.follow.reading.opinion import Opinion
from rescind.core.follow.reading.reply_text import new_text
from rescind.core.model.message import Label, Message, Reading

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests" / "reading"
TAUGHT = hashlib.sha256((opinions.FOLDER / "encoder.bin").read_bytes()).hexdigest()
CACHE = ROOT / ".cache" / f"reader-{TAUGHT[:12]}.npz"
"""What the encoder makes of texts, by what was taught to it."""
WRITERS = tuple("abcdefklmnopqrtuwz")
"""Who teaches; the others of tests/reading/answers are for measuring alone."""
SETTERS = ("aa", "ab", "ac")
"""Who sets how much each reader counts, and from when a label is sure: they taught
neither the encoder nor the labels."""
ORDINARY = ("x", "y")
"""Who wrote mail of other kinds, in tests/reading/ordinary: it answers nothing."""
UNSEEN_MAIL = "y"
"""Mail that taught nothing: no end is taken from it."""
OWN = "own"
"""The sets of the rules' author: they teach, and are no measure."""
OWN_SETS = ("messages", "hard", "third", "fourth", "fifth")
RIDGE = 0.1
SMOOTH, LARGE, STEPS = 0.05, 0.05, 600
"""The doubt in every label, and what large weights cost: of 0.0002 to 0.4 the cost by
which most answers of those who set the mix are surely and rightly read."""
NOTHING = 1e-6
RIGHT = 0.95
"""Of what is called sure so many are to be right, on the writers that teach."""
RIGHT_OF_A_REFUSAL = 0.9
"""Who is told of a refusal reads it, and loses nothing where it was another one."""
FEWEST = 12
"""So many have to be sure of a label, else the threshold of all labels holds."""
LEAST_SURE_OF_AN_END = 0.9
"""Of the encoder's: one of 756 answers was surely an end at .86 and was none."""
AGREED_FROM = {"with_encoder": 0.5, "words_alone": 0.2}
"""Three writers have no false closing to set it by; others had 2 and 5 at .2 and 0."""
LOWEST, HIGHEST, STEP = 0.6, 0.99, 0.01
"""What is hardly likelier than not was right half of the time, whatever its label."""
_CLOSING = frozenset({"confirmed", "already_cancelled", "account_deleted"})
_REFUSALS = frozenset({"refused", "refund_refused"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One answer that teaches or measures."""

    writer: str
    id: str
    language: str
    message: Message
    label: str
    also: frozenset[str]
    text: str
    """Its new text."""
    ends_on: str | None
    refund: str | None
    """A number and a currency."""


Array = Any
Said = tuple[list[float], list[float], list[float], list[float]]
"""What is said of a row: by its words, its whole, some sentence, and each."""
Points = dict[str, Said]
"""Of each row's id."""
READERS = ("words", "whole", "some", "each")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What the encoder makes of an answer."""

    whole: Array
    sentences: Array
    """One line for each sentence; there may be none."""

    def both(self) -> Array:
        """Return the whole, and the mean of the sentences beside it."""
        parts = self.sentences
        return np.concatenate([self.whole, parts.mean(0) if len(parts) else self.whole])


def rows_of(path: Path, writer: str) -> list[Row]:
    """Return a writer's answers."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_row(json.loads(line), writer, n) for n, line in enumerate(lines)]


def own_rows() -> list[Row]:
    """Return the sets of the rules' author."""
    rows = [row for name in OWN_SETS for row in read_yaml(TESTS / f"{name}.yaml")]
    return [_row(row, OWN, number) for number, row in enumerate(rows)]


def _row(row: dict[str, Any], writer: str, number: int) -> Row:
    message = message_of_row(row, row.get("id", f"{writer}-{number}"))
    return Row(
        writer=writer,
        id=message.id,
        language=row.get("lang", ""),
        message=message,
        label=row.get("label", Label.OTHER),
        also=frozenset(row.get("also", ())),
        text=new_text(message.text, tongues().quotes),
        ends_on=row.get("effective_date"),
        refund=row.get("refund"),
    )


class Embeddings:
    """What the encoder makes of texts, kept between runs."""

    def __init__(self) -> None:
        """Read what is kept."""
        self._encode = encoder.encoder()
        self._known: dict[str, Array] = {}
        self._kept = 0
        if CACHE.exists():
            with np.load(CACHE) as kept:
                self._known = dict(zip(kept["names"], kept["numbers"], strict=True))
            self._kept = len(self._known)

    def of(self, rows: Sequence[Row]) -> list[Numbers]:
        """Return the numbers of each row."""
        found = [
            Numbers(
                whole=self._of(f"{row.message.subject}\n{row.text}"),
                sentences=np.array(
                    [self._of(each) for each in opinions.sentences_of(row.text)]
                ),
            )
            for row in rows
        ]
        if len(self._known) > self._kept:
            CACHE.parent.mkdir(exist_ok=True)
            names, numbers = list(self._known), list(self._known.values())
            np.savez(CACHE, names=np.array(names), numbers=np.array(numbers))
            self._kept = len(self._known)
        return found

    def _of(self, text: str) -> Array:
        if self._encode is None:
            sys.exit("the extra is missing: pip install 'rescind[reader]'")
        name = hashlib.sha256(text.encode()).hexdigest()
        if name not in self._known:
            self._known[name] = np.array(self._encode(text), dtype=np.float32)
        return self._known[name].astype(np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrices:
    """Weights as they are computed, before they are rounded."""

    labels: tuple[str, ...]
    whole: Array
    whole_bias: Array
    sentence: Array
    sentence_bias: Array
    rare: Array
    words: Array
    words_bias: Array


def teach(rows: Sequence[Row], meanings: Sequence[Numbers]) -> Matrices:
    """Return the weights that some answers teach.

    Of a sentence nobody said what it is: it has the label of its message.
    """
    labels = tuple(sorted({row.label for row in rows}))
    truth = np.array([labels.index(row.label) for row in rows])
    whole, whole_bias = _regression(
        np.array([each.both() for each in meanings]), truth, len(labels)
    )
    sentence, sentence_bias = _regression(
        np.concatenate([each.sentences for each in meanings if len(each.sentences)]),
        np.repeat(truth, [len(each.sentences) for each in meanings]),
        len(labels),
    )
    rare, words, bias = _by_words(rows, truth, len(labels))
    return Matrices(
        labels=labels,
        whole=whole,
        whole_bias=whole_bias,
        sentence=sentence,
        sentence_bias=sentence_bias,
        rare=rare,
        words=words,
        words_bias=bias,
    )


def teach_words(rows: Sequence[Row]) -> Matrices:
    """Return the weights of parts of words alone; all others are nothing."""
    labels = tuple(sorted({row.label for row in rows}))
    truth = np.array([labels.index(row.label) for row in rows])
    rare, words, bias = _by_words(rows, truth, len(labels))
    wide = encoder.DIMENSIONS
    return Matrices(
        labels=labels,
        whole=np.full((len(labels), 2 * wide), NOTHING),
        whole_bias=np.zeros(len(labels)),
        sentence=np.full((len(labels), wide), NOTHING),
        sentence_bias=np.zeros(len(labels)),
        rare=rare,
        words=words,
        words_bias=bias,
    )


SILENT = Numbers(
    whole=np.zeros(encoder.DIMENSIONS), sentences=np.zeros((0, encoder.DIMENSIONS))
)
"""What the encoder makes of an answer where it is not asked."""


def _regression(x: Array, truth: Array, many: int) -> tuple[Array, Array]:
    """Return a multinomial logistic regression: weights, (labels, numbers), and bias.

    Each number is brought to one scale, no label is wholly certain, and large weights
    cost: the loss has one minimum, to which Nesterov's accelerated descent leads.
    """
    middle, scale = x.mean(0), x.std(0)
    scale[scale == 0] = 1.0
    z = np.hstack([(x - middle) / scale, np.ones((len(x), 1))])
    wanted = np.eye(many)[truth] * (1 - SMOOTH) + SMOOTH / many
    cost = np.append(np.full(x.shape[1], LARGE), 0.0)[:, None]
    steepest = 0.5 * np.linalg.eigvalsh(z.T @ z / len(z))[-1] + LARGE
    weights = before = np.zeros((z.shape[1], many))
    for step in range(STEPS):
        ahead = weights + (step / (step + 3)) * (weights - before)
        slope = z.T @ (_shares_of(z @ ahead) - wanted) / len(z) + cost * ahead
        before, weights = weights, ahead - slope / steepest
    turned = weights[:-1] / scale[:, None]
    return turned.T, weights[-1] - middle @ turned


def _shares_of(points: Array) -> Array:
    odds = np.exp(points - points.max(1, keepdims=True))
    return odds / odds.sum(1, keepdims=True)


def _by_words(
    rows: Sequence[Row], truth: Array, many: int
) -> tuple[Array, Array, Array]:
    """Return a ridge regression on parts of words, rare ones counting more."""
    parts = np.zeros((len(rows), opinions.BUCKETS))
    for number, row in enumerate(rows):
        for bucket in opinions.parts_of_words(row.message.subject, row.text):
            parts[number, bucket] = 1
    rare = np.log(1 + len(rows) / (1 + parts.sum(0)))
    rare = np.minimum(255, np.round(rare * opinions.RARE))
    x = parts * (rare / opinions.RARE)
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    y = np.eye(many)[truth]
    centre, level = x.mean(0), y.mean(0)
    away = x - centre
    alpha = np.linalg.solve(away @ away.T + RIDGE * np.eye(len(rows)), y - level)
    words = away.T @ alpha
    return rare, words * (rare / opinions.RARE)[:, None], level - centre @ words


def packed(matrices: Matrices, mixes: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return weights as they are shipped: rounded, and what they are."""
    whole, whole_numbers = _rounded(matrices.whole, matrices.whole_bias)
    sentence, sentence_numbers = _rounded(matrices.sentence, matrices.sentence_bias)
    words_scale = float(np.abs(matrices.words).max() / 127)
    words = (np.round(matrices.words / words_scale) + 128).astype(np.uint8)
    about = {
        "labels": list(matrices.labels),
        "encoder": {
            "package": encoder.PACKAGE,
            "model": encoder.MODEL,
            "sha256": encoder.MODEL_SHA256,
            "taught": TAUGHT,
            "dimensions": int(matrices.sentence.shape[1]),
        },
        "whole": whole,
        "sentence": sentence,
        "words": {
            "scale": float(f"{words_scale:.6g}"),
            "bias": [round(float(each), 5) for each in matrices.words_bias],
        },
        "mixes": mixes,
    }
    numbers = (
        whole_numbers
        + sentence_numbers
        + matrices.rare.astype(np.uint8).tobytes()
        + words.tobytes()
    )
    return about, numbers


def _rounded(weights: Array, bias: Array) -> tuple[dict[str, list[float]], bytes]:
    scales = np.abs(weights).max(1) / 32_000
    about = {
        "scales": [float(f"{each:.6g}") for each in scales],
        "bias": [round(float(each), 4) for each in bias],
    }
    return about, np.round(weights / scales[:, None]).astype("<i2").tobytes()


def points_of(
    matrices: Matrices | opinions.Weights,
    rows: Sequence[Row],
    meanings: Sequence[Numbers],
) -> Points:
    """Return what rounded weights say of some rows."""
    weights = (
        opinions.Weights(*packed(matrices, {}))
        if isinstance(matrices, Matrices)
        else matrices
    )
    return {
        row.id: _said(weights, row, meaning)
        for row, meaning in zip(rows, meanings, strict=True)
    }


def _said(weights: opinions.Weights, row: Row, meaning: Numbers) -> Said:
    parts = [list(each) for each in meaning.sentences]
    return (
        weights.by_words(opinions.parts_of_words(row.message.subject, row.text)),
        weights.by_meaning(list(meaning.whole), parts),
        *weights.by_sentences(parts),
    )


def by_rules(row: Row) -> Reading:
    """Return what the rules alone say."""
    return read(row.message, tongues())


def fit_mix(
    rows: Sequence[Row], labels: Sequence[str], points: Points, *, has_encoder: bool
) -> dict[str, float]:
    """Return how much each reader and the rules count, by the likelihood of the truth.

    Newton's method; the likelihood has one summit.
    """
    many = len(READERS)
    features = np.zeros((len(rows), len(labels), many + 2))
    truth = np.array([labels.index(row.label) for row in rows])
    for number, row in enumerate(rows):
        for place, said in enumerate(points[row.id]):
            features[number, :, place] = said if has_encoder or not place else 0
        reading = by_rules(row)
        if reading.label != Label.OTHER and reading.label in labels:
            which = many + 1 if reading.needs_person else many
            features[number, labels.index(reading.label), which] = 1
    mix = np.zeros(many + 2)
    for _ in range(30):
        loss, slope, bend = _likelihood(features, truth, mix)
        step = np.linalg.solve(bend + 1e-6 * np.eye(len(mix)), slope)
        while _likelihood(features, truth, mix - step)[0] > loss + 1e-12:
            step /= 2
        mix -= step
    names = (*READERS, "sure_vote", "unsure_vote")
    return {name: round(float(each), 3) for name, each in zip(names, mix, strict=True)}


def _likelihood(
    features: Array, truth: Array, mix: Array
) -> tuple[float, Array, Array]:
    """Return how unlikely the truth is, with its slope and how that bends."""
    z = features @ mix
    odds = np.exp(z - z.max(1, keepdims=True))
    p = odds / odds.sum(1, keepdims=True)
    every = np.arange(len(truth))
    mean = (p[:, :, None] * features).sum(1)
    away = features - mean[:, None, :]
    bend = np.einsum("nl,nli,nlj->ij", p, away, away) / len(truth)
    slope = (mean - features[every, truth]).mean(0)
    return float(-np.log(p[every, truth] + 1e-300).mean()), slope, bend


def reads_with(
    points: Points, labels: Sequence[str], mix: opinions.Mix
) -> Callable[[Row], Reading]:
    """Return what reads a row by the rules and some points."""

    def opinion(row: Row) -> Opinion:
        words, whole, *of_sentences = points[row.id]
        some, each = of_sentences
        added = opinions.added(mix, words, whole, (some, each))
        return Opinion(
            points=dict(zip(map(Label, labels), added, strict=True)),
            sure_vote=mix.sure_vote,
            unsure_vote=mix.unsure_vote,
            sure_from=mix.sure_from,
            stated_from=mix.stated_from,
            agreed_from=mix.agreed_from,
        )

    return lambda row: read(row.message, tongues(), judge=lambda *_: opinion(row))


def thresholds(
    rows: Sequence[Row], labels: Sequence[str], points: Points, mix: dict[str, Any]
) -> dict[str, float]:
    """Return from which share on each label is sure, on answers.

    A closing is, above every false one that the rules let pass, in other mail too.
    """
    always = {**mix, **_NO_BOUND, "sure_from": dict.fromkeys(labels, 0.0)}
    reads = reads_with(points, labels, opinions.mix_of(always))
    readings = [(row, reads(row)) for row in rows]
    every = [(row, r) for row, r in readings if not r.needs_person]
    passed = [(row, r) for row, r in every if row.writer not in ORDINARY]
    common = _threshold(passed, HIGHEST)
    result = {}
    for label in labels:
        mine = [(row, r) for row, r in passed if r.label == label]
        share = RIGHT_OF_A_REFUSAL if label in _REFUSALS else RIGHT
        start = _threshold(mine, common, share)
        if label in _CLOSING:
            ends = [(row, r) for row, r in every if r.label == label]
            false = [r.sureness for row, r in ends if is_false_closing(row, r)]
            start = max([start, *(each + STEP for each in false)])
        result[label] = round(min(start, 1.0), 2)
    return result


_NO_BOUND = {"stated_from": 1.1, "agreed_from": 1.1}


def stated_from(
    rows: Sequence[Row], labels: Sequence[str], points: Points, mix: dict[str, Any]
) -> float:
    """Return from which share on an end is sure that a phrase states.

    Above every false one that the rules let pass, in other mail too.
    """
    always = {**mix, **_NO_BOUND, "sure_from": dict.fromkeys(labels, 1.1)}
    reads = reads_with(points, labels, opinions.mix_of({**always, "stated_from": 0.0}))
    ends = [(row, r) for row in rows if not (r := reads(row)).needs_person]
    ends = [(row, r) for row, r in ends if r.label in _CLOSING]
    false = [r.sureness for row, r in ends if is_false_closing(row, r)]
    answered = [(row, r) for row, r in ends if row.writer not in ORDINARY]
    start = _threshold(answered, HIGHEST)
    return round(min(max([start, *(each + STEP for each in false)]), 1.0), 2)


def _threshold(
    passed: Sequence[tuple[Row, Reading]], otherwise: float, share: float = RIGHT
) -> float:
    for at in np.arange(LOWEST, HIGHEST, STEP):
        sure = [(row, r) for row, r in passed if r.sureness >= at]
        right = sum(is_right(row, r) for row, r in sure)
        if len(sure) < FEWEST:
            return max(otherwise, float(at)) if len(passed) >= FEWEST else otherwise
        if right / len(sure) >= share:
            return float(at)
    return otherwise


def is_right(row: Row, reading: Reading) -> bool:
    """Return whether an answer says what it is read as, first or beside something else.

    "It ends in May, and no money comes back" is both an end and a refusal.
    """
    return reading.label in {row.label, *row.also}


SAYS_SO_BESIDE = frozenset({"M-en-07", "Y-sv-10"})
"""Mail that tells the reader of an end, though it answers nothing, or says more."""


def is_false_closing(row: Row, reading: Reading) -> bool:
    """Return whether something is called over that is not."""
    if row.id in SAYS_SO_BESIDE:
        return False
    return reading.label in _CLOSING and not ({row.label, *row.also} & _CLOSING)


def mixes_for(rows: Sequence[Row], embeddings: Embeddings) -> dict[str, Any]:
    """Return both mixes; that with the encoder is set by what taught nothing."""
    labels = tuple(sorted({row.label for row in rows}))
    with_encoder = _mix_of_setters(rows, embeddings, labels)
    return {"with_encoder": with_encoder, "words_alone": mix_of_words(rows, labels)}


def mix_of_words(rows: Sequence[Row], labels: tuple[str, ...]) -> dict[str, Any]:
    """Return the mix without the encoder, each writer read by what others taught."""
    points: Points = {}
    for writer in sorted({row.writer for row in rows} - {OWN}):
        others = [row for row in rows if row.writer != writer]
        mine = [row for row in rows if row.writer == writer]
        points |= words_of(labels, teach_words(others), mine)
    measured = [row for row in rows if row.writer != OWN]
    return _mix(measured, labels, points, "words_alone")


def words_of(labels: Sequence[str], matrices: Matrices, rows: Sequence[Row]) -> Points:
    """Return what weights of words alone say of some rows."""
    points = points_of(matrices, rows, [SILENT] * len(rows))
    return on_labels(labels, matrices.labels, points)


def _mix_of_setters(
    rows: Sequence[Row], embeddings: Embeddings, labels: tuple[str, ...]
) -> dict[str, Any]:
    """Return the mix with the encoder, set by answers and mail that it has not seen."""
    teaching = [row for row in rows if row.writer != UNSEEN_MAIL]
    setting = [row for row in rows if row.writer == UNSEEN_MAIL] + setting_rows()
    matrices = teach(teaching, embeddings.of(teaching))
    points = on_labels(
        labels,
        matrices.labels,
        points_of(matrices, setting, embeddings.of(setting)),
    )
    return _mix(setting, labels, points, "with_encoder")


def _answering(rows: Sequence[Row]) -> list[Row]:
    """Return answers alone: other mail says nothing of how much each reader counts."""
    return [row for row in rows if row.writer not in ORDINARY]


def _mix(
    rows: Sequence[Row], labels: tuple[str, ...], points: Points, name: str
) -> dict[str, Any]:
    has_encoder = name == "with_encoder"
    answers = _answering(rows) if has_encoder else rows
    fitted = fit_mix(answers, labels, points, has_encoder=has_encoder)
    mix: dict[str, Any] = dict(fitted)
    mix["sure_from"] = thresholds(rows, labels, points, mix)
    if has_encoder:
        ends = mix["sure_from"]["confirmed"]
        mix["sure_from"]["confirmed"] = max(ends, LEAST_SURE_OF_AN_END)
    mix["stated_from"] = stated_from(rows, labels, points, mix)
    mix["agreed_from"] = AGREED_FROM[name]
    return mix


def setting_rows() -> list[Row]:
    """Return the answers that set how much each reader counts."""
    paths = [TESTS / "answers" / f"{name}.jsonl" for name in SETTERS]
    return [row for path in paths for row in rows_of(path, path.stem)]


def on_labels(labels: Sequence[str], matrices: Sequence[str], points: Points) -> Points:
    """Return points in the order of all labels; one that nobody taught is unlikely."""

    def each(values: list[float]) -> list[float]:
        by_label = dict(zip(matrices, values, strict=True))
        return [by_label.get(label, min(values)) for label in labels]

    return {
        name: (each(a), each(b), each(c), each(d))
        for name, (a, b, c, d) in points.items()
    }


def every_row() -> list[Row]:
    """Return all that teaches."""
    paths = [TESTS / "answers" / f"{name}.jsonl" for name in WRITERS]
    paths += [TESTS / "ordinary" / f"{name}.jsonl" for name in ORDINARY]
    return [row for path in paths for row in rows_of(path, path.stem)] + own_rows()


def write() -> None:
    """Write the weights."""
    embeddings, rows = Embeddings(), every_row()
    mixes = mixes_for(rows, embeddings)
    teaching = [row for row in rows if row.writer != UNSEEN_MAIL]
    by_words = teach_words(rows)
    matrices = replace(
        teach(teaching, embeddings.of(teaching)),
        rare=by_words.rare,
        words=by_words.words,
        words_bias=by_words.words_bias,
    )
    about, numbers = packed(matrices, mixes)
    (opinions.FOLDER / "reader.json").write_text(
        json.dumps(about, indent=1) + "\n", encoding="utf-8"
    )
    (opinions.FOLDER / "reader.bin").write_bytes(numbers)
    print(f"{len(teaching)} answers; {len(numbers)} bytes of numbers")
    print(json.dumps(mixes, indent=1))


if __name__ == "__main__":
    write()
