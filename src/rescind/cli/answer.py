"""The answer for a reader at a terminal: about ten lines, read in ten seconds."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rescind.adapters.data.questions import Question, part_question, question
from rescind.cli.lines import put
from rescind.core.act.action import BARE, last_day
from rescind.core.act.decision import days_until, the_day
from rescind.core.know.minimum_term import running_term
from rescind.core.model.facts import day_of
from rescind.core.model.law import RenewalEffect
from rescind.core.model.sentence import Sentence
from rescind.core.model.verdict import Answer
from rescind.core.periods import shortest
from rescind.labels import label, say

if TYPE_CHECKING:
    from rescind.app.act.plan import Planned
    from rescind.core.act.action import Action

REASONS = 3
QUESTIONS = 2
NO_SOURCE = "silent"
"""Of a merchant that is not on file this is so of everything, and helps nobody."""
OWES = "law_exit_owes"
"""The reason that names what leaving may cost; it is shown with the warnings."""
ALONE = frozenset({"keep_confirmation", "watch_statement"})
"""What is told once the case is open; here it would only fill lines."""
CHANGES_WHAT_TO_DO = frozenset(
    {
        *("safe_moment_passed", "certificate_ends_refund", "no_law_on_file"),
        *("no_law_on_file_nor_body", "event_without_law", "biller_unknown"),
    }
)
"""Warnings that are shown with the answer; the others stand under ``--all``."""


def show_answer(planned: "Planned") -> None:
    """Print the headline, the actions with their days, the reasons, the questions."""
    decision = planned.decision
    put(_about(planned))
    put(say(decision.headline), hanging="", bold=True)
    shown = [action for action in decision.actions if action.do not in ALONE]
    for number, action in enumerate(shown, 1):
        put(f"{number}. {_told(action, planned)}", hanging="   ")
    if decision.any_day and decision.each_month_costs is not None:
        put(f"Each month of waiting costs {decision.each_month_costs}.")
    for what, text in (*_reasons(planned), *_cautions(planned)):
        put(f"{what}: {text}")
    if (later := _after_first_term(planned)) is not None:
        put(later)
    for fact in decision.asks[:QUESTIONS]:
        flag = f"--{fact.replace('_', '-')}"
        put(f"To be sure, tell {flag}: {_asked(fact, planned).text}")
    put("More: --all, with sources: --explain. Information, not legal advice.")


def _asked(fact: str, planned: "Planned") -> Question:
    """Return the question for a fact; of a country that is known, for its part."""
    country = planned.checked.facts.country
    is_part = fact == "country" and country is not None
    return part_question(country) if is_part and country else question(fact)


def _about(planned: "Planned") -> str:
    """Return what the answer is about: the service, what was bought, the day."""
    checked = planned.checked
    name, offer = checked.service.name, checked.offer
    what = name if offer is None or offer.name == name else f"{name}, {offer.name}"
    facts = checked.facts
    return f"{what}, on {say(the_day(day_of(facts.as_of, facts.zones), checked))}:"


def _told(action: "Action", planned: "Planned") -> str:
    parts = [say(action.says).rstrip(".")]
    if action.by is not None:
        zones = planned.checked.facts.zones
        day = say(the_day(last_day(action.by, zones), planned.checked))
        left = days_until(action.by, planned.checked)
        days = "the last day" if not left else f"{left} day{'s' * (left > 1)} left"
        parts.append(f"by {day} ({days})")
    if action.amount is not None:
        parts.append(str(action.amount))
    if action.how is not None:
        parts.append(label(action.how, "how"))
    return ", ".join(parts)


def _reasons(planned: "Planned") -> Iterator[tuple[str, str]]:
    """Yield why: of each action, and of the day the contract ends."""
    whys = [action.why for action in planned.decision.actions if action.to is not None]
    cancel = planned.checked.verdict.topics["cancel"].because
    told = [why for why in whys if why is not None]
    told += [reason.says for reason in cancel if reason.claims]
    ends_on = planned.decision.ends_on
    known = [
        why
        for why in told
        if why.code not in {*BARE, OWES, NO_SOURCE}
        and dict(why.values).get("day") in (None, ends_on)
    ]
    bare = [why for why in told if why.code != NO_SOURCE]
    country = planned.checked.facts.country
    said = dict.fromkeys(say(each, country) for each in known or bare)
    yield from (("Because", text) for text in list(said)[:REASONS])


def _after_first_term(planned: "Planned") -> str | None:
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
    return say(Sentence.of("reason", "after_first_term", length=shortest_one))


def _cautions(planned: "Planned") -> Iterator[tuple[str, str]]:
    """Yield what leaving may cost, and the warnings that change what to do."""
    verdict = planned.checked.verdict
    for reason in verdict.topics["cancel"].because:
        if reason.code == OWES:
            yield "Mind", say(reason.says, planned.checked.facts.country)
    for warning in verdict.warnings:
        if warning.code in CHANGES_WHAT_TO_DO:
            yield "Mind", say(warning.says, planned.checked.facts.country)
