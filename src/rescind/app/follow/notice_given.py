"""How notice was given in a case: when, by what, where to, and when they had it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rescind.adapters.data.words import ENGLISH
from rescind.app.follow import case_letters
from rescind.app.follow.answers import Reply
from rescind.app.know import check
from rescind.core.act.action import last_day
from rescind.core.errors import BadInput
from rescind.core.follow.letters import LetterStanding, letters_of
from rescind.core.model.case import TO_OTHERS, Case, CaseState, counting, happened
from rescind.core.model.event_details import (
    ButtonUsedDetails,
    DispatchOrderedDetails,
    SaidSentDetails,
)
from rescind.core.model.facts import day_of
from rescind.core.model.message import Label
from rescind.core.model.route import By
from rescind.core.model.sentence import Sentence
from rescind.store import selectors

_NOT_OUT = (CaseState.DRAFT, CaseState.FAILED, CaseState.ORDERED)
_BY_MAIL = "mail"
"""What the way of a letter is called by, where it went by e-mail."""
_PAGES = "pages"


def how_given(case: Case, replies: Sequence[Reply]) -> dict[str, str]:
    """Return when and how notice was given, and when they confirmed that it came.

    Of a notice from before the case only its day is known.
    """
    start = case_letters.follow_up(case)
    told = next((start.facts[n] for n in _TOLD if start.facts.get(n)), "")
    given_on = told[:_DAY] or start.first_sent_on
    about = {"given_on": given_on} if given_on else {}
    if not start.ended_before:
        about |= _way(case, given_on)
    came = [e.came_on for e in replies[:-1] if _has_it(e)]
    return about | ({"received_on": came[0].isoformat()} if came else {})


_TOLD = ("cancelled_at", "withdrawn_at")
_DAY = len("2026-11-30")


def _has_it(reply: Reply) -> bool:
    """Return whether an answer surely says that the notice came."""
    reading = reply.reading
    is_sure = not reply.is_unverified and not reading.needs_person
    return is_sure and reading.label is Label.ACKNOWLEDGED


def _way(case: Case, given_on: str) -> dict[str, str]:
    """Return by what the notice of a day went, and where to; empty: nobody told."""
    letter = _letter_of(case, given_on)
    if letter is not None:
        return _of_letter(case, letter)
    used = [e for _, e in happened(counting(case.events), ButtonUsedDetails)]
    on_pages = [e for e in used if e.where is None and not e.before]
    days = [each.on.isoformat() for each in on_pages if each.on is not None]
    return {"given_by": _PAGES} if given_on in days else {}


def _letter_of(case: Case, given_on: str) -> LetterStanding | None:
    """Return the last letter to the merchant that went out on a day."""
    letters = letters_of(case.events, case.kind)
    out = [
        each
        for each in letters
        if each.state not in _NOT_OUT
        and each.kind not in TO_OTHERS
        and each.sent_on is not None
        and each.sent_on.isoformat() == given_on
    ]
    return out[-1] if out else None


def _of_letter(case: Case, letter: LetterStanding) -> dict[str, str]:
    """Return the way of a letter, and the address that stands on it."""
    way, to = _sending(case, letter.number)
    final = selectors.letter(case, letter.number)
    if By.POST.value in way or _is(way, By.POST):
        return {"given_by": By.POST.value, "given_to": ", ".join(final.recipient)}
    if _BY_MAIL in way:
        address = to or final.recipient_email or ""
        return {"given_by": By.EMAIL.value, "given_to": address}
    return {"given_by": _PAGES} if _is(way, By.FORM) or _is(way, By.BUTTON) else {}


def _is(way: str, by: By) -> bool:
    return way in (by.value, ENGLISH.say(Sentence.of("route", by)).casefold())


def _sending(case: Case, number: int) -> tuple[str, str]:
    """Return by what a letter went, and the address that it was mailed to."""
    events = [e for e in counting(case.events) if e.number > number]
    for event in events:
        if (said := event.read(SaidSentDetails)) is not None:
            return said.way.casefold(), ""
        if (ordered := event.read(DispatchOrderedDetails)) is not None:
            return By.EMAIL.value, ordered.recipient
    return "", ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """That notice can be given again in time: by when, and that it changes no end."""

    by: date
    ends_on: date
    is_soon: bool
    """So soon that post would come too late."""


def again(case: Case) -> Again | None:
    """Return by when a notice that is given again still ends it on the same day.

    ``None`` where it would end later, or where no day limits it.
    """
    start = case_letters.follow_up(case)
    facts = {n: v for n, v in start.facts.items() if n not in _TOLD}
    ours = str(case.verdict.get("topics", {}).get("cancel", {}).get("ends_on") or "")
    if start.ended_before or not ours:
        return None
    try:
        checked = check.check(facts)
    except BadInput:
        return None
    cancel = checked.verdict.topics["cancel"]
    if cancel.act_by is None or cancel.ends_on is None:
        return None
    if cancel.ends_on.isoformat() != ours[:_DAY]:
        return None
    by = last_day(cancel.act_by, checked.facts.zones)
    today = day_of(checked.facts.as_of, checked.facts.zones)
    if by < today:
        return None
    is_soon = (by - today).days < _DAYS_OF_POST
    return Again(by=by, ends_on=cancel.ends_on, is_soon=is_soon)


_DAYS_OF_POST = 4
"""Days that a registered letter may take, with a Sunday among them."""
