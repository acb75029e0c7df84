"""The simulator: what a course of action costs, gives back, keeps and loses.

A course is played day by day under one reading of the deal. Nothing is guessed: what
a reading does not grant, the course does not get.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

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
    charged: Decimal
    """Charges from today to the horizon."""
    refunded: Decimal
    access_until: date | None
    """The day from which there is no access; ``None``: nothing ends it."""
    is_over: bool
    """The contract is ended, or nothing recurs."""
    has_certificate: bool

    @property
    def cost(self) -> Decimal:
        """Return what is paid from today on, less what comes back."""
        return self.charged - self.refunded


@dataclass(frozen=True, slots=True, kw_only=True)
class _Payment:
    on: date
    until: date | None


def contract_end(reading: ContractReading, cancelled: date) -> date | None:
    """Return the contract's last day if notice is given on a day, by a reading.

    The soonest of the contract's own exit, a notice on any day, and an exit at once.
    """
    ends = [item.ends for item in reading.exits if cancelled <= item.until][:1]
    if reading.at_once:
        ends.append(cancelled)
    if reading.notice is not None:
        ends.append(periods.add(cancelled, reading.notice))
    return min(ends, default=None)


def play(contract: Contract, course: Course, reading: ContractReading) -> Result:
    """Return what a course comes to under one reading."""
    withdrawn = _withdrawn(course, reading)
    end = _end(course, reading, withdrawn)
    payments = list(_payments(contract, end))
    charged = contract.price * (len(payments) - (contract.paid_on is not None))
    earned = _earned(contract, course, payments, withdrawn)
    refunded, gone = Decimal(0), None
    asked = _refunded(contract, course, reading, payments, certificate=earned)
    if asked is not None and (withdrawn is None or asked <= withdrawn):
        refunded, gone = contract.price, asked
    elif withdrawn is not None:
        refunded, gone = (
            _on_withdrawal(contract, reading, payments, withdrawn),
            withdrawn,
        )
    return Result(
        reading=reading.name,
        charged=charged,
        refunded=refunded,
        access_until=_access(contract, course, payments, gone),
        is_over=end is not None or not contract.charges,
        has_certificate=earned is not None and (gone is None or earned <= gone),
    )


def _withdrawn(course: Course, reading: ContractReading) -> date | None:
    day, until = course.withdraw, reading.withdraw_until
    return day if day is not None and until is not None and day <= until else None


def _end(
    course: Course, reading: ContractReading, withdrawn: date | None
) -> date | None:
    cancelled = contract_end(reading, course.cancel) if course.cancel else None
    ends = [day for day in (cancelled, withdrawn) if day is not None]
    return min(ends, default=None)


def _payments(contract: Contract, end: date | None) -> list[_Payment]:
    """Return the last payment and the charges that come before the contract ends."""
    found = []
    if contract.paid_on is not None:
        found.append(_Payment(on=contract.paid_on, until=contract.paid_until))
    for number, day in enumerate(contract.charges):
        if end is not None and day > end:
            break
        later = contract.charges[number + 1 :]
        found.append(_Payment(on=day, until=later[0] if later else contract.paid_on_to))
    return found


def _earned(
    contract: Contract, course: Course, payments: list[_Payment], withdrawn: date | None
) -> date | None:
    """Return the day of the certificate, if there is access to earn it on that day."""
    day = course.certificate
    if day is None or (contract.certificate_from and day < contract.certificate_from):
        return None
    if withdrawn is not None and withdrawn < day:
        return None
    until = _access(contract, course, payments, None)
    return day if until is None or day < until else None


def _refunded(
    contract: Contract,
    course: Course,
    reading: ContractReading,
    payments: list[_Payment],
    *,
    certificate: date | None,
) -> date | None:
    """Return the day of the refund, if the reading gives the last payment back."""
    day = course.refund
    made = [payment for payment in payments if day is not None and payment.on <= day]
    if day is None or not made:
        return None
    until = _refund_until(contract, reading, made[-1])
    if until is None or day > until:
        return None
    spoilt = certificate is not None and certificate <= day
    return None if spoilt and reading.certificate_ends_refund else day


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
    made = [payment for payment in payments if payment.on <= day]
    if not made:
        return Decimal(0)
    last = made[-1]
    if not reading.share_kept or last.until is None:
        return contract.price
    total = (last.until - last.on).days
    used = min((day - last.on).days + 1, total)
    return contract.price * (total - used) / total


def _access(
    contract: Contract, course: Course, payments: list[_Payment], gone: date | None
) -> date | None:
    """Return the day from which there is no access."""
    until = payments[-1].until if payments else contract.paid_until
    ends = [until] if until is not None else []
    if gone is not None:
        ends.append(gone)
    if contract.cancel_ends_access and course.cancel is not None:
        ends.append(course.cancel)
    return min(ends, default=None)
