"""The columns of lists say what the events say, on every day, and can be rebuilt."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from rescind.app import setup
from rescind.app.follow.days import zone_of
from rescind.cli.case import case as case_command
from rescind.core.follow import due, due_day
from rescind.core.follow.outlook import standing
from rescind.core.model.case import CaseState, EventKind, Lateness
from rescind.core.model.sentence import Sentence
from rescind.store import listing, selectors, services, standings
from rescind.store.models import CaseRecord, DayRecord, EventRecord, StandingRecord
from tests.logs import LOGS, START, log

VERDICT = {
    "topics": {
        "cancel": {
            "answer": "yes",
            "act_by": "2026-11-20",
            "ends_on": "2026-11-30",
            "because": [{"text": "The terms say so."}],
        },
        "renewal": {"at": "2026-12-01T00:30:00+02:00", "because": []},
    }
}
ZONES = ("", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin")
DAYS = [
    START + timedelta(days=days, hours=hours)
    for days in (0, 1, 9, 13, 14, 15, 18, 19, 20, 28, 29, 30, 31, 45, 400)
    for hours in (-2, 0, 11, 14)
]


@pytest.fixture
def every_case(empty_store: None) -> list[CaseRecord]:  # noqa: ARG001 - the database
    """Keep a case of each kind of log, in each zone, each with its columns."""
    return [a_case(name, zone) for name in LOGS for zone in ZONES]


def a_case(name: str, zone: str) -> CaseRecord:
    facts = {"country": "DE"} | ({"time_zone": zone} if zone else {})
    record = CaseRecord.objects.create(
        opened_at=START,
        service="other",
        service_name=name,
        kind="cancel",
        facts=facts,
        verdict=VERDICT,
        sender={},
    )
    events = log(*LOGS[name])
    for event in events:
        EventRecord.objects.create(
            case=record,
            number=event.number,
            kind=event.kind.value,
            at=event.at,
            known_by=event.known_by,
            details=dict(event.details),
        )
    standings.record(record, events)
    return record


def close(case: CaseRecord) -> None:
    now = START + timedelta(days=1)
    services.add_event(case, EventKind.CLOSED, now=now, known_by="person")


def test_lists_say_of_every_day_what_the_events_say(
    every_case: list[CaseRecord],
) -> None:
    cases = {case.id: case for case in selectors.cases()}
    seen = set()

    for now in DAYS:
        for row in listing.listed_cases(now):
            case = cases[row.id]
            today = now.astimezone(zone_of(case)).date()
            seen.add((row.standing.state, row.standing.lateness))
            assert row.standing == standing(case.events, today), (row, now)
            assert row.ends_on == case.ends_on
            assert zone_of(row) == zone_of(case)

    assert len(cases) == len(every_case)
    assert (CaseState.OVERDUE, Lateness.VERY_LATE) in seen
    assert (CaseState.OVERDUE, Lateness.LATE) in seen
    assert {state for state, _ in seen} == set(CaseState)


def test_days_that_count_are_those_that_the_events_name(
    every_case: list[CaseRecord],
) -> None:
    cases = {case.id: case for case in selectors.cases()}

    for now in DAYS:
        listed: dict[str, list[due_day.Due]] = {}
        for day in listing.listed_days(now):
            listed.setdefault(day.case_id, []).append(day.due)
        for name, case in cases.items():
            expected = due.due(
                case.events,
                due.days_to_act(case.verdict, case.events, case.kind),
                now,
            )
            assert listed.get(name, []) == expected, (case.service_name, now)
    assert len(cases) == len(every_case)


@pytest.mark.usefixtures("empty_store")
def test_an_answer_is_late_once_its_day_is_over_where_the_person_is() -> None:
    a_case("sent", "Pacific/Kiritimati")
    midnight = datetime(2026, 11, 16, tzinfo=ZoneInfo("Pacific/Kiritimati"))

    (before,) = listing.listed_cases(midnight - timedelta(seconds=1))
    (after,) = listing.listed_cases(midnight)

    assert before.standing.state is CaseState.SENT
    assert after.standing.state is CaseState.OVERDUE


def test_rebuilding_changes_nothing_and_mends_what_is_wrong(
    every_case: list[CaseRecord],
) -> None:
    assert standings.rebuild() == (len(every_case), 0)
    damaged = StandingRecord.objects.filter(state="closed")
    count = damaged.update(state="draft", may_send=True)
    lost = DayRecord.objects.filter(standing__state="answered")
    count += lost.values("standing").distinct().count()
    lost.delete()

    assert standings.rebuild() == (len(every_case), count)

    assert standings.rebuild() == (len(every_case), 0)
    assert count > len(ZONES)


def test_columns_of_other_rules_are_worked_out_again_at_a_start(
    every_case: list[CaseRecord],
) -> None:
    assert not standings.is_stale()
    old = [case.pk for case in every_case[:3]]
    StandingRecord.objects.filter(pk__in=old).update(rules="", state="draft")
    assert standings.is_stale()

    setup.setup()
    standings.rebuild(is_whole=False)

    assert not standings.is_stale()
    assert standings.rebuild() == (len(every_case), 0)


@pytest.mark.usefixtures("empty_store")
def test_columns_follow_each_event() -> None:
    case = a_case("sent", "")

    close(case)

    (row,) = listing.listed_cases(START)
    assert row.standing.state is CaseState.CLOSED
    assert list(listing.listed_days(START)) == []


@pytest.mark.usefixtures("empty_store")
def test_a_revision_is_another_one_after_an_event_and_without_a_case() -> None:
    case = a_case("sent", "")
    revisions = [listing.revision()]

    a_case("draft", "")
    revisions.append(listing.revision())
    close(case)
    revisions.append(listing.revision())

    assert len(set(revisions)) == 3


def test_only_texts_and_days_are_kept_of_a_sentence() -> None:
    sentence = Sentence.of("due_why", "x", day=START.date(), right="r")

    assert standings.unpacked(standings.packed(sentence)) == sentence
    with pytest.raises(TypeError, match="no text and no day"):
        standings.packed(Sentence.of("due_why", "x", count=3))


def test_a_page_of_cases_and_of_days_is_a_part_of_all(
    every_case: list[CaseRecord],
) -> None:
    ahead = sorted(
        day.due.moment for day in listing.listed_days(START) if day.due.stays
    )
    now = ahead[len(ahead) // 2].astimezone(UTC)  # some of them are past

    every, days = listing.listed_cases(now), list(listing.listed_days(now))

    assert listing.listed_cases(now, slice(10, 20)) == every[10:20]
    coming = [day for day in days if day.due.moment >= now]
    past = [day for day in days if day.due.moment < now]
    whole = listing.page_of_days(now, slice(0, len(days) + 1))
    assert whole[: len(coming)] == coming
    assert sorted(map(repr, whole[len(coming) :])) == sorted(map(repr, past))
    moments = [day.due.moment for day in whole[len(coming) :]]
    assert (coming != [], past != [], moments) == (True, True, sorted(moments)[::-1])
    for size in (1, 7, 50):
        pages = range(0, len(days) + size, size)
        read = [listing.page_of_days(now, slice(n, n + size)) for n in pages]
        assert [day for page in read for day in page] == whole
    assert listing.count_cases() == len(every) == len(every_case)


@pytest.mark.usefixtures("empty_store")
def test_the_command_says_how_many_cases_changed() -> None:
    a_case("sent", "")
    StandingRecord.objects.update(state="draft")

    said = CliRunner().invoke(case_command, ["rebuild"]).output

    assert said == "1 cases worked out anew, 1 of them changed\n"
