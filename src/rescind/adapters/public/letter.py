"""The letter as data: what the PDF carries for a machine to read.

The bytes are canonical (sorted keys, no spaces), so their digest names the letter.
"""

import json
from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

from rescind.adapters.data.words import ENGLISH
from rescind.core.model.letter import Letter, Paragraph, Sender
from rescind.core.model.source import Claim
from rescind.core.prove.digest import digest

FORMAT = "rescind-letter/1"


class SenderJson(TypedDict):
    """Who writes."""

    name: str
    address: tuple[str, ...]
    email: str | None
    phone: str | None
    country: str | None


class RecipientJson(TypedDict):
    """To whom, line by line."""

    lines: tuple[str, ...]
    country: str | None


class ReferenceJson(TypedDict):
    """By what the contract can be found."""

    label: str
    value: str


class CitedJson(TypedDict):
    """Which claim, who says so, and where."""

    id: str
    source: str
    locator: str


class ClauseJson(TypedDict):
    """One clause, and the claims that carry it."""

    id: str
    text: str
    rests_on: list[CitedJson]


class LetterJson(TypedDict):
    """Who writes what to whom, and on which claims."""

    format: str
    kind: str
    language: str
    written_on: str
    answer_by: str
    subject: str
    sender: SenderJson
    recipient: RecipientJson
    references: list[ReferenceJson]
    clauses: list[ClauseJson]


def letter_json(letter: Letter) -> str:
    """Return the letter as JSON: who, to whom, what, and on which claims."""
    recipient = letter.recipient
    data: LetterJson = {
        "format": FORMAT,
        "kind": letter.kind,
        "language": letter.language,
        "written_on": letter.written_on.isoformat(),
        "answer_by": letter.confirm_by.isoformat(),
        "subject": letter.subject,
        "sender": _sender(letter.sender),
        "recipient": {"lines": recipient.lines, "country": recipient.country},
        "references": [{"label": k, "value": v} for k, v in letter.references],
        "clauses": [_clause(paragraph) for paragraph in letter.paragraphs],
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def page_digest(letter: Letter) -> str:
    """Return the digest of the letter's data, as the page's code carries it."""
    return digest(letter_json(letter).encode())


def _sender(sender: Sender) -> SenderJson:
    return {
        "name": sender.name,
        "address": sender.address,
        "email": sender.email,
        "phone": sender.phone,
        "country": sender.country,
    }


def _clause(paragraph: Paragraph) -> ClauseJson:
    claims = [cited_json(claim) for claim in paragraph.claims]
    return {"id": paragraph.id, "text": paragraph.text, "rests_on": claims}


def cited_json(claim: Claim) -> CitedJson:
    """Return which claim, who says so, and where."""
    return {"id": claim.id, "source": claim.source.title, "locator": claim.locator}


class WrittenClauseJson(TypedDict):
    """One clause of a letter that was written, and the ids of its claims."""

    id: str
    text: str
    claims: list[str]


class ProblemJson(TypedDict):
    """What a letter leaves to be mended, and by which field."""

    code: str
    field: str | None
    text: str


class GlossJson(TypedDict):
    """A clause, and what it means in one's own language."""

    text: str
    meaning: str


class WrittenLetterJson(TypedDict):
    """What was written, where it is kept, and what it still lacks."""

    kind: str
    lang: str
    reviewed: bool
    subject: str
    files: dict[str, str]
    """Paths, by what is in them: ``pdf``, ``form``, ``eml``."""
    recipient: list[str]
    confirm_by: str
    clauses: list[WrittenClauseJson]
    problems: list[ProblemJson]
    text: NotRequired[str]
    gloss: NotRequired[list[GlossJson]]


def written_letter_json(
    letter: Letter,
    files: Mapping[str, str],
    text: str | None = None,
    gloss: Sequence[tuple[str, str]] = (),
) -> WrittenLetterJson:
    """Return what was written; ``text`` and ``gloss`` where they were asked for."""
    report: WrittenLetterJson = {
        "kind": letter.kind,
        "lang": letter.language,
        "reviewed": letter.reviewed,
        "subject": letter.subject,
        "files": dict(files),
        "recipient": list(letter.recipient.lines),
        "confirm_by": letter.confirm_by.isoformat(),
        "clauses": [
            {"id": p.id, "text": p.text, "claims": [c.id for c in p.claims]}
            for p in letter.paragraphs
        ],
        "problems": [
            {"code": p.code, "field": p.field, "text": ENGLISH.say(p.says)}
            for p in letter.problems
        ],
    }
    if text is not None:
        report["text"] = text
    if gloss:
        report["gloss"] = [{"text": a, "meaning": b} for a, b in gloss]
    return report
