"""Seven weeks of three cases, against real mail servers and a scripted merchant.

The merchant acknowledges, bounces, offers, refuses, says nothing, confirms, and then
charges again, in three languages. Only the clock is simulated. What it leaves is the
page docs/timeline.md; ``RESCIND_GOLDEN=write`` writes it anew.
"""

import os
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.adapters.public.case import EventJson
from rescind.adapters.settings import imap as imap_settings
from rescind.adapters.settings import smtp
from rescind.app.follow import cases, queries, reminders, reports, steps, sync, worker
from tests.conftest import FACTS, HOME, SENDER, needs
from tests.mail import imap, servers
from tests.worker.working import advice, next_steps

pytestmark = pytest.mark.usefixtures("no_limits")
START = datetime(2026, 11, 26, 9, tzinfo=UTC)
MERCHANT = "desk@merchant.example.org"
GONE = "gone@merchant.example.org"
"""The mail server takes what is written there, and then bounces it."""
PAGE = Path(__file__).parents[2] / "docs" / "timeline.md"

TICKET = (
    "Thank you for contacting us. We have received your request and opened ticket "
    "4711. We will get back to you within two working days."
)
OFFER = (
    "We are sorry to see you go. We would like to offer you 50% off for the next "
    "three months if you stay with us."
)
CONFIRMED = {
    "en": "Your subscription has been cancelled and ends on 10 December 2026.",
    "de": "Ihre Kündigung wurde bestätigt. Ihr Vertrag endet am 10. Dezember 2026.",
    "fr": "Votre abonnement a été résilié. Il prend fin le 10 décembre 2026.",
}
REFUSED = (
    "Leider können wir Ihre Kündigung nicht akzeptieren, da die Kündigungsfrist "
    "nicht eingehalten wurde."
)


@dataclass
class Scenario:
    """The days that pass, the person's mail, and what was told."""

    mail: servers.MailServer
    work: worker.Worker
    clock: "Clock"
    told: list[dict[str, Any]]
    day: int = 0
    names: dict[str, str] = field(default_factory=dict)
    """The cases' own names, by their ids."""
    lines: list[tuple[int, str, str]] = field(default_factory=list)
    """Notices: the day, the case, and what was said."""
    letters: int = 0
    mails: int = 0
    """How many messages came to the person so far."""

    def until(self, day: int) -> None:
        """Let the days pass; the worker looks once on each."""
        while self.day < day:
            self.day += 1
            self.clock.moment = START + timedelta(days=self.day)
            self.look()

    def look(self) -> None:
        """Let the worker do what is due."""
        before = len(self.told)
        self.work.run_once()
        for notice in self.told[before:]:
            case = next(n for i, n in self.names.items() if i[:8] in notice["title"])
            said = notice["message"].splitlines()[:-2]
            self.lines.extend((self.day, case, line) for line in said)

    def send(self, case_id: str, to: str = MERCHANT) -> None:
        """Say yes to the letter; wait until all that it causes has come."""
        cases.send(case_id, way="smtp", to=to)
        if to == MERCHANT:
            self.letters += 1
            assert self.mail.wait_for_mail(count=self.letters)
        self.arrive(2)  # the copy, and the server's notice

    def arrive(self, count: int) -> None:
        """Wait for so many more messages, and let the worker look at them."""
        self.mails += count
        assert self.mail_of_the_person(self.mails)
        self.clock.step(minutes=6)
        self.look()

    def mail_of_the_person(self, count: int) -> bool:
        """Return whether so many messages came, read or not."""
        box = self.mail.maildir.parent / "ada"
        until = datetime.now(UTC) + timedelta(seconds=20)
        while datetime.now(UTC) < until:
            if len([*box.glob("new/*"), *box.glob("cur/*")]) >= count:
                return True
        return False

    def answer(self, case_id: str, text: str, *, machine: bool = False) -> None:
        """Have the merchant answer the newest letter of a case, by real mail."""
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"], mail["To"] = MERCHANT, servers.USER
        mail["Subject"] = "Re: your message"
        mail["Date"] = format_datetime(clock.now())
        mail["Message-ID"] = f"<{self.mails}@merchant.example.org>"
        mail["In-Reply-To"] = self.newest_letter(case_id)
        if machine:
            mail["Auto-Submitted"] = "auto-replied"
        mail.set_content(f"{text}\n\n-- \nCustomer care")
        context = ssl.create_default_context(cafile=self.mail.ca_file)
        with smtplib.SMTP(servers.HOST, self.mail.port) as server:
            server.starttls(context=context)
            server.login(servers.USER, servers.PASSWORD)
            server.send_message(mail)
        self.arrive(1)

    def newest_letter(self, case_id: str) -> str:
        """Return the Message-ID of the letter as the merchant got it."""
        ids = [
            str(event["details"]["message_id"])
            for event in queries.show_case(case_id)["events"]
            if event["kind"] == "dispatch_begun"
        ]
        came = [message_from_bytes(raw) for raw in self.mail.wait_for_mail()]
        assert ids[-1] in [str(each["Message-ID"]) for each in came]
        return ids[-1]


