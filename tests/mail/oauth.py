"""A token endpoint on loopback: exchanges refresh tokens, and says whose they are."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

from tests.mail.servers import USER

REFRESH, ACCESS = "refresh-1", "access-1"


class Endpoint(BaseHTTPRequestHandler):
    """``/token`` as RFC 6749 has it, ``/introspect`` as RFC 7662 does."""

    asked: list[dict[str, list[str]]]

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        given = parse_qs(self.rfile.read(length).decode())
        self.asked.append(given)
        if self.path == "/introspect":
            good = given.get("token") == [ACCESS]
            self._say({"active": good, "username": USER, "sub": USER})
        elif given.get("refresh_token") == [REFRESH]:
            self._say({"access_token": ACCESS, "expires_in": 3600})
        else:
            self._say({"error": "invalid_grant"}, 400)

    def _say(self, said: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[tuple[str, list[dict[str, list[str]]]]]:
    """Lend the endpoint's address, and what it was asked."""
    asked: list[dict[str, list[str]]] = []
    handler = type("Own", (Endpoint,), {"asked": asked})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
