"""Grounds: the claims that a clause of a letter may stand on, and how they are cited.

A clause of law stands only where the verdict carries the right for this purchase on
this day. What nobody has looked up carries none, nor does a right whose reach is not
settled; a disputed topic does, and the letter's problems say so.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from rescind.core.model.checked import Checked
from rescind.core.model.letter import LetterText, LocaleFormat
from rescind.core.model.source import Claim, Source, SourceKind
from rescind.core.model.verdict import Answer, Entitlement, Topic

STANDING = frozenset({Answer.YES, Answer.DISPUTED})
_CITED = frozenset({SourceKind.LAW, SourceKind.SCHEME})
_BETWEEN = {"：": "、"}
"""What stands between laws before the last two, by the language's colon."""
_ARCHIVED = re.compile(r",? archived (?:\d|the ).*|[,:]? \((?:undated|copy)\b[^)]*\)")
"""What we note about a copy of a text: of no use to who wrote the text."""
_ITS_DAY = re.compile(
    r",? (?:of|du|de|effective|updated|in force from) (?:\d{1,2} )?\w+ \d{4}"
)
"""The day of a text in its title, which a letter writes in its own language."""
_NOTE = re.compile(r" \([^)]*\)$")
EXIT = "exit"
"""The law that the verdict on cancelling rests on: ways out, caps on notice."""
FEE = "fee"
"""The law that limits a fee for leaving early."""
REMINDER = "reminder"
"""The law by which a renewal without a reminder in time does not bind."""
EVENTS = frozenset({"price_raised", "terms_changed", "minor"})
"""What gives a way out of its own: a letter about it cites no other law."""


def find_grounds(checked: Checked, rests_on: tuple[str, ...]) -> tuple[Claim, ...]:
    """Return the claims behind what a clause rests on; empty: nothing carries it."""
    claims = [claim for name in rests_on for claim in _of(checked, name)]
    return tuple(dict.fromkeys(claims))


def comes_by_cancelling(checked: Checked) -> bool:
    """Return whether terms carry a refund now, and give it to who cancels alone."""
    grounds = find_grounds(checked, ("refund",))
    terms = checked.service.terms
    return any(term.by_cancelling and term.claim in grounds for term in terms)


def _of(checked: Checked, name: str) -> Iterator[Claim]:
    topics = checked.verdict.topics
    if name == EXIT:
        yield from (c for c in _usable(topics["cancel"]) if c.source.kind in _CITED)
        return
    if name == FEE:
        yield from _on_fee(topics["cancel"])
        return
    if name == REMINDER:
        laws = [each.right.claims for each in reminding(checked)]
        yield from (c for claims in laws for c in claims if not c.source.is_unverified)
        return
    if name in topics:
        if topics[name].answer is None or topics[name].answer in STANDING:
            yield from _usable(topics[name])
        return
    for entitlement in checked.verdict.rights:
        right = entitlement.right
        events = {condition.fact for condition in right.conditions}
        fits = name in (right.id, right.kind.value) or name in events & EVENTS
        if fits and entitlement.answer is Answer.YES:
            yield from (c for c in right.claims if not c.source.is_unverified)


def reminding(checked: Checked) -> tuple[Entitlement, ...]:
    """Return the rights that the sender has for want of a reminder in time."""
    rights = checked.verdict.rights
    return tuple(
        each for each in rights if each.right.reminder and each.answer is Answer.YES
    )


def _on_fee(cancel: Topic) -> Iterator[Claim]:
    """Yield what caps the fee the lowest; where no sum is known, what limits it."""
    cap = cancel.fee_at_most
    for reason in cancel.because:
        limits = reason.code in ("law_fee_cap", "law_fee_rule")
        if limits and (cap is None or ("amount", cap) in reason.says.values):
            yield from (c for c in reason.claims if not c.source.is_unverified)


def _usable(topic: Topic) -> Iterator[Claim]:
    for reason in topic.because:
        yield from (c for c in reason.claims if not c.source.is_unverified)


def cite(claims: tuple[Claim, ...], text: LetterText, region: str | None) -> str:
    """Return how a letter names the law behind a clause, in its language.

    Only law and card rules are cited, and of them only those that the language knows
    how to name: the title of a page that tells of a law is not the law's name. Where a
    state's act carries a directive out, the act alone binds the merchant.
    """
    law = [c for c in claims if c.source.kind in _CITED and not c.carried_out]
    citations = [
        words
        for claim in law
        if (words := text.laws.get(f"{claim.id}@{region}") or text.laws.get(claim.id))
    ]
    *before, last = dict.fromkeys(citations) or ("",)
    between = _BETWEEN.get(text.colon, ", ")
    return text.conjunction.join(filter(None, (between.join(before), last)))


def cite_terms(
    claims: tuple[Claim, ...], locale: LocaleFormat, labels: Mapping[str, str]
) -> str:
    """Return the merchant's own text behind a clause: title, its day, and section.

    The day is the one that the text gives itself, never that of our copy; a place that
    only we call so is left out.
    """
    for claim in claims:
        if claim.source.kind is SourceKind.OFFICIAL_TERMS:
            place = _section(claim.locator)
            if place[:1].isdigit():
                place = labels["section"].format(place=place)
            parts = (*_title_and_day(claim.source, locale), place)
            return ", ".join(filter(None, parts))
    return ""


def _title_and_day(source: Source, locale: LocaleFormat) -> tuple[str, str]:
    title = _ARCHIVED.sub("", source.title)
    try:
        day = date.fromisoformat((source.dated or "")[:10])
    except ValueError:
        return title, ""
    return _ITS_DAY.sub("", title), locale.day(day)


def _section(locator: str) -> str:
    """Return a place as the text itself numbers or heads it; empty: it is not known."""
    place = _NOTE.sub("", locator.partition(";")[0])
    is_theirs = place[:1].isupper() or any(map(str.isdigit, place))
    return place if is_theirs else ""
