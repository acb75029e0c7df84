"""Prices on file, offered where a sum is asked for: the person says which is theirs."""

from datetime import date
from typing import NamedTuple

from rescind.adapters.data.audit import STALE_PRICE
from rescind.adapters.data.words import ENGLISH
from rescind.core.model.catalogue import Price, Service, is_in
from rescind.core.model.sentence import Sentence


class PriceOnFile(NamedTuple):
    """A price that a person may say is theirs."""

    value: str
    """As the fact ``price`` is written: ``13.99 EUR``."""
    text: str


def prices_on_file(
    service: Service,
    today: date,
    *,
    country: str | None,
    offer: str | None = None,
    channel: str | None = None,
) -> tuple[PriceOnFile, ...]:
    """Return the prices that were seen in a country, the ones seen last first.

    Where the country is not known there are none: another country's is no guess.
    """
    prices = [
        price
        for price in service.prices
        if is_in(country, price.regions)
        and offer in {None, price.offer}
        and (channel is None or not price.channels or channel in price.channels)
    ]
    prices.sort(key=lambda price: (-price.seen_on.toordinal(), price.amount.amount))
    return tuple(_on_file(service, price, today) for price in prices)


def every_price(service: Service, today: date) -> tuple[str, ...]:
    """Return each price of a service in words, behind the countries that it is for."""
    return tuple(
        f"{', '.join(sorted(price.regions))}: {_on_file(service, price, today).text}"
        for price in service.prices
    )


def _on_file(service: Service, price: Price, today: date) -> PriceOnFile:
    period = price.period
    text = Sentence.of(
        "price_on_file",
        "old" if today - price.seen_on > STALE_PRICE else "seen",
        sum=price.amount,
        often=Sentence.of("period", period.iso())
        if period
        else Sentence.of("price_on_file", "once"),
        offer=service.offers[price.offer].name,
        day=price.seen_on,
    )
    value = f"{price.amount.amount} {price.amount.currency}"
    return PriceOnFile(value, ENGLISH.say(text))
