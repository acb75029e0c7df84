"""Senders and details: forms and files become the core's values, line by line."""

import re
from collections.abc import Mapping
from typing import Any

from rescind.adapters.data import countries
from rescind.adapters.data.postal import format_lines
from rescind.adapters.data.printable import unprintable
from rescind.adapters.data.words import why_not
from rescind.adapters.input.charges import read_charges
from rescind.adapters.input.details import (
    ADDRESSES,
    DAYS,
    DETAILS,
    FURTHER,
    SUMS,
    TEXTS,
)
from rescind.adapters.input.text import check_line, clean_line, is_mark
from rescind.adapters.input.values import parse_when, read_money
from rescind.core.errors import BadInput
from rescind.core.model.facts import day_of
from rescind.core.model.letter import Authority, Details, Sender

MAX_LINES = 8
MAX_REASON = 2000
MAX_PARAGRAPHS = 20
MAIL = re.compile(
    r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\]+"
)
_FLAT = (
    *("street", "address_line1", "address_line2"),
    *("postal_code", "zip", "city", "region"),
)
"""Parts of an address that may stand beside the name."""
_ALIASES = {
    "full_name": "name",
    "address_lines": "address",
    "postal_address": "address",
    "postcode": "postal_code",
    "mail": "email",
}
"""Other names that senders go by in address books and forms."""
_NO_IDENTIFIERS = frozenset({"name", "email", "country", "phone", "address", *_FLAT})


def read_sender(raw: Mapping[str, Any]) -> Sender:
    """Return a sender from a mapping; raises BadInput naming the field.

    ``address`` is a text, a list of lines, or an object; its parts may also stand
    beside the name. What is not an address or a name is an identifier.
    """
    entries = {
        _ALIASES.get(name, name): value
        for name, value in raw.items()
        if value not in (None, "")
    }
    email = entries.get("email")
    if email is not None:
        email = read_address(str(email), "email")
    if "name" not in entries:
        raise BadInput("name", why_not("name_needed"), ["Ada Lovelace"])
    country = entries.get("country")
    lines = _address(entries)
    return Sender(
        name=clean(_text(entries["name"], "name"), "name"),
        address=lines,
        email=email,
        country=countries.place(str(country)) if country else None,
        phone=clean(str(entries["phone"]), "phone") if "phone" in entries else None,
        identifiers=_identifiers(entries, email),
    )


def read_address(text: str, field: str = "to") -> str:
    """Return an e-mail address; raises BadInput for any other text."""
    address = clean(text, field)
    if not MAIL.fullmatch(address):
        raise BadInput(
            field, why_not("no_mail_address", value=address), ["name@host.org"]
        )
    if not address.isascii():
        message = why_not("mail_address_not_ascii", value=address)
        raise BadInput(field, message, _in_ascii(address))
    return address


def _in_ascii(address: str) -> list[str]:
    """Return the address with its host in ASCII (RFC 3490), where that is enough."""
    user, _, host = address.rpartition("@")
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        return []
    return [f"{user}@{host}"] if user.isascii() else []


def _text(value: object, field: str) -> str:
    if isinstance(value, str):
        return value
    raise BadInput(field, why_not("text_needed", value=str(value)[:100]))


def _scalar(value: object, field: str) -> str:
    if isinstance(value, (str, int)):
        return str(value)
    raise BadInput(field, why_not("text_needed", value=str(value)[:100]))


def _address(entries: Mapping[str, Any]) -> tuple[str, ...]:
    address = entries.get("address")
    if isinstance(address, str):
        lines = address.splitlines()
    elif isinstance(address, Mapping):
        parts = {str(n): _scalar(v, "address") for n, v in address.items() if v}
        lines = _in_order(parts, entries)
    elif isinstance(address, list):
        lines = [_scalar(line, "address") for line in address]
    elif address is None:
        lines = _in_order(
            {n: _scalar(entries[n], n) for n in _FLAT if n in entries}, entries
        )
    else:
        raise BadInput("address", why_not("address_needed"))
    address_lines = tuple(clean(line, "address") for line in lines if line.strip())
    if len(address_lines) > MAX_LINES:
        message = why_not("too_many_lines", count=len(address_lines), most=MAX_LINES)
        raise BadInput("address", message)
    return address_lines


