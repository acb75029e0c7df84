"""What was assumed of a file, for a person to say otherwise before it counts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rescind.adapters.statements.currencies import THREE_DECIMALS
from rescind.adapters.statements.dates import Dates
from rescind.adapters.statements.numbers import Amounts
from rescind.adapters.statements.sides import SIDES, Sides
from rescind.adapters.statements.signs import SignedAmounts
from rescind.core.model.sentence import Sentence
from rescind.core.model.statement import SURE, THOUSANDTHS, Assumption

if TYPE_CHECKING:
    from rescind.adapters.statements.table_currencies import Currencies

_SURE_TURNED = 0.6
"""Sureness of a file's debits and credits where all its signs say the opposite."""
_SURE_SIGN, _SURE_TOTALS, _SURE_DAYS = 0.8, 0.4, 0.7
"""Sureness that ``$`` is the American dollar; that entries are whole though a total is
another one; that an entry without a day is of the day above it."""


def table_assumptions(
    dates: Dates,
    signed: SignedAmounts,
    sides: Sides,
    money: Sequence[Amounts],
    currencies: "Currencies",
) -> list[Assumption]:
    """Return what was assumed of a table; what the file itself says is none."""
    assumed: list[Assumption] = []
    if signed.values.is_empty():
        return assumed
    if dates.sureness < 1:
        assumed.append(date_assumption(dates))
    if signed.sureness < 1:
        other = "negative" if signed.spending == "positive" else "positive"
        assumed.append(_assumed("spending", signed.spending, signed, (other,)))
    if sides.sureness < 1:
        other = next(side for side in SIDES if side != sides.spending)
        assumed.append(_assumed("spending", sides.spending, sides, (other,)))
    doubtful = [each for each in money if each.sureness < 1]
    has_two = currencies.code and currencies.code not in THREE_DECIMALS
    assumed += [amount_assumption(each, has_two=bool(has_two)) for each in doubtful[:1]]
    assumed += _of_currency(currencies)
    return assumed


def date_assumption(dates: Dates) -> Assumption:
    """Return which order the dates were read in."""
    other = "MDY" if dates.order == "DMY" else "DMY"
    return _assumed("dates", dates.order, dates, (other,))


def amount_assumption(amounts: Amounts, *, has_two: bool) -> Assumption:
    """Return which sign was taken to part decimals.

    A currency with two decimals has no third one, so that three digits are thousands.
    """
    sureness = max(amounts.sureness, SURE) if has_two else amounts.sureness
    because = Sentence.of("assumed", "decimal_thousands", sign=amounts.decimal)
    other = "," if amounts.decimal == "." else "."
    return Assumption(
        field="decimal",
        value=amounts.decimal,
        sureness=sureness,
        because=because,
        choices=(other,),
    )


def days_assumption(code: str) -> Assumption:
    """Return that entries without a day were given one."""
    return Assumption(
        field="days",
        value="taken",
        sureness=_SURE_DAYS,
        because=Sentence.of("assumed", code),
    )


def total_assumption(what: str, stated: int, ours: int) -> Assumption:
    """Return that a total of the file's own is not what its entries come to."""
    because = Sentence.of(
        "assumed",
        "totals",
        what=what,
        stated=f"{stated / THOUSANDTHS:.2f}",
        ours=f"{ours / THOUSANDTHS:.2f}",
    )
    return Assumption(
        field="totals", value="go_on", sureness=_SURE_TOTALS, because=because
    )


def turned_assumption(spending: str) -> Assumption:
    """Return that a file's own types of entries are taken against its signs."""
    other = "negative" if spending == "positive" else "positive"
    return Assumption(
        field="spending",
        value=spending,
        sureness=_SURE_TURNED,
        because=Sentence.of("assumed", "spending_types"),
        choices=(other,),
    )


def skipped_assumption(where: str) -> Assumption:
    """Return that nothing is missing where balances do not follow from the entries."""
    return Assumption(
        field="totals",
        value="go_on",
        sureness=_SURE_TOTALS,
        because=Sentence.of("assumed", "skipped", where=where),
    )


def _of_currency(currencies: "Currencies") -> list[Assumption]:
    choices: tuple[str, ...] = ()
    if currencies.is_by_sign:
        code, sureness, choices = "currency_sign", _SURE_SIGN, ("CAD", "AUD")
    elif not currencies.code and currencies.values.null_count():
        code, sureness = "currency_none", 1.0
    else:
        return []
    because = Sentence.of("assumed", code)
    return [
        Assumption(
            field="currency",
            value=currencies.code,
            sureness=sureness,
            because=because,
            choices=choices,
        )
    ]


def _assumed(
    field: str,
    value: str,
    read: Dates | SignedAmounts | Sides,
    choices: tuple[str, ...],
) -> Assumption:
    return Assumption(
        field=field,
        value=value,
        sureness=read.sureness,
        because=Sentence.of("assumed", read.because),
        choices=choices,
    )
