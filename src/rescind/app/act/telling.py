"""What an answer tells beside its actions: why, what to mind, what comes later."""

from collections.abc import Iterator

from rescind.app.act.plan import Planned
from rescind.core.act.action import BARE
from rescind.core.know.minimum_term import running_term
from rescind.core.model.law import RenewalEffect
from rescind.core.model.sentence import Sentence, Wording
from rescind.core.model.verdict import Answer
from rescind.core.periods import shortest

NO_SOURCE = "silent"
"""Of a merchant that is not on file this is so of everything, and helps nobody."""
OWES = "law_exit_owes"
"""The reason that names what leaving may cost; it is told with the warnings."""
CHANGES_WHAT_TO_DO = frozenset(
    {
        *("safe_moment_passed", "certificate_ends_refund", "no_law_on_file"),
        *("no_law_on_file_nor_body", "event_without_law", "biller_unknown"),
    }
)
"""Warnings that are told with the answer; the others only to whoever asks for all."""


def reasons(planned: Planned) -> tuple[Sentence, ...]:
    """Return why: of each action, and of the day the contract ends, the first first."""
    whys = [action.why for action in planned.decision.actions if action.to is not None]
    cancel = planned.checked.verdict.topics["cancel"].because
    told = [why for why in whys if why is not None]
    told += [reason.says for reason in cancel if reason.claims]
    ends_on = planned.decision.ends_on
    telling = [
        why
        for why in told
        if why.code not in {*BARE, OWES, NO_SOURCE}
        and dict(why.values).get("day") in (None, ends_on)
    ]
    bare = [why for why in told if why.code != NO_SOURCE]
    return tuple(dict.fromkeys(telling or bare))


def cautions(planned: Planned) -> Iterator[Wording]:
    """Yield what leaving may cost, and the warnings that change what to do."""
    verdict = planned.checked.verdict
    for reason in verdict.topics["cancel"].because:
        if reason.code == OWES:
            yield reason.says
    for warning in verdict.warnings:
        if warning.code in CHANGES_WHAT_TO_DO:
            yield warning.says


def after_first_term(planned: Planned) -> Sentence | None:
    """Return what is easier later: by law, or by the contract, no term is renewed."""
    facts, ends_on = planned.checked.facts, planned.decision.ends_on
    term = running_term(facts)
    if planned.decision.any_day or ends_on is None or term.ends is None or term.lapsed:
        return None
    lengths = [
        right.right.renewal.notice
        for right in planned.checked.verdict.rights
        if right.answer is Answer.YES
        and right.right.renewal is not None
        and right.right.renewal.effect is RenewalEffect.OPEN_ENDED
    ]
    by_contract = [facts.notice] if facts.renews_open else []
    shortest_one = shortest([each for each in (*lengths, *by_contract) if each])
    if shortest_one is None:
        return None
    return Sentence.of("reason", "after_first_term", length=shortest_one)
