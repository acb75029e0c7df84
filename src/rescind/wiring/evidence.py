"""Wiring of *prove*: a case becomes a sealed pack, and a pack is checked."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rescind.adapters import asic, clock, evidence
from rescind.core.errors import BadInput
from rescind.core.model.evidence import Check, Item
from rescind.core.prove.chain import head
from rescind.core.prove.offer import NOT_PROVED, UNNAMED, offered
from rescind.settings import data_folder

if TYPE_CHECKING:
    from rescind.adapters.keys import Key
    from rescind.desk.models import CaseRecord

MOST_BYTES = 600_000_000


def seal_case(
    case_id: str,
    *,
    key_file: Path | None = None,
    passphrase: str = "",
    stamp_by: Sequence[str] = (),
) -> tuple[bytes, bytes]:
    """Return a case as a sealed pack, and the certificate of the key that sealed it.

    The authorities of ``stamp_by`` are asked in turn for a timestamp; none of them
    learns more than a digest. Raises TransientError when none answers, and BadInput
    where there is no key.
    """
    from rescind.adapters import keys, seal
    from rescind.desk import selectors

    case = selectors.find_case(case_id)
    key = (
        keys.given_key(key_file, passphrase)
        if key_file
        else keys.own_key(data_folder(), now=clock.now())
    )
    files, manifest = evidence.to_seal(_items(case, key))
    signature = _sealed(manifest, key, stamp_by)
    pack = asic.pack(files, manifest, signature)
    return pack, seal.certificate_of(key)


def _sealed(manifest: bytes, key: "Key", stamp_by: Sequence[str]) -> bytes:
    from rescind.adapters import seal
    from rescind.core.errors import TransientError

    failed: TransientError | None = None
    for url in stamp_by:
        try:
            return seal.seal(manifest, key, seal.authority(url))
        except TransientError as error:
            failed = error
    if failed is not None:
        raise failed
    return seal.seal(manifest, key)


def _items(case: "CaseRecord", key: "Key") -> list[Item]:
    from rescind.desk import selectors

    events = selectors.events(case)
    offers = offered(events)
    about = {
        "service": case.service,
        "service_name": case.service_name,
        "offer": case.offer or None,
        "kind": case.kind,
        "facts": case.facts,
        "verdict": case.verdict,
    }
    items = [
        Item(
            name=evidence.LOG,
            media_type="application/json",
            content=evidence.log_json(str(case.pk), events),
            proves="what happened, in order, each event standing on the one before",
            leaves_open="that a person's word in it is true",
        ),
        Item(
            name="case.json",
            media_type="application/json",
            content=json.dumps(about, ensure_ascii=False, indent=1).encode(),
            proves="the verdict with its claims and sources, as they stood",
            leaves_open="that the sources say the same today",
        ),
    ]
    for kept in selectors.files(case):
        shows, leaves_open = offers.get(kept.digest, UNNAMED)
        items.append(
            Item(
                name=evidence.file_name(kept.digest, kept.name),
                media_type=kept.media_type,
                content=bytes(kept.content),
                proves=shows,
                leaves_open=leaves_open,
            )
        )
    return [_summary(items, head(events), is_self_made=key.is_self_made), *items]


def _summary(items: Sequence[Item], top: str, *, is_self_made: bool) -> Item:
    """Return the page to read: what each thing shows, and what none of it does."""
    lines = ["What this pack holds, and what it shows", ""]
    for item in items:
        lines += [item.name, f"  shows: {item.proves}"]
        lines += [f"  does not show: {item.leaves_open}"]
    lines += ["", "What no part of it proves", *(f"  - {line}" for line in NOT_PROVED)]
    lines += ["", f"The log ends with {top}."]
    if is_self_made:
        lines.append("The key that sealed it was made by the program that wrote it.")
    lines.append("How to check it without that program: docs/verify.md.")
    return Item(
        name="summary.txt",
        media_type="text/plain",
        content=("\n".join(lines) + "\n").encode(),
        proves="nothing by itself",
        leaves_open="everything",
    )


def verify(path: Path, trust: Sequence[Path] = ()) -> tuple[Check, ...]:
    """Return every check on a pack; raises BadInput for what cannot be read."""
    from rescind.adapters.seal import read_roots

    roots = [root for name in trust for root in read_roots(_read(name, "trust"))]
    return evidence.check_pack(_read(path, "pack"), roots)


def _read(path: Path, field: str) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(field, f"{path} is larger than {MOST_BYTES:,} bytes")
        return path.read_bytes()
    except OSError as error:
        message = f"cannot read {path}: {error.strerror}"
        raise BadInput(field, message) from error


def checks_json(checks: Sequence[Check]) -> dict[str, Any]:
    """Return the checks in the public form."""
    return {
        "holds": all(check.holds for check in checks),
        "checks": [evidence.check_json(check) for check in checks],
    }
