"""What proof a person asked for: authorities, calendars, DNS and the key; no secret.

Without settings nobody is asked for anything: stamps, anchors and look-ups leave the
machine, and so they wait for a person's word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import certifi
from asn1crypto import pem, x509

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.evidence.dns import resolver_for
from rescind.adapters.evidence.trust import Authority, read_roots
from rescind.adapters.input.facts import parse_json
from rescind.adapters.settings.files import write_private
from rescind.core.errors import BadInput

FILE = "proof.json"
_NAMES = ("stamp_by", "stamps", "roots", "anchor_by", "dns", "key")
MOST_STAMPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSettings:
    """What is asked of whom; empty where the person asked for nothing."""

    authorities: tuple[Authority, ...] = ()
    """Asked in this order."""
    stamps: int = 1
    """How many of them have to stamp; several are witnesses of each other."""
    calendars: tuple[str, ...] = ()
    dns: str | None = None
    """``system`` or ``host:port``; ``None`` while no look-up was allowed."""
    key: Mapping[str, str] = field(default_factory=dict)
    """``p12``, or ``module`` with ``label`` and ``token``; empty: the own key."""


@cache
def known() -> Mapping[str, Any]:
    """Return the authorities and calendars on file, as their YAML has them."""
    entry: Mapping[str, Any] = read_yaml(SHIPPED / "authorities.yaml")
    return entry


def read_settings(folder: Path) -> ProofSettings:
    """Return what was set; raises BadInput for a file that was broken by hand."""
    path = folder / FILE
    if not path.exists():
        return ProofSettings()
    return settings(parse_json(path.read_text("utf-8"), field="proof"))


def write_settings(folder: Path, changes: Mapping[str, Any]) -> ProofSettings:
    """Check and keep settings, laid over those there are; an empty one goes away."""
    path = folder / FILE
    kept: dict[str, Any] = {}
    if path.exists():
        kept = dict(parse_json(path.read_text("utf-8"), field="proof"))
    kept |= changes
    kept = {name: value for name, value in kept.items() if value}
    checked = settings(kept)
    write_private(path, kept)
    return checked


def settings(given: Mapping[str, Any]) -> ProofSettings:
    """Return what settings say; raises BadInput naming the field."""
    for name in given:
        if name not in _NAMES:
            raise BadInput.unknown_value("proof", name, _NAMES)
    roots = [r for path in given.get("roots", ()) for r in roots_of_file(Path(path))]
    dns = given.get("dns")
    if dns is not None:
        resolver_for(str(dns))
    return ProofSettings(
        authorities=tuple(
            find_authority(str(n), roots) for n in given.get("stamp_by", ())
        ),
        stamps=_count(given.get("stamps", 1)),
        calendars=tuple(find_calendar(str(n)) for n in given.get("anchor_by", ())),
        dns=dns,
        key=dict(given.get("key") or {}),
    )


def _count(value: object) -> int:
    if not str(value).isdigit() or not 1 <= int(str(value)) <= MOST_STAMPS:
        raise BadInput("stamps", f"{value!r} is no number of stamps", ["1", "2"])
    return int(str(value))


def roots_of_file(path: Path, field_name: str = "roots") -> list[x509.Certificate]:
    """Return the certificates in a file; raises BadInput naming the field."""
    try:
        return read_roots(path.read_bytes())
    except OSError as error:
        message = f"cannot read {path}: {error.strerror}"
        raise BadInput(field_name, message) from error


def find_authority(name: str, roots: Sequence[x509.Certificate] = ()) -> Authority:
    """Return an authority on file by its name, or the one at an address.

    Raises BadInput with the names that are near.
    """
    for entry in known()["authorities"]:
        if name in (entry["name"], entry["url"]):
            pinned = _pinned(frozenset(entry["roots"])) or tuple(roots)
            return Authority(name=entry["name"], url=entry["url"], roots=pinned)
    names = [entry["name"] for entry in known()["authorities"]]
    url = _address(name, "stamp_by", names)
    return Authority(name=url, url=url, roots=tuple(roots))


def find_calendar(name: str) -> str:
    """Return the address of a calendar on file, or the address given."""
    for entry in known()["calendars"]:
        if name in (entry["name"], entry["url"]):
            return str(entry["url"])
    names = [entry["name"] for entry in known()["calendars"]]
    return _address(name, "anchor_by", names)


def _address(text: str, field_name: str, names: Sequence[str]) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadInput.unknown_value(field_name, text, names)
    return text


@cache
def _pinned(fingerprints: frozenset[str]) -> tuple[x509.Certificate, ...]:
    """Return the certificates of these fingerprints among those of certifi."""
    content = Path(certifi.where()).read_bytes()
    found = []
    for _, _, der in pem.unarmor(content, multiple=True):
        certificate = x509.Certificate.load(der)
        if certificate.sha256.hex() in fingerprints:
            found.append(certificate)
    return tuple(found)
