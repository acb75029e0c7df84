"""What is paid for, as cards: what it costs a month, the next charge, and an end."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.public.finding import StatedMoneyJson
from rescind.adapters.public.spending import PaidJson, SpendingJson
from rescind.core.model.descriptor import Kind
from rescind.core.model.money import Money
from rescind.labels import label, period_name

SHOWN = 8
"""Cards before the rest is folded away."""
_YEAR = "P1Y"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidCard:
    """Something that is paid for again and again."""

    id: str
    merchant: str
    costs: str
    next: str
    """The next charge; empty where none is expected."""
    note: str
    """A price that rose, a trial that runs; empty for most."""
    billed_by: str
    """Who bills, where it is not the merchant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidCards:
    """The page of spending: what it adds up to, and the cards in their groups."""

    title: str
    lead: str
    first: tuple[PaidCard, ...]
    more: tuple[PaidCard, ...]
    bills: tuple[PaidCard, ...]
    ended: tuple[PaidCard, ...]


def paid_cards(paid: SpendingJson) -> PaidCards:
    """Return the cards; subscriptions stand before bills, the dearest first."""
    running = [each for each in paid["findings"] if each["state"] != "ended"]
    own = [each for each in running if each["kind"] == Kind.SUBSCRIPTION]
    rest = [each for each in running if each["kind"] != Kind.SUBSCRIPTION]
    cards = tuple(map(_card, own))
    return PaidCards(
        title=_title(paid),
        lead=_lead(paid, len(own)),
        first=cards[:SHOWN],
        more=cards[SHOWN:],
        bills=tuple(map(_card, rest)),
        ended=tuple(map(_card, paid["ends"])),
    )


def _sums(paid: SpendingJson, which: str) -> str:
    """Return what subscriptions cost, each currency by itself."""
    parts = []
    for total in paid["totals"]:
        rates = total["kinds"].get(Kind.SUBSCRIPTION.value)
        if rates is not None:
            text = rates["a_month"] if which == "a_month" else rates["a_year"]
            parts.append(_money({"amount": text, "currency": total["currency"]}))
    return " and ".join(parts)


def _title(paid: SpendingJson) -> str:
    sums = _sums(paid, "a_month")
    return f"You pay {sums} a month" if sums else "No subscription was found"


def _lead(paid: SpendingJson, count: int) -> str:
    if not count:
        return ""
    many = "1 subscription" if count == 1 else f"{count} subscriptions"
    return f"{many}, {_sums(paid, 'a_year')} a year. Bills and rent are apart."


def _card(each: PaidJson) -> PaidCard:
    is_yearly = each["period"] == _YEAR
    rate = each["a_month"] if each["period"] else each["amount"]
    costs = f"{_money(rate)} {period_name('P1M' if each['period'] else None)}"
    next_on = each["next_on"]
    coming = ""
    if next_on:
        at_once = f", {_money(each['amount'])} at once" if is_yearly else ""
        coming = f"{_day(date.fromisoformat(next_on))}{at_once}"
    channel = each["channel"]
    return PaidCard(
        id=each["id"],
        merchant=each["merchant"],
        costs=costs,
        next=coming,
        note=_note(each),
        billed_by="" if channel == "direct" else label(channel, "biller"),
    )


def _note(each: PaidJson) -> str:
    if each["state"] == "trial":
        return "a trial"
    if each["price_rises"] and len(each["prices"]) > 1:
        return f"up from {_money(each['prices'][-2]['amount'])}"
    return "paused" if each["state"] == "paused" else ""


def _money(stated: StatedMoneyJson) -> str:
    amount, currency = Decimal(stated["amount"]), stated["currency"]
    if not currency:
        return f"{amount:.2f}"
    return money_on_page(Money(amount=amount, currency=currency))


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"
