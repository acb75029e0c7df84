"""Receipts and announcements by mail, in the public JSON form."""

from typing import TypedDict

from rescind.adapters.public.finding import StatedMoneyJson, stated_money_json
from rescind.core.model.receipt import Receipt


class ReceiptJson(TypedDict):
    """What a mail tells of a payment: made, or to come on ``comes_on``."""

    id: str
    kind: str
    on: str
    item: str
    merchant: str
    channel: str
    amount: StatedMoneyJson | None
    period: str | None
    comes_on: str | None


def receipt_json(receipt: Receipt) -> ReceiptJson:
    """Return what a mail tells of a payment."""
    return {
        "id": receipt.id,
        "kind": receipt.kind.value,
        "on": receipt.on.isoformat(),
        "item": receipt.item,
        "merchant": receipt.merchant,
        "channel": receipt.channel.value,
        "amount": stated_money_json(receipt.amount) if receipt.amount else None,
        "period": receipt.period,
        "comes_on": receipt.comes_on.isoformat() if receipt.comes_on else None,
    }
