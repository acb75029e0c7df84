"""DNS: asks for the records that mail is judged by, and keeps each answer as it came.

What was answered is kept in wire format (RFC 1035 section 4), with the signatures of
DNSSEC where the zone has them (RFC 4035), so that anybody can judge again later.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rdatatype
import dns.resolver
import dns.rrset

from rescind.core.errors import BadInput, TransientError

SYSTEM = "system"
TIMEOUT = 5.0
"""Seconds for one question, all servers and tries together."""
MOST_QUESTIONS = 60
"""More than SPF (RFC 7208 section 4.6.4) and a few signatures need."""
_UNFRAGMENTED = 1232
"""Bytes of an answer by UDP that no network takes apart (IPv6's 1,280 less headers)."""
_NO_ANSWER = (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer)
_NOT_A_NAME = (
    dns.exception.SyntaxError,
    dns.name.NameTooLong,
    dns.name.IDNAException,
    UnicodeError,
)
NO_ANSWER = "no answer"
"""Stands for the server of a question that nobody answered in the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DnsAnswer:
    """What a server said to one question."""

    name: str
    kind: str
    """The type of record: ``TXT``, ``A``, ``MX`` and so on."""
    at: datetime
    server: str
    wire: bytes
    """The whole answer; empty where there is no such name."""

    def texts(self) -> list[bytes]:
        """Return each TXT record, its strings joined (RFC 6376 section 3.6.2.2)."""
        return [b"".join(record.strings) for record in self.records()]

    def records(self) -> list[Any]:
        """Return the records of the kind asked for, as dnspython has them."""
        if not self.wire:
            return []
        kind = dns.rdatatype.from_text(self.kind)
        message = dns.message.from_wire(self.wire, ignore_trailing=True)
        return [r for group in message.answer if group.rdtype == kind for r in group]

    def as_json(self) -> dict[str, str]:
        """Return the answer as it is kept."""
        return {
            "name": self.name,
            "type": self.kind,
            "at": self.at.isoformat(),
            "server": self.server,
            "answer": b64encode(self.wire).decode(),
        }


def read_answer(row: dict[str, str]) -> DnsAnswer:
    """Return a kept answer; raises KeyError or ValueError for any other row."""
    return DnsAnswer(
        name=row["name"],
        kind=row["type"],
        at=datetime.fromisoformat(row["at"]),
        server=row["server"],
        wire=b64decode(row["answer"], validate=True),
    )


def text_answer(name: str, kind: str, text: str, at: datetime) -> DnsAnswer:
    """Return the answer that a reader knows: one TXT record, or none if it is empty."""
    wire = b""
    if text and kind == "TXT":
        parts = [f'"{text[i : i + 200]}"' for i in range(0, len(text), 200)]
        message = dns.message.Message()
        message.answer = [
            dns.rrset.from_text(f"{name.rstrip('.')}.", 0, "IN", kind, " ".join(parts))
        ]
        wire = message.to_wire()
    return DnsAnswer(name=name, kind=kind, at=at, server="the reader", wire=wire)


Lookup = Callable[[str, str], DnsAnswer]
"""Answers a question of a name and a kind."""


@dataclass(slots=True)
class RecordedLookup:
    """Answers from what was kept; what was not asked then has no answer now."""

    answers: Sequence[DnsAnswer]

    def __call__(self, name: str, kind: str) -> DnsAnswer:
        """Return the kept answer."""
        name = _plain(name)
        for answer in self.answers:
            if (answer.name, answer.kind) == (name, kind):
                return answer
        raise TransientError("DNS", f"{name} {kind} was not asked for then")


@dataclass(slots=True)
class Resolver:
    """Asks the system's servers, or one that the person named; keeps every answer."""

    where: str
    now: Callable[[], datetime]
    is_retried: bool = True
    """A question that nobody answers is an error, to be asked again later; where it is
    not asked again, it has no answer, and that is kept."""
    answers: list[DnsAnswer] = field(default_factory=list)

    def __call__(self, name: str, kind: str) -> DnsAnswer:
        """Return what the server says; raises TransientError when it says nothing."""
        name = _plain(name)
        for answer in self.answers:
            if (answer.name, answer.kind) == (name, kind):
                return answer
        if len(self.answers) >= MOST_QUESTIONS:
            raise TransientError("DNS", "the message asks for too many records")
        answer = self._ask(name, kind)
        self.answers.append(answer)
        return answer

    def _ask(self, name: str, kind: str) -> DnsAnswer:
        resolver = resolver_for(self.where)
        server = f"{resolver.nameservers[0]}:{resolver.port}"
        wire = b""
        try:
            reply = resolver.resolve(name, kind, search=False)
            wire, server = reply.response.to_wire(), f"{reply.nameserver}:{reply.port}"
        except _NO_ANSWER:
            pass
        except _NOT_A_NAME:
            pass  # a name that cannot be asked for has no record
        except (dns.exception.DNSException, OSError) as error:
            if self.is_retried:
                what = f"did not answer for {name}: {type(error).__name__}"
                raise TransientError("DNS", what) from error
            server = NO_ANSWER
        return DnsAnswer(name=name, kind=kind, at=self.now(), server=server, wire=wire)


def resolver_for(where: str) -> dns.resolver.Resolver:
    """Return the resolver of a setting: ``system``, or an address with its port.

    Raises BadInput for what is neither.
    """
    if where == SYSTEM:
        resolver = dns.resolver.Resolver()
    else:
        host, _, port = where.rpartition(":")
        resolver = dns.resolver.Resolver(configure=False)
        try:
            resolver.nameservers = [host.strip("[]") or port]
            resolver.port = int(port) if host else 53
        except ValueError as error:
            message = f"{where!r} is no address of a DNS server"
            raise BadInput("dns", message, [SYSTEM, "127.0.0.1:53"]) from error
    resolver.lifetime = TIMEOUT
    resolver.use_edns(0, dns.flags.DO, _UNFRAGMENTED)
    return resolver


def _plain(name: str) -> str:
    return name.rstrip(".").lower()
