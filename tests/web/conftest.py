"""What the tests of the pages share: a browser without a screen, and a day."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.app.follow import feed


@pytest.fixture
def client() -> Any:
    """Return Django's client, under the address that the program listens on."""
    from django.test import Client

    return Client(HTTP_HOST="127.0.0.1:8000")


@pytest.fixture
def no_statements(no_cases: None) -> Iterator[None]:  # noqa: ARG001 - the database
    """Leave no statement, and no decision about a finding, to the next test."""
    from rescind.store.models import DecisionRecord, ImportRecord

    yield
    ImportRecord.objects.all().delete()
    DecisionRecord.objects.all().delete()


@pytest.fixture
def no_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no calendar of another test: the same numbers of events name it."""
    monkeypatch.setattr(feed, "_newest", None)


@pytest.fixture
def saturday_28_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be Saturday 28 November 2026."""
    stand_at(datetime(2026, 11, 28, 11, tzinfo=UTC), monkeypatch)


@pytest.fixture
def sunday_29_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be Sunday 29 November 2026."""
    stand_at(datetime(2026, 11, 29, 11, tzinfo=UTC), monkeypatch)


def stand_at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be a moment, and a second later at each look at the clock."""
    ticks = count()
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(seconds=next(ticks)))
