"""What an answer says by the case that it came to: its end, and its sums' money."""

from dataclasses import replace
from datetime import date

from rescind.adapters.data.phrasebooks import demands, fee_words, figures, until
from rescind.adapters.input.values import read_money
from rescind.app.follow.credits import without_credit
from rescind.app.follow.days import zone_of
from rescind.core.follow.reading.bound_until import binds_until
from rescind.core.follow.reading.demands import Demand, find_demands
from rescind.core.follow.reading.early_price import price_of_end
from rescind.core.follow.reading.local_signs import ONE_SIGN, is_told
from rescind.core.follow.shortfall import ENDS
from rescind.core.follow.state import position
from rescind.core.model.case import Case
from rescind.core.model.message import Label, Reading
from rescind.core.model.money import Money


def in_case(case: Case, reading: Reading) -> Reading:
    """Return a reading as it is in a case: what ended once it was told is confirmed.

    By itself an answer that comes weeks after an end tells of one that came before. A
    sum in ``kr`` or ``$`` is one of the money that the contract is paid in, and a
    credit is no money that comes back, but for a store that gives back into the account
    with it. A sum in place of a higher one, beside the day of an end, is asked for that
    day; what only sounds like a refusal may name the day that was asked for. Money
    beside an end that is told with its day is an end that pays back.
    """
    reading = _in_its_money(case, reading)
    reading = without_credit(reading) if case.has_letter else reading
    reading = _or_as_asked(case, _with_price(reading))
    day = reading.effective_on or ""
    if reading.label is Label.REFUND_GRANTED and day[:1].isdigit():
        return replace(reading, label=Label.CONFIRMED)
    told_on = position(case.events).told_on(zone_of(case))
    is_end = reading.label is Label.ALREADY_CANCELLED and day[:1].isdigit()
    if not is_end or told_on is None or date.fromisoformat(day) < told_on:
        return reading
    return replace(reading, label=Label.CONFIRMED)


def _or_as_asked(case: Case, reading: Reading) -> Reading:
    """Return what may confirm the very end that was asked for, though it regrets it.

    "You are bound until 13 February, and we have noted your cancellation" refuses
    nothing to whoever cancelled to that day: the person is asked whether it is so.
    """
    ours, text = case.ends_on, reading.new_text
    if reading.label not in _SOUND_SO or ours is None or reading.effective_on:
        return reading
    found = find_demands(text, demands())
    if _GOES_ON & found.keys() or not binds_until(text, ours, until(), figures()):
        return reading
    return replace(
        reading,
        label=Label.CONFIRMED,
        needs_person=True,
        effective_on=ours.isoformat(),
    )


_SOUND_SO = frozenset({Label.REFUSED, Label.OTHER, Label.ACKNOWLEDGED, Label.MARKETING})
"""What such an answer reads as; a lone line is easily taken for a newsletter."""
_GOES_ON = frozenset({Demand.NOT_RECEIVED, Demand.RENEWS, Demand.GOES_ON})
"""Beside one of these nothing ends on the day that is named."""


def _with_price(reading: Reading) -> Reading:
    """Return a reading with what is asked for the end that it names, called no fee."""
    day, is_end = reading.effective_on or "", reading.label in ENDS
    is_told = reading.asks_fee or reading.refund is not None
    if is_told or not is_end or not day[:1].isdigit():
        return reading
    stays = demands()[Demand.STAYS]
    on, text = date.fromisoformat(day), reading.new_text
    price = price_of_end(text, on, fee_words(), figures(), stays)
    return replace(reading, asks_fee=price is not None, fee=price)


def _in_its_money(case: Case, reading: Reading) -> Reading:
    """Return a reading with sums in the case's money, where a sign alone told it."""
    price = read_money(case.facts.get("price") or None)
    if price is None:
        return reading
    refund, fee = (
        _of_its_money(money, price, reading.new_text)
        for money in (reading.refund, reading.fee)
    )
    return replace(reading, refund=refund, fee=fee)


def _of_its_money(money: Money | None, price: Money, words: str) -> Money | None:
    if money is None or is_told(money.currency, words):
        return money
    kind = next((each for each in ONE_SIGN if price.currency in each), frozenset())
    return price.of(money.amount) if money.currency in kind else money
