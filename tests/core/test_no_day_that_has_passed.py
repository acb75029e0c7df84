"""The moment to act by is never one that is over."""

from datetime import date, datetime
from typing import Any

import pytest
from click.testing import CliRunner

from rescind.adapters.public.verdict import verdict_json
from rescind.app.know.check import check
from rescind.cli.check import check as check_command
from rescind.core.act.action import still_by

SAFE = datetime.fromisoformat("2026-11-28T23:59:59-05:00")
LAST = datetime.fromisoformat("2026-12-01T23:59:59-05:00")
GYM: dict[str, Any] = {
    "service": "other",
    "merchant": "Gym Co",
    "kind": "gym",
    "channel": "web",
    "country": "US-NJ",
    "period": "P1M",
    "purchased_at": "2026-11-25",
    "contract_copy_at": "2026-11-25",
    "price": "39.90 USD",
}


def shown_at_a_terminal(as_of: str) -> str:
    """Return what ``check --all`` prints of the withdrawal."""
    flags = [f"--{n.replace('_', '-')}={v}" for n, v in GYM.items() if n != "service"]
    asked = ["other", *flags, f"--as-of={as_of}", "--all", "--no-input"]
    said = CliRunner().invoke(check_command, asked).output
    return said.partition("Withdrawal by law")[2]


DAYS = [
    # the safe day counts every day, the last one those from Monday to Friday
    ("2026-11-28", SAFE),
    ("2026-11-29", LAST),
    ("2026-12-02", None),
]


@pytest.mark.parametrize(("as_of", "by"), DAYS)
def test_the_last_day_stands_once_the_safe_one_is_over(
    as_of: str, by: datetime | None
) -> None:
    assert still_by(SAFE, LAST, date.fromisoformat(as_of), ()) == by


@pytest.mark.parametrize(("as_of", "by"), DAYS)
def test_a_terminal_names_no_day_that_is_over(as_of: str, by: datetime | None) -> None:
    shown = shown_at_a_terminal(as_of)

    assert ("act by: November 28" in shown) is (by == SAFE)
    assert ("act by: December 1" in shown) is (by == LAST)


@pytest.mark.parametrize("as_of", [day for day, _ in DAYS])
def test_a_program_is_told_the_safe_day_and_the_last_as_they_are(as_of: str) -> None:
    told = verdict_json(check(GYM | {"as_of": as_of}).verdict)["topics"]["withdrawal"]

    assert told["act_by"] == SAFE.isoformat()
    assert told["latest"] == LAST.isoformat()


def test_what_has_no_day_has_none() -> None:
    assert still_by(None, LAST, date(2026, 11, 28), ()) is None
    assert still_by(SAFE, None, date(2026, 11, 29), ()) is None
