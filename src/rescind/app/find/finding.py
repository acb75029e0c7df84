"""Finding: files become entries, entries what is paid for again and again."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import polars as pl

from rescind.adapters.data.claims import read_regions
from rescind.adapters.data.descriptors import descriptors
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.settings.profile import home_country
from rescind.adapters.statements.counts import Counts
from rescind.app import confined
from rescind.app.follow.reading import raw_messages
from rescind.app.know.check import catalogue
from rescind.core.errors import BadInput
from rescind.core.find.accounts import together
from rescind.core.find.ended import Alarm, Ended
from rescind.core.find.known_prices import KnownPrice, of_one_charge, yearly
from rescind.core.find.receipts import named, single
from rescind.core.find.recurring import recurring
from rescind.core.find.watch import alarms
from rescind.core.model.catalogue import is_in
from rescind.core.model.descriptor import Descriptors
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.receipt import Receipt
from rescind.core.model.recurring_charge import RecurringCharge
from rescind.core.model.statement import Statement
from rescind.settings import data_folder

CHANNELS = ("direct", "apple", "google", "paypal", "reseller")


def read_statements(
    names: Sequence[str], columns: Mapping[str, str] | None = None
) -> list[Statement]:
    """Return the statements in some files and folders.

    Raises BadInput naming file and line; where several cannot be read, each of them,
    so that nobody has to mend one to hear of the next.
    """
    statements, errors = [], []
    for name in files_in(names):
        try:
            statements.append(read_file(name, columns or {}))
        except BadInput as error:
            errors.append(error)
    refuse_unread(errors, len(statements) + len(errors))
    return statements


def refuse_unread(errors: Sequence[BadInput], count: int) -> None:
    """Raise BadInput where some of a number of files could not be read: for all."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        lines = [f"{len(errors)} of {count} files cannot be read:"]
        lines += [ENGLISH.say(error.message) for error in errors]
        raise BadInput("file", "\n  ".join(lines))


def files_in(names: Sequence[str]) -> list[str]:
    """Return the files, those in a folder one by one; hidden ones are passed over."""
    files = []
    for name in names:
        if not Path(name).is_dir():
            files.append(name)
            continue
        inside = [path for path in sorted(Path(name).iterdir()) if path.is_file()]
        inside = [path for path in inside if not path.name.startswith(".")]
        if not inside:
            raise BadInput("file", f"{name} is a folder without a file")
        files.extend(map(str, inside))
    return files


def read_file(name: str, columns: Mapping[str, str]) -> Statement:
    """Return the statement in one file; raises BadInput naming file and line."""
    statement: Statement = confined.run(
        "file",
        _limits(Path(name)),
        "statement_file",
        Path(name).absolute(),
        name,
        dict(columns),
    )
    return statement


def _limits(path: Path) -> confined.ReadingLimits:
    """Return what reading a file of one's own may take: the more, the larger it is."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    return confined.ReadingLimits(
        seconds=60 + size / 500_000,
        memory=1_500_000_000 + 30 * size,
        output=400_000_000 + 30 * size,
        counts=Counts(cells=5_000_000 + size, pages=400 + size // 10_000),
    )


def read_content(name: str, content: bytes, columns: Mapping[str, str]) -> Statement:
    """Return the statement in a file that was uploaded; raises BadInput naming it."""
    statement: Statement = confined.run(
        "file", UPLOADED, "statement", name, content, dict(columns)
    )
    return statement


UPLOADED = confined.ReadingLimits(seconds=30, memory=1_500_000_000)
MAIL = confined.ReadingLimits(seconds=10, memory=500_000_000, output=50_000_000)
"""For one message."""


def receipts_of(raw: bytes, name: str) -> list[Receipt]:
    """Return the receipts in a message; raises BadInput where it takes too much."""
    receipts: list[Receipt] = confined.run("mail", MAIL, "receipts", raw, name)
    return receipts


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
    if receipts and not entries.is_empty():
        findings = named(findings, receipts)
        findings += single(entries, findings, receipts, known())
    return [*findings, *of_one_charge(entries, findings, year_prices(), known())]


def read_mail(names: Sequence[str], unread: Callable[[str], None]) -> list[Receipt]:
    """Return the receipts in files and folders of mail; other mail is passed over.

    A message that cannot be read is named to ``unread`` in a sentence, and the others
    are read all the same. Raises BadInput where it is the only message.
    """
    receipts, faults, read = list[Receipt](), list[BadInput](), 0
    for name in names:
        for raw, label in raw_messages(Path(name)):
            try:
                receipts += receipts_of(raw, label)
                read += 1
            except BadInput as error:
                faults.append(error)
                unread(f"{label} is set aside: {error.message}")
    if faults and not read:
        raise faults[0]
    return receipts


def known() -> Descriptors:
    """Return what is known of descriptors, the user's own merchants first."""
    own = data_folder() / "catalogue-overlay"
    return descriptors(own if own.exists() else None, home_country() or None)


def year_prices() -> tuple[KnownPrice, ...]:
    """Return the prices of a year on file, of the person's country where it is known.

    Where it is not, the currency of the statement has to do.
    """
    home = home_country()
    return yearly(
        KnownPrice(
            service=each.slug,
            amount=Money(amount=Decimal(price.amount), currency=price.currency),
            period=Period.parse(price.period),
            seen_on=date.fromisoformat(price.seen_on),
        )
        for each in catalogue().all_names
        for price in each.prices
        if not home or is_in(home, read_regions(price.regions))
    )


def watch(statements: Sequence[Statement], ended: Path) -> list[Alarm]:
    """Return the charges on statements that came after the ends in a file."""
    contracts = _ended(ended, [each.file for each in statements])
    every = alarms(together(statements), contracts, known())
    return [alarm for alarm in every if alarm.is_sure]


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
    file = str(value.get("file", ""))
    if file in names:
        return file, value["row"]
    same = [name for name in names if Path(name).name == Path(file).name]
    if len(same) == 1:
        return same[0], value["row"]
    raise BadInput.unknown_value("last_charge", file, list(names))
