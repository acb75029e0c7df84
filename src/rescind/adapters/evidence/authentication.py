"""Who signed a message: DKIM (RFC 6376), ARC (RFC 8617) and SPF (RFC 7208).

Every answer of the DNS that a judgement rests on is kept with it, so that it can be
reached again without the network, also after the sender has taken the key away.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import datetime
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from ipaddress import ip_address
from types import SimpleNamespace
from typing import Any

import dkim
import spf

from rescind.adapters.evidence.dns import (
    DnsAnswer,
    Lookup,
    RecordedLookup,
    read_answer,
    text_answer,
)
from rescind.adapters.evidence.json import read_json
from rescind.core.errors import TransientError
from rescind.core.prove.digest import digest

FORMAT = "rescind-keys/1"
MOST_SIGNATURES = 5
MOST_BYTES = 25_000_000
MOST_HEADERS = 200_000
"""Bytes in all, beyond which nothing is judged: the time grows with their square."""
MOST_SIGNATURE = 10_000
"""Bytes of one signature; a longer one does not hold."""
LEAST_KEY = 1024
"""Bits of an RSA key (RFC 8301 section 3.2)."""
_NEWEST_LINES = 5
"""Of the Received lines, those that the reader's own servers wrote, at most."""
_NOW: ContextVar[float] = ContextVar("now", default=0.0)
dkim.time = SimpleNamespace(time=lambda: int(_NOW.get()))
"""dkimpy reads the clock for ``t=`` and ``x=``: it is told the moment to judge at."""


def _without_trailing_blanks(content: bytes) -> bytes:
    """Return a body without blanks at the ends of lines (RFC 6376 section 3.4.4)."""
    return re.sub(rb"[\t ]+", b" ", content).replace(b" \r\n", b"\r\n")


# dkimpy's own takes hours for one line of nine million blanks
dkim.canonicalization.strip_trailing_whitespace = _without_trailing_blanks
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_ADDRESS = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f.:]{3,45})\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One DKIM signature of a message."""

    domain: str
    selector: str
    result: str
    """``pass``, ``fail``, ``no_key``, or ``partial``: it covers the beginning only, or
    not the address in From (RFC 6376 section 5.4)."""
    is_aligned: bool
    """The domain that signed is the one of the address in From, or of its family."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authentication:
    """What a message's signatures and path show about its sender."""

    claims_from: str
    """The domain of the address in From; empty where there is not exactly one."""
    dkim: tuple[Signature, ...]
    arc: str
    """``pass``, ``fail`` or ``none``."""
    spf: str
    """As RFC 7208 section 2.6 has it, or ``unknown`` where no path can be read."""
    spf_domain: str

    @property
    def signed_by(self) -> str:
        """Return the domain whose signature holds for the address in From."""
        good = [s.domain for s in self.dkim if s.result == "pass" and s.is_aligned]
        return good[0] if good else ""

    @property
    def verdict(self) -> str:
        """Return ``signed``, ``signed_by_another``, ``broken`` or ``unsigned``."""
        if self.signed_by:
            return "signed"
        results = {signature.result for signature in self.dkim}
        if "pass" in results:
            return "signed_by_another"
        return "broken" if results else "unsigned"


def authenticate(raw: bytes, lookup: Lookup, *, at: datetime) -> Authentication:
    """Return who signed a message, judged at a moment, by the DNS behind ``lookup``.

    Raises TransientError when the DNS does not answer. A hostile message gives a
    result, never an error.
    """
    raw = raw[:MOST_BYTES]
    headers = _headers(raw)
    author = _author(headers)
    sender, client = _path(headers)
    with _judging_at(at):
        return Authentication(
            claims_from=author,
            dkim=tuple(_signatures(raw, author, lookup)),
            arc=_arc(raw, lookup),
            spf=_spf(client, sender, lookup),
            spf_domain=sender.rpartition("@")[2],
        )


@contextmanager
def _judging_at(at: datetime) -> Iterator[None]:
    token = _NOW.set(at.timestamp())
    try:
        yield
    finally:
        _NOW.reset(token)


def _headers(raw: bytes) -> Message:
    try:
        return BytesHeaderParser(policy=policy.compat32).parsebytes(raw)
    except (ValueError, IndexError, LookupError, RecursionError):
        return Message()


