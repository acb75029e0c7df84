"""The days that a bank or a body named, and until when one of them is waited for."""

from collections.abc import Iterator, Sequence

from rescind.core.follow.due_day import Due, DueKind
from rescind.core.follow.third_party import last_said, open_word
from rescind.core.model.case import Event
from rescind.core.model.sentence import Sentence
from rescind.core.model.third_party_details import BANK, BODY, ThirdWord

_NAMES_DAY = {
    ThirdWord.PROPOSES: (DueKind.PROPOSAL, "proposal", "proposal_sum"),
    ThirdWord.ASKS: (DueKind.BANK_ASKS, "bank_asks", "bank_asks_sum"),
    ThirdWord.REFUSES: (DueKind.TAKEN_BACK, "taken_back", "taken_back_sum"),
    ThirdWord.ACCEPTED: (DueKind.MONEY, "accepted", "accepted_sum"),
}
"""What a day is that stands with a word of theirs, and why: without a sum, with one."""

ACCEPTED = ("accepted", "accepted_sum")
"""Why a day counts by which money is to come that was proposed and accepted."""


def days_of_others(events: Sequence[Event]) -> Iterator[Due]:
    """Yield the days of what they said last, whatever the company wrote since."""
    for by in (BANK, BODY):
        word = last_said(events, by)
        named = _NAMES_DAY.get(word.says) if word is not None else None
        if word is None or named is None or word.until is None:
            continue
        what, plain, with_sum = named
        why = Sentence.of("due_why", plain)
        if word.amount:
            why = Sentence.of("due_why", with_sum, money=word.amount)
        yield Due(what=what, by=word.until, why=why, stays=True)


def code_of_complaint(events: Sequence[Event]) -> str:
    """Return why the day counts by which a body is to answer."""
    word, newest = last_said(events, BODY), open_word(events)
    is_word = word is not None and word.says is ThirdWord.LOOKS and newest is None
    return "body_wrote" if is_word else "complained"
