"""Steps, answers and what the person reports, by use cases and command line."""

import json
import os
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.adapters.data import playbook
from rescind.adapters.data.countries import zone_of_purchase
from rescind.adapters.public.due import DueDay
from rescind.adapters.settings import smtp
from rescind.app.follow import (
    cases,
    metrics,
    queries,
    received,
    reminders,
    reports,
    steps,
)
from rescind.core.errors import BadInput, TransientError
from rescind.core.model.message import Label
from rescind.store import selectors
from rescind.store import work as store_work
from tests import program
from tests.conftest import FACTS, HOME, SENDER, needs
from tests.mail import servers
from tests.worker.conftest import Forward
from tests.worker.working import advice, next_steps, overview, work

pytestmark = pytest.mark.usefixtures("quiet_house")
BERLIN = FACTS | {"country": "DE", "payment_method": "visa-credit"}


def sent(facts: dict[str, Any] = FACTS) -> str:
    case_id = cases.new_case(facts, SENDER | {"country": facts["country"]})
    return cases.say_sent(case_id, "post", None)


def days_in(case_id: str) -> list[DueDay]:
    return queries.due_days(case_id=case_id)


def answer(text: str, number: int = 1) -> bytes:
    return (
        "From: help@merchant.example.org\r\nTo: ada@home.example.org\r\n"
        f"Subject: Re: Cancellation\r\nMessage-ID: <{number}@merchant>\r\n"
        f"Date: Thu, 26 Nov 2026 10:00:00 +0000\r\n\r\n{text}\r\n"
    ).encode()


OFFER = (
    "Before you go, we would like to offer you 50% off for the next three months "
    "if you stay with us."
)


def test_the_second_notice_is_written_into_the_case_and_sent_from_there(
    forward: Forward,
) -> None:
    case_id = sent()
    forward(days=15)
    assert [(s["step"], s["state"]) for s in next_steps(case_id)] == [
        ("second-notice", "due"),
        ("complaint", "later"),
    ]

    steps.write_next(case_id, "second-notice", {})
    letter = selectors.letter(selectors.read_case(case_id))
    assert letter.kind == "second-notice"
    assert queries.show_case(case_id)["state"] == "overdue"
    cases.say_sent(case_id, "by post", None)

    rows = next_steps(case_id)
    assert [s["state"] for s in rows] == ["done", "later"]
    assert "reminder asked" in rows[1]["why"]
    assert rows[1]["to"]
    assert rows[1]["to"]["contact"]


def test_the_letter_and_the_step_name_the_same_body() -> None:
    case_id = sent(BERLIN)

    body = next_steps(case_id)[1]["to"]
    steps.write_next(case_id, "second-notice", {})

    assert body
    # the company sits in another country; a letter names the centre in words
    assert body["name"].startswith("ECC-Net")
    text = selectors.letter(selectors.read_case(case_id)).text
    assert "the European Consumer Centre of my country" in text


def test_a_step_is_skipped_and_only_one_that_is_there() -> None:
    case_id = sent()

    reports.skip(case_id, "second-notice", "they called me")

    assert next_steps(case_id)[0]["state"] == "skipped"
    for step, field in (("second-notice", "step"), ("dispute", "step"), ("x", "step")):
        with pytest.raises(BadInput) as caught:
            reports.skip(case_id, step)
        assert caught.value.field == field
    with pytest.raises(BadInput):
        steps.write_next(case_id, "cancel", {})


def test_a_charge_after_the_end_is_disputed_before_the_schemes_day(
    forward: Forward,
) -> None:
    case_id = sent(BERLIN)
    cases.confirm(case_id, ends_on="2026-12-10", note="")
    forward(days=20)
    day = clock.now().date()

    reports.charged(case_id, on=day.isoformat(), amount="59.00 USD")

    assert queries.show_case(case_id)["state"] == "charged"
    (step,) = next_steps(case_id)
    assert step["by"] == (day + timedelta(days=120)).isoformat()
    assert [right["claims"][0]["source"] for right in step["rights"]]
    (last_day,) = (day for day in days_in(case_id) if day.due.what == "dispute-by")
    assert last_day.by.isoformat() == step["by"]
    steps.write_next(case_id, "dispute", {"bank_name": "Bank"})
    assert selectors.letter(selectors.read_case(case_id)).kind == "dispute"


