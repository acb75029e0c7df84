"""The simulator: what a course of action costs, gives back, keeps and loses.

A course is played day by day under one reading of the deal. Nothing is guessed: what
a reading does not grant, the course does not get.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from rescind.core import periods
from rescind.core.model.contract import Contract, ContractReading
from rescind.core.model.sentence import Sentence

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is done, and on which days; ``None`` is not done."""

    cancel: date | None = None
    refund: date | None = None
    withdraw: date | None = None
    certificate: date | None = None
    """The day on which a certificate is earned."""

    @property
    def actions(self) -> int:
        """Return how many things there are to do."""
        days = (self.cancel, self.refund, self.withdraw)
        return sum(day is not None for day in days)

    @property
    def last(self) -> date:
        """Return the day of the last thing to do."""
        days = (self.cancel, self.refund, self.withdraw)
        return max((day for day in days if day is not None), default=date.min)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a course under one reading."""

    reading: Sentence
    charges: Decimal
    """Charges from today to the horizon."""
    refund: Decimal
    is_fee_open: bool
    """Something may be owed for the end, and nobody told how much."""
    access_until: date | None
    """The day from which there is no access; ``None``: nothing ends it."""
    paid_until: date | None
    """The day on which what is paid for ends, though the contract ends before it."""
    is_over: bool
    """The contract is ended, or nothing recurs."""
    has_certificate: bool

    @property
    def cost(self) -> Decimal:
        """Return what is paid from today on, less what comes back."""
        return self.charges - self.refund


@dataclass(frozen=True, slots=True, kw_only=True)
class _Payment:
    on: date
    first: date
    """The first day that it is for."""
    until: date | None


def contract_end(reading: ContractReading, day: date) -> date | None:
    """Return the contract's last day if notice is given on a day, by a reading.

    The soonest of the contract's own exit, a notice on any day, and an exit at once.
    """
    ends = [item.ends for item in reading.exits if item.takes(day)][:1]
    if reading.at_once:
        ends.append(day)
    if reading.notice is not None:
        ends.append(periods.add(day, reading.notice))
    return min(ends, default=None)


def simulate(contract: Contract, course: Course, reading: ContractReading) -> Result:
    """Return what a course comes to under one reading."""
    withdrawal = _withdrawal_day(course, reading)
    notice_end = contract_end(reading, course.cancel) if course.cancel else None
    if contract.keeps_paid and notice_end is not None:
        notice_end = _end_of_paid(contract, notice_end)
    ends = [day for day in (notice_end, withdrawal) if day is not None]
    end = min(ends, default=None)
    payments = list(_payments(contract, end))
    charges = contract.price * (len(payments) - (contract.paid_on is not None))
    charges += _fee(contract, notice_end, withdrawal)
    contract_over = _over_from(reading, notice_end)
    certificate = _certificate_day(
        contract, course, payments, withdrawal, contract_over
    )
    refund, access_end = Decimal(0), None
    refund_day = _refund_day(
        contract, course, reading, payments, certificate=certificate
    )
    if refund_day is not None and (withdrawal is None or refund_day <= withdrawal):
        refund, access_end = contract.price, refund_day
    elif withdrawal is not None:
        refund, access_end = (
            _on_withdrawal(contract, reading, payments, withdrawal),
            withdrawal,
        )
    elif notice_end is not None:
        refund = _unused(contract, reading, payments, notice_end)
    return Result(
        reading=reading.name,
        charges=charges,
        refund=refund,
        is_fee_open=withdrawal is None and _is_fee_open(contract, reading, notice_end),
        access_until=_access(contract, course, payments, access_end or contract_over),
        paid_until=_access(contract, course, payments, access_end),
        is_over=end is not None or not contract.charges,
        has_certificate=certificate is not None
        and (access_end is None or certificate <= access_end),
    )


def _end_of_paid(contract: Contract, end: date) -> date:
    """Return the last day of the payment in which an end falls: it lasts so long."""
    days = (contract.paid_until, *contract.charges, contract.paid_on_to)
    later = [day for day in days if day is not None and day > end]
    return min(later) - DAY if later else end


def _fee(
    contract: Contract, notice_end: date | None, withdrawal: date | None
) -> Decimal:
    """Return what is owed for leaving early; a withdrawal costs nothing."""
    is_early = is_before_free_end(contract, notice_end) and withdrawal is None
    return contract.leaving_fee or Decimal(0) if is_early else Decimal(0)


def _is_fee_open(
    contract: Contract, reading: ContractReading, end: date | None
) -> bool:
    """Return whether something may be owed for an end, and nobody told how much."""
    if end is not None and contract.may_cost:
        # the contract's own ends have a last moment of their own, and cost nothing
        own = (item.ends for item in reading.exits if item.by is not None)
        return end not in own
    return is_before_free_end(contract, end) and contract.leaving_fee is None


def is_before_free_end(contract: Contract, end: date | None) -> bool:
    """Return whether something may be asked for an end."""
    free_end = contract.free_end
    return end is not None and free_end is not None and end < free_end


def _over_from(reading: ContractReading, end: date | None) -> date | None:
    """Return the first day after a contract's end; ``None``: it is in doubt or none."""
    return end + DAY if end is not None and reading.end_is_settled else None


