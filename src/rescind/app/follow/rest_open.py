"""Whether less was paid than is owed, and nobody has asked for the rest yet."""

from rescind.app.follow.asked_money import came_since
from rescind.core.follow.awaited import AwaitedMoney
from rescind.core.follow.letters import letters_of
from rescind.core.follow.shortfall import PartPaid
from rescind.core.model.case import Case


def is_rest_to_ask_for(
    case: Case, part: PartPaid | None, money: AwaitedMoney | None
) -> bool:
    """Return whether less was paid than is owed, and nobody asked for the rest."""
    if part is None:
        return False
    if is_rest_of_came(case, money):
        return True
    asked = [each.kind for each in letters_of(case.events, case.kind)]
    is_asked = money is not None and money.asked is not None
    return "refund" not in asked[1:] and not is_asked


def is_rest_of_came(case: Case, money: AwaitedMoney | None) -> bool:
    """Return whether less came than was waited for, and nobody asked since."""
    is_open = money is not None and money.asked is None
    return is_open and bool(came_since(case))
