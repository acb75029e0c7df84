"""Receipts: mail is read, and what it tells of payments is kept."""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from rescind.adapters import clock
from rescind.adapters.data.words import why_not
from rescind.adapters.mail import inbox
from rescind.adapters.public.receipt import ReceiptJson, receipt_json
from rescind.adapters.settings.imap import INBOX, ImapAccount
from rescind.app.confined.mailboxes import read_headers, split
from rescind.app.find.finding import read_mail, receipts_of
from rescind.app.follow.reading import raw_messages
from rescind.core.errors import BadInput
from rescind.core.find.receipts import coming
from rescind.core.model.descriptor import Channel
from rescind.core.model.money import Money
from rescind.core.model.receipt import Receipt, ReceiptKind
from rescind.core.model.statement import ENTRIES
from rescind.core.prove.digest import digest
from rescind.settings import data_folder
from rescind.store import statements
from rescind.store.statements import Import, Ledger

FORMAT = "receipts"
_HEADERS = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|From|To|Date|Subject|MIME-Version"
    rb"|Message-ID|X-[\w-]+|ARC-[\w-]+|DKIM-Signature|Reply-To): ?[^\n]*\n",
    re.IGNORECASE,
)
MOST_UPLOADED = 5_000
"""Messages of an mbox that is uploaded; ``rescind spending`` takes larger ones."""
UPLOAD_SECONDS = 60
LOOK_BACK = timedelta(days=800)
"""How far back an inbox is searched: two years and what a yearly one needs."""


def keep_mail(names: Sequence[str], unread: Callable[[str], None]) -> Import:
    """Keep the receipts in files or folders of mail; raises BadInput for none.

    A message that cannot be read is named to ``unread`` in a sentence.
    """
    label = ", ".join(name.rpartition("/")[2] for name in names)
    return _keep(label, read_mail(names, unread))


def keep_content(name: str, content: bytes) -> Import:
    """Keep the receipts in a mail or an mbox; raises BadInput where there is none."""
    if not content.startswith(b"From "):
        return _keep(name, receipts_of(content, name))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "this mailbox"  # as the person reads it
        path.write_bytes(content)
        return _keep(name, _in_mbox(path, name))


def _in_mbox(path: Path, name: str) -> list[Receipt]:
    """Return the receipts in an mbox that was uploaded: somebody waits for them."""
    until, receipts = time.monotonic() + UPLOAD_SECONDS, list[Receipt]()
    for raw, label in raw_messages(path, MOST_UPLOADED):
        if time.monotonic() > until:
            message = why_not("mail_too_slow", name=name, seconds=UPLOAD_SECONDS)
            raise BadInput("mail", message)
        receipts += _of_one(raw, label)
    return receipts


def is_mail(content: bytes) -> bool:
    """Return whether a file is a mail or an mbox, by how it begins."""
    return content.startswith(b"From ") or bool(_HEADERS.match(content[:4000]))


def keep_inbox() -> Import:
    """Keep the receipts in the inbox that the person set up; it is left as it was.

    Raises BadInput where none is set up, OutsideError where it cannot be opened.
    """
    place = INBOX.read(data_folder())
    if place is None:
        raise BadInput("inbox", "none is set up", ["rescind mailbox inbox"])
    return _keep("inbox", list(_in_inbox(place)))


def _in_inbox(place: ImapAccount | Path) -> Iterator[Receipt]:
    since = clock.today() - LOOK_BACK
    with inbox.open_inbox(place, split) as box:
        headers = read_headers("are_receipts", box.headers(since), unread=False)
        for key in [key for key, is_receipt in headers if is_receipt]:
            raw = box.message(key)
            if raw is not None:
                yield from _of_one(raw, key)


def _of_one(raw: bytes, key: str) -> list[Receipt]:
    """Return a message's receipts; none where it cannot be read."""
    try:
        return receipts_of(raw, key)
    except BadInput:
        return []


def _keep(name: str, receipts: Sequence[Receipt]) -> Import:
    if not receipts:
        message = f"{name}: it has no receipt and no notice of a payment"
        raise BadInput("mail", message, ["receipts, invoices"])
    rows = [receipt_json(receipt) for receipt in receipts]
    layout = {
        "format": FORMAT,
        "entries": len(rows),
        "from": min(row["on"] for row in rows),
        "to": max(row["on"] for row in rows),
        "receipts": rows,
    }
    statement = statements.NewImport(
        name=name,
        digest=digest(repr(rows).encode()),
        entries=pl.DataFrame(schema=ENTRIES),
        layout=layout,
    )
    return statements.keep(statement, now=clock.now())


def receipts_in(ledger: Ledger) -> list[Receipt]:
    """Return the receipts of all mail that was read."""
    layouts = [each.layout for each in ledger.imports]
    return [
        _receipt(row)
        for layout in layouts
        if layout["format"] == FORMAT
        for row in layout["receipts"]
    ]


def announced(receipts: Sequence[Receipt]) -> list[ReceiptJson]:
    """Return what mail announces for days to come: trials that end, charges."""
    return [receipt_json(each) for each in coming(receipts, clock.today())]


def _receipt(row: Mapping[str, Any]) -> Receipt:
    amount = row["amount"]
    return Receipt(
        id=row["id"],
        kind=ReceiptKind(row["kind"]),
        on=date.fromisoformat(row["on"]),
        item=row["item"],
        merchant=row["merchant"],
        channel=Channel(row["channel"]),
        amount=amount
        and Money(amount=Decimal(amount["amount"]), currency=amount["currency"]),
        period=row["period"],
        comes_on=date.fromisoformat(row["comes_on"]) if row["comes_on"] else None,
    )
