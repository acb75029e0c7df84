"""Packs with a byte changed: is any change left unseen?"""

from collections.abc import Iterable
from random import Random

from rescind.adapters.evidence.trust import Trust
from rescind.adapters.evidence.verify import each_check
from rescind.core.errors import BadInput


def holds(raw: bytes, trust: Trust) -> bool:
    """Return whether a pack passes; one without a timestamp may."""
    try:
        return all(
            check.holds or check.code == "NO_POE" or check.is_extra
            for check in each_check(raw, trust)
        )
    except BadInput:
        return False


def places(raw: bytes, count: int, random: Random) -> list[int]:
    """Return places to change: half of them in the seals at the end."""
    start = raw.index(b"META-INF/ASiCManifest.xml")
    anywhere = [random.randrange(len(raw)) for _ in range(count // 2)]
    return anywhere + [
        random.randrange(start, len(raw)) for _ in range(count - count // 2)
    ]


def flipped(raw: bytes, place: int, bit: int) -> bytes:
    """Return a pack with one bit changed."""
    changed = bytearray(raw)
    changed[place] ^= 1 << bit
    return bytes(changed)


def unseen(raw: bytes, trust: Trust, where: Iterable[int], random: Random) -> list[int]:
    """Return the places where a changed bit is not noticed."""
    return [
        place
        for place in where
        if holds(flipped(raw, place, random.randrange(8)), trust)
    ]
