"""From entries to recurring charges: grouped in columns, judged one payee at a time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

import polars as pl

from rescind.core.find.clean import FLAGS, cleaned
from rescind.core.find.judge import Signs, counted, kind_of, steadiness, sureness
from rescind.core.find.series import Charge, Series, follows, series_of
from rescind.core.find.alike import alike, canonical
from rescind.core.model.descriptor import Channel, Descriptors, Kind, Merchant
from rescind.core.model.money import Money
from rescind.core.model.recurring import RecurringCharge, State
from rescind.core.model.statement import THOUSANDTHS, Place

_EPOCH = date(1970, 1, 1).toordinal()
_FEE = 1 << FLAGS.index("fee")
_DAYS_APART = 5
"""Purchases that come oftener than this on average are a habit, unless amounts repeat."""


def recurring(
    entries: pl.DataFrame, known: Descriptors, as_of: date | None = None
) -> list[RecurringCharge]:
    """Return what is paid for again and again, account by account.

    ``entries`` are in the form of ``ENTRIES`` with a column ``file``; ``account`` must
    be filled. ``as_of`` is the day on which the states are told: each account's last
    booked day where it is not given.
    """
    if entries.is_empty():
        return []
    table = _table(entries, known)
    ends = dict(entries.group_by("account").agg(pl.col("on").max()).iter_rows())
    found: list[RecurringCharge] = []
    for account in _Accounts(table, known):
        found += account.findings(as_of or ends[account.name])
    return found


def _table(entries: pl.DataFrame, known: Descriptors) -> pl.DataFrame:
    """Return the entries that may belong to a series, cleaned and in order."""
    joined = entries.select(
        pl.when(pl.col("kind").fill_null("") == "")
        .then(pl.col("text"))
        .otherwise(pl.col("text") + " " + pl.col("kind"))
    ).to_series()
    told = cleaned(joined, known)
    table = entries.with_row_index("place").hstack(told)
    kinds = {n: m.kind for n, m in enumerate(known.merchants)}
    table = table.filter((pl.col("flags") & _FEE) == 0)
    out = table.filter(pl.col("amount") <= 0).with_columns(
        cost=-pl.col("amount"),
        day=pl.col("on").to_physical() + _EPOCH,
        # a merchant's own kind speaks louder than what its texts have in common
        known_kind=pl.col("merchant").replace_strict(
            kinds, default="", return_dtype=pl.String
        ),
    )
    group = ["account", "key"]
    out = out.with_columns(
        n=pl.len().over(group),
        same=pl.len().over([*group, "cost"]),
        span=(pl.col("day").max() - pl.col("day").min()).over(group),
    )
    often = pl.col("n") * _DAYS_APART > pl.col("span") + 3 * _DAYS_APART
    single = (
        (pl.col("n") == 1)
        & (pl.col("known_kind") != "subscription")
        & (pl.col("channel") == "direct")
    )
    kept = out.filter(
        (~often | (pl.col("same") > 1) | (pl.col("known_kind") == "subscription"))
        & (pl.col("known_kind") != "habit")
    )
    del single
    return kept.sort("account", "key", "day", "place")


class _Accounts:
    """The table, account by account, as plain lists."""

    def __init__(self, table: pl.DataFrame, known: Descriptors) -> None:
        self.columns = {
            name: table[name].to_list()
            for name in (
                "account",
                "key",
                "day",
                "cost",
                "merchant",
                "channel",
                "flags",
                "words",
                "text",
                "file",
                "row",
                "currency",
            )
        }
        self.known = known
        self.height = table.height

    def __iter__(self) -> Iterator["_Account"]:
        names = self.columns["account"]
        for name, places in groupby(range(self.height), key=names.__getitem__):
            yield _Account(name, list(places), self)


class _Account:
    """One account's candidates."""

    def __init__(self, name: str, places: Sequence[int], table: _Accounts) -> None:
        self.name = name
        self.table = table
        self.columns = table.columns
        keys = self.columns["key"]
        groups: dict[str, list[int]] = {}
        for place in places:
            groups.setdefault(keys[place], []).append(place)
        self.groups = groups

    def findings(self, end: date) -> list[RecurringCharge]:
        """Return what this account pays again and again."""
        day, cost = self.columns["day"], self.columns["cost"]
        found: list[tuple[Series, list[str]]] = []
        leftover: list[tuple[str, Charge]] = []
        for key, places in canonical(self.groups).items():
            charges = [Charge(day[p], cost[p], p) for p in places]
            if len(charges) < 2:  # noqa: PLR2004 - a series needs two
                leftover += [(key, c) for c in charges]
                continue
            series, rest = series_of(charges)
            found += [(s, [key]) for s in series]
            leftover += [(key, c) for c in rest]
        merged = self._merged(found)
        told = [self._told(series, end) for series in merged]
        return [each for each in told if each is not None]

    def _merged(self, found: list[tuple[Series, list[str]]]) -> list[Series]:
        """Return series with those put together that go on under another name."""
        ordered = sorted(found, key=lambda pair: pair[0].first)
        done: list[tuple[Series, list[str]]] = []
        for series, keys in ordered:
            for place in range(len(done) - 1, -1, -1):
                before, before_keys = done[place]
                if before_keys[-1] == keys[0]:
                    continue
                together = self._continues(before, series)
                if together:
                    done[place] = together, [*before_keys, *keys]
                    break
            else:
                done.append((series, keys))
        return [series for series, _ in done]

    def _continues(self, before: Series, after: Series) -> Series | None:
        """Return both as one, where the second is the first under another name."""
        if after.first <= before.last:
            return None
        one, two = self._merchant(before), self._merchant(after)
        if one is not None and two is not None and one is not two:
            return None
        same = abs(before.cost - after.charges[0].cost) <= 0.02 * before.cost
        related = alike(self._words(before), self._words(after))
        if not related and not (same and before.cost % THOUSANDTHS):
            return None
        return follows(before, after, pauses=1.6 if not related else 4.5, ratio=1.6)

    def _most(self, series: Series, column: str) -> object:
        values = Counter(self.columns[column][c.at] for c in series.charges)
        return values.most_common(1)[0][0]

    def _words(self, series: Series) -> str:
        return str(self._most(series, "words"))

    def _merchant(self, series: Series) -> Merchant | None:
        numbers = Counter(
            n
            for c in series.charges
            if (n := self.columns["merchant"][c.at]) is not None
        )
        if not numbers:
            return None
        return self.table.known.merchants[numbers.most_common(1)[0][0]]

    def _told(self, series: Series, end: date) -> RecurringCharge | None:
        columns = self.columns
        count = len(series.charges)
        bits = Counter(
            bit
            for c in series.charges
            for bit in range(len(FLAGS))
            if columns["flags"][c.at] >> bit & 1
        )
        latest = series.charges[-3:]
        signs = Signs(
            merchant=self._merchant(series),
            flags=sum(1 << bit for bit, n in bits.items() if n * 2 >= count),
            channel=Counter(columns["channel"][c.at] for c in latest).most_common(1)[0][
                0
            ],
            currency=str(columns["currency"][series.charges[-1].at] or ""),
            steady=steadiness(series),
            is_counted=counted(
                [columns["text"][c.at].upper() for c in series.charges],
                [date.fromordinal(c.day).month for c in series.charges],
            ),
        )
        kind = kind_of(series, signs)
        if kind is None:
            return None
        state, next_on = _state(series, end)
        return RecurringCharge(
            account=self.name,
            merchant=self._name(series, signs),
            service=(signs.merchant.service or None) if signs.merchant else None,
            kind=kind,
            channel=Channel(signs.channel),
            period=series.rhythm.iso,
            state=state,
            amount=_money(series.cost, signs.currency),
            next_on=next_on,
            spread=series.rhythm.spread,
            transactions=tuple(
                self._place(c)
                for c in ([series.trial] if series.trial else []) + series.charges
            ),
            price_rises=tuple(self._place(c) for c in _rises(series)),
            trial=(self._place(series.trial),) if series.trial else (),
            sureness=sureness(series, signs),
            because=(),
            words=self._words(series),
        )

    def _name(self, series: Series, signs: Signs) -> str:
        if signs.merchant is not None:
            return signs.merchant.name
        words = self._words(series)
        if words:
            return words.title()
        return {"apple": "Apple", "google": "Google", "paypal": "PayPal"}.get(
            signs.channel, "?"
        )

    def _place(self, charge: Charge) -> Place:
        return Place(
            file=self.columns["file"][charge.at],
            row=self.columns["row"][charge.at],
            on=date.fromordinal(charge.day),
            amount=charge.cost,
        )


def _money(cost: int, currency: str) -> Money:
    amount = Decimal(cost) / THOUSANDTHS
    money = Money(amount=amount, currency=currency or "XXX")
    return money.of(amount)


def _rises(series: Series) -> list[Charge]:
    """Return the first charge at each higher price that stays."""
    charges = series.charges
    return [
        b
        for a, b, c in zip(charges, charges[1:], [*charges[2:], None], strict=False)
        if b.cost > a.cost * 1.02 and (c is None or c.cost >= b.cost * 0.98)
    ]


def _state(series: Series, end: date) -> tuple[State, date | None]:
    """Return how a series stands on a day, and when its next charge is expected."""
    kept = series.rhythm
    last_index, _ = kept.index(series.last)
    due = kept.expected(last_index + kept.step) + max(0, kept.lag)
    today = end.toordinal()
    if today - due > kept.grace:
        return State.ENDED, None
    return State.ACTIVE, date.fromordinal(max(due, today + 1)) + timedelta(0)
