"""Finding: files become entries, entries what is paid for again and again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import polars as pl

from rescind.adapters.data.descriptors import descriptors
from rescind.adapters.mail.receipts import read_receipts
from rescind.adapters.statements.reader import read_statement
from rescind.app.follow.reading import raw_messages
from rescind.core.errors import BadInput
from rescind.core.find.accounts import masked, together
from rescind.core.find.receipts import named, single
from rescind.core.find.recurring import recurring
from rescind.core.find.watch import Alarm, Ended, alarms
from rescind.core.model.descriptor import Descriptors
from rescind.core.model.money import Money
from rescind.core.model.receipt import Receipt
from rescind.core.model.recurring_charge import RecurringCharge
from rescind.core.model.statement import THOUSANDTHS, Place, Statement
from rescind.settings import data_folder

CHANNELS = ("direct", "apple", "google", "paypal", "reseller")


def read_statements(
    names: Sequence[str], given: Mapping[str, str] | None = None
) -> list[Statement]:
    """Return the statements in some files; raises BadInput naming file and line."""
    return [read_statement(Path(name), name, given) for name in names]


def find(
    statements: Sequence[Statement],
    as_of: date | None = None,
    receipts: Sequence[Receipt] = (),
) -> list[RecurringCharge]:
    """Return what is paid for again and again on these statements.

    Receipts name what a biller hides, and tell a period where one charge does not.
    """
    return with_receipts(together(statements), as_of, receipts)


def with_receipts(
    entries: pl.DataFrame, as_of: date | None, receipts: Sequence[Receipt]
) -> list[RecurringCharge]:
    """Return the findings among entries, with what receipts tell of them."""
    findings = recurring(entries, known(), as_of)
    if not receipts or entries.is_empty():
        return findings
    findings = named(findings, receipts)
    return [*findings, *single(entries, findings, receipts, known())]


def read_mail(names: Sequence[str]) -> list[Receipt]:
    """Return the receipts in files and folders of mail; other mail is passed over."""
    return [
        receipt
        for name in names
        for raw, label in raw_messages(Path(name))
        for receipt in read_receipts(raw, label)
    ]


def known() -> Descriptors:
    """Return what is known of descriptors, the user's own merchants first."""
    own = data_folder() / "catalogue-overlay"
    return descriptors(own if own.exists() else None)


def finding_json(found: RecurringCharge) -> dict[str, Any]:
    """Return a finding in the public form; the account's number is masked."""
    currency = found.amount.currency
    return {
        "account": masked(found.account),
        "merchant": found.merchant,
        "service": found.service,
        "kind": found.kind.value,
        "channel": found.channel.value,
        "period": found.period,
        "state": found.state.value,
        "amount": money_json(found.amount),
        "next_on": found.next_on.isoformat() if found.next_on else None,
        "spread_days": found.spread,
        "transactions": _places(found.transactions, currency),
        "price_rises": _places(found.price_rises, currency),
        "trial": _places(found.trial, currency),
        "refunds": _places(found.refunds, currency),
        "sureness": found.sureness,
        "because": list(found.because),
        "surer": list(found.surer),
    }


def money_json(money: Money) -> dict[str, str] | None:
    """Return money in the public form; None where no statement names the currency."""
    currency = None if money.currency == "XXX" else money.currency
    return {"amount": str(money.amount), "currency": currency}  # type: ignore[dict-item]


def _places(places: Sequence[Place], currency: str) -> list[dict[str, Any]]:
    return [
        {
            "file": place.file,
            "row": place.row,
            "on": place.on.isoformat(),
            "amount": _thousandths(place.amount, currency),
        }
        for place in places
    ]


def _thousandths(amount: int, currency: str) -> dict[str, str] | None:
    value = Decimal(amount) / THOUSANDTHS
    money = Money(amount=value, currency=currency or "XXX")
    return money_json(money.of(value))


