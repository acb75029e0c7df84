"""What is paid for: sums, the next charges, the year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from operator import attrgetter
from typing import TypeAlias
from urllib.parse import urlencode

import polars as pl

from rescind.adapters import clock
from rescind.adapters.public.finding import finding_json, stated_money_json
from rescind.adapters.public.spending import (
    ImportJson,
    ListedPaidJson,
    MonthJson,
    PaidByHandJson,
    PaidJson,
    PriceJson,
    RatesJson,
    SpendingJson,
    TotalJson,
)
from rescind.app.find import by_hand, receipts, statements
from rescind.app.find.categories import category_of
from rescind.app.find.finding import known
from rescind.app.find.to_check import facts_to_check, first_day
from rescind.app.know.check import OTHER as NOT_ON_FILE
from rescind.app.know.checks import FINDING, FROM_LINE
from rescind.core.find.decisions import Decided
from rescind.core.find.same_payee import alike
from rescind.core.model.descriptor import Kind
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.recurring_charge import RecurringCharge, State
from rescind.core.model.statement import THOUSANDTHS
from rescind.store.by_hand import PaidByHand
from rescind.store.statements import Import, Ledger, read_ledger

YEARLY = {"D": Decimal(365), "W": Decimal(365) / 7, "M": Decimal(12), "Y": Decimal(1)}
_KINDS = (Kind.SUBSCRIPTION, Kind.BILL, Kind.INSTALMENT, Kind.OTHER)
"""In the order in which the findings are shown."""
_RUNNING = frozenset({State.ACTIVE, State.TRIAL})
MOST_NEXT = 8
"""Next charges that are shown."""
MONTHS = 12
_LONG = frozenset({"P3M", "P4M", "P6M", "P1Y"})
_CONTRACTS = frozenset({"telecom", "energy", "insurance"})
"""What bills are contracts for that can be ended; rent and taxes are told by words."""
_SOON = timedelta(days=100)
"""Three months, the longest usual notice, and some days."""
_STALE = timedelta(days=45)
"""After so long, a statement no longer tells what was charged last."""


def a_year(charge: RecurringCharge | PaidByHand) -> Decimal:
    """Return what something costs in a year at its latest price."""
    if charge.period is None:
        return Decimal(0)
    period = Period.parse(charge.period)
    return charge.amount.amount * YEARLY[period.unit.value] / period.count


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paid:
    """A finding with what it costs a year, and in the public form."""

    decided: Decided
    yearly: Decimal
    form: PaidJson

    @property
    def rank(self) -> tuple[int, bool, Decimal]:
        """Its place among the findings: by kind, what runs first, the dearest first."""
        kind, state = self.decided.finding.kind, self.decided.finding.state
        return _KINDS.index(kind), state is State.ENDED, -self.yearly


def spending() -> SpendingJson:
    """Return all that the page and the command show, in the public form."""
    ledger = read_ledger()
    table = statements.entries(ledger)
    names = {each.id: each.name for each in ledger.imports}
    every = [_paid(each, names) for each in statements.findings(ledger, table)]
    paid = [each for each in every if not each.decided.is_dismissed]
    running = [p for p in paid if p.decided.finding.state in _RUNNING]
    own = _by_hand(ledger, [each.form for each in running])
    last: date | None = table["on"].max() if not table.is_empty() else None  # type: ignore[assignment]  # a day
    return {
        "findings": [each.form for each in sorted(paid, key=attrgetter("rank"))],
        "dismissed": [p.form for p in every if p.decided.is_dismissed],
        "totals": _totals([*_costs(running), *_costs_by_hand(own)]),
        "next": sorted(
            (p.form for p in running if p.form["next_on"]),
            key=lambda form: str(form["next_on"]),
        )[:MOST_NEXT],
        "months": months(table, [each.decided.finding for each in paid]),
        "renewals": [p.form for p in running if _renews_soon(p.decided.finding)],
        "ends": [p.form for p in paid if p.form["state"] == State.ENDED],
        "trials": [p.form for p in running if p.form["state"] == State.TRIAL],
        "rises": [p.form for p in running if p.form["price_rises"]],
        "announced": receipts.announced(receipts.receipts_in(ledger)),
        "listed": _listed(ledger, [each.form for each in paid]),
        "by_hand": own,
        "imports": [import_json(each) for each in ledger.imports],
        "to": last.isoformat() if last else None,
        "is_stale": last is not None and _today() - last > _STALE,
    }


def import_json(each: Import) -> ImportJson:
    """Return a file that was read in, in the public form."""
    return {
        "id": each.id,
        "name": each.name,
        "is_confirmed": each.is_confirmed,
        "imported_at": each.imported_at.isoformat(),
        "layout": each.layout,
    }


def _today() -> date:
    return clock.today()


def _renews_soon(charge: RecurringCharge) -> bool:
    """Return whether a long contract renews soon from today.

    A quarter or more is lost if that day is missed; most notice periods fit in between.
    """
    if charge.next_on is None or charge.period not in _LONG:
        return False
    if charge.kind is not Kind.SUBSCRIPTION and charge.sells not in _CONTRACTS:
        return False
    today = _today()
    return today <= charge.next_on <= today + _SOON


def _listed(ledger: Ledger, paid: Sequence[PaidJson]) -> list[ListedPaidJson]:
    """Return what stands on the person's own lists, with the finding that it is."""
    rows: list[ListedPaidJson] = []
    for row in statements.listed(ledger):
        same = (
            e["id"] for e in paid if alike(row["name"].upper(), e["merchant"].upper())
        )
        facts = {"merchant": row["name"], "kind": "service", "period": row["period"]}
        address = f"/new/?{_query({'service': 'other', **facts})}"
        rows.append({**row, "finding": next(same, None), "check": address})
    return rows


