"""Behind a reverse proxy: only the named ones say who asks, and by which scheme."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from rescind.cli.proxies import Proxies, read_networks
from rescind.core.errors import BadInput
from tests.browser.walk import serving
from tests.conftest import find_program, needs
from tests.mail.servers import free_port

PROXY, OTHER, CLIENT = "10.1.0.7", "203.0.113.9", "198.51.100.4"


def seen(remote: str, trusted: str = "10.1.0.0/24", **headers: str) -> dict[str, Any]:
    """Return what the app sees of a request from an address with some headers."""
    inside: dict[str, Any] = {}

    def app(environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        inside.update(environ)
        return []

    names = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    request = {"REMOTE_ADDR": remote, "wsgi.url_scheme": "http", **names}
    Proxies(app, read_networks(trusted))(request, lambda *_: lambda _: None)
    return inside


def test_a_named_proxy_says_who_asks_and_how() -> None:
    told = seen(PROXY, x_forwarded_for=CLIENT, x_forwarded_proto="https")

    assert (told["REMOTE_ADDR"], told["wsgi.url_scheme"]) == (CLIENT, "https")


@pytest.mark.parametrize("trusted", ["", "10.1.0.0/24, ::1"])
def test_nobody_else_is_believed(trusted: str) -> None:
    told = seen(
        OTHER,
        trusted,
        x_forwarded_for="127.0.0.1",
        x_forwarded_proto="https",
        x_forwarded_host="evil.example",
        forwarded="for=127.0.0.1;proto=https",
    )

    assert (told["REMOTE_ADDR"], told["wsgi.url_scheme"]) == (OTHER, "http")
    assert not [name for name in told if "FORWARDED" in name]


def test_what_a_client_wrote_before_its_proxy_is_not_believed() -> None:
    chain = f"127.0.0.1, {CLIENT}, 10.1.0.9"

    assert seen(PROXY, x_forwarded_for=chain)["REMOTE_ADDR"] == CLIENT


@pytest.mark.parametrize("scheme", ["", "ftp", "https://x", "https, gopher"])
def test_a_scheme_that_is_none_changes_nothing(scheme: str) -> None:
    assert seen(PROXY, x_forwarded_proto=scheme)["wsgi.url_scheme"] == "http"


def test_a_host_from_a_proxy_is_never_taken() -> None:
    assert "HTTP_HOST" not in seen(PROXY, x_forwarded_host="evil.example")


@pytest.mark.parametrize("text", ["everybody", "10.1.0.7/24", "*", "10.1.0"])
def test_a_proxy_that_is_no_address_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_networks(f"127.0.0.1 {text}")

    assert caught.value.field == "RESCIND_PROXIES"
    assert text in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("RESCIND_ADDRESS", "rescind.example.org", ("serve", "--port", "0")),
        ("RESCIND_ADDRESS", "https://example.org/rescind", ("serve", "--port", "0")),
        ("RESCIND_PROXIES", "everybody", ("serve", "--port", "0")),
        ("RESCIND_LISTEN", "0.0.0.0", ("serve", "--host", "192.0.2.1")),
    ],
)
def test_a_setting_that_is_wrong_is_named(
    name: str, value: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rescind", *words, "--no-open"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "RESCIND_HOME": str(tmp_path), name: value},
        timeout=60,
    )

    assert done.returncode == 2
    assert (name if name != "RESCIND_LISTEN" else "--host") in done.stderr
    assert "Traceback" not in done.stderr


NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port};
    {location}
  }}
}}
"""


def of_the_page() -> str:
    """Return the location that docs/running.md tells people to write."""
    page = (Path(__file__).parents[2] / "docs" / "running.md").read_text("utf-8")
    block = page.partition("```nginx\n")[2].partition("\n```")[0]
    start = block.index("    location")
    return block[start : block.rindex("}")]


def test_the_page_s_nginx_lets_in_who_has_the_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("nginx")
    front = free_port()
    monkeypatch.setenv("RESCIND_PROXIES", "127.0.0.1")
    monkeypatch.setenv("RESCIND_ADDRESS", "https://rescind.example.org")
    back = free_port()
    location = of_the_page().replace("127.0.0.1:8000", f"127.0.0.1:{back}")
    # the test has no certificate: the scheme that nginx would say is said for it
    location = location.replace("$scheme", "https")
    config = tmp_path / "nginx.conf"
    text = NGINX.format(folder=tmp_path, port=front, location=location)
    config.write_text(text)
    nginx = str(find_program("nginx"))
    assert subprocess.run([nginx, "-t", "-c", config], check=False).returncode == 0

    with serving(tmp_path / "home", port=back) as link:
        started = subprocess.Popen([nginx, "-c", config])
        try:
            assert link.startswith("https://rescind.example.org/start/")
            path = "/" + link.split("/", 3)[3]
            entered = ask(front, path)
            given = str(entered[1]["Set-Cookie"])
            assert entered[0] == 200
            cookie = given.partition(";")[0]
            assert "Secure" in given
            cases = ask(front, "/cases/", Cookie=cookie)
            assert cases[0] == 200
            assert ask(front, "/cases/")[0] == 403
            forged = {"Cookie": cookie, "Host": "evil.example"}
            assert ask(front, "/cases/", **forged)[0] == 400
        finally:
            started.terminate()
            started.wait(20)


def ask(port: int, path: str, **headers: str) -> tuple[int, Any]:
    headers = {"Host": "rescind.example.org", **headers}
    for _ in range(100):
        with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
            try:
                connection.request("GET", path, headers=headers)
            except ConnectionRefusedError:  # nginx is not up yet
                time.sleep(0.05)
                continue
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.headers
    raise AssertionError("nginx does not answer")
