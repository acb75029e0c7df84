"""What is owed to somebody who withdrew before Rescind knew of the contract."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.adapters.public.verdict import verdict_json
from rescind.app.act.letters import Wanted
from rescind.app.act.plan import letter_called_for
from rescind.app.follow import cases, received, steps
from rescind.app.follow.answers import Reply, answers
from rescind.app.follow.case_letters import follow_up
from rescind.app.follow.owed import asked_back, differences, promised, shortfall
from rescind.app.know import check
from rescind.core.model.case import Case
from rescind.core.model.event_details import ConfirmedDetails
from rescind.core.model.message import Label, Reading
from rescind.core.model.money import Money
from rescind.store import selectors
from tests.conftest import SENDER
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


MAGAZINE = {
    "service": "other",
    "merchant": "Le Courrier",
    "kind": "newspaper",
    "channel": "web",
    "sold_by": "online",
    "country": "FR",
    "as_of": "2026-11-29",
    "purchased_at": "2024-03-12",
    "term": "P1Y",
    "renewal_term": "P1Y",
    "period": "P1Y",
    "price": "59 EUR",
    "paid_at": "2026-03-12",
    "renewal_notice_given": False,
}
"""It renewed without a reminder: it ends at once, and 103 of 365 days are paid for."""
COURSE = {
    "service": "other",
    "merchant": "Brightpath",
    "kind": "course",
    "channel": "web",
    "sold_by": "online",
    "country": "GB",
    "as_of": "2026-11-29",
    "purchased_at": "2026-11-23",
    "term": "P1Y",
    "renewal_term": "P1Y",
    "period": "P1Y",
    "price": "240 GBP",
    "paid_at": "2026-11-23",
}


Opened = Callable[[Mapping[str, Any]], str]


@pytest.fixture
def opened(ready_desk: None, monkeypatch: pytest.MonkeyPatch) -> Opened:  # noqa: ARG001 - the database
    """Return what opens a case on 29 November 2026 and says its letter sent."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 29, 12, tzinfo=UTC))

    def open_case(facts: Mapping[str, Any]) -> str:
        sender = SENDER | {"country": facts["country"]}
        kind = Wanted(kind=letter_called_for(facts))
        case_id = cases.new_case(facts, sender, kind)
        return cases.say_sent(case_id, "e-mail", None)

    return open_case


def confirmed(case_id: str) -> ConfirmedDetails:
    last = selectors.read_case(case_id).last(ConfirmedDetails)
    assert last is not None
    return last


def answered(case_id: str, text: str) -> Case:
    raw = (
        "From: help@merchant.example.org\r\nTo: ada@home.example.org\r\n"
        "Subject: Re: Cancellation\r\nMessage-ID: <1@merchant>\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        f"Date: Sun, 29 Nov 2026 10:00:00 +0000\r\n\r\n{text}\r\n"
    )
    received.take_in(case_id, raw.encode())
    return selectors.read_case(case_id)


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


def test_what_is_promised_is_waited_for_and_not_another_sum(
    opened: Opened,
) -> None:
    case_id = opened(COURSE)
    told = answered(
        case_id,
        "We have cancelled your membership. Your refund of £240.00 has been approved.",
    )

    assert asked_back(told) == Money(amount=Decimal("240.00"), currency="GBP")
    cases.confirm(case_id, ends_on="2026-11-29", note="")
    assert confirmed(case_id).refund == "240.00 GBP"


def test_the_rest_of_a_payment_that_an_end_at_once_brings_is_waited_for(
    opened: Opened,
) -> None:
    case_id = opened(MAGAZINE)
    answered(
        case_id,
        "Nous confirmons que votre abonnement est résilié au 29 novembre 2026. "
        "La somme de 16,48 EUR vous sera remboursée par virement.",
    )

    cases.confirm(case_id, ends_on="2026-11-29", note="")

    last = confirmed(case_id)
    assert (last.refund, bool(last.refund_by)) == ("16.48 EUR", True)


def test_an_end_that_says_nothing_of_the_money_leaves_it_open(
    opened: Opened,
) -> None:
    case_id = opened(MAGAZINE)
    told = answered(
        case_id, "Nous confirmons que votre abonnement est résilié au 29 novembre 2026."
    )

    codes = [each["code"] for each in differences(told, answers(told))]

    assert codes == ["money_open"]
    cases.confirm(case_id, ends_on="2026-11-29", note="")
    assert confirmed(case_id).refund == "16.48 EUR"


def test_who_takes_a_later_end_waits_for_no_money_of_those_days(
    opened: Opened,
) -> None:
    case_id = opened(MAGAZINE)
    answered(
        case_id, "Nous confirmons que votre abonnement prendra fin le 11 mars 2027."
    )

    steps.write_next(case_id, "reply", {})
    letter = selectors.letter(selectors.read_case(case_id)).text
    cases.confirm(case_id, ends_on="2027-03-11", note="")

    assert "16,48" in letter
    assert "29 novembre 2026" in letter
    assert confirmed(case_id).refund is None
