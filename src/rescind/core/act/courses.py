"""Courses that a person would think of, by name, and what each one loses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from rescind.core.act.choose import Simulation, Wishes
from rescind.core.act.simulate import DAY, Course, contract_end
from rescind.core.model.contract import Contract, ContractExit, ContractReading
from rescind.core.model.sentence import Sentence


def name_of(course: Course, contract: Contract) -> str:
    """Return the name of a course by what it does."""
    alone = course.cancel is None
    if course.withdraw is not None:
        return "withdraw" if alone else "withdraw_and_cancel"
    if course.refund is not None:
        return "refund" if alone else "refund_then_cancel"
    if course.cancel is not None:
        return _cancelling(course, contract)
    is_certificate_all = course.certificate is not None and not contract.charges
    return "earn_certificate" if is_certificate_all else "do_nothing"


def _cancelling(course: Course, contract: Contract) -> str:
    assert course.cancel is not None  # noqa: S101 - the caller looks first
    if course.certificate is not None and course.certificate <= course.cancel:
        return "certificate_then_cancel"
    if course.cancel == contract.today:
        return "cancel_now"
    if course.cancel == contract.opens_on:
        return "cancel_on_first_day"
    is_last = course.cancel == last_safe_day(contract, contract.today)
    return "cancel_on_last_safe_day" if is_last else "cancel_later"


def last_safe_day(contract: Contract, after: date) -> date | None:
    """Return the last day, from a day on, on which cancelling is safe in every way."""
    strictest = [
        min((item.until for item in reading.exits if item.until >= after), default=None)
        for reading in contract.readings
    ]
    days = [day for day in strictest if day is not None]
    return min(days, default=None)


def free_day(contract: Contract) -> date | None:
    """Return the last day that ends it when nothing is owed any more, in every way."""
    free_end = contract.free_end
    if free_end is None:
        return None
    days = (free_end - DAY * back for back in range((free_end - contract.today).days))
    return next((day for day in days if _ends_on(contract, day, free_end)), None)


def term_day(contract: Contract) -> date | None:
    """Return the last safe day that ends it with its own term, where it can end before.

    ``None`` also where a way to read what is open ends it on another day.
    """
    today = contract.today
    strict = contract.readings[0]
    own = [x for x in strict.exits if x.by is not None and x.until > today]
    now = contract_end(strict, today)
    if not own or now is None or own[0].ends <= now:
        return None
    item = own[0]
    return item.until if _ends_on(contract, item.until, item.ends) else None


def _ends_on(contract: Contract, day: date, end: date) -> bool:
    return all(contract_end(reading, day) == end for reading in contract.readings)


def sensible(contract: Contract, wishes: Wishes) -> Iterator[tuple[str, Course]]:
    """Yield the courses that make sense for a deal, with their names."""
    today, certificate = contract.today, wishes.certificate_on
    nothing = Course(certificate=certificate)
    yield name_of(nothing, contract), nothing
    cancel = today if contract.charges else None
    if cancel is not None:
        yield "cancel_now", Course(cancel=today, certificate=certificate)
        last = last_safe_day(contract, today)
        free = free_day(contract)
        if free is None and last is not None and last > today:
            course = Course(cancel=last, certificate=certificate)
            yield "cancel_on_last_safe_day", course
        if free is not None:
            yield "leave_free", Course(cancel=free, certificate=certificate)
        term = term_day(contract)
        if term is not None and term not in (last, free):
            yield "leave_at_term", Course(cancel=term, certificate=certificate)
    if any(reading.refund_until for reading in contract.readings):
        course = Course(refund=today, cancel=cancel, certificate=certificate)
        yield name_of(course, contract), course
    if any(reading.withdraw_until for reading in contract.readings):
        yield "withdraw", Course(withdraw=today, certificate=certificate)
    if certificate is not None and contract.charges:
        last = last_safe_day(contract, certificate) or contract.horizon
        course = Course(cancel=max(last, certificate), certificate=certificate)
        yield "certificate_then_cancel", course


def told_early(contract: Contract, course: Course) -> Contract:
    """Return a contract as a notice before the first day for it is weighed.

    It ends it as if it had come on that day or, at worst, with the next end after it.
    """
    day = course.cancel
    if day is None or contract.opens_on is None or day >= contract.opens_on:
        return contract
    readings = (_taken_early(reading, day) for reading in contract.readings)
    return replace(contract, readings=tuple(readings))


def _taken_early(reading: ContractReading, day: date) -> ContractReading:
    exits = [
        ContractExit(until=day, ends=item.if_early)
        if item.if_early is not None and item.since is not None and day < item.since
        else item
        for item in reading.exits
    ]
    return replace(reading, exits=tuple(sorted(exits, key=lambda item: item.ends)))


def losses(simulation: Simulation, contract: Contract) -> Sentence:
    """Return what a course loses."""
    parts = tuple(_losses(simulation, contract))
    if not parts:
        return Sentence.of("loss", "nothing")
    return Sentence.of("loss", "all", losses=parts)


def _losses(simulation: Simulation, contract: Contract) -> Iterator[Sentence]:
    until = simulation.access_until
    if not simulation.is_over:
        yield Sentence.of("loss", "next_payments")
    if until is not None:
        yield from _without_access(simulation, contract, until)
    if simulation.is_fee_open:
        yield Sentence.of("loss", "fee")
    if simulation.is_over and contract.charges:
        yield Sentence.of("loss", "promotional_price")
    request_on = simulation.course.refund or simulation.course.withdraw
    if request_on is None and any(r.refund_until for r in contract.readings):
        yield Sentence.of("loss", "refund")


def _without_access(
    simulation: Simulation, contract: Contract, until: date
) -> Iterator[Sentence]:
    if until <= contract.today and contract.paid_until != until:
        yield Sentence.of("loss", "access_at_once")
        if contract.in_trial:
            yield Sentence.of("loss", "rest_of_trial")
    elif contract.paid_until is not None and until < contract.paid_until:
        paid_to = contract.paid_until - DAY
        yield Sentence.of("loss", "paid_access", day=until, paid_to=paid_to)
    elif simulation.is_over:
        yield Sentence.of("loss", "access", day=until)
    if (
        contract.gives_certificate
        and not simulation.course.certificate
        and contract.charges
    ):
        yield Sentence.of("loss", "certificate", day=until)
