"""Lines that a library makes by itself: watched, in a process that does nothing else.

What makes its own connections cannot be handed one of ours. In a process of its own the
interpreter's sockets themselves look at each address, at the moment of connecting: no
name is resolved a second time. Code that opens lines without them is not seen.
"""

import socket
import ssl
from collections.abc import Callable
from typing import Any

from rescind.adapters.network.line import Forbidden, is_public

_INTERNET = (socket.AF_INET, socket.AF_INET6)


class Endless(OSError):  # noqa: N818 - what is wrong with it
    """What comes in has no end."""


def watch(is_own: Callable[[str], bool], most_bytes: int) -> None:
    """Refuse, from now on in this process, lines into private networks.

    ``is_own`` says of a host whether the person named it: that one may be anywhere.
    More than ``most_bytes`` that come in, over all lines, are refused as well.
    """
    own = _Own(is_own)
    own.watch_names()
    _watch_lines(own)
    _watch_bytes(most_bytes)


class _Own:
    """The addresses that the hosts of the person resolved to."""

    def __init__(self, is_own: Callable[[str], bool]) -> None:
        self._is_own = is_own
        self._resolve = socket.getaddrinfo
        self._addresses: set[str] = set()

    def watch_names(self) -> None:
        def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - socket's
            rows = self._resolve(host, *args, **kwargs)
            if self._is_own(_text(host)):
                self._addresses |= {str(row[4][0]) for row in rows}
            return rows

        socket.getaddrinfo = getaddrinfo

    def allowed(self, kind: int, place: Any) -> Any:  # noqa: ANN401 - any family's address
        """Return a place with its host resolved; raises Forbidden for a private one."""
        if kind not in _INTERNET:
            return place
        host = _text(place[0])
        rows = socket.getaddrinfo(host, place[1], kind)
        address = str(rows[0][4][0])
        if not is_public(address) and address not in self._addresses:
            message = f"{host} leads into a private network ({address})"
            raise Forbidden(message)
        return rows[0][4]


def _text(host: Any) -> str:  # noqa: ANN401 - bytes, text or nothing
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)


def _watch_lines(own: _Own) -> None:
    real = socket.socket
    begin, begin_quietly = real.connect, real.connect_ex
    send_to: Callable[..., int] = real.sendto

    def connect(line: socket.socket, place: Any) -> None:  # noqa: ANN401 - any family's address
        begin(line, own.allowed(line.family, place))

    def connect_ex(line: socket.socket, place: Any) -> int:  # noqa: ANN401 - any family's address
        return begin_quietly(line, own.allowed(line.family, place))

    def sendto(line: socket.socket, content: Any, *rest: Any) -> int:  # noqa: ANN401 - as socket's
        return send_to(line, content, *rest[:-1], own.allowed(line.family, rest[-1]))

    for watched in (connect, connect_ex, sendto):
        setattr(real, watched.__name__, watched)


def _watch_bytes(most: int) -> None:
    left = [most]

    def counted(read: Callable[..., Any]) -> Callable[..., Any]:
        def reading(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as socket's
            answer = read(*args, **kwargs)
            left[0] -= answer if isinstance(answer, int) else len(answer)
            if left[0] < 0:
                message = f"answered with more than {most:,} bytes"
                raise Endless(message)
            return answer

        return reading

    for of, names in (
        (socket.socket, ("recv", "recv_into")),
        (ssl.SSLSocket, ("read",)),
    ):
        for name in names:
            setattr(of, name, counted(getattr(of, name)))
