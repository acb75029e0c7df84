"""Checks on a pack's log: its chain, its files, its stamps, and who signed its mail."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from rescind.adapters.evidence.authentication import in_words, judge_again
from rescind.adapters.evidence.opentimestamps import read_anchor
from rescind.adapters.evidence.pack import FILES, LOG, READ
from rescind.adapters.evidence.timestamp_tokens import check_token, only_sha256
from rescind.adapters.evidence.trust import Trust
from rescind.adapters.evidence.verify.wrapping import plain
from rescind.core.model.case import Event, EventKind
from rescind.core.model.evidence import Check, Indication
from rescind.core.prove.chain import find_breaks, head
from rescind.core.prove.pending import LOG as WHOLE_LOG
from rescind.core.prove.pending import anchors_to_complete

_UNREADABLE = (KeyError, ValueError, TypeError, AttributeError)


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
    yield _kept(log)
    for event in log.events:
        if event.kind is EventKind.STAMPED:
            yield _guarded(
                f"stamp:{event.number}", lambda e=event: _stamp(log, e, trust, since)
            )
        if event.kind is EventKind.AUTHENTICATED:
            yield _guarded(f"sender:{event.number}", lambda e=event: _sender(log, e))
    yield from _anchors(log, trust)


def _read(files: Mapping[str, bytes]) -> _Log:
    row = json.loads(files[LOG])
    if row["format"] not in READ:
        message = f"its format {row['format']!r} is newer than this program"
        raise ValueError(message)
    return _Log(
        events=tuple(_event(each) for each in row["events"]),
        stated_head=row["head"],
        files={
            f"sha256:{sha256(content).hexdigest()}": content
            for name, content in files.items()
            if name.startswith(FILES)
        },
    )


def _event(row: Mapping[str, Any]) -> Event:
    return Event(
        number=int(row["number"]),
        kind=EventKind(row["kind"]),
        at=datetime.fromisoformat(row["at"]),
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


def _kept(log: _Log) -> Check:
    named = {
        value
        for event in log.events
        for value in event.details.values()
        if value.startswith("sha256:")
    }
    missing = sorted(named - set(log.files))
    wrong = f"Named in the log and not there: {', '.join(missing)}." if missing else ""
    return plain(
        "files",
        wrong=wrong,
        right=f"All {len(named)} files that the log names are there, byte for byte.",
        code="SIGNED_DATA_NOT_FOUND",
        at=tuple(sorted(named)),
    )


def _guarded(what: str, check: Any) -> Check:  # noqa: ANN401 - a call without arguments
    """Return a check; an event that cannot be followed is one that does not hold."""
    try:
        found: Check = check()
    except _UNREADABLE as error:
        text = f"What the log says of it cannot be followed: {error}."
        return plain(what, wrong=text, right="", code="FORMAT_FAILURE", at=(LOG,))
    return found


def _stamp(log: _Log, event: Event, trust: Trust, since: datetime | None) -> Check:
    """Check an authority's stamp over the log so far, or over a message."""
    what, about = f"stamp:{event.number}", event.details
    if f"sha256:{about['covers']}" not in _stampable(log, event):
        text = "It stamps what is neither this log nor a message in it."
        return plain(what, wrong=text, right="", code="HASH_FAILURE", at=(LOG,))
    imprint = only_sha256(bytes.fromhex(about["covers"]))
    token = log.files[about["token"]]
    found = check_token(token, imprint, trust, what=what, at=since)
    over = "The message to be sent"
    if about["what"] == WHOLE_LOG:
        over = f"The log up to event {about['number']}"
    return replace(found, text=f"{over}: {found.text}")


def _stampable(log: _Log, event: Event) -> set[str]:
    if event.details["what"] == WHOLE_LOG:
        number = int(event.details["number"])
        return {e.digest for e in log.events if e.number == number < event.number}
    return {e.details.get("message", "") for e in log.events}


def _sender(log: _Log, event: Event) -> Check:
    """Judge again who signed a message, with the keys as they were found that day."""
    about = event.details
    is_same, found = judge_again(
        log.files[about["message"]], log.files[about["keys"]], at=event.at
    )
    keys = f" The keys are as found on {event.at.date()}." if found.dkim else ""
    return plain(
        f"sender:{event.number}",
        wrong=""
        if is_same
        else "Judged again, the message does not come out as the log has it.",
        right=f"{in_words(found)}{keys}",
        code="SIG_CRYPTO_FAILURE",
        at=(about["message"], about["keys"]),
    )


def _anchors(log: _Log, trust: Trust) -> Iterator[Check]:
    """Check the newest anchor of each kind; one that was completed is not repeated."""
    waiting = {event.number for event in anchors_to_complete(log.events)}
    for event in log.events:
        if event.kind is not EventKind.ANCHORED:
            continue
        if event.details["state"] == "complete" or event.number in waiting:
            what = f"anchor:{event.number}"
            yield _guarded(what, lambda e=event: _anchor(log, e, trust))


def _anchor(log: _Log, event: Event, trust: Trust) -> Check:

    what, about = f"anchor:{event.number}", event.details
    anchor = read_anchor(log.files[about["proof"]])
    if anchor.digest.hex() != about["covers"] or f"sha256:{about['covers']}" not in (
        _stampable(log, event)
    ):
        text = "The anchor is about other bytes than this log."
        return plain(what, wrong=text, right="", code="HASH_FAILURE", at=(LOG,))
    good = [n for n, root in anchor.blocks.items() if trust.blocks.get(n) == root]
    bad = [n for n in anchor.blocks if n in trust.blocks and n not in good]
    if bad:
        text = f"Block {bad[0]} has another Merkle root than the anchor needs."
        return plain(what, wrong=text, right="", code="HASH_FAILURE", at=(LOG,))
    text = _anchor_text(anchor.blocks, anchor.calendars, good)
    return Check(
        what=what,
        intact=True,
        valid=True,
        trusted=bool(good),
        indication=Indication.PASSED if good else Indication.INDETERMINATE,
        code="" if good else "TRY_LATER",
        text=text,
        looked_at=(about["proof"],),
        is_extra=not good,
    )


def _anchor_text(
    blocks: Mapping[int, bytes], calendars: Sequence[str], good: Sequence[int]
) -> str:
    if good:
        return f"The log is in Bitcoin's block {good[0]}, as your own header has it."
    if blocks:
        height, root = next(iter(blocks.items()))
        wanted = root[::-1].hex()
        return (
            f"The log is in Bitcoin's block {height} if that block's Merkle root is "
            f"{wanted}: look it up, and give --block {height}={wanted}."
        )
    return f"The calendar {', '.join(calendars)} took it; no block is named yet."
