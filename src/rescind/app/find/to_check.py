"""From a line of a statement to its verdict: what the line tells of the purchase."""

from collections.abc import Mapping
from datetime import date, timedelta

from rescind.adapters.data.descriptors import contract_kind
from rescind.adapters.data.line_names import seller_within
from rescind.adapters.input.facts import PAYPAL, taken_as
from rescind.adapters.settings.profile import home_country
from rescind.app.know.check import OTHER, catalogue, sold_by
from rescind.core import periods
from rescind.core.errors import BadInput
from rescind.core.model.catalogue import SoldAs, is_in
from rescind.core.model.descriptor import Channel
from rescind.core.model.period import Period
from rescind.core.model.recurring_charge import RecurringCharge

_BILLED = {
    "direct": "web",
    "apple": "apple",
    "google": "google",
    "paypal": "paypal",
    "reseller": "partner",
}
_SELLS = {
    "video": "streaming",
    "audio": "streaming",
    "news": "newspaper",
    "software": "software",
    "learning": "course",
    "goods": "goods",
    "membership": "membership",
    "telecom": "telecom",
    "energy": "energy",
    "insurance": "insurance",
}
"""What a merchant on file sells, as the facts of a purchase call it."""
NO_CURRENCY = "XXX"
"""ISO 4217 for a statement that names no currency."""


def facts_to_check(charge: RecurringCharge, today: date) -> Mapping[str, str]:
    """Return the facts of a purchase that a finding tells, in standard form.

    Where a charge was due since the statement ended, neither the last payment nor the
    next one is known any longer: both are left to be asked for.
    """
    slug = charge.service or _called(charge.merchant)
    facts = {
        "service": slug or OTHER,
        "channel": _BILLED[charge.channel.value],
        "price": f"{charge.amount.amount} {charge.amount.currency}",
        "paid_at": charge.transactions[-1].on.isoformat(),
        "renews_at": charge.next_on.isoformat() if charge.next_on else "",
        "charged_since": min(place.on for place in charge.transactions).isoformat(),
        "had_trial": "true" if charge.trial else "",
    }
    if charge.next_on is None or charge.next_on < today:
        facts |= {"paid_at": "", "renews_at": ""}
    if charge.amount.currency == NO_CURRENCY:
        facts["price"] = ""
    if slug and not _is_billed(slug, facts["channel"]):
        # who bills it by its entry is not who the statement shows: that is to be asked
        facts["channel"] = ""
    elif slug and facts["channel"] == PAYPAL and not _has_channel(slug, PAYPAL):
        # the company charges, and PayPal only takes the money for it
        facts |= {"channel": "web", "payment_method": PAYPAL}
    seller = seller_within(charge.text) if charge.channel is Channel.RESELLER else None
    if seller is not None:
        facts |= sold_by(seller, slug or None)
    facts["offer"] = offer_of(slug, charge)
    if not facts["offer"] and charge.period:
        facts["period"] = charge.period
    if not slug:
        facts |= {
            "merchant": charge.merchant[:80],
            "kind": _SELLS.get(charge.sells)
            or contract_kind(charge.merchant)
            or "service",
        }
    return {name: text for name, text in facts.items() if text}


def _called(merchant: str) -> str:
    """Return the service on file that a merchant is called as; empty where none is.

    One that is sold in a single country is no guess for who lives elsewhere.
    """
    try:
        slug = catalogue().slug_of(merchant)
    except BadInput:
        return ""
    names = {each.slug: each for each in catalogue().all_names}
    if slug is None or slug not in names:
        return ""
    home, countries = home_country(), names[slug].countries
    is_elsewhere = home and len(countries) == 1 and countries[0] != home[:2]
    return "" if is_elsewhere else slug


def is_near(merchant: str) -> bool:
    """Return whether a merchant's name alone would be taken for a service on file."""
    try:
        return catalogue().slug_of(merchant) is not None
    except BadInput:
        return True


def offer_of(slug: str, charge: RecurringCharge) -> str:
    """Return the offer on file that a line shows; empty where it can be several.

    It is paid as often, at the line's price where the person's country has one on
    file. An offer that is paid for at lengths not known can always be meant.
    """
    try:
        service = catalogue().service(slug)
    except BadInput:
        return ""
    often = Period.parse(charge.period) if charge.period else None
    as_often = {
        each.slug
        for each in service.offers.values()
        if each.sold_as is SoldAs.SUBSCRIPTION and not each.business
        if often and (each.period is None or each.period.is_as_long_as(often))
    }
    country = home_country() or None
    priced = {
        price.offer
        for price in service.prices
        if price.amount == charge.amount and is_in(country, price.regions)
    }
    fitting = priced & as_often or as_often
    one = next(iter(fitting), "") if len(fitting) == 1 else ""
    return one if one and service.offers[one].period is not None else ""


def _is_billed(slug: str, channel: str) -> bool:
    """Return whether a service on file is billed through a channel.

    A correction may name a service that has left the person's own folder since.
    """
    try:
        return taken_as(channel, catalogue().service(slug)) is not None
    except BadInput:
        return False


def _has_channel(slug: str, channel: str) -> bool:
    """Return whether a service on file says that it is billed through a channel."""
    return channel in catalogue().service(slug).channels


_SILENCE = timedelta(days=45)
"""Without a charge for so long, and for two periods, it had not begun before."""


def first_day(charge: RecurringCharge, start: date) -> Mapping[str, str]:
    """Return the day of the purchase, where the statement shows it to be the first.

    ``start`` is the account's first day: a charge that was due between it and the first
    one would stand there. Where the charges reach back to it, nobody can tell.
    """
    first = min(place.on for place in charge.transactions)
    if charge.period is None:
        return {}
    was_due = periods.add(start, Period.parse(charge.period), 2)
    if first < max(was_due, start + _SILENCE):
        return {}
    return {"purchased_at": first.isoformat()}
