"""Audit: what of the catalogue is old, unsourced, contradicted, or changed since."""

import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from rescind.adapters.data.catalogue import Catalogue
from rescind.adapters.data.yaml import read_yaml
from rescind.core.model.catalogue import Service, Term
from rescind.core.model.problem import Finding
from rescind.core.model.source import OFFICIAL, SourceKind
from rescind.core.model.verdict import Answer

STALE = timedelta(days=365)
"""How old a reading may be before it is in doubt."""
STALE_PRICE = timedelta(days=183)
"""Prices change sooner than terms."""
_SECONDS = 120


class Archived(NamedTuple):
    """A text whose history is kept in a repository, as it was when it was read."""

    source: str
    repository: str
    path: str
    commit: str
    seen_on: str
    """ISO 8601; empty where the source does not say."""
    text: tuple[str, ...]
    """The address that it stood at, and the countries that it is for."""


def grade(service: Service) -> str:
    """Return what an entry rests on.

    ``archived``: official terms with their days; ``official``: the merchant's own
    pages; ``guides``: what others say of it.
    """
    deciding = [
        *(term.claim.source for term in service.terms),
        *(rule.claim.source for rule in service.contracts),
    ]
    own = [source for source in deciding if source.kind in OFFICIAL]
    terms = [s for s in own if s.kind is SourceKind.OFFICIAL_TERMS]
    if any(s.seen_on is not None and s.dated is not None for s in terms):
        return "archived"
    return "official" if own else "guides"


def audit(
    catalogue: Catalogue, today: date, archives: Path | None = None
) -> tuple[Finding, ...]:
    """Return what should be looked at again, service by service.

    ``archives`` is a folder with clones of the repositories that sources name.
    """
    findings: list[Finding] = []
    for slug, path in catalogue.paths.items():
        service = catalogue.service(slug)
        found = [
            *_old(service, today),
            *_unsourced(service),
            *_contradicted(service, today),
        ]
        if archives is not None:
            found += _changed(read_yaml(path), archives)
        findings += [_placed(path.name, pointer, says) for pointer, says in found]
    return tuple(findings)


def _placed(name: str, pointer: str, says: str) -> Finding:
    return Finding(path=name, pointer=pointer, message=says)


def old_prices(service: Service, today: date) -> int:
    """Return how many prices were last seen too long ago to be called current."""
    return sum(today - price.seen_on > STALE_PRICE for price in service.prices)


def _old(service: Service, today: date) -> Iterator[tuple[str, str]]:
    checked = service.checked_on
    if checked is not None and today - checked > STALE:
        yield "/checked_on", f"was last read on {checked}: read it again"


def _unsourced(service: Service) -> Iterator[tuple[str, str]]:
    for name, source in service.sources.items():
        if source.is_unverified:
            yield f"/sources/{name}", "nobody has looked this up"


def _contradicted(service: Service, today: date) -> Iterator[tuple[str, str]]:
    """Yield pairs of official terms that answer one question both ways today."""
    own = [
        term
        for term in service.terms
        if term.claim.source.kind in OFFICIAL and term.claim.in_force.holds(today)
    ]
    plain = [t for t in own if not (t.conditions or t.vague or t.against_law)]
    silenced = {name for term in service.terms for name in term.exception_to}
    open_terms = [t for t in plain if t.claim.id not in silenced]
    for index, one in enumerate(open_terms):
        for other in open_terms[index + 1 :]:
            if _contradict(one, other):
                pair = f"{one.claim.id} and {other.claim.id}"
                yield f"/terms/{other.claim.id}", f"{pair} say yes and no at once"


def _contradict(one: Term, other: Term) -> bool:
    answers = {one.answer, other.answer}
    if one.topic != other.topic or answers != {Answer.YES, Answer.NO}:
        return False
    if one.exception_to or other.exception_to:
        return False
    if one.claim.source.kind is not other.claim.source.kind:
        return False
    return _meet(one, other)


def _meet(one: Term, other: Term) -> bool:
    pairs = (
        (one.offers, other.offers),
        (one.channels, other.channels),
        (one.regions, other.regions),
    )
    return all(not left or not right or left & right for left, right in pairs)


def _changed(entry: object, archives: Path) -> Iterator[tuple[str, str]]:
    """Yield texts that were recorded anew after the one that was read.

    Of one file, and of one address in the countries that it is for, only the text that
    was seen last counts: an older one may have been read in another archive.
    """
    in_order = sorted(_archived(entry), key=lambda item: item.seen_on)
    last_in_file = {(item.repository, item.path): item for item in in_order}.values()
    last_of_text = {item.text: item for item in in_order}.values()
    for item in (each for each in last_in_file if each in last_of_text):
        folder = archives / item.repository.rpartition("/")[2]
        if not folder.exists():
            folder = archives / item.repository.replace("/", "+") / "repo"
        pointer = f"/sources/{item.source}/archive"
        if not folder.exists():
            yield pointer, f"no clone of {item.repository} in the folder"
            continue
        later = _git(folder, "log", "--format=%h %ad", "--date=short", *_since(item))
        if later is None:
            yield pointer, f"its commit {item.commit} is not in the clone"
        elif later:
            places = _git(folder, "diff", "-U0", *_since(item)) or ""
            lines = [line for line in places.splitlines() if line.startswith("@@")]
            where = ", ".join(line.split(" @@")[0].strip("@ ") for line in lines[:5])
            last = later.splitlines()[0]
            yield pointer, f"{item.path} changed after our reading, {last}: {where}"


def _archived(entry: object) -> Iterator[Archived]:
    """Yield the archived texts of an entry, in the order of its sources."""
    sources = entry.get("sources", {}) if isinstance(entry, dict) else {}
    for name, source in sources.items():
        kept = source.get("archive")
        if kept is not None:
            yield Archived(
                source=name,
                repository=kept["repository"],
                path=kept["path"],
                commit=kept["commit"],
                seen_on=str(source.get("seen_on") or ""),
                text=(source.get("url", kept["path"]), *source.get("regions", ())),
            )


def _since(item: Archived) -> tuple[str, ...]:
    return (f"{item.commit}..HEAD", "--", item.path)


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what git says of a clone; ``None`` where it cannot."""
    done = subprocess.run(  # noqa: S603 - a fixed command, on a folder that was named
        ["git", "-C", str(folder), *arguments],  # noqa: S607 - the git of the user's path
        capture_output=True,
        text=True,
        check=False,
        timeout=_SECONDS,
    )
    return done.stdout.strip() if done.returncode == 0 else None
