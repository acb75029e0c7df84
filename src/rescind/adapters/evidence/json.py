"""JSON that says one thing: no name twice, no number without end (RFC 8259)."""

import json
from typing import Any

MOST_DEPTH = 20
"""Levels of lists and objects; a pack's log has four."""


def read_json(raw: bytes) -> Any:  # noqa: ANN401 - whatever the text holds
    """Return the value of a JSON text in UTF-8.

    Raises ValueError where a name stands twice in one object, a number is infinite or
    none, or the text is too deep to be ours.
    """
    try:
        value = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_number
        )
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error
    _measure(value)
    return value


_TOO_DEEP = f"it is deeper than {MOST_DEPTH} levels"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        message = f"it says {twice!r} twice"
        raise ValueError(message)
    return content


def _no_number(text: str) -> Any:  # noqa: ANN401 - never returns
    message = f"{text} is no number"
    raise ValueError(message)


def _measure(value: object, level: int = 0) -> None:
    if level > MOST_DEPTH:
        raise ValueError(_TOO_DEEP)
    below = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for each in below:  # type: ignore[attr-defined]  # of one of the two
            _measure(each, level + 1)
