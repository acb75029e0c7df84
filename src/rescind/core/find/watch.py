"""Watch: charges that come although the contract has ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from rescind.core.find import thresholds
from rescind.core.find.billed import (
    is_near_due,
    is_of_store,
    last_at_store,
    own_rhythm,
)
from rescind.core.find.book import Book
from rescind.core.find.clean import fold
from rescind.core.find.ended import Alarm, Ended
from rescind.core.find.payee import series_of
from rescind.core.find.purchase_day import bought_on
from rescind.core.find.rhythm import Rhythm
from rescind.core.find.series import Series, near
from rescind.core.model.descriptor import Descriptors
from rescind.core.model.sentence import Sentence
from rescind.core.model.statement import THOUSANDTHS

_NAMELESS = frozenset({"@paypal", "@reseller", "@direct"})
"""Keys of billers that named nobody; Apple and Google bill too many things for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contract:
    """An ended contract as it stood on the statement."""

    number: int
    ended: Ended
    key: str
    words: str
    merchant: int | None
    cost: int
    """Its price in thousandths; 0 where it is not known."""
    last_day: int
    history: Series | None
    rhythm: Rhythm | None
    beside: frozenset[int]
    """Places of charges of other plans that the payee bills, which began before."""
    accounts: tuple[str, ...]
    is_guess: bool = False
    """It was known by its price alone, among all that a store bills."""

    def is_at_store(self, book: Book, at: int) -> bool:
        """Return whether a charge can be its store's for it."""
        # a last charge that somebody named says better how it stands there
        return self.ended.last_charge is None and is_of_store(book, at, self.ended)


def alarms(
    entries: pl.DataFrame, ended: Sequence[Ended], descriptors: Descriptors
) -> list[Alarm]:
    """Return the charges that came after contracts had ended, and those that may be.

    They stand in the order of the contracts.

    A charge counts where its payee is the contract's and its amount the contract's
    price, or another price on its due day; under another name only where price and
    day are the same and that name was not there before. A price or a name that has
    raised an alarm goes on doing so. Where a store bills, price and due day have to
    agree; where they do not, or no end was confirmed, it is not sure. Nothing counts
    on or before the end, up to the last rightful charge, or from the day of a
    resumption; nor what was due by then and is only booked later.
    """
    if entries.is_empty():
        return []
    book = Book(entries, descriptors)
    result: list[Alarm] = []
    claimed: set[int] = set()
    for number, each in enumerate(ended):
        contract = _contract(book, number, each)
        raised: list[int] = []
        for at in _after(book, contract):
            if at in claimed:
                continue
            grounds = _grounds(book, contract, at, raised)
            doubt = None if grounds else _doubt(book, contract, at, raised)
            is_sure = bool(grounds) and each.is_confirmed and not contract.is_guess
            if grounds:
                raised.append(at)
            if is_sure:
                claimed.add(at)
            if says := grounds or doubt:
                result.append(_alarm(book, contract, at, says, is_sure=is_sure))
    return result


def _contract(book: Book, number: int, ended: Ended) -> _Contract:
    at = book.places.get(ended.last_charge) if ended.last_charge else None
    if at is None:
        at = _last_before(book, ended)
    named = at is not None
    if at is None:
        at = last_at_store(book, ended)
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
        if book.is_payee(place, key, words, merchant)
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
        rhythm=own.rhythm if own else own_rhythm(ended),
        beside=_beside(book, same, own, at),
        accounts=(account,),
        is_guess=not named and own_rhythm(ended) is None,
    )


def _history(book: Book, same: Sequence[int], at: int) -> Series | None:
    """Return the payee's series that a charge is the last of; None if of none."""
    days = book.columns["day"]
    series, _ = series_of([book.charge(p) for p in same if days[p] <= days[at]])
    return next((s for s in series if any(c.at == at for c in s.charges)), None)


def _last_before(book: Book, ended: Ended) -> int | None:
    """Return the merchant's last charge up to the end, where nobody named it."""
    key, words, merchant = book.name(ended.merchant)
    end = ended.effective_on.toordinal()
    columns = book.columns
    before = [
        at
        for at, day in enumerate(columns["day"])
        if day <= end
        and columns["cost"][at]
        and words
        and book.is_payee(at, key, words, merchant)
    ]
    return max(before, key=columns["day"].__getitem__, default=None)


