"""Counting of a statutory period to withdraw, for every way the facts can be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import TypeAlias

from rescind.core import periods
from rescind.core.know.clauses import speaking
from rescind.core.know.law import Law
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.model.catalogue import Anchor
from rescind.core.model.facts import When, day_of
from rescind.core.model.law import Ground, WithdrawalLaw
from rescind.core.model.period import Period
from rescind.core.model.sentence import Sentence

_START_WITHIN = 12
"""Months after the contract in which a start that nobody knows is still asked for."""
_End: TypeAlias = Callable[[date], date]
"""Returns a period's last day by the day of the event."""
GOODS = "goods"
_DELIVERED = frozenset({GOODS, "box"})
"""Of what comes again and again the first delivery counts (2011/83/EU Art. 9)."""
COPY = "contract_copy_at"
"""The fact that a period counted from the contract's copy begins with."""
COPY_WITHIN = timedelta(days=15)
"""How soon a copy of the contract is due where the law wants one (QC, ON)."""
OVER_AT_LATEST = "law_over_at_latest"
"""The longer period of whoever was never told of the right is over too."""
OVER = frozenset({"law_over", OVER_AT_LATEST})
"""Reasons of a period that is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """When a period ends: safely, at the latest, and on which day."""

    safe: datetime
    latest: datetime
    last_day: date
    """The last day under the reading that ends latest."""
    code: str
    """The reason while it runs: ``law_open``, ``law_extended``, ``law_told_late``."""

    @property
    def over(self) -> str:
        """Return the reason of this period, once it is over."""
        return OVER_AT_LATEST if self.code == "law_extended" else "law_over"


def is_past(moment: When, ends: Ends) -> bool:
    """Return whether a period is over at a moment, or before a day begins."""
    if isinstance(moment, datetime):
        return moment > ends.latest
    return moment > ends.last_day


class Counting:
    """The period of one purchase under one law."""

    def __init__(
        self, purchase: JudgedPurchase, law: WithdrawalLaw, books: Law
    ) -> None:
        """Keep the purchase and the calendars: the nation's, and the region's."""
        self._case = purchase
        self._law = law
        place = purchase.facts.country or law.calendar.place
        self._everywhere = books.calendar(law.calendar, law.calendar.place)
        self._there = books.calendar(law.calendar, place)
        safe = law.safe_calendar
        self._strictly = None if safe is None else books.calendar(safe, safe.place)
        self.decided_at = purchase.facts.withdrawn_at or purchase.facts.as_of
        self._books = books

    def is_over(self, ends: Ends) -> bool:
        """Return whether it was too late when the withdrawal was sent, or is now."""
        return is_past(self.decided_at, ends)

    @property
    def length(self) -> Period | Sentence | None:
        """Return the period's length, and that its days are working days."""
        period = self._law.period
        if period is None or not self._law.working_days:
            return period
        return Sentence.of("length", "working_day", count=period.count)

    def awaits_delivery(self) -> bool:
        """Return whether goods came on an unknown day that now decides."""
        if self._case.kind != GOODS or self._case.facts.delivered_at is not None:
            return False
        return self.is_over(self.ends(extended=False))

    def awaits_start(self) -> bool:
        """Return whether the day that it is counted from is not known and decides.

        The contract's day is the earliest that it can be; more than a year on, the day
        is taken to have come.
        """
        facts, start = self._case.facts, self._law.counted_from
        if not start or getattr(facts, start) is not None:
            return False
        bought, today = self._case.bought_on, day_of(facts.as_of, facts.zones)
        assert bought is not None  # noqa: S101 - asked for before counting
        is_recent = today <= periods.add_months(bought, _START_WITHIN)
        return is_recent and self.is_over(self.ends(extended=False))

    @property
    def starts(self) -> tuple[str, ...]:
        """Return the facts that tell when the period began, as far as not known."""
        facts, start = self._case.facts, self._law.counted_from
        if not start or getattr(facts, start) is not None:
            return ()
        if start == COPY and facts.contract_copy_received is None:
            return ("contract_copy_received", COPY)
        return (start,)

    def has_no_copy(self) -> bool:
        """Return whether it waits for a copy that never came, for a year at most."""
        facts, bought = self._case.facts, self._case.bought_on
        if self._law.counted_from != COPY or facts.contract_copy_received is not False:
            return False
        assert bought is not None  # noqa: S101 - asked for before counting
        decided = day_of(self.decided_at, facts.zones)
        return decided <= periods.add_months(bought, _START_WITHIN)

    def informed(self) -> bool | None:
        """Return whether the right was explained, as far as it matters today.

        Inside the first period the answer is the same either way: nothing to ask.
        """
        law = self._law
        is_fixed = law.not_informed_adds is None and law.not_informed_in_all is None
        if is_fixed and not law.not_informed_open:
            return True
        facts = self._case.facts
        if facts.withdrawal_informed_at is not None:
            return True
        known = facts.withdrawal_informed
        if known is None and not self.is_over(self.ends(extended=False)):
            return True
        return known

    def ends(self, *, extended: bool) -> Ends:
        """Return when the period ends; ``extended``: the right was never explained.

        Directive 2011/83/EU Art. 10; SI 2013/3134 reg. 31. Where the law says how
        long the right lasts in all, late information does not carry it further
        (Taiwan, Consumer Protection Act art. 19(3)).
        """
        if self._law.counts_hours:
            return self._by_hours(self._event())
        event, later = self._event(), self._supply_day()
        extended = extended or self._told_too_late()
        late = self._late_information()
        if late is not None:
            told = self._counted(late, None, "law_told_late", extended=False)
            if self._law.not_informed_in_all is None:
                return told
            longest = self._counted(event, later, "law_told_late", extended=True)
            return min(told, longest, key=lambda ends: ends.last_day)
        code = "law_extended" if extended else "law_open"
        return self._counted(event, later, code, extended=extended)

    def by_union(self, *, extended: bool) -> Ends | None:
        """Return when the period ends by the count of the union, where that is another.

        Regulation (EEC, Euratom) No 1182/71 Art. 3, by which Directive 2011/83/EU
        counts (recital 41). ``None`` where the place counts as its union does.
        """
        calendar = self._law.union_calendar
        if calendar is None:
            return None
        counted_so = replace(
            self._law, calendar=calendar, counts_first_day=False, union_calendar=None
        )
        return Counting(self._case, counted_so, self._books).ends(extended=extended)

    def second(self) -> Ends | None:
        """Return the second period, of a trial whose price was not made clear.

        CJEU C-565/22: it runs from the day the trial became paid.
        """
        bill = self._case.billing
        if (
            not self._law.trial_claims
            or self._case.facts.trial_price_clear is not False
        ):
            return None
        if bill.anchor is None or bill.nothing_paid or not self._case.facts.had_trial:
            return None
        return self._counted(bill.anchor, None, "law_open", extended=False)

    def ground_ends(self, ground: Ground) -> Ends | None:
        """Return when the period of a ground ends; ``None`` if it has not begun.

        While nobody knows the day it runs from, the contract's own: it runs no sooner.
        """
        event: When | None = getattr(self._case.facts, ground.counted_from)
        if event is None and not self.is_start_open(ground):
            return None
        event = event or self._case.facts.purchased_at
        assert event is not None  # noqa: S101 - asked for before counting
        return self._spread(
            event, lambda day: periods.last_day(ground.period, day, self._everywhere)
        )

    def is_start_open(self, ground: Ground) -> bool:
        """Return whether the day from which a ground's period runs is not known.

        Of a copy that never came it is: the period has not begun.
        """
        facts, start = self._case.facts, ground.counted_from
        has_begun = start != COPY or facts.contract_copy_received is not False
        return getattr(facts, start) is None and has_begun

    def copy_facts(self) -> Mapping[str, bool | None]:
        """Return whether a copy of the contract came in the time the law gives."""
        facts = self._case.facts
        bought, copied = facts.purchased_at, facts.contract_copy_at
        received = True if copied is not None else facts.contract_copy_received
        assert bought is not None  # noqa: S101 - asked for before counting
        until = day_of(bought, facts.zones) + COPY_WITHIN
        in_time = None
        if copied is not None:
            in_time = day_of(copied, facts.zones) <= until
        elif received is False:
            in_time = day_of(facts.as_of, facts.zones) <= until
        return {"contract_copy_received": received, "copy_in_time": in_time}

    def _event(self) -> When:
        facts = self._case.facts
        bought = facts.purchased_at
        assert bought is not None  # noqa: S101 - asked for before counting
        if self._law.counted_from:
            # not known: the contract's day, from which the period cannot run sooner
            event: When | None = getattr(facts, self._law.counted_from)
            return event or bought
        if self._case.kind in _DELIVERED and facts.delivered_at is not None:
            return facts.delivered_at
        return bought

    def _late_information(self) -> When | None:
        """Return when the right was explained, if late but in time to count."""
        told, bought = self._case.facts.withdrawal_informed_at, self._event()
        within = self._law.informed_within
        if told is None or within is None:
            return None
        zones = self._case.facts.zones
        bought_on, told_on = day_of(bought, zones), day_of(told, zones)
        in_time = bought_on < told_on <= periods.add(bought_on, within)
        return told if in_time else None

    def _told_too_late(self) -> bool:
        """Return whether the right was explained after the time that a law gives.

        Directive 2011/83/EU Art. 10: the longer period then runs as if nobody had.
        """
        told, within = (
            self._case.facts.withdrawal_informed_at,
            self._law.informed_within,
        )
        if told is None or within is None:
            return False
        zones = self._case.facts.zones
        last = periods.add(day_of(self._event(), zones), within)
        return day_of(told, zones) > last

    def may_be_told_late(self) -> bool:
        """Return whether a telling later than the order would still leave time.

        Only where it is said that one was told, and not when.
        """
        facts, within = self._case.facts, self._law.informed_within
        if facts.withdrawal_informed is not True or within is None:
            return False
        if facts.withdrawal_informed_at is not None:
            return False
        last = periods.add(day_of(self._event(), facts.zones), within)
        told = min(last, day_of(self.decided_at, facts.zones))
        return not self.is_over(self._counted(told, None, "law_open", extended=False))

    def _counted(
        self, event: When, later: date | None, code: str, *, extended: bool
    ) -> Ends:
        safe, latest, last = [], [], []
        for start in (event, later):
            if start is None:
                continue
            ends = self._spread(start, lambda day: self._end(day, extended=extended))
            safe.append(ends.safe)
            latest.append(ends.latest)
            last.append(ends.last_day)
        return Ends(safe=min(safe), latest=max(latest), last_day=max(last), code=code)

    def _by_hours(self, event: When) -> Ends:
        """Return the end of a period counted by the hour.

        Of a day without an hour, the last whole day before the end is sure.
        """
        assert self._law.period is not None  # noqa: S101 - a right has one
        length, zones = timedelta(days=self._law.period.count), self._case.facts.zones
        last = event + length
        if isinstance(last, datetime):
            day = day_of(last, zones)
            return Ends(safe=last, latest=last, last_day=day, code="law_open")
        return Ends(
            safe=periods.first_end(last - periods.DAY, zones),
            latest=periods.last_end(last, zones),
            last_day=last,
            code="law_open",
        )

    def _spread(self, event: When, end: _End) -> Ends:
        """Return the ends over the zones the consumer may be in.

        Each zone has its own day of the event and its own midnight.
        """
        zones: tuple[tzinfo | None, ...] = self._case.facts.zones or (None,)
        firsts, lasts = [], []
        for zone in zones:
            there = (zone,) if zone is not None else ()
            last = end(day_of(event, there))
            firsts.append(periods.first_end(self._safe(event, last, there), there))
            moved = self._moved(last)
            lasts.append((periods.last_end(moved, there), moved))
        latest, last_day = max(lasts)
        return Ends(safe=min(firsts), latest=latest, last_day=last_day, code="law_open")

    def _safe(self, event: When, last: date, zones: tuple[tzinfo, ...]) -> date:
        """Return the last day if as many days count as the law may mean."""
        period, strict = self._law.period, self._strictly
        if strict is None or period is None:
            return last
        counted = periods.working_day_after(day_of(event, zones), period.count, strict)
        return min(last, counted)

    def _moved(self, last: date) -> date:
        """Return a last day, moved on past what is a day off in the region only."""
        while not self._there(last):
            last += periods.DAY
        return last

    def _end(self, event_day: date, *, extended: bool) -> date:
        """Return the last day; Art. 10 adds its months to the unmoved first end."""
        law = self._law
        assert law.period is not None  # noqa: S101 - a right without grounds has one
        if law.counts_first_day:
            event_day -= periods.DAY
        if extended and law.not_informed_in_all is not None:
            in_all = law.not_informed_in_all
            return periods.last_day(in_all, event_day, self._everywhere)
        if law.working_days:
            count = law.period.count
            return periods.working_day_after(event_day, count, self._everywhere)
        if not extended or law.not_informed_adds is None:
            return periods.last_day(law.period, event_day, self._everywhere)
        first_end = periods.add(event_day, law.period)
        return periods.last_day(law.not_informed_adds, first_end, self._everywhere)

    def _supply_day(self) -> date | None:
        """Return the later start that the law or the merchant's wording allows."""
        starts = self._case.facts.course_starts_on
        if starts is None or not self._may_start_later():
            return None
        return (
            starts if starts > day_of(self._event(), self._case.facts.zones) else None
        )

    def _may_start_later(self) -> bool:
        if self._law.from_start_of_supply:
            return True
        terms = speaking(self._case.service, "withdrawal", self._case.facts)
        return any(
            term.window is not None
            and term.window.counted_from is Anchor.LAUNCH
            and term.claim.in_force.holds(self._case.epoch)
            for term in terms
        )
