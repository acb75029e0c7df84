"""Checks on packs: the container, its seal, its times, its log and who signed what."""

from collections.abc import Iterator

from rescind.adapters.evidence import asice
from rescind.adapters.evidence.trust import Trust
from rescind.adapters.evidence.verify import log, wrapping
from rescind.core.model.evidence import Check


def check_pack(raw: bytes, trust: Trust) -> tuple[Check, ...]:
    """Return every check on a pack; raises BadInput for any other file."""
    return tuple(each_check(raw, trust))


def each_check(raw: bytes, trust: Trust) -> Iterator[Check]:
    """Yield the checks one by one, the cheapest first.

    What is proved to have existed at an earlier moment is judged as of that moment:
    archive timestamps prove the signature's, which proves the rest (EN 319 102-1,
    clause 5.6).
    """
    container = asice.unpack(raw)
    yield wrapping.container(raw, container)
    yield wrapping.manifest(container)
    archives, since = wrapping.archives(container, trust)
    stamp = wrapping.stamp(container, trust, since)
    since = stamp.at if stamp.holds else since
    yield wrapping.signature(container, trust, since)
    yield stamp
    yield from archives
    yield from log.check_log(container.files, trust, since)
