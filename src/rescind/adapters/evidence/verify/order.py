"""The order of times: nothing was stamped before it existed (EN 319 102-1, 5.5.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rescind.adapters.evidence.certificates import valid_from
from rescind.adapters.evidence.timestamp_tokens import read_token
from rescind.core.model.evidence import Check, Indication

CLOCKS = timedelta(minutes=5)
"""How far the clocks of a sealer and of an authority may differ."""
CODE = "TIMESTAMP_ORDER_FAILURE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Something that a stamp covers, and since when it can have existed."""

    name: str
    since: datetime


def in_order(check: Check, covered: Sequence[Covered]) -> Check:
    """Return a stamp's check, as failed where it is older than what it covers."""
    newest = max(covered, key=lambda each: each.since, default=None)
    if newest is None or check.at is None or check.at >= newest.since - CLOCKS:
        return check
    return replace(
        check,
        valid=False,
        trusted=False,
        indication=Indication.FAILED,
        code=CODE,
        text=f"It says {check.at.isoformat()}, but covers {newest.name} of "
        f"{newest.since.isoformat()}: a stamp cannot be older than what it covers.",
        at=None,
    )


def sealed(signature: bytes, newest_event: datetime | None) -> list[Covered]:
    """Return what every stamp over a seal covers: the log, and the sealer's key."""
    covered = []
    if newest_event is not None:
        covered.append(Covered(name="an event", since=newest_event))
    begins = valid_from(signature)
    if begins is not None:
        covered.append(Covered(name="a seal by a certificate", since=begins))
    return covered


def stamped(tokens: Mapping[str, bytes]) -> list[Covered]:
    """Return earlier stamps, by their names, as what a later one covers."""
    covered = []
    for name, der in tokens.items():
        try:
            covered.append(Covered(name=name, since=read_token(der).at))
        except ValueError:
            continue  # the check on that stamp says so
    return covered
