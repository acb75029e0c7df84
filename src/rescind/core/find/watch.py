"""Watch: charges that come although the contract has ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from rescind.core.find import thresholds
from rescind.core.find.candidates import EPOCH, booked_text, without_prefixes
from rescind.core.find.clean import cleaned, fold
from rescind.core.find.payee import series_of
from rescind.core.find.same_payee import alike
from rescind.core.find.series import Charge, Series
from rescind.core.model.descriptor import Descriptors
from rescind.core.model.sentence import Sentence
from rescind.core.model.statement import THOUSANDTHS

_NAMELESS = frozenset({"@paypal", "@reseller", "@direct"})
"""Keys of billers that named nobody; Apple and Google bill too many things for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A contract that has ended, as far as is known."""

    merchant: str
    channel: str | None
    effective_on: date
    last_charge: tuple[str, int] | None
    """File and row of the last rightful charge."""
    amount: Decimal | None
    resumed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A charge that came after an end."""

    ended: int
    """0-based place of the contract among those given."""
    file: str
    row: int
    on: date
    amount: int
    """In thousandths, money out above zero."""
    currency: str
    because: tuple[Sentence, ...]


class _Book:
    """All charges, account by account, cleaned."""

    def __init__(self, entries: pl.DataFrame, descriptors: Descriptors) -> None:
        numbers, texts = cleaned(booked_text(entries), descriptors)
        texts = without_prefixes(texts, numbers, entries["account"].rank("dense"))
        table = entries.hstack(texts[numbers]).filter(pl.col("amount") <= 0)
        table = table.with_columns(
            day=pl.col("on").to_physical() + EPOCH, cost=-pl.col("amount")
        ).sort("account", "day")
        names = (
            *("account", "file", "row", "day", "cost", "currency"),
            *("key", "words", "merchant", "channel"),
        )
        self.columns = {name: table[name].to_list() for name in names}
        self.places: dict[tuple[str, int], int] = {}
        self.accounts: dict[str, list[int]] = {}
        places = zip(
            *(self.columns[n] for n in ("file", "row", "account")), strict=True
        )
        for at, (file, row, account) in enumerate(places):
            self.places.setdefault((file, row), at)
            self.accounts.setdefault(account, []).append(at)
        self.descriptors = descriptors

    def charge(self, at: int) -> Charge:
        """Return one charge."""
        return Charge(self.columns["day"][at], self.columns["cost"][at], at)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contract:
    """An ended contract as it stood on the statement."""

    number: int
    ended: Ended
    key: str
    words: str
    merchant: int | None
    cost: int
    last_day: int
    history: Series | None
    beside: frozenset[int]
    """Places of charges of other plans that the payee bills, which began before."""
    accounts: tuple[str, ...]


def alarms(
    entries: pl.DataFrame, ended: Sequence[Ended], descriptors: Descriptors
) -> list[Alarm]:
    """Return the charges that came after contracts had ended, in the order of these.

    A charge counts where its payee is the contract's and its amount the contract's
    price, or another price on its due day; under another name only where price and
    day are the same and that name was not there before. Nothing counts on or before
    the end, up to the last rightful charge, or from the day of a resumption.
    """
    if entries.is_empty():
        return []
    book = _Book(entries, descriptors)
    result: list[Alarm] = []
    claimed: set[int] = set()
    for number, each in enumerate(ended):
        contract = _contract(book, number, each)
        for at in _after(book, contract):
            grounds = _grounds(book, contract, at)
            if grounds and at not in claimed:
                claimed.add(at)
                result.append(_alarm(book, contract, at, grounds))
    return result


def _contract(book: _Book, number: int, ended: Ended) -> _Contract:
    at = book.places.get(ended.last_charge) if ended.last_charge else None
    if at is None:
        at = _last_before(book, ended)
    price = int(ended.amount * THOUSANDTHS) if ended.amount is not None else None
    if at is None:
        return _unplaced(book, number, ended, price or 0)
    columns = book.columns
    account, day = columns["account"][at], columns["day"][at]
    key, words = columns["key"][at], columns["words"][at]
    merchant = columns["merchant"][at]
    same = [
        place
        for place in book.accounts[account]
        if _is_payee(book, place, key, words, merchant)
    ]
    own = _history(book, same, at)
    return _Contract(
        number=number,
        ended=ended,
        key=key,
        words=words,
        merchant=merchant,
        cost=price or columns["cost"][at],
        last_day=day,
        history=own,
        beside=_beside(book, same, own, at),
        accounts=(account,),
    )


def _history(book: _Book, same: Sequence[int], at: int) -> Series | None:
    """Return the payee's series that a charge is the last of; None if of none."""
    days = book.columns["day"]
    series, _ = series_of([book.charge(p) for p in same if days[p] <= days[at]])
    return next((s for s in series if any(c.at == at for c in s.charges)), None)


def _last_before(book: _Book, ended: Ended) -> int | None:
    """Return the merchant's last charge up to the end, where nobody named it."""
    name = cleaned(pl.Series([ended.merchant]), book.descriptors)[1].row(0, named=True)
    end = ended.effective_on.toordinal()
    columns = book.columns
    before = [
        at
        for at, day in enumerate(columns["day"])
        if day <= end
        and columns["cost"][at]
        and name["words"]
        and _is_payee(book, at, name["key"], name["words"], name["merchant"])
    ]
    return max(before, key=columns["day"].__getitem__, default=None)


