"""Reminders before a renewal: no law on them where no term of a contract renews."""

import pytest

from rescind.app.know.check import check
from rescind.core.know.rights import is_of_renewal

FACTS = {
    "service": "other",
    "merchant": "Visionalia TV",
    "kind": "streaming",
    "channel": "web",
    "sold_by": "online",
    "period": "P1M",
    "purchased_at": "2025-05-05",
    "paid_at": "2026-11-05",
    "price": "11.99 EUR",
    "as_of": "2026-11-30",
}
PLACES = [
    ("IT", "streaming"),
    ("FR", "streaming"),
    ("SE", "streaming"),
    ("AT", "gym"),
    ("CA-ON", "gym"),
]
RENEWS = {"term": "P12M", "renewal_term": "P12M"}


def reminders(told: dict[str, str]) -> tuple[bool, bool]:
    """Return whether a reminder is asked for, and whether a law on one is named."""
    verdict = check(FACTS | told).verdict
    asked = "renewal_notice_given" in verdict.topics["cancel"].asks
    return asked, any(is_of_renewal(each.right) for each in verdict.rights)


@pytest.mark.parametrize(("country", "kind"), PLACES)
@pytest.mark.parametrize("reminder", [{}, {"renewal_notice_given": "no"}])
@pytest.mark.parametrize("told", [{}, {"renewal_term": "open"}])
def test_what_runs_on_renews_nothing(
    country: str, kind: str, reminder: dict[str, str], told: dict[str, str]
) -> None:
    place = {"country": country, "kind": kind, "term": "none", "notice": "P14D"}

    assert reminders(place | reminder | told) == (False, False)


@pytest.mark.parametrize(("country", "kind"), PLACES)
def test_a_term_that_renews_wants_its_reminder(country: str, kind: str) -> None:
    place = {"country": country, "kind": kind, "renewal_notice_given": "no"}

    assert reminders(place | RENEWS)[1]
