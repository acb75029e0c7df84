"""What letters say of the charges of a case that were not owed."""

from datetime import date

from rescind.adapters.input.values import read_money
from rescind.app.follow.at_bank import last_dispute
from rescind.app.follow.charges_left import (
    ChargesLeft,
    about_open,
    charges_left,
    sum_of,
)
from rescind.app.follow.days import zone_of
from rescind.app.follow.ends import end_by_way
from rescind.app.follow.told_charges import WrongCharge, every_charge, is_given
from rescind.core.follow.letters_out import Do
from rescind.core.follow.recorded_end import paid_after
from rescind.core.follow.state import position
from rescind.core.model.case import Case, happened
from rescind.core.model.event_details import ChargedDetails
from rescind.core.model.event_text import DAY_LENGTH
from rescind.core.model.money import Money


def charges_for(
    case: Case, kind: str = "", agreed: Money | None = None
) -> list[WrongCharge]:
    """Return the open charges that a kind of letter is about, the newest first.

    ``agreed`` is what the answers promise of them and is still to come.
    """
    return list(_left_for(case, kind, agreed).charges)


def _left_for(case: Case, kind: str, agreed: Money | None) -> ChargesLeft:
    """Return what is left of the charges that a kind of letter is about.

    What the bank was told of is not told to it again, and what it gave back is asked
    of nobody. Only those on the same side of the end are fought for the same reason.
    """
    left = charges_left(case, agreed)
    every = list(left.charges)
    told = last_dispute(case)
    if told is not None and (kind == Do.DISPUTE or is_given(case, told.number)):
        untold = [c for c in every if c.number > told.number]
        # whoever writes to the bank once more does so about all that is open
        is_again = not is_given(case, told.number)
        every = untold or (every if is_again else every[:1])
    same = [each for each in every if _is_past(case, each) == _is_past(case, every[0])]
    if len(same) == len(left.charges):
        return left
    return ChargesLeft(charges=tuple(same))


def in_all(charges: list[WrongCharge]) -> Money | None:
    """Return the sum of charges; ``None`` where that of one is not known."""
    return sum_of(charges)


def about_charges(
    case: Case, kind: str, *, is_fee: bool = False, agreed: Money | None = None
) -> dict[str, str]:
    """Return what a letter says of the charges of a case that are open; empty: of none.

    Where the newest is a fee for leaving, that is fought for a reason of its own.
    """
    left = _left_for(case, kind, agreed)
    if not left.charges:
        return {}
    if is_fee or left.total is None:
        left = ChargesLeft(charges=left.charges[:1])
    return about_open(left)


def known_after_end(case: Case) -> WrongCharge | None:
    """Return the last payment that was told, where it came after the end.

    ``None`` too once it was recorded in the case, whatever was said of it, and where
    nobody was told of an end, or the case is about that payment.
    """
    paid = str(case.facts.get("paid_at") or "")[:DAY_LENGTH]
    told_on, end = position(case.events).told_on(zone_of(case)), end_by_way(case)
    if not paid or told_on is None or end is None:
        return None
    on = date.fromisoformat(paid)
    recorded = [charge.on for _, charge in happened(case.events, ChargedDetails)]
    is_about_it = any(charge.on == on for charge in every_charge(case))
    # whoever says that it had ended before was not told of it by us
    named = paid_after(case.events)
    if (on <= max(end, told_on) and named != on) or on in recorded or is_about_it:
        return None
    price = case.facts.get("price")
    money = read_money(price, "price") if price else None
    return WrongCharge(on=on, sum=money, number=0)


def _is_past(case: Case, charge: WrongCharge) -> bool:
    return case.ends_on is not None and charge.on > case.ends_on
