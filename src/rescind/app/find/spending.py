"""What is paid for: sums, the next charges, the year, and ends to watch."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import polars as pl

from rescind.adapters import clock
from rescind.app.find import finding, receipts, statements
from rescind.app.follow import reports
from rescind.core.find.decisions import Decided
from rescind.core.find.same_payee import alike
from rescind.core.find.watch import Alarm, Ended, alarms
from rescind.core.model.case import Case, EventKind
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.recurring_charge import RecurringCharge
from rescind.core.model.statement import THOUSANDTHS
from rescind.store import selectors

YEARLY = {"D": Decimal(365), "W": Decimal(365) / 7, "M": Decimal(12), "Y": Decimal(1)}
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
MONTHS = 12
_LONG = frozenset({"P3M", "P4M", "P6M", "P1Y"})
_CONTRACTS = frozenset({"telecom", "energy", "insurance"})
"""What bills are contracts for that can be ended; rent and taxes are told by words."""
_SOON = timedelta(days=100)
"""Three months, the longest usual notice, and some days."""
_STALE = timedelta(days=45)
"""After so long, a statement no longer tells what was charged last."""


def a_year(found: RecurringCharge) -> Decimal:
    """Return what a recurring charge costs in a year at its latest price."""
    if found.period is None:
        return Decimal(0)
    period = Period.parse(found.period)
    return found.amount.amount * YEARLY[period.unit.value] / period.count


def spending() -> dict[str, Any]:
    """Return all that the page and the command show, in one form.

    ``findings`` (with ``id``, ``status``, ``a_month``, ``a_year``, ``check``),
    ``dismissed``, ``totals`` by currency, ``next``, ``months`` (the last twelve, with
    what each finding took), ``ends``, ``trials``, ``rises``, ``renewals`` (of long
    contracts, soon), ``announced`` (by mail), ``listed`` (by the person, elsewhere),
    ``imports``, ``to`` (the last booked day), ``is_stale`` (that day is long past: what
    came since is not known).
    """
    table = statements.entries()
    every = statements.found(table)
    names = {each["id"]: each["name"] for each in statements.imports()}
    shown = [_shown(each, names) for each in every if not each.is_dismissed]
    running = [each for each in shown if each["state"] in {"active", "trial"}]
    last: date | None = table["on"].max() if not table.is_empty() else None  # type: ignore[assignment]  # a day
    return {
        "findings": sorted(shown, key=_order),
        "dismissed": [_shown(each, names) for each in every if each.is_dismissed],
        "totals": _totals(running),
        "next": sorted(
            (e for e in running if e["next_on"]), key=lambda e: str(e["next_on"])
        )[:8],
        "months": months(table, [e for e in every if not e.is_dismissed]),
        "renewals": [each for each in running if _renews_soon(each)],
        "ends": [each for each in shown if each["state"] == "ended"],
        "trials": [each for each in running if each["state"] == "trial"],
        "rises": [each for each in running if each["price_rises"]],
        "announced": receipts.announced(),
        "listed": _listed(shown),
        "imports": statements.imports(),
        "to": last.isoformat() if last else None,
        "is_stale": last is not None and _today() - last > _STALE,
    }


def _today() -> date:
    return clock.now().date()


def _renews_soon(each: Mapping[str, Any]) -> bool:
    """Return whether a long contract renews soon from today.

    A quarter or more is lost if that day is missed; most notice periods fit in between.
    """
    if each["next_on"] is None or each["period"] not in _LONG:
        return False
    if each["kind"] != "subscription" and each["sells"] not in _CONTRACTS:
        return False
    today = _today()
    return today <= date.fromisoformat(each["next_on"]) <= today + _SOON


def _listed(shown: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what stands on the person's own lists, with the finding that it is."""
    told = []
    for row in statements.listed():
        same = (
            e["id"] for e in shown if alike(row["name"].upper(), e["merchant"].upper())
        )
        facts = {"merchant": row["name"], "kind": "service", "period": row["period"]}
        address = f"/check/other/?{_query(facts)}"
        told.append({**row, "finding": next(same, None), "check": address})
    return told


def _order(each: Mapping[str, Any]) -> tuple[Any, ...]:
    kinds = ("subscription", "bill", "instalment", "other")
    return kinds.index(each["kind"]), each["state"] == "ended", -each["yearly"]


def _shown(each: Decided, names: Mapping[str, str]) -> dict[str, Any]:
    found = each.finding
    told = finding.finding_json(found)
    for name in ("transactions", "price_rises", "trial", "refunds"):
        for place in told[name]:
            place["file"] = names.get(place["file"], place["file"])
    yearly = a_year(found)
    return told | {
        "id": each.id,
        "status": "dismissed"
        if each.is_dismissed
        else "confirmed"
        if each.is_confirmed
        else "found",
        "yearly": yearly,
        "a_year": finding.money_json(found.amount.of(yearly)),
        "a_month": finding.money_json(found.amount.of(yearly / MONTHS)),
        "check": check_address(found),
        "prices": prices(found),
        "sells": found.sells or None,
    }


