"""The choice: the best course for a person's wishes, out of all that make sense.

Only a few days matter: today, the days on which something can last be done, the day
until which access is wanted, the day of the certificate. The best course over those
days is the best over all days; a property test compares it with trying every day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product

from rescind.core.act.simulate import DAY, Course, Result, contract_end, simulate
from rescind.core.model.contract import Contract, ContractReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the person wants beside the end."""

    keep_access_until: date | None = None
    """Access is wanted through this day."""
    certificate_on: date | None = None
    """A certificate is wanted, and can be earned on this day."""
    money_back_first: bool = False
    """Try for money even where it is disputed, before what is sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """A course with what comes of it under every reading."""

    course: Course
    results: tuple[Result, ...]

    @property
    def worst_cost(self) -> Decimal:
        """Return the cost under the reading that is worst for the person."""
        return max(result.cost for result in self.results)

    @property
    def best_cost(self) -> Decimal:
        """Return the cost under the reading that is best for the person."""
        return min(result.cost for result in self.results)

    @property
    def access_until(self) -> date | None:
        """Return the first day that may be without access."""
        days = [r.access_until for r in self.results if r.access_until is not None]
        return min(days, default=None)

    @property
    def paid_until(self) -> date | None:
        """Return the first day on which what is paid for may end."""
        days = [r.paid_until for r in self.results if r.paid_until is not None]
        return min(days, default=None)

    @property
    def is_over(self) -> bool:
        """Return whether the contract ends under every reading."""
        return all(result.is_over for result in self.results)

    @property
    def is_fee_open(self) -> bool:
        """Return whether a fee that nobody named may come to the cost."""
        return any(result.is_fee_open for result in self.results)

    def fits(self, wishes: Wishes) -> bool:
        """Return whether the course ends the contract and grants the wishes."""
        return self.is_over and all(_grants(result, wishes) for result in self.results)


def _grants(result: Result, wishes: Wishes) -> bool:
    keep, until = wishes.keep_access_until, result.access_until
    if keep is not None and until is not None and until <= keep:
        return False
    return wishes.certificate_on is None or result.has_certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days on which each thing may be done."""

    cancel: tuple[date, ...]
    refund: tuple[date, ...]
    withdraw: tuple[date, ...]


def best(contract: Contract, wishes: Wishes) -> Simulation | None:
    """Return the best course; ``None`` where no course grants the wishes."""
    return best_of(contract, wishes, decisive_days(contract, wishes))


def best_of(contract: Contract, wishes: Wishes, days: Days) -> Simulation | None:
    """Return the best course that does things on some days."""
    simulations = (
        simulate_course(contract, course) for course in _courses(contract, wishes, days)
    )
    suitable = [each for each in simulations if each.fits(wishes)]
    return min(suitable, key=lambda each: order(each, wishes), default=None)


def simulate_course(contract: Contract, course: Course) -> Simulation:
    """Return a course with what comes of it under every reading."""
    results = tuple(
        simulate(contract, course, reading) for reading in contract.readings
    )
    return Simulation(course=course, results=results)


def order(simulation: Simulation, wishes: Wishes) -> tuple[object, ...]:
    """Return the key to sort by.

    Money decides; then few actions, the shorter route, asking for money soon, keeping
    access long, and being done early. A way out on any day is taken at once: nobody
    waits with it for the last day that is paid for.
    """
    course = simulation.course
    costs = (simulation.worst_cost, simulation.best_cost)
    if wishes.money_back_first:
        costs = (simulation.best_cost, simulation.worst_cost)
    request_days = (day for day in (course.refund, course.withdraw) if day is not None)
    return (
        *costs,
        course.actions,
        course.withdraw is not None,
        max(request_days, default=date.min),
        -(simulation.paid_until or date.max).toordinal(),
        course.last,
    )


def _courses(contract: Contract, wishes: Wishes, days: Days) -> Iterator[Course]:
    may_refund = any(
        reading.refund_until or reading.refund_days is not None
        for reading in contract.readings
    )
    refunds = (None, *days.refund) if may_refund else (None,)
    may_withdraw = any(reading.withdraw_until for reading in contract.readings)
    withdrawals = (None, *days.withdraw) if may_withdraw else (None,)
    for cancel, refund, withdraw in product((None, *days.cancel), refunds, withdrawals):
        yield Course(
            cancel=cancel,
            refund=refund,
            withdraw=withdraw,
            certificate=wishes.certificate_on,
        )


def decisive_days(contract: Contract, wishes: Wishes) -> Days:
    """Return the days on which doing something can make a difference.

    Of many charges only the first ones and those about the end matter: whoever pays
    more of them pays more.
    """
    always = {contract.today}
    for day in (wishes.keep_access_until, wishes.certificate_on):
        if day is not None:
            always |= {day, day + DAY}
    near = (*contract.charges[:_FIRST], *contract.charges[-_LAST:])
    refund, withdraw, cancel = set(always), set(always), set(always)
    for reading in contract.readings:
        exits = (*reading.exits[:_FIRST], *reading.exits[-_LAST:])
        cancel |= {item.until for item in exits} | {item.ends for item in exits}
        cancel |= {item.since for item in exits if item.since is not None}
        if reading.notice is not None:
            wished = (wishes.keep_access_until, wishes.certificate_on)
            kept = [day for day in wished if day is not None]
            cancel |= {_before(day, reading, contract) for day in (*near, *kept)}
        if contract.free_end is not None:
            cancel.add(contract.free_end)
        if reading.withdraw_until is not None:
            withdraw |= {day for day in near if day <= reading.withdraw_until}
    refund |= set(near)
    cancel |= refund | {charge - DAY for charge in near} | {contract.horizon}
    cancel |= {day + DAY for day in cancel}
    # a notice before the first day for it may be none
    opened = {day for day in cancel if day >= (contract.opens_on or contract.today)}
    return Days(
        cancel=_in_range(contract, opened),
        refund=_in_range(contract, refund),
        withdraw=_in_range(contract, withdraw),
    )


_FIRST, _LAST = 2, 3
"""How many of the first and of the last charges count; a property test compares the
best course over these days with the best over every day."""


def _in_range(contract: Contract, days: Iterable[date]) -> tuple[date, ...]:
    return tuple(
        sorted(day for day in days if contract.today <= day <= contract.horizon)
    )


def _before(charge: date, reading: ContractReading, contract: Contract) -> date:
    """Return the last day whose notice ends the contract before a charge."""
    day = charge - DAY
    while day > contract.today and not _ends_before(day, charge, reading):
        day -= DAY
    return day


def _ends_before(day: date, charge: date, reading: ContractReading) -> bool:
    end = contract_end(reading, day)
    return end is not None and end < charge
