"""What a bill is for: the months that it names, and by when it is to be paid."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rescind.adapters.data.named import by_when
from rescind.adapters.data.phrasebooks import figures
from rescind.app.follow.answers import Reply
from rescind.app.follow.ends import end_by_way
from rescind.app.follow.fees import OpenFee, asked_for, fee_of
from rescind.core.follow.due_company import unpaid_demands
from rescind.core.follow.named import wanted_by
from rescind.core.follow.reading.figures import FigureWords, figures_in
from rescind.core.follow.reading.phrases import fold
from rescind.core.model.case import Case

_BEFORE = re.compile(r"\d(\.|st|nd|rd|th|º|er)?\s*(de |of )?$")
_AFTER = re.compile(r"^\w*[.,]?\s*(?:de |of )?(\d+)")
_YEAR_DIGITS = 4
ASKED_OWED = "confirmed_asked_owed"
"""What is next where money is asked for the time before an end that is recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """Money that is asked for time that has passed, or passes before the end."""

    by: date | None
    """By when it is to be paid; ``None``: no day was named."""
    is_owed: bool
    """Whether it is known to be for the time before the end."""


def bill_of(case: Case, replies: Sequence[Reply]) -> Bill | None:
    """Return the bill that is open; ``None`` where none is."""
    fee = asked_for(case, replies)
    bills = [r for r in replies if r.reading.asks_fee and not r.is_unverified]
    if fee is None or not fee.is_dues or not bills:
        return None
    return _bill(case, bills[-1])


def _bill(case: Case, newest: Reply) -> Bill:
    """Return what an answer is a bill for."""
    ends_on = end_by_way(case)
    text = newest.reading.new_text
    spoken = list(figures_in(text, figures()))
    by = wanted_by(text, by_when(), [each.days for each in spoken], newest.came_on)
    months = list(_months(fold(text), spoken, newest.came_on))
    is_before = ends_on is not None and all(
        month < ends_on.replace(day=1) for month in months
    )
    return Bill(by=by, is_owed=bool(months) and is_before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpaid:
    """Money that is asked for by a day, and neither paid nor taken back."""

    fee: OpenFee
    by: date
    is_owed: bool
    """Whether it is known to be for the time before the end."""


def unpaid(case: Case, replies: Sequence[Reply]) -> Unpaid | None:
    """Return what was asked for last by a day, whoever wrote back; ``None``: none is.

    It is left until a payment is told, or they ask for it no more.
    """
    left = dict(unpaid_demands(case.events))
    asking = [reply for reply in replies if reply.message in left]
    if not asking:
        return None
    newest = asking[-1]
    fee = OpenFee(amount=fee_of(case, newest.reading), is_dues=newest.reading.is_dues)
    is_owed = fee.is_dues and _bill(case, newest).is_owed
    return Unpaid(fee=fee, by=left[newest.message], is_owed=is_owed)


def asked_code(code: str, case: Case, replies: Sequence[Reply]) -> str:
    """Return what is next where they ask for money: what is owed is to be paid."""
    bill = bill_of(case, replies) if code == "confirmed_asked" else None
    return ASKED_OWED if bill is not None and bill.is_owed else code


def _months(
    folded: str, spoken: Sequence[FigureWords], came_on: date
) -> Iterator[date]:
    """Yield the first days of the months that are named, but for those of a day."""
    for words in spoken:
        for number, pattern in enumerate(words.days.months, start=1):
            for found in pattern.finditer(folded):
                after = _AFTER.match(folded[found.end() :])
                digits = after[1] if after is not None else ""
                is_day = bool(digits) and len(digits) != _YEAR_DIGITS
                if not is_day and not _BEFORE.search(folded[: found.start()]):
                    yield _first_of(number, digits, came_on)


def _first_of(month: int, year: str, came_on: date) -> date:
    """Return the first day of a month, of the year that fits where none is named."""
    if year:
        return date(int(year), month, 1)
    near = (date(came_on.year + step, month, 1) for step in (-1, 0, 1))
    return min(near, key=lambda day: abs(day - came_on))
