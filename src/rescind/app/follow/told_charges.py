"""Which charges of a case were not owed: told before it, and recorded in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rescind.adapters.input.charges import read_charges
from rescind.adapters.input.details import FURTHER
from rescind.adapters.input.values import read_money
from rescind.app.follow import case_letters
from rescind.app.follow.at_bank import last_dispute
from rescind.app.follow.days import day_in
from rescind.core.follow.letters_out import Do
from rescind.core.follow.state import wrongful_charges
from rescind.core.follow.third_party import said_by
from rescind.core.model.case import Case, payloads
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import ChargedDetails
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


def every_charge(case: Case) -> list[WrongCharge]:
    """Return all charges of a case that were not owed, the newest first, each once."""
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


def paid_day_after(case: Case, ends_on: date, outcome: EndOutcome) -> date | None:
    """Return the day of the last payment that was told, where it is after their end.

    ``None`` where nobody named that end, or where the payment is in the case already.
    """
    paid = str(case.facts.get("paid_at") or "")[:DAY_LENGTH]
    if outcome not in _THEIRS or paid <= ends_on.isoformat():
        return None
    on = date.fromisoformat(paid)
    recorded = [charge.on for charge in payloads(case.events, ChargedDetails)]
    is_told = on in recorded or any(each.on == on for each in every_charge(case))
    return None if is_told else on


_THEIRS = frozenset({EndOutcome.CONFIRMED, EndOutcome.RENEWAL_STOPS})
"""What is recorded of an end on a day that they named."""


def is_given(case: Case, since: int) -> bool:
    """Return whether the bank gave back what it was told of."""
    said = [word.says for word in said_by(case.events, BANK, since=since)]
    decided = [says for says in said if says in _DECIDES]
    return bool(decided) and decided[-1] is not ThirdWord.REFUSES


_DECIDES = (ThirdWord.CREDITS, ThirdWord.PAYS, ThirdWord.REFUSES)


def recorded_since(case: Case) -> list[WrongCharge]:
    """Return the charges recorded in a case, but for what the bank gave back of them.

    What was told before it stands in its verdict.
    """
    told, given = last_dispute(case), 0
    if told is not None and is_given(case, told.number):
        given = told.number
    return [charge for charge in every_charge(case) if charge.number > given]