def _author(headers: Message) -> str:
    """Return the domain in From; nobody is guessed where there are several."""
    fields = [str(value) for value in headers.get_all("From", [])]
    try:
        authors = [address for _, address in getaddresses(fields) if "@" in address]
    except (ValueError, IndexError, RecursionError):
        return ""
    if len(fields) != 1 or len(authors) != 1:
        return ""
    return authors[0].rpartition("@")[2].strip("> \t").lower()


def _signatures(raw: bytes, author: str, lookup: Lookup) -> Iterator[Signature]:
    try:
        fields = _fields(raw)
    except dkim.DKIMException:
        return
    values = [value for name, value in fields if name.lower() == b"dkim-signature"]
    for place, value in enumerate(values[:MOST_SIGNATURES]):
        tags = _tags(value)
        domain = tags.get("d", "")
        yield Signature(
            domain=domain,
            selector=tags.get("s", ""),
            result=_result(raw, place, tags, lookup)
            if len(value) <= MOST_SIGNATURE
            else "fail",
            is_aligned=is_aligned(domain, author),
        )


def _fields(raw: bytes) -> list[tuple[bytes, bytes]]:
    """Return the fields of the headers; none where they are too long to be judged."""
    end = _EMPTY_LINE.search(raw[: MOST_HEADERS + 4])
    if end is None and len(raw) > MOST_HEADERS:
        return []
    fields, _ = dkim.rfc822_parse(raw[: end.end()] if end else raw)
    return [(name, value) for name, value in fields]


def signed_by_known(raw: bytes, keys: Mapping[str, str], *, at: datetime) -> str:
    """Return the domain of a message's author, if a key at hand signed for it.

    ``keys`` are TXT records by name, as the reader looked them up; nothing is asked.
    Empty where none of them signed.
    """

    def known(name: str, kind: str) -> DnsAnswer:
        return text_answer(name, kind, keys.get(name.lower().rstrip("."), ""), at)

    with _judging_at(at):
        author = _author(_headers(raw))
        signatures = list(_signatures(raw[:MOST_BYTES], author, known))
    return next(
        (
            each.domain
            for each in signatures
            if each.result == "pass" and each.is_aligned
        ),
        "",
    )


def _tags(value: bytes) -> dict[str, str]:
    try:
        tags = dkim.parse_tag_value(value)
    except Exception:  # noqa: BLE001 - hostile bytes make parsers raise anything
        return {}
    return {
        name.decode("ascii", "replace"): text.decode("ascii", "replace").lower()
        for name, text in tags.items()
    }


def _result(raw: bytes, place: int, tags: Mapping[str, str], lookup: Lookup) -> str:
    signature = dkim.DKIM(raw, minkey=LEAST_KEY)
    try:
        holds = signature.verify(place, dnsfunc=_keys(lookup))
    except TransientError:
        raise
    except Exception:  # noqa: BLE001 - hostile bytes make parsers raise anything
        holds = False
    if holds:
        covers_sender = "from" in re.split(r"[\s:]+", tags.get("h", ""))
        return "pass" if covers_sender and "l" not in tags else "partial"
    name = f"{tags.get('s', '')}._domainkey.{tags.get('d', '')}"
    return "fail" if lookup(name, "TXT").texts() else "no_key"


def _keys(lookup: Lookup) -> Callable[..., bytes | None]:
    def ask(name: bytes | str, timeout: float = 0) -> bytes | None:  # noqa: ARG001 - dkimpy's shape
        text = name.decode("ascii", "replace") if isinstance(name, bytes) else name
        return next(iter(lookup(text, "TXT").texts()), None)

    return ask


def is_aligned(domain: str, author: str) -> bool:
    """Return whether a signing domain and the one in From are of one family.

    Equal, or one below the other (relaxed alignment, RFC 7489 section 3.1.1).

    >>> is_aligned("mail.merchant.example", "merchant.example")
    True
    >>> is_aligned("othermerchant.example", "merchant.example")
    False
    """
    if not domain or not author or "." not in domain or "." not in author:
        return False
    return (
        domain == author
        or domain.endswith(f".{author}")
        or author.endswith(f".{domain}")
    )


