"""What is paid for by all statements together, in the public JSON form."""

from collections.abc import Mapping
from typing import Any, TypedDict

from rescind.adapters.public.finding import FindingJson, StatedMoneyJson
from rescind.adapters.public.receipt import ReceiptJson


class PriceJson(TypedDict):
    """An amount, and the first day on which it was charged."""

    on: str
    amount: StatedMoneyJson


class PaidJson(FindingJson):
    """A finding as the person left it, with what it costs and its check's address."""

    id: str
    status: str
    """``found``, ``confirmed`` or ``dismissed``."""
    a_year: StatedMoneyJson
    a_month: StatedMoneyJson
    check: str
    prices: list[PriceJson]
    sells: str | None
    category: str
    """As in ``data/words/en/category.yaml``."""


class PaidByHandJson(TypedDict):
    """What the person wrote down themselves."""

    id: str
    merchant: str
    amount: StatedMoneyJson
    period: str
    next_on: str | None
    a_year: StatedMoneyJson
    a_month: StatedMoneyJson
    category: str
    finding: str | None
    """The finding that it is, where a statement shows it too: it counts once."""


class RatesJson(TypedDict):
    """What something costs, in the total's currency."""

    a_month: str
    a_year: str


class TotalJson(RatesJson):
    """What runs costs in one currency, in all and by kind."""

    currency: str
    """Empty where no statement names it."""
    kinds: dict[str, RatesJson]


class MonthJson(TypedDict):
    """What a month took, by currency."""

    month: str
    sums: dict[str, str]


class ListedJson(TypedDict):
    """What stands on a list that the person keeps elsewhere."""

    name: str
    amount: StatedMoneyJson
    period: str
    next_on: str | None


class ListedPaidJson(ListedJson):
    """The same, with the finding that it is, if there is one."""

    finding: str | None
    check: str


class ImportJson(TypedDict):
    """A file that was read in, and how it was understood."""

    id: str
    name: str
    is_confirmed: bool
    imported_at: str
    layout: Mapping[str, Any]
    """As kept: the layout of a statement, of a list or of receipts."""


class SpendingJson(TypedDict):
    """All that is known of what is paid for."""

    findings: list[PaidJson]
    dismissed: list[PaidJson]
    totals: list[TotalJson]
    next: list[PaidJson]
    """The next charges, the first one first."""
    months: list[MonthJson]
    """The last twelve."""
    renewals: list[PaidJson]
    """Of long contracts, soon."""
    ends: list[PaidJson]
    trials: list[PaidJson]
    rises: list[PaidJson]
    announced: list[ReceiptJson]
    """By mail, for days to come."""
    listed: list[ListedPaidJson]
    by_hand: list[PaidByHandJson]
    imports: list[ImportJson]
    to: str | None
    """The last booked day."""
    is_stale: bool
    """That day is long past: what was charged since is not known."""
