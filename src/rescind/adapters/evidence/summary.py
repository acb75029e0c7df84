"""The summary of a pack: a page for people, in their language."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypedDict

import typst

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.cldr import CldrFormat
from rescind.adapters.data.fonts import fonts
from rescind.adapters.data.printable import unprintable
from rescind.adapters.data.yaml import read_yaml
from rescind.core.errors import BadInput
from rescind.core.model.case import Event, EventKind
from rescind.core.model.correction_details import PutBackDetails, SetAsideDetails
from rescind.core.model.evidence import Item

TEMPLATE = SHIPPED / "layouts" / "summary.typ"
FOLDER = SHIPPED / "summary"
LANGUAGES = ("en", "de", "fr", "es", "it", "sv")
MOST_EVENTS = 400
"""Of a longer log the page shows the end; the log itself is whole."""
_MISSING = "\N{WHITE SQUARE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the page is about."""

    service_name: str
    offer: str
    case_id: str
    events: tuple[Event, ...]
    items: tuple[Item, ...]
    head: str
    is_self_made: bool
    written_on: date


@cache
def words(language: str) -> Mapping[str, Any]:
    """Return a language's words; raises BadInput with the languages there are."""
    if language not in LANGUAGES:
        raise BadInput.unknown_value("lang", language, LANGUAGES)
    entry: Mapping[str, Any] = read_yaml(FOLDER / f"{language}.yaml")
    return entry


def nearest_language(tag: str | None) -> str:
    """Return the language of a tag, where the page speaks it; else English."""
    base = (tag or "").split("-")[0]
    return base if base in LANGUAGES else "en"


def summary_pdf(summary: Summary, language: str) -> bytes:
    """Return the page as PDF/A-3a and PDF/UA-1; the same case gives the same bytes."""
    compiler = typst.Compiler(str(TEMPLATE), font_paths=fonts())
    day = summary.written_on
    pdf = compiler.compile(
        format="pdf",
        sys_inputs={"data": json.dumps(_page(summary, language), ensure_ascii=False)},
        pdf_standards=["a-3a", "ua-1"],
        # noon, the same for all: the file's own time must not tell two pages apart
        timestamp=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
    )
    assert isinstance(pdf, bytes)  # noqa: S101 - one file for a PDF
    return pdf


class _Page(TypedDict):
    """What the template sets: words, and rows of tables."""

    language: str
    year: int
    month: int
    day: int
    title: str
    lead: str
    about: list[list[str]]
    happened_title: str
    happened_heads: list[str]
    happened: list[list[str]]
    holds_title: str
    holds_heads: list[str]
    holds: list[list[str]]
    not_proved_title: str
    not_proved: list[str]
    check_title: str
    check: list[str]


def _page(summary: Summary, language: str) -> _Page:
    texts = words(language)
    day = summary.written_on
    subject = " ".join(part for part in (summary.service_name, summary.offer) if part)
    check = [texts["check"], texts["head"].format(head=summary.head)]
    if summary.is_self_made:
        check.append(texts["self_made"])
    return {
        "language": language,
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "title": _printable(texts["title"].format(service=summary.service_name)),
        "lead": texts["lead"],
        "about": [
            [texts["subject"], _printable(subject)],
            [texts["case"], summary.case_id],
            [texts["sealed_on"], CldrFormat(language, "").day(day)],
        ],
        "happened_title": texts["happened"],
        "happened_heads": [texts["when"], texts["what"], texts["by"]],
        "happened": [
            _row(event, texts, summary.events)
            for event in summary.events[-MOST_EVENTS:]
        ],
        "holds_title": texts["holds"],
        "holds_heads": [texts["file"], texts["shows"], texts["leaves_open"]],
        "holds": [
            [
                _printable(_short(item.name)),
                texts["offers"][item.offer]["shows"],
                texts["offers"][item.offer]["leaves_open"],
            ]
            for item in summary.items
        ],
        "not_proved_title": texts["not_proved_title"],
        "not_proved": texts["not_proved"],
        "check_title": texts["check_title"],
        "check": check,
    }


def _row(event: Event, texts: Mapping[str, Any], events: Sequence[Event]) -> list[str]:
    what, details = _what(event, texts), event.details
    meant = event.read(SetAsideDetails) or event.read(PutBackDetails)
    for other in events if meant else ():
        if meant is not None and other.number == meant.number:
            what = f"{what}: {_what(other, texts)}, {_moment(other)}"
    if event.kind is EventKind.AUTHENTICATED:
        result = texts["senders"][details["result"]].format(domain=details["signed_by"])
        what = f"{what}: {result}"
    for name in ("recipient", "ends_on", "note", "by"):
        if details.get(name):
            what = f"{what}; {details[name]}"
    return [
        _moment(event),
        _printable(what),
        texts["known_by"][event.known_by],
    ]


def _what(event: Event, texts: Mapping[str, Any]) -> str:
    is_rightful = event.kind is EventKind.CHARGED and event.details.get("rightful")
    code = "rightful_charge" if is_rightful else event.kind.value
    return str(texts["events"][code])


def _moment(event: Event) -> str:
    return f"{event.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _short(name: str) -> str:
    """Return a file's place with its digest cut: enough to find it."""
    folder, _, rest = name.partition("/")
    digest, _, last = rest.partition("/")
    return f"{folder}/{digest[:12]}…/{last}" if last else name


def _printable(text: str) -> str:
    """Return text with what no font here prints replaced; the files have it whole."""
    line = " ".join(text.split())[:300]
    missing = unprintable(line)
    return "".join(_MISSING if c in missing else c for c in line)
