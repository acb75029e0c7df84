"""Measure the reader of answers on writers whom it has not seen.

``python -m tools.measure_reader`` leaves out each writer of tests/reading/answers in
turn, without the encoder: weights, mix and thresholds come from the others.
``… FILE…`` measures what is shipped on other writers' files, and draws
docs/pictures/sureness.svg. Both print Markdown.
"""

import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import exp, sqrt
from pathlib import Path
from typing import TypeAlias

from rescind.adapters.mail import opinions
from rescind.core.model.message import Label, Reading
from tools.reader import (
    WRITERS,
    Embeddings,
    Row,
    by_rules,
    every_row,
    is_false_closing,
    mix_of_words,
    points_of,
    reads_with,
    rows_of,
    teach_words,
    words_of,
)

Z = 1.96
ALONE_SURE = 0.8
"""From when on the encoder alone would be called sure."""
ASKS = frozenset(
    {
        "needs_information",
        "redirected",
        "refused",
        "refund_refused",
        "offer",
        "invoice",
    }
)
"""Labels after which the person has to do something."""
Pairs: TypeAlias = list[tuple[Row, Reading]]
NAMES = {
    "rules": "rules alone",
    "words_alone": "rules and parts of words (no extra)",
    "encoder_alone": "encoder alone, no rules",
    "with_encoder": "rules, parts of words, encoder (extra `reader`)",
}


def interval(part: int, whole: int) -> str:
    """Return a share with its 95 % interval (Wilson 1927)."""
    if not whole:
        return "–"
    low, high = bounds(part, whole)
    return f"{part / whole:.3f} ({low:.2f}–{high:.2f})"