def _withdrawal_day(course: Course, reading: ContractReading) -> date | None:
    """Return the day of the withdrawal, if the reading still gives the right then."""
    day, until = course.withdraw, reading.withdraw_until
    return day if day is not None and until is not None and day <= until else None


def _payments(contract: Contract, end: date | None) -> list[_Payment]:
    """Return the last payment and the charges that come before the contract ends."""
    payments = []
    if contract.paid_on is not None:
        first = contract.paid_from or contract.paid_on
        paid = _Payment(on=contract.paid_on, first=first, until=contract.paid_until)
        payments.append(paid)
    for number, day in enumerate(contract.charges):
        if end is not None and periods.paid_from(day, contract.kept_day) > end:
            break
        later = contract.charges[number + 1 :]
        payments.append(
            _Payment(
                on=day, first=day, until=later[0] if later else contract.paid_on_to
            )
        )
    return [
        *payments[:-1],
        *(_to_the_end(last, contract, end) for last in payments[-1:]),
    ]


def _to_the_end(payment: _Payment, contract: Contract, end: date | None) -> _Payment:
    """Return the last payment, for a whole month where the contract ends with one.

    The charge that is not made any more would have come on the last day of a month
    too short for its own day, for the time after it.
    """
    if end is None or payment.until is None or payment.until > end:
        return payment
    until = periods.paid_from(payment.until, contract.kept_day)
    return replace(payment, until=until)


def _certificate_day(
    contract: Contract,
    course: Course,
    payments: list[_Payment],
    withdrawal: date | None,
    contract_over: date | None,
) -> date | None:
    """Return the day of the certificate, if there is access to earn it on that day."""
    day = course.certificate
    if day is None or (contract.certificate_from and day < contract.certificate_from):
        return None
    if withdrawal is not None and withdrawal < day:
        return None
    until = _access(contract, course, payments, contract_over)
    return day if until is None or day < until else None


def _refund_day(
    contract: Contract,
    course: Course,
    reading: ContractReading,
    payments: list[_Payment],
    *,
    certificate: date | None,
) -> date | None:
    """Return the day of the refund, if the reading gives the last payment back."""
    day = course.refund
    so_far = [payment for payment in payments if day is not None and payment.on <= day]
    if day is None or not so_far:
        return None
    until = _refund_until(contract, reading, so_far[-1])
    if until is None or day > until:
        return None
    is_spoilt = certificate is not None and certificate <= day
    return None if is_spoilt and reading.certificate_ends_refund else day


def _refund_until(
    contract: Contract, reading: ContractReading, payment: _Payment
) -> date | None:
    if payment.on == contract.paid_on:
        return reading.refund_until
    if reading.refund_days is None:
        return None
    return payment.on + timedelta(days=reading.refund_days)


def _on_withdrawal(
    contract: Contract, reading: ContractReading, payments: list[_Payment], day: date
) -> Decimal:
    so_far = [payment for payment in payments if payment.on <= day]
    if not so_far:
        return Decimal(0)
    last = so_far[-1]
    until = last.until
    if last.on == contract.paid_on and contract.bought_to is not None:
        until = contract.bought_to
    if not reading.share_kept or until is None or until <= last.first:
        return contract.price * (1 + contract.earlier_payments)
    total = (until - last.first).days
    days_used = min(max((day - last.first).days + 1, 0), total)
    share = contract.price * (total - days_used) / total
    # in smallest units, as the verdict counts it
    return share.quantize(contract.price, ROUND_DOWN)


def _unused(
    contract: Contract, reading: ContractReading, payments: list[_Payment], end: date
) -> Decimal:
    """Return what comes back of the last payment for the days after the end."""
    if not reading.unused_comes_back or not payments:
        return Decimal(0)
    last = payments[-1]
    if last.until is None or not last.first < last.until:
        return Decimal(0)
    days, unused = (last.until - last.first).days, (last.until - end).days - 1
    # in smallest units, as the verdict counts it
    share = contract.price * min(max(unused, 0), days) / days
    return share.quantize(contract.price, ROUND_DOWN)


def _access(
    contract: Contract,
    course: Course,
    payments: list[_Payment],
    access_end: date | None,
) -> date | None:
    """Return the day from which there is no access."""
    until = payments[-1].until if payments else contract.paid_until
    ends = [until] if until is not None else []
    if access_end is not None:
        ends.append(access_end)
    if contract.cancel_ends_access and course.cancel is not None:
        ends.append(course.cancel)
    return min(ends, default=None)