def _arc(raw: bytes, lookup: Lookup) -> str:
    try:
        chains = [v for n, v in _fields(raw) if n.lower().startswith(b"arc-")]
        if any(len(value) > MOST_SIGNATURE for value in chains):
            return "fail"
        if not chains:
            return "none"
        chain, _, _ = dkim.arc_verify(raw, dnsfunc=_keys(lookup), minkey=LEAST_KEY)
    except TransientError:
        raise
    except Exception:  # noqa: BLE001 - hostile bytes make parsers raise anything
        return "fail"
    return {dkim.CV_Pass: "pass", dkim.CV_None: "none"}.get(chain, "fail")


def _path(headers: Message) -> tuple[str, str]:
    """Return who sent it by the envelope, and from where, by the reader's own server.

    Only the newest Received lines are looked at: those below are the sender's word.
    """
    sender = str(headers.get("Return-Path", "")).strip().strip("<>").lower()
    for line in headers.get_all("Received", [])[:_NEWEST_LINES]:
        for text in _ADDRESS.findall(str(line)):
            try:
                address = ip_address(text)
            except ValueError:
                continue
            if address.is_global or address.is_loopback:
                return sender, str(address)
    return sender, ""


def _spf(client: str, sender: str, lookup: Lookup) -> str:
    class Query(spf.query):  # type: ignore[misc]  # pyspf has no types
        def dns(self, name: str, kind: str, *_: object, **__: object) -> list[Any]:
            return _spf_records(lookup(str(name), kind))

    if not client or "@" not in sender:
        return "unknown"
    try:
        result = Query(i=client, s=sender, h="", timeout=0, querytime=0).check()[0]
    except TransientError:
        return "temperror"
    except Exception:  # noqa: BLE001 - hostile records make parsers raise anything
        return "permerror"
    return str(result)


def _spf_records(answer: DnsAnswer) -> list[Any]:
    match answer.kind:
        case "TXT":
            return [tuple(record.strings) for record in answer.records()]
        case "A" | "AAAA":
            return [str(record.address) for record in answer.records()]
        case "MX":
            return [(r.preference, _host(r.exchange)) for r in answer.records()]
        case "PTR":
            return [_host(record.target) for record in answer.records()]
        case _:
            return []


def _host(name: Any) -> str:  # noqa: ANN401 - dnspython's name
    return str(name).rstrip(".").lower()


def record(
    raw: bytes, authentication: Authentication, answers: list[DnsAnswer]
) -> bytes:
    """Return a judgement with all it rests on, to be kept with the message."""
    row = {
        "format": FORMAT,
        "message": digest(raw),
        "result": asdict(authentication),
        "dns": [answer.as_json() for answer in answers],
    }
    return json.dumps(row, ensure_ascii=False, indent=1).encode()


def judge_again(
    raw: bytes, judgement: bytes, *, at: datetime
) -> tuple[bool, Authentication]:
    """Judge a message again from its record: does it come out the same, and how.

    Raises ValueError for a record that cannot be read.
    """
    try:
        row = read_json(judgement)
        answers = [read_answer(item) for item in row["dns"]]
        authentication = authenticate(raw, RecordedLookup(answers), at=at)
        again = json.loads(json.dumps(asdict(authentication)))
        is_same = row["message"] == digest(raw) and row["result"] == again
    except (KeyError, TypeError, AttributeError, TransientError) as error:
        message = f"cannot be judged again: {error}"
        raise ValueError(message) from error
    return is_same, authentication


def in_words(sender: Authentication) -> str:
    """Return in a sentence what a message shows about its sender."""
    author = sender.claims_from or "nobody that can be read"
    signers = ", ".join(sorted({s.domain for s in sender.dkim})) or "somebody"
    return {
        "signed": f"Signed by {sender.signed_by} (DKIM), the domain it says it comes "
        "from: it left that domain's servers with these words.",
        "signed_by_another": f"Signed by {signers} (DKIM), but it says it comes from "
        f"{author}: the signature does not speak for that address.",
        "broken": f"It bears a signature of {signers} (DKIM) that does not hold: it "
        "was changed on the way, forged, or its key is gone.",
        "unsigned": f"Unsigned: nothing in it shows that it came from {author}.",
    }[sender.verdict]
