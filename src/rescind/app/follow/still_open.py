"""What an earlier answer wants or denies, while nobody has met it.

Another answer settles it only where it speaks to the same thing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rescind.adapters.data.phrasebooks import demands
from rescind.app.follow.answers import Reply
from rescind.app.follow.asked_money import asked_back, asked_by
from rescind.app.follow.ends import names_day
from rescind.app.follow.fees import numbers_of
from rescind.app.follow.wanted import papers_wanted, says_no_notice
from rescind.core.follow.letters_out import Do
from rescind.core.follow.open_demand import REPLY
from rescind.core.follow.reading.demands import Demand, find_demands
from rescind.core.follow.shortfall import ENDS
from rescind.core.model.case import Case, counting, happened
from rescind.core.model.event_details import LetterWrittenDetails
from rescind.core.model.message import Label, Reading


class Point(StrEnum):
    """What is open, by the answer that a letter gives to it."""

    NO_NOTICE = "not_received"
    """They say that no notice came."""
    CREDIT = "refund_refused"
    """They offer a credit in place of money that was asked back."""
    OFFER = "offer"
    """They offer something for staying."""
    PAPERS = "needs_information"
    """They want papers of heirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """One point, with the answer that makes it."""

    point: Point
    reply: Reply


def open_points(case: Case, replies: Sequence[Reply]) -> tuple[OpenPoint, ...]:
    """Return what answers before the newest want or deny that is open; each once."""
    theirs = [reply for reply in replies if not reply.is_unverified]
    numbers, since = numbers_of(case), _met_at(case)
    found: dict[Point, OpenPoint] = {}
    for at, reply in enumerate(theirs[:-1]):
        if numbers[reply.message] < since:
            continue
        for point in points_of(case, reply):
            if not any(_SETTLES[point](case, each) for each in theirs[at + 1 :]):
                found[point] = OpenPoint(point=point, reply=reply)
    own = set(points_of(case, theirs[-1])) if theirs else set()
    return tuple(each for point, each in found.items() if point not in own)


def points_of(case: Case, reply: Reply) -> Iterator[Point]:
    """Yield what one answer wants or denies."""
    reading = reply.reading
    if says_no_notice(reading):
        yield Point.NO_NOTICE
    if Demand.CREDIT in find_demands(reading.new_text, demands()):
        yield Point.CREDIT if asks_money(case) else Point.OFFER
    elif reading.label is Label.OFFER and not reading.needs_person:
        yield Point.OFFER
    if papers_wanted(case, [reply]) is not None:
        yield Point.PAPERS


def asks_money(case: Case) -> bool:
    """Return whether money was asked back in a case, whether or not its sum is known.

    Who only ended a contract, and is owed nothing, is offered no credit in its place.
    """
    return asked_by(case) in _CLAIMS or asked_back(case) is not None


_CLAIMS = frozenset({"withdraw", "refund"})


def _met_at(case: Case) -> int:
    """Return the event by which somebody last wrote back, or gave notice again."""
    letters = happened(counting(case.events), LetterWrittenDetails)
    met = (event.number for event, each in letters if each.kind in _MEETS)
    return max(met, default=0)


_MEETS = (REPLY, Do.SECOND_NOTICE.value)


def _has_notice(case: Case, reply: Reply) -> bool:
    """Return whether an answer surely has the notice: it ends on a day, or came in."""
    reading = reply.reading
    if reading.needs_person or says_no_notice(reading):
        return False
    is_end = reading.label in ENDS and names_day(case, reply)
    return is_end or reading.label is Label.ACKNOWLEDGED


def _pays(_case: Case, reply: Reply) -> bool:
    return reply.reading.refund is not None or _is(reply.reading, Label.REFUND_GRANTED)


def _ends(_case: Case, reply: Reply) -> bool:
    reading = reply.reading
    is_end = reading.label in ENDS and reply.ends_on is not None
    return is_end and not reading.needs_person


def _is(reading: Reading, label: Label) -> bool:
    return reading.label is label and not reading.needs_person


_SETTLES: Mapping[Point, Callable[[Case, Reply], bool]] = {
    Point.NO_NOTICE: _has_notice,
    Point.CREDIT: _pays,
    Point.OFFER: _ends,
    Point.PAPERS: _ends,
}
"""What in a later answer settles a point."""
