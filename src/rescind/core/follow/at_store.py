"""Money that a store was asked for in an account: how often, and whether it refused."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rescind.core.follow.reopening import standing_events
from rescind.core.model.case import (
    TO_OTHERS,
    Event,
    counting,
    happened,
    payloads,
)
from rescind.core.model.event_details import (
    AnsweredDetails,
    ButtonUsedDetails,
    LetterWrittenDetails,
)
from rescind.core.model.event_text import BETWEEN
from rescind.core.model.message import Label
from rescind.core.model.third_party_details import MERCHANT, STORE


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedThere:
    """That money was asked back at a store, and when to look for it."""

    number: int
    look_on: date


def asked_there(events: Sequence[Event]) -> tuple[AskedThere, ...]:
    """Return how often money was asked back in an account, in order.

    Who is granted money has asked for it, though nobody told so.
    """
    told = [
        AskedThere(number=event.number, look_on=done.confirm_by)
        for event, done in happened(counting(events), ButtonUsedDetails)
        if done.confirm_by and MONEY_BACK & _codes(done.what)
    ]
    granted = _granted_unasked(events)
    if granted is not None:
        look_on = granted.at.date() + LOOK_WITHIN
        told.append(AskedThere(number=granted.number, look_on=look_on))
    return tuple(sorted(told, key=lambda each: each.number))


def shown_by_grant(events: Sequence[Event]) -> frozenset[str]:
    """Return the codes of steps that nobody told were done, and a grant of money shows.

    That the money comes back says that it was asked for, and nothing of the rest.
    """
    if _granted_unasked(events) is None:
        return frozenset()
    reports = payloads(counting(events), ButtonUsedDetails)
    return frozenset(c for each in reports for c in MONEY_BACK & _codes(each.left))


def _granted_unasked(events: Sequence[Event]) -> Event | None:
    """Return the message by which money was granted that was left to be asked for.

    Once the company was written to, it may be the one that pays.
    """
    reports = happened(counting(events), ButtonUsedDetails)
    letters = payloads(counting(events), LetterWrittenDetails)
    is_asked = any(MONEY_BACK & _codes(done.what) for _, done in reports)
    is_left = any(MONEY_BACK & _codes(done.left) for _, done in reports)
    is_written = any(each.kind not in TO_OTHERS for each in letters)
    if is_asked or is_written or not is_left:
        return None
    read = _read_since(of_store(events), reports[0][0].number)
    granted = (event for event, label in read if label is Label.REFUND_GRANTED)
    return next(granted, None)


def _codes(text: str | None) -> frozenset[str]:
    return frozenset((text or "").split(BETWEEN)) - {""}


def left_there(events: Sequence[Event]) -> tuple[str, ...]:
    """Return the codes of the steps in an account that are still to be done.

    A letter that ends it was written instead of all of them.
    """
    reports = payloads(counting(events), ButtonUsedDetails)
    letters = payloads(counting(events), LetterWrittenDetails)
    if not reports or any(each.kind in _ENDS for each in letters):
        return ()
    done = {code for each in reports for code in _codes(each.what)}
    done |= shown_by_grant(events)
    left = (reports[-1].left or "").split(BETWEEN)
    return tuple(code for code in left if code and code not in done)


def left_after(events: Sequence[Event], *, has_ended: bool) -> tuple[str, ...]:
    """Return the steps that are still to be done once an end, or money, was recorded.

    What has ended need not be cancelled; money that came need not be asked for.
    """
    left = left_there(events)
    return tuple(code for code in left if (code in MONEY_BACK) == has_ended)


def refused_there(events: Sequence[Event]) -> date | None:
    """Return when a store said that it pays nothing, since it was asked last."""
    asked, theirs = asked_there(events), of_store(events)
    return refused_after(theirs, asked[-1].number, AT_STORE) if asked else None


def of_store(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events without the answers that the company itself wrote."""
    others = messages_of_company(events)
    return tuple(e for e in events if _message_of(e) not in others)


def messages_of_company(events: Sequence[Event]) -> frozenset[str]:
    """Return which messages are the company's own, where a store was asked as well.

    What came once it was written to is the store's only where the person says so.
    """
    counted = counting(events)
    written = happened(counted, LetterWrittenDetails)
    told = [event.number for event, each in written if each.kind not in TO_OTHERS]
    # of a message that was read anew, its coming says whose it is
    came = {a.message: (e, a) for e, a in reversed(happened(counted, AnsweredDetails))}
    return frozenset(
        name
        for name, (event, answer) in came.items()
        if answer.by == MERCHANT
        or (answer.by is None and any(number < event.number for number in told))
    )


def _message_of(event: Event) -> str | None:
    answer = event.read(AnsweredDetails)
    return answer.message if answer is not None else None


def refused_after(
    events: Sequence[Event], number: int, refuses: frozenset[Label]
) -> date | None:
    """Return when money was refused last, after an event; ``None`` once it was granted.

    The newest word about the money counts: who grants a part after a refusal pays it.
    """
    about = [each for each in _read_since(events, number) if each[1] in _OF_MONEY]
    if about and about[-1][1] is Label.REFUND_GRANTED:
        return None
    return read_after(events, number, refuses)


def read_after(
    events: Sequence[Event], number: int, labels: Collection[Label | None]
) -> date | None:
    """Return when a message came last, after an event, that reads as one of these.

    A message came when it was first kept, and says what it was last read as; ``None``
    where nobody has said it.
    """
    read = _read_since(events, number)
    return max((e.at.date() for e, label in read if label in labels), default=None)


def _read_since(
    events: Sequence[Event], number: int
) -> list[tuple[Event, Label | None]]:
    """Return what each later message reads as, with its coming, in their order."""
    told = happened(standing_events(events), AnsweredDetails)
    read = {answer.message: answer.reads_as for _, answer in told}
    first = {answer.message: event for event, answer in reversed(told)}
    came = sorted(first.items(), key=lambda each: each[1].number)
    return [(event, read[name]) for name, event in came if event.number > number]


def sends_on(events: Sequence[Event]) -> bool:
    """Return whether a store that was asked for money named the company instead.

    What came once a letter was written may be another's word.
    """
    asked, counted = asked_there(events), counting(events)
    if not asked:
        return False
    # what it is may be said later than it came
    read = {a.message: a.reads_as for _, a in happened(counted, AnsweredDetails)}
    came = happened(of_store(counted), AnsweredDetails)
    written = [e.number for e, _ in happened(counted, LetterWrittenDetails)]
    return any(
        event.number > asked[0].number and read[answer.message] is Label.REDIRECTED
        for event, answer in came
        if answer.by == STORE or not written or event.number < written[0]
    )


def leaves_company(events: Sequence[Event]) -> bool:
    """Return whether the company itself is to be asked for what a store took.

    The store named it, or refused the money more than once.
    """
    asked = asked_there(events)
    is_again = len(asked) > 1
    # a part that is granted since takes back nothing of that
    is_refused = is_again and read_after(events, asked[-1].number, AT_STORE) is not None
    return is_refused or sends_on(events)


LOOK_WITHIN = timedelta(days=14)
"""When to look whether money came that a store was asked for; our own measure."""
_ENDS = frozenset({"cancel", "withdraw"})
MONEY_BACK = frozenset({"withdraw", "refund"})
"""Codes of actions by which money is asked back."""
BY_LETTER = frozenset({Label.REFUSED, Label.REFUND_REFUSED})
AT_STORE = BY_LETTER | {Label.REDIRECTED}
"""A store that sends one to the maker does not pay what it took itself."""
_OF_MONEY = AT_STORE | {Label.REFUND_GRANTED}
