"""Money of a case as pages name it, and whether it is late."""

from collections.abc import Mapping

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.input.values import read_money
from rescind.core.errors import BadInput
from rescind.core.follow.outlook import WAITS_FOR_MONEY
from rescind.core.model.case import CaseState, Standing


def is_money_late(at: Standing) -> bool:
    """Return whether money has not come that was to come after the end."""
    return at.state is CaseState.CONFIRMED and at.lateness is not None


def is_money_awaited(at: Standing) -> bool:
    """Return whether money is still to come after the end, and is not late."""
    return at.next_step in WAITS_FOR_MONEY and at.lateness is None


def money_of(amount: str | Mapping[str, str]) -> str:
    """Return a sum of the log as a page writes it; as it stands where it is none."""
    try:
        money = read_money(amount, "amount") if amount else None
    except BadInput:
        return str(amount)
    return money_on_page(money) if money is not None else ""
