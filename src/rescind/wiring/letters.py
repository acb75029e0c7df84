"""Wiring of letters: facts and a sender in, a letter out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from rescind.adapters import clock
from rescind.adapters.letters import read_address, read_letter_text, read_sender
from rescind.adapters.mail import build_draft
from rescind.core.act.letter import as_text, compose
from rescind.core.model.checked import Checked
from rescind.core.model.facts import day_of
from rescind.core.model.letter import Letter, LetterText, PrintedLetter
from rescind.ports import Renderer
from rescind.wiring import know


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter with the verdict that it rests on."""

    letter: Letter
    checked: Checked


def write(
    facts: Mapping[str, Any],
    sender: Mapping[str, Any],
    text: LetterText,
    *,
    to: str | None = None,
    now: datetime | None = None,
) -> Written:
    """Return the letter for a purchase; raises BadInput naming the field."""
    writer = read_sender(sender)
    if to is not None:
        to = read_address(to)
    checked = know.check(facts)
    letter = compose(
        checked,
        sender=writer,
        text=text,
        today=day_of(now or clock.now(), checked.facts.zones),
        to_email=to,
    )
    return Written(letter=letter, checked=checked)


def printed(letter: Letter) -> PrintedLetter:
    """Return the letter as it will be sent, its words and page final."""
    claim = letter.recipient.claim
    source = f"{claim.source.title}, checked on {claim.checked_on}" if claim else ""
    return PrintedLetter(
        kind=letter.kind,
        language=letter.language,
        subject=letter.subject,
        sender_email=letter.sender.email,
        recipient=letter.recipient.lines,
        recipient_email=letter.recipient.email,
        recipient_source=source,
        confirm_by=letter.confirm_by,
        problems=letter.problems,
        text=as_text(letter),
        pdf=renderer().pdf(letter),
        picture=renderer().picture(letter),
    )


def draft(letter: PrintedLetter) -> bytes:
    """Return a letter as a mail draft, to the address it is written to, if any."""
    return build_draft(letter, to=letter.recipient_email, at=clock.now())


@cache
def renderer() -> Renderer:
    """Return what lays letters out; loaded when first needed."""
    from rescind.adapters.typst import TypstRenderer

    return TypstRenderer()


__all__ = ["Written", "draft", "printed", "read_letter_text", "renderer", "write"]