def _in_order(parts: Mapping[str, str], entries: Mapping[str, Any]) -> list[str]:
    """Return parts of an address as the sender's country orders them, where known."""
    by_name = {_PARTS.get(name, name): value for name, value in parts.items()}
    country = entries.get("country")
    if not country or not {"city", "postal_code"} <= by_name.keys():
        return list(parts.values())
    street = "\n".join(by_name[n] for n in _STREETS if n in by_name)
    code = countries.place(str(country))
    return list(format_lines(by_name | {"street": street}, code))


_PARTS = {"zip": "postal_code", "postcode": "postal_code", "state": "region"}
_STREETS = ("street", "address_line1", "address_line2")


def _identifiers(entries: Mapping[str, Any], email: str | None) -> dict[str, str]:
    identifiers = {
        name: clean(_scalar(value, name), name)
        for name, value in entries.items()
        if name not in _NO_IDENTIFIERS and not isinstance(value, bool)
    }
    if email is not None:
        identifiers.setdefault("account_email", email)
    last4 = identifiers.get("card_last4")
    if last4 is not None and not re.fullmatch(r"[0-9]{4}", last4):
        raise BadInput("card_last4", why_not("last_four"), [last4[-4:]])
    return identifiers


def clean(text: str, field: str) -> str:
    """Return one line that can be printed; raises BadInput for any other text."""
    line = clean_line(text, field)
    _check_glyphs(line, field)
    return line


def _check_glyphs(text: str, field: str) -> None:
    """Refuse what no font of ours can print: nothing falls back to boxes."""
    missing = unprintable(text)
    if missing:
        signs = [c for c in missing if not is_mark(c)] or missing
        raise BadInput(field, why_not("no_glyphs", signs=" ".join(signs[:5])))


def clean_paragraphs(text: str, field: str) -> tuple[str, ...]:
    """Return a person's text of several lines, a paragraph each; blank ones fall away.

    Raises BadInput as ``clean`` does, and for more than a page holds.
    """
    if len(text) > MAX_REASON:
        message = why_not("too_many_characters", count=len(text), most=MAX_REASON)
        raise BadInput(field, message)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MAX_PARAGRAPHS:
        message = why_not("too_many_lines", count=len(lines), most=MAX_PARAGRAPHS)
        raise BadInput(field, message)
    for line in lines:
        check_line(line, field)
        _check_glyphs(line, field)
    return tuple(lines)


def read_details(raw: Mapping[str, Any]) -> Details:
    """Return what a kind of letter needs beyond the purchase.

    Raises BadInput naming the field.
    """
    entries = {k: v for k, v in raw.items() if k in DETAILS and v not in (None, "")}
    texts: dict[str, Any] = {
        n: clean(_scalar(entries[n], n), n) for n in TEXTS if n in entries
    }
    sums = {n: read_money(entries[n], n) for n in SUMS if n in entries}
    days = {n: day_of(parse_when(str(entries[n]), n)) for n in DAYS if n in entries}
    reason = clean_paragraphs(_scalar(entries.get("reason", ""), "reason"), "reason")
    addresses: dict[str, Any] = {name: _lines(entries, name) for name in ADDRESSES}
    rest: dict[str, Any] = texts | sums | days
    return Details(
        reason=reason,
        authority=_authority(entries.get("authority")),
        further_charges=read_charges(str(entries.get(FURTHER, "")), FURTHER),
        **addresses,
        **rest,
    )


def _lines(entries: Mapping[str, Any], name: str) -> tuple[str, ...]:
    text = _scalar(entries.get(name, ""), name)
    return clean_paragraphs(text.replace(";", "\n"), name)


def _authority(value: object) -> Authority | None:
    if value is None:
        return None
    try:
        return Authority(str(value))
    except ValueError as error:
        names = [authority.value for authority in Authority]
        raise BadInput.unknown_value("authority", str(value), names) from error
