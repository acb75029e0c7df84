"""The letter as data: what the PDF carries for a machine to read.

The bytes are canonical (sorted keys, no spaces), so their digest names the letter.
"""

import json
from typing import Any

from rescind.core.model.letter import Letter, Paragraph, Sender
from rescind.core.prove.digest import digest

FORMAT = "rescind-letter/1"


def letter_json(letter: Letter) -> str:
    """Return the letter as JSON: who, to whom, what, and on which claims."""
    recipient = letter.recipient
    data: dict[str, Any] = {
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


def _sender(sender: Sender) -> dict[str, Any]:
    return {
        "name": sender.name,
        "address": sender.address,
        "email": sender.email,
        "phone": sender.phone,
        "country": sender.country,
    }


def _clause(paragraph: Paragraph) -> dict[str, Any]:
    claims = [
        {"id": c.id, "source": c.source.title, "locator": c.locator}
        for c in paragraph.claims
    ]
    return {"id": paragraph.id, "text": paragraph.text, "rests_on": claims}
