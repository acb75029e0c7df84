"""Checks on a pack's log: its chain, its files, its stamps, and who signed its mail."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from rescind.adapters.evidence.authentication import (
    in_words,
    judge_again,
    signed_by_known,
)
from rescind.adapters.evidence.json import read_json
from rescind.adapters.evidence.opentimestamps import AnchorProof, read_anchor
from rescind.adapters.evidence.pack import FILES, LOG, READABLE
from rescind.adapters.evidence.timestamp_tokens import check_token, only_sha256
from rescind.adapters.evidence.trust import Trust
from rescind.adapters.evidence.verify import mail_signatures
from rescind.adapters.evidence.verify.order import Covered, in_order
from rescind.adapters.evidence.verify.wrapping import plain
from rescind.core.model.case import Event, EventKind
from rescind.core.model.evidence import Check, Indication
from rescind.core.prove.chain import find_breaks, head
from rescind.core.prove.digest import digest
from rescind.core.prove.log_rules import (
    compare_blocks,
    files_named,
    newest_anchors,
    provable_digests,
)
from rescind.core.prove.pending import LOG as WHOLE_LOG

_UNREADABLE = (
    *(KeyError, ValueError, TypeError, AttributeError),
    *(RecursionError, OverflowError, IndexError),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Log:
    """A log as read, with the files that it names."""

    events: tuple[Event, ...]
    stated_head: str
    files: Mapping[str, bytes]
    """By digest, as the log names them."""


def check_log(
    files: Mapping[str, bytes], trust: Trust, since: datetime | None
) -> Iterator[Check]:
    """Yield the checks on the log; ``since`` is when it is proved to have existed."""
    try:
        log = _read(files)
    except _UNREADABLE as error:
        text = f"The log cannot be read: {error}."
        yield plain("log", wrong=text, right="", code="FORMAT_FAILURE", at=(LOG,))
        return
    yield _chain(log)
    yield _files(log)
    for event in log.events:
        if event.kind is EventKind.STAMPED:
            stamp = partial(_stamp, log, event, trust, since)
            yield _guarded(f"stamp:{event.number}", stamp)
        if event.kind is EventKind.AUTHENTICATED:
            sender = partial(_sender, log, event, trust)
            yield _guarded(f"sender:{event.number}", sender)
    yield from _anchors(log, trust)
    yield from mail_signatures.check_mail(log.events, log.files, trust, since)


def newest_event(files: Mapping[str, bytes]) -> datetime | None:
    """Return the time of the newest event in a log, if the log can be read."""
    try:
        return max(event.at for event in _read(files).events)
    except _UNREADABLE:
        return None


def _read(files: Mapping[str, bytes]) -> _Log:
    row = read_json(files[LOG])
    if row["format"] not in READABLE:
        message = f"its format {row['format']!r} is newer than this program"
        raise ValueError(message)
    if not row["events"]:
        message = "it holds no event"
        raise ValueError(message)
    return _Log(
        events=tuple(_event(each) for each in row["events"]),
        stated_head=str(row["head"]),
        files={
            digest(content): content
            for name, content in files.items()
            if name.startswith(FILES)
        },
    )


def _event(row: Mapping[str, Any]) -> Event:
    if type(row["number"]) is not int:
        message = f"{row['number']!r} is no number of an event"
        raise TypeError(message)
    at = datetime.fromisoformat(row["at"])
    if at.tzinfo is None:
        message = f"the time {row['at']} says no zone"
        raise ValueError(message)
    return Event(
        number=row["number"],
        kind=EventKind(row["kind"]),
        at=at,
        known_by=str(row["known_by"]),
        details={str(name): str(value) for name, value in row["details"].items()},
        digest=str(row["digest"]),
    )


def _chain(log: _Log) -> Check:
    wrong = [f"event {b.number}: {b.code}" for b in find_breaks(log.events)]
    if log.stated_head != head(log.events):
        wrong.append("the head is not the last event's: the end was cut off")
    return plain(
        "log",
        wrong="; ".join(wrong) + "." if wrong else "",
        right=f"All {len(log.events)} events stand on one another, up to "
        f"{log.stated_head[:23]}…",
        code="CHAIN_BROKEN",
        at=(LOG,),
    )


def _files(log: _Log) -> Check:
    names = files_named(log.events)
    missing = [name for name in names if name not in log.files]
    wrong = f"Named in the log and not there: {', '.join(missing)}." if missing else ""
    return plain(
        "files",
        wrong=wrong,
        right=f"All {len(names)} files that the log names are there, byte for byte.",
        code="SIGNED_DATA_NOT_FOUND",
        at=names,
    )


def _guarded(what: str, check: Callable[[], Check]) -> Check:
    """Return a check; an event that cannot be followed is one that does not hold."""
    try:
        return check()
    except _UNREADABLE as error:
        return _not_followed(what, error)


def _not_followed(what: str, error: Exception) -> Check:
    text = f"What the log says of it cannot be followed: {error}."
    return plain(what, wrong=text, right="", code="FORMAT_FAILURE", at=(LOG,))


def _stamp(log: _Log, event: Event, trust: Trust, since: datetime | None) -> Check:
    """Check an authority's stamp over the log so far, or over a message."""
    what, about = f"stamp:{event.number}", event.details
    if f"sha256:{about['covers']}" not in provable_digests(log.events, event):
        text = "It stamps what is neither this log nor a message in it."
        return plain(what, wrong=text, right="", code="HASH_FAILURE", at=(LOG,))
    imprint = only_sha256(bytes.fromhex(about["covers"]))
    token = log.files[about["token"]]
    check = check_token(token, imprint, trust, what=what, at=since)
    over = "The message to be sent"
    covered = log.events[0]
    if about["what"] == WHOLE_LOG:
        over = f"The log up to event {about['number']}"
        covered = log.events[int(about["number"]) - 1]
    event_covered = Covered(name=f"event {covered.number}", since=covered.at)
    check = in_order(check, [event_covered])
    return replace(check, text=f"{over}: {check.text}")


