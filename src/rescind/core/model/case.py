"""The case: a purchase, a goal, and events that are added and never changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from rescind.core.model.correction_details import PutBackDetails, SetAsideDetails
from rescind.core.model.event_details import (
    AnsweredDetails,
    ButtonUsedDetails,
    ConfirmedDetails,
    EventDetails,
    LetterWrittenDetails,
    OpenedDetails,
)
from rescind.core.model.event_text import read_details
from rescind.core.model.sentence import Sentence
from rescind.core.model.verdict import COUNTED_BACK

_P = TypeVar("_P", bound=EventDetails)


class EventKind(StrEnum):
    """What can happen to a case."""

    OPENED = "opened"
    LETTER_WRITTEN = "letter_written"
    DISPATCH_ORDERED = "dispatch_ordered"
    """A person said yes: these bytes, to this address, not before this moment."""
    DISPATCH_RECALLED = "dispatch_recalled"
    """The person took the yes back before anything was begun."""
    DISPATCH_BEGUN = "dispatch_begun"
    DISPATCH_TAKEN = "dispatch_taken"
    DISPATCH_REFUSED = "dispatch_refused"
    DISPATCH_UNKNOWN = "dispatch_unknown"
    HANDED_OVER = "handed_over"
    SAID_SENT = "said_sent"
    SAID_NOT_SENT = "said_not_sent"
    DELIVERED = "delivered"
    DELIVERY_FAILED = "delivery_failed"
    NOTICE_KEPT = "notice_kept"
    """A delivery notice came (RFC 3464)."""
    COPY_KEPT = "copy_kept"
    """The blind copy of the letter came back to the sender's own mailbox."""
    FILE_KEPT = "file_kept"
    """The person added a picture or a paper: proof of what was done."""
    ANSWERED = "answered"
    THIRD_PARTY = "third_party"
    """A bank or a body wrote, or the person answered it: nothing of the company's."""
    AUTHENTICATED = "authenticated"
    """Who signed a message was looked up, with the keys as found that day."""
    STAMPED = "stamped"
    """An authority stamped the log so far, or a message (RFC 3161)."""
    ANCHORED = "anchored"
    """A timestamp calendar took the log's head for a block chain (OpenTimestamps)."""
    CONFIRMED = "confirmed"
    CHARGED = "charged"
    """Money was taken after the letter, as the person saw on a statement."""
    STEP_SKIPPED = "step_skipped"
    """The person does without a step of the ladder."""
    BUTTON_USED = "button_used"
    """The person ended it by the merchant's own button or form; it is their word."""
    CALLED = "called"
    """The person ended it by telephone; what was said is taken down."""
    BANK_BLOCKED = "bank_blocked"
    FACTS_TOLD = "facts_told"
    """The bank was told to stop the payments; such a stop has an end of its own."""
    RESUMED = "resumed"
    """The person took the ending back: the subscription goes on."""
    CLOSED = "closed"
    REOPENED = "reopened"
    """The person took a closing or a resumption back; both stay in the log."""
    SET_ASIDE = "set_aside"
    """What was kept or told by mistake no longer counts; its bytes stay."""
    PUT_BACK = "put_back"
    """What was set aside counts again."""
    RESTORED = "restored"
    """It was brought back from a backup: what came after that is not in the log."""