class Clock:
    """A clock that stands, and is put forward."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        """Return the simulated moment."""
        return self.moment

    def step(self, **by: float) -> None:
        """Let some minutes pass."""
        self.moment += timedelta(**by)


@contextmanager
def a_world(
    tmp: Callable[[str], Path], told: list[dict[str, Any]], simulated: Clock
) -> Iterator[Scenario]:
    with servers.running(tmp("mail")) as mail:
        maildir = mail.maildir.parent / "ada"
        with imap.running(tmp("imap"), maildir) as box:
            _settle(mail, box)
            it = worker.Worker(threads=1)
            it.start()
            world = Scenario(mail=mail, work=it, clock=simulated, told=told)
            try:
                yield world
            finally:
                it.stop()


def _settle(mail: servers.MailServer, box: imap.Mailbox) -> None:
    account = {"host": servers.HOST, "user": servers.USER}
    smtp.MAILBOX.write(
        HOME, account | {"port": mail.port, "ca_file": str(mail.ca_file)}
    )
    sync.change_settings(account | {"port": str(box.port), "ca_file": str(box.ca_file)})


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> Clock:
    from rescind.store.models import CaseRecord
    from rescind.store.services import forget

    for case in CaseRecord.objects.all():
        forget(case)
    monkeypatch.setenv(smtp.PASSWORD, servers.PASSWORD)
    monkeypatch.setenv(imap_settings.PASSWORD, servers.PASSWORD)
    it = Clock()
    monkeypatch.setattr(clock, "now", it.now)
    return it


def open_case(world: Scenario, name: str, country: str) -> str:
    facts = FACTS | {"country": country, "payment_method": "visa-credit"}
    case_id = cases.new_case(facts, SENDER | {"country": country})
    world.names[case_id] = name
    return case_id


def state(case_id: str) -> str:
    return str(queries.show_case(case_id)["state"])


def test_seven_weeks(
    tmp_path_factory: pytest.TempPathFactory, listener: Any, simulated: Clock
) -> None:
    needs("postfix", "/usr/sbin/dovecot", "/usr/lib/dovecot/imap", "openssl")
    reminders.change_settings({"urls": [listener.url]})
    with a_world(tmp_path_factory.mktemp, listener.told, simulated) as world:
        english = open_case(world, "English", "GB")
        german = open_case(world, "German", "DE")
        french = open_case(world, "French", "FR")

        world.send(english)
        world.send(german, GONE)
        world.send(french)
        assert [state(c) for c in (english, german, french)] == [
            *("delivered", "failed", "delivered")
        ]
        world.until(1)
        world.answer(english, TICKET, machine=True)
        assert state(english) == "delivered"  # a receipt is no answer
        world.send(german)

        world.until(3)
        world.answer(english, OFFER)
        found = advice(english)
        assert found is not None
        assert (found["label"], found["letter"]) == ("offer", "reply")
        steps.write_next(english, "reply", {})
        world.send(english)

        world.until(4)
        world.answer(german, REFUSED)
        found = advice(german)
        assert found is not None
        assert found["label"] == "refused"
        assert found["rights"], "the law that speaks to it"
        steps.write_next(german, "reply", {})
        world.send(german)

        world.until(6)
        world.answer(english, CONFIRMED["en"])
        cases.confirm(english, ends_on="2026-12-10", note="their mail")
        world.until(9)
        world.answer(german, CONFIRMED["de"])
        cases.confirm(german, ends_on="2026-12-10", note="their mail")

        world.until(16)
        assert queries.show_case(french)["lateness"] == "late"
        steps.write_next(french, "second-notice", {})
        world.send(french)
        world.until(32)
        complaint = {s["step"]: s for s in next_steps(french)}["complaint"]
        assert complaint["state"] == "due"
        assert complaint["to"]
        steps.write_next(french, "complaint", {"problem": "cancellation"})
        cases.say_sent(french, "web form", None)
        world.until(36)
        world.answer(french, CONFIRMED["fr"])
        cases.confirm(french, ends_on="2026-12-10", note="their mail")

        world.until(45)
        reports.charged(english, on="2027-01-10", amount="59.00 USD")
        (dispute,) = next_steps(english)
        assert dispute["by"] == "2027-05-10"  # 120 days by the card scheme
        steps.write_next(english, "dispute", {"bank_name": "The Bank"})
        cases.say_sent(english, "post", None)
        cases.close(german, note="over")
        cases.close(french, note="over")
        world.until(49)

        assert state(english) == "charged"
        assert (state(german), state(french)) == ("closed", "closed")
        assert world.letters == 6
        assert len(world.mail.wait_for_mail(count=6)) == 6  # each once
        check_page(world, (english, german, french))


def check_page(world: Scenario, cases: tuple[str, ...]) -> None:
    text = PREFACE + "\n".join(section(world, case_id) for case_id in cases)
    if os.environ.get("RESCIND_GOLDEN") == "write":
        PAGE.write_text(text, encoding="utf-8")
    assert text == PAGE.read_text(encoding="utf-8")


PREFACE = """\
# Seven weeks of three cases

What `tests/worker/test_weeks.py` leaves: letters by a real mail server, answers fetched
from a real mailbox, a merchant that follows a script, and a clock that runs ahead. Days
are counted from the first. `told` is what the person was told by a notice; everything
else is in the log of the case.

"""


def section(world: Scenario, case_id: str) -> str:
    name = world.names[case_id]
    rows = [
        (_day(event["at"]), 0, _event(event))
        for event in queries.show_case(case_id)["events"]
    ]
    rows += [(day, 1, f"told: {said}") for day, n, said in world.lines if n == name]
    lines = [f"| {day} | {said} |" for day, _, said in sorted(rows, key=_first)]
    head = f"## {name}\n\n| day | what |\n|---|---|\n"
    return head + "\n".join(lines) + "\n"


def _first(row: tuple[int, int, str]) -> tuple[int, int]:
    return row[:2]


def _day(at: str) -> int:
    return (datetime.fromisoformat(at) - START).days


_SHOWN = ("kind", "recipient", "reads_as", "status", "ends_on", "on", "amount", "way")


def _event(event: EventJson) -> str:
    details = [f"{n} {event['details'][n]}" for n in _SHOWN if event["details"].get(n)]
    about = f": {', '.join(details)}" if details else ""
    return f"`{event['kind']}` ({event['known_by']}){about}"