def _by_hand(ledger: Ledger, paid: Sequence[PaidJson]) -> list[PaidByHandJson]:
    """Return what the person wrote down, with the finding that it is, if one is."""
    rows: list[PaidByHandJson] = []
    for each in ledger.by_hand:
        same = (
            e["id"] for e in paid if alike(each.name.upper(), e["merchant"].upper())
        )
        yearly = a_year(each)
        day = by_hand.next_day(each, _today())
        rows.append(
            {
                "id": each.id,
                "merchant": each.name,
                "amount": stated_money_json(each.amount.of(each.amount.amount)),
                "period": each.period,
                "next_on": day.isoformat() if day else None,
                "a_year": stated_money_json(each.amount.of(yearly)),
                "a_month": stated_money_json(each.amount.of(yearly / MONTHS)),
                "category": each.category,
                "finding": next(same, None),
            }
        )
    return rows


def _paid(each: Decided, names: Mapping[str, str]) -> _Paid:
    charge, yearly = each.finding, a_year(each.finding)
    form = finding_json(charge)
    rises, trial, refunds = form["price_rises"], form["trial"], form["refunds"]
    for place in chain(form["transactions"], rises, trial, refunds):
        place["file"] = names.get(place["file"], place["file"])
    return _Paid(
        decided=each,
        yearly=yearly,
        form={
            **form,
            "id": each.id,
            "status": _status(each),
            "a_year": stated_money_json(charge.amount.of(yearly)),
            "a_month": stated_money_json(charge.amount.of(yearly / MONTHS)),
            "check": check_address(charge),
            "prices": prices(charge),
            "sells": charge.sells or None,
            "category": category_of(charge),
        },
    )


def _status(each: Decided) -> str:
    if each.is_dismissed:
        return "dismissed"
    return "confirmed" if each.is_confirmed else "found"


def prices(charge: RecurringCharge) -> list[PriceJson]:
    """Return the history of a price: each amount from its first day on."""
    history: list[PriceJson] = []
    last = None
    for place in charge.transactions:
        if place.amount != last and place not in charge.trial:
            amount = charge.amount.of(Decimal(place.amount) / THOUSANDTHS)
            history.append(
                {"on": place.on.isoformat(), "amount": stated_money_json(amount)}
            )
            last = place.amount
    return history


def check_address(charge: RecurringCharge) -> str:
    """Return the address where a finding is ended, with all that is known filled in."""
    return f"/new/?{_query(facts_to_check(charge, _today()))}"


