"""What is owed to somebody who withdrew before Rescind knew of the contract."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from rescind.adapters.public.verdict import verdict_json
from rescind.app.follow.answers import Reply
from rescind.app.follow.case_letters import follow_up
from rescind.app.follow.owed import asked_back, promised, shortfall
from rescind.app.know import check
from rescind.core.model.case import Case
from rescind.core.model.message import Label, Reading
from rescind.core.model.money import Money
from tests.letters.test_clauses import WITHDRAWN


def case(**told: Any) -> Case:
    return Case(
        id="1",
        service="other",
        service_name="Herzblatt",
        offer=None,
        kind="refund",
        opened_at=datetime(2026, 11, 29, tzinfo=UTC),
        facts=WITHDRAWN | told,
        verdict=verdict_json(check.check(WITHDRAWN).verdict),
        sender={},
        events=(),
    )


def euros(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency="EUR")


def granted(refund: Money | None) -> Reply:
    reading = Reading(
        label=Label.REFUND_GRANTED,
        sureness=0.9,
        needs_person=False,
        new_text="",
        because=(),
        refund=refund,
    )
    return Reply(
        text="",
        reading=reading,
        result="",
        said="",
        message="",
        is_unverified=False,
        came_on=date(2026, 12, 1),
    )


def test_the_part_that_came_is_measured_against_what_a_withdrawal_brings() -> None:
    """6 of 365 days were used: 353.49 is owed, and 91 leave 262.49."""
    part = shortfall(case(), [granted(euros("91.00"))]).part

    assert asked_back(case()) == euros("353.49")
    assert part is not None
    assert part.rest == euros("262.49")


def test_what_had_come_before_counts_to_what_is_promised() -> None:
    told = case(repaid="91.00 EUR")

    assert shortfall(told, [granted(euros("262.49"))]).part is None
    assert promised(told, [granted(euros("262.49"))]) == euros("262.49")
    assert promised(told, [granted(None)]) == euros("262.49")
    assert promised(case(), [granted(None)]) == euros("353.49")


def test_who_withdrew_before_did_not_begin_with_a_cancellation() -> None:
    assert follow_up(case()).first_kind == "refund"
