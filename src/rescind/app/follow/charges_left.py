"""Which of several charges are open, once a sum that paid some of them came."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rescind.adapters.input.details import FURTHER
from rescind.adapters.input.values import read_money
from rescind.app.follow.asked_money import asked_back, came_back, came_since, less
from rescind.app.follow.at_bank import last_dispute
from rescind.app.follow.told_charges import WrongCharge, every_charge
from rescind.core.follow.letters_out import Do
from rescind.core.model.case import Case, counting, happened
from rescind.core.model.event_details import AnsweredDetails, ConfirmedDetails
from rescind.core.model.money import Money
from rescind.core.model.third_party_details import ThirdPartyDetails, ThirdWord

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargesLeft:
    """The charges that are open, and what was paid of them beside."""

    charges: tuple[WrongCharge, ...]
    """The newest first, each with its whole sum."""
    came: Decimal = _NONE
    """What came of them and pays none of them whole."""
    agreed: Decimal = _NONE
    """What was agreed to and pays none of them whole."""

    @property
    def total(self) -> Money | None:
        """Return the sum of the charges; ``None`` where that of one is not known."""
        return sum_of(self.charges)


def sum_of(charges: Sequence[WrongCharge]) -> Money | None:
    """Return the sum of charges; ``None`` where that of one is not known."""
    sums = [charge.sum for charge in charges if charge.sum is not None]
    is_known = len(sums) == len(charges)
    if not is_known or len({each.currency for each in sums}) != 1:
        return None
    return sums[0].of(sum((each.amount for each in sums), _NONE))


def charges_left(case: Case, agreed: Money | None = None) -> ChargesLeft:
    """Return the charges of a case that nothing paid.

    What came pays the newest first of those that were known then, as far as it pays
    them whole; a sum that fits none is told beside all of them. ``agreed`` is what the
    answers promise and is still to come: it counts as if it had come.
    """
    every = every_charge(case)
    total = sum_of(every)
    if total is None:
        # of charges without a sum nobody knows which were paid
        is_paid = any(_came(case)) or agreed is not None
        return ChargesLeft(charges=tuple(every[:1] if is_paid else every))
    left = ChargesLeft(charges=tuple(every))
    for number, money in _came(case):
        if money.currency == total.currency:
            left = replace(left, came=left.came + money.amount)
            left = _without_paid(left, number)
    if agreed is not None and agreed.currency == total.currency:
        left = replace(left, agreed=agreed.amount)
        left = _without_paid(left, _last_answer(case))
    return left


def untold_charges(case: Case) -> list[WrongCharge]:
    """Return the open charges that no bank was told of, else the newest of all."""
    left, told = list(charges_left(case).charges), last_dispute(case)
    if told is None:
        return left
    return [each for each in left if each.number > told.number] or left[:1]


def is_all_back(case: Case) -> bool:
    """Return whether all money that was asked back came: nothing is left to dispute."""
    if every_charge(case):
        return not charges_left(case).charges
    owed = asked_back(case)
    is_told = owed is not None and bool(came_since(case))
    return is_told and owed is not None and less(owed, came_back(case)).amount <= 0


def asks_what_is_back(case: Case, kind: str) -> bool:
    """Return whether a kind of letter asks for nothing but money that is all back."""
    return kind in _FOR_MONEY and is_all_back(case)


_FOR_MONEY = (Do.REFUND, Do.DISPUTE)


def _came(case: Case) -> Iterator[tuple[int, Money]]:
    """Yield what came, each with the event that tells it; 0: before the case."""
    events = counting(case.events)
    told = [(0, case.facts.get("repaid"))]
    told += [
        (event.number, end.refund)
        for event, end in happened(events, ConfirmedDetails)
        if end.is_money_come
    ]
    told += [
        (event.number, word.amount)
        for event, word in happened(events, ThirdPartyDetails)
        if word.says is ThirdWord.CAME
    ]
    for number, each in sorted(told, key=lambda one: one[0]):
        money = read_money(each, "repaid") if each else None
        if money is not None:
            yield number, money


def _last_answer(case: Case) -> int:
    answered = happened(counting(case.events), AnsweredDetails)
    return max((event.number for event, _ in answered), default=0)


def _without_paid(left: ChargesLeft, number: int) -> ChargesLeft:
    """Return what is left, without the charges that are paid whole to the last cent.

    No charge that was recorded after an event was paid by it.
    """
    pool = [each for each in left.charges if each.number <= number]
    paid = left.came + left.agreed
    whole = _paid_whole(pool, paid)
    total = sum_of(whole)
    is_all = len(whole) == len(pool)
    if not whole or total is None or not (is_all or total.amount == paid):
        return left
    gone = {(each.on, each.sum) for each in whole}
    return ChargesLeft(
        charges=tuple(c for c in left.charges if (c.on, c.sum) not in gone)
    )


def _paid_whole(charges: Sequence[WrongCharge], paid: Decimal) -> list[WrongCharge]:
    """Return the newest of some charges that a sum pays whole."""
    whole = list[WrongCharge]()
    for charge in charges:
        if charge.sum is None or charge.sum.amount > paid:
            break
        paid -= charge.sum.amount
        whole.append(charge)
    return whole


def about_open(left: ChargesLeft) -> dict[str, str]:
    """Return a letter's details of charges that are open; ``paid_at`` among them.

    Of a sum that pays no charge whole a letter names all charges, that sum and the rest
    (``amount``).
    """
    newest, *older = left.charges
    paid = left.came + left.agreed
    about = {"paid_at": newest.on.isoformat()}
    about |= {"amount": str(newest.sum)} if newest.sum is not None else {}
    total = left.total
    if total is None:
        return about
    if older:
        about[FURTHER] = "; ".join(
            f"{each.on.isoformat()} {each.sum}" for each in older
        )
    if not paid:
        return about
    parts = {"repaid": left.came, "agreed": left.agreed}
    about["amount"] = str(total.of(total.amount - paid))
    return about | {n: str(total.of(part)) for n, part in parts.items() if part}


def with_charges_left(
    facts: Mapping[str, str], about: Mapping[str, str]
) -> dict[str, str]:
    """Return a letter's facts with those about the charges that are open alone."""
    kept = {name: told for name, told in facts.items() if name not in OF_CHARGES}
    return {**kept, **about}


OF_CHARGES = ("paid_at", "amount", "repaid", "agreed", FURTHER)
"""The facts and details by which a letter tells of charges."""
