"""Which event may follow in which state: the one table, and what it promises."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescind.adapters.data.words import ENGLISH
from rescind.core.follow.event_days import day_fault
from rescind.core.follow.message_bytes import message_fault
from rescind.core.follow.outlook import standing
from rescind.core.follow.reminders import reminders
from rescind.core.follow.reopening import settled_by
from rescind.core.follow.state import Position, may_send, position
from rescind.core.follow.transitions import (
    ACTS,
    MAY_FOLLOW,
    possible,
    possible_acts,
    refusal,
)
from rescind.core.model.case import CaseState, Event, EventKind
from tests.conftest import examples
from tests.logs import (
    ANSWERED,
    BEGUN,
    CHARGED,
    CLOSED,
    CONFIRMED,
    DELIVERED,
    DRAFT,
    LETTER,
    LOGS,
    OPENED,
    ORDER,
    REFUSED,
    REOPENED,
    RESUMED,
    SENDING,
    SENT,
    START,
    TAKEN,
    UNKNOWN,
    Row,
    log,
)

K, S = EventKind, CaseState
PAIRS = [(name, kind) for name in LOGS for kind in K]
WAITING = {S.SENT, S.DELIVERED, S.OVERDUE, S.ANSWERED, S.FAILED, S.DRAFT}
RECALLED: Row = (K.DISPATCH_RECALLED, {"dispatch": "d"})
BUTTON: Row = (K.BUTTON_USED, {"on": "2026-11-20", "confirm_by": "2026-11-23"})
BOUNCED: Row = (K.DELIVERY_FAILED, {"dispatch": "d"})
RIGHTFUL: Row = (K.CHARGED, {"on": "2026-11-05", "rightful": "yes"})


def state(*rows: Row) -> CaseState:
    return position(log(*rows)).state


def test_every_kind_of_event_stands_in_the_table() -> None:
    assert set(MAY_FOLLOW) == set(K)


def test_there_is_a_log_for_every_state_but_the_one_that_a_day_makes() -> None:
    assert {state(*rows) for rows in LOGS.values()} == set(S) - {S.OVERDUE}


@pytest.mark.parametrize("kind", K)
def test_an_overdue_case_may_do_what_a_case_that_waits_may_do(kind: EventKind) -> None:
    row = MAY_FOLLOW[kind]

    assert row.get(S.OVERDUE) == row.get(S.SENT) == row.get(S.DELIVERED)


@pytest.mark.parametrize(("name", "kind"), PAIRS)
def test_a_refusal_says_why_and_what_is_possible(name: str, kind: EventKind) -> None:
    events = log(*LOGS[name])
    sentence = refusal(events, kind)

    assert (sentence is None) == (kind in possible(events))
    if sentence is not None:
        words = ENGLISH.say(sentence)
        assert words.startswith(f"is {position(events).state}: ")
        for act in possible_acts(events):
            assert ENGLISH.table("act")[act.value] in words


def test_every_act_has_its_words() -> None:
    assert set(ENGLISH.table("act")) == {kind.value for kind in ACTS}


def test_only_the_opening_begins_a_log() -> None:
    assert possible(()) == {K.OPENED}
    assert possible_acts(()) == ()
    for kind in K:
        sentence = refusal((), kind)
        assert (sentence is None) == (kind is K.OPENED)
        if sentence is not None:
            assert ENGLISH.say(sentence) == "was not opened yet"


REFUSED_NOW = [
    ("closed", K.CLOSED, "it is over"),
    ("confirmed and closed", K.CLOSED, "it is over"),
    ("draft", K.RESUMED, "nothing was sent"),
    ("draft, and an answer came", K.RESUMED, "nothing was sent"),
    ("failed", K.RESUMED, "nothing was sent"),
    ("closed", K.RESUMED, "it is over"),
    ("resumed", K.RESUMED, "the subscription goes on"),
    ("resumed", K.CONFIRMED, "the subscription goes on"),
    ("resumed", K.CHARGED, "the subscription goes on"),
    ("resumed", K.DISPATCH_ORDERED, "the subscription goes on"),
    ("draft", K.CONFIRMED, "nothing to confirm"),
    ("failed", K.CONFIRMED, "nothing to confirm"),
    ("ordered", K.CONFIRMED, "take that order back first"),
    ("draft", K.CHARGED, "nobody was told of an end yet"),
    ("failed", K.CHARGED, "nobody was told of an end yet"),
    ("closed", K.CHARGED, "it is over"),
    ("draft, and an answer came", K.CHARGED, "nobody was told of an end yet"),
    ("doubtful", K.CHARGED, "say first whether it was sent"),
    ("sent", K.DISPATCH_ORDERED, "only once"),
    ("ordered", K.SAID_SENT, "only once"),
    ("sent", K.SAID_NOT_SENT, "nothing about it is in doubt"),
    ("sent", K.DISPATCH_RECALLED, "nothing of it waits"),
    ("sent", K.DISPATCH_TAKEN, "nothing of it is being sent"),
    ("ordered", K.LETTER_WRITTEN, "take that order back first"),
    ("draft", K.STEP_SKIPPED, "no step comes next"),
    ("draft", K.OPENED, "opened already"),
    ("sent", K.REOPENED, "it is not over"),
    ("confirmed, closed and reopened", K.REOPENED, "it is not over"),
]


@pytest.mark.parametrize(("name", "kind", "why"), REFUSED_NOW)
def test_what_may_not_follow_is_refused(name: str, kind: EventKind, why: str) -> None:
    sentence = refusal(log(*LOGS[name]), kind)

    assert sentence is not None
    assert why in ENGLISH.say(sentence)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("confirmed and closed", K.CHARGED),
        ("sent, and a second letter failed", K.CONFIRMED),
        ("sent, and a second letter failed", K.RESUMED),
        ("sent, and a second letter failed", K.DISPATCH_ORDERED),
        ("sent, and a second letter written", K.DISPATCH_ORDERED),
        ("confirmed", K.CONFIRMED),
        ("confirmed", K.BUTTON_USED),
        ("closed", K.ANSWERED),
        ("draft, and an answer came", K.CONFIRMED),
        ("sending", K.DISPATCH_TAKEN),
        ("closed", K.REOPENED),
        ("resumed", K.REOPENED),
        ("confirmed, closed and reopened", K.CONFIRMED),
    ],
)
def test_what_may_happen_is_not_refused(name: str, kind: EventKind) -> None:
    assert kind in possible(log(*LOGS[name]))


def test_a_charge_opens_a_closed_case_and_it_can_be_closed_again() -> None:
    reopened = (*SENT, CONFIRMED, CLOSED, CHARGED)

    assert state(*reopened) is S.CHARGED
    assert K.CLOSED in possible(log(*reopened))


@pytest.mark.parametrize("name", LOGS)
def test_a_reopening_takes_the_case_back_to_where_it_was(name: str) -> None:
    rows = LOGS[name]
    before = position(log(*rows))
    if before.state in (S.CLOSED, S.RESUMED):
        return

    for end in (CLOSED, RESUMED):
        assert position(log(*rows, end, REOPENED)) == before
        # an earlier release closed twice
        assert position(log(*rows, end, end, REOPENED)) == before
    assert state(*rows, RESUMED, CLOSED, REOPENED) is S.RESUMED


def test_what_came_while_a_case_was_closed_counts_once_it_is_reopened() -> None:
    assert state(*SENT, CLOSED, ANSWERED) is S.CLOSED
    assert state(*SENT, CLOSED, ANSWERED, REOPENED) is S.ANSWERED
    assert state(*SENT, REOPENED) is S.SENT


def test_a_wrong_end_is_put_right_after_a_close() -> None:
    right: Row = (K.CONFIRMED, {"ends_on": "2026-12-31", "note": ""})

    events = log(*SENT, CONFIRMED, CLOSED, REOPENED, right)

    assert position(events).state is S.CONFIRMED
    assert [event.kind for event in events][-4:] == [
        *(K.CONFIRMED, K.CLOSED, K.REOPENED, K.CONFIRMED),
    ]


@pytest.mark.parametrize(
    ("rows", "stays"),
    [
        (DRAFT, S.DRAFT),
        ((*DRAFT, ORDER), S.ORDERED),
        ((*SENDING, REFUSED), S.FAILED),
    ],
)
def test_a_message_answers_nothing_where_nothing_went_out(
    rows: tuple[Row, ...], stays: CaseState
) -> None:
    assert state(*rows, ANSWERED) is stays


def test_a_message_after_a_letter_in_doubt_or_a_bounce_is_an_answer() -> None:
    assert state(*SENDING, ANSWERED) is S.ANSWERED
    assert state(*SENDING, UNKNOWN, ANSWERED) is S.ANSWERED
    assert state(*SENT, BOUNCED, ANSWERED) is S.ANSWERED


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ((ANSWERED,), None),
        ((ANSWERED, CONFIRMED), K.CONFIRMED),
        ((ANSWERED, CONFIRMED, ANSWERED), None),
        ((ANSWERED, RESUMED), K.RESUMED),
        ((ANSWERED, CLOSED), K.CLOSED),
        ((ANSWERED, CLOSED, REOPENED), None),
    ],
)
def test_an_answer_is_settled_by_what_the_person_recorded_after_it(
    rows: tuple[Row, ...], kind: EventKind | None
) -> None:
    settling = settled_by(log(*SENT, *rows))

    assert (settling.kind if settling else None) is kind


def test_how_a_sending_ended_is_recorded_whatever_came_in_between() -> None:
    for between in (ANSWERED, CLOSED, (K.SAID_SENT, {"on": "2026-11-01"})):
        assert K.DISPATCH_TAKEN in possible(log(*SENDING, between))
    assert K.DISPATCH_TAKEN not in possible(log(*SENT))
    assert state(*SENDING, CLOSED, TAKEN) is S.CLOSED


def test_a_letter_that_was_put_off_does_not_open_a_closed_case() -> None:
    again: Row = (K.DISPATCH_REFUSED, {"dispatch": "d", "again": "yes", "said": "451"})

    assert state(*SENDING, again) is S.ORDERED
    assert state(*SENDING, CLOSED, again) is S.CLOSED


@pytest.mark.parametrize(
    "row",
    [
        ANSWERED,
        BUTTON,
        (K.CALLED, {"on": "2026-11-20", "confirm_by": "2026-11-23"}),
        (K.DELIVERED, {"dispatch": "d"}),
        BOUNCED,
        RIGHTFUL,
        (K.SAID_SENT, {"on": "2026-11-20"}),
    ],
)
def test_a_confirmation_stays(row: Row) -> None:
    assert state(*SENT, CONFIRMED, row) is S.CONFIRMED


def test_a_reply_in_a_confirmed_case_is_sent_and_the_case_stays_confirmed() -> None:
    reply = (*SENT, CONFIRMED, LETTER, ORDER)

    assert state(*reply) is S.ORDERED
    assert state(*reply, RECALLED) is S.CONFIRMED
    assert state(*reply, BEGUN, TAKEN) is S.CONFIRMED
    assert state(*reply, BEGUN, UNKNOWN) is S.DOUBTFUL
    assert state(*reply, BEGUN, REFUSED) is S.CONFIRMED
    assert may_send(log(*reply, BEGUN, REFUSED))
    assert not may_send(log(*reply, BEGUN, TAKEN))
    assert standing(log(*reply), date(2026, 11, 1)).is_settled


def test_what_comes_after_a_confirmation_is_told_all_the_same() -> None:
    reply = (*SENT, CONFIRMED, LETTER, ORDER, BEGUN)
    put_off: Row = (K.DISPATCH_REFUSED, {"again": "yes", "said": "451 later"})
    receipt: Row = (K.ANSWERED, {"message": "sha256:0", "reads_as": "acknowledged"})

    def keys(*rows: Row) -> list[str]:
        found = reminders(log(*rows), [])
        assert all(ENGLISH.say(each.text) for each in found)
        return [each.key for each in found]

    assert keys(*SENT, CONFIRMED) == []
    assert keys(*SENT, CONFIRMED, receipt) == []
    assert keys(*SENT, ANSWERED, CONFIRMED) == []
    assert keys(*SENT, CONFIRMED, ANSWERED) == ["answered:7"]
    assert keys(*reply, REFUSED) == ["failed:10"]
    assert keys(*reply, REFUSED, LETTER) == []
    assert keys(*reply, TAKEN) == keys(*reply, put_off) == []


def test_a_notice_counts_for_the_letter_that_went_out_last() -> None:
    second: tuple[Row, ...] = (
        LETTER,
        (K.DISPATCH_ORDERED, {"dispatch": "e", "not_before": START.isoformat()}),
        (K.DISPATCH_BEGUN, {"dispatch": "e"}),
        (K.DISPATCH_TAKEN, {"dispatch": "e"}),
    )

    assert state(*SENT, BOUNCED) is S.FAILED
    assert state(*SENT, *second, BOUNCED) is S.SENT
    assert not may_send(log(*SENT, *second, BOUNCED))
    assert position(log(*SENT, BOUNCED)).tellings == ()


def test_a_letter_that_was_refused_can_go_out_after_a_call() -> None:
    assert may_send(log(*SENDING, REFUSED, BUTTON))


# what an earlier release could leave behind is read, and makes no sense of its own


@pytest.mark.parametrize(
    ("rows", "reached"),
    [
        ((*SENT, CLOSED, CLOSED), S.CLOSED),
        ((*SENT, CLOSED, RESUMED), S.RESUMED),
        ((*DRAFT, RESUMED), S.RESUMED),
        ((*SENT, RESUMED, CONFIRMED), S.RESUMED),
        ((*SENT, CLOSED, ANSWERED), S.CLOSED),
    ],
)
def test_logs_of_earlier_releases_are_read(
    rows: tuple[Row, ...], reached: CaseState
) -> None:
    assert state(*rows) is reached


# any sequence of events: those that the table allows, and all others


DETAILS: dict[EventKind, dict[str, str]] = {
    K.LETTER_WRITTEN: {"confirm_by": "2026-11-15"},
    K.CONFIRMED: {"ends_on": "2026-11-10", "note": ""},
    K.SAID_SENT: {"on": "2026-11-02", "way": "post"},
    K.BUTTON_USED: {"on": "2026-11-02", "confirm_by": "2026-11-05"},
    K.CALLED: {"on": "2026-11-02", "confirm_by": "2026-11-05"},
    K.CHARGED: {"on": "2026-11-20"},
}
SENDINGS = {
    *(K.DISPATCH_ORDERED, K.DISPATCH_BEGUN, K.DISPATCH_TAKEN, K.DISPATCH_REFUSED),
    *(K.DISPATCH_UNKNOWN, K.DISPATCH_RECALLED, K.DELIVERED, K.DELIVERY_FAILED),
}


def row_of(kind: EventKind, mark: bool) -> Row:  # noqa: FBT001 - drawn
    details = dict(DETAILS.get(kind, {}))
    if kind in SENDINGS:
        details["dispatch"] = "d"
    marks = {
        K.ANSWERED: {"reads_as": "acknowledged"},
        K.DISPATCH_REFUSED: {"again": "yes", "said": "451"},
        K.CHARGED: {"rightful": "yes"},
    }
    return kind, details | (marks.get(kind, {}) if mark else {})


ROWS = st.lists(st.builds(row_of, st.sampled_from(K), st.booleans()), max_size=25)


def positions(events: tuple[Event, ...]) -> Iterator[tuple[Position, Event, Position]]:
    for number, event in enumerate(events, 1):
        yield position(events[: number - 1]), event, position(events[:number])


@examples(400)
@given(ROWS)
def test_a_confirmed_case_falls_back_by_nothing_but_a_resumption_or_a_charge(
    rows: list[Row],
) -> None:
    for before, event, after in positions(log(*DRAFT, *rows)):
        if before.is_settled and before.state not in (S.CLOSED, S.RESUMED):
            takes_back = event.kind is K.RESUMED or (
                event.kind is K.CHARGED and "rightful" not in event.details
            )
            assert after.is_settled or takes_back
            assert after.state not in WAITING


@examples(400)
@given(st.data())
def test_what_the_table_allows_keeps_its_promises(data: st.DataObject) -> None:
    rows: list[Row] = [OPENED, LETTER]
    for _ in range(data.draw(st.integers(0, 25))):
        may_follow = sorted(possible(log(*rows)))
        kind = data.draw(st.sampled_from(may_follow))
        rows.append(row_of(kind, data.draw(st.booleans())))

    kinds = [kind for kind, _ in rows]
    for before, event, after in positions(log(*rows)):
        if event.kind is K.CLOSED:
            assert before.state is not S.CLOSED
        if event.kind is K.RESUMED:
            assert before.tellings or before.is_confirmed
            assert before.state not in (S.CLOSED, S.RESUMED)
        if event.kind is K.DISPATCH_BEGUN:
            assert not before.is_letter_out
        if before.state is S.RESUMED:
            assert after.state in (S.RESUMED, S.CLOSED) or event.kind is K.REOPENED
    assert kinds.count(K.OPENED) == 1
    assert kinds.count(K.DISPATCH_BEGUN) <= kinds.count(K.DISPATCH_ORDERED) + sum(
        1 for kind, details in rows if details.get("again")
    )


@examples(200)
@given(ROWS)
def test_any_log_has_a_state_and_something_that_may_follow(rows: list[Row]) -> None:
    events = log(*DRAFT, *rows)

    assert standing(events, date(2026, 12, 1)).state in set(S)
    assert K.FILE_KEPT in possible(events)
    assert set(possible_acts(events)) <= set(ACTS)


# the days that events bear


def fault(rows: tuple[Row, ...], row: Row, **facts: str) -> str:
    """Return the field and the words of what is wrong with a day."""
    *before, event = log(*rows, row)
    found = day_fault(before, event, facts)
    return f"{found.field}: {ENGLISH.say(found.sentence)}" if found else ""


def said(kind: EventKind, on: str) -> Row:
    return kind, {"on": on}


PURCHASED = {"purchased_at": "2026-10-20", "as_of": "2026-10-25"}


def test_a_letter_that_is_taken_up_again_is_of_the_day_it_was_written() -> None:
    money: Row = (K.LETTER_WRITTEN, {"pdf": "sha256:a"})
    reply: Row = (K.LETTER_WRITTEN, {"pdf": "sha256:b", "kind": "reply"})
    anew: Row = (K.LETTER_WRITTEN, {"pdf": "sha256:c", "kind": "reply"})
    rows = (OPENED, reply, anew, reply)

    assert fault(rows, said(K.SAID_SENT, "2026-10-25"), **PURCHASED) == ""
    assert fault((OPENED, money, reply), said(K.SAID_SENT, "2026-10-25"), **PURCHASED)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            said(K.SAID_SENT, "2026-10-19"),
            "before the purchase, which was on 20 October 2026",
        ),
        (said(K.BUTTON_USED, "2026-10-19"), "before the purchase"),
        (said(K.CALLED, "2026-10-19"), "before the purchase"),
        # a letter of one's own, from before the case
        (said(K.SAID_SENT, "2026-10-24"), ""),
        (said(K.SAID_SENT, "2026-10-25"), ""),
        (said(K.BUTTON_USED, "2026-10-24"), ""),
        ((K.CONFIRMED, {"ends_on": "2026-10-01"}), ""),
        ((K.CHARGED, {}), ""),
        ((K.BUTTON_USED, {}), ""),
        (said(K.STEP_SKIPPED, "2026-10-01"), ""),
    ],
)
def test_nothing_is_sent_before_the_purchase(row: Row, words: str) -> None:
    found = fault(DRAFT, row, **PURCHASED)

    assert words in found
    assert bool(words) == found.startswith("on: ")


def test_a_stop_at_the_bank_that_is_over_is_not_recorded() -> None:
    def stop(until: str) -> Row:
        return K.BANK_BLOCKED, {"until": until}

    assert fault(SENT, stop("2026-10-31")) == (
        "until: 31 October 2026 is over: a stop that ended stops nothing any more"
    )
    assert not fault(SENT, stop("2026-11-01"))
    assert not fault(SENT, stop(""))


def test_a_later_letter_is_of_the_day_on_which_it_was_written() -> None:
    twice = (*SENT, LETTER)

    assert "before the letter" in fault(twice, said(K.SAID_SENT, "2026-10-31"))
    assert not fault(twice, said(K.SAID_SENT, "2026-11-01"))
    assert not fault((OPENED,), said(K.SAID_SENT, "2026-10-01"))


def test_a_moment_counts_for_the_earliest_day_that_it_was_anywhere() -> None:
    midnight = "2026-11-01T01:00:00+00:00"

    assert not fault(DRAFT, said(K.BUTTON_USED, "2026-10-31"), purchased_at=midnight)
    assert fault(DRAFT, said(K.BUTTON_USED, "2026-10-30"), purchased_at=midnight)
    assert not fault(DRAFT, said(K.BUTTON_USED, "2026-10-30"), purchased_at="in May")


@pytest.mark.parametrize(
    ("rows", "on", "words"),
    [
        (SENT, "2026-10-31", "the company was told on 1 November 2026"),
        (SENT, "2026-11-01", ""),
        ((*DRAFT, BUTTON), "2026-11-19", "the company was told on 20 November 2026"),
        (
            (*SENT, CONFIRMED),
            "2026-11-09",
            "the end that was confirmed is 10 November 2026",
        ),
        ((*SENT, CONFIRMED), "2026-11-10", ""),
        ((*SENDING, UNKNOWN, DELIVERED), "2026-10-31", "was told on 1 November 2026"),
        ((*DRAFT, ANSWERED), "2026-10-01", ""),
    ],
)
def test_a_charge_before_the_letter_or_the_end_is_asked_about(
    rows: tuple[Row, ...], on: str, words: str
) -> None:
    found = fault(rows, said(K.CHARGED, on))

    assert words in found
    assert bool(words) == ("did this charge come before or after?" in found)
    assert not fault(rows, (K.CHARGED, {"on": on, "rightful": "yes"}))


@pytest.mark.parametrize("name", ["cancelled_at", "withdrawn_at"])
def test_an_end_that_was_told_among_the_facts_comes_before_the_letter(
    name: str,
) -> None:
    ended = {name: "2026-08-20"}

    assert not fault(SENT, said(K.CHARGED, "2026-10-15"), **ended)
    assert "the company was told on 20 August 2026" in fault(
        SENT, said(K.CHARGED, "2026-08-19"), **ended
    )


def test_a_charge_after_the_end_is_not_said_to_be_before_it() -> None:
    rightful: Row = (K.CHARGED, {"on": "2026-11-11", "rightful": "yes"})

    found = fault((*SENT, CONFIRMED), rightful)

    assert found == (
        "before_end: the end that was confirmed is 10 November 2026, and "
        "11 November 2026 is after that"
    )


def test_a_rightful_charge_changes_nothing() -> None:
    before, after = log(*SENT), log(*SENT, RIGHTFUL)
    late = START.date() + timedelta(days=60)

    assert standing(before, late) == standing(after, late)
    assert state(*SENT, CONFIRMED, CLOSED, RIGHTFUL) is S.CLOSED


# what is a message


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "empty_message"),
        (b" \r\n\t\n", "empty_message"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no_message"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "no_message"),
        (b"words\x00and a nothing", "no_message"),
        (b"Note: no mail\n\xff\xfe", "no_message"),
        (b"Subject: x\r\n\r\n\xff\x00 bytes\r\n", None),
        (b"\nX-Sent-By: me\n\tand you\nfrom: a@b.org\n\n\xff", None),
        (b"From a@b.org Thu Nov 26\nReceived: by c\n\n\xff", None),
        ("They wrote: it ends. Grüße\n".encode(), None),
    ],
)
def test_a_message_is_a_mail_or_words(raw: bytes, fault: str | None) -> None:
    assert message_fault(raw) == fault
