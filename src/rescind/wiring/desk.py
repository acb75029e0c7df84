"""Wiring of the desk: cases opened, letters sent, answers kept."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError

from rescind.adapters import clock, mailbox, practice
from rescind.adapters.facts import parse_when
from rescind.adapters.mail import finished
from rescind.adapters.media import media_type
from rescind.adapters.senders import clean, read_address
from rescind.adapters.smtp import SmtpAccount, SmtpMailer
from rescind.adapters.verdict_json import verdict_json
from rescind.core.errors import BadInput, TransientError
from rescind.core.model.case import EventKind
from rescind.core.periods import EARLIEST_ZONE
from rescind.ports import Mailer
from rescind.settings import data_folder
from rescind.wiring import keys, letters, proof, received, records

if TYPE_CHECKING:
    from rescind.desk.services import Outgoing

MAX_NAME = 100
WAYS = ("practice", "smtp")
"""How the program itself sends a letter."""


def setup() -> None:
    """Make Django ready and bring the database up to date; harmless to repeat.

    Raises BadInput when the folder or the database's address cannot be used, and
    TransientError when the database does not answer.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rescind.desk.django_settings")
    try:
        django.setup()
    except OSError as error:
        where = f"nothing can be kept in {data_folder()}: {error.strerror}"
        raise BadInput("RESCIND_HOME", where, ["a folder of your own"]) from error
    _migrate()


@cache
def _migrate() -> None:
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as error:
        line = str(error).strip().splitlines()[0]
        raise TransientError("the database", f"does not answer: {line}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of an attempt to send."""

    outcome: str
    said: str


def new_case(
    facts: Mapping[str, Any],
    sender: Mapping[str, Any],
    wanted: letters.Wanted | None = None,
    *,
    own_language: str | None = None,
) -> str:
    """Open a case with its letter as a draft and return its id."""
    from rescind.desk import services

    written = letters.write(facts, sender, wanted)
    frozen = dict(facts) | {"as_of": written.checked.facts.as_of.isoformat()}
    opening = services.Opening(
        service=written.checked.service.slug,
        service_name=written.checked.service.name,
        offer=written.checked.verdict.offer,
        facts=frozen,
        verdict=verdict_json(written.checked.verdict),
        sender=sender,
        letter=letters.printed(written, own_language=own_language),
    )
    return str(services.open_case(opening, now=clock.now()).pk)


def send(
    case_id: str,
    *,
    way: str,
    to: str | None = None,
    copy: bool = True,
    mailer: Mailer | None = None,
) -> Sent:
    """Send a case's letter, once; the caller has the person's yes.

    With ``copy`` a mail of one's own mailbox also goes there, blind. Raises BadInput
    when it may be under way already, or no address was given.
    """
    from rescind.desk import selectors, services

    case = selectors.find_case(case_id)
    chosen = mailer or _mailer(way)
    recipient = practice.ADDRESS if way == "practice" else _recipient(to)
    outgoing = _outgoing(case_id, recipient, copy=copy and way == "smtp")
    record = services.prepare_dispatch(case, outgoing, way=way)
    proof.stamp_message(case, record.message_digest)
    kind = services.dispatch(record, outgoing, chosen, now=clock.now())
    if way == "practice" and kind is EventKind.DISPATCH_TAKEN:
        ends_on = _ends_on(case.verdict)
        raw = practice.practice_answer(outgoing.content, ends_on, case.kind)
        received.take_in(case_id, raw, known_by="server")
    proof.settle(case)
    happened = selectors.newest(case, kind)
    return Sent(outcome=kind.value, said=happened.details["said"] if happened else "")


def _outgoing(case_id: str, recipient: str, *, copy: bool) -> "Outgoing":
    """Return the mail to be sent, signed where the sender has a certificate for it."""
    from rescind.desk.services import Outgoing

    message = records.message_for(case_id, recipient)
    sender = str(message["From"])
    account = smtp_account()
    return Outgoing(
        content=finished(message, keys.mail_key(sender)),
        message_id=str(message["Message-ID"]),
        recipient=recipient,
        copy_to=account.sender if copy and account else None,
    )


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


def read_day(text: str, field: str) -> str:
    """Return a day in ISO 8601; raises BadInput naming the field."""
    return parse_when(text.strip(), field).isoformat()[:10]


def say_sent(case_id: str, way: str, on: str | None) -> str:
    """Record the person's word that they sent the letter, and return the case's id."""
    from rescind.desk import selectors, services

    case, now = selectors.find_case(case_id), clock.now()
    day = read_day(on, "on") if on else now.date().isoformat()
    today_anywhere = now.astimezone(EARLIEST_ZONE).date().isoformat()
    if day > today_anywhere:
        raise BadInput("on", f"{day} has not come yet", [now.date().isoformat()])
    services.say_sent(case, way, day, now=now)
    proof.settle(case)
    return str(case.pk)


def say_not_sent(case_id: str) -> str:
    """Record that a doubtful letter did not go out, and return the case's id."""
    from rescind.desk import selectors, services

    case = selectors.find_case(case_id)
    services.say_not_sent(case, now=clock.now())
    proof.settle(case)
    return str(case.pk)


def hand_over(case_id: str, way: str) -> None:
    """Record that the letter was handed to the person, as a draft or a print."""
    from rescind.desk import selectors, services

    services.hand_over(selectors.find_case(case_id), way, now=clock.now())


def record_answer(case_id: str, raw: bytes) -> str:
    """Keep a message that came, say what it is, and return the case's id."""
    return received.take_in(case_id, raw)


def keep_file(case_id: str, content: bytes, *, name: str, note: str = "") -> str:
    """Keep a picture or a paper in a case, and return the case's id.

    Raises BadInput for what is no PNG, JPEG, WebP or PDF, no mail and no plain text.
    """
    from rescind.desk import selectors, services

    case = selectors.find_case(case_id)
    added = services.AddedFile(
        content=content,
        media_type=media_type(content),
        name=clean(Path(name).name[-MAX_NAME:], "upload"),
        note=clean_note(note),
    )
    services.keep_file(case, added, now=clock.now())
    proof.settle(case)
    return str(case.pk)


def confirm(case_id: str, *, ends_on: str, note: str) -> str:
    """Record the merchant's confirmation by hand, and return the case's id."""
    from rescind.desk import selectors, services

    case = selectors.find_case(case_id)
    day = read_day(ends_on, "ends_on")
    services.confirm(case, ends_on=day, note=clean_note(note), now=clock.now())
    proof.settle(case)
    return str(case.pk)


def close(case_id: str, *, note: str) -> str:
    """Record that the person is done with a case, and return its id."""
    from rescind.desk import selectors, services

    case = selectors.find_case(case_id)
    services.close(case, note=clean_note(note), now=clock.now())
    proof.settle(case)
    return str(case.pk)


def clean_note(note: str) -> str:
    """Return a note of one line; raises BadInput for what cannot be printed."""
    return clean(note, "note")


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


def web_application() -> WSGIHandler:
    """Return the web app for a server to run."""
    return get_wsgi_application()
