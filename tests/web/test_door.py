"""Who has the run's link is let in, and nobody else who can reach the port."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import pytest

from rescind.cli.door import Door
from rescind.settings import write_private
from tests.browser.walk import serving


@pytest.fixture(scope="module")
def link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("home")) as found:
        yield found


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes


def ask(link: str, path: str, cookie: str = "", method: str = "GET") -> Answer:
    with closing(HTTPConnection(link.split("/")[2], timeout=20)) as connection:
        connection.request(method, path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        body = answer.read()
        return Answer(status=answer.status, headers=answer.headers, body=body)


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def cookie_of(link: str) -> str:
    return str(ask(link, path_of(link)).headers["Set-Cookie"]).split(";")[0]


def test_without_the_link_nobody_sees_or_does_anything(link: str) -> None:
    paths = ["/", "/cases/", "/spending/", "/start/", "/start/x", "/start/x/cases/"]
    for path in [*paths, "/static/../cases/", "//cases/", "/metrics", "/worker/"]:
        assert ask(link, path).status in (403, 404), path
    for method in ("POST", "PUT", "DELETE", "HEAD", "OPTIONS"):
        assert ask(link, "/cases/", method=method).status == 403
    for cookie in ("rescind=x", "; =", "rescind-1=x", "\xff=\xff", "a" * 5000):
        assert ask(link, "/cases/", cookie).status == 403
    assert "rescind serve" in ask(link, "/").body.decode()


def test_the_link_becomes_a_cookie_that_no_page_can_read(link: str) -> None:
    answer = ask(link, path_of(link))
    given = str(answer.headers["Set-Cookie"])
    cookie = given.split(";", maxsplit=1)[0]

    assert answer.status == 200
    assert b'url=/"' in answer.body
    assert "HttpOnly" in given
    assert "SameSite=Strict" in given
    assert link.rpartition("/")[2] not in given
    assert ask(link, "/cases/", cookie).status == 200


def test_what_tells_nothing_of_anybody_is_open(link: str) -> None:
    assert ask(link, "/health").status in (200, 503)
    assert ask(link, "/static/rescind/style.css").status in (200, 404)


def test_a_page_below_the_link_is_answered_at_once(link: str) -> None:
    answer = ask(link, path_of(link) + "/cases/")

    assert answer.status == 200
    assert answer.headers["Set-Cookie"].split(";")[0] == cookie_of(link)
    assert ask(link, path_of(link) + "x/cases/").status == 403


def test_two_runs_have_two_links_and_two_cookies() -> None:
    one, other = (Door(lambda *_: [], port=port) for port in (1, 2))

    assert one.path != other.path
    assert len(one.path) > 40


def test_no_way_opens_the_app_without_a_token() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("rescind")), "serve", "--no-token"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "--no-token" in done.stderr


def test_a_private_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "key"
    write_private(path, b"old")
    with pytest.raises(FileExistsError):
        write_private(path, b"new", is_new=True)
    with pytest.raises(TypeError):
        write_private(path, "no bytes")  # type: ignore[arg-type]  # fails half way

    assert path.read_bytes() == b"old"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_signing_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("")
    done = subprocess.run(
        [str(Path(sys.executable).with_name("rescind")), "case", "list"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"RESCIND_HOME": str(tmp_path)},
    )

    assert done.returncode == 2, done.stderr
    assert "holds no whole key" in done.stderr
