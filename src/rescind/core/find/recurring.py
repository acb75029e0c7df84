"""From entries to recurring charges: candidates in columns, then payee by payee."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

import polars as pl

from rescind.core.find import thresholds
from rescind.core.find.as_written import as_written
from rescind.core.find.candidates import COLUMNS, Candidates, candidates
from rescind.core.find.clean import FLAGS
from rescind.core.find.explain import because, surer
from rescind.core.find.joining import follows
from rescind.core.find.judge import (
    Signs,
    counted,
    kind_of,
    steadiness,
    sureness,
    wavers,
)
from rescind.core.find.payee import series_of
from rescind.core.find.same_payee import alike, canonical
from rescind.core.find.series import Charge, Series
from rescind.core.find.state import rises, standing
from rescind.core.model.descriptor import Channel, Descriptors, Kind, Merchant
from rescind.core.model.money import Money
from rescind.core.model.recurring_charge import RecurringCharge, State
from rescind.core.model.sentence import Sentence
from rescind.core.model.statement import THOUSANDTHS, Place

_BILLERS = {"apple": "Apple", "google": "Google", "paypal": "PayPal"}
_BATCH = 400_000
"""Entries looked at together, or one account's where they are more."""
_NAME_WORDS = 4
"""Words of a text that a payee is called by, at most."""
Columns = Mapping[str, Sequence[Any]]


def recurring(
    entries: pl.DataFrame, descriptors: Descriptors, as_of: date | None = None
) -> list[RecurringCharge]:
    """Return what is paid for again and again, account by account.

    ``entries`` are in the form of ``ENTRIES`` with a column ``file``; ``account`` is
    filled. ``as_of`` is the day on which states are told: each account's last booked
    day where it is not given.
    """
    if entries.is_empty():
        return []
    ends = dict(entries.group_by("account").agg(pl.col("on").max()).iter_rows())
    return [
        finding
        for batch in _batches(entries)
        for account in _accounts(candidates(batch, descriptors), descriptors)
        for finding in account.findings(as_of or ends[account.name])
    ]


