"""What is paid for: sums, the next charges, the year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from operator import attrgetter
from urllib.parse import urlencode

import polars as pl

from rescind.adapters import clock
from rescind.adapters.public.finding import finding_json, stated_money_json
from rescind.adapters.public.spending import (
    ImportJson,
    ListedPaidJson,
    MonthJson,
    PaidJson,
    PriceJson,
    RatesJson,
    SpendingJson,
    TotalJson,
)
from rescind.app.find import receipts, statements
from rescind.app.find.to_check import facts_to_check
from rescind.core.find.decisions import Decided
from rescind.core.find.same_payee import alike
from rescind.core.model.descriptor import Kind
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.recurring_charge import RecurringCharge, State
from rescind.core.model.statement import THOUSANDTHS
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


def a_year(charge: RecurringCharge) -> Decimal:
    """Return what a recurring charge costs in a year at its latest price."""
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
    last: date | None = table["on"].max() if not table.is_empty() else None  # type: ignore[assignment]  # a day
    return {
        "findings": [each.form for each in sorted(paid, key=attrgetter("rank"))],
        "dismissed": [p.form for p in every if p.decided.is_dismissed],
        "totals": _totals(running),
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
    return clock.now().date()


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
        address = f"/check/other/?{_query(facts)}"
        rows.append({**row, "finding": next(same, None), "check": address})
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
    """Return the address of a finding's verdict, with all that is known filled in."""
    facts = dict(facts_to_check(charge, _today()))
    service = facts.pop("service")
    return f"/check/{service}/?{_query(facts)}"


def to_end(finding_id: str) -> Mapping[str, str] | None:
    """Return what a finding tells of the contract, to begin a check with.

    ``name`` is what it is called; the rest are facts in standard form. ``None`` where
    there is no such finding.
    """
    ledger = read_ledger()
    every = statements.findings(ledger, statements.entries(ledger))
    charge = next((each.finding for each in every if each.id == finding_id), None)
    if charge is None:
        return None
    facts = dict(facts_to_check(charge, _today()))
    service = facts.pop("service")
    on_file = service if charge.service else charge.merchant
    facts.pop("merchant", None)
    return {"name": on_file, **facts}


def _query(facts: Mapping[str, str]) -> str:
    return urlencode({name: value for name, value in facts.items() if value})


def _totals(running: Iterable[_Paid]) -> list[TotalJson]:
    """Return what runs costs a month and a year, by currency, by kind and in all."""
    sums: dict[str, dict[str, Decimal]] = {}
    for each in running:
        by = sums.setdefault(each.form["amount"]["currency"] or "", {})
        kind = each.form["kind"]
        by[kind] = by.get(kind, Decimal(0)) + each.yearly
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