def _sender(log: _Log, event: Event, trust: Trust) -> Check:
    """Judge again who signed a message, with the keys as they were found that day.

    That they were found is the word of whoever sealed, who could have written down a
    key of their own: it shows who sent it only where the reader knows the key.
    """
    about, what = event.details, f"sender:{event.number}"
    message, at = log.files[about["message"]], (about["message"], about["keys"])
    is_same, signers = judge_again(message, log.files[about["keys"]], at=event.at)
    if not is_same:
        wrong = "Judged again, the message does not come out as the log has it."
        return plain(what, wrong=wrong, right="", code="SIG_CRYPTO_FAILURE", at=at)
    domain = signed_by_known(message, trust.sender_keys, at=event.at)
    if domain:
        right = f"Signed by {domain} (DKIM), with a key that you know as theirs."
        return plain(what, wrong="", right=right, code="", at=at)
    names = {f"{s.selector}._domainkey.{s.domain}" for s in signers.dkim}
    if names & trust.sender_keys.keys():
        wrong = "Signed with another key than the one that you know as theirs."
        return plain(what, wrong=wrong, right="", code="SIG_CRYPTO_FAILURE", at=at)
    found = (
        f" That the key was found in the DNS on {event.at.date()} is the word of "
        "whoever sealed."
        if signers.dkim
        else ""
    )
    return Check(
        what=what,
        intact=True,
        valid=True,
        trusted=False,
        indication=Indication.INDETERMINATE,
        code="NO_CERTIFICATE_CHAIN_FOUND",
        text=f"{in_words(signers)}{found}",
        looked_at=at,
        is_extra=True,
    )


def _anchors(log: _Log, trust: Trust) -> Iterator[Check]:
    """Check the newest anchor of each kind; one that was completed is not repeated."""
    try:
        anchors = newest_anchors(log.events)
    except _UNREADABLE as error:
        yield _not_followed("anchors", error)
        return
    for event in anchors:
        yield _guarded(f"anchor:{event.number}", partial(_anchor, log, event, trust))


def _anchor(log: _Log, event: Event, trust: Trust) -> Check:
    what, about = f"anchor:{event.number}", event.details
    anchor = read_anchor(log.files[about["proof"]])
    is_ours = f"sha256:{about['covers']}" in provable_digests(log.events, event)
    if anchor.digest.hex() != about["covers"] or not is_ours:
        text = "The anchor is about other bytes than this log."
        return plain(what, wrong=text, right="", code="HASH_FAILURE", at=(LOG,))
    blocks = compare_blocks(anchor.blocks, trust.blocks)
    if blocks.conflicting:
        height = blocks.conflicting[0]
        text = f"Block {height} has another Merkle root than the anchor needs."
        return plain(what, wrong=text, right="", code="HASH_FAILURE", at=(LOG,))
    is_seen = bool(blocks.agreeing)
    return Check(
        what=what,
        intact=True,
        valid=True,
        trusted=is_seen,
        indication=Indication.PASSED if is_seen else Indication.INDETERMINATE,
        code="" if is_seen else "TRY_LATER",
        text=_anchor_text(anchor, blocks.agreeing),
        looked_at=(about["proof"],),
        is_extra=not is_seen,
    )


def _anchor_text(anchor: AnchorProof, agreeing: Sequence[int]) -> str:
    if agreeing:
        return (
            f"The log is in Bitcoin's block {agreeing[0]}, as your own header has it."
        )
    if anchor.blocks:
        height, root = next(iter(anchor.blocks.items()))
        # block explorers write a Merkle root with its bytes turned round
        root_text = root[::-1].hex()
        return (
            f"The log is in Bitcoin's block {height} if that block's Merkle root is "
            f"{root_text}: look it up, and give --block {height}={root_text}."
        )
    calendars = ", ".join(anchor.timestamp_calendars)
    return f"The calendar {calendars} took it; no block is named yet."
