"""The web: one request, one answer, within a time and a size.

Redirects are few, and each address is looked at like the first: what the person set may
be anywhere, and where it leads to may not.
"""

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from rescind import __version__
from rescind.adapters.network.line import Forbidden, connect
from rescind.core.errors import PermanentError, TransientError

AGENT = f"Rescind/{__version__}"
MOST_REDIRECTS = 3
_SAME_METHOD = (307, 308)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of whom, and how much is taken for an answer."""

    url: str
    is_own: bool
    """Whether the person set this address; any other must not be a private one."""
    content: bytes | None = None
    """``None``: nothing is sent, something is fetched."""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 10.0
    """For the whole answer."""
    most_bytes: int = 200_000
    most_redirects: int = MOST_REDIRECTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back; a refusal is an answer too."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes


def ask(request: Request) -> Response:
    """Return the answer to a request.

    Raises TransientError where none comes in time, and PermanentError for an address
    that is not to be asked, or an answer that is too large.
    """
    until = time.monotonic() + request.seconds
    for _ in range(request.most_redirects + 1):
        reply = _ask_once(request, until)
        place = reply.headers.get("Location", "")
        if reply.status_code not in (301, 302, 303, *_SAME_METHOD) or not place:
            return reply
        request = _elsewhere(request, place, reply.status_code)
    raise PermanentError(request.url, "leads from one address to the next")


def _elsewhere(request: Request, place: str, status: int) -> Request:
    """Return the request as a redirect has it."""
    url = urljoin(request.url, place)
    before, after = urlsplit(request.url), urlsplit(url)
    if before.scheme == "https" and after.scheme != "https":
        raise PermanentError(request.url, "leads to an address without encryption")
    is_own = request.is_own and _origin(before) == _origin(after)
    content = request.content if status in _SAME_METHOD else None
    return replace(request, url=url, is_own=is_own, content=content)


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)


def _ask_once(request: Request, until: float) -> Response:
    if urlsplit(request.url).scheme not in _PORTS:
        raise PermanentError(request.url, "is no address of the web")
    if time.monotonic() >= until:
        raise TransientError(request.url, _too_long(request))
    with requests.Session() as session:
        # what the environment says of proxies and passwords is for the person's own
        session.trust_env = request.is_own
        for scheme in _PORTS:
            session.mount(f"{scheme}://", _Adapter(is_own=request.is_own))
        try:
            with _cut_off_at(until):
                return _answer(session, request, until)
        except (requests.RequestException, ValueError) as error:
            raise _in_words(request, error, until) from error


def _answer(session: requests.Session, request: Request, until: float) -> Response:
    left = until - time.monotonic()
    with session.request(
        "GET" if request.content is None else "POST",
        request.url,
        data=request.content,
        headers={"User-Agent": AGENT, **request.headers},
        timeout=max(left / 2, 0.1),
        stream=True,
        allow_redirects=False,
    ) as reply:
        content = b"".join(_parts(request, reply))
    if time.monotonic() >= until:
        # an answer without a stated length looks whole where its line was ended
        raise TransientError(request.url, _too_long(request))
    return Response(
        status_code=reply.status_code, headers=reply.headers, content=content
    )


def _parts(request: Request, reply: requests.Response) -> Iterator[bytes]:
    size = 0
    for part in reply.iter_content(8192):
        size += len(part)
        if size > request.most_bytes:
            what = f"answered with more than {request.most_bytes:,} bytes"
            raise PermanentError(request.url, what)
        yield part


def _in_words(
    request: Request, error: Exception, until: float
) -> PermanentError | TransientError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, Forbidden):
            return PermanentError(request.url, f"is not asked: {cause}")
        cause = cause.__cause__ or cause.__context__
    if time.monotonic() >= until:
        return TransientError(request.url, _too_long(request))
    return TransientError(request.url, f"did not answer: {type(error).__name__}")


def _too_long(request: Request) -> str:
    return f"took more than {request.seconds:.0f} seconds"


_OPEN = threading.local()
"""The lines of the request that a thread asks now, as second handles."""


@contextmanager
def _cut_off_at(until: float) -> Iterator[None]:
    """End every line at a moment: a limit for each read alone lets an answer drip."""
    lines: list[socket.socket] = []

    def cut() -> None:
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    _OPEN.lines = lines
    timer = threading.Timer(max(until - time.monotonic(), 0), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        _OPEN.lines = []
        for line in lines:
            line.close()


def _line_of(connection: HTTPConnection, *, is_own: bool) -> socket.socket:
    """Return the line that a connection of the library runs over."""
    timeout: Any = connection.timeout
    try:
        line = connect(
            connection._dns_host,  # noqa: SLF001 - without a closing dot's meaning lost
            connection.port,
            timeout=timeout,
            is_own=is_own,
        )
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, str(error)) from error
    except OSError as error:
        raise NewConnectionError(connection, str(error)) from error
    _OPEN.lines.append(line.dup())
    return line


class _OwnLine(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _line_of(self, is_own=True)


class _OwnLineOverTls(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _line_of(self, is_own=True)


class _PublicLine(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _line_of(self, is_own=False)


class _PublicLineOverTls(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _line_of(self, is_own=False)


class _OwnPool(HTTPConnectionPool):
    ConnectionCls = _OwnLine


class _OwnPoolOverTls(HTTPSConnectionPool):
    ConnectionCls = _OwnLineOverTls


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicLine


class _PublicPoolOverTls(HTTPSConnectionPool):
    ConnectionCls = _PublicLineOverTls


class _Adapter(HTTPAdapter):
    """Has requests connect by ``line.connect``."""

    POOLS: ClassVar = {
        True: {"http": _OwnPool, "https": _OwnPoolOverTls},
        False: {"http": _PublicPool, "https": _PublicPoolOverTls},
    }

    def __init__(self, *, is_own: bool) -> None:
        """Keep whose address it is."""
        self._is_own = is_own
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the library's own
        """Make the pool of connections, of our own kind."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self.POOLS[self._is_own]
