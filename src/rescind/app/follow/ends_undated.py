"""Answers that say yes and leave the day open: of the end, or of the money."""

from collections.abc import Sequence

from rescind.app.follow.answers import Reply
from rescind.app.follow.asked_money import withdrew
from rescind.app.follow.ends import is_undated
from rescind.app.follow.owed import shortfall
from rescind.app.follow.wanted import pays_without_a_sum
from rescind.core.model.case import Case
from rescind.core.model.message import Label


def names_no_day(case: Case, replies: Sequence[Reply]) -> bool:
    """Return whether the newest answer surely ends it, and on no day that is known.

    Whoever withdrew needs none: that ends it at once.
    """
    is_sure = bool(replies) and not replies[-1].reading.needs_person
    return is_sure and is_undated(case, replies) and not withdrew(case)


def grants_all(case: Case, replies: Sequence[Reply]) -> bool:
    """Return whether the newest answer surely promises the money, and no less of it."""
    reading = replies[-1].reading
    is_money = reading.label is Label.REFUND_GRANTED or reading.refund is not None
    promises = is_money or pays_without_a_sum(reading)
    is_whole = shortfall(case, replies).part is None
    return promises and is_whole and not reading.needs_person
