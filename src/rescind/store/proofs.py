"""Writes of proof: stamps, anchors, and who signed a message; each becomes an event."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from rescind.core.model.case import Event, FailedProof
from rescind.core.model.proof_details import (
    AnchoredDetails,
    AuthenticatedDetails,
    StampedDetails,
)
from rescind.core.prove.pending import COMPLETE, LOG, MESSAGE, PENDING
from rescind.store import selectors
from rescind.store.models import AttemptRecord, CaseRecord
from rescind.store.services import PROGRAM, SERVER, add, keep

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
    details = _stamp(case, digest, attestation, what=MESSAGE, number=0)
    add(case, details, now=now, known_by=SERVER)


def record_log_stamp(
    case: CaseRecord, upto: Event, attestation: Attestation, *, now: datetime
) -> None:
    """Record an authority's stamp over the log up to an event."""
    details = _stamp(case, upto.digest, attestation, what=LOG, number=upto.number)
    add(case, details, now=now, known_by=SERVER)


def _stamp(
    case: CaseRecord, digest: str, attestation: Attestation, *, what: str, number: int
) -> StampedDetails:
    return StampedDetails(
        what=what,
        number=number,
        covers=digest.removeprefix("sha256:"),
        token=keep(case, attestation.content, TOKEN_TYPE, "stamp.tst"),
        by=attestation.by,
        stamped_at=attestation.at,
    )


def record_anchor(
    case: CaseRecord, upto: Event, attestation: Attestation, *, now: datetime
) -> None:
    """Record that a timestamp calendar took the log; its block is to come."""
    details = AnchoredDetails(
        what=LOG,
        number=upto.number,
        covers=upto.digest.removeprefix("sha256:"),
        proof=keep(case, attestation.content, PROOF_TYPE, "anchor.ots"),
        by=attestation.by,
        state=PENDING,
    )
    add(case, details, now=now, known_by=SERVER)


def complete_anchor(
    case: CaseRecord, anchor: AnchoredDetails, proof: bytes, *, now: datetime
) -> None:
    """Record the block that an anchor ended in; the first record stays as it was."""
    kept = keep(case, proof, PROOF_TYPE, "anchor.ots")
    details = replace(anchor, proof=kept, state=COMPLETE)
    add(case, details, now=now, known_by=SERVER)


def record_authentication(
    case: CaseRecord, details: AuthenticatedDetails, record: bytes, *, now: datetime
) -> None:
    """Record who signed a message, with the answers of the DNS that this rests on."""
    keys = keep(case, record, "application/json", "keys.json")
    add(case, replace(details, keys=keys), now=now, known_by=PROGRAM)


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