def test_what_is_reported_wrongly_is_refused_by_field() -> None:
    draft, case_id = cases.new_case(FACTS, SENDER), sent()
    future = (clock.now() + timedelta(days=9)).date().isoformat()

    acts: list[tuple[Callable[[], str], str]] = [
        (lambda: reports.charged(draft, on="2026-11-20"), "case"),
        (lambda: reports.charged(case_id, on=future), "on"),
        (lambda: reports.charged(case_id, on="2026-11-20", amount="much"), "amount"),
        (lambda: reports.called(case_id, with_whom="x", said=" "), "said"),
        (lambda: reports.blocked(case_id, until="soon"), "until"),
        (lambda: steps.write_next(case_id, "reply", {}), "kind"),
    ]
    for act, field in acts:
        with pytest.raises(BadInput) as caught:
            act()
        assert caught.value.field == field


def test_a_button_a_call_and_a_stop_at_the_bank_are_the_persons_word() -> None:
    button, call = (cases.new_case(FACTS, SENDER) for _ in range(2))

    reports.used_button(button, note="the page said done")
    reports.called(call, with_whom="Mr B.", said="it ends", reference="77")
    reports.blocked(call, until="2027-05-01")

    for case_id in (button, call):
        row = queries.show_case(case_id)
        assert (row["state"], row["by_word_only"]) == ("sent", True)
    assert "block" in [day.due.what for day in days_in(call)]
    reports.resume(call, "I stay")
    assert queries.show_case(call)["state"] == "resumed"
    assert next_steps(call) == []
    with pytest.raises(BadInput, match="resumed"):
        reports.used_button(call)
    assert steps.way_back(selectors.read_case(button))["answer"] in (
        "yes",
        "no",
        "depends",
        "unknown",
    )


def test_an_offer_is_declined_with_a_reply_in_the_case() -> None:
    case_id = sent(BERLIN)
    assert advice(case_id) is None
    received.take_in(case_id, answer(OFFER))

    found = advice(case_id)
    assert found is not None
    assert (found["label"], found["letter"]) == ("offer", "reply")
    assert "BGB" in found["rights"][0]["claims"][0]["source"]
    german = advice(case_id, "de")
    assert german is not None
    assert "halten" in german["means"]

    steps.write_next(case_id, "reply", {})
    letter = selectors.letter(selectors.read_case(case_id))
    assert letter.kind == "reply"
    assert "offer" in letter.text or "Angebot" in letter.text


SWEDISH_GYM = {
    "service": "other",
    "merchant": "Gymmet",
    "kind": "gym",
    "channel": "web",
    "country": "SE",
    "purchased_at": "2025-10-01",
    "term": "P12M",
    "notice": "P1M",
    "renewal_term": "P12M",
    "renewal_notice_given": False,
}
"""Nobody reminded of the renewal: by Swedish law it ends at once."""


def test_what_a_case_was_told_with_a_no_still_counts_when_they_answer() -> None:
    case_id = sent(SWEDISH_GYM)
    last_day = "Vi bekräftar att ditt medlemskap avslutas den 30 september 2027."
    received.take_in(case_id, answer(last_day))

    told = advice(case_id)

    assert told is not None
    assert [each["code"] for each in told["differences"]] == ["ends_later"]
    assert told["letter"] == "reply"
    steps.write_next(case_id, "reply", {})
    text = selectors.letter(selectors.read_case(case_id)).text
    ours = queries.show_case(case_id)["ends_on"]
    assert ours is not None
    assert ours < "2027-09-30"
    assert text.count("30 september 2027") == 1


def test_what_is_not_surely_read_is_for_the_person_to_read() -> None:
    case_id = sent()
    received.take_in(case_id, answer("Well, well. The weather is fine today."))

    found = advice(case_id)

    assert found is not None
    assert found["label"] == "other"
    with pytest.raises(BadInput, match="lang"):
        advice(case_id, "xx")


WALLS = (
    "To prove that you are not a robot, please click the link and solve the captcha.",
    "Bitte klicken Sie auf den Link, um zu zeigen, dass Sie kein Roboter sind.",
)


@pytest.mark.parametrize("text", WALLS)
def test_a_wall_against_robots_sends_the_person_to_its_page(text: str) -> None:
    case_id = sent()
    received.take_in(case_id, answer(text))

    found = advice(case_id)

    assert found is not None
    assert found["label"] == "redirected"
    assert any("robots" in line for line in found["do"])


