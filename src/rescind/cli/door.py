"""The door of the web app: who opens it with the run's link is let in, nobody else.

Loopback is shared by all users of a machine: without this, another of them could read
cases and act. The link bears a token that is made for one run and never leaves this
process but by what ``rescind serve`` prints and a file that only the user can read.
What the browser gets in its place is a cookie that other pages cannot read or use.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/start/"
OPEN = ("/static/", "/health", "/offline.worker.js")
"""Paths that tell nothing of anybody."""
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">{head}<title>{title}</title></head>
<body><p>{text}</p></body></html>"""
_HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)


class Door:
    """A WSGI application that lets in who has the run's link, or its cookie."""

    def __init__(self, inside: WSGIApplication, port: int) -> None:
        """Keep what is inside; ``port`` tells the cookies of two runs apart."""
        self._inside = inside
        self._token = token_urlsafe(32)
        self._cookie = f"rescind-{port}"

    @property
    def path(self) -> str:
        """Return the path that lets a browser in."""
        return f"{PREFIX}{self._token}"

    def __call__(
        self, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        """Answer a request, or let it through."""
        path = environ.get("PATH_INFO", "")
        if path.startswith(OPEN) or self._has_cookie(environ):
            return self._inside(self._without_token(environ), start)
        token, _, rest = path.removeprefix(PREFIX).partition("/")
        if not path.startswith(PREFIX) or not _is_same(token, self._token):
            text = (
                "Open the link that <code>rescind serve</code> printed when it began."
            )
            return _page(start, "403 Forbidden", "Rescind: not open here", text)
        cookie = f"{self._cookie}={self._value}; Path=/; HttpOnly; SameSite=Strict"
        if environ.get("wsgi.url_scheme") == "https":
            cookie += "; Secure"
        if not rest:
            head = '<meta http-equiv="refresh" content="0; url=/">'
            text = '<a href="/">Open Rescind</a>'
            return _page(start, "200 OK", "Rescind", text, head=head, cookie=cookie)

        def start_with_cookie(
            status: str,
            headers: list[tuple[str, str]],
            *more: Any,  # noqa: ANN401 - exc_info
        ) -> Callable[[bytes], object]:
            return start(status, [*headers, ("Set-Cookie", cookie)], *more)

        return self._inside({**environ, "PATH_INFO": f"/{rest}"}, start_with_cookie)

    @property
    def _value(self) -> str:
        """Return the cookie's value: made from the token, which it does not tell."""
        return sha256(f"cookie:{self._token}".encode()).hexdigest()

    def _has_cookie(self, environ: WSGIEnvironment) -> bool:
        try:
            cookies = SimpleCookie(environ.get("HTTP_COOKIE", ""))
        except CookieError:
            return False
        given = cookies.get(self._cookie)
        return given is not None and _is_same(given.value, self._value)

    def _without_token(self, environ: WSGIEnvironment) -> WSGIEnvironment:
        """Return a request whose path is without the run's prefix, if it has it."""
        path = environ.get("PATH_INFO", "")
        if not path.startswith(f"{self.path}/") and path != self.path:
            return environ
        return {**environ, "PATH_INFO": path.removeprefix(self.path) or "/"}


def _is_same(given: str, right: str) -> bool:
    return compare_digest(given.encode("utf-8", "replace"), right.encode())


def _page(
    start: StartResponse, status: str, title: str, text: str, **more: str
) -> Iterable[bytes]:
    headers = list(_HEADERS)
    if cookie := more.get("cookie"):
        headers.append(("Set-Cookie", cookie))
    content = _PAGE.format(title=title, text=text, head=more.get("head", "")).encode()
    start(status, [*headers, ("Content-Length", str(len(content)))])
    return [content]
