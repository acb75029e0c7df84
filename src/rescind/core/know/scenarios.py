"""Worlds put together: one answer where all agree, a question where they do not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from rescind.core.know.clauses import Scenario, asked, deciding
from rescind.core.model.sentence import Sentence
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Answer, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one world, or all of them together, come to."""

    answer: Answer
    reasons: tuple[Reason, ...]
    act_by: datetime | None = None
    latest: datetime | None = None
    asks: tuple[str, ...] = ()


def merged(outcomes: Mapping[Scenario, Outcome]) -> Outcome:
    """Return what holds in every world, or the question that tells them apart."""
    answers = {scenario: outcome.answer for scenario, outcome in outcomes.items()}
    everywhere = tuple(outcomes.values())
    if len(everywhere) == 1:
        return everywhere[0]
    if len(set(answers.values())) == 1:
        return _agreed(everywhere[0].answer, everywhere)
    facts = tuple(dict.fromkeys(asked(name) for name in deciding(answers)))
    hopeful = tuple(o for o in everywhere if o.answer is not Answer.NO)
    agreed = _agreed(Answer.DEPENDS, hopeful)
    claims, otherwise = _claims(everywhere), _dissent(everywhere)
    names = tuple(Sentence.of("fact_open", fact) for fact in facts)
    reason = Reason.of("fact_decides", claims, otherwise, facts=names)
    return Outcome(
        answer=Answer.DEPENDS,
        reasons=(reason, *agreed.reasons),
        act_by=agreed.act_by,
        latest=agreed.latest,
        asks=facts,
    )


def _agreed(answer: Answer, outcomes: tuple[Outcome, ...]) -> Outcome:
    return Outcome(
        answer=answer,
        reasons=tuple(dict.fromkeys(r for o in outcomes for r in o.reasons)),
        act_by=min((o.act_by for o in outcomes if o.act_by), default=None),
        latest=max((o.latest for o in outcomes if o.latest), default=None),
        asks=tuple(dict.fromkeys(a for o in outcomes for a in o.asks)),
    )


def _claims(outcomes: Iterable[Outcome]) -> tuple[Claim, ...]:
    return tuple(
        dict.fromkeys(c for o in outcomes for r in o.reasons for c in r.claims)
    )


def _dissent(outcomes: Iterable[Outcome]) -> tuple[Claim, ...]:
    said = _claims(outcomes)
    found = dict.fromkeys(c for o in outcomes for r in o.reasons for c in r.dissent)
    return tuple(claim for claim in found if claim not in said)


def plain(
    answer: Answer,
    code: str,
    claims: tuple[Claim, ...] = (),
    dissent: tuple[Claim, ...] = (),
    *,
    asks: tuple[str, ...] = (),
) -> Outcome:
    """Return an outcome with one reason and no day."""
    reason = Reason.of(code, claims, dissent)
    return Outcome(answer=answer, reasons=(reason,), asks=asks)
