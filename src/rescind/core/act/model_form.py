"""The model withdrawal form, filled in: it goes beside the letter and replaces none.

A law prescribes its lines (in the Union: Directive 2011/83/EU, Annex I(B)). What does
not fit is struck out, as the form itself asks; no word is added to it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rescind.core.model.letter import Letter, Paragraph

PARTS = (
    *("to", "goods", "service", "ordered", "received"),
    *("name", "address", "signature", "date"),
)
"""What a form's lines are for, in the order that they stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelForm:
    """One law's form in one language."""

    places: tuple[str, ...]
    """Countries where it is prescribed."""
    title: str
    lines: tuple[str, ...]
    """Word for word, every alternative in it."""
    struck: Mapping[str, str]
    """What stands of a line, by its part, where the alternatives are struck out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """What is written on the form's lines; empty: not known."""

    what: str
    """What was bought."""
    goods: bool
    ordered_on: str
    received_on: str


def fill(form: ModelForm, letter: Letter, entries: Entries) -> Letter:
    """Return the form as a page of its own, from and to the letter's people."""
    lines = [
        f"{form.struck[part]}{letter.colon}{value}"
        for part, value in _values(letter, entries)
        if value
    ]
    return replace(
        letter,
        subject=form.title,
        salutation="",
        references=(),
        paragraphs=tuple(Paragraph(id="form", text=line) for line in lines),
        closing=form.struck["signature"],
        problems=(),
    )


def form_text(page: Letter) -> str:
    """Return a form that was filled in as plain text; on paper it is signed."""
    lines = [f"– {paragraph.text}" for paragraph in page.paragraphs]
    return "\n\n".join((page.subject, "\n".join(lines))) + "\n"


def is_deleted_from(words: str, lines: str) -> bool:
    """Return whether words are left of others where some of these are struck out.

    >>> is_deleted_from("I cancel my contract", "I/We (*) cancel my/our (*) contract")
    True
    """
    rest = iter(lines)
    return all(character in rest for character in words)


def _values(letter: Letter, entries: Entries) -> Iterator[tuple[str, str]]:
    sender, recipient = letter.sender, letter.recipient
    mail = (recipient.email,) if recipient.email else ()
    reach = dict.fromkeys((*recipient.lines, *mail))
    yield "to", ", ".join(reach)
    yield ("goods" if entries.goods else "service"), entries.what
    yield "ordered", entries.ordered_on
    yield "received", entries.received_on if entries.goods else ""
    yield "name", sender.name
    yield "address", ", ".join(sender.address)
    yield "date", letter.written_on_text
