"""The letter's clauses and problems, the plan's order, and the state of a case."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from rescind.adapters.data.words import ENGLISH
from rescind.app.act import letters
from rescind.app.know import check
from rescind.core.act.grounds import find_grounds
from rescind.core.act.letter import as_text
from rescind.core.act.plan import plan
from rescind.core.follow.outlook import standing
from rescind.core.follow.state import may_send
from rescind.core.model.case import CaseState, Event, EventKind
from rescind.core.model.letter import Letter
from rescind.core.model.source import Claim, Source, SourceKind
from rescind.core.model.verdict import Reason
from tests.conftest import FACTS, SENDER

TODAY = datetime(2026, 11, 20, 12, tzinfo=UTC)


def write(
    facts: dict[str, Any] | None = None,
    sender: dict[str, Any] | None = None,
    to: str | None = None,
) -> Letter:
    merged = FACTS | (facts or {})
    writer = SENDER | (sender or {})
    wanted = letters.Wanted(to=to)
    return letters.write(merged, writer, wanted, now=TODAY).letter


def problems(letter: Letter) -> list[str]:
    return [problem.code for problem in letter.problems]


def test_the_letter_names_the_day_and_why() -> None:
    text = as_text(write())

    assert "concluded on 10 November 2026" in text
    assert "payment due on 10 December 2026" in text
    assert "confirm this cancellation in writing by 4 December 2026" in text
    assert "withdraw all authority to take payments" in text
    assert "final statement, or confirm in writing that nothing is owed" in text
    assert "delete the payment details" in text


def test_a_letter_never_asks_for_erasure() -> None:
    text = as_text(write()).lower()

    assert "erase" not in text
    assert "personal data" not in text


def test_europe_writes_to_the_dutch_company_and_the_rest_to_california() -> None:
    assert write().recipient.lines[0] == "Coursera Europe B.V."
    assert write({"country": "IN"}).recipient.lines[0] == "Coursera, Inc."
    assert write({"country": None}).recipient.lines[0] == "Coursera, Inc."


def test_a_clause_of_law_stands_on_its_claims() -> None:
    clauses = {p.id: p for p in write({"country": "US-CA"}).paragraphs}

    assert [c.id for c in clauses["rely"].claims] == ["us-rosca", "us-ca-arl"]
    assert "15 U.S.C. § 8403" in clauses["rely"].text
    assert "C16-terms" in [claim.id for claim in clauses["declare"].claims]
    assert clauses["stop"].claims == ()


def test_no_clause_stands_on_what_nobody_has_looked_up() -> None:
    checked = check.check(FACTS)
    source = Source(
        id="known", title="Known", kind=SourceKind.LAW, verification="not-sourced"
    )
    claim = Claim(
        id="known", value="known", source=source, locator="1", checked_on=TODAY.date()
    )
    reason = Reason.of("law_exit", (claim,))
    cancel = replace(checked.verdict.topics["cancel"], because=(reason,))
    topics = {**checked.verdict.topics, "cancel": cancel}
    changed = replace(checked, verdict=replace(checked.verdict, topics=topics))

    assert find_grounds(changed, ("cancel",)) == ()


def test_without_dates_the_letter_says_earliest() -> None:
    text = as_text(write({"purchased_at": None}))

    assert "takes effect on the earliest possible date" in text
    assert "bought on" not in text


def test_paypal_adds_its_agreement() -> None:
    assert "billing agreement with PayPal" in as_text(write({"channel": "paypal"}))


def test_a_complete_letter_has_no_problem() -> None:
    assert problems(write()) == []


def test_a_missing_identifier_is_named_before_sending() -> None:
    letter = write(sender={"card_last4": None})

    assert problems(letter) == ["identifier_missing"]
    assert letter.problems[0].field == "card_last4"


def test_paid_by_paypal_no_card_is_asked_for() -> None:
    assert problems(write({"channel": "paypal"}, {"card_last4": None})) == []


def test_a_made_up_address_is_named() -> None:
    assert "placeholder_address" in problems(
        write(sender={"address": ["Musterstraße 1", "10115 Berlin"]})
    )


def test_a_missing_address_is_named() -> None:
    assert "sender_address_missing" in problems(write(sender={"address": None}))


def test_an_address_that_only_the_sender_knows_is_named() -> None:
    letter = write(to="support@coursera.com")

    assert "email_unsourced" in problems(letter)
    assert letter.recipient.email == "support@coursera.com"


def test_a_store_purchase_says_who_must_be_asked() -> None:
    assert "billed_elsewhere" in problems(write({"channel": "apple"}))


def test_a_service_that_is_not_on_file_has_no_sourced_address() -> None:
    facts = {"service": "other", "merchant": "Gym One", "offer": None}
    letter = write(facts, {"plan": "Gold"})

    assert "recipient_unsourced" in problems(letter)
    assert ("Plan", "Gym One (Gold)") in letter.references


def test_a_plan_that_is_called_like_the_company_is_no_reference() -> None:
    facts = {"service": "other", "merchant": "Gym One", "offer": None}
    letter = write(facts, {"plan": "Gym One"})

    assert "Plan" not in dict(letter.references)


def test_a_number_stands_behind_whose_contract_it_is() -> None:
    facts = {"service": "other", "merchant": "Gym One", "offer": None}
    letter = write(facts, {"plan": "4711"})

    assert letter.subject == "Cancellation: Gym One (4711)"
    assert ("Contract number / Customer number", "4711") in letter.references


def test_a_plan_with_a_figure_in_its_name_stands_behind_whose_it_is() -> None:
    facts = {"service": "other", "merchant": "Gym One", "offer": None}
    letter = write(facts, {"plan": "Active 24"})

    assert letter.subject == "Cancellation: Gym One (Active 24)"


def test_no_answer_is_hurried_for_a_charge_that_is_owed_anyway() -> None:
    year = {"service": "other", "merchant": "Gym One", "offer": None, "kind": "gym"}
    year |= {"period": "P1M", "term": "P12M", "notice": "P1M", "country": "DE"}
    year |= {"purchased_at": "2026-05-25", "sold_by": "premises"}

    assert write(year).confirm_by == date(2026, 12, 4)


def test_without_an_offer_the_service_is_named() -> None:
    letter = write({"offer": None})

    assert letter.subject == "Cancellation: Coursera"
    assert "Plan" not in dict(letter.references)


def make_plan(**facts: Any) -> Any:
    return plan(check.check(FACTS | facts))


def test_the_plan_puts_the_earliest_deadline_first() -> None:
    made = make_plan(
        offer="plus-annual",
        purchased_at="2026-08-01",
        as_of="2026-08-05",
        price="399 USD",
    )

    assert [action.do for action in made.actions] == [
        "refund",
        "cancel",
        "keep_confirmation",
        "watch_statement",
    ]
    assert [(o.do, str(o.cost)) for o in made.alternatives] == [
        ("do_nothing", "399 USD"),
        ("cancel_only", "399 USD"),
    ]


def test_where_the_terms_give_nothing_the_law_comes_first() -> None:
    made = make_plan(as_of="2026-11-12")

    assert [action.do for action in made.actions][:2] == ["withdraw", "cancel"]


def test_a_day_that_is_asked_for_comes_last() -> None:
    made = make_plan(country="US", purchased_at=None)

    assert made.actions[-1].do == "keep_confirmation"
    assert "cancel" in [action.do for action in made.actions]
    assert made.asks == ("purchased_at",)


def test_what_is_cancelled_needs_no_cancelling() -> None:
    made = make_plan(country="US", cancelled_at="2026-11-15")

    assert [action.do for action in made.actions] == ["keep_confirmation"]


def test_moments_are_shown_as_days_among_the_alternatives() -> None:
    made = make_plan(country="US", renews_at="2026-12-10T10:00:00+00:00")

    assert "10 December 2026" in ENGLISH.say(made.alternatives[0].says)


def event(number: int, kind: EventKind, **details: str) -> Event:
    at = datetime(2026, 11, number, tzinfo=UTC)
    return Event(number=number, kind=kind, at=at, known_by="program", details=details)


WRITTEN = event(1, EventKind.LETTER_WRITTEN, confirm_by="2026-11-15")


def state(*kinds: EventKind, on: date = date(2026, 11, 10)) -> CaseState:
    events = [event(2 + n, kind) for n, kind in enumerate(kinds)]
    return standing([WRITTEN, *events], on).state


def test_each_event_leads_to_its_state() -> None:
    assert state() is CaseState.DRAFT
    assert state(EventKind.DISPATCH_BEGUN) is CaseState.SENDING
    assert state(EventKind.DISPATCH_TAKEN) is CaseState.SENT
    assert state(EventKind.DISPATCH_UNKNOWN) is CaseState.DOUBTFUL
    assert state(EventKind.HANDED_OVER) is CaseState.DRAFT
    assert state(EventKind.DISPATCH_TAKEN, EventKind.ANSWERED) is CaseState.ANSWERED
    assert state(EventKind.SAID_SENT, EventKind.CONFIRMED) is CaseState.CONFIRMED


def test_overdue_is_computed_from_the_day_in_the_letter() -> None:
    assert state(EventKind.SAID_SENT, on=date(2026, 11, 15)) is CaseState.SENT
    assert state(EventKind.SAID_SENT, on=date(2026, 11, 16)) is CaseState.OVERDUE
    assert (
        state(EventKind.SAID_SENT, EventKind.CONFIRMED, on=date(2026, 12, 1))
        is CaseState.CONFIRMED
    )


def test_a_persons_word_is_told_from_a_servers() -> None:
    said = standing([WRITTEN, event(2, EventKind.SAID_SENT)], date(2026, 11, 10))
    taken = standing([WRITTEN, event(2, EventKind.DISPATCH_TAKEN)], date(2026, 11, 10))

    assert said.by_word_only
    assert not taken.by_word_only


def test_only_what_certainly_did_not_go_out_may_be_sent() -> None:
    assert may_send([WRITTEN])
    assert may_send([WRITTEN, event(2, EventKind.DISPATCH_REFUSED)])
    assert not may_send([WRITTEN, event(2, EventKind.DISPATCH_BEGUN)])
    assert not may_send([WRITTEN, event(2, EventKind.DISPATCH_UNKNOWN)])
    assert not may_send([WRITTEN, event(2, EventKind.DISPATCH_TAKEN)])
    assert not may_send([])


def test_a_notice_of_delivery_tells_nothing_once_somebody_has_answered() -> None:
    taken = event(2, EventKind.DISPATCH_TAKEN)
    unknown = event(2, EventKind.DISPATCH_UNKNOWN)
    confirmed = event(3, EventKind.CONFIRMED)
    late, failed = event(4, EventKind.DELIVERED), event(4, EventKind.DELIVERY_FAILED)
    day = date(2026, 11, 10)

    assert standing([WRITTEN, taken, late], day).state is CaseState.DELIVERED
    assert standing([WRITTEN, unknown, late], day).state is CaseState.DELIVERED
    assert standing([WRITTEN, taken, failed], day).state is CaseState.FAILED
    for notice in (late, failed):
        events = [WRITTEN, taken, confirmed, notice]
        assert standing(events, day).state is CaseState.CONFIRMED
        assert not may_send(events)
    assert may_send([WRITTEN, taken, failed])
