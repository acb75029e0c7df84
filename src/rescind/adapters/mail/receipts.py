"""Mail becomes receipts: schema.org markup first, then what can be seen.

Markup: ``Order``, ``Invoice`` and ``Reservation`` in JSON-LD (schema.org), as shops put
it into their mail for mail programs. Apple and Google name the app behind their charge.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from quopri import decodestring
from typing import Any

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.mail.parse import parse_message
from rescind.core.follow.reading.days import find_days
from rescind.core.follow.reading.phrases import fold
from rescind.core.follow.reading.sums import find_money
from rescind.core.model.descriptor import Channel
from rescind.core.model.message import Message
from rescind.core.model.money import Money
from rescind.core.model.receipt import Receipt, ReceiptKind

_OPENS = re.compile(rb"<script[^<>]{0,400}>", re.IGNORECASE)
_MOST_MARKUP = 60_000
"""Bytes of one block of markup."""
_TYPES = frozenset({"Order", "Invoice", "ParcelDelivery", "Subscription"})
_MOST_LINES = 400
_DEEPEST = 6
_LONGEST_ITEM = 80


@cache
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = read_yaml(SHIPPED / "descriptors" / "receipts.yaml")
    return words


def read_receipts(raw: bytes, name: str) -> list[Receipt]:
    """Return what a message says is or will be paid; empty where it is no receipt.

    ``name`` stands for a missing Message-ID. Nothing is loaded from anywhere.
    """
    message = parse_message(raw, name)
    if message.at is None:
        return []
    channel = _channel(message.sender)
    receipts = list(_of_markup(raw, message, channel))
    if receipts:
        return receipts
    lines = [" ".join(line.split()) for line in message.text.splitlines()[:_MOST_LINES]]
    lines = [line for line in lines if line]
    kind = _kind(message.subject, lines)
    return [] if kind is None else list(_of_text(message, lines, kind, channel))


def looks_like_receipt(headers: bytes) -> bool:
    """Return whether headers alone make a message worth reading for a receipt."""
    subject = fold(parse_message(headers, "").subject)
    return any(_has(subject, name) for name in ("receipt", "trial", "renewal"))


def _channel(sender: str) -> Channel:
    domain = sender.rpartition("@")[2]
    for channel, hosts in _words()["billers"].items():
        if any(domain == host or domain.endswith(f".{host}") for host in hosts):
            return Channel(channel)
    return Channel.DIRECT


def _has(text: str, name: str) -> bool:
    return any(word in text for word in _words()[name])


_SUBJECTS = (
    ("trial", ReceiptKind.TRIAL),
    ("receipt", ReceiptKind.RECEIPT),
    ("renewal", ReceiptKind.RENEWAL),
)
"""What a subject's words say, the most certain first."""


def _kind(subject: str, lines: list[str]) -> ReceiptKind | None:
    """Return what a message is, by its subject; by its text where that is silent."""
    folded_subject = fold(subject)
    for name, kind in _SUBJECTS:
        if _has(folded_subject, name):
            return kind
    text = fold(" ".join(lines))[:6000]
    if _has(text, "total") and _has(text, "receipt") and find_money(text):
        return ReceiptKind.RECEIPT
    return None


def _of_text(
    message: Message, lines: list[str], kind: ReceiptKind, channel: Channel
) -> Iterator[Receipt]:
    sent_on = message.at.date() if message.at else date.min
    merchant = _merchant(message.sender)
    whole = Receipt(
        id=message.id,
        kind=kind,
        on=sent_on,
        item=(_paid_to(lines) if channel is Channel.PAYPAL else "") or merchant,
        merchant=merchant,
        channel=channel,
        amount=_total(lines),
        period=_period(fold(" ".join(lines))),
        comes_on=_coming(lines, sent_on),
    )
    items: list[tuple[str, Money, str]] = []
    if channel in {Channel.APPLE, Channel.GOOGLE} and kind is ReceiptKind.RECEIPT:
        items = list(_items(lines))
    for item, amount, near in items:
        period = _period(fold(near)) or whole.period
        yield replace(whole, item=item, amount=amount, period=period)
    if not items:
        yield whole


def _merchant(sender: str) -> str:
    """Return who sent a message: its domain's own name.

    >>> _merchant("billing@mail.lumen.co.uk"), _merchant("no-reply@sonant.com")
    ('Lumen', 'Sonant')
    """
    parts = sender.rpartition("@")[2].split(".")
    own = [part for part in parts[:-1] if part not in {"co", "com", "mail", "email"}]
    return (own or parts)[-1].title()


def _items(lines: list[str]) -> Iterator[tuple[str, Money, str]]:
    """Yield what a store's receipt lists: name, price, and the lines near them."""
    for place, line in enumerate(lines):
        amount = find_money(line)
        text = fold(line)
        if amount is None or not amount.amount or _has(text, "total"):
            continue
        if any(text.startswith(word) for word in _words()["not_items"]):
            continue
        name = _before_money(line) or _name_above(lines, place)
        if name:
            near = " ".join(lines[max(0, place - 2) : place + 3])
            yield name[:_LONGEST_ITEM], amount, near


def _before_money(line: str) -> str:
    """Return the words before a price on one line."""
    match = re.match(r"^(.{3,80}?)[\s:|]+(?:[A-Z]{3}\s?|[€£$¥₹]|R\$|US\$)\s?\d", line)
    words = match[1].strip(" -–|:") if match else ""
    return words if any(c.isalpha() for c in words) and not _is_label(words) else ""


