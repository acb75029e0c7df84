"""What a reverse proxy says of a request: believed of the proxies that are named only.

Anybody can send ``X-Forwarded-For``. Where no proxy is named, or the request came from
another address, every such header is dropped before anything reads it.
"""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TypeAlias
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from rescind.core.errors import BadInput

Network: TypeAlias = IPv4Network | IPv6Network
SCHEMES = frozenset({"http", "https"})


def read_networks(text: str) -> tuple[Network, ...]:
    """Return the networks in a list of addresses; raises BadInput for a wrong one."""
    networks = []
    for word in text.replace(",", " ").split():
        try:
            networks.append(ip_network(word))
        except ValueError as error:
            examples = ["127.0.0.1", "10.1.0.0/24", "fd00::/64"]
            raise BadInput(
                "RESCIND_PROXIES", f"{word!r} is no address or network", examples
            ) from error
    return tuple(networks)


class Proxies:
    """A WSGI application that knows the client and the scheme behind named proxies."""

    def __init__(self, inside: WSGIApplication, networks: Sequence[Network]) -> None:
        """Keep what is inside, and from where headers are believed."""
        self._inside = inside
        self._networks = tuple(networks)

    def __call__(
        self, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        """Pass a request on, without what it says of proxies, read where it counts."""
        plain = {name: v for name, v in environ.items() if not _is_forwarding(name)}
        if self._is_proxy(environ.get("REMOTE_ADDR", "")):
            schemes = _words(environ.get("HTTP_X_FORWARDED_PROTO", ""))
            if schemes and schemes[-1] in SCHEMES:
                plain["wsgi.url_scheme"] = schemes[-1]
            clients = _words(environ.get("HTTP_X_FORWARDED_FOR", ""))
            # each proxy adds on the right whom it saw: what is left of the first
            # stranger, that stranger wrote
            strangers = [each for each in clients if not self._is_proxy(each)]
            if strangers:
                plain["REMOTE_ADDR"] = strangers[-1]
        return self._inside(plain, start)

    def _is_proxy(self, address: str) -> bool:
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self._networks)


def _is_forwarding(name: str) -> bool:
    return name == "HTTP_FORWARDED" or name.startswith("HTTP_X_FORWARDED_")


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
