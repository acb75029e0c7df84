"""Read a message: servers first, then whoever answers, by the new words alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rescind.core.follow.reading.amounts import find_money
from rescind.core.follow.reading.meaning import (
    Language,
    decide,
    effective_on,
    find_evidence,
    languages_of,
)
from rescind.core.follow.reading.reply_text import new_text
from rescind.core.follow.reading.transport import Wording, is_automatic, read_transport
from rescind.core.model.message import Label, Message, Reading
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence

RELY = 0.7
"""Below this sureness a person reads the message."""
ENDS = frozenset({Label.CONFIRMED, Label.ALREADY_CANCELLED, Label.ACCOUNT_DELETED})
"""Labels that a day of effect belongs to."""
PAYS = frozenset({Label.CONFIRMED, Label.REFUND_GRANTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongues:
    """What messages are read with: languages, quotes, and the words of servers."""

    languages: tuple[Language, ...]
    quotes: tuple[re.Pattern[str], ...]
    wording: Wording


def read(message: Message, tongues: Tongues, *, ours: str = "") -> Reading:
    """Return what a message is; ``ours`` is the letter that it may quote.

    Nothing is promised but this: a case is not closed by it. Below ``RELY`` the
    message goes to a person.
    """
    served = read_transport(message, tongues.wording)
    if served is not None:
        return Reading(
            label=served.label,
            sureness=served.sureness,
            needs_person=served.sureness < RELY,
            new_text=message.text.strip(),
            because=served.because,
            recipients=served.recipients,
        )
    text = new_text(message.text, tongues.quotes, ours)
    return _meaning(message, text, tongues)


def _meaning(message: Message, text: str, tongues: Tongues) -> Reading:
    spoken = languages_of(f"{message.subject}\n{text}", tongues.languages)
    evidence = find_evidence(message.subject, text, spoken)
    meaning = decide(
        evidence,
        is_automatic=is_automatic(message, tongues.wording),
        is_bulk="list-unsubscribe" in message.headers,
    )
    refunds = evidence.grounds.get(Label.REFUND_GRANTED, ())
    return Reading(
        label=meaning.label,
        sureness=meaning.sureness,
        needs_person=meaning.sureness < RELY,
        new_text=text,
        because=_because("says", meaning.grounds)
        or _because("taken_back", evidence.taken_back),
        effective_on=(
            effective_on(meaning.grounds, text, spoken)
            if meaning.label in ENDS
            else None
        ),
        refund=_sum(refunds, text) if meaning.label in PAYS and refunds else None,
    )


def _because(code: str, grounds: Sequence[str]) -> tuple[Sentence, ...]:
    return tuple(Sentence.of("reading", code, sentence=each) for each in grounds)


def _sum(grounds: Sequence[str], text: str) -> Money | None:
    for sentence in grounds:
        money = find_money(sentence)
        if money is not None:
            return money
    return find_money(text)
