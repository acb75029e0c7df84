"""Limits: by which right a contract binds for less long than it says."""

from collections.abc import Iterator
from datetime import date

from rescind.core import periods
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.ways import WayOut
from rescind.core.model.facts import day_of
from rescind.core.model.law import RenewalEffect
from rescind.core.model.verdict import Reason

_CODES = {
    RenewalEffect.NONE: "law_no_renewal",
    RenewalEffect.OPEN_ENDED: "law_opens_renewal",
    RenewalEffect.AT_MOST: "law_caps_renewal",
}


def limits(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...], ends_on: date | None
) -> Iterator[Reason]:
    """Yield what the law leaves of the first term and of the renewal stated."""
    yield from _shorter_term(purchase)
    first = _end_of_first_term(purchase)
    if ends_on is not None and first is not None and ends_on > first:
        yield from _shorter_renewal(purchase, ways)


def _shorter_term(purchase: JudgedPurchase) -> Iterator[Reason]:
    right = purchase.capped_by
    if right is not None and right.exit is not None:
        length = right.exit.caps_first_term
        yield Reason.of("law_caps_term", right.claims, right=right.name, length=length)


def _shorter_renewal(
    purchase: JudgedPurchase, ways: tuple[WayOut, ...]
) -> Iterator[Reason]:
    right = purchase.renewal_by
    # a right that gives a way out as well is named by that
    if right is None or any(way.right is right and way.is_open for way in ways):
        return
    assert right.renewal is not None  # noqa: S101 - what it leaves was taken from it
    rule, code = right.renewal, _CODES[right.renewal.effect]
    if rule.at_most is None:
        yield Reason.of(code, right.claims, right=right.name)
    else:
        length = rule.at_most
        yield Reason.of(code, right.claims, right=right.name, length=length)


def _end_of_first_term(purchase: JudgedPurchase) -> date | None:
    facts, start = purchase.facts, purchase.facts.begun_on
    if facts.term_ends_at is not None:
        return day_of(facts.term_ends_at, facts.zones)
    if start is None or facts.term is None:
        return None
    return periods.last_of(start, facts.term)
