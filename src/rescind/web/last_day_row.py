"""The first last day of a case, where its card does not name it otherwise."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from rescind.adapters import clock
from rescind.app.follow.days import day_in
from rescind.core.follow.due import days_to_act, due
from rescind.core.follow.due_day import DueKind
from rescind.core.model.case import Case
from rescind.labels import label
from rescind.web.card_values import LATE, SOON, CardRow
from rescind.web.case_story import CaseDays
from rescind.web.dispute_days import days_left


def last_day_row(
    case: Case, rows: Sequence[CardRow], days: CaseDays, *, but: DueKind | None = None
) -> Iterator[CardRow]:
    """Yield the first day after which something is lost, where no row names it.

    A day of the kind ``but`` is left out.
    """
    of_verdict = days_to_act(case.verdict, case.events, case.kind)
    every = due(case.events, of_verdict, clock.now())
    lasts = [each for each in every if each.is_last and each.over >= clock.now()]
    lasts = [each for each in lasts if each.what is not but]
    for each in lasts[:1]:
        on = day_in(case, each.by) if isinstance(each.by, datetime) else each.by
        names = {days.day(on), days.day(on, by_name=False)}
        if any(name in row.value for row in rows for name in names):
            return
        what = label(each.what, "last_day").rstrip(":")
        left = (on - days.today).days
        yield CardRow(
            what=what[:1].upper() + what[1:],
            value=days.day(on),
            left=days_left(left),
            urgency="late" if left <= LATE else "soon" if left <= SOON else "",
        )
