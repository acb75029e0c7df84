"""Term: the minimum term of a contract that a person describes, and its renewals."""

from dataclasses import dataclass
from datetime import date

from rescind.core import periods
from rescind.core.know.billing import begins_anew, is_paid_after_trial
from rescind.core.model.facts import Facts, day_of
from rescind.core.model.period import Period, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTerm:
    """The term that runs on the day asked about."""

    ends: date | None = None
    """Its last day; ``None``: open-ended, or not known."""
    renewed: bool | None = None
    open_ended: bool = False
    lapsed: bool = False
    """The first term is over; what follows it decides."""


def running_term(facts: Facts) -> RunningTerm:
    """Return the term that runs at ``as_of``, counted from the first one.

    A term of a year from 15 March ends on 14 March (BGB § 188(2)); each later one
    is counted from the first, so that no month's end drifts. The first one begins with
    the contract, which may be later than it was signed.
    """
    today = day_of(facts.as_of, facts.zones)
    first = _first_end(facts)
    if first is None:
        return RunningTerm(open_ended=_is_open_ended(facts))
    if today <= first:
        return RunningTerm(ends=first, renewed=_is_renewed(facts, first))
    if facts.renews_open:
        return RunningTerm(renewed=True, open_ended=True, lapsed=True)
    if facts.renewal_term is None:
        return RunningTerm(renewed=True, lapsed=True)
    end = first
    while end < today:
        end = renewed_end(facts, after=end, times=1) or today
    return RunningTerm(ends=end, renewed=True, lapsed=True)


def running_since(facts: Facts) -> date | None:
    """Return the first day of the term that follows the first one, as of ``as_of``.

    ``None`` while the first one runs, or where its end is not known.
    """
    end, today = _first_end(facts), day_of(facts.as_of, facts.zones)
    if end is None or end >= today:
        return None
    while True:
        following = renewed_end(facts, after=end, times=1)
        if following is None or following >= today:
            return end + periods.DAY
        end = following


def renewed_end(facts: Facts, *, after: date, times: int) -> date | None:
    """Return the last day of the term that lies some renewals after one's end.

    Terms in months are counted from the first day of the contract, so that one begun
    on the 31st comes back to it wherever a month has one.
    """
    if facts.renewal_term is None:
        return None
    return _end_after(facts, after, facts.renewal_term, times)


def _end_after(facts: Facts, after: date, step: Period, times: int) -> date:
    start, first = after + periods.DAY, facts.begun_on
    if first is not None and step.months is not None:
        apart = (start.year - first.year) * 12 + start.month - first.month
        # a term that ends with a short month is followed by one from the 1st
        for months in (apart, apart - 1):
            if months > 0 and _months_end(first, months) == after:
                return _months_end(first, months + step.months * times)
    return periods.last_of(start, step, times)


def _months_end(first: date, months: int) -> date:
    return periods.last_of(first, Period(months, Unit.MONTH))


def _is_open_ended(facts: Facts) -> bool:
    """Return whether notice alone was stated: no term, and no date it renews on."""
    if facts.ends_any_day and facts.term is None:
        return True
    dated = facts.term or facts.period or facts.renews_at
    return facts.notice is not None and dated is None


def _is_renewed(facts: Facts, running_end: date) -> bool | None:
    """Return whether the term that ends on a day is a later one than the first.

    A first term may begin after the contract was made: it is a later one only if it
    begins once a whole first term is over. ``None`` where the first is not known.
    """
    if facts.term is None or facts.begun_on is None:
        return None
    first_end = periods.last_of(facts.begun_on, facts.term)
    if day_of(facts.as_of, facts.zones) <= first_end:
        return False
    step = facts.renewal_term or facts.term
    return running_end >= _end_after(facts, first_end, step, 1)


def _first_end(facts: Facts) -> date | None:
    if facts.term_ends_at is not None:
        return day_of(facts.term_ends_at, facts.zones)
    start, trial_end = facts.begun_on, facts.trial_ends_at
    if facts.term is None or start is None:
        return None
    if trial_end is not None and facts.period == facts.term:
        # what is paid for at once runs from the payment, which the trial puts off
        is_told = is_paid_after_trial(facts, trial_end, facts.term)
        first = facts.paid_at if is_told else None
        start = day_of(first or trial_end, facts.zones)
    return periods.last_of(_paid_from(facts, start), facts.term)


def _paid_from(facts: Facts, start: date) -> date:
    """Return the day from which what is paid for runs, where no more than that binds.

    A month that was paid on another day than the ones before it runs from that day.
    """
    paid, period = facts.paid_at, facts.period
    if paid is None or period is None or not period == facts.term == facts.renewal_term:
        return start
    on = day_of(paid, facts.zones)
    is_before = on <= day_of(facts.as_of, facts.zones)
    return on if is_before and begins_anew(start, period, on) else start