def _name_above(lines: list[str], place: int) -> str:
    """Return the nearest line above a price that can be a name."""
    for line in reversed(lines[max(0, place - 4) : place]):
        is_name = not _is_label(line) and not find_money(line)
        if is_name and any(c.isalpha() for c in line):
            return line.partition("(")[0].strip()[:_LONGEST_ITEM]
    return ""


def _is_label(line: str) -> bool:
    text = fold(line)
    return (
        any(text.startswith(word) for word in _words()["not_items"])
        or _has(text, "renewal")
        or _period(text) is not None
    )


def _paid_to(lines: list[str]) -> str:
    """Return whom PayPal says was paid."""
    for line in lines[:60]:
        match = re.search(
            r"(?:payment (?:of .{2,20} )?to|sent .{2,20} to|zahlung (?:von .{2,20} )?an"
            r"|paiement (?:de .{2,20} )?[àa]|pago (?:de .{2,20} )?a) ([^.,(]{2,50})",
            line,
            re.IGNORECASE,
        )
        if match:
            return match[1].strip()
    return ""


def _total(lines: list[str]) -> Money | None:
    """Return the sum of the line that calls itself the total, or the only sum."""
    for word in _words()["total"]:
        for place, line in enumerate(lines):
            if word in fold(line):
                amount = find_money(line) or (
                    find_money(lines[place + 1]) if place + 1 < len(lines) else None
                )
                if amount:
                    return amount
    sums = {str(amount): amount for line in lines if (amount := find_money(line))}
    return next(iter(sums.values())) if len(sums) == 1 else None


def _period(text: str) -> str | None:
    """Return the length (ISO 8601) that a folded text names."""
    for period, words in _words()["periods"].items():
        if any(word in text for word in words):
            return str(period)
    return None


def _coming(lines: list[str], sent_on: date) -> date | None:
    """Return the day on which a trial ends or a charge comes, as a line says."""
    for place, line in enumerate(lines):
        text = fold(line)
        if not (_has(text, "renewal") or _has(text, "trial")):
            continue
        for near in (text, fold(" ".join(lines[place : place + 2]))):
            for words in tongues().figures:
                days = find_days(near, words.days, None)
                later = [day.on for day in days if day.on >= sent_on]
                if later:
                    return later[0]
    return None


def _of_markup(raw: bytes, message: Message, channel: Channel) -> Iterator[Receipt]:
    """Yield the orders and invoices in a message's JSON-LD (schema.org)."""
    content = raw if b"application/ld+json" in raw else decodestring(raw)
    if b"quoted-printable" in raw.lower():
        content = decodestring(raw)
    for block in _markup(content[:3_000_000]):
        try:
            tree = json.loads(block.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            continue
        for node in _nodes(tree, 0):
            receipt = _of_node(node, message, channel)
            if receipt:
                yield receipt


def _markup(content: bytes) -> Iterator[bytes]:
    """Yield the blocks of JSON-LD in HTML; each byte is looked at once or twice."""
    place, lower = 0, content.lower()
    while opened := _OPENS.search(content, place):
        place = opened.end()
        if b"application/ld+json" not in opened[0].lower():
            continue
        end = lower.find(b"</script>", place)
        if end < 0:
            return
        if end - place <= _MOST_MARKUP:
            yield content[place:end]
        place = end


def _nodes(tree: Any, depth: int) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - JSON
    if depth > _DEEPEST:
        return
    if isinstance(tree, list):
        for each in tree[:50]:
            yield from _nodes(each, depth + 1)
    elif isinstance(tree, dict):
        if tree.get("@type") in _TYPES:
            yield tree
        else:
            yield from _nodes(tree.get("@graph", []), depth + 1)


def _of_node(
    node: Mapping[str, Any], message: Message, channel: Channel
) -> Receipt | None:
    amount = _price(node)
    name = _name(node.get("merchant") or node.get("seller") or node.get("provider"))
    merchant = name or _merchant(message.sender)
    item = _name(_offer(node).get("itemOffered")) or _name(node.get("orderedItem"))
    if amount is None or message.at is None:
        return None
    day = str(node.get("orderDate") or node.get("paymentDueDate") or "")[:10]
    try:
        on = date.fromisoformat(day)
    except ValueError:
        on = message.at.date()
    return Receipt(
        id=message.id,
        kind=ReceiptKind.RECEIPT,
        on=on,
        item=(item or merchant)[:_LONGEST_ITEM],
        merchant=merchant[:_LONGEST_ITEM],
        channel=channel,
        amount=amount,
        period=_period(fold(f"{item} {message.subject}")),
        comes_on=None,
    )


def _name(value: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _price(node: Mapping[str, Any]) -> Money | None:
    total = node.get("totalPaymentDue")
    places = [node, total if isinstance(total, dict) else {}, _offer(node)]
    for place in places:
        price = place.get("price") or place.get("value")
        currency = place.get("priceCurrency") or place.get("currency")
        if price is None or not isinstance(currency, str):
            continue
        try:
            return Money(amount=Decimal(str(price)), currency=currency.upper())
        except (InvalidOperation, ValueError):
            continue
    return None


def _offer(node: Mapping[str, Any]) -> Mapping[str, Any]:
    offer = node.get("acceptedOffer")
    if isinstance(offer, list):
        offer = offer[0] if offer else None
    return offer if isinstance(offer, dict) else {}
