"""Findings and alarms in the public JSON form: what is paid for again and again."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TypedDict

from rescind.adapters.data.line_names import seller_within
from rescind.adapters.data.words import ENGLISH
from rescind.core.find.accounts import masked
from rescind.core.find.ended import Alarm
from rescind.core.model.descriptor import Channel
from rescind.core.model.money import Money
from rescind.core.model.recurring_charge import RecurringCharge
from rescind.core.model.sentence import Sentence
from rescind.core.model.statement import THOUSANDTHS, Place

NO_CURRENCY = "XXX"
"""ISO 4217's code where no currency is involved; here: the statement names none."""


class StatedMoneyJson(TypedDict):
    """An amount as text; ``currency`` is null where no statement names it."""

    amount: str
    currency: str | None


class PlaceJson(TypedDict):
    """An entry of a file: its 1-based place among the entries, its day, its amount."""

    file: str
    row: int
    on: str
    amount: StatedMoneyJson


class FindingJson(TypedDict):
    """What is paid for again and again, on which account, and what comes next."""

    account: str
    """Masked."""
    merchant: str
    service: str | None
    """Its slug in the catalogue, where it is there."""
    kind: str
    channel: str
    billed_by: str | None
    """Who sells in the maker's stead, where its mark stands on the statement."""
    period: str | None
    """ISO 8601."""
    state: str
    amount: StatedMoneyJson
    """The latest price."""
    next_on: str | None
    spread_days: int
    transactions: list[PlaceJson]
    price_rises: list[PlaceJson]
    trial: list[PlaceJson]
    refunds: list[PlaceJson]
    sureness: float
    """From 0 to 1."""
    because: list[str]
    surer: list[str]
    """What would make it surer."""


class AlarmJson(TypedDict):
    """A charge that came after an end; ``ended`` is the end's 0-based place."""

    ended: int
    file: str
    row: int
    on: str
    amount: StatedMoneyJson
    because: list[str]


def finding_json(finding: RecurringCharge) -> FindingJson:
    """Return a finding; the account's number is masked."""
    currency = finding.amount.currency
    is_sold = finding.channel is Channel.RESELLER
    seller = seller_within(finding.text) if is_sold else None
    return {
        "account": masked(finding.account),
        "merchant": finding.merchant,
        "service": finding.service,
        "kind": finding.kind.value,
        "channel": finding.channel.value,
        "billed_by": seller.name if seller is not None else None,
        "period": finding.period,
        "state": finding.state.value,
        "amount": stated_money_json(finding.amount),
        "next_on": finding.next_on.isoformat() if finding.next_on else None,
        "spread_days": finding.spread,
        "transactions": _places(finding.transactions, currency),
        "price_rises": _places(finding.price_rises, currency),
        "trial": _places(finding.trial, currency),
        "refunds": _places(finding.refunds, currency),
        "sureness": finding.sureness,
        "because": sentences_json(finding.because),
        "surer": sentences_json(finding.surer),
    }


def stated_money_json(money: Money) -> StatedMoneyJson:
    """Return an amount with its currency, if a statement names one."""
    currency = None if money.currency == NO_CURRENCY else money.currency
    return {"amount": str(money.amount), "currency": currency}


def _places(places: Sequence[Place], currency: str) -> list[PlaceJson]:
    return [
        {
            "file": place.file,
            "row": place.row,
            "on": place.on.isoformat(),
            "amount": _thousandths(place.amount, currency),
        }
        for place in places
    ]


def _thousandths(amount: int, currency: str) -> StatedMoneyJson:
    value = Decimal(amount) / THOUSANDTHS
    money = Money(amount=value, currency=currency or NO_CURRENCY)
    return stated_money_json(money.of(value))


def alarm_json(alarm: Alarm) -> AlarmJson:
    """Return a charge that came after an end."""
    return {
        "ended": alarm.ended,
        "file": alarm.file,
        "row": alarm.row,
        "on": alarm.on.isoformat(),
        "amount": _thousandths(alarm.amount, alarm.currency),
        "because": sentences_json(alarm.because),
    }


def sentences_json(sentences: Sequence[Sentence]) -> list[str]:
    """Return reasons in English words."""
    return [ENGLISH.say(sentence) for sentence in sentences]
