"""Balances from entry to entry: where one does not follow, a row may be missing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from rescind.adapters.statements.assumed import skipped_assumption
from rescind.adapters.statements.numbers import Amounts
from rescind.core.model.statement import THOUSANDTHS, Assumption

_FEWEST, _SHARE = 2, 0.5
"""Balances that follow to the cent, at least, and their share of all: fewer are of
something else than the entries beside them."""

_MOST_NAMED = 3
"""Places that a person is told of."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A balance that does not follow from the one before it."""

    at: int
    """Place of its entry."""
    stated: int
    ours: int
    """What the balance before and the entries since give."""


def skipped_entries(
    entries: pl.DataFrame, money: Mapping[str, Amounts], place: Callable[[int], str]
) -> list[Assumption]:
    """Return that balances skip an entry, with the first of them by place and day.

    ``entries`` have their ``place``, and whether each ``is_booked``: what is only
    reserved moves no balance.
    """
    if "balance" not in money:
        return []
    amounts = entries.select(pl.when("is_booked").then("amount")).to_series()
    values = [amounts]
    if "fee" in money:
        values.append(amounts - _taken(money["fee"].values))
    accounts = [a for n in ("account", "currency") if (a := entries[n]).n_unique() > 1]
    off = gaps(values, money["balance"].values, entries["on"], accounts)
    if not off:
        return []
    where = [
        f"{place(entries['place'][gap.at])}, {entries['on'][gap.at]}: "
        f"{gap.stated / THOUSANDTHS:.2f} instead of {gap.ours / THOUSANDTHS:.2f}"
        for gap in off[:_MOST_NAMED]
    ]
    more = ["…"] if len(off) > _MOST_NAMED else []
    return [skipped_assumption("; ".join([*where, *more]))]


def with_fees(
    entries: pl.DataFrame, money: Mapping[str, Amounts], is_booked: pl.Series
) -> pl.DataFrame:
    """Return entries whose amounts hold their fees, where balances show both taken.

    Of a fee that moves no balance, the amount holds it already. One of which no balance
    tells is taken as the others are, and left alone where these differ.
    """
    if not {"fee", "balance"} <= money.keys():
        return entries
    fees = _taken(money["fee"].values)
    table = entries.select("amount", "account", "currency").with_columns(
        fee=fees, balance=money["balance"].values
    )
    booked = table.with_row_index("at").filter(is_booked)
    owed = booked.with_columns(balance=-pl.col("balance"))
    orders = (booked, booked.reverse(), owed, owed.reverse())
    on_top, inside = max(map(_told_fees, orders), key=lambda told: len(told[0]))
    if not on_top:
        return entries
    is_on_top = pl.int_range(pl.len()).is_in(on_top) | (not inside)
    charged = pl.col("amount") - pl.when(is_on_top).then(fees).otherwise(0)
    return entries.with_columns(amount=charged)


def _taken(fees: pl.Series) -> pl.Series:
    """Return fees above zero where they are taken; one given back stands against it."""
    fees = fees.fill_null(0)
    return fees if int((fees > 0).sum()) >= int((fees < 0).sum()) else -fees


def _told_fees(ordered: pl.DataFrame) -> tuple[list[int], list[int]]:
    """Return the entries by which balances move with the fee, and those without it."""
    own = ["account", "currency"]
    known = ordered.with_columns(pl.col("amount", "fee").cum_sum().over(own))
    steps = known.drop_nulls("balance").select(
        "at", pl.col("amount", "fee", "balance").diff().over(own)
    )
    off = steps.filter(pl.col("fee") != 0).select(
        "at", "fee", off=pl.col("balance") - pl.col("amount")
    )
    on_top = off.filter(pl.col("off") == -pl.col("fee"))["at"].to_list()
    return on_top, off.filter(pl.col("off") == 0)["at"].to_list()


@dataclass(slots=True)
class Closings:
    """The closing balances of a file's statements, each before the next one's opening.

    Between two of them a whole statement may be missing.
    """

    last: dict[str, tuple[str, int]] = field(default_factory=dict)
    """By account: the day, in any form that sorts, and the balance."""

    def close(self, account: str, day: str, balance: int | None) -> None:
        """Keep the balance with which a statement ends; without a day it is none."""
        if balance is not None and day:
            self.last[account] = day, balance

    def skipped(self, account: str, day: str, opening: int | None) -> int | None:
        """Return the balance before, where an opening one should be it and is not.

        Statements that stand in the file with the newest first are not compared.
        """
        before, balance = self.last.get(account, ("", opening))
        is_next = bool(before) and before <= day
        return balance if is_next and opening not in {None, balance} else None


def gaps(
    values: Sequence[pl.Series],
    balances: pl.Series,
    days: pl.Series,
    accounts: Sequence[pl.Series],
) -> list[Gap]:
    """Return the balances that do not follow, in the order of the entries.

    ``values`` are the amounts as they may move the balance, with fees and without;
    ``accounts`` tell entries apart whose balances have nothing to do with each other.
    Whether the newest entry stands first is told by what follows. Some banks have one
    balance for a whole day, or none on some rows: what stands between counts together.
    Days, and accounts, in which all comes out in the end have only another order.
    """
    table = pl.DataFrame({"day": days, "balance": balances}).with_columns(
        group=pl.struct([a.alias(str(n)) for n, a in enumerate(accounts)]).rank("dense")
        if accounts
        else pl.lit(1)
    )
    best, share = pl.DataFrame(), 0
    for each in values:
        own = table.with_columns(value=each).with_row_index("at")
        own = own.drop_nulls("value").sort("group", maintain_order=True)
        for ordered in (own, own.reverse()):
            stepped = _stepped(ordered)
            for sign in (1, -1):
                off = stepped.with_columns(off=pl.col("step") - sign * pl.col("moved"))
                follow = off.filter((pl.col("off") == 0) & (pl.col("step") != 0)).height
                if follow > share:
                    best, share = off, follow
    if share < max(_FEWEST, _SHARE * best.height):
        return []
    off = best.filter(
        (pl.col("off") != 0)
        & (pl.col("off").sum().over("group") != 0)
        & (pl.col("off").sum().over("group", "day") != 0)
    ).sort("at")
    rows = off.select("at", "balance", "off").iter_rows()
    return [Gap(at, balance, balance - much) for at, balance, much in rows]


def _stepped(ordered: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with a balance, and how far it and the entries moved since."""
    known = ordered.with_columns(sum=pl.col("value").cum_sum()).drop_nulls("balance")
    is_next = (pl.col("group") == pl.col("group").shift(1)).fill_null(value=False)
    same_day = is_next & (pl.col("day") == pl.col("day").shift(1))
    by_day = known.filter(
        same_day & (pl.col("balance").diff() == 0) & (pl.col("value") != 0)
    )
    if by_day.height:
        last = (pl.col("day") != pl.col("day").shift(-1)) | (
            pl.col("group") != pl.col("group").shift(-1)
        )
        known = known.filter(last.fill_null(value=True))
    steps = known.with_columns(
        step=pl.when(is_next).then(pl.col("balance").diff()),
        moved=pl.when(is_next).then(pl.col("sum").diff()),
    )
    return steps.drop_nulls("step")