def _unplaced(book: Book, number: int, ended: Ended, price: int) -> _Contract:
    """Return a contract whose last charge nobody named: its merchant's alone."""
    key, words, merchant = book.name(ended.merchant)
    return _Contract(
        number=number,
        ended=ended,
        key=key or "?",
        words=words or fold(ended.merchant),
        merchant=merchant,
        cost=price,
        last_day=ended.effective_on.toordinal(),
        history=None,
        rhythm=own_rhythm(ended),
        beside=frozenset(),
        accounts=tuple(book.accounts),
    )


def _beside(
    book: Book, same: Sequence[int], own: Series | None, at: int
) -> frozenset[int]:
    """Return the charges of other plans at the payee that began before the end."""
    own_places = {c.at for c in own.charges} if own else {at}
    others, _ = series_of([book.charge(p) for p in same if p not in own_places])
    last = book.columns["day"][at]
    running = (s for s in others if sum(c.day <= last for c in s.charges) > 1)
    return frozenset(c.at for s in running for c in s.charges)


def _after(book: Book, contract: _Contract) -> list[int]:
    """Return the charges after the end that no resumption covers."""
    ended = contract.ended
    start = max(contract.last_day, ended.effective_on.toordinal())
    stop = ended.resumed_on.toordinal() if ended.resumed_on else None
    days = book.columns["day"]
    after = [
        at
        for account in contract.accounts
        for at in book.accounts[account]
        if days[at] > start
        and (stop is None or days[at] < stop)
        and book.columns["cost"][at] > 0
    ]
    return [at for at in after if not _is_late_only(book, contract, at)]


def _is_late_only(book: Book, contract: _Contract, at: int) -> bool:
    """Return whether a charge was due by the end, and only booked after it.

    The day of purchase in a card's text says so; else the rhythm, where the last charge
    that is known was of an earlier period.
    """
    day, ended_on = book.columns["day"][at], contract.ended.effective_on.toordinal()
    late = day - ended_on
    if late > thresholds.AFTER_END_LAG:
        return False
    bought = bought_on(book.columns["text"][at], day)
    if bought is not None:
        return bought <= ended_on
    if contract.history is None:
        return False
    rhythm = contract.history.rhythm
    index = rhythm.index(day)[0]
    is_next = index > rhythm.index(contract.last_day)[0]
    is_slow = rhythm.days >= thresholds.AFTER_END_LAG * thresholds.AFTER_END_LAGS
    return is_slow and is_next and rhythm.expected(index) < ended_on


def _grounds(
    book: Book, contract: _Contract, at: int, raised: Sequence[int]
) -> Sentence | None:
    """Return why a charge is the ended contract's; None if it is not.

    ``raised``: the places of those that are, so far.
    """
    is_payee = book.is_payee(at, contract.key, contract.words, contract.merchant)
    if not is_payee and not contract.is_at_store(book, at):
        return _under_another_name(book, contract, at, raised)
    if at in contract.beside:
        return None
    return _at_the_payee(book, contract, at, raised)


def _at_the_payee(
    book: Book, contract: _Contract, at: int, raised: Sequence[int]
) -> Sentence | None:
    """Return why a charge of the contract's own payee is the contract's."""
    day, cost = book.columns["day"][at], book.columns["cost"][at]
    step = abs(cost - contract.cost) / max(1, contract.cost)
    is_billed = contract.key.startswith("@") or contract.is_at_store(book, at)
    if is_billed or _is_mixed(book, contract):
        is_same = step <= thresholds.AFTER_END_BILLER
        since = _since(book, contract, raised)
        is_due = is_same and _is_due(contract, day, since, thresholds.AFTER_END_ROOM)
        return Sentence.of("find", "same_through_biller") if is_due else None
    if step <= _room(contract):
        return Sentence.of("find", "same_payee_and_amount")
    channels, history = book.columns["channel"], contract.history
    same_way = history and channels[at] == channels[history.charges[-1].at]
    if same_way and any(book.columns["cost"][p] == cost for p in raised):
        return Sentence.of("find", "another_amount_when_due")
    may_be = same_way and step <= thresholds.AFTER_END_RISE
    since = _since(book, contract, raised)
    is_due = may_be and _is_due(contract, day, since, thresholds.AFTER_END_RISE_ROOM)
    return Sentence.of("find", "another_amount_when_due") if is_due else None