def prices(found: RecurringCharge) -> list[dict[str, Any]]:
    """Return the history of a price: each amount from its first day on."""
    history: list[dict[str, Any]] = []
    last = None
    for place in found.transactions:
        if place.amount != last and place not in found.trial:
            amount = found.amount.of(Decimal(place.amount) / THOUSANDTHS)
            history.append(
                {"on": place.on.isoformat(), "amount": finding.money_json(amount)}
            )
            last = place.amount
    return history


def check_address(found: RecurringCharge) -> str:
    """Return the address of a finding's verdict, with all that is known filled in.

    Where a charge was due since the statement ended, neither the last payment nor the
    next one is known any longer: both are left to be asked for.
    """
    facts = {
        "channel": _BILLED[found.channel.value],
        "price": f"{found.amount.amount} {found.amount.currency}",
        "paid_at": found.transactions[-1].on.isoformat(),
        "renews_at": found.next_on.isoformat() if found.next_on else "",
        "had_trial": "true" if found.trial else "",
    }
    if found.next_on is None or found.next_on < _today():
        facts |= {"paid_at": "", "renews_at": ""}
    if found.amount.currency == "XXX":
        facts.pop("price")
    if found.service:
        return f"/check/{found.service}/?{_query(facts)}"
    facts |= {
        "merchant": found.merchant[:80],
        "kind": _SELLS.get(found.sells, "service"),
        "period": found.period or "",
    }
    return f"/check/other/?{_query(facts)}"


def _query(facts: Mapping[str, str]) -> str:
    return urlencode({name: value for name, value in facts.items() if value})


def _totals(running: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what runs costs a month and a year, by currency, by kind and in all."""
    sums: dict[str, dict[str, Decimal]] = {}
    for each in running:
        by = sums.setdefault(each["amount"]["currency"] or "", {})
        by[each["kind"]] = by.get(each["kind"], Decimal(0)) + each["yearly"]
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


def _rates(yearly: Decimal, currency: str) -> dict[str, str]:
    year = Money(amount=yearly, currency=currency or "XXX")
    return {
        "a_month": str(year.of(yearly / MONTHS).amount),
        "a_year": str(year.of(yearly).amount),
    }


def months(table: pl.DataFrame, found: Iterable[Decided]) -> list[dict[str, Any]]:
    """Return the last twelve months: what recurring charges took, by currency."""
    if table.is_empty():
        return []
    last: date = table["on"].max()  # type: ignore[assignment]  # a day: there are entries
    index = last.year * 12 + last.month - 1
    named = [f"{(index - n) // 12}-{(index - n) % 12 + 1:02}" for n in range(MONTHS)][
        ::-1
    ]
    sums: dict[str, dict[str, Decimal]] = {name: {} for name in named}
    for each in found:
        currency = each.finding.amount.currency
        for place in each.finding.transactions:
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


def watch_cases() -> list[dict[str, Any]]:
    """Look for charges after the ends of cases; record each in its case, once.

    A case's end is the day that was confirmed. What is found is recorded as a charge,
    from which the case's next step is the dispute, with its last day and its letter.
    """
    table = statements.entries()
    watched = [(case, end) for case in selectors.cases() if (end := _end(case))]
    charged = {case.id: _charged(case) for case, _ in watched}
    told: list[dict[str, Any]] = []
    for alarm in alarms(table, [end for _, end in watched], finding.known()):
        case, _ = watched[alarm.ended]
        if alarm.on.isoformat() in charged[case.id]:
            continue
        charged[case.id].add(alarm.on.isoformat())
        note = f"Seen on a statement: {'; '.join(alarm.because)}."
        reports.charged(
            case.id, on=alarm.on.isoformat(), amount=_amount(alarm), note=note
        )
        told.append(
            finding.alarm_json(alarm)
            | {"case": case.id, "service_name": case.service_name}
        )
    return told


def _amount(alarm: Alarm) -> str:
    return f"{alarm.amount / THOUSANDTHS:.2f} {alarm.currency}".strip()


def _charged(case: Case) -> set[str]:
    """Return the days of the charges that are recorded in a case."""
    return {e.details["on"] for e in case.events if e.kind is EventKind.CHARGED}


def _end(case: Case) -> Ended | None:
    """Return a case's contract as one that has ended, where the end was confirmed."""
    confirmation = case.newest(EventKind.CONFIRMED)
    resumed = case.newest(EventKind.RESUMED)
    if confirmation is None or not confirmation.details.get("ends_on"):
        return None
    price = str(case.facts.get("price") or "").split(" ")[0]
    return Ended(
        merchant=str(case.facts.get("merchant") or case.service_name),
        channel=None,
        effective_on=date.fromisoformat(confirmation.details["ends_on"][:10]),
        last_charge=None,
        amount=Decimal(price) if price.replace(".", "", 1).isdigit() else None,
        resumed_on=resumed.at.date() if resumed else None,
    )


def public() -> dict[str, Any]:
    """Return what is paid for as another program can rely on it: JSON's types only."""
    told = spending()
    told["imports"] = [
        {"id": each["id"], "name": each["name"], "is_confirmed": each["is_confirmed"]}
        | {"imported_at": each["imported_at"].isoformat(), "layout": each["layout"]}
        for each in told["imports"]
    ]
    for each in (*told["findings"], *told["dismissed"]):
        each.pop("yearly", None)
    return told
