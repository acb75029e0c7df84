"""Which of its days the line of a case names, and what is lost after which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rescind.adapters.public.due import DueDay
from rescind.core.follow.due_day import DueKind
from rescind.core.follow.due_others import ACCEPTED
from rescind.core.follow.outlook import THIRD_PARTY
from rescind.core.model.case import CaseState, ListedCase
from rescind.store.listing import WAITING

_ASKS_NOTHING = frozenset(
    {DueKind.RIGHTFUL, DueKind.END, DueKind.CHARGE, DueKind.TAKEN_BACK}
)
"""Days on which something happens by itself: nobody has to have done a thing by then.

They stand among the days that count, and no line calls them a deadline."""
_WAITS_FOR = (
    *(DueKind.BODY, DueKind.CONFIRMATION, DueKind.PROOF),
    *(DueKind.MONEY, DueKind.BANK),
)
_OF_OTHERS = (
    *(DueKind.PROPOSAL, DueKind.BANK_ASKS),
    *(DueKind.BANK, DueKind.MONEY),
)
_ACTS_BY = {
    "cancel": (DueKind.CANCEL,),
    "withdraw": (DueKind.WITHDRAWAL,),
    "refund": (DueKind.REFUND,),
    "steps": (DueKind.CANCEL,),
}
"""What is due by the decision, by the letter that a case began with."""
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDays:
    """The days of a line; ``None``: there is none."""

    shown: DueDay | None
    last: DueDay | None
    """After this one something is lost; ``None`` where ``shown`` is that day."""
    first: DueDay | None
    """The first of all, named or not."""

    @property
    def order(self) -> tuple[datetime, datetime]:
        """By what a line is sorted: the day that it names first, then any."""
        named = min(_moment(self.shown), _moment(self.last))
        return named, _moment(self.first)


def asks_something(day: DueDay) -> bool:
    """Return whether somebody has to have done something by a day."""
    return day.due.what not in _ASKS_NOTHING


def line_days(
    row: ListedCase, days: Sequence[DueDay], *, is_read: bool, claims: bool = False
) -> LineDays:
    """Return which days a line names, of those to come, the first one first.

    Of a case whose answer is read (``is_read``) only those that are the person's, and
    that of the money where the answer leaves it as it was (``claims``).
    """
    lasts = [day for day in days if day.due.is_last][:1]
    money = [day for day in days if claims and day.due.what is DueKind.MONEY][:1]
    found = [*money, *lasts] if is_read else [*_awaited(row, days), *lasts]
    # of what is waited for and what is lost each has its own day
    shown = next(iter(found), None)
    others = (day for day in lasts if day is not shown)
    first = next(iter(days), None)
    return LineDays(shown=shown, last=next(others, None), first=first)


def _awaited(row: ListedCase, days: Sequence[DueDay]) -> Sequence[DueDay]:
    """Return the day of a case that its own page waits for, else the first one.

    Who waits looks for the confirmation, or for the money once that is promised;
    before that, it is the day to act by; and where a bank or a body wrote, its day.
    """
    state = row.standing.state
    if row.standing.next_step in THIRD_PARTY:
        named = [day for what in _OF_OTHERS for day in days if day.due.what is what]
        return [day for day in named if _is_of_others(day)][:1]
    own: tuple[DueKind, ...] = _ACTS_BY.get(row.kind, ())
    if state in WAITING:
        own = _WAITS_FOR
    if state is CaseState.CONFIRMED:
        own = (DueKind.CONFIRMATION, DueKind.MONEY)
    if state is CaseState.CHARGED:
        own = (DueKind.BANK, DueKind.DISPUTE_BY)
    return [day for what in own for day in days if day.due.what is what][:1] or days[:1]


def _is_of_others(day: DueDay) -> bool:
    """Return whether a day is one of a bank or a body: money may be the company's."""
    return day.due.what is not DueKind.MONEY or day.due.why.code in ACCEPTED


def _moment(day: DueDay | None) -> datetime:
    return _NEVER if day is None else day.due.moment
