"""Categories: a few plain groups of what is paid for."""

from collections.abc import Mapping

from rescind.core.model.descriptor import Kind
from rescind.core.model.recurring_charge import RecurringCharge

OTHER = "other"
CATEGORIES = ("watch", "read", "apps", "learn", "club", "shop", "home", OTHER)
"""In the order of the page; what they are called stands in the words."""
_SELLS: Mapping[str, str] = {
    "video": "watch",
    "audio": "watch",
    "news": "read",
    "software": "apps",
    "learning": "learn",
    "membership": "club",
    "goods": "shop",
    "shop": "shop",
    "telecom": "home",
    "energy": "home",
    "insurance": "home",
}
"""Where something belongs by what its merchant sells."""


def category_of(charge: RecurringCharge) -> str:
    """Return where a charge belongs: as the person says, else by what is sold.

    A bill whose payee is not on file is one for the home: rent, water, a tax.
    """
    if charge.category in CATEGORIES:
        return charge.category
    return _SELLS.get(charge.sells, "home" if charge.kind is Kind.BILL else OTHER)