def to_end(finding_id: str) -> Mapping[str, str] | None:
    """Return what a finding tells of the contract, to begin a check with.

    ``name`` is what it is called, ``FINDING`` what it is known by here; the rest are
    facts in standard form, and the line's own words (``FROM_LINE``) where only they
    tell a name. ``None`` where there is no such finding, and nothing of that id that
    the person wrote down.
    """
    ledger = read_ledger()
    own = next((each for each in ledger.by_hand if each.id == finding_id), None)
    if own is not None:
        return _by_hand_to_end(own)
    table = statements.entries(ledger)
    every = statements.findings(ledger, table)
    charge = next((each.finding for each in every if each.id == finding_id), None)
    if charge is None:
        return None
    starts = dict(table.group_by("account").agg(pl.col("on").min()).iter_rows())
    facts = {
        **first_day(charge, starts[charge.account]),
        **facts_to_check(charge, _today()),
    }
    service = facts.pop("service")
    on_file = charge.merchant if service == NOT_ON_FILE else service
    facts.pop("merchant", None)
    names = {merchant.name for merchant in known().merchants}
    if service == NOT_ON_FILE and charge.merchant not in names:
        facts[FROM_LINE] = charge.merchant
    return {"name": on_file, FINDING: finding_id, **facts}


def _by_hand_to_end(own: PaidByHand) -> Mapping[str, str]:
    day = by_hand.next_day(own, _today())
    return {
        "name": own.name,
        FINDING: own.id,
        "price": str(own.amount.of(own.amount.amount)),
        "period": own.period,
        "renews_at": day.isoformat() if day else "",
    }


def _query(facts: Mapping[str, str]) -> str:
    return urlencode({name: value for name, value in facts.items() if value})


_Cost: TypeAlias = tuple[str, str, Decimal]
"""A currency, empty where none is named; a kind; what it costs a year."""


def _costs(running: Iterable[_Paid]) -> Iterator[_Cost]:
    for each in running:
        form = each.form
        yield form["amount"]["currency"] or "", form["kind"], each.yearly


def _costs_by_hand(own: Iterable[PaidByHandJson]) -> Iterator[_Cost]:
    """Yield what the person wrote down and no statement shows."""
    for each in own:
        if each["finding"] is None:
            yearly = Decimal(each["a_year"]["amount"])
            yield each["amount"]["currency"] or "", Kind.SUBSCRIPTION.value, yearly


def _totals(costs: Iterable[_Cost]) -> list[TotalJson]:
    """Return what runs costs a month and a year, by currency, by kind and in all."""
    sums: dict[str, dict[str, Decimal]] = {}
    for currency, kind, yearly in costs:
        by = sums.setdefault(currency, {})
        by[kind] = by.get(kind, Decimal(0)) + yearly
    whole = {c: sum(by.values(), Decimal(0)) for c, by in sums.items()}
    return [
        {
            "currency": currency,
            **_rates(whole[currency], currency),
            "kinds": {
                kind: _rates(total, currency) for kind, total in sums[currency].items()
            },
        }
        for currency in sorted(sums, key=lambda c: -whole[c])
    ]


def _rates(yearly: Decimal, currency: str) -> RatesJson:
    year = Money(amount=yearly, currency=currency or "XXX")
    return {
        "a_month": str(year.of(yearly / MONTHS).amount),
        "a_year": str(year.of(yearly).amount),
    }


def months(table: pl.DataFrame, charges: Iterable[RecurringCharge]) -> list[MonthJson]:
    """Return the last twelve months: what recurring charges took, by currency."""
    if table.is_empty():
        return []
    last: date = table["on"].max()  # type: ignore[assignment]  # a day: there are entries
    index = last.year * 12 + last.month - 1
    month_names = [
        f"{(index - n) // 12}-{(index - n) % 12 + 1:02}" for n in range(MONTHS)
    ][::-1]
    sums: dict[str, dict[str, Decimal]] = {name: {} for name in month_names}
    for charge in charges:
        currency = charge.amount.currency
        for place in charge.transactions:
            by = sums.get(f"{place.on:%Y-%m}")
            if by is not None:
                by[currency] = (
                    by.get(currency, Decimal(0)) + Decimal(place.amount) / THOUSANDTHS
                )
    return [
        {
            "month": name,
            "sums": {
                c: str(total.quantize(Decimal("0.01"))) for c, total in by.items()
            },
        }
        for name, by in sums.items()
    ]
