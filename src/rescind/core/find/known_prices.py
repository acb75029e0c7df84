"""Prices on file beside charges: they tell a yearly plan by one charge."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from rescind.core.find import thresholds
from rescind.core.find.clean import cleaned
from rescind.core.model.descriptor import Channel, Descriptors, Kind
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.recurring_charge import RecurringCharge, State
from rescind.core.model.sentence import Sentence
from rescind.core.model.statement import THOUSANDTHS, Place
from rescind.core.periods import add


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPrice:
    """What a service is known to ask, and for how long that pays."""

    service: str
    amount: Money
    period: Period
    seen_on: date


def yearly(prices: Iterable[KnownPrice]) -> tuple[KnownPrice, ...]:
    """Return the prices of a year that no shorter plan of the service has as well."""
    prices = tuple(prices)
    shorter = {(p.service, p.amount) for p in prices if not _is_year(p.period)}
    return tuple(
        price
        for price in prices
        if _is_year(price.period) and (price.service, price.amount) not in shorter
    )


def _is_year(period: Period) -> bool:
    return period.iso() in {"P1Y", "P12M"}


def of_one_charge(
    entries: pl.DataFrame,
    findings: Iterable[RecurringCharge],
    prices: Sequence[KnownPrice],
    descriptors: Descriptors,
) -> list[RecurringCharge]:
    """Return yearly plans that one charge tells: its sum is a year's price on file.

    Only charges of the last year that belong to no finding count, and of a service that
    has none on the same account: another plan of it is nobody's guess.
    """
    if not prices or entries.is_empty():
        return []
    findings = list(findings)
    claimed = {(p.file, p.row) for f in findings for p in f.transactions}
    taken = {(f.account, f.service) for f in findings}
    plans: dict[tuple[str, str], RecurringCharge] = {}
    end: date = entries["on"].max()  # type: ignore[assignment]  # a day: there are rows
    for row in _rows(entries, prices, end):
        if (row["file"], row["row"]) in claimed:
            continue
        service, name, channel = _named(row["text"], descriptors)
        key = row["account"], service
        fitting = [p for p in prices if p.service == service and _fits(row, p)]
        if fitting and key not in taken:
            plans[key] = _plan(row, fitting[0], name, channel)
    return list(plans.values())


def _rows(
    entries: pl.DataFrame, prices: Sequence[KnownPrice], end: date
) -> Sequence[Mapping[str, Any]]:
    """Return the entries of the last year with one of the sums, the oldest first."""
    sums = [-int(price.amount.amount * THOUSANDTHS) for price in prices]
    since = end - timedelta(days=_A_YEAR)
    recent = entries.filter(pl.col("amount").is_in(sums) & (pl.col("on") > since))
    return recent.sort("on").to_dicts()


_A_YEAR = 365


def _named(text: str, descriptors: Descriptors) -> tuple[str, str, str]:
    """Return the service that an entry names, its merchant's name, and the channel.

    They are empty where it names none.
    """
    _, texts = cleaned(pl.Series([text]), descriptors)
    row = texts.row(0, named=True)
    if row["merchant"] is None:
        return "", "", row["channel"]
    merchant = descriptors.merchants[row["merchant"]]
    return merchant.service, merchant.name, row["channel"]


def _fits(row: Mapping[str, Any], price: KnownPrice) -> bool:
    is_sum = row["amount"] == -int(price.amount.amount * THOUSANDTHS)
    return is_sum and row["currency"] in {None, price.amount.currency}


def _plan(
    row: Mapping[str, Any], price: KnownPrice, name: str, channel: str
) -> RecurringCharge:
    on: date = row["on"]
    place = Place(file=row["file"], row=row["row"], on=on, amount=-row["amount"])
    return RecurringCharge(
        account=row["account"],
        merchant=name,
        service=price.service,
        kind=Kind.SUBSCRIPTION,
        channel=Channel(channel),
        period=price.period.iso(),
        state=State.ACTIVE,
        amount=price.amount,
        next_on=add(on, price.period, 1),
        spread=0,
        transactions=(place,),
        sureness=thresholds.SURE_SINGLE,
        because=(
            Sentence.of("find", "one_charge"),
            Sentence.of("find", "price_of_year", day=price.seen_on),
        ),
        surer=(Sentence.of("find", "more_charges"),),
        text=row["text"],
        words=name.upper(),
    )
