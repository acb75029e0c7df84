"""How the details of an event stand in the log: as text under the names of fields.

The log's digests cover that text, so what was written is kept as it was; this is how it
is read, and how new text is made.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from enum import Enum
from typing import get_args

from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import EventDetails
from rescind.core.model.message import Label
from rescind.core.model.proof_details import ALWAYS
from rescind.core.model.third_party_details import ThirdWord

BETWEEN = "; "
"""What stands between codes where one text holds several."""
YES = "yes"
DAY_LENGTH = len("2026-01-31")
BY_KIND: Mapping[str, type[EventDetails]] = {
    each.KIND: each for each in get_args(EventDetails)
}


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:DAY_LENGTH]) if text else None


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _label(text: str) -> Label | None:
    """Return a label; ``None`` for one of a later release, as where a person reads."""
    return Label(text) if text in set(Label) else None


def _outcome(text: str) -> EndOutcome | None:
    """Return an outcome; ``None`` for one of a later release."""
    return EndOutcome(text) if text in set(EndOutcome) else None


def _word(text: str) -> ThirdWord | None:
    """Return what a bank or a body says; ``None`` for a word of a later release."""
    return ThirdWord(text) if text in set(ThirdWord) else None


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split(BETWEEN)) if text else ()


_READ: Mapping[object, Callable[[str], object]] = {
    str: str,
    str | None: str,
    int: int,
    bool: bool,
    date | None: _day,
    datetime | None: _moment,
    Label | None: _label,
    EndOutcome | None: _outcome,
    ThirdWord | None: _word,
    tuple[str, ...]: _codes,
}
"""How text is read, by the type of the field."""


def read_details(kind: str, texts: Mapping[str, str]) -> EventDetails:
    """Return what an event of a kind holds, read from the log's text.

    Text under names that the kind does not have is of a later release, and is left
    out. Raises KeyError where a name is lacking that the kind cannot be without, and
    ValueError for text that cannot be read.
    """
    of_kind = BY_KIND[kind]
    values = {each.name: _value(each, texts) for each in fields(of_kind)}
    return of_kind(**values)  # type: ignore[arg-type]  # each read as its type says


def texts_of(details: EventDetails) -> dict[str, str]:
    """Return the text under names as the log keeps it.

    What is not known is left out, but for fields that stand there always.
    """
    texts = {each.name: _text(each, details) for each in fields(details)}
    return {name: text for name, text in texts.items() if text is not None}


def _value(of: Field[object], texts: Mapping[str, str]) -> object:
    if of.name not in texts:
        if of.default is MISSING:
            raise KeyError(of.name)
        return of.default
    return _READ[of.type](texts[of.name])


def _text(of: Field[object], details: EventDetails) -> str | None:
    match getattr(details, of.name):
        case None:
            return "" if ALWAYS in of.metadata else None
        case bool(is_so):
            return YES if is_so else None
        case Enum(value=value):
            return str(value)
        case date() as day:
            return day.isoformat()
        case tuple(codes):
            return BETWEEN.join(codes)
        case value:
            return str(value)
