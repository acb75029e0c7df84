"""Which of several charges are open, once a sum that paid some of them came."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from rescind.adapters.input.charges import read_charges
from rescind.adapters.input.details import FURTHER
from rescind.adapters.input.values import read_money
from rescind.core.model.event_text import DAY_LENGTH
from rescind.core.model.money import OtherCharge, in_all

_OF_A_PART = ("repaid", "agreed")


def about_charges_left(facts: Mapping[str, str]) -> dict[str, str]:
    """Return a letter's facts, about those charges alone that are still open.

    The rest that it claims (``amount``) is of all charges: the newest count as paid, as
    far as what came pays them whole. Where it pays one in part, all are named, with
    what came and the rest.
    """
    told = dict(facts)
    paid_at = str(told.get("paid_at") or "")[:DAY_LENGTH]
    rest, price = read_money(told.get("amount")), read_money(told.get("price"))
    further = read_charges(str(told.get(FURTHER) or ""), FURTHER)
    total = in_all(price, further)
    if rest is None or price is None or not further or not paid_at or total is None:
        return told
    if rest.currency != total.currency or not price.amount < rest.amount < total.amount:
        return told
    newest = OtherCharge(on=date.fromisoformat(paid_at), sum=price)
    left = sorted((newest, *further), key=lambda each: each.on, reverse=True)
    paid = total.amount - rest.amount
    while left and paid >= left[0].sum.amount:
        paid -= left.pop(0).sum.amount
    if paid != Decimal(0) or not left:
        return told
    told.pop(FURTHER)
    for name in _OF_A_PART:
        told.pop(name, None)
    first, *older = left
    told |= {"paid_at": first.on.isoformat(), "amount": str(first.sum)}
    if older:
        told[FURTHER] = "; ".join(f"{each.on.isoformat()} {each.sum}" for each in older)
    return told
