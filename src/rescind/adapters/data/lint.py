"""Checks on files of facts: every problem, with its file, place and a way out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from jsonschema.exceptions import ValidationError

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.day_lint import check_days
from rescind.adapters.data.directories import FOLDER as DIRECTORIES
from rescind.adapters.data.letter_lint import check_kind, check_letter
from rescind.adapters.data.schemas import validator
from rescind.adapters.data.yaml import read_yaml
from rescind.core.act.model_form import is_deleted_from
from rescind.core.errors import DataError
from rescind.core.model.problem import Finding

KINDS = (
    ("catalogue/?/*.yaml", "service"),
    ("channels/*.yaml", "channel"),
    ("law/*/*.yaml", "law"),
    ("letters/*/*.yaml", "letter"),
    ("languages/*.yaml", "language"),
    ("forms/*/*.yaml", "model-form"),
    ("layouts/layouts.yaml", "layouts"),
    ("post.yaml", "post"),
    ("authorities.yaml", "authorities"),
    ("mailboxes.yaml", "mailboxes"),
    ("summary/*.yaml", "summary"),
    ("reading/*.yaml", "reading"),
    ("playbook/*.yaml", "playbook"),
    ("statements/columns.yaml", "columns"),
    ("statements/banks.yaml", "banks"),
    ("descriptors/merchants.yaml", "merchants"),
    ("descriptors/words.yaml", "descriptor-words"),
    ("descriptors/given_names.yaml", "given-names"),
    ("descriptors/receipts.yaml", "receipts"),
)
_KINDS_BY_NAME = {
    "kind.yaml": "letter-kind",
    "citations.yaml": "citations",
    "transport.yaml": "transport",
    "quotes.yaml": "quotes",
    "demands.yaml": "demands",
    "asked.yaml": "asked",
    "named.yaml": "named",
    "figures.yaml": "figures",
    "plays.yaml": "plays",
}
"""Files whose name says what they are."""
_LETTERS = frozenset({"letter", "letter-kind"})
_PLAIN = frozenset(
    {
        "language",
        "citations",
        "layouts",
        "post",
        "authorities",
        "mailboxes",
        "summary",
        "reading",
        "transport",
        "quotes",
        "demands",
        "asked",
        "named",
        "figures",
        "playbook",
        "plays",
        "columns",
        "banks",
        "merchants",
        "descriptor-words",
        "given-names",
        "receipts",
    }
)
"""Files that the schema alone checks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """How many files were read, and what is wrong with them."""

    files: int
    findings: tuple[Finding, ...]


def validate_folder(folder: Path | None = None) -> Validation:
    """Check our own files, and a user's folder laid over them."""
    findings: list[Finding] = []
    count = 0
    for root in (SHIPPED, folder):
        if root is None:
            continue
        for pattern, kind in KINDS:
            for path in sorted(root.glob(pattern)):
                count += 1
                own_kind = _KINDS_BY_NAME.get(path.name, kind)
                findings.extend(_check_file(path, own_kind, root))
    if folder is not None:
        findings.extend(_unread(folder))
    return Validation(files=count, findings=tuple(findings))


def validate_file(path: Path, kind: str = "service") -> Validation:
    """Check one file by itself, wherever it lies; ``kind`` names its schema."""
    findings = _check_file(path, kind, path.parent)
    return Validation(files=1, findings=tuple(findings))


def _unread(folder: Path) -> Iterator[Finding]:
    """Yield files of facts that nothing reads, since their names fit no place."""
    read = {path for pattern, _ in KINDS for path in folder.glob(pattern)}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in name.parts)
        is_imported = name.parts[0] == DIRECTORIES
        if is_hidden or is_imported or path in read or path.suffix not in _FACTS:
            continue
        near = get_close_matches(str(name), [p for p, _ in KINDS], n=2, cutoff=0.3)
        yield Finding(
            path=str(name),
            pointer="",
            message="nothing reads a file of this name in this place",
            suggestion=", ".join(near or ["catalogue/?/*.yaml"]),
        )