def bounds(part: int, whole: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    p, z = part / whole, Z * Z / whole
    centre = (p + z / 2) / (1 + z)
    half = Z * sqrt(p * (1 - p) / whole + z / (4 * whole)) / (1 + z)
    return centre - half, centre + half


def line(name: str, pairs: Pairs) -> str:
    """Return one line of the table."""
    sure = [(row, each) for row, each in pairs if not each.needs_person]
    right = sum(row.label == each.label for row, each in sure)
    first = sum(row.label == each.label for row, each in pairs)
    false = sum(is_false_closing(row, each) for row, each in sure)
    missed = sum(
        row.label in ASKS and each.label not in ASKS | row.also for row, each in sure
    )
    return (
        f"| {name} | {len(pairs)} | {first / len(pairs):.3f} "
        f"| {interval(right, len(pairs))} | {interval(right, len(sure))} "
        f"| {false} | {missed} |"
    )


HEAD = (
    "| reader | answers | right, sure or not | surely and right "
    "| of the sure ones right | closed though not closed "
    "| sure, and an action missed |\n|---|---|---|---|---|---|---|"
)


def left_out() -> dict[str, Pairs]:
    """Return how each writer is read by the words that the others taught.

    What was taught to the encoder cannot be left out in turn.
    """
    rows = every_row()
    labels = tuple(sorted({row.label for row in rows}))
    pairs: dict[str, Pairs] = {"rules": [], "words_alone": []}
    for writer in WRITERS:
        others = [row for row in rows if row.writer != writer]
        mine = [row for row in rows if row.writer == writer]
        mix = mix_of_words(others, labels)
        points = words_of(labels, teach_words(others), mine)
        reads = reads_with(points, labels, opinions.mix_of(mix))
        pairs["rules"] += [(row, by_rules(row)) for row in mine]
        pairs["words_alone"] += [(row, reads(row)) for row in mine]
    return pairs


def on_files(paths: Sequence[str]) -> dict[str, Pairs]:
    """Return how other writers' files are read by what is shipped."""
    rows = [row for path in paths for row in rows_of(Path(path), Path(path).stem)]
    weights = opinions.weights()
    points = points_of(weights, rows, Embeddings().of(rows))
    pairs: dict[str, Pairs] = {"rules": [(row, by_rules(row)) for row in rows]}
    pairs["encoder_alone"] = [
        (row, by_encoder(points[row.id][1], weights.labels)) for row in rows
    ]
    for name, mix in weights.mixes.items():
        reads = reads_with(points, weights.labels, mix)
        pairs[name] = [(row, reads(row)) for row in rows]
    return pairs


def by_encoder(points: Sequence[float], labels: Sequence[str]) -> Reading:
    """Return what the encoder alone says, without any rule."""
    odds = [exp(each) for each in points]
    share = max(odds) / sum(odds)
    return Reading(
        label=Label(labels[odds.index(max(odds))]),
        sureness=share,
        needs_person=share < ALONE_SURE,
        new_text="",
        because=(),
    )


def by(pairs: Pairs, what: str) -> Iterator[str]:
    """Yield a line for each writer, language or label."""
    for name in sorted({getattr(row, what) for row, _ in pairs}):
        yield line(name, [each for each in pairs if getattr(each[0], what) == name])


def calibration(pairs: Pairs) -> Iterator[str]:
    """Yield how many were right of those with about the same sureness."""
    for low, many, mean, right in tenths(pairs):
        yield (
            f"| {low / 10:.1f}–{low / 10 + 0.1:.1f} | {many} | {mean:.2f} "
            f"| {interval(right, many)} |"
        )


def tenths(pairs: Pairs) -> Iterator[tuple[int, int, float, int]]:
    """Yield each tenth of sureness: its start, answers, mean, how many were right."""
    for low in range(2, 10):
        inside = [
            (row, each) for row, each in pairs if low == min(int(each.sureness * 10), 9)
        ]
        if inside:
            right = sum(row.label == each.label for row, each in inside)
            mean = sum(each.sureness for _, each in inside) / len(inside)
            yield low, len(inside), mean, right


DIAGRAM = Path(__file__).parents[1] / "docs" / "pictures" / "sureness.svg"
SIDE, EDGE = 320, 46
"""Of the diagram, in its own units: the square, and the room for words around it."""
FRAME = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 412 412" role="img" \
font-family="sans-serif" font-size="13">
<title>How many answers were right, by the sureness said of them</title>
<rect width="412" height="412" fill="#fff"/>
<rect x="{EDGE}" y="{EDGE}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>
<path d="M46 366L366 46" stroke="#999" stroke-dasharray="4 4"/>
<text x="{EDGE}" y="32">share that was right, with its 95 % interval</text>
<text x="206" y="406" text-anchor="middle">sureness that was said</text>
"""
MARK = """<text x="{x:.1f}" y="384" text-anchor="middle">{share}</text>
<text x="38" y="{y:.1f}" dy="4" text-anchor="end">{share}</text>
"""
POINT = """<path d="M{x:.1f} {low:.1f}V{high:.1f}" stroke="#1d4ed8" stroke-width="2"/>
<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#1d4ed8">\
<title>{right} of {many}</title></circle>
"""


def diagram(pairs: Pairs) -> str:
    """Return a reliability diagram: what was right of each tenth, with its interval."""
    marks = [
        MARK.format(x=_across(share), y=_up(share), share=share)
        for share in (0, 0.2, 0.4, 0.6, 0.8, 1)
    ]
    points = []
    for _, many, mean, right in tenths(pairs):
        low, high = map(_up, bounds(right, many))
        x, y = _across(mean), _up(right / many)
        points.append(
            POINT.format(x=x, y=y, low=low, high=high, right=right, many=many)
        )
    return FRAME + "".join([*marks, *points]) + "</svg>\n"


def _across(share: float) -> float:
    return EDGE + SIDE * share


def _up(share: float) -> float:
    return EDGE + SIDE * (1 - share)


def figures(pairs: Pairs) -> Iterator[str]:
    """Yield how many days and sums are right, of answers whose label is right.

    At once counts as the day of the answer, as the writers have it.
    """
    read_as = [(row, each) for row, each in pairs if row.label == each.label]
    days = [
        (row.ends_on, _day(row, each))
        for row, each in read_as
        if row.ends_on and row.label in ("confirmed", "already_cancelled")
    ]
    sums = [
        (_money(row.refund), each.refund and _money(str(each.refund)))
        for row, each in read_as
        if row.refund and row.label in ("confirmed", "refund_granted")
    ]
    for name, told in (("day of the end", days), ("sum that comes back", sums)):
        right = sum(one == other for one, other in told)
        wrong = sum(other is not None and one != other for one, other in told)
        yield f"| {name} | {len(told)} | {interval(right, len(told))} | {wrong} |"


def _day(row: Row, reading: Reading) -> str | None:
    if reading.effective_on == "immediate" and row.message.at:
        return row.message.at.date().isoformat()
    return reading.effective_on


def _money(text: str) -> tuple[Decimal, str]:
    number, currency = text.split()
    return Decimal(number), currency


def main() -> None:
    """Print the tables."""
    every = on_files(sys.argv[1:]) if sys.argv[1:] else left_out()
    print(HEAD)
    for name, pairs in every.items():
        if pairs:
            print(line(NAMES[name], pairs))
    best = every.get("with_encoder") or every["words_alone"]
    for what in ("writer", "language", "label"):
        print(f"\n{HEAD.replace('reader', what, 1)}")
        print(*by(best, what), sep="\n")
    print("\n| told | answers | right | wrong |\n|---|---|---|---|")
    print(*figures(best), sep="\n")
    print("\n| sureness said | answers | mean | right |\n|---|---|---|---|")
    print(*calibration(best), sep="\n")
    if "with_encoder" in every:
        DIAGRAM.write_text(diagram(best), encoding="utf-8")


if __name__ == "__main__":
    main()