def layout_json(statement: Statement) -> dict[str, Any]:
    """Return how a file was understood, for a person to confirm."""
    layout = statement.layout
    entries = statement.entries
    return {
        "file": statement.file,
        "format": layout.format,
        "bank": layout.bank or None,
        "encoding": layout.encoding or None,
        "delimiter": layout.delimiter or None,
        "columns": [
            {"role": role, "column": column} for role, column in layout.columns
        ],
        "dates": layout.dates,
        "dates_sure": layout.dates_sure,
        "decimal": layout.decimal or None,
        "spending": layout.spending,
        "entries": entries.height,
        "from": entries["on"].min().isoformat() if entries.height else None,  # type: ignore[union-attr]
        "to": entries["on"].max().isoformat() if entries.height else None,  # type: ignore[union-attr]
        "out": str(
            Decimal(-int(entries.filter(entries["amount"] < 0)["amount"].sum()))
            / THOUSANDTHS
        ),
        "in": str(
            Decimal(int(entries.filter(entries["amount"] > 0)["amount"].sum()))
            / THOUSANDTHS
        ),
        "checked": list(statement.checked),
        "notes": list(statement.notes),
    }


def watch(names: Sequence[str], ended: Path) -> Iterator[dict[str, Any]]:
    """Yield the charges that came after the ends in a file, in the public form."""
    contracts = _ended(ended, names)
    entries = together(read_statements(names))
    for alarm in alarms(entries, contracts, known()):
        yield alarm_json(alarm)


def alarm_json(alarm: Alarm) -> dict[str, Any]:
    """Return an alarm in the public form."""
    return {
        "ended": alarm.ended,
        "file": alarm.file,
        "row": alarm.row,
        "on": alarm.on.isoformat(),
        "amount": _thousandths(alarm.amount, alarm.currency),
        "because": list(alarm.because),
    }


def _ended(path: Path, names: Sequence[str]) -> list[Ended]:
    """Return the contracts in a file of JSON Lines; raises BadInput with the line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadInput("ended", f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadInput("ended", f"{path} is no UTF-8 text") from error
    return [
        _contract(line, number, names)
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]


def _contract(line: str, number: int, names: Sequence[str]) -> Ended:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadInput("ended", f"line {number} is no JSON: {error}") from error
    if not isinstance(row, dict):
        raise BadInput("ended", f"line {number} is no object", ['{"merchant": "…"}'])
    if row.get("channel") not in {*CHANNELS, None}:
        raise BadInput.unknown_value("channel", str(row["channel"]), CHANNELS)
    effective = _day(row.get("effective_on"), "effective_on", number)
    if effective is None:
        message = f"line {number}: the day of the end is missing"
        raise BadInput("effective_on", message, ["2026-03-31"])
    return Ended(
        merchant=str(row.get("merchant") or ""),
        channel=row.get("channel"),
        effective_on=effective,
        last_charge=_place(row.get("last_charge"), number, names),
        amount=_amount(row.get("amount"), number),
        resumed_on=_day(row.get("resumed_on"), "resumed_on", number),
    )


def _day(value: Any, field: str, number: int) -> date | None:  # noqa: ANN401 - JSON
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise BadInput(
            field, f"line {number}: {value!r} is no day", ["2026-03-31"]
        ) from error


def _amount(value: Any, number: int) -> Decimal | None:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        value = value.get("amount")
    if value is None:
        return None
    try:
        return abs(Decimal(str(value)))
    except InvalidOperation as error:
        raise BadInput(
            "amount", f"line {number}: {value!r} is no amount", ["13.50"]
        ) from error


def _place(value: Any, number: int, names: Sequence[str]) -> tuple[str, int] | None:  # noqa: ANN401 - JSON
    """Return file and row of a charge; a file's last part is enough to name it."""
    if value is None:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("row"), int):
        raise BadInput(
            "last_charge",
            f"line {number}: file and row are missing",
            ['{"file": "a.csv", "row": 12}'],
        )
    wanted = str(value.get("file", ""))
    if wanted in names:
        return wanted, value["row"]
    same = [name for name in names if Path(name).name == Path(wanted).name]
    if len(same) == 1:
        return same[0], value["row"]
    raise BadInput.unknown_value("last_charge", wanted, list(names))
