"""Cases, reading: where they stand, their letters, and what is kept."""

import json
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rescind.adapters import clock
from rescind.adapters.evidence.pack import event_json
from rescind.adapters.evidence.zip import zip_of
from rescind.adapters.mail.compose import (
    build_draft,
    build_message,
    mailto_link,
    new_message_id,
    readable_text,
    tagged,
)
from rescind.adapters.public.calendar import Entry, calendar_of
from rescind.adapters.settings.smtp import MailboxFile
from rescind.app.act import letters
from rescind.app.act.routes import at_the_counter, everything, of_letter, ranked
from rescind.app.follow.reading import read_raw
from rescind.core.errors import BadInput
from rescind.core.follow import due, state
from rescind.core.model.case import EventKind
from rescind.core.model.letter import PrintedLetter
from rescind.core.model.route import RankedRoutes
from rescind.settings import data_folder
from rescind.store import selectors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rescind.app.act.letters import Written
    from rescind.store.models import CaseRecord, FileRecord


def letter(case_id: str) -> PrintedLetter:
    """Return a case's letter, from the very bytes that were kept."""
    return selectors.letter(selectors.find_case(case_id))


def message_for(case_id: str, to: str) -> EmailMessage:
    """Return the mail of a case's letter, with the very bytes that were kept."""
    account = MailboxFile(folder=data_folder()).read()
    plus = account.plus if account else None
    return build_message(
        letter(case_id),
        to=to,
        message_id=new_message_id(),
        at=clock.now(),
        reply_to=tagged(plus, case_id) if plus else None,
    )


def draft(case_id: str, to: str | None) -> bytes:
    """Return the letter as a mail that the person's own program can open and send."""
    return build_draft(letter(case_id), to=to, at=clock.now())


def mailto(case_id: str, to: str | None) -> str:
    """Return a ``mailto:`` address (RFC 6068) that carries subject and text."""
    return mailto_link(letter(case_id), to)


def _rewritten(case: "CaseRecord") -> "Written | None":
    """Return a case's letter with what it was written from, to find its ways.

    ``None`` where facts kept long ago can no longer be read; the letter itself stands.
    """
    wanted = letters.Wanted(kind=case.kind, language=selectors.letter(case).language)
    try:
        return letters.write(case.facts, case.sender, wanted)
    except BadInput:
        return None


def ways(case_id: str) -> tuple[RankedRoutes | None, str]:
    """Return the ways for a case's letter, and what to ask for at the post office."""
    written = _rewritten(selectors.find_case(case_id))
    if written is None:
        return None, at_the_counter(None)
    return ranked(written), at_the_counter(written.letter.sender.country)


def drafts() -> tuple[list[str], bytes]:
    """Return the cases whose letters were not sent, and all that sends them as a ZIP.

    Each has a folder with the very page that was kept, its mail and its ways.
    """
    waiting = [c for c in selectors.cases() if state.may_send(selectors.events(c))]
    files: dict[str, bytes] = {}
    for case in waiting:
        final, written = selectors.letter(case), _rewritten(case)
        contents = everything(written, final) if written else of_letter(final)
        folder = f"{case.service}-{case.kind}-{str(case.pk)[:8]}"
        files |= {f"{folder}/{name}": content for name, content in contents.items()}
    return [str(case.pk) for case in waiting], zip_of(files)


def follow_up(case_id: str) -> dict[str, dict[str, str]]:
    """Return what a further letter in the same matter starts from.

    ``facts`` and ``sender`` as they were typed, and as ``details`` the letter that was
    sent and when.
    """
    case = selectors.find_case(case_id)
    sent = selectors.newest(case, EventKind.DISPATCH_TAKEN)
    said = selectors.newest(case, EventKind.SAID_SENT)
    days = [sent.at.date().isoformat()] if sent else []
    days += [said.details["on"]] if said else []
    facts = {n: _typed(v) for n, v in case.facts.items() if v and n != "as_of"}
    sender = {n: _typed(v) for n, v in case.sender.items() if v}
    details = {"first_kind": case.kind, "first_sent_on": max(days, default="")}
    return {"facts": facts, "sender": sender, "details": details}


