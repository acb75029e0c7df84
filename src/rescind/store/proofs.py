"""Writes of proof: stamps, anchors, and who signed a message; each becomes an event."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from rescind.core.model.case import Event, EventKind, FailedProof
from rescind.core.prove.pending import COMPLETE, LOG, MESSAGE, PENDING
from rescind.store import selectors
from rescind.store.models import AttemptRecord, CaseRecord
from rescind.store.services import PROGRAM, SERVER, add_event, keep

LONGEST_WAIT = timedelta(hours=6)
MOST_DOUBLINGS = 12
TOKEN_TYPE = "application/vnd.etsi.timestamp-token"  # noqa: S105 - a media type
PROOF_TYPE = "application/vnd.opentimestamps.ots"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A token or a proof as it was given, by whom, and the time that it says."""

    content: bytes
    by: str
    at: datetime | None = None


def record_message_stamp(
    case: CaseRecord, digest: str, attestation: Attestation, *, now: datetime
) -> None:
    """Record an authority's stamp over a message, before it is sent."""
    _stamped(case, {"what": MESSAGE, "number": "0"}, digest, attestation, now)


def record_log_stamp(
    case: CaseRecord, upto: Event, attestation: Attestation, *, now: datetime
) -> None:
    """Record an authority's stamp over the log up to an event."""
    _stamped(
        case, {"what": LOG, "number": str(upto.number)}, upto.digest, attestation, now
    )


def _stamped(
    case: CaseRecord,
    what: Mapping[str, str],
    digest: str,
    attestation: Attestation,
    now: datetime,
) -> None:
    details = {
        **what,
        "covers": digest.removeprefix("sha256:"),
        "token": keep(case, attestation.content, TOKEN_TYPE, "stamp.tst"),
        "by": attestation.by,
        "stamped_at": attestation.at.isoformat() if attestation.at else "",
    }
    add_event(case, EventKind.STAMPED, now=now, known_by=SERVER, details=details)


def record_anchor(
    case: CaseRecord, upto: Event, attestation: Attestation, *, now: datetime
) -> None:
    """Record that a timestamp calendar took the log; its block is to come."""
    details = {
        "what": LOG,
        "number": str(upto.number),
        "covers": upto.digest.removeprefix("sha256:"),
        "proof": keep(case, attestation.content, PROOF_TYPE, "anchor.ots"),
        "by": attestation.by,
        "state": PENDING,
    }
    add_event(case, EventKind.ANCHORED, now=now, known_by=SERVER, details=details)


def complete_anchor(
    case: CaseRecord, anchor: Event, proof: bytes, *, now: datetime
) -> None:
    """Record the block that an anchor ended in; the first record stays as it was."""
    details = dict(anchor.details) | {
        "proof": keep(case, proof, PROOF_TYPE, "anchor.ots"),
        "state": COMPLETE,
    }
    add_event(case, EventKind.ANCHORED, now=now, known_by=SERVER, details=details)


def record_authentication(
    case: CaseRecord, authentication: Mapping[str, str], record: bytes, *, now: datetime
) -> None:
    """Record who signed a message, with the answers of the DNS that this rests on."""
    details = {
        **authentication,
        "keys": keep(case, record, "application/json", "keys.json"),
    }
    add_event(case, EventKind.AUTHENTICATED, now=now, known_by=PROGRAM, details=details)


def note_attempt(case: CaseRecord, said: str, *, now: datetime) -> FailedProof:
    """Remember that something could not be proved yet, and why."""
    last = selectors.failed_proof(case)
    failed = FailedProof(
        tries=last.tries + 1 if last else 1, tried_at=now, said=said[:500]
    )
    AttemptRecord.objects.update_or_create(case=case, defaults=asdict(failed))
    return failed


def clear_attempt(case: CaseRecord) -> None:
    """Forget the tries: all is proved."""
    AttemptRecord.objects.filter(case=case).delete()


def next_try(failed: FailedProof) -> datetime:
    """Return when to try again: after a minute, then twice that, six hours at most."""
    doublings = min(failed.tries - 1, MOST_DOUBLINGS)
    return failed.tried_at + min(timedelta(minutes=2**doublings), LONGEST_WAIT)
