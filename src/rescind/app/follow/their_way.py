"""What an answer wants done on their own pages: a link to confirm, a setting."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rescind.adapters.data.named import by_when
from rescind.adapters.data.phrasebooks import figures, signs
from rescind.app.follow.answers import Reply
from rescind.core.follow.named import wanted_by
from rescind.core.follow.reading.demands import Sign
from rescind.core.follow.reading.figures import figures_in
from rescind.core.follow.reading.phrases import fold, sentences
from rescind.core.follow.shortfall import ENDS
from rescind.core.model.message import Label

_LINK = re.compile(r"https?://[^\s<>\"')\]]{3,200}")
_HOURS = re.compile(
    r"(?<!\d)(\d{1,3})\W?(?:h|hrs?|hours?|stunden|heures?|horas?|ore|uur|timm\w+|timer"
    r"|godzin\w*|tun\w+)\b"
)
_DAY_OF_HOURS = 24
_MOST_LETTERS = 160
"""Of a sentence of theirs that is shown on the card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAsked:
    """That the end is to be confirmed by a link of theirs."""

    by: date | None
    """The last day on which that counts; ``None``: none was named."""
    link: str
    """Its address as they wrote it, to be looked at; empty where none is seen."""


def link_asked(reply: Reply) -> LinkAsked | None:
    """Return that an answer wants its end confirmed by a link; ``None`` if it does not.

    Nothing here opens it.
    """
    reading = reply.reading
    is_ended = reading.label in _ENDED and not reading.needs_person
    if reply.is_unverified or is_ended or not _wants_link(reading.new_text):
        return None
    found = _LINK.search(reply.text)
    return LinkAsked(by=_by(reply), link=found[0].rstrip(".,;") if found else "")


def _wants_link(text: str) -> bool:
    """Return whether a sentence wants a link used by which an end is confirmed."""
    pattern, said = signs()[Sign.CONFIRM_LINK], map(fold, sentences(text))
    return any(pattern.search(each) and _OF_AN_END.search(each) for each in said)


_OF_AN_END = re.compile(
    r"cancel|terminat|unsubscri|kundig|abmeld|resili|annul|desabonn|\bbaja|disdett"
    r"|recess|opzeg|uppsag|avbest|opsig|oppsig|afmeld|avmeld|rezygn|wypowied|irtisan"
    r"|peruut|rescis"
)
"""Stems of words for an end, of folded text: who is to stay confirms another thing."""
_ENDED = ENDS | {Label.REFUND_GRANTED}


def _by(reply: Reply) -> date | None:
    text = reply.reading.new_text
    hours = _HOURS.search(fold(text))
    if hours is not None:
        # the last whole day: of less than one it is the day on which they wrote
        days = int(hours[1]) // _DAY_OF_HOURS
        return reply.came_on + timedelta(days=days)
    spoken = [each.days for each in figures_in(text, figures())]
    return wanted_by(text, by_when(), spoken, reply.came_on)


def own_way(reply: Reply) -> str:
    """Return the sentence that says where on their pages it can be ended, if any."""
    if reply.is_unverified or reply.reading.label in _ENDED:
        return ""
    pattern = signs()[Sign.SELF_SERVICE]
    said = sentences(reply.reading.new_text)
    found = next((each for each in said if pattern.search(fold(each))), "")
    return found if len(found) <= _MOST_LETTERS else f"{found[:_MOST_LETTERS]}…"


BY_LINK = "answered_by_link"
BY_LINK_NOW = "answered_by_link_now"


def link_code(reply: Reply) -> str | None:
    """Return what a case is called whose end waits for a link of theirs, or nothing."""
    asked = link_asked(reply)
    if asked is None:
        return None
    return BY_LINK if asked.by is not None else BY_LINK_NOW


def link_by(replies: Sequence[Reply], today: date) -> date | str:
    """Return the day by which the newest answer wants its link used; or nothing."""
    asked = link_asked(replies[-1]) if replies else None
    if asked is None or asked.by is None:
        return ""
    return _NEAR.get((asked.by - today).days, asked.by)


_NEAR: Mapping[int, str] = {0: "today", 1: "tomorrow"}