def test_every_answer_has_a_play_in_every_language() -> None:
    for language in playbook.languages():
        found = playbook.plays(language)
        assert set(found) == set(Label)
        assert all(play.means and play.do for play in found.values())
        for play in found.values():
            assert play.is_ours or play.letter is None
            assert all(each["url"] and each["at"] for each in play.rests_on)


def test_a_notice_comes_ahead_once_and_names_nobody(
    listener: Any, forward: Forward
) -> None:
    reminders.change_settings({"urls": [listener.url]})
    case_id = sent()
    forward(days=15)

    work()
    work()

    (told,) = [t for t in listener.told if case_id[:8] in t["title"]]
    assert "to confirm" in told["message"]
    assert "Coursera" not in json.dumps(told)
    assert "Ada" not in json.dumps(told)
    assert f"rescind case show {case_id[:8]}" in told["message"]


def test_the_rest_of_a_notice_is_never_due_while_it_is_recorded(
    listener: Any, forward: Forward, monkeypatch: pytest.MonkeyPatch
) -> None:
    reminders.change_settings({"urls": [listener.url]})
    case = selectors.find_case(sent())
    forward(days=15)
    now = clock.now()
    planned = store_work.plan
    left: list[str] = []

    def plan(*args: Any, **words: Any) -> None:
        planned(*args, **words)
        tasks = [task for _, task in store_work.due_tasks(now, 200)]
        left.extend(task.key for task in tasks if task.case_id == str(case.pk))

    monkeypatch.setattr(store_work, "plan", plan)
    reminders.tell_what_is_due(case, now)

    assert len(listener.told) == 1
    assert listener.told[0]["message"].count("\n") > 2
    assert left == []


def test_a_notice_names_the_company_if_it_was_asked_to(
    listener: Any, forward: Forward
) -> None:
    page = "http://127.0.0.1:8000"
    reminders.change_settings({"urls": [listener.url], "details": True, "page": page})
    case_id = sent()
    forward(days=15)

    work()

    told = [t for t in listener.told if case_id in t["message"]]
    assert "Coursera" in told[0]["title"]
    assert f"{page}/cases/{case_id}/" in told[0]["message"]


def test_a_notice_that_nobody_took_is_tried_again(
    listener: Any, forward: Forward
) -> None:
    reminders.change_settings({"urls": [listener.url]})
    listener.status = 500
    case_id = sent()
    forward(days=15)
    work()
    failed = [r for r in overview().failed if r.case_id == case_id]
    assert "did not take" in failed[0].said

    listener.status = 200
    listener.told.clear()
    forward(minutes=2)
    work()

    assert len([t for t in listener.told if case_id[:8] in t["title"]]) == 1


def test_a_day_that_nobody_was_told_of_in_time_is_told_as_past(
    listener: Any, forward: Forward
) -> None:
    reminders.change_settings({"urls": [listener.url]})
    case_id = cases.new_case(FACTS, SENDER)
    assert days_in(case_id), "the case has a day to act by"
    forward(days=25)

    work()

    told = [t["message"] for t in listener.told if case_id[:8] in t["title"]]
    assert "This day is past" in told[0]


def test_without_a_way_nothing_is_told_and_nothing_fails(forward: Forward) -> None:
    case_id = sent()
    forward(days=15)

    work()

    assert not [r for r in overview().failed if r.case_id == case_id]
    with pytest.raises(BadInput, match="nobody asked"):
        reminders.test()


