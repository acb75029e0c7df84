"""The plan's cost is the least that trying every action on every day can find."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescind.core.act.choose import Days, Wishes, best, best_of, order
from rescind.core.model.contract import Contract, ContractExit, ContractReading
from rescind.core.model.period import Period
from rescind.core.model.sentence import Sentence
from tests.conftest import examples

pytestmark = pytest.mark.usefixtures("lines_not_counted")
TODAY = date(2026, 3, 1)
HORIZON = 7


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def _maybe(draw: st.DrawFn, low: int, high: int) -> date | None:
    found = draw(st.none() | st.integers(low, high))
    return None if found is None else day(found)


@st.composite
def readings(draw: st.DrawFn, charges: tuple[date, ...]) -> ContractReading:
    lead, one = draw(st.integers(0, 2)), timedelta(days=1)
    exits = tuple(
        ContractExit(until=c - one * (1 + lead), ends=c - one) for c in charges
    )
    only_last = draw(st.sampled_from([0, 1]))
    return ContractReading(
        name=Sentence.of("assumption", str(lead)),
        exits=exits[-1:] if only_last else exits,
        notice=draw(st.none() | st.sampled_from([Period.parse("P2D")])),
        at_once=draw(st.integers(0, 3)) == 0,
        refund_until=_maybe(draw, -2, 8),
        refund_days=draw(st.none() | st.integers(0, 5)),
        certificate_ends_refund=draw(st.booleans()),
        withdraw_until=_maybe(draw, -2, 8),
        share_kept=draw(st.booleans()),
    )


@st.composite
def deals(draw: st.DrawFn) -> Contract:
    paid = draw(st.booleans())
    gap = draw(st.integers(2, 6))
    first = draw(st.integers(1, gap))
    numbers = range(first, HORIZON + 1, gap) if draw(st.integers(0, 5)) else ()
    charges = tuple(day(number) for number in numbers)
    found = tuple(draw(readings(charges)) for _ in range(draw(st.integers(1, 2))))
    return Contract(
        today=TODAY,
        price=Decimal(draw(st.integers(1, 40))),
        paid_on=day(first - gap) if paid else None,
        paid_until=day(first) if charges or bool(draw(st.booleans())) else None,
        charges=charges,
        paid_on_to=charges[-1] + timedelta(days=gap) if charges else None,
        horizon=day(HORIZON),
        readings=found,
        in_trial=not paid,
        certificate_from=_maybe(draw, 0, 6),
        cancel_ends_access=draw(st.integers(0, 3)) == 0,
    )


@st.composite
def wishes(draw: st.DrawFn) -> Wishes:
    return Wishes(
        keep_access_until=_maybe(draw, 0, 8) if draw(st.booleans()) else None,
        certificate_on=_maybe(draw, 0, 8) if draw(st.booleans()) else None,
        money_back_first=draw(st.booleans()),
    )


@examples(1000)
@given(deals(), wishes())
def test_the_plan_costs_what_the_best_of_all_days_costs(
    contract: Contract, wanted: Wishes
) -> None:
    found = best(contract, wanted)
    days = tuple(day(number) for number in range(HORIZON + 1))
    all_days = Days(cancel=days, refund=days, withdraw=days)
    every = best_of(contract, wanted, all_days)

    if every is None:
        assert found is None
        return
    assert found is not None
    assert order(found, wanted) == order(every, wanted)
