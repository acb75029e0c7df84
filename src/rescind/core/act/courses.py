"""Courses that a person would think of, by name, and what each one loses."""

from collections.abc import Iterator
from datetime import date

from rescind.core.act.choose import Played, Wishes
from rescind.core.act.simulate import DAY, Course
from rescind.core.model.contract import Contract

TEXTS = {
    "cancel_now": "Cancel now.",
    "cancel_on_last_safe_day": "Cancel on the last safe day.",
    "cancel_later": "Cancel later.",
    "refund": "Ask for the refund.",
    "refund_then_cancel": "Ask for the refund, then cancel.",
    "withdraw": "Withdraw by law.",
    "withdraw_and_cancel": "Withdraw by law, and cancel in case it is refused.",
    "certificate_then_cancel": "Earn the certificate, then cancel.",
    "upgrade_and_back_out": "Upgrade to {name} and back out within {days} days.",
    "earn_certificate": "Earn the certificate; nothing has to be ended.",
    "do_nothing": "Do nothing.",
}
"""What each course is called."""


def name_of(course: Course, contract: Contract) -> str:
    """Return the name of a course by what it does."""
    alone = course.cancel is None
    if course.withdraw is not None:
        return "withdraw" if alone else "withdraw_and_cancel"
    if course.refund is not None:
        return "refund" if alone else "refund_then_cancel"
    if course.cancel is not None:
        return _cancelling(course, contract)
    wanted = course.certificate is not None and not contract.charges
    return "earn_certificate" if wanted else "do_nothing"


def _cancelling(course: Course, contract: Contract) -> str:
    assert course.cancel is not None  # noqa: S101 - the caller looks first
    if course.certificate is not None and course.certificate <= course.cancel:
        return "certificate_then_cancel"
    if course.cancel == contract.today:
        return "cancel_now"
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


def sensible(contract: Contract, wishes: Wishes) -> Iterator[tuple[str, Course]]:
    """Yield the courses that make sense for a deal, with their names."""
    today, certificate = contract.today, wishes.certificate_on
    nothing = Course(certificate=certificate)
    yield name_of(nothing, contract), nothing
    cancel = today if contract.charges else None
    if cancel is not None:
        yield "cancel_now", Course(cancel=today, certificate=certificate)
        last = last_safe_day(contract, today)
        if last is not None and last > today:
            course = Course(cancel=last, certificate=certificate)
            yield "cancel_on_last_safe_day", course
    if any(reading.refund_until for reading in contract.readings):
        course = Course(refund=today, cancel=cancel, certificate=certificate)
        yield name_of(course, contract), course
    if any(reading.withdraw_until for reading in contract.readings):
        yield "withdraw", Course(withdraw=today, certificate=certificate)
    if certificate is not None and contract.charges:
        last = last_safe_day(contract, certificate) or contract.horizon
        course = Course(cancel=max(last, certificate), certificate=certificate)
        yield "certificate_then_cancel", course


def losses(played: Played, contract: Contract) -> str:
    """Return what a course loses, in words."""
    lost = list(_lost(played, contract))
    return "; ".join(lost) if lost else "nothing"


def _lost(played: Played, contract: Contract) -> Iterator[str]:
    until = played.access_until
    if not played.is_over:
        yield "the money of the next period, and of each one after it"
    if until is not None:
        yield from _without_access(played, contract, until)
    if played.is_over and contract.charges:
        yield "a promotional price: whoever comes back pays the price of that day"
    asked = played.course.refund or played.course.withdraw
    if asked is None and any(r.refund_until for r in contract.readings):
        yield "the payment that can still come back"


def _without_access(played: Played, contract: Contract, until: date) -> Iterator[str]:
    if until <= contract.today and contract.paid_until != until:
        yield "access, at once"
        if contract.in_trial:
            yield "the rest of the trial"
    elif contract.paid_until is not None and until < contract.paid_until:
        paid_to = contract.paid_until - DAY
        yield f"access from {until} on, though it is paid to {paid_to}"
    elif played.is_over:
        yield f"access from {until} on"
    if (
        contract.gives_certificate
        and not played.course.certificate
        and contract.charges
    ):
        yield f"a certificate that is not earned before {until}"