_FACTS = frozenset({".yaml", ".yml", ".json"})
"""How files are named that somebody may take for files of facts."""


def _check_file(path: Path, kind: str, root: Path) -> list[Finding]:
    """Return the problems of a file, each with its line."""
    findings = _problems(path, kind, root)
    if not findings or path.suffix == ".json":
        return findings
    lines = _lines(path)
    return [
        finding if finding.line else replace(finding, line=_line(finding, lines))
        for finding in findings
    ]


def _lines(path: Path) -> Mapping[str, int]:
    from rescind.adapters.data.yaml_loader import lines_of  # noqa: PLC0415 - 0.01 s

    try:
        return lines_of(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _line(finding: Finding, lines: Mapping[str, int]) -> int | None:
    """Return the line of a place, or of what it would stand in."""
    pointer = finding.pointer.rstrip("/")
    while pointer and pointer not in lines:
        pointer = pointer.rpartition("/")[0]
    return lines.get(pointer)


def _problems(path: Path, kind: str, root: Path) -> list[Finding]:
    name = str(path.relative_to(root))
    try:
        entry = read_yaml(path)
    except DataError as error:
        return [replace(finding, path=name) for finding in error.findings]
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        return [Finding(path=name, pointer="", message=message)]
    findings = [_finding(name, error) for error in validator(kind).iter_errors(entry)]
    findings += check_days(name, entry)
    if findings or kind in _PLAIN:
        return findings
    if kind in _LETTERS:
        own = (SHIPPED / name).is_file()
        return list(
            check_letter(name, entry, SHIPPED if own else root)
            if kind == "letter"
            else check_kind(name, entry)
        )
    if kind == "model-form":
        return list(_struck(name, entry))
    found = list(_references(name, entry))
    if kind == "service":
        found.extend(_service(name, entry, path))
    if kind == "law" and not found:
        found.extend(_unopened(name, entry))
    return found


def _finding(path: str, error: ValidationError) -> Finding:
    pointer = "/" + "/".join(str(part) for part in error.absolute_path)
    return Finding(
        path=path,
        pointer=pointer,
        message=error.message[:300],
        suggestion=_suggestion(error),
    )


def _suggestion(error: ValidationError) -> str:
    schema: Any = error.schema
    if error.validator == "enum":
        values = [str(value) for value in schema["enum"]]
        near = get_close_matches(str(error.instance), values, n=3, cutoff=0.4)
        return "one of: " + ", ".join(near or values)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        names = list(schema.get("properties", {}))
        extra = [name for name in error.instance if name not in names]
        near = [n for name in extra for n in get_close_matches(name, names, n=1)]
        return "did you mean: " + ", ".join(near or names)
    return str(schema.get("description", ""))


def _struck(path: str, entry: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield words of a form that no line of it leaves when alternatives are struck."""
    for index, form in enumerate(entry["forms"]):
        for part, words in form["struck"].items():
            if not any(is_deleted_from(words, line) for line in form["lines"]):
                yield Finding(
                    path=path,
                    pointer=f"/forms/{index}/struck/{part}",
                    message=f"{words!r} is more than a line with words struck out",
                    suggestion="delete from a line of the form; add nothing",
                )


def _references(path: str, entry: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield claims that point to no source, spans that end before they begin, twins."""
    sources = entry.get("sources", {})
    ids: set[str] = set()
    for pointer, item in _claims(entry, ""):
        if item["source"] not in sources:
            near = get_close_matches(item["source"], list(sources), n=2)
            message = f"no source is called {item['source']!r}"
            yield Finding(
                path=path,
                pointer=f"{pointer}/source",
                message=message,
                suggestion=", ".join(near or sources),
            )
        first, last = item.get("in_force", (None, None))
        if first and last and date.fromisoformat(first) > date.fromisoformat(last):
            message = f"ends on {last}, before it begins on {first}"
            yield Finding(path=path, pointer=f"{pointer}/in_force", message=message)
        name = item.get("id")
        if name in ids:
            message = f"the id {name!r} stands twice"
            yield Finding(path=path, pointer=f"{pointer}/id", message=message)
        if name:
            ids.add(name)


def _unopened(path: str, entry: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield claims that nobody opened whose source says that somebody did."""
    for pointer, item in _claims(entry, ""):
        source = entry["sources"][item["source"]]
        opened = item.get("checked_on", entry["checked_on"])
        if opened is None and source.get("verification") != "not-sourced":
            yield Finding(
                path=path,
                pointer=f"{pointer}/checked_on",
                message=f"nobody opened it, and {item['source']!r} is not not-sourced",
                suggestion="the day it was opened, or verification: not-sourced",
            )


def _claims(value: object, pointer: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        if "source" in value and "at" in value:
            yield pointer, value
        for key, inner in value.items():
            yield from _claims(inner, f"{pointer}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _claims(inner, f"{pointer}/{index}")


def _service(name: str, entry: Mapping[str, Any], path: Path) -> Iterator[Finding]:
    if entry["service"] != path.stem:
        message = f"the service {entry['service']!r} lies in a file of another name"
        yield Finding(
            path=name,
            pointer="/service",
            message=message,
            suggestion=f"{entry['service']}.yaml",
        )
    terms = {term["id"] for term in entry.get("terms", [])}
    for pointer, key, value in _uses(entry):
        slugs = {
            "offers": list(entry["offers"]),
            "channels": list(entry["channels"]),
            "shared": _channels(path),
        }
        defined = slugs.get(key, sorted(terms))
        if value not in defined:
            near = get_close_matches(value, defined, n=2)
            message = f"{value!r} is not defined in this file"
            yield Finding(
                path=name,
                pointer=pointer,
                message=message,
                suggestion=", ".join(near or defined),
            )
    yield from _links(name, entry)
    yield from _windows(name, entry)


def _windows(name: str, entry: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield windows that cannot be counted as they are written."""
    for index, term in enumerate(entry.get("terms", [])):
        window, place = term.get("window", {}), f"/terms/{index}/window"
        if window.get("working_days") and not window["length"].endswith("D"):
            yield Finding(
                path=name,
                pointer=f"{place}/length",
                message="business days are counted in days",
                suggestion="P3D",
            )
        if window.get("from") == "renewal" and not term.get("when", {}).get("renewal"):
            yield Finding(
                path=name,
                pointer=f"{place}/from",
                message="a window from a renewal is for renewals only",
                suggestion="when: {renewal: true}",
            )


def _uses(entry: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield each use of an offer, a channel or a term, with its place."""
    for part in _SCOPED:
        for index, item in enumerate(entry.get(part, [])):
            for key in ("offers", "channels", "exception_to"):
                for place, value in enumerate(item.get(key, [])):
                    yield f"/{part}/{index}/{key}/{place}", key, value
    for index, price in enumerate(entry.get("prices", [])):
        yield f"/prices/{index}/offer", "offers", price["offer"]
    for place, slug in enumerate(entry["channels"]):
        yield f"/channels/{place}", "shared", slug


_SCOPED = (
    *("terms", "routes", "notes", "contracts", "contract_with", "prices"),
    *("descriptors", "payees", "identifiers"),
)
"""Parts whose items may be for some offers or channels only."""


def _channels(path: Path) -> list[str]:
    """Return the shared channels: ours, and those beside a user's own file."""
    roots = (SHIPPED, path.parent.parent.parent)
    found = {each.stem for root in roots for each in root.glob("channels/*.yaml")}
    return sorted(found)


def _links(name: str, entry: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield links that lead anywhere but to the merchant's own hosts."""
    hosts = entry.get("official_domains", [])
    for index, route in enumerate(entry.get("routes", [])):
        link = route.get("link")
        host = link.split("/")[2] if link else ""
        if link and not any(host == h or host.endswith(f".{h}") for h in hosts):
            yield Finding(
                path=name,
                pointer=f"/routes/{index}/link",
                message=f"{host} is not among official_domains",
                suggestion=", ".join(hosts),
            )
