"""What proof a person asked for: whose timestamps, DNS, which key; no secret.

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
from rescind.adapters.evidence.trust import TimestampAuthority, read_roots
from rescind.adapters.settings.files import SettingsFile
from rescind.core.errors import BadInput

MOST_STAMPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSettings:
    """What is asked of whom; empty where the person asked for nothing."""

    authorities: tuple[TimestampAuthority, ...] = ()
    """Asked in this order."""
    stamps: int = 1
    """How many of them have to stamp; several are witnesses of each other."""
    timestamp_calendars: tuple[str, ...] = ()
    dns: str | None = None
    """``system`` or ``host:port``; ``None`` while no look-up was allowed."""
    key: Mapping[str, str] = field(default_factory=dict)
    """``p12``, or ``module`` with ``label`` and ``token``; empty: the own key."""


@cache
def providers() -> Mapping[str, Any]:
    """Return the timestamp authorities and calendars on file, as in their YAML."""
    entry: Mapping[str, Any] = read_yaml(SHIPPED / "authorities.yaml")
    return entry


def _check(entries: Mapping[str, Any]) -> ProofSettings:
    PROOF.refuse_others(entries)
    roots = [r for path in entries.get("roots", ()) for r in roots_of_file(Path(path))]
    dns = entries.get("dns")
    if dns is not None:
        resolver_for(str(dns))
    return ProofSettings(
        authorities=tuple(
            find_authority(str(name), roots) for name in entries.get("stamp_by", ())
        ),
        stamps=_stamps(entries.get("stamps", 1)),
        timestamp_calendars=tuple(
            find_timestamp_calendar(str(name)) for name in entries.get("anchor_by", ())
        ),
        dns=dns,
        key=dict(entries.get("key") or {}),
    )


PROOF: SettingsFile[ProofSettings] = SettingsFile(
    file_name="proof.json",
    field="proof",
    names=("stamp_by", "stamps", "roots", "anchor_by", "dns", "key"),
    check=_check,
)


def read_settings(folder: Path) -> ProofSettings:
    """Return what was set; raises BadInput for a file that was broken by hand."""
    return PROOF.read(folder) or ProofSettings()


def _stamps(value: object) -> int:
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


def find_authority(
    name: str, roots: Sequence[x509.Certificate] = ()
) -> TimestampAuthority:
    """Return an authority on file by its name, or the one at an address.

    Raises BadInput with the names that are near.
    """
    for entry in providers()["authorities"]:
        if name in (entry["name"], entry["url"]):
            own = _certificates_of(frozenset(entry["roots"]))
            return TimestampAuthority(
                name=entry["name"], url=entry["url"], roots=own or tuple(roots)
            )
    names = [entry["name"] for entry in providers()["authorities"]]
    url = _address(name, "stamp_by", names)
    return TimestampAuthority(name=url, url=url, roots=tuple(roots))


def find_timestamp_calendar(name: str) -> str:
    """Return the address of a timestamp calendar on file, or the address given."""
    for entry in providers()["calendars"]:
        if name in (entry["name"], entry["url"]):
            return str(entry["url"])
    names = [entry["name"] for entry in providers()["calendars"]]
    return _address(name, "anchor_by", names)


def _address(text: str, field_name: str, names: Sequence[str]) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadInput.unknown_value(field_name, text, names)
    return text


@cache
def _certificates_of(fingerprints: frozenset[str]) -> tuple[x509.Certificate, ...]:
    """Return the certificates of these fingerprints among those of certifi."""
    content = Path(certifi.where()).read_bytes()
    certificates = (
        x509.Certificate.load(der) for _, _, der in pem.unarmor(content, multiple=True)
    )
    return tuple(c for c in certificates if c.sha256.hex() in fingerprints)
