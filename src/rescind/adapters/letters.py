"""Letter texts and senders: files and forms become the core's values."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rescind.adapters import places
from rescind.adapters.catalogue import SHIPPED
from rescind.adapters.yaml import read_yaml
from rescind.core.errors import BadInput
from rescind.core.model.letter import LetterText, Sender

KINDS = ("cancel",)
MAX_LINE = 200
MAX_LINES = 8
MAIL = re.compile(
    r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\]+"
)
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
_FLAT = (
    "street",
    "address_line1",
    "address_line2",
    "postal_code",
    "zip",
    "city",
    "region",
)
_ALIASES = {
    "full_name": "name",
    "address_lines": "address",
    "postal_address": "address",
    "postcode": "postal_code",
    "mail": "email",
}
"""Other names that senders go by in address books and forms."""
_KNOWN = frozenset({"name", "email", "country", "phone", "address", *_FLAT})


def read_letter_text(kind: str, language: str, root: Path = SHIPPED) -> LetterText:
    """Return the words of a letter; raises BadInput with the kinds or languages."""
    folder = root / "letters"
    kinds = sorted(path.name for path in folder.iterdir() if path.is_dir())
    if kind not in kinds:
        raise BadInput("kind", f"no letter of kind {kind!r} is written yet", kinds)
    languages = sorted(path.stem for path in (folder / kind).glob("*.yaml"))
    if language not in languages:
        message = f"no letter in {language!r} is written yet"
        raise BadInput("lang", message, languages)
    entry = read_yaml(folder / kind / f"{language}.yaml")
    paragraphs = tuple(
        (p["id"], p.get("when", ""), p["text"]) for p in entry["paragraphs"]
    )
    return LetterText(
        kind=kind,
        language=language,
        subject=entry["subject"],
        salutation=entry["salutation"],
        closing=entry["closing"],
        paragraphs=paragraphs,
        months=tuple(entry["months"]),
        date_format=entry["date_format"],
        reviewed=entry["reviewed"],
    )


def read_sender(raw: Mapping[str, Any]) -> Sender:
    """Return a sender from a mapping; raises BadInput naming the field.

    ``address`` is a text, a list of lines, or an object; its parts may also stand
    beside the name. What is not an address or a name is an identifier.
    """
    given = {
        _ALIASES.get(name, name): value
        for name, value in raw.items()
        if value not in (None, "")
    }
    email = given.get("email")
    if email is not None:
        email = read_address(str(email), "email")
    if "name" not in given:
        raise BadInput("name", "the sender's name is needed", ["Ada Lovelace"])
    country = given.get("country")
    lines = _address(given)
    return Sender(
        name=clean(_scalar(given["name"], "name"), "name"),
        address=lines,
        email=email,
        country=places.country_code(str(country)) if country else None,
        phone=clean(str(given["phone"]), "phone") if "phone" in given else None,
        identifiers=_identifiers(given, email),
    )


def read_address(text: str, field: str = "to") -> str:
    """Return an e-mail address; raises BadInput for what is none."""
    address = clean(text, field)
    if not MAIL.fullmatch(address):
        raise BadInput(field, f"{address!r} is no e-mail address", ["name@host.org"])
    if not address.isascii():
        message = f"{address!r} holds letters that not every mail server takes"
        raise BadInput(field, message, _in_ascii(address))
    return address


def _in_ascii(address: str) -> list[str]:
    """Return the address with its host in ASCII (RFC 3490), where that is enough."""
    user, _, host = address.rpartition("@")
    try:
        found = f"{user}@{host.encode('idna').decode()}"
    except UnicodeError:
        return []
    return [found] if found.isascii() else []


def _scalar(value: object, field: str) -> str:
    if isinstance(value, (str, int)):
        return str(value)
    raise BadInput(field, f"text is needed, not {type(value).__name__}")


def _address(given: Mapping[str, Any]) -> tuple[str, ...]:
    address = given.get("address")
    if isinstance(address, str):
        lines = address.splitlines()
    elif isinstance(address, Mapping):
        lines = [_scalar(v, "address") for v in address.values() if v]
    elif isinstance(address, list):
        lines = [_scalar(line, "address") for line in address]
    elif address is None:
        lines = [_scalar(given[name], name) for name in _FLAT if name in given]
    else:
        raise BadInput("address", "a text or a list of lines is needed")
    cleaned = tuple(clean(line, "address") for line in lines if line.strip())
    if len(cleaned) > MAX_LINES:
        raise BadInput("address", f"{len(cleaned)} lines; {MAX_LINES} at most")
    return cleaned


def _identifiers(given: Mapping[str, Any], email: str | None) -> dict[str, str]:
    found = {
        name: clean(_scalar(value, name), name)
        for name, value in given.items()
        if name not in _KNOWN and not isinstance(value, bool)
    }
    if email is not None:
        found.setdefault("account_email", email)
    last4 = found.get("card_last4")
    if last4 is not None and not re.fullmatch(r"[0-9]{4}", last4):
        raise BadInput("card_last4", "the last four digits, and no more", [last4[-4:]])
    return found


def clean(text: str, field: str) -> str:
    """Return one line of a person's text; raises BadInput for what is no text.

    Control characters and right-to-left overrides can forge headers and layouts;
    they are refused, not dropped, so that nothing is sent that was not typed.
    """
    stripped = text.strip()
    bad = [c for c in stripped if not c.isprintable() or c in BIDI]
    if bad:
        codes = ", ".join(sorted({f"U+{ord(c):04X}" for c in bad})[:5])
        raise BadInput(field, f"holds characters that cannot be printed: {codes}")
    if len(stripped) > MAX_LINE:
        raise BadInput(field, f"{len(stripped)} characters; {MAX_LINE} at most")
    return stripped