def _typed(value: object) -> str:
    """Return a value as a person would type it into a form."""
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values())
    if isinstance(value, list):
        return "\n".join(str(part) for part in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def list_cases() -> list[dict[str, Any]]:
    """Return every case with where it stands, newest first."""
    today = clock.now().date()
    return [_row(case, today) for case in selectors.cases()]


def show_case(case_id: str) -> dict[str, Any]:
    """Return a case with its events, in the public form."""
    case = selectors.find_case(case_id)
    events = [event_json(event) for event in selectors.events(case)]
    return _row(case, clock.now().date()) | {"events": events}


def _row(case: "CaseRecord", today: date) -> dict[str, Any]:

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
        "lateness": now.lateness or None,
    }


def due_days() -> list[dict[str, Any]]:
    """Return every day that counts, of every case, the first day first.

    Each has ``case``, ``service_name``, ``what``, ``by``, ``text``, ``why`` and
    ``is_past``; ``by`` is a day, or a moment in UTC.
    """
    now = clock.now()
    found = sorted(_due(now), key=lambda pair: pair[1].moment)
    return [
        {
            "case": str(case.pk),
            "service_name": case.service_name,
            "what": each.what,
            "by": _in_utc(each.by),
            "text": each.text,
            "why": each.why,
            "is_past": each.moment < now,
        }
        for case, each in found
    ]


def due_calendar() -> bytes:
    """Return the same days as a calendar file (RFC 5545)."""
    now = clock.now()
    entries = (
        Entry(
            name=f"{case.pk} {each.what}",
            by=each.by,
            summary=f"{case.service_name}: {each.text}",
            description=each.why,
            reminder=each.text,
        )
        for case, each in _due(now)
    )
    return calendar_of(entries, "due", now)


def _due(now: datetime) -> "Iterator[tuple[CaseRecord, due.Due]]":

    for case in selectors.cases():
        for each in due.due(selectors.events(case), due.days_of(case.verdict), now):
            yield case, each


def _in_utc(when: date | datetime) -> date | datetime:
    return when.astimezone(UTC) if isinstance(when, datetime) else when


def export(case_id: str, target: Path) -> None:
    """Write a case's files under their digests, with its events, to a new folder."""
    case = selectors.find_case(case_id)
    target.mkdir(mode=0o700, parents=True)
    for kept in selectors.files(case):
        name = kept.digest.removeprefix("sha256:")[:16]
        (target / f"{name}-{kept.name}").write_bytes(bytes(kept.content))
    shown = show_case(case_id) | {"facts": case.facts, "verdict": case.verdict}
    text = json.dumps(shown, ensure_ascii=False, indent=2)
    (target / "case.json").write_text(text, encoding="utf-8")


def letter_digest(case_id: str) -> str:
    """Return the name of the letter's PDF among the case's files."""
    event = selectors.newest(selectors.find_case(case_id), EventKind.LETTER_WRITTEN)
    assert event is not None  # noqa: S101 - every case opens with a letter
    return event.details["pdf"]


def may_send(case_id: str) -> bool:
    """Return whether the letter can be sent without risking a second copy."""
    return state.may_send(selectors.events(selectors.find_case(case_id)))


def kept_file(case_id: str, digest: str) -> "FileRecord":
    """Return a kept file of a case by its digest."""
    return selectors.file(selectors.find_case(case_id), digest)


def answers(case_id: str) -> list[dict[str, Any]]:
    """Return each message that came back, oldest first: what it reads as, and who says.

    ``result`` and ``said`` are empty while nobody looked up who signed it.
    """
    case = selectors.find_case(case_id)
    events = selectors.events(case)
    ours = selectors.letter(case).text
    looked_up = {
        event.details["message"]: event.details
        for event in events
        if event.kind is EventKind.AUTHENTICATED
    }
    found = []
    for event in events:
        if event.kind is EventKind.ANSWERED:
            name = event.details["message"]
            about = looked_up.get(name, {})
            raw = bytes(selectors.file(case, name).content)
            result, said = about.get("result", ""), about.get("said", "")
            found.append(
                {
                    "text": readable_text(raw),
                    "result": result,
                    "said": said,
                    "reading": read_raw(raw, ours=ours),
                }
            )
    return found
