"""Billed: which charges of a store can be one contract's that the store bills.

A store bills many things under one name. Nothing but the sum and the day tells which.
"""

from rescind.core.find import thresholds
from rescind.core.find.book import Book
from rescind.core.find.ended import Ended
from rescind.core.find.rhythm import MONTHS_A_YEAR, WEEK, Rhythm, month_parts
from rescind.core.find.series import near
from rescind.core.model.descriptor import Channel
from rescind.core.model.period import Unit
from rescind.core.model.statement import THOUSANDTHS

_STORES = frozenset(Channel) - {Channel.DIRECT}


def is_of_store(book: Book, at: int, ended: Ended) -> bool:
    """Return whether a charge names a contract's store, and nothing that it sold."""
    if ended.channel in _STORES and book.columns["key"][at] == f"@{ended.channel}":
        return True
    if ended.biller is None:
        return False
    return book.is_payee(at, *book.name(ended.biller))


def own_rhythm(ended: Ended) -> Rhythm | None:
    """Return the rhythm that a contract is known to have; ``None`` if it is not."""
    if ended.period is None or ended.due_on is None:
        return None
    day, count = ended.due_on.toordinal(), ended.period.count
    if ended.period.unit in (Unit.DAY, Unit.WEEK):
        days = count * (WEEK if ended.period.unit is Unit.WEEK else 1)
        return Rhythm("D", days, day, 0, 0, 0, 0, 1.0, 1.0)
    month, anchor = month_parts(day)
    months = count * (MONTHS_A_YEAR if ended.period.unit is Unit.YEAR else 1)
    return Rhythm("M", months, anchor, month, month, 0, 0, 1.0, 1.0)


def last_at_store(book: Book, ended: Ended) -> int | None:
    """Return the store's last charge of a contract's price up to its end.

    Where the rhythm is known, only a charge on a due day counts.
    """
    if ended.amount is None:
        return None
    price, rhythm = int(ended.amount * THOUSANDTHS), own_rhythm(ended)
    end, columns = ended.effective_on.toordinal(), book.columns
    before = [
        at
        for at, day in enumerate(columns["day"])
        if day <= end
        and near(columns["cost"][at], price, 1 + thresholds.AFTER_END_BILLER)
        and (rhythm is None or is_near_due(rhythm, day))
        and is_of_store(book, at, ended)
    ]
    return max(before, key=columns["day"].__getitem__, default=None)


def is_near_due(
    rhythm: Rhythm, day: int, room: int = thresholds.AFTER_END_ROOM
) -> bool:
    """Return whether a day is a due day, or at most ``room`` days off it."""
    return abs(rhythm.index(day)[1] - rhythm.lag) <= room