def _unplaced(book: _Book, number: int, ended: Ended, price: int) -> _Contract:
    """Return a contract whose last charge nobody named: its merchant's alone."""
    name = cleaned(pl.Series([ended.merchant]), book.descriptors)[1].row(0, named=True)
    return _Contract(
        number=number,
        ended=ended,
        key=name["key"] or "?",
        words=name["words"] or fold(ended.merchant),
        merchant=name["merchant"],
        cost=price,
        last_day=ended.effective_on.toordinal(),
        history=None,
        beside=frozenset(),
        accounts=tuple(book.accounts),
    )


def _beside(
    book: _Book, same: Sequence[int], own: Series | None, at: int
) -> frozenset[int]:
    """Return the charges of other plans at the payee that began before the end."""
    own_places = {c.at for c in own.charges} if own else {at}
    others, _ = series_of([book.charge(p) for p in same if p not in own_places])
    last = book.columns["day"][at]
    running = (s for s in others if sum(c.day <= last for c in s.charges) > 1)
    return frozenset(c.at for s in running for c in s.charges)


def _is_payee(book: _Book, at: int, key: str, words: str, merchant: int | None) -> bool:
    columns = book.columns
    if columns["key"][at] == key:
        return True
    if merchant is not None and columns["merchant"][at] is not None:
        return bool(columns["merchant"][at] == merchant)
    return alike(columns["words"][at], words)


def _after(book: _Book, contract: _Contract) -> list[int]:
    """Return the charges after the end that no resumption covers."""
    ended = contract.ended
    start = max(contract.last_day, ended.effective_on.toordinal())
    stop = ended.resumed_on.toordinal() if ended.resumed_on else None
    days = book.columns["day"]
    return [
        at
        for account in contract.accounts
        for at in book.accounts[account]
        if days[at] > start
        and (stop is None or days[at] < stop)
        and book.columns["cost"][at] > 0
    ]


def _grounds(book: _Book, contract: _Contract, at: int) -> Sentence | None:
    """Return why a charge is the ended contract's; None if it is not."""
    if not _is_payee(book, at, contract.key, contract.words, contract.merchant):
        return _under_another_name(book, contract, at)
    return None if at in contract.beside else _at_the_payee(book, contract, at)


def _at_the_payee(book: _Book, contract: _Contract, at: int) -> Sentence | None:
    """Return why a charge of the contract's own payee is the contract's."""
    day, cost = book.columns["day"][at], book.columns["cost"][at]
    step = abs(cost - contract.cost) / max(1, contract.cost)
    if contract.key.startswith("@") or _is_mixed(book, contract):
        is_same = step <= thresholds.AFTER_END_BILLER
        is_due = is_same and _is_due(contract, day, thresholds.AFTER_END_ROOM)
        return Sentence.of("find", "same_through_biller") if is_due else None
    if step <= _room(contract):
        return Sentence.of("find", "same_payee_and_amount")
    channels, history = book.columns["channel"], contract.history
    same_way = history and channels[at] == channels[history.charges[-1].at]
    may_be = same_way and step <= thresholds.AFTER_END_RISE
    is_due = may_be and _is_due(contract, day, thresholds.AFTER_END_RISE_ROOM)
    return Sentence.of("find", "another_amount_when_due") if is_due else None


def _room(contract: _Contract) -> float:
    """Return by how much an amount may differ and be the same, given its past."""
    charges = contract.history.charges if contract.history else []
    newest = {c.cost for c in charges[-thresholds.AFTER_END_NEWEST :]}
    if len(newest) == 1 and len(charges) >= thresholds.AFTER_END_CHARGES:
        return thresholds.AFTER_END_EXACT
    return thresholds.AFTER_END_DRIFT


def _is_due(contract: _Contract, day: int, room: int) -> bool:
    """Return whether a day is about a due day, within some periods of the last one."""
    if contract.history is None:
        return False
    rhythm = contract.history.rhythm
    off = rhythm.index(day)[1] - rhythm.lag
    soon = thresholds.AFTER_END_SOON * rhythm.days
    return abs(off) <= room and day - contract.last_day <= soon


def _under_another_name(book: _Book, contract: _Contract, at: int) -> Sentence | None:
    """Return why a charge under a new name is the contract's: price, day, and a hint.

    The hint is a biller that names nobody, or a word of the merchant's name.
    """
    columns = book.columns
    if columns["cost"][at] != contract.cost:
        return None
    if not _is_due(contract, columns["day"][at], thresholds.AFTER_END_ROOM):
        return None
    key = columns["key"][at]
    names = {*fold(contract.ended.merchant).split(), *contract.words.split()[:1]}
    words = {w for w in names if len(w) >= thresholds.AFTER_END_WORD}
    if key not in _NAMELESS and not words & set(columns["words"][at].split()):
        return None
    was_there = any(
        columns["key"][p] == key
        and columns["cost"][p] == contract.cost
        and columns["day"][p] <= contract.last_day
        for p in book.accounts[columns["account"][at]]
    )
    return None if was_there else Sentence.of("find", "same_under_new_name")


def _is_mixed(book: _Book, contract: _Contract) -> bool:
    """Return whether the merchant sells single things too."""
    if contract.merchant is None:
        return False
    return book.descriptors.merchants[contract.merchant].kind in {"mixed", "habit"}


def _alarm(book: _Book, contract: _Contract, at: int, grounds: Sentence) -> Alarm:
    columns, ended_on = book.columns, contract.ended.effective_on
    on = date.fromordinal(columns["day"][at])
    late = (on - ended_on).days
    return Alarm(
        ended=contract.number,
        file=columns["file"][at],
        row=columns["row"][at],
        on=on,
        amount=columns["cost"][at],
        currency=columns["currency"][at] or "",
        because=(
            grounds,
            Sentence.of("find", "after_end", days=late, ended_on=ended_on),
        ),
    )
