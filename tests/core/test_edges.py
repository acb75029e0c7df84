"""Edges that Coursera's data does not reach, on small made-up services."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from rescind.adapters.data.catalogue import build_service
from rescind.app.know import check
from rescind.core.know.verdict import verdict
from rescind.core.model.facts import Facts, day_of
from rescind.core.model.verdict import Topic, Verdict

WEB = {"web": {"channel": "web", "name": "web", "checked_on": "2026-01-01"}}
SOURCES = {
    "terms": {"kind": "official_terms", "title": "Terms"},
    "guide": {"kind": "guide", "title": "Guide"},
}


def term(name: str, topic: str, says: str, **more: Any) -> Mapping[str, Any]:
    base = {"id": name, "topic": topic, "says": says, "value": name, "at": "1"}
    return base | {"source": "terms"} | more


def judge(terms: list[Mapping[str, Any]], **facts: Any) -> Verdict:
    offers = {
        "plan": {"name": "Plan", "sold_as": "subscription", "period": "P1M"},
        "free": {"name": "Free", "sold_as": "subscription"},
        "card": {"name": "Card", "sold_as": "prepaid"},
    }
    service = build_service(
        {
            "service": "made-up",
            "name": "Made Up",
            "checked_on": "2026-01-01",
            "sources": SOURCES,
            "channels": ["web"],
            "offers": offers,
            "terms": terms,
        },
        WEB,
    )
    known = Facts(service="made-up", **({"as_of": date(2026, 6, 15)} | facts))
    return verdict(known, service, check.law())


def pause(*terms: Mapping[str, Any], **facts: Any) -> Topic:
    return judge(list(terms), offer="plan", channel="web", **facts).topics["pause"]


def test_texts_of_the_merchant_that_conflict_make_a_topic_disputed() -> None:
    topic = pause(term("a", "pause", "yes"), term("b", "pause", "no"))

    assert topic.answer == "disputed"
    assert topic.because[0].code == "official_texts_conflict"


def test_guides_that_conflict_make_a_topic_disputed() -> None:
    topic = pause(
        term("a", "pause", "yes", source="guide"),
        term("b", "pause", "no", source="guide"),
    )

    assert topic.because[0].code == "others_conflict"


def test_a_listed_condition_that_is_not_met_is_no_dissent() -> None:
    topic = pause(
        term("a", "pause", "yes"),
        term("b", "pause", "no", source="guide", when={"upgraded_from": ["free"]}),
    )

    assert topic.answer == "yes"
    assert topic.because[0].dissent == ()


def test_a_refund_without_a_window_is_open() -> None:
    verdict_ = judge(
        [term("a", "refund", "yes")],
        offer="plan",
        channel="web",
        purchased_at=date(2026, 6, 1),
    )

    assert verdict_.topics["refund"].answer == "yes"
    assert verdict_.topics["refund"].latest is None


def test_a_refund_without_terms_and_without_a_day_is_unknown() -> None:
    verdict_ = judge([], offer="plan", channel="web")

    assert verdict_.topics["refund"].answer == "unknown"


def test_a_renewal_before_any_terms_follows_those_of_the_payment() -> None:
    later = ["2026-03-01", None]
    verdict_ = judge(
        [term("a", "refund", "no", in_force=later)],
        offer="plan",
        channel="web",
        purchased_at=date(2026, 1, 1),
    )

    assert verdict_.topics["refund"].answer == "no"


def test_a_subscription_without_a_period_ends_nobody_knows_when() -> None:
    verdict_ = judge(
        [term("a", "resume", "yes", when={"ended": False})],
        offer="free",
        channel="web",
        purchased_at=date(2026, 1, 1),
        cancelled_at=date(2026, 2, 1),
    )

    assert verdict_.topics["access"].until is None
    assert verdict_.topics["resume"].answer == "yes"


def test_a_prepaid_card_without_a_term_has_no_end() -> None:
    verdict_ = judge([], offer="card", channel="web", purchased_at=date(2026, 1, 1))

    assert verdict_.topics["access"].until is None


def test_the_last_payment_lies_one_period_before_a_known_renewal() -> None:
    window = {"length": "P7D", "from": "payment"}
    verdict_ = judge(
        [term("a", "refund", "yes", window=window)],
        offer="plan",
        channel="web",
        renews_at=date(2026, 7, 12),
    )

    assert verdict_.topics["refund"].act_by == datetime.fromisoformat(
        "2026-06-18T23:59:59+14:00"
    )


def test_a_renewal_further_off_than_one_period_tells_no_payment() -> None:
    window = {"length": "P7D", "from": "payment"}
    verdict_ = judge(
        [term("a", "refund", "yes", window=window)],
        offer="plan",
        channel="web",
        renews_at=date(2026, 9, 12),
    )

    assert verdict_.topics["refund"].asks == ("purchased_at",)


def test_conditions_on_regions_try_both_ways_without_a_country() -> None:
    topic = pause(
        term("a", "pause", "yes", regions=["DE"]),
        term("b", "pause", "no", exception_to=[], regions=["FR"]),
    )

    assert topic.answer == "depends"
    assert topic.asks == ("country",)


def test_a_day_is_read_in_the_only_zone_known() -> None:
    midnight = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
    (berlin,) = check.check(
        {"service": "coursera", "country": "DE", "as_of": "2026-06-01"}
    ).facts.zones

    assert day_of(midnight, (berlin,)) == date(2026, 6, 2)


def test_two_texts_with_the_same_answer_give_the_wider_dates() -> None:
    first = term(
        "a",
        "refund",
        "yes",
        in_force=[None, "2026-03-01"],
        window={"length": "P30D", "from": "payment"},
    )
    second = term(
        "b",
        "refund",
        "yes",
        in_force=["2026-03-02", None],
        window={"length": "P10D", "from": "payment"},
    )
    topic = judge(
        [first, second], offer="plan", channel="web", purchased_at=date(2026, 2, 10)
    ).topics["refund"]

    assert topic.act_by == datetime.fromisoformat("2026-06-19T23:59:59+14:00")
    assert topic.latest == datetime.fromisoformat("2026-07-10T23:59:59-12:00")


def test_that_nothing_comes_is_told_from_not_knowing() -> None:
    once = judge([], offer="card", channel="web", purchased_at=date(2026, 1, 1))
    unknown = judge([], offer="free", channel="web", purchased_at=date(2026, 1, 1))

    assert once.topics["renewal"].nothing_comes
    assert not unknown.topics["renewal"].nothing_comes
    assert unknown.asks == ("country", "renews_at")
