"""What came back in a case: each answer, and what it reads as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from rescind.adapters.input.values import read_money
from rescind.app.follow.answers_in_case import in_case
from rescind.app.follow.days import day_in
from rescind.app.follow.reading import UNREAD, read_answer
from rescind.core.follow.reopening import unverified
from rescind.core.follow.shortfall import AT_ONCE
from rescind.core.model.case import Case, counting, happened, payloads
from rescind.core.model.event_details import (
    AnsweredDetails,
    LetterWrittenDetails,
)
from rescind.core.model.message import Label, Reading
from rescind.core.model.proof_details import (
    AuthenticatedDetails,
)
from rescind.store import selectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A message that came back."""

    text: str
    reading: Reading
    result: str
    """Whether the merchant signed it; empty while nobody looked that up."""
    said: str
    """The same in words."""
    message: str
    """Its digest."""
    is_unverified: bool
    """Nothing shows that it is from whom it says."""
    came_on: date
    is_read_by_person: bool = False
    """The person said what it is."""
    is_fee_alone: bool = False
    """The person said that it wants a fee, and nothing else of it."""
    by: str | None = None
    """``store`` or ``merchant``, where the person said which; else ``None``."""

    @property
    def ends_on(self) -> date | None:
        """The day of the end that it names; at once is the day on which it came."""
        text = self.reading.effective_on or ""
        if text == AT_ONCE:
            return self.came_on
        return date.fromisoformat(text) if text[:1].isdigit() else None

    @property
    def tells_end(self) -> bool:
        """Whether it says when it ends: on a day, at once, or with what is paid."""
        return self.reading.effective_on is not None


def answers(case: Case) -> tuple[Reply, ...]:
    """Return each message that came back, oldest first, and what it reads as.

    The database is asked once, for the bytes of all of them and of the letter that
    they may quote. Raises BadInput where one of them is not kept.
    """
    return _answers(case, selectors.contents(case, _digests(case)))


def answers_of(cases: Sequence[Case]) -> dict[str, tuple[Reply, ...]]:
    """Return the answers of some cases by their ids, but of those that lack bytes.

    The database is asked once, however many cases there are.
    """
    wanted = {case.id: _digests(case) for case in cases}
    kept = selectors.contents_of(wanted)
    whole = (case for case in cases if set(wanted[case.id]) <= kept[case.id].keys())
    return {case.id: _answers(case, kept[case.id]) for case in whole}


def _digests(case: Case) -> tuple[str, ...]:
    """Return the names of the messages that came, then of the letter quoted."""
    came = happened(counting(case.events), AnsweredDetails)
    written = payloads(case.events, LetterWrittenDetails)
    quoted = [each.text for each in written[-1:]]
    return tuple(dict.fromkeys([*(each.message for _, each in came), *quoted]))


def _answers(case: Case, contents: Mapping[str, bytes]) -> tuple[Reply, ...]:
    came = happened(counting(case.events), AnsweredDetails)
    numbers = unverified(case.events)
    claims = {each.message for event, each in came if event.number in numbers}
    messages = list(dict.fromkeys(each.message for _, each in came))
    authenticated = {
        each.message: each for each in payloads(case.events, AuthenticatedDetails)
    }
    written = payloads(case.events, LetterWrittenDetails)
    quoted = [each.text for each in written[-1:]]
    subjects = [each.subject for each in written]
    ours = "\n".join(
        [*subjects, *(contents[each].decode("utf-8", "replace") for each in quoted)]
    )
    first = {each.message: event.at for event, each in reversed(came)}
    read = {
        name: read_once(contents[name], ours, day_in(case, first[name]))
        for name in messages
    }
    writers = {each.message: each.by for _, each in reversed(came)}
    by_person = {each.message: each for _, each in came if each.by_person}
    return tuple(
        Reply(
            text=read[name][0],
            reading=_reading(in_case(case, read[name][1]), by_person.get(name)),
            result=authenticated[name].result if name in authenticated else "",
            said=authenticated[name].said if name in authenticated else "",
            message=name,
            is_unverified=name in claims,
            came_on=day_in(case, first[name]),
            by=writers.get(name),
            is_read_by_person=name in by_person,
            is_fee_alone=_is_fee_alone(by_person.get(name)),
        )
        for name in messages
    )


_MOST_REMEMBERED = 2000
_remembered: dict[bytes, tuple[str, Reading]] = {}
"""What messages read as, by a digest of theirs and of the letter: 0.1 s for each."""


def read_once(raw: bytes, ours: str, came_on: date) -> tuple[str, Reading]:
    """Return the words of a message, and what it is; read once while we run.

    What took too much to read may be read another time.
    """
    name = sha256(sha256(raw).digest() + f"{came_on} {ours}".encode()).digest()
    if name not in _remembered:
        answer = read_answer(raw, ours=ours, came_on=came_on)
        if answer[1] == UNREAD:
            return answer
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        _remembered[name] = answer
    return _remembered[name]


def _reading(reading: Reading, by_person: AnsweredDetails | None) -> Reading:
    """Return what a message reads as; the person's word goes before the program's."""
    if by_person is None or by_person.reads_as is None:
        return reading
    day, fee = by_person.ends_on, by_person.fee
    # who says that it is something else says that it promises no money either
    promises = by_person.reads_as in (reading.label, Label.REFUND_GRANTED)
    told = read_money(by_person.refund, "refund")
    asks_fee = by_person.asks_fee or (reading.asks_fee and not by_person.whole)
    named = read_money(fee, "fee") if fee else reading.fee
    return replace(
        reading,
        refund=told or (reading.refund if promises else None),
        label=by_person.reads_as,
        sureness=1.0,
        needs_person=False,
        effective_on=day.isoformat() if day else reading.effective_on,
        takes_effect=reading.takes_effect
        and (day is None or day.isoformat() == reading.effective_on),
        asks_fee=asks_fee,
        fee=named if asks_fee else None,
        is_dues=reading.is_dues and not by_person.asks_fee,
    )


def _is_fee_alone(by_person: AnsweredDetails | None) -> bool:
    is_fee = by_person is not None and by_person.asks_fee
    return is_fee and by_person is not None and by_person.reads_as is Label.INVOICE
