"""Many purchases at once: lines of facts in, one answer a line out.

What is held is bounded: a window of chunks is under way, whatever the file's length.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from typing import Any, TypeAlias

from rescind.adapters.input.facts import parse_json
from rescind.adapters.public.decision import answer_json
from rescind.adapters.public.error import error_json
from rescind.adapters.public.verdict import brief_json
from rescind.app.act.plan import plan_for
from rescind.app.know import check
from rescind.core.errors import BadInput

CHUNK = 250
"""Purchases that a process takes at a time."""
AHEAD = 3
"""Chunks under way for each process."""
Line: TypeAlias = tuple[int, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One line of output, and what became of the purchase."""

    text: str
    is_refused: bool = False
    is_missing: bool = False
    """A fact is missing that would change the answer."""


def answers(
    lines: Iterable[Line], overrides: Mapping[str, Any], *, jobs: int, brief: bool
) -> Iterator[Answered]:
    """Yield an answer for every line, in their order.

    ``overrides`` are laid over each purchase. A line that cannot be used gets its
    error in its place, and the rest goes on.
    """
    work = partial(_chunk, overrides=dict(overrides), brief=brief)
    chunks = _chunked(lines)
    first, second = next(chunks, None), next(chunks, None)
    if first is None:
        return
    if jobs == 1 or second is None:
        for chunk in _again(first, second, chunks):
            yield from work(chunk)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        under_way: deque[Future[list[Answered]]] = deque()
        for chunk in _again(first, second, chunks):
            under_way.append(pool.submit(work, chunk))
            if len(under_way) >= jobs * AHEAD:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()


def _again(
    first: list[Line], second: list[Line] | None, rest: Iterator[list[Line]]
) -> Iterator[list[Line]]:
    yield first
    if second is not None:
        yield second
    yield from rest


def _chunked(lines: Iterable[Line]) -> Iterator[list[Line]]:
    rest = iter(lines)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _chunk(
    lines: list[Line], *, overrides: Mapping[str, Any], brief: bool
) -> list[Answered]:
    return [_answer(line, overrides, brief=brief) for line in lines]


def _answer(line: Line, overrides: Mapping[str, Any], *, brief: bool) -> Answered:
    number, content = line
    try:
        raw = {**parse_json(_text(content), field=f"line {number}"), **overrides}
        checked = check.check(raw)
    except BadInput as error:
        text = _dumped({"line": number, "error": error_json(error)})
        return Answered(text=text, is_refused=True)
    if brief:
        text = _dumped({"line": number, **brief_json(checked.verdict)})
        return Answered(text=text, is_missing=bool(checked.verdict.asks))
    decision = plan_for(checked).decision
    text = _dumped({"line": number, **answer_json(checked, decision)})
    return Answered(text=text, is_missing=bool(decision.asks))


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("line", f"this is not UTF-8 text: {error}") from error


def _dumped(row: Mapping[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))
