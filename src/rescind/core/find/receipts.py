"""Receipts beside charges: they name what a biller hides, and make findings surer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl

from rescind.core.find import thresholds
from rescind.core.find.clean import cleaned
from rescind.core.find.same_payee import alike
from rescind.core.model.descriptor import Channel, Descriptors, Kind
from rescind.core.model.receipt import Receipt, ReceiptKind
from rescind.core.model.recurring_charge import RecurringCharge, State
from rescind.core.model.sentence import Sentence
from rescind.core.model.statement import THOUSANDTHS, Place

_HIDES = frozenset({Channel.APPLE, Channel.GOOGLE, Channel.PAYPAL, Channel.RESELLER})


def named(
    findings: Iterable[RecurringCharge], receipts: Sequence[Receipt]
) -> list[RecurringCharge]:
    """Return findings with what receipts tell of them: name, period, surer.

    A receipt is of a charge where amount, currency and day fit, and either the biller
    is the same or the names are alike. The item that most charges' receipts name is the
    finding's name.
    """
    paid = [r for r in receipts if r.kind is ReceiptKind.RECEIPT and r.amount]
    announced = [r for r in receipts if r.comes_on]
    return [_named(each, paid, announced) for each in findings]


def _named(
    finding: RecurringCharge, paid: Sequence[Receipt], announced: Sequence[Receipt]
) -> RecurringCharge:
    fitting = [
        receipt
        for place in finding.transactions
        for receipt in paid
        if _is_of(receipt, place, finding)
    ]
    if fitting:
        finding = _told_by(finding, fitting)
    coming = [
        r
        for r in announced
        if r.comes_on
        and r.comes_on > finding.transactions[-1].on
        and alike(r.item.upper(), finding.merchant.upper())
    ]
    if not coming or finding.state is State.ENDED:
        return finding
    latest = max(coming, key=lambda r: r.on)
    notice = Sentence.of("find", "notice", day=latest.on, next_day=latest.comes_on)
    return replace(
        finding,
        next_on=latest.comes_on,
        period=finding.period or latest.period,
        because=(*finding.because, notice),
    )


def _told_by(finding: RecurringCharge, fitting: Sequence[Receipt]) -> RecurringCharge:
    items = [receipt.item for receipt in fitting]
    item = max(sorted(set(items)), key=items.count)
    latest = max((r for r in fitting if r.item == item), key=lambda r: r.on)
    reason = Sentence.of("find", "receipt_names", day=latest.on, item=item)
    hides = finding.channel in _HIDES and finding.service is None
    sureness = finding.sureness + thresholds.SURE_RECEIPT
    return replace(
        finding,
        merchant=item if hides else finding.merchant,
        period=finding.period or latest.period,
        sureness=min(thresholds.SURE_MOST, round(sureness, 2)),
        because=(*finding.because, reason),
        surer=(),
    )


def _is_of(receipt: Receipt, place: Place, finding: RecurringCharge) -> bool:
    assert receipt.amount is not None  # noqa: S101 - only those with one are asked
    off = (place.on - receipt.on).days
    if not -thresholds.RECEIPT_AFTER <= off <= thresholds.RECEIPT_BEFORE:
        return False
    if int(receipt.amount.amount * THOUSANDTHS) != place.amount:
        return False
    if finding.amount.currency not in {receipt.amount.currency, "XXX"}:
        return False
    if receipt.channel is finding.channel and receipt.channel in _HIDES:
        return True
    return alike(receipt.merchant.upper(), finding.merchant.upper()) or alike(
        receipt.item.upper(), finding.merchant.upper()
    )


def single(
    entries: pl.DataFrame,
    findings: Iterable[RecurringCharge],
    receipts: Iterable[Receipt],
    descriptors: Descriptors,
) -> list[RecurringCharge]:
    """Return what one charge and its receipt tell: a contract, since it has a period.

    Only charges that belong to no finding count.
    """
    claimed = {(p.file, p.row) for f in findings for p in f.transactions}
    contracts: list[RecurringCharge] = []
    for receipt in receipts:
        if receipt.kind is not ReceiptKind.RECEIPT or not receipt.amount:
            continue
        if receipt.period is None:
            continue
        for row in _rows(entries, receipt):
            place = row["file"], row["row"]
            if place not in claimed and _names(row, receipt, descriptors):
                claimed.add(place)
                contracts.append(_of_one(row, receipt))
                break
    return contracts


def _rows(entries: pl.DataFrame, receipt: Receipt) -> Sequence[Mapping[str, Any]]:
    assert receipt.amount is not None  # noqa: S101 - asked by the caller
    first_on = receipt.on - timedelta(days=thresholds.RECEIPT_AFTER)
    last_on = receipt.on + timedelta(days=thresholds.RECEIPT_BEFORE)
    paid = -int(receipt.amount.amount * THOUSANDTHS)
    currency = pl.col("currency").fill_null(receipt.amount.currency)
    return entries.filter(
        (pl.col("amount") == paid)
        & pl.col("on").is_between(first_on, last_on)
        & (currency == receipt.amount.currency)
    ).to_dicts()


def _names(row: Mapping[str, Any], receipt: Receipt, descriptors: Descriptors) -> bool:
    """Return whether an entry's text names the receipt's merchant, or its biller."""
    _, texts = cleaned(pl.Series([row["text"]]), descriptors)
    text = texts.row(0, named=True)
    if receipt.channel in _HIDES and text["channel"] == receipt.channel:
        return True
    words = str(text["words"])
    return alike(receipt.merchant.upper(), words) or alike(receipt.item.upper(), words)


def _of_one(row: Mapping[str, Any], receipt: Receipt) -> RecurringCharge:
    assert receipt.amount is not None  # noqa: S101 - asked by the caller
    on: date = row["on"]
    place = Place(file=row["file"], row=row["row"], on=on, amount=-row["amount"])
    reason = Sentence.of(
        "find", "receipt_names_period", day=receipt.on, item=receipt.item
    )
    return RecurringCharge(
        account=row["account"],
        merchant=receipt.item,
        service=None,
        kind=Kind.SUBSCRIPTION,
        channel=receipt.channel,
        period=receipt.period,
        state=State.ACTIVE,
        amount=receipt.amount,
        next_on=receipt.comes_on,
        spread=0,
        transactions=(place,),
        sureness=thresholds.SURE_SINGLE,
        because=(Sentence.of("find", "one_charge"), reason),
        surer=(Sentence.of("find", "more_charges"),),
        words=receipt.item.upper(),
    )


def coming(receipts: Iterable[Receipt], today: date) -> list[Receipt]:
    """Return what is announced for a day to come, the first day first.

    Of several notices of one thing, the latest counts.
    """
    latest: dict[str, Receipt] = {}
    for receipt in sorted(receipts, key=lambda r: r.on):
        if receipt.comes_on and receipt.comes_on >= today:
            latest[receipt.item.upper()] = receipt
    return sorted(latest.values(), key=lambda r: (r.comes_on or today, r.item))
