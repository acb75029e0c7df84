"""What the table of transitions says is written, shown and done, at each door."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from rescind.adapters import clock
from rescind.app.follow import cases, queries, received, reports, steps
from rescind.cli.main import main
from rescind.core.errors import BadInput, Refused
from rescind.core.follow.state import position
from rescind.core.follow.transitions import possible, refusal
from rescind.core.model.case import Event, EventKind
from rescind.core.model.event_details import LetterWrittenDetails
from rescind.store import selectors, services
from rescind.store.models import CaseRecord
from tests.conftest import FACTS, SENDER, examples
from tests.logs import DRAFT, LOGS, Row

pytestmark = pytest.mark.usefixtures("ready_desk")
K = EventKind
ANSWER = b"From: help@merchant.example.org\nSubject: Re: x\n\nThe weather is fine.\n"
TODAY = clock.now().date().isoformat()


class Undone(Exception):  # noqa: N818 - nothing went wrong
    """Takes back what was tried, so that the next try finds the same case."""


@contextmanager
def undone() -> Iterator[None]:
    with suppress(Undone), transaction.atomic():
        yield
        raise Undone


def write(case: CaseRecord, row: Row) -> None:
    """Write what happened as the service does, with an answer that can be read."""
    kind, details = row
    if kind is K.ANSWERED:
        details = {"message": services.keep(case, ANSWER, "message/rfc822", "a.eml")}
    services.add_event(case, kind, now=clock.now(), known_by="person", details=details)


@pytest.fixture(scope="module")
def opened(ready_desk: None) -> dict[str, str]:  # noqa: ARG001 - the database first
    """Return a case for each log, opened as a person opens one."""
    names = {}
    for name, rows in LOGS.items():
        case_id = cases.new_case(FACTS, SENDER)
        case = selectors.find_case(case_id)
        for row in rows[len(DRAFT) :]:
            write(case, letter_again(case) if row[0] is K.LETTER_WRITTEN else row)
        names[name] = case_id
    return names


def letter_again(case: CaseRecord) -> Row:
    newest = selectors.case_of(case).newest(K.LETTER_WRITTEN)
    assert newest is not None
    return K.LETTER_WRITTEN, dict(newest.details)


def events_of(case_id: str) -> tuple[Event, ...]:
    return selectors.fresh_events(selectors.find_case(case_id))


DETAILS: dict[EventKind, dict[str, str]] = {
    K.LETTER_WRITTEN: {"confirm_by": "2026-11-15"},
    K.CONFIRMED: {"ends_on": "2026-11-10", "note": ""},
    K.SAID_SENT: {"on": TODAY, "way": "post"},
    K.BUTTON_USED: {"on": TODAY, "confirm_by": "2999-11-23"},
    K.CALLED: {"on": TODAY, "confirm_by": "2999-11-23"},
    K.CHARGED: {"on": TODAY},
    K.DISPATCH_ORDERED: {"dispatch": "d", "not_before": "2026-11-02T08:00:00+00:00"},
    K.DISPATCH_REFUSED: {"dispatch": "d", "said": "550 no"},
    K.STEP_SKIPPED: {"step": "complaint"},
    K.STAMPED: {"what": "log", "number": "1", "stamped_at": ""},
    K.ANCHORED: {"what": "log", "number": "1", "state": "pending"},
}


@pytest.mark.parametrize("name", LOGS)
def test_what_the_table_refuses_the_service_refuses(
    name: str, opened: dict[str, str]
) -> None:
    case = selectors.find_case(opened[name])
    before = events_of(opened[name])

    for kind in K:
        row = kind, DETAILS.get(kind, {"dispatch": "d"})
        if refusal(before, kind) is None:
            with undone():
                write(case, row)
                assert events_of(opened[name])[-1].kind is kind
            continue
        with pytest.raises(Refused) as caught:
            write(case, row)
        assert caught.value.field == "case"
        assert str(caught.value.message).startswith(f"is {position(before).state}: ")
        assert caught.value.suggestions == (f"rescind case show {case.pk}",)
        assert events_of(opened[name]) == before


@examples(40)
@given(st.lists(st.sampled_from(K), max_size=15))
def test_any_sequence_is_written_as_far_as_the_table_allows(
    kinds: list[EventKind],
) -> None:
    with undone():
        case = CaseRecord.objects.create(
            opened_at=clock.now(), service="x", facts={}, verdict={}, sender={}
        )
        for row in DRAFT:
            write(case, row)
        for kind in kinds:
            before, row = selectors.fresh_events(case), (kind, DETAILS.get(kind, {}))
            if kind not in possible(before):
                with pytest.raises(Refused):
                    write(case, row)
                assert selectors.fresh_events(case) == before
                continue
            write(case, row)
            was, here = position(before), position(selectors.fresh_events(case))
            if was.is_settled and kind not in (K.RESUMED, K.CHARGED):
                assert here.is_settled


# the pages


CASE_PAGE = {
    K.DISPATCH_RECALLED: "/recall/",
    K.SAID_NOT_SENT: "/unsent/",
    K.CONFIRMED: "/confirm/",
    K.ANSWERED: "/reply/",
    K.FILE_KEPT: "/keep/",
    K.CLOSED: "/close/",
    K.CHARGED: 'name="what" value="charged"',
    K.BUTTON_USED: 'name="what" value="button"',
    K.CALLED: 'name="what" value="called"',
    K.BANK_BLOCKED: 'name="what" value="blocked"',
    K.FACTS_TOLD: "/facts/",
    K.RESUMED: 'name="what" value="resumed"',
    K.REOPENED: 'name="what" value="reopened"',
    K.LETTER_WRITTEN: "letters/?letter=",
}
OFFERED = {
    K.SAID_SENT: "/said/",
    K.STEP_SKIPPED: "/skip/",
}
"""What stands on the page of a case only where it may follow, and not always then."""


@pytest.mark.parametrize("name", LOGS)
def test_a_page_has_a_button_where_its_event_may_follow(
    name: str, opened: dict[str, str]
) -> None:
    case_id, client = opened[name], Client(HTTP_HOST="127.0.0.1")
    may_follow = possible(events_of(case_id))

    page = client.get(f"/cases/{case_id}/").content.decode()
    letters = client.get(f"/cases/{case_id}/letters/?letter=stop-payment")

    for kind, mark in CASE_PAGE.items():
        assert (mark in page) == (kind in may_follow), kind
    for kind, mark in OFFERED.items():
        assert mark not in page or kind in may_follow, kind
    may_write = K.LETTER_WRITTEN in may_follow
    assert ('name="act"' in letters.content.decode()) == may_write


def test_a_page_says_what_is_refused_and_what_is_possible(
    opened: dict[str, str],
) -> None:
    client = Client(HTTP_HOST="127.0.0.1")

    response = client.post(f"/cases/{opened['closed']}/close/")

    assert response.status_code == 422
    assert (
        "it is over, unless you open it again. Possible now: keep a message"
        in response.content.decode()
    )
    missing = client.post("/cases/00000000-0000-0000-0000-000000000000/close/")
    assert missing.status_code == 404


# the command line


COMMANDS: dict[EventKind, tuple[str, ...]] = {
    K.DISPATCH_ORDERED: ("send", "--by", "practice", "--yes"),
    K.SAID_SENT: ("send", "--by", "said", "--on", TODAY),
    K.SAID_NOT_SENT: ("unsent",),
    K.DISPATCH_RECALLED: ("recall",),
    K.CONFIRMED: ("confirm", "--ends-on", TODAY),
    K.ANSWERED: ("answer", "FILE"),
    K.FILE_KEPT: ("keep", "FILE"),
    K.LETTER_WRITTEN: ("next", "second-notice"),
    K.CHARGED: ("charged", "--on", TODAY),
    K.BUTTON_USED: ("button",),
    K.CALLED: ("called", "--with", "B", "--said", "it ends"),
    K.BANK_BLOCKED: ("blocked",),
    K.FACTS_TOLD: ("facts", "payment_method=visa-debit"),
    K.RESUMED: ("resume",),
    K.CLOSED: ("close",),
    K.REOPENED: ("reopen",),
}


@pytest.mark.parametrize("name", LOGS)
def test_a_command_does_what_the_table_allows(
    name: str,
    opened: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case_id, before = opened[name], events_of(opened[name])
    file = tmp_path_factory.getbasetemp() / "answer.eml"
    file.write_bytes(ANSWER)

    for kind, (command, *rest) in COMMANDS.items():
        words = [str(file) if word == "FILE" else word for word in rest]
        with undone(), pytest.raises(SystemExit) as ended:
            main(["case", command, case_id, *words, "--json"])
        out = capsys.readouterr().out
        if kind in possible(before):
            assert ended.value.code == 0, (name, kind, out)
        else:
            assert ended.value.code == 2, (name, kind, out)
            error = json.loads(out[out.index('{"error"') :])["error"]
            assert error["field"] == "case"
            assert "Possible now: " in error["message"]


def test_what_is_possible_is_shown_at_the_command_line(
    opened: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["case", "show", opened["closed"]])

    assert (
        "can:   keep a message that came, keep a file, open the case again\n"
        in capsys.readouterr().out
    )
    shown = queries.show_case(opened["closed"])
    assert shown["possible"] == ["answered", "file_kept", "reopened"]


@pytest.mark.parametrize("name", LOGS)
def test_the_terminal_says_words_and_no_codes(
    name: str, opened: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("show", "steps", "advise"):
        with pytest.raises(SystemExit):
            main(["case", command, opened[name]])

    assert not re.findall(r"\b[a-z]+_[a-z_]+\b", capsys.readouterr().out)


# days, charges and messages, through the use cases


def sent(**facts: Any) -> str:
    case_id = cases.new_case(FACTS | facts, SENDER)
    return cases.say_sent(case_id, "post", TODAY)


def test_nothing_is_sent_before_the_purchase_or_the_letter() -> None:
    case_id = cases.new_case(FACTS | {"as_of": TODAY}, SENDER)

    with pytest.raises(BadInput, match="before the purchase") as before_purchase:
        cases.say_sent(case_id, "post", "2026-11-09")
    with pytest.raises(BadInput, match="before the purchase"):
        reports.used_button(case_id, on="2026-11-09")

    assert before_purchase.value.field == "on"
    assert queries.show_case(case_id)["state"] == "draft"


def test_a_reminder_is_not_sent_before_it_is_written() -> None:
    case_id = sent()
    yesterday = (clock.now() - timedelta(days=2)).date().isoformat()
    steps.write_next(case_id, "second-notice", {})

    with pytest.raises(BadInput, match="before the letter") as before_letter:
        cases.say_sent(case_id, "post", yesterday)

    assert before_letter.value.field == "on"


def test_a_letter_of_ones_own_from_before_the_case_counts_from_its_day() -> None:
    case_id = cases.new_case(FACTS | {"as_of": TODAY}, SENDER)
    letter = selectors.read_case(case_id).last(LetterWrittenDetails)
    sent_on = (clock.now() - timedelta(days=9)).date()

    cases.say_sent(case_id, "post", sent_on.isoformat())

    case = queries.show_case(case_id)
    assert letter
    assert letter.confirm_by
    by = (letter.confirm_by - timedelta(days=9)).isoformat()
    assert case["confirm_by"] == by
    # how long an answer has depends on how near the next charge is
    assert case["state"] == ("sent" if by >= TODAY else "overdue")
    first = steps.steps(selectors.read_case(case_id))[0]
    assert first["on"] == (letter.confirm_by - timedelta(days=8)).isoformat()


def test_a_charge_before_the_end_is_asked_about_and_noted_as_rightful() -> None:
    case_id = sent()
    cases.confirm(case_id, ends_on="2099-12-10", note="")

    with pytest.raises(BadInput, match="before or after") as caught:
        reports.charged(case_id, on=TODAY, amount="59.00 USD")
    reports.charged(case_id, on=TODAY, amount="59.00 USD", before_end=True)

    assert (caught.value.field, caught.value.suggestions) == ("on", ("--before-end",))
    shown = queries.show_case(case_id)
    assert shown["state"] == "confirmed"
    details = shown["events"][-1]["details"]
    assert details == {
        "on": TODAY,
        "amount": "59.00 USD",
        "note": "",
        "rightful": "yes",
    }


def test_no_end_and_no_charge_lies_before_the_purchase() -> None:
    case_id = sent(purchased_at="2026-01-10")

    with pytest.raises(BadInput, match="before the purchase") as end:
        cases.confirm(case_id, ends_on="2020-01-01", note="")
    with pytest.raises(BadInput, match="before the purchase") as charge:
        reports.charged(case_id, on="2025-01-01", amount="", before_end=True)

    assert end.value.field == "ends_on"
    assert charge.value.field == "on"


def test_a_confirmed_end_stays_one_while_a_charge_is_disputed() -> None:
    case_id = sent(purchased_at="2026-01-10")
    cases.confirm(case_id, ends_on="2026-01-20", note="")
    today = clock.now().date().isoformat()
    reports.charged(case_id, on=today, amount="9 EUR")

    reports.used_button(case_id, on=today)
    reports.called(case_id, on=today, with_whom="the desk", said="no")

    assert queries.show_case(case_id)["state"] == "charged"


def test_a_charge_is_noted_as_rightful_on_its_page() -> None:
    case_id, client = sent(), Client(HTTP_HOST="127.0.0.1")
    charge = {"what": "charged", "on": "2026-11-15"}

    asked = client.post(f"/cases/{case_id}/happened/", charge)
    noted = client.post(f"/cases/{case_id}/happened/", charge | {"before_end": "on"})

    assert (asked.status_code, noted.status_code) == (422, 302)
    assert "did this charge come before or after?" in asked.content.decode()
    assert queries.show_case(case_id)["state"] == "sent"


@pytest.mark.parametrize("raw", [b"", b" \n", b"\x89PNG\r\n\x1a\n\x00"])
def test_what_is_no_message_is_not_kept(raw: bytes) -> None:
    case_id = sent()

    with pytest.raises(BadInput) as caught:
        received.take_in(case_id, raw)

    assert caught.value.field == "answer"
    assert queries.show_case(case_id)["events"][-1]["kind"] == "said_sent"