class CaseState(StrEnum):
    """Where a case stands; computed from its events and today, never stored."""

    DRAFT = "draft"
    ORDERED = "ordered"
    """A person said yes; it waits for its moment, or for the next try."""
    SENDING = "sending"
    DOUBTFUL = "doubtful"
    """It may have been sent; a person has to look."""
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    CHARGED = "charged"
    """Money was taken after the end, or after the letter."""
    OVERDUE = "overdue"
    RESUMED = "resumed"
    """The subscription goes on, as the person wants it."""
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, when, and how it is known.

    It has no slots, since it keeps what its details say: a page asks hundreds of times.
    """

    number: int
    kind: EventKind
    at: datetime
    known_by: str
    """``program``, ``person`` (their word) or ``server`` (a third party's)."""
    details: Mapping[str, str]
    """As the log has them: the digests cover this text."""
    digest: str = ""
    """Of this event and all before it; empty while it is not recorded."""

    @cached_property
    def payload(self) -> EventDetails:
        """What the details say, by the kind of the event.

        Raises KeyError or ValueError where the log lacks what the kind cannot be
        without, or holds what cannot be read.
        """
        return read_details(self.kind.value, self.details)

    def read(self, of: type[_P]) -> _P | None:
        """Return what the details say; ``None`` for an event of another kind.

        Raises what ``payload`` raises.
        """
        if self.kind != of.KIND:
            return None
        details = self.payload
        return details if isinstance(details, of) else None


def happened(events: Iterable[Event], of: type[_P]) -> list[tuple[Event, _P]]:
    """Return the events of one kind, in order, each with its details."""
    read = ((event, event.read(of)) for event in events)
    return [(event, details) for event, details in read if details is not None]


def payloads(events: Iterable[Event], of: type[_P]) -> list[_P]:
    """Return the details of all events of one kind, in order."""
    return [details for _, details in happened(events, of)]


def practice_of(events: Sequence[Event]) -> str | None:
    """Return the check that a case is a copy of, to practise with; ``None``: none."""
    opened = events[0].read(OpenedDetails) if events else None
    return opened.practice_of if opened is not None else None


def set_aside(events: Sequence[Event]) -> frozenset[int]:
    """Return the numbers of the events that were set aside and not put back.

    A message that came up twice, as when the person said what it is, goes whole.
    """
    aside: set[int] = set()
    for event in events:
        away, back = event.read(SetAsideDetails), event.read(PutBackDetails)
        if away is not None and away.number:
            aside |= _same_message(events, away.number, event.number)
        if back is not None:
            aside -= _same_message(events, back.number, event.number)
    return frozenset(aside)


def _same_message(events: Sequence[Event], number: int, before: int) -> set[int]:
    """Return an event's number, with those of the same message up to then."""
    came = happened(events, AnsweredDetails)
    names = {details.message for event, details in came if event.number == number}
    same = {
        event.number
        for event, details in came
        if details.message in names and event.number < before
    }
    return {number, *same}


def counting(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events without those that were set aside."""
    aside = set_aside(events)
    return tuple(event for event in events if event.number not in aside)


def is_by_letter(events: Sequence[Event]) -> bool:
    """Return whether a letter was written to whom it is ended with.

    What was done in an account stays that, though a bank or a body is told of it. What
    was done before the case counts as a letter of the person's own.
    """
    written = payloads(events, LetterWrittenDetails)
    begun = next((event for event in events if event.kind in _BEGIN), None)
    done = begun.read(ButtonUsedDetails) if begun is not None else None
    if done is not None:
        return done.before or any(each.kind not in TO_OTHERS for each in written)
    return bool(written)


_BEGIN = frozenset({EventKind.LETTER_WRITTEN, EventKind.BUTTON_USED})
STEPS = "steps"
"""What stands for the kind of letter where a case was opened without one."""
TO_OTHERS = frozenset({"complaint", "dispute", "stop-payment"})
"""The kinds of letters that go to a bank or a body, and not to the merchant."""


class Lateness(StrEnum):
    """How long the confirmation, or money after it, is overdue."""

    LATE = "late"
    VERY_LATE = "very late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A case's state with what it follows from."""

    state: CaseState
    next_step: Sentence
    confirm_by: date | None
    by_word_only: bool
    """That it was sent rests on the person's word."""
    is_settled: bool
    """The end is confirmed and no charge came after it, whatever is being sent."""
    lateness: Lateness | None = None
    """``None`` where neither the confirmation nor money after it is overdue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedProof:
    """The last try to prove what waits to be proved, where it failed."""

    tries: int
    tried_at: datetime
    said: str
    """Why it failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case as it was when it was read: what it is about, and all that happened."""

    id: str
    service: str
    service_name: str
    offer: str | None
    kind: str
    """Of the letter that it was opened with."""
    opened_at: datetime
    facts: Mapping[str, Any]
    """As they were given; they are read anew wherever they are judged."""
    verdict: Mapping[str, Any]
    """In the public form, as it stood when the case was opened."""
    sender: Mapping[str, Any]
    events: tuple[Event, ...]
    failed_proof: FailedProof | None = None

    @property
    def ends_on(self) -> date | None:
        """Return the contract's last day: as confirmed, else as the verdict has it.

        One that is only counted back from a charge that is disputed is none.
        """
        confirmed = self.last(ConfirmedDetails)
        if confirmed is not None and confirmed.ends_on is not None:
            return confirmed.ends_on
        cancel = self.verdict.get("topics", {}).get("cancel", {})
        reasons = (reason.get("code") for reason in cancel.get("because", ()))
        decided = None if COUNTED_BACK in reasons else cancel.get("ends_on")
        return date.fromisoformat(decided) if decided else None

    def last(self, of: type[_P]) -> _P | None:
        """Return the details of the newest event of a kind that counts, if any."""
        found = payloads(counting(self.events), of)
        return found[-1] if found else None

    def newest(self, kind: EventKind) -> Event | None:
        """Return the newest event of a kind that counts, if there is one."""
        counted = reversed(counting(self.events))
        return next((event for event in counted if event.kind is kind), None)

    @property
    def opened_by_letter(self) -> bool:
        """Whether a letter began it; steps in an account stay its first telling."""
        return self.has_letter and self.kind != STEPS

    @property
    def has_letter(self) -> bool:
        """Whether it is ended by letter; else it is done at a store."""
        return is_by_letter(self.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCase:
    """A case as a list has it: where it stands, without what happened."""

    id: str
    service: str
    service_name: str
    offer: str | None
    kind: str
    opened_at: datetime
    facts: Mapping[str, Any]
    """No more of them than says where its days are read: the country, the zone."""
    ends_on: date | None
    standing: Standing
    person: str
    """Who signs its letters; empty where that is not known."""
