"""What was taken from an account after its holder died, contract by contract."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from rescind.app.find import statements
from rescind.core.model.money import Money
from rescind.core.model.statement import THOUSANDTHS
from rescind.store.statements import read_ledger


def charged_since(day: date) -> Mapping[str, tuple[tuple[date, Money], ...]]:
    """Return the charges after a day that statements show, in order of their days.

    By the service's slug where the catalogue has it, else by the merchant's name.
    """
    ledger = read_ledger()
    every = statements.findings(ledger, statements.entries(ledger))
    taken: dict[str, list[tuple[date, Money]]] = {}
    for charge in (each.finding for each in every if not each.is_dismissed):
        whose = taken.setdefault(charge.service or charge.merchant, [])
        whose += [
            (place.on, charge.amount.of(Decimal(place.amount) / THOUSANDTHS))
            for place in charge.transactions
            if place.on > day
        ]
    return {name: tuple(sorted(each, key=_day)) for name, each in taken.items() if each}


def _day(charge: tuple[date, Money]) -> date:
    return charge[0]
