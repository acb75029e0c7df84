"""A worker that is killed sends once, or says that it may have; never twice."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import needs
from tests.mail import servers
from tests.store.postgres import running as postgres
from tests.worker import killed

COUNT = int(os.environ.get("RESCIND_KILLS", "15"))
"""Points on each database; ``make chaos`` tries many more."""
SEED = 20261126


@pytest.fixture
def mail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.MailServer]:
    needs("postfix", "dovecot", "openssl", "/usr/lib/postfix/sbin/smtpd")
    with servers.running(tmp_path_factory.mktemp("mail")) as running:
        yield running


def judge(tally: dict[str, int]) -> None:
    assert tally["points"] == COUNT
    assert tally["killed"] >= COUNT // 2
    assert (tally["duplicates"], tally["lost"], tally["unflagged"]) == (0, 0, 0)


def test_on_sqlite(mail: servers.MailServer, tmp_path: Path) -> None:
    judge(killed.run(tmp_path, mail, count=COUNT, seed=SEED, url=None))


def test_on_postgresql(
    mail: servers.MailServer,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with postgres(tmp_path_factory.mktemp("postgresql", numbered=True)) as server:
        judge(killed.run(tmp_path, mail, count=COUNT, seed=SEED, url=server.url))
