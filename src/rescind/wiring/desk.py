"""Wiring of the desk: cases opened, letters sent, answers kept."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import django
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from rescind.adapters import clock, mailbox, practice
from rescind.adapters.facts import parse_when
from rescind.adapters.letters import clean, read_address
from rescind.adapters.mail import (
    build_draft,
    build_message,
    new_message_id,
    readable_text,
)
from rescind.adapters.smtp import SmtpAccount, SmtpMailer
from rescind.adapters.verdict_json import verdict_json
from rescind.core.act.letter import as_text
from rescind.core.errors import BadInput
from rescind.core.follow import state
from rescind.core.model.case import EventKind
from rescind.core.model.letter import Letter, Problem
from rescind.ports import Mailer
from rescind.settings import data_folder
from rescind.wiring import letters

if TYPE_CHECKING:
    from rescind.desk.models import CaseRecord, FileRecord

WAYS = ("practice", "smtp", "draft", "print")
"""How a letter leaves: two that the program does, two that the person does."""


def setup() -> None:
    """Make Django ready and bring the database up to date; harmless to repeat."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rescind.desk.django_settings")
    django.setup()
    _migrate()


@cache
def _migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of an attempt to send."""

    outcome: str
    said: str


def new_case(
    facts: Mapping[str, Any],
    sender: Mapping[str, Any],
    *,
    kind: str = "cancel",
    language: str = "en",
) -> str:
    """Open a case with its letter as a draft and return its id."""
    from rescind.desk import services

    text = letters.read_letter_text(kind, language)
    written = letters.write(facts, sender, text)
    frozen = dict(facts) | {"as_of": written.checked.facts.as_of.isoformat()}
    opening = services.Opening(
        service=written.checked.service.slug,
        service_name=written.checked.service.name,
        offer=written.checked.verdict.offer,
        facts=frozen,
        verdict=verdict_json(written.checked.verdict),
        sender=sender,
        letter=written.letter,
        pdf=letters.renderer().pdf(written.letter),
        text=as_text(written.letter),
    )
    return str(services.open_case(opening, now=clock.now()).pk)


def _letter(case_id: str) -> tuple[Letter, bytes]:
    """Return a case's letter and its PDF, the very bytes that were kept."""
    from rescind.desk import selectors

    case = selectors.find_case(case_id)
    event = selectors.newest(case, EventKind.LETTER_WRITTEN)
    assert event is not None  # noqa: S101 - every case opens with a letter
    text = letters.read_letter_text(case.kind, event.details["language"])
    written = letters.write(case.facts, case.sender, text, today=event.at)
    pdf = bytes(selectors.file(case, event.details["pdf"]).content)
    return written.letter, pdf


def message_for(case_id: str, to: str) -> EmailMessage:
    """Return the mail of a case's letter, with the very bytes that were kept."""
    letter, pdf = _letter(case_id)
    message_id, now = new_message_id(), clock.now()
    return build_message(letter, pdf, to=to, message_id=message_id, at=now)


def send(
    case_id: str, *, way: str, to: str | None = None, mailer: Mailer | None = None
) -> Sent:
    """Send a case's letter, once; the caller has the person's yes.

    Raises BadInput when it may be under way already, or no address was given.
    """
    from rescind.desk import selectors, services

    case = selectors.find_case(case_id)
    chosen = mailer or _mailer(way)
    recipient = practice.ADDRESS if way == "practice" else _recipient(to)
    message = message_for(case_id, recipient)
    record = services.prepare_dispatch(case, message, way=way, recipient=recipient)
    kind = services.dispatch(record, message, chosen, now=clock.now())
    if way == "practice" and kind is EventKind.DISPATCH_TAKEN:
        raw = practice.practice_answer(message, _ends_on(case.verdict))
        services.record_answer(case, raw, now=clock.now(), known_by="server")
    happened = selectors.newest(case, kind)
    return Sent(outcome=kind.value, said=happened.details["said"] if happened else "")


def _ends_on(verdict: Mapping[str, Any]) -> str:
    until = verdict["topics"]["access"].get("until")
    return str(until)[:10] if until else "the last day that is paid for"


def _recipient(to: str | None) -> str:
    if not to:
        raise BadInput("to", "which address is the letter to go to?", ["--to ADDRESS"])
    return read_address(to)


def _mailer(way: str) -> Mailer:
    if way == "practice":
        return practice.PracticeMailer()
    if way != "smtp":
        raise BadInput.unknown_value("way", way, WAYS)
    account = smtp_account()
    if account is None:
        raise BadInput("mailbox", "no mailbox is set up", ["rescind mailbox set"])
    secret = mailbox.password(account)
    return SmtpMailer(account, lambda: secret)


def smtp_account() -> SmtpAccount | None:
    """Return the mailbox to send from, if one was set up."""
    return mailbox.MailboxFile(folder=data_folder()).read()


def draft(case_id: str, to: str | None) -> bytes:
    """Return the letter as a mail that the person's own program can open and send."""
    letter, pdf = _letter(case_id)
    return build_draft(letter, pdf, to=to, at=clock.now())


def mailto(case_id: str, to: str | None) -> str:
    """Return a ``mailto:`` address (RFC 6068) that carries subject and text."""
    letter, _ = _letter(case_id)
    subject, text = quote(letter.subject), quote(as_text(letter))
    return f"mailto:{quote(to or '', safe='@')}?subject={subject}&body={text}"


def problems(case_id: str) -> tuple[Problem, ...]:
    """Return what a case's letter leaves to be known or mended before it is sent."""
    return _letter(case_id)[0].problems


def read_day(text: str, field: str) -> str:
    """Return a day in ISO 8601; raises BadInput naming the field."""
    return parse_when(text.strip(), field).isoformat()[:10]