def _batches(entries: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield whole accounts, so many at a time that what they need stays small."""
    if entries.height <= _BATCH:
        yield entries
        return
    sizes = entries.group_by("account", maintain_order=True).len()
    number = (sizes["len"].cum_sum() - 1) // _BATCH
    for batch in sizes.with_columns(number=number).partition_by("number"):
        yield entries.filter(pl.col("account").is_in(batch["account"].implode()))


def _accounts(tables: Candidates, descriptors: Descriptors) -> Iterator["_Account"]:
    columns = {name: tables.charges[name].to_list() for name in COLUMNS}
    refunds: dict[tuple[str, str], list[Place]] = {}
    for row in tables.refunds.iter_rows(named=True):
        place = Place(
            file=row["file"],
            row=row["row"],
            on=date.fromordinal(row["day"]),
            amount=row["cost"],
        )
        refunds.setdefault((row["account"], row["key"]), []).append(place)
    names = columns["account"]
    for name, places in groupby(range(len(names)), key=names.__getitem__):
        common = tables.common.get(name, frozenset())
        yield _Account(name, list(places), columns, descriptors, (refunds, common))


class _Account:
    """One account's candidates."""

    def __init__(
        self,
        name: str,
        places: Sequence[int],
        columns: Columns,
        descriptors: Descriptors,
        beside: tuple[Mapping[tuple[str, str], list[Place]], frozenset[str]],
    ) -> None:
        self.name = name
        self.columns = columns
        self.descriptors = descriptors
        self.refunds, self.common = beside
        keys = columns["key"]
        self.groups: dict[str, list[int]] = {}
        for place in places:
            self.groups.setdefault(keys[place], []).append(place)

    def findings(self, end: date) -> list[RecurringCharge]:
        """Return what this account pays again and again."""
        day, cost = self.columns["day"], self.columns["cost"]
        of_payees: list[tuple[Series, str]] = []
        single: list[Charge] = []
        for key, places in canonical(self.groups).items():
            days, costs = map(day.__getitem__, places), map(cost.__getitem__, places)
            charges = list(map(Charge, days, costs, places))
            if len(charges) > 1:
                series, rest = series_of(charges)
                of_payees += [(s, key) for s in series]
            else:
                series, rest = [], charges
            if not series:
                single += rest
        contracts = [self._finding(each, end) for each in self._merged(of_payees)]
        trials = (self._trial(charge, end) for charge in single)
        return [each for each in (*contracts, *trials) if each is not None]

    def _merged(self, of_payees: list[tuple[Series, str]]) -> list[Series]:
        """Return series with those put together that go on under another name."""
        result: list[tuple[Series, str]] = []
        for series, key in sorted(of_payees, key=lambda pair: pair[0].first):
            for place in reversed(range(len(result))):
                before, before_key = result[place]
                if before_key == key or series.first <= before.last:
                    continue
                together = self._continues(before, series)
                if together:
                    result[place] = together, key
                    break
            else:
                result.append((series, key))
        return [series for series, _ in result]

    def _continues(self, before: Series, after: Series) -> Series | None:
        """Return both as one, where the second is the first under another name."""
        if after.first - before.last > thresholds.PAUSE * before.rhythm.days:
            return None
        one, two = self._merchant(before), self._merchant(after)
        if one is not None and two is not None and one is not two:
            return None
        related = alike(self._words(before), self._words(after))
        drift = thresholds.RENAMED_DRIFT * before.cost
        same = abs(before.cost - after.charges[0].cost) <= drift
        if not related and not (same and before.cost % THOUSANDTHS):
            return None
        pauses = thresholds.PAUSE if related else thresholds.RENAMED_PAUSE
        return follows(before, after, pauses=pauses, ratio=thresholds.RENAMED_RATIO)

    def _most(self, charges: Sequence[Charge], column: str) -> Any:  # noqa: ANN401 - a cell
        cells = self.columns[column]
        return _most_usual([cells[c.at] for c in charges])

    def _words(self, series: Series) -> str:
        return str(self._most(series.charges, "words"))

    def _merchant(self, series: Series) -> Merchant | None:
        cells = self.columns["merchant"]
        numbers = [n for c in series.charges if (n := cells[c.at]) is not None]
        return self.descriptors.merchants[_most_usual(numbers)] if numbers else None

    def _signs(self, series: Series) -> Signs:
        columns = self.columns
        places = [c.at for c in series.charges]
        flags = _flags_of_most([columns["flags"][p] for p in places])
        return Signs(
            merchant=self._merchant(series),
            flags=flags,
            channel=self._most(series.charges[-thresholds.NEWEST :], "channel"),
            currency=str(columns["currency"][places[-1]] or ""),
            steady=steadiness(series, flags),
            wavers=wavers(series),
            is_counted=counted(
                [columns["text"][p] for p in places], [c.day for c in series.charges]
            ),
        )

    def _finding(self, series: Series, end: date) -> RecurringCharge | None:
        signs = self._signs(series)
        kind = kind_of(series, signs)
        if kind is None:
            return None
        state, next_on = standing(series, end)
        words = self._words(series)
        places = self._places(series.charges)
        trial = self._places([series.trial]) if series.trial else ()
        return RecurringCharge(
            account=self.name,
            merchant=self._name(series, words, signs),
            service=(signs.merchant.service or None) if signs.merchant else None,
            kind=kind,
            channel=Channel(signs.channel),
            period=series.rhythm.iso,
            state=state,
            amount=money(series.cost, signs.currency),
            next_on=next_on,
            spread=series.rhythm.spread,
            transactions=(*trial, *places),
            price_rises=self._places(rises(series)),
            trial=trial,
            refunds=self._refunds(series),
            sureness=sureness(series, signs),
            because=because(series, signs, kind),
            surer=surer(series, signs),
            sells=signs.merchant.sells if signs.merchant else "",
            text=str(self.columns["text"][series.charges[-1].at]),
            words=words,
        )

    def _refunds(self, series: Series) -> tuple[Place, ...]:
        """Return what came back: no more than a price, and after the first charge."""
        keys = {self.columns["key"][c.at] for c in series.charges}
        back = [p for k in keys for p in self.refunds.get((self.name, k), ())]
        costs = {c.cost for c in series.charges}
        return tuple(
            sorted(
                p
                for p in back
                if -p.amount in costs and p.on.toordinal() >= series.first
            )
        )

    def _trial(self, charge: Charge, end: date) -> RecurringCharge | None:
        """Return a trial that runs: a test of the card, by who bills by contract."""
        number = self.columns["merchant"][charge.at]
        if number is None or charge.cost > thresholds.TRIAL:
            return None
        merchant = self.descriptors.merchants[number]
        if (
            merchant.kind != "subscription"
            or end.toordinal() - charge.day > thresholds.TRIAL_DAYS
        ):
            return None
        currency = str(self.columns["currency"][charge.at] or "")
        return RecurringCharge(
            account=self.name,
            merchant=merchant.name,
            service=merchant.service or None,
            kind=Kind.SUBSCRIPTION,
            channel=Channel(self.columns["channel"][charge.at]),
            period=None,
            state=State.TRIAL,
            amount=money(charge.cost, currency),
            next_on=None,
            spread=0,
            transactions=self._places([charge]),
            trial=self._places([charge]),
            sureness=thresholds.SURE_TRIAL,
            because=(Sentence.of("find", "running_trial"),),
            surer=(Sentence.of("find", "notice_of_trial"),),
            text=str(self.columns["text"][charge.at]),
            words=self.columns["words"][charge.at],
        )

    def _name(self, series: Series, words: str, signs: Signs) -> str:
        if signs.merchant is not None:
            return signs.merchant.name
        if signs.channel == Channel.APPLE:
            return _BILLERS[signs.channel]
        first, *rest = words.split() or [""]
        names = [first, *(word for word in rest if word not in self.common)]
        texts = [str(self.columns["text"][c.at]) for c in series.charges]
        name = as_written(names[:_NAME_WORDS], texts)
        return name or _BILLERS.get(signs.channel, "?")

    def _places(self, charges: Sequence[Charge]) -> tuple[Place, ...]:
        if not charges:
            return ()
        days, costs, at = zip(*charges, strict=True)
        files = map(self.columns["file"].__getitem__, at)
        rows = map(self.columns["row"].__getitem__, at)
        return tuple(map(Place, files, rows, map(date.fromordinal, days), costs))


def _most_usual(values: Sequence[Any]) -> Any:  # noqa: ANN401 - cells of a column
    """Return the value that is there most often; of equals, the first."""
    if values.count(values[0]) * 2 > len(values):
        return values[0]
    return Counter(values).most_common(1)[0][0]


def _flags_of_most(flags: Sequence[int]) -> int:
    """Return the flags that half of some texts have, or more."""
    different = Counter(flags)
    if len(different) == 1:
        return flags[0]
    common = 0
    for bit in range(len(FLAGS)):
        having = sum(n for each, n in different.items() if each >> bit & 1)
        if having * 2 >= len(flags):
            common |= 1 << bit
    return common


def money(cost: int, currency: str) -> Money:
    """Return thousandths as money; ``XXX`` is a currency that no statement names."""
    amount = Decimal(cost) / THOUSANDTHS
    return Money(amount=amount, currency=currency or "XXX").of(amount)
