"""A line to a host: its name is resolved once, and what it resolves to is connected to.

Whatever is looked at between the two could be answered otherwise the second time (DNS
rebinding), so nothing is resolved twice. An address that the person did not set, out of
a certificate, a pack, a message or a redirect, never leads into a private network: it
could make this program act on a router, or read a cloud machine's credentials.
"""

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_COMPATIBLE = IPv6Network("::/96")
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Addresses of IPv4 within IPv6 (RFC 4291 section 2.5.5.1; RFC 6052 section 2.1)."""


class Forbidden(OSError):  # noqa: N818 - it says what the address is
    """An address within a private network, named by somebody else."""


def connect(
    host: str, port: int, *, timeout: float | None, is_own: bool
) -> socket.socket:
    """Return a connection to a host, at an address that was resolved this once.

    ``is_own`` says that the person set this address: it may be anywhere. Raises
    Forbidden for any other that leads into a private network, and OSError where nobody
    answers.
    """
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not is_own:
        # one private address among public ones is refused as well: which of them is
        # taken is up to whoever answered
        for row in rows:
            _require_public(host, str(row[4][0]))
    failure: OSError = OSError(f"{host} has no address")
    for family, kind, protocol, _, place in rows:
        line = socket.socket(family, kind, protocol)
        try:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.settimeout(timeout)
            line.connect(place)
        except OSError as error:
            line.close()
            failure = error
        else:
            return line
    raise failure


def _require_public(host: str, address: str) -> None:
    if not is_public(address):
        message = f"{host} leads into a private network ({address})"
        raise Forbidden(message)


def is_public(address: str) -> bool:
    """Return whether an address, as the system writes it, is one of the open network.

    >>> is_public("9.9.9.9"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    ip = ip_address(address.partition("%")[0])
    inside = list(_inside(ip))
    if inside:
        return all(is_public(str(each)) for each in inside)
    return ip.is_global and not ip.is_multicast


def _inside(ip: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    """Yield the address of IPv4 that one of IPv6 stands for, if it stands for one."""
    if isinstance(ip, IPv4Address):
        return
    if ip.ipv4_mapped or ip.sixtofour:
        yield from (each for each in (ip.ipv4_mapped, ip.sixtofour) if each)
    elif ip in _COMPATIBLE or ip in _TRANSLATED:
        yield IPv4Address(int(ip) & 0xFFFFFFFF)
