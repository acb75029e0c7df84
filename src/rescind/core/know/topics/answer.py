"""What the texts answer to a topic's question on a day, and why."""

from datetime import date
from functools import lru_cache

from rescind.core.know.clauses import (
    Known,
    Scenario,
    Text,
    dissent,
    elsewhere,
    scenarios,
    speaking,
    text_on,
)
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.scenarios import Outcome, merged
from rescind.core.model.catalogue import Term
from rescind.core.model.verdict import TEXT_ELSEWHERE, Answer, Reason


def answer_on(purchase: JudgedPurchase, topic: str) -> Outcome:
    """Return what the texts of the purchase day answer about a topic, and why."""
    terms = speaking(purchase.service, topic, purchase.facts)
    away = () if terms else elsewhere(purchase.service, topic, purchase.facts)
    if away:
        return text_elsewhere(away)
    return answer_by(terms, purchase.epoch, purchase.known)


def text_elsewhere(terms: tuple[Term, ...]) -> Outcome:
    """Return that the texts about a topic are those of other countries."""
    places = tuple(sorted({place for term in terms for place in term.regions}))
    reason = Reason.of(TEXT_ELSEWHERE, countries=places)
    return Outcome(answer=Answer.UNKNOWN, reasons=(reason,))


@lru_cache(maxsize=65536)
def answer_by(terms: tuple[Term, ...], day: date, known: Known) -> Outcome:
    """Return what these terms answer on a day, in every open scenario put together."""
    found = scenarios(terms, known)
    return merged({world: _outcome(terms, day, known, world) for world in found})


def _outcome(
    terms: tuple[Term, ...], day: date, known: Known, world: Scenario
) -> Outcome:
    text = text_on(terms, day, known, world)
    answers = {term.answer for term in text.terms} - {Answer.UNKNOWN}
    reason = reason_for(text, terms, day, known)
    if len(answers) > 1:
        code = "official_texts_conflict" if text.is_official else "others_conflict"
        conflict = Reason.of(code, text.claims)
        return Outcome(answer=Answer.DISPUTED, reasons=(conflict, reason))
    answer = next(iter(answers), Answer.UNKNOWN)
    return Outcome(answer=answer, reasons=(reason,))


def reason_for(text: Text, terms: tuple[Term, ...], day: date, known: Known) -> Reason:
    """Return the reason that a text gives, with the claims that say otherwise."""
    if not text.terms and text.fallen:
        return clause_deleted(text)
    if not text.terms:
        vague = tuple(term.claim for term in terms if term.vague)
        return Reason.of("silent", dissent=vague)
    return Reason.of(text.code, text.claims, dissent(text.terms, terms, day, known))


def clause_deleted(text: Text) -> Reason:
    """Return that a clause is gone from the merchant's text, naming who repeats it."""
    claims = tuple(term.claim for term in text.fallen)
    return Reason.of("clause_deleted", dissent=claims)
