"""Mail providers on file: servers by the end of an address; nobody is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.yaml import read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where one signs in, how the line is encrypted, and as whom."""

    host: str
    port: int
    security: str
    """``tls`` or ``starttls``."""
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A mail provider, for one address."""

    name: str
    takes_password: bool
    """False where programs sign in by OAuth alone."""
    send: Server
    read: Server
    help: str | None
    """Where it says how an app password is made, or how programs are let in."""
    note: str | None


def provider_of(address: str) -> Provider | None:
    """Return the provider of an address; ``None`` where it is not on file.

    >>> provider_of("ada@gmail.com").send.host
    'smtp.gmail.com'
    >>> provider_of("ada@example.org") is None
    True
    """
    entry = _by_domain().get(address.rpartition("@")[2].lower())
    if entry is None:
        return None
    return Provider(
        name=entry["name"],
        takes_password=entry.get("takes_password", True),
        send=_server(entry["send"], address),
        read=_server(entry["read"], address),
        help=entry.get("help"),
        note=entry.get("note"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AppPassword:
    """Where a provider says how an app password is made, or how programs are let in."""

    name: str
    help: str
    note: str | None


@cache
def app_passwords() -> tuple[AppPassword, ...]:
    """Return where app passwords are made, in the order of the file.

    >>> [each.name for each in app_passwords()][:3]
    ['Gmail', 'iCloud', 'Yahoo']
    """
    return tuple(
        AppPassword(name=each["name"], help=each["help"], note=each.get("note"))
        for each in read_yaml(SHIPPED / "mailboxes.yaml")["providers"]
        if "help" in each
    )


def _server(entry: Mapping[str, Any], address: str) -> Server:
    user = address.partition("@")[0] if entry.get("user") else address
    return Server(
        host=entry["host"], port=entry["port"], security=entry["security"], user=user
    )


@cache
def _by_domain() -> Mapping[str, Mapping[str, Any]]:
    providers = read_yaml(SHIPPED / "mailboxes.yaml")["providers"]
    return {domain: entry for entry in providers for domain in entry["domains"]}
