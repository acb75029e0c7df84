"""Directories of others: company records that a person took in, apart from our entries.

Nothing in them was checked by us. They are found after our entries, and offer addresses
by name; no answer and no letter rests on one by itself. Each kind of directory is one
file in the person's catalogue folder, with the day it was taken in.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypedDict
from urllib.parse import urlsplit

from rescind.adapters.data.service_names import ServiceName
from rescind.core.errors import BadInput
from rescind.settings import write_private

FOLDER = "directories"
"""Within the person's catalogue folder."""
MOST_BYTES = 40_000_000
"""How large a file may be that is taken in: all of datenanfragen.de has 4 MB."""
_LONGEST = 300
_MOST = 50
"""Items of one list in a record that are kept."""
COMPANIES, AUTHORITIES, SITES = "companies", "authorities", "sites"
ORIGINS: Mapping[str, str] = {
    COMPANIES: "datenanfragen.de, companies (privacy contacts)",
    AUTHORITIES: "datenanfragen.de, supervisory authorities",
    SITES: "justdelete.me (how an account is deleted)",
}


class Record(TypedDict):
    """One record of a directory, as far as it is kept."""

    name: str
    aliases: list[str]
    website: str
    domains: list[str]
    countries: list[str]
    address: list[str]
    email: str
    link: str
    """Where an account is deleted."""
    difficulty: str
    """Of deleting an account, by the directory."""
    sources: list[str]


class Taken(NamedTuple):
    """How many records of a kind were taken in, and how many were passed over."""

    kind: str
    records: int
    passed_over: int


class Found(NamedTuple):
    """A record with the directory it stands in, and the day it was taken in."""

    kind: str
    taken_on: str
    record: Record


def read_directory(path: Path) -> tuple[str, list[Record], int]:
    """Return the kind of a file or folder, its records, and how many were passed over.

    A folder has one JSON file for each record, as datenanfragen.de keeps them; sites
    are one list, as justdelete.me keeps them. Raises BadInput naming the file.
    """
    paths = sorted(path.glob("*.json")) if path.is_dir() else [path]
    raw = [row for each in paths for row in _rows(each)]
    kinds = {_kind(row) for row in raw} - {None}
    if len(kinds) != 1:
        why = (
            "holds several kinds of records" if kinds else "holds no record known here"
        )
        near = [
            f"the folder {name}" for name in ("companies", "supervisory-authorities")
        ]
        raise BadInput("file", f"{path} {why}", [*near, "sites.json"])
    (kind,) = kinds
    assert kind is not None  # noqa: S101 - taken out above
    rows = [row for row in raw if isinstance(row, dict) and _kind(row) == kind]
    records = [_READERS[kind](row) for row in rows]
    named = [record for record in records if record["name"]]
    return kind, named, len(raw) - len(named)


def keep(folder: Path, kind: str, records: Sequence[Record], today: date) -> None:
    """Keep the records of a directory, in place of those that were there."""
    form = {"taken_on": today.isoformat(), "records": records}
    (folder / FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FOLDER / f"{kind}.json"
    write_private(path, json.dumps(form, ensure_ascii=False).encode())


def read_kept(folder: Path) -> tuple[Found, ...]:
    """Return every record that was taken in; a file that is damaged has none."""
    return tuple(found for kind in ORIGINS for found in _kept(folder, kind))


def _kept(folder: Path, kind: str) -> Iterator[Found]:
    try:
        form = json.loads((folder / FOLDER / f"{kind}.json").read_bytes())
        for record in form["records"]:
            if _is_record(record):
                yield Found(kind, str(form["taken_on"]), record)
    except (OSError, ValueError, KeyError, TypeError):
        return


def _is_record(row: object) -> bool:
    """Return whether a record is of our shape: a backup of somebody's may hold any."""
    if not isinstance(row, dict) or row.keys() != Record.__annotations__.keys():
        return False
    lists = [each for each in row.values() if isinstance(each, list)]
    texts = [each for each in row.values() if not isinstance(each, list)]
    names = {name for name, value in row.items() if isinstance(value, list)}
    every = [*texts, *(item for items in lists for item in items)]
    return names == _LISTS and all(isinstance(each, str) for each in every)


_LISTS = {"aliases", "domains", "countries", "address", "sources"}


def as_name(number: int, found: Found) -> ServiceName:
    """Return what a record is looked for by; its slug is its number."""
    record = found.record
    return ServiceName(
        slug=str(number),
        name=record["name"],
        website=record["website"] or None,
        aliases=tuple(record["aliases"]),
        domains=tuple(record["domains"]),
        is_foreign=True,
    )


def _rows(path: Path) -> list[object]:
    try:
        if not path.is_file():
            raise BadInput("file", f"{path} is no file")
        if path.stat().st_size > MOST_BYTES:
            raise BadInput("file", f"{path} is larger than {MOST_BYTES // 10**6} MB")
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput("file", f"cannot read {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise BadInput("file", f"{path} is no JSON") from error
    return content if isinstance(content, list) else [content]


def _kind(row: object) -> str | None:
    if not isinstance(row, dict) or not isinstance(row.get("name"), str):
        return None
    if "difficulty" in row and "url" in row:
        return SITES
    if "slug" not in row or "sources" not in row:
        return None
    return COMPANIES if "quality" in row else AUTHORITIES


def _company(row: Mapping[str, Any]) -> Record:
    website = _link(row.get("web"))
    return {
        "name": _line(row.get("name")),
        "aliases": _lines(row.get("runs")),
        "website": website,
        "domains": [host] if (host := _host(website)) else [],
        "countries": [each.upper() for each in _lines(row.get("relevant-countries"))],
        "address": _lines(str(row.get("address") or "").split("\n")),
        "email": _line(row.get("email")),
        "link": "",
        "difficulty": "",
        "sources": [
            link for each in _lines(row.get("sources")) if (link := _link(each))
        ],
    }


def _site(row: Mapping[str, Any]) -> Record:
    link = _link(row.get("url"))
    domains = [each.casefold() for each in _lines(row.get("domains"))]
    return {
        "name": _line(row.get("name")),
        "aliases": [],
        "website": f"https://{domains[0]}" if domains else "",
        "domains": domains,
        "countries": [],
        "address": [],
        "email": _line(row.get("email")),
        "link": link,
        "difficulty": _line(row.get("difficulty")),
        "sources": [],
    }


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Record]] = {
    COMPANIES: _company,
    AUTHORITIES: _company,
    SITES: _site,
}


def _line(value: object) -> str:
    """Return a text as one line; empty for what is none, or would forge a layout."""
    text = value.strip() if isinstance(value, str) else ""
    return text if text.isprintable() and len(text) <= _LONGEST else ""


def _lines(value: object) -> list[str]:
    items = value if isinstance(value, list) else []
    return [line for line in map(_line, items[:_MOST]) if line]


def _link(value: object) -> str:
    line = _line(value)
    return line if line.startswith(("https://", "http://")) else ""


def _host(link: str) -> str:
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
