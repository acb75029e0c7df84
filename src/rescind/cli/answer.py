"""The answer for a reader at a terminal: about ten lines, read in ten seconds."""

from typing import TYPE_CHECKING

from rescind.adapters.data.questions import Question, part_question, question
from rescind.app.act.telling import after_first_term, cautions, of_the_telling, reasons
from rescind.cli.lines import put
from rescind.core.act.action import last_day
from rescind.core.act.decision import (
    days_until,
    is_at_most,
    is_first_day,
    the_day,
)
from rescind.core.model.facts import day_of
from rescind.core.model.names import titled
from rescind.labels import label, say

if TYPE_CHECKING:
    from rescind.app.act.plan import Planned
    from rescind.core.act.action import Action
    from rescind.core.act.decision import Decision

REASONS = 3
QUESTIONS = 2
ALONE = frozenset({"keep_confirmation", "watch_statement"})
"""What is told once the case is open; here it would only fill lines."""


def show_answer(planned: "Planned") -> None:
    """Print the headline, the actions with their days, the reasons, the questions."""
    decision = planned.decision
    put(_about(planned))
    put(say(decision.headline), hanging="", bold=True)
    shown = [action for action in decision.actions if action.do not in ALONE]
    for number, action in enumerate(shown, 1):
        put(f"{number}. {_told(action, planned)}", hanging="   ")
    _show_waiting(decision)
    for text in _reasons(planned):
        put(f"Because: {text}")
    for caution in cautions(planned):
        put(f"Mind: {say(caution, planned.checked.facts.country)}")
    if (later := after_first_term(planned)) is not None:
        put(say(later))
    for says in of_the_telling(planned):
        put(say(says))
    for fact in decision.asks[:QUESTIONS]:
        flag = f"--{fact.replace('_', '-')}"
        put(f"To be sure, tell {flag}: {_asked(fact, planned).text}")
    put("More: --all, with sources: --explain. Information, not legal advice.")


def _show_waiting(decision: "Decision") -> None:
    """Print what waiting does to the end, and what it costs."""
    if decision.each_day_later:
        put("Today is the day for it: each day later, it ends a day later.")
    if decision.any_day and decision.each_month_costs is not None:
        put(f"Each month of waiting costs {decision.each_month_costs}.")


def _asked(fact: str, planned: "Planned") -> Question:
    """Return the question for a fact; of a country that is known, for its part."""
    country = planned.checked.facts.country
    is_part = fact == "country" and country is not None
    return part_question(country) if is_part and country else question(fact)


def _about(planned: "Planned") -> str:
    """Return what the answer is about: the service, what was bought, the day."""
    checked = planned.checked
    name, offer = checked.service.name, checked.offer
    what = name if offer is None else titled(offer.name, checked.service)
    facts = checked.facts
    return f"{what}, on {say(the_day(day_of(facts.as_of, facts.zones), checked))}:"


def _told(action: "Action", planned: "Planned") -> str:
    parts = [say(action.says).rstrip(".")]
    if action.by is not None:
        zones = planned.checked.facts.zones
        day = say(the_day(last_day(action.by, zones), planned.checked))
        left = days_until(action.by, planned.checked)
        is_first = is_first_day(action, planned.checked)
        days = f"{left} day{'s' * (left > 1)} left" if left else "the last day"
        if (
            not left
            and action.latest
            and last_day(action.latest, zones) > last_day(action.by, zones)
        ):
            days = "the last day that is safe"
        parts.append(f"from {day} on" if is_first else f"by {day} ({days})")
    if action.amount is not None:
        at_most = "up to " if is_at_most(action, planned.checked) else ""
        parts.append(f"{at_most}{action.amount}")
    if action.how is not None:
        parts.append(label(action.how, "how"))
    return ", ".join(parts)


def _reasons(planned: "Planned") -> tuple[str, ...]:
    """Return why, in words, at most three."""
    country = planned.checked.facts.country
    said = dict.fromkeys(say(each, country) for each in reasons(planned))
    return tuple(said)[:REASONS]
