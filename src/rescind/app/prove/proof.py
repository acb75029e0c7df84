"""Proof: what waits is stamped, anchored and authenticated, as was asked.

Nobody is asked anything without a setting. What cannot be had now is tried again later;
the case never waits for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rescind.adapters import clock
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.evidence.authentication import Authentication, in_words, record
from rescind.adapters.evidence.dns import Resolver
from rescind.adapters.public.proof import (
    ProofOverviewJson,
    ProofSettingsJson,
    ProofStatusJson,
    WaitingCaseJson,
    proof_status_json,
)
from rescind.adapters.settings.proof import PROOF, ProofSettings, providers
from rescind.app import confined
from rescind.app.prove.authorities import settings
from rescind.core.errors import BadInput, OutsideError, PermanentError
from rescind.core.model.case import Case, Event, payloads
from rescind.core.model.proof_details import (
    AnchoredDetails,
    AuthenticatedDetails,
    StampedDetails,
)
from rescind.core.model.sentence import Sentence
from rescind.core.prove import pending
from rescind.settings import private_folder
from rescind.store import proofs, selectors, work

if TYPE_CHECKING:
    from rescind.store.models import CaseRecord


SIGNERS = confined.ReadingLimits(seconds=20, memory=500_000_000, output=1_000_000)
"""For judging the signatures of one message, the time of the DNS not counted."""
MOST_TRIES = 8
"""After so many tries a server that never answers is taken as having no answer."""


def change_settings(changes: Mapping[str, Any]) -> ProofSettingsJson:
    """Keep whom to ask for proof, and return it in the public form."""
    return _settings_json(PROOF.change(private_folder(), changes))


def choose(
    *, stamp_by: Sequence[str], anchor_by: Sequence[str], asks_dns: bool
) -> None:
    """Keep whom to ask, of those on file; what was given by its address stays.

    A DNS server that was named stays named.
    """
    witnesses, on_file = settings(), providers()
    names = {entry["name"] for entry in on_file["authorities"]}
    urls = {entry["url"] for entry in on_file["calendars"]}
    own = [a.name for a in witnesses.authorities if a.name not in names]
    other = [url for url in witnesses.timestamp_calendars if url not in urls]
    changes = {
        "stamp_by": [*stamp_by, *own],
        "anchor_by": [*anchor_by, *other],
        "dns": (witnesses.dns or "system") if asks_dns else None,
    }
    change_settings(changes)
    plan_all()


def _settings_json(witnesses: ProofSettings) -> ProofSettingsJson:
    return {
        "stamp_by": [authority.name for authority in witnesses.authorities],
        "stamps": witnesses.stamps,
        "anchor_by": list(witnesses.timestamp_calendars),
        "dns": witnesses.dns,
    }


def overview() -> ProofOverviewJson:
    """Return whom is asked for proof, and in which cases something waits."""
    witnesses = settings()
    rows: list[WaitingCaseJson] = [
        {"case": case.id, **_status(case, witnesses)}
        for case in selectors.unproved_cases(_wanted(witnesses))
    ]
    return {
        **_settings_json(witnesses),
        "waiting": [row for row in rows if row["waiting"]],
    }


def chosen() -> ProofSettingsJson:
    """Return whom is asked for proof."""
    return _settings_json(settings())


def count_waiting() -> int:
    """Return in how many cases something waits to be proved."""
    return selectors.count_unproved(_wanted(settings()))


def _wanted(witnesses: ProofSettings) -> list["Waiting"]:
    """Return what somebody is asked for; a block comes by itself."""
    asks = {
        Waiting.SIGNER: witnesses.dns is not None,
        Waiting.STAMP: bool(witnesses.authorities),
        Waiting.ANCHOR: bool(witnesses.timestamp_calendars),
        Waiting.BLOCK: True,
    }
    return [what for what, is_asked in asks.items() if is_asked]


def stamp_message(case: "CaseRecord", digest: str) -> None:
    """Have a message stamped before it is sent, if anybody is asked for stamps.

    Where no authority answers, the sending goes on: the stamp over the log afterwards
    covers it.
    """
    authorities = settings().authorities
    if not authorities:
        return
    from rescind.adapters.evidence import tsa  # noqa: PLC0415 - 0.2 s, pyHanko

    value = bytes.fromhex(digest.removeprefix("sha256:"))
    try:
        stamp = tsa.stamp_by_any(authorities, value, now=clock.now())
    except OutsideError:
        return
    attestation = proofs.Attestation(
        content=stamp.token, by=stamp.authority, at=stamp.at
    )
    proofs.record_message_stamp(case, digest, attestation, now=clock.now())


class Waiting(StrEnum):
    """What can wait to be proved."""

    SIGNER = "signer"
    """Who signed a message."""
    STAMP = "stamp"
    ANCHOR = "anchor"
    BLOCK = "block"
    """The block that an anchor ends in: it takes its hours."""


def waiting(events: tuple[Event, ...], witnesses: ProofSettings) -> list[Waiting]:
    """Return what of a case waits to be proved."""
    lacks = {
        Waiting.SIGNER: witnesses.dns is not None
        and pending.messages_to_authenticate(events),
        Waiting.STAMP: witnesses.authorities
        and pending.head_to_prove(events, StampedDetails),
        Waiting.ANCHOR: witnesses.timestamp_calendars
        and pending.head_to_prove(events, AnchoredDetails),
        Waiting.BLOCK: pending.anchors_to_complete(events),
    }
    return [what for what, is_lacking in lacks.items() if is_lacking]


def _in_words(lacking: Iterable[Waiting]) -> list[str]:
    return [ENGLISH.say(Sentence.of("waiting", what)) for what in lacking]


def settle(case: "CaseRecord", *, is_urgent: bool = False) -> None:
    """Prove what of a case waits to be proved; what fails is tried again later.

    Without ``is_urgent`` a case whose last try failed is left alone until its time.
    """
    now, last = clock.now(), selectors.failed_proof(case)
    if last is not None and not is_urgent and now < proofs.next_try(last):
        work.plan_proof(case, proofs.next_try(last))
        return
    witnesses = settings()
    if not waiting(selectors.events(case), witnesses):
        proofs.clear_attempt(case)
        work.plan_proof(case, None)
        return
    failed = [str(error) for error in _failures(case, witnesses)]
    left = waiting(selectors.events(case), witnesses)
    if failed or left:
        failure = proofs.note_attempt(
            case, "; ".join(failed or _in_words(left)), now=now
        )
        work.plan_proof(case, proofs.next_try(failure))
        return
    proofs.clear_attempt(case)
    work.plan_proof(case, None)


def plan_all() -> None:
    """Plan what waits to be proved in every case: a setting may have changed."""
    witnesses, now = settings(), clock.now()
    for case in selectors.unproved_cases(_wanted(witnesses)):
        if waiting(case.events, witnesses):
            last = case.failed_proof
            record = selectors.find_case(case.id)
            work.plan_proof(record, proofs.next_try(last) if last else now)


def settle_all(*, is_urgent: bool = False) -> int:
    """Prove what waits in every case; return in how many something still does."""
    witnesses, left = settings(), 0
    for case in selectors.unproved_cases(_wanted(witnesses)):
        if waiting(case.events, witnesses):
            record = selectors.find_case(case.id)
            settle(record, is_urgent=is_urgent)
            # a block takes its hours: nobody could have had it by now
            lacking = set(waiting(selectors.events(record), witnesses)) - {
                Waiting.BLOCK
            }
            left += bool(lacking)
    return left


def _failures(case: "CaseRecord", witnesses: ProofSettings) -> Iterator[OutsideError]:
    """Do each thing that waits; yields what did not work."""
    if witnesses.dns is not None:
        yield from _authenticate(case, witnesses.dns)
    yield from _complete_anchors(case)
    yield from _stamp(case, witnesses)
    yield from _anchor(case, witnesses)


def _authenticate(case: "CaseRecord", where: str) -> Iterator[OutsideError]:

    last = selectors.failed_proof(case)
    tries = last.tries if last else 0
    for event in pending.messages_to_authenticate(selectors.events(case)):
        message = pending.message_of(event)
        raw = bytes(selectors.file(case, message).content)
        now = clock.now()
        resolver = Resolver(where, clock.now, is_retried=tries < MOST_TRIES)
        try:
            authentication: Authentication = confined.run(
                "mail", SIGNERS, "signers", raw, now, lookup=resolver
            )
        except OutsideError as error:
            yield error
            continue
        except BadInput as error:
            yield PermanentError(message, str(error.message))
            continue
        details = AuthenticatedDetails(
            message=message,
            result=authentication.verdict,
            claims_from=authentication.claims_from,
            signed_by=authentication.signed_by,
            spf=f"{authentication.spf} {authentication.spf_domain}".strip(),
            arc=authentication.arc,
            said=in_words(authentication),
        )
        proof = record(raw, authentication, resolver.answers)
        proofs.record_authentication(case, details, proof, now=now)


def _stamp(case: "CaseRecord", witnesses: ProofSettings) -> Iterator[OutsideError]:

    upto = pending.head_to_prove(selectors.events(case), StampedDetails)
    if upto is None or not witnesses.authorities:
        return
    from rescind.adapters.evidence import tsa  # noqa: PLC0415 - 0.2 s, pyHanko

    value, lacking = (
        bytes.fromhex(upto.digest.removeprefix("sha256:")),
        witnesses.stamps,
    )
    failed: list[OutsideError] = []
    for authority in witnesses.authorities:
        if lacking == 0:
            return
        try:
            token = tsa.stamp(authority, value, now=clock.now())
        except OutsideError as error:
            failed.append(error)
            continue
        attestation = proofs.Attestation(
            content=token.token, by=token.authority, at=token.at
        )
        proofs.record_log_stamp(case, upto, attestation, now=clock.now())
        lacking -= 1
    yield from failed if lacking == witnesses.stamps else ()


def _anchor(case: "CaseRecord", witnesses: ProofSettings) -> Iterator[OutsideError]:

    upto = pending.head_to_prove(selectors.events(case), AnchoredDetails)
    if upto is None or not witnesses.timestamp_calendars:
        return

    from rescind.adapters.evidence import opentimestamps  # noqa: PLC0415 - 0.2 s

    value = bytes.fromhex(upto.digest.removeprefix("sha256:"))
    failed: list[OutsideError] = []
    for url in witnesses.timestamp_calendars:
        try:
            proof = opentimestamps.submit(url, value)
        except OutsideError as error:
            failed.append(error)
            continue
        attestation = proofs.Attestation(content=proof, by=url)
        proofs.record_anchor(case, upto, attestation, now=clock.now())
        return
    yield from failed


def _complete_anchors(case: "CaseRecord") -> Iterator[OutsideError]:

    events = pending.anchors_to_complete(selectors.events(case))
    if not events:
        return
    from rescind.adapters.evidence import opentimestamps  # noqa: PLC0415 - 0.2 s

    for anchor in payloads(events, AnchoredDetails):
        proof = bytes(selectors.file(case, anchor.proof).content)
        try:
            complete_proof = opentimestamps.complete(proof, anchor.by)
        except OutsideError as error:
            yield error
            continue
        if complete_proof is not None:
            proofs.complete_anchor(case, anchor, complete_proof, now=clock.now())


def status(case: Case) -> ProofStatusJson:
    """Return what of a case is proved, what waits, and what the last try said."""
    return _status(case, settings())


def _status(case: Case, witnesses: ProofSettings) -> ProofStatusJson:
    last = case.failed_proof
    next_try_at = proofs.next_try(last) if last else None
    lacking = _in_words(waiting(case.events, witnesses))
    return proof_status_json(case, lacking, next_try_at)
