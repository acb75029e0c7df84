"""The rest of a payment: what is paid for the time after the contract's end."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN

from rescind.core import periods
from rescind.core.know.minimum_term import running_term
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.sooner import ON_ANY_DAY
from rescind.core.know.ways import WayOut
from rescind.core.model.facts import day_of
from rescind.core.model.law import Right
from rescind.core.model.money import Money
from rescind.core.model.verdict import UNUSED_ASKED, UNUSED_BACK, UNUSED_OPEN, Reason

METERED = frozenset({"energy", "water"})
"""Kinds whose payments are for what is used, and are settled by a final bill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What can be asked back of the last payment, and what is known of it."""

    comes_back: Money | None = None
    reasons: tuple[Reason, ...] = ()


def rest_of_payment(
    purchase: JudgedPurchase,
    ways: tuple[WayOut, ...],
    ends_on: date | None,
    free_end: date | None,
) -> Rest:
    """Return what is paid for the time after an end, and who says that it comes back.

    Where a law ends it before what is paid for is over, and says nothing of the money,
    it is asked for: no contract is left that it could be owed by. Where the contract
    itself ends it then, or leaving before ``free_end`` may cost money, nobody knows.
    """
    unused = unused_part(purchase, ends_on)
    if unused is None or ends_on is None:
        return Rest()
    if gives_back(ways, ends_on):
        return Rest(comes_back=unused, reasons=(Reason.of(UNUSED_BACK),))
    until = purchase.billing.paid_until
    if until is None or not purchase.prepaid:
        return Rest()
    paid_to = day_of(until, purchase.facts.zones) - periods.DAY
    if _is_asked(purchase, ways, ends_on) and free_end is None:
        asked = Reason.of(UNUSED_ASKED, money=unused, day=paid_to)
        return Rest(comes_back=unused, reasons=(asked,))
    if purchase.service.is_on_file:
        # of a service on file its own texts on refunds speak
        return Rest()
    return Rest(reasons=(Reason.of(UNUSED_OPEN, money=unused, day=paid_to),))


def is_ended_by(way: WayOut, ends_on: date) -> bool:
    """Return whether a way out by a settled law ends it on a day."""
    is_settled = way.is_open and not way.right.unsettled
    return is_settled and way.exit.how in ON_ANY_DAY and way.ends_on == ends_on


def opened_by(purchase: JudgedPurchase, day: date) -> Right | None:
    """Return the right that dates an end after the first term, if a right does.

    A contract that says nothing of what follows its term, or that it renews by a year,
    is not the source of a month's notice: the law is (BGB § 309 no. 9, for one). Where
    the law names none, or a longer one, the notice that counts is the contract's own.
    """
    term, notice = running_term(purchase.facts), purchase.facts.notice
    if term.ends is not None and day <= term.ends:
        return None
    lawful = purchase.renewal_notice
    if lawful is None or (notice and periods.shortest((lawful, notice)) != lawful):
        return None
    return purchase.opened_by


def _is_asked(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...], ends_on: date
) -> bool:
    """Return whether a law ends it then that does not say what of the price is kept."""
    if purchase.kind in METERED:
        return False
    by_law = [way for way in ways if is_ended_by(way, ends_on)]
    if by_law:
        return not any(way.exit.owes for way in by_law)
    is_dated = _is_cut(purchase) or opened_by(purchase, ends_on) is not None
    return bool(purchase.stated) and is_dated


def _is_cut(purchase: JudgedPurchase) -> bool:
    """Return whether a law leaves less of the renewal that runs than was told."""
    is_cut = purchase.renewal_by is not None and running_term(purchase.facts).lapsed
    return is_cut and not purchase.service.is_on_file


def gives_back(ways: tuple[WayOut, ...], ends_on: date | None) -> bool:
    """Return whether a law that ends it then has the rest of a payment paid back."""
    return any(
        way.exit.unused_comes_back and not way.right.unsettled
        for way in ways
        if ends_on is not None and way.ends_on == ends_on
    )


def unused_part(purchase: JudgedPurchase, ends_on: date | None) -> Money | None:
    """Return the part of the last payment that is for the time after the end."""
    price, bill = purchase.facts.price, purchase.billing
    if ends_on is None or price is None:
        return None
    if bill.payment is None or bill.paid_until is None or bill.nothing_paid:
        return None
    paid_on = max(
        day_of(bill.payment, purchase.facts.zones),
        purchase.facts.starts_on or date.min,
    )
    paid_to = day_of(bill.paid_until, purchase.facts.zones)
    total, unused = (paid_to - paid_on).days, (paid_to - ends_on).days - 1
    if not 0 < unused <= total:
        return None
    share = (price.amount * unused / total).quantize(price.smallest, ROUND_DOWN)
    return price.of(share)
