"""The charges of a case that were not owed: told before it, and recorded in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rescind.adapters.input.charges import read_charges
from rescind.adapters.input.details import FURTHER
from rescind.adapters.input.values import read_money
from rescind.app.follow import case_letters
from rescind.app.follow.asked_money import came_back
from rescind.app.follow.at_bank import last_dispute
from rescind.app.follow.days import day_in
from rescind.core.follow.letters_out import Do
from rescind.core.follow.state import wrongful_charges
from rescind.core.follow.third_party import said_by
from rescind.core.model.case import Case
from rescind.core.model.event_text import DAY_LENGTH
from rescind.core.model.money import Money
from rescind.core.model.third_party_details import BANK, ThirdWord


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongCharge:
    """A charge that was not owed."""

    on: date
    sum: Money | None
    """``None`` where nobody told it."""
    number: int
    """The event that recorded it; 0: it was told before the case."""


def charges_for(case: Case, kind: str = "") -> list[WrongCharge]:
    """Return the charges that a kind of letter is about, the newest first.

    What the bank was told of is not told to it again, and what it gave back is asked
    of nobody. Only those on the same side of the end are fought for the same reason.
    """
    every = _charges(case)
    told = last_dispute(case)
    if told is not None and (kind == Do.DISPUTE or _is_given(case, told.number)):
        every = [c for c in every if c.number > told.number] or every[:1]
    if came_back(case):
        # nobody knows which of them that was
        every = every[:1]
    return [each for each in every if _is_past(case, each) == _is_past(case, every[0])]


def in_all(charges: list[WrongCharge]) -> Money | None:
    """Return the sum of charges; ``None`` where that of one is not known."""
    sums = [charge.sum for charge in charges if charge.sum is not None]
    is_known = len(sums) == len(charges)
    if not is_known or len({each.currency for each in sums}) != 1:
        return None
    return sums[0].of(sum((each.amount for each in sums), Decimal(0)))


def about_charges(case: Case, kind: str, *, is_fee: bool = False) -> dict[str, str]:
    """Return what a letter says of the charges that came in a case; empty: of none.

    Where the newest is a fee for leaving, that is fought for a reason of its own.
    """
    if not wrongful_charges(case.events):
        return {}
    newest, *older = charges_for(case, kind)
    about = {"paid_at": newest.on.isoformat()}
    about |= {"amount": str(newest.sum)} if newest.sum is not None else {}
    if older and not is_fee and in_all([newest, *older]) is not None:
        told = (f"{each.on.isoformat()} {each.sum}" for each in older)
        about |= {"further_charges": "; ".join(told)}
    return about


def _charges(case: Case) -> list[WrongCharge]:
    """Return all of them, the newest first; one that was told twice once."""
    found = list(_told_before(case))
    for event, charge in wrongful_charges(case.events):
        on = charge.on or day_in(case, event.at)
        money = read_money(charge.amount, "amount") if charge.amount else None
        if all((each.on, each.sum) != (on, money or each.sum) for each in found):
            found.append(WrongCharge(on=on, sum=money, number=event.number))
    return sorted(found, key=lambda each: each.on, reverse=True)


def _told_before(case: Case) -> Iterator[WrongCharge]:
    """Yield the last payment, where the case was opened to get that back."""
    plan = {act.get("letter") for act in case.verdict.get("do", ())}
    if not {case.kind, *plan} & {"refund", Do.DISPUTE}:
        return
    facts = case_letters.follow_up(case).facts
    told_on = str(facts.get("cancelled_at") or "")[:DAY_LENGTH]
    paid_on = str(facts.get("paid_at") or "")[:DAY_LENGTH]
    money = read_money(facts["price"], "price") if facts.get("price") else None
    if told_on and paid_on > told_on and money is not None:
        yield WrongCharge(on=date.fromisoformat(paid_on), sum=money, number=0)
        for each in read_charges(str(facts.get(FURTHER) or ""), FURTHER):
            yield WrongCharge(on=each.on, sum=each.sum, number=0)


def _is_past(case: Case, charge: WrongCharge) -> bool:
    return case.ends_on is not None and charge.on > case.ends_on


def _is_given(case: Case, since: int) -> bool:
    """Return whether the bank gave back what it was told of."""
    said = [word.says for word in said_by(case.events, BANK, since=since)]
    decided = [says for says in said if says in _DECIDES]
    return bool(decided) and decided[-1] is not ThirdWord.REFUSES


_DECIDES = (ThirdWord.CREDITS, ThirdWord.PAYS, ThirdWord.REFUSES)