def say_sent(case_id: str, way: str, on: str | None) -> str:
    """Record the person's word that they sent the letter, and return the case's id."""
    from rescind.desk import selectors, services

    case, now = selectors.find_case(case_id), clock.now()
    day = read_day(on, "on") if on else now.date().isoformat()
    if day > now.date().isoformat():
        raise BadInput("on", f"{day} has not come yet", [now.date().isoformat()])
    services.say_sent(case, way, day, now=now)
    return str(case.pk)


def say_not_sent(case_id: str) -> str:
    """Record that a doubtful letter did not go out, and return the case's id."""
    from rescind.desk import selectors, services

    case = selectors.find_case(case_id)
    services.say_not_sent(case, now=clock.now())
    return str(case.pk)


def hand_over(case_id: str, way: str) -> None:
    """Record that the letter was handed to the person, as a draft or a print."""
    from rescind.desk import selectors, services

    services.hand_over(selectors.find_case(case_id), way, now=clock.now())


def record_answer(case_id: str, raw: bytes) -> str:
    """Keep a message as the merchant's answer, and return the case's id."""
    from rescind.desk import selectors, services

    case = selectors.find_case(case_id)
    services.record_answer(case, raw, now=clock.now(), known_by="person")
    return str(case.pk)


def confirm(case_id: str, *, ends_on: str, note: str) -> str:
    """Record the merchant's confirmation by hand, and return the case's id."""
    from rescind.desk import selectors, services

    case = selectors.find_case(case_id)
    day = read_day(ends_on, "ends_on")
    services.confirm(case, ends_on=day, note=clean_note(note), now=clock.now())
    return str(case.pk)


def close(case_id: str, *, note: str) -> str:
    """Record that the person is done with a case, and return its id."""
    from rescind.desk import selectors, services

    case = selectors.find_case(case_id)
    services.close(case, note=clean_note(note), now=clock.now())
    return str(case.pk)


def clean_note(note: str) -> str:
    """Return a note of one line; raises BadInput for what cannot be printed."""
    return clean(note, "note")


def list_cases() -> list[dict[str, Any]]:
    """Return every case with where it stands, newest first."""
    from rescind.desk import selectors

    today = clock.now().date()
    return [_row(case, today) for case in selectors.cases()]


def show_case(case_id: str) -> dict[str, Any]:
    """Return a case with its events, in the public form."""
    from rescind.desk import selectors

    case = selectors.find_case(case_id)
    events = [
        {
            "number": event.number,
            "kind": event.kind.value,
            "at": event.at.isoformat(),
            "known_by": event.known_by,
            "details": dict(event.details),
        }
        for event in selectors.events(case)
    ]
    return _row(case, clock.now().date()) | {"events": events}


def _row(case: "CaseRecord", today: date) -> dict[str, Any]:
    from rescind.desk import selectors

    now = selectors.current(case, today)
    return {
        "id": str(case.pk),
        "service": case.service,
        "service_name": case.service_name,
        "offer": case.offer or None,
        "kind": case.kind,
        "opened_at": case.opened_at.isoformat(),
        "state": now.state.value,
        "next_step": now.next_step,
        "confirm_by": now.confirm_by.isoformat() if now.confirm_by else None,
        "by_word_only": now.by_word_only,
    }


def export(case_id: str, target: Path) -> None:
    """Write a case's files under their digests, with its events, to a new folder."""
    from rescind.desk import selectors

    case = selectors.find_case(case_id)
    target.mkdir(mode=0o700, parents=True)
    for kept in selectors.files(case):
        name = kept.digest.removeprefix("sha256:")[:16]
        (target / f"{name}-{kept.name}").write_bytes(bytes(kept.content))
    shown = show_case(case_id) | {"facts": case.facts, "verdict": case.verdict}
    text = json.dumps(shown, ensure_ascii=False, indent=2)
    (target / "case.json").write_text(text, encoding="utf-8")


def forget(case_id: str) -> str:
    """Erase a case and every byte kept for it, and return what its id was."""
    from rescind.desk import selectors, services

    case = selectors.find_case(case_id)
    name = str(case.pk)
    services.forget(case)
    return name


def backup(target: Path) -> None:
    """Copy everything that is kept to one file."""
    from rescind.desk import services

    services.backup(target)


def letter(case_id: str) -> Letter:
    """Return a case's letter as it stands."""
    return _letter(case_id)[0]


def letter_text(case_id: str) -> str:
    """Return the letter as the text of a mail."""
    return as_text(_letter(case_id)[0])


def letter_digest(case_id: str) -> str:
    """Return the name of the letter's PDF among the case's files."""
    from rescind.desk import selectors

    event = selectors.newest(selectors.find_case(case_id), EventKind.LETTER_WRITTEN)
    assert event is not None  # noqa: S101 - every case opens with a letter
    return event.details["pdf"]


def may_send(case_id: str) -> bool:
    """Return whether the letter can be sent without risking a second copy."""
    from rescind.desk import selectors

    return state.may_send(selectors.events(selectors.find_case(case_id)))


def kept_file(case_id: str, digest: str) -> "FileRecord":
    """Return a kept file of a case by its digest."""
    from rescind.desk import selectors

    return selectors.file(selectors.find_case(case_id), digest)


def answers(case_id: str) -> list[str]:
    """Return the text of each message that came back, oldest first."""
    from rescind.desk import selectors

    case = selectors.find_case(case_id)
    return [
        readable_text(bytes(selectors.file(case, event.details["message"]).content))
        for event in selectors.events(case)
        if event.kind is EventKind.ANSWERED
    ]


def web_application() -> WSGIHandler:
    """Return the web app for a server to run."""
    return get_wsgi_application()