def _doubt(
    book: Book, contract: _Contract, at: int, raised: Sequence[int]
) -> Sentence | None:
    """Return why a store's charge may be the contract's, though nothing makes it sure.

    The sum agrees and the day does not, or the day agrees and no price is known.
    """
    if at in contract.beside or not contract.is_at_store(book, at):
        return None
    cost, since = book.columns["cost"][at], _since(book, contract, raised)
    if near(cost, contract.cost, 1 + thresholds.AFTER_END_BILLER):
        return Sentence.of("find", "same_at_store")
    day, room = book.columns["day"][at], thresholds.AFTER_END_ROOM
    if contract.cost or not _is_due(contract, day, since, room):
        return None
    return Sentence.of("find", "due_at_store")


def _room(contract: _Contract) -> float:
    """Return by how much an amount may differ and be the same, given its past."""
    charges = contract.history.charges if contract.history else []
    newest = {c.cost for c in charges[-thresholds.AFTER_END_NEWEST :]}
    if len(newest) == 1 and len(charges) >= thresholds.AFTER_END_CHARGES:
        return thresholds.AFTER_END_EXACT
    return thresholds.AFTER_END_DRIFT


def _since(book: Book, contract: _Contract, raised: Sequence[int]) -> int:
    """Return the day of the last charge that is the contract's, rightful or not."""
    return book.columns["day"][raised[-1]] if raised else contract.last_day


def _is_due(contract: _Contract, day: int, since: int, room: int) -> bool:
    """Return whether a day is about a due day, within some periods of the last one."""
    if contract.rhythm is None:
        return False
    soon = thresholds.AFTER_END_SOON * contract.rhythm.days
    return is_near_due(contract.rhythm, day, room) and day - since <= soon


def _under_another_name(
    book: Book, contract: _Contract, at: int, raised: Sequence[int]
) -> Sentence | None:
    """Return why a charge under a new name is the contract's: price, day, and a hint.

    The hint is a biller that names nobody, or a word of the merchant's name. Of a name
    that raised an alarm, the same price is enough, whatever the day.
    """
    columns = book.columns
    key, cost = columns["key"][at], columns["cost"][at]
    told = Sentence.of("find", "same_under_new_name")
    is_named = not key.startswith("@")
    if is_named and any(columns["key"][p] == key for p in raised):
        return told if near(cost, contract.cost, 1 + _room(contract)) else None
    since = _since(book, contract, raised)
    if cost != contract.cost or not _is_due(
        contract, columns["day"][at], since, thresholds.AFTER_END_ROOM
    ):
        return None
    return told if _may_be(book, contract, at) else None


def _may_be(book: Book, contract: _Contract, at: int) -> bool:
    """Return whether a name can be the merchant's, and was not there before the end."""
    columns = book.columns
    key = columns["key"][at]
    names = {*fold(contract.ended.merchant).split(), *contract.words.split()[:1]}
    words = {w for w in names if len(w) >= thresholds.AFTER_END_WORD}
    if key not in _NAMELESS and not words & set(columns["words"][at].split()):
        return False
    return not any(
        columns["key"][p] == key
        and columns["cost"][p] == contract.cost
        and columns["day"][p] <= contract.last_day
        for p in book.accounts[columns["account"][at]]
    )


def _is_mixed(book: Book, contract: _Contract) -> bool:
    """Return whether the merchant sells single things too."""
    if contract.merchant is None:
        return False
    return book.descriptors.merchants[contract.merchant].kind in {"mixed", "habit"}


def _alarm(
    book: Book, contract: _Contract, at: int, grounds: Sentence, *, is_sure: bool
) -> Alarm:
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
        is_sure=is_sure,
    )
