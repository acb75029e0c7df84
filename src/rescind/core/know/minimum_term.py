"""Term: the minimum term of a contract that a person describes, and its renewals."""

from dataclasses import dataclass
from datetime import date

from rescind.core import periods
from rescind.core.model.facts import Facts, day_of


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
    is counted from the first, so that no month's end drifts.
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


def renewed_end(facts: Facts, *, after: date, times: int) -> date | None:
    """Return the last day of the term that lies some renewals after one's end.

    Terms in months are counted from the first day of the contract, so that one begun
    on the 31st comes back to it wherever a month has one.
    """
    step = facts.renewal_term
    if step is None:
        return None
    start, bought = after + periods.DAY, facts.purchased_at
    if bought is not None and step.months is not None:
        first = day_of(bought, facts.zones)
        months = (start.year - first.year) * 12 + start.month - first.month
        if periods.add_months(first, months) == start:
            ahead = months + step.months * times
            return periods.add_months(first, ahead) - periods.DAY
    return periods.add(start, step, times) - periods.DAY


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
    if facts.term is None or facts.purchased_at is None:
        return None
    first_over = periods.add(day_of(facts.purchased_at, facts.zones), facts.term)
    if day_of(facts.as_of, facts.zones) < first_over:
        return False
    step = facts.renewal_term or facts.term
    return periods.add(running_end + periods.DAY, step, -1) >= first_over


def _first_end(facts: Facts) -> date | None:
    if facts.term_ends_at is not None:
        return day_of(facts.term_ends_at, facts.zones)
    if facts.term is None or facts.purchased_at is None:
        return None
    start, trial_end = day_of(facts.purchased_at, facts.zones), facts.trial_ends_at
    if trial_end is not None and facts.period == facts.term:
        # what is paid for at once runs from the payment, which the trial puts off
        start = day_of(trial_end, facts.zones)
    return periods.add(start, facts.term) - periods.DAY
