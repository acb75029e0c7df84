"""Which case a message belongs to: where that is not certain, to none."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rescind.core.follow.matching import Envelope, Expected, belongs_to, first_day

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
LETTER = Expected(
    case_id="1",
    message_id="<1@x>",
    recipient="stop@merchant.example.org",
    sent_at=NOW,
)
OTHER = Expected(
    case_id="2", message_id="<2@x>", recipient="a@other.example.org", sent_at=NOW
)
SHARED = Expected(
    case_id="3", message_id="<3@x>", recipient="Shop@gmail.com", sent_at=NOW
)


def envelope(**given: Any) -> Envelope:
    about: dict[str, Any] = {"message_id": "<m@x>", "answers": frozenset()}
    return Envelope(**(about | {"sender": "", "at": NOW} | given))


@pytest.mark.parametrize(
    ("given", "case_id"),
    [
        ({"answers": frozenset({"<2@x>"})}, "2"),
        ({"message_id": "<1@x>"}, "1"),
        # the case's own address: what stands behind the plus
        ({"tags": frozenset({"2"})}, "2"),
        ({"sender": "a@merchant.example.org"}, "1"),
        ({"sender": "a@mail.merchant.example.org"}, "1"),
        ({"sender": "a@example.org"}, None),  # above both: not certain
        ({"sender": "nobody"}, None),
        ({"sender": "a@evil-merchant.example.org"}, None),
        ({"sender": "a@org"}, None),
        ({"sender": "shop@gmail.com"}, "3"),
        ({"sender": "friend@gmail.com"}, None),
        ({"sender": "a@merchant.example.org", "at": None}, None),
        ({"sender": "a@merchant.example.org", "at": NOW - timedelta(days=1)}, None),
        ({"sender": "a@merchant.example.org", "at": datetime(2030, 1, 1)}, None),
    ],
)
def test_a_message_belongs_where_that_is_certain(
    given: dict[str, Any], case_id: str | None
) -> None:
    assert belongs_to(envelope(**given), [LETTER, OTHER, SHARED]) == case_id


def test_it_is_looked_since_the_first_letter() -> None:
    assert first_day([]) is None
    assert first_day([LETTER, OTHER]) == NOW - timedelta(hours=12)


def test_who_names_a_letter_that_is_over_belongs_to_no_other_case() -> None:
    named = envelope(sender=LETTER.recipient, answers=frozenset({"<old@x>"}))

    assert belongs_to(named, [LETTER]) == "1"
    assert belongs_to(named, [LETTER], frozenset({"<old@x>"})) is None


def test_two_cases_with_one_company_are_told_apart_by_what_is_named() -> None:
    twin = Expected(
        case_id="4", message_id="<4@x>", recipient=LETTER.recipient, sent_at=NOW
    )
    sender = {"sender": LETTER.recipient}

    assert belongs_to(envelope(**sender), [LETTER, twin]) is None
    named = envelope(**sender, answers=frozenset({"<4@x>"}))
    assert belongs_to(named, [LETTER, twin]) == "4"
