"""Checks on packs: the container, its seal, its times, its log and who signed what."""

from collections.abc import Iterator

from rescind.adapters.evidence import asice
from rescind.adapters.evidence.certificates import signer_in
from rescind.adapters.evidence.trust import Trust
from rescind.adapters.evidence.verify import log, order, wrapping
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
    trust = trust.decided(signer_in(container.signature))
    yield wrapping.container(raw, container)
    yield wrapping.manifest(container)
    events = log.newest_event(container.files)
    covered = order.sealed(container.signature, events)
    archives, since = wrapping.archives(container, trust, covered)
    stamp = order.in_order(wrapping.stamp(container, trust, since), covered)
    since = stamp.at if stamp.holds else since
    yield wrapping.signature(container, trust, since)
    yield stamp
    yield from archives
    yield from log.check_log(container.files, trust, since)
