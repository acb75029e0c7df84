"""What a person records by mistake, and how the program helps to put it right."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from rescind.adapters import clock
from rescind.app.find.watch import _end
from rescind.app.follow import cases, queries, received, reports
from rescind.app.follow.advising import advice
from rescind.app.follow.answers import answers
from rescind.cli.main import main
from rescind.core.errors import BadInput
from rescind.store import selectors
from tests.conftest import FACTS, SENDER

pytestmark = pytest.mark.usefixtures("ready_desk")
TODAY = clock.now().date().isoformat()
CONFIRMS = (
    b"From: support@example.org\nSubject: Cancelled\n\n"
    b"Your subscription is cancelled and ends on 31 December 2026.\n"
)


def sent() -> str:
    case_id = cases.new_case(FACTS, SENDER)
    return cases.say_sent(case_id, "post", TODAY)


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["case", *words])
    return int(str(ended.value.code))


def test_a_wrong_end_is_put_right_after_a_close() -> None:
    case_id = sent()
    cases.confirm(case_id, ends_on="2099-12-31", note="")
    cases.close(case_id, note="")

    with pytest.raises(BadInput, match="open the case again"):
        cases.confirm(case_id, ends_on="2098-12-31", note="")
    reports.reopen(case_id, "the year was wrong")
    cases.confirm(case_id, ends_on="2098-12-31", note="")

    shown = queries.show_case(case_id)
    kinds = [event["kind"] for event in shown["events"]]
    assert shown["state"] == "confirmed"
    assert kinds[-4:] == ["confirmed", "closed", "reopened", "confirmed"]


def test_a_resumption_that_was_a_mistake_hides_no_charge_after_the_end() -> None:
    case_id = sent()
    cases.confirm(case_id, ends_on="2099-12-31", note="")
    reports.resume(case_id)

    resumed = _end(selectors.read_case(case_id))
    reports.reopen(case_id)
    reopened = _end(selectors.read_case(case_id))

    assert resumed is not None
    assert resumed.resumed_on is not None
    assert reopened is not None
    assert reopened.resumed_on is None


def test_a_closed_case_is_reopened_on_its_page() -> None:
    case_id, client = cases.close(sent(), note=""), Client(HTTP_HOST="127.0.0.1")

    done = client.post(f"/cases/{case_id}/happened/", {"what": "reopened"})

    assert done.status_code == 302
    assert queries.show_case(case_id)["state"] == "sent"
    assert "You opened it again" in client.get(f"/cases/{case_id}/").content.decode()


def test_a_message_that_came_before_the_letter_went_out_leaves_it_a_draft() -> None:
    case_id = cases.new_case(FACTS, SENDER)

    received.take_in(case_id, CONFIRMS)

    shown = queries.show_case(case_id)
    assert shown["state"] == "draft"
    assert "confirmed" in shown["possible"]
    assert shown["events"][-1]["kind"] == "answered"


@pytest.mark.parametrize("settle", ["confirm", "close", "resume"])
def test_advice_ends_once_the_person_recorded_what_came_of_it(settle: str) -> None:
    case_id = sent()
    received.take_in(case_id, CONFIRMS)
    settled = {
        "confirm": lambda: cases.confirm(case_id, ends_on="2099-12-31", note=""),
        "close": lambda: cases.close(case_id, note=""),
        "resume": lambda: reports.resume(case_id),
    }

    before = selectors.read_case(case_id)
    settled[settle]()
    after = selectors.read_case(case_id)

    assert advice(before, answers(before)) is not None
    assert advice(after, answers(after)) is None


def test_the_terminal_says_what_is_next_where_no_advice_is_left(
    capsys: pytest.CaptureFixture[str],
) -> None:
    case_id = sent()
    received.take_in(case_id, CONFIRMS)
    cases.close(case_id, note="")

    assert run("advise", case_id) == 0

    assert capsys.readouterr().out == "Nothing more to do.\n"


@pytest.mark.parametrize("command", ["resume", "send"])
def test_what_is_refused_says_nothing_else(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    case_id = cases.close(sent(), note="")
    rest = ("--by", "said") if command == "send" else ()

    assert run(command, case_id, *rest, "--json") == 2

    said = capsys.readouterr()
    error = json.loads(said.out)["error"]
    assert error["field"] == "case"
    assert said.err.splitlines()[0] == f"case: {error['message']}"


def test_a_stop_at_the_bank_is_offered_and_has_to_hold() -> None:
    case_id = sent()
    over = (clock.now() - timedelta(days=3)).date().isoformat()

    with pytest.raises(BadInput, match="stops nothing any more") as caught:
        reports.blocked(case_id, until=over)

    assert caught.value.field == "until"
    assert "bank_blocked" in queries.show_case(case_id)["possible"]


def test_a_rightful_charge_is_called_so(capsys: pytest.CaptureFixture[str]) -> None:
    case_id, client = sent(), Client(HTTP_HOST="127.0.0.1")
    reports.charged(case_id, on="2026-11-15", before_end=True)

    run("show", case_id)
    page = client.get(f"/cases/{case_id}/").content.decode()

    for said in (capsys.readouterr().out, page):
        assert "Money was taken before the end, rightfully" in said
        assert "Money was taken all the same" not in said


def test_a_charge_before_anybody_was_told_is_refused_in_one_voice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    case_id = cases.new_case(FACTS, SENDER)

    assert run("charged", case_id, "--on", "2026-11-15", "--before-end") == 2

    said = capsys.readouterr().err
    assert "nobody was told of an end yet" in said
    assert "after the end" not in said
