"""What a message is, in the public JSON form."""

from typing import NotRequired, TypedDict

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.public.verdict import MoneyJson, money_json
from rescind.core.model.message import Message, Reading


class RecipientReportJson(TypedDict):
    """What became of a message for one recipient (RFC 3464)."""

    address: str
    action: str
    status: str
    permanent: bool | None


class MessageJson(TypedDict):
    """What a message is, how surely, and why."""

    id: str
    label: str
    sureness: float
    """From 0 to 1."""
    needs_person: bool
    effective_on: str | None
    """A day (ISO 8601), ``period_end`` or ``immediate``."""
    refund: MoneyJson | None
    asks_fee: bool
    """It asks money for the leaving itself."""
    fee: MoneyJson | None
    """How much; ``None`` where it names no sum."""
    recipients: list[RecipientReportJson]
    new_text: str
    because: list[str]
    file: NotRequired[str]
    """Where it was read."""


def message_json(message: Message, reading: Reading) -> MessageJson:
    """Return what a message is."""
    return {
        "id": message.id,
        "label": reading.label.value,
        "sureness": round(reading.sureness, 2),
        "needs_person": reading.needs_person,
        "effective_on": reading.effective_on,
        "refund": money_json(reading.refund),
        "asks_fee": reading.asks_fee,
        "fee": money_json(reading.fee),
        "recipients": [
            {
                "address": report.address,
                "action": report.action,
                "status": report.status,
                "permanent": report.permanent,
            }
            for report in reading.recipients
        ],
        "new_text": reading.new_text,
        "because": [ENGLISH.say(each) for each in reading.because],
    }