def test_by_mail_from_the_own_mailbox(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("postfix", "dovecot", "/usr/lib/postfix/sbin/smtpd")
    monkeypatch.setenv(smtp.PASSWORD, servers.PASSWORD)
    reminders.change_settings({"email": servers.USER})
    with pytest.raises(BadInput, match="no mailbox"):
        reminders.test()
    with servers.running(tmp_path_factory.mktemp("mail")) as mail:
        smtp.MAILBOX.write(
            HOME,
            {
                "host": servers.HOST,
                "port": mail.port,
                "user": servers.USER,
                "ca_file": str(mail.ca_file),
            },
        )
        assert reminders.test() == [f"mail to {servers.USER}"]
        (raw,) = mail.wait_for_mail(of="ada")

    assert b"Auto-Submitted: auto-generated" in raw
    assert b"Subject: Rescind: a test" in raw


def test_on_the_screen_by_the_desktops_own_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desktop is not there on a server: its program is a script that notes."""
    program = tmp_path / "notify-send"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/shown\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    reminders.change_settings({"desktop": True})

    assert reminders.test() == ["desktop"]
    assert "Rescind: a test" in (tmp_path / "shown").read_text()

    program.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(TransientError, match="desktop"):
        reminders.test()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"urls": ["nonsense://secret@x"]}, "url"),
        ({"email": "nobody"}, "email"),
        ({"page": "ftp://x"}, "page"),
        ({"colour": "red"}, "notices"),
    ],
)
def test_settings_of_notices_are_refused_by_field(
    given: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as caught:
        reminders.change_settings(given)

    assert caught.value.field == field
    assert "secret" not in str(caught.value)


def test_figures_and_health_follow_the_work(forward: Forward) -> None:
    work()
    assert metrics.health()["ok"]
    text = metrics.metrics().decode()
    assert "rescind_due" in text
    assert 'rescind_work_total{outcome="done",worker="worker-0"}' in text

    sent()
    forward(days=40)

    health = metrics.health()
    assert (health["last_look"] or 0) >= timedelta(days=40).total_seconds()
    assert health | {"last_look": None} == {
        "ok": False,
        "database": True,
        "worker": False,
        "last_look": None,
    }
    assert 'rescind_due{action="tell"} 1.0' in metrics.metrics().decode()


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return program.run(*words, home=home)


def test_at_the_command_line(tmp_path: Path) -> None:
    home, me, facts = tmp_path / "h", tmp_path / "me.json", tmp_path / "f.json"
    me.write_text(json.dumps(SENDER))
    facts.write_text(json.dumps(FACTS))
    given = ("--facts", str(facts), "--sender", str(me), "--json")
    case_id = json.loads(run(home, "case", "new", *given).stdout)["id"]

    later = run(home, "case", "send", case_id, "--by", "practice", "--at", "2027-01-01",
                "--yes", "--json")  # fmt: skip
    assert (later.returncode, json.loads(later.stdout)["state"]) == (0, "ordered")
    recalled = run(home, "case", "recall", case_id, "--json")
    assert json.loads(recalled.stdout)["state"] == "draft"
    called = run(home, "case", "called", case_id, "--with", "B", "--said", "it ends")
    assert "state: sent" in called.stdout
    steps = run(home, "case", "steps", case_id)
    assert "Send a reminder" in steps.stdout
    assert run(home, "case", "steps", case_id, "--json").returncode == 0
    assert "no answer" in run(home, "case", "advise", case_id).stdout
    assert run(home, "case", "skip", case_id, "complaint").returncode == 0
    letter = tmp_path / "a.eml"
    letter.write_bytes(answer(OFFER))
    run(home, "case", "answer", case_id, str(letter))
    assert "an offer for staying:" in run(home, "case", "advise", case_id).stdout
    assert "Letter written" in run(home, "case", "next", case_id, "reply").stdout
    # the commands have clocks of their own, which nobody holds before midnight
    today = datetime.now(zone_of_purchase(FACTS)).date().isoformat()
    for words in (
        ("charged", case_id, "--on", "2026-11-20", "--before-end"),
        ("charged", case_id, "--on", today),
        ("button", case_id),
        ("blocked", case_id, "--until", "2027-05-01"),
        ("resume", case_id, "--check"),
        ("resume", case_id),
    ):
        done = run(home, "case", *words)
        assert done.returncode == 0, done.stderr
    idle = run(home, "worker", "status")
    assert (idle.returncode, "never" in idle.stdout) == (1, True)
    once = run(home, "worker", "--once")
    assert once.stdout.strip() == "0 done", once.stderr
    status = run(home, "worker", "status", "--json")
    assert json.loads(status.stdout)["is_running"]
    assert "last run" in run(home, "worker", "status").stdout
    rows: list[tuple[tuple[str, ...], int]] = [
        (("notices", "show"), 0),
        (("notices", "set", "--email", "a@b.org", "--details"), 0),
        (("notices", "test"), 2),
        (("mailbox", "limits", "--per-hour", "5", "--quiet", "22:00-07:00"), 0),
        (("mailbox", "limits", "--quiet", "late"), 2),
        (("mailbox", "limits", "--zone", "Mars"), 2),
        (("mailbox", "limits", "--per-day", "0"), 2),
        (("worker", "--threads", "0"), 2),
        (("worker", "--metrics-port", "99999"), 2),
    ]
    for given_words, code in rows:
        done = run(home, *given_words)
        assert done.returncode == code, (given_words, done.stderr)
