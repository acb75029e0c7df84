"""The plan in the public JSON form."""

from typing import Any

from rescind.adapters.public.verdict import money_json, when_json
from rescind.core.act.plan import Action, Alternative, Plan
from rescind.core.model.checked import Checked

LETTERS = {"cancel": "cancel", "withdraw": "withdraw", "request_refund": "refund"}
"""The kind of letter that does what an action asks for."""


def plan_json(made: Plan, checked: Checked) -> dict[str, Any]:
    """Return a plan as the contract's object."""
    return {
        "service": checked.verdict.service,
        "offer": checked.verdict.offer,
        "as_of": when_json(checked.verdict.as_of),
        "chosen": course_json(made.chosen) if made.chosen else None,
        "wishes_granted": made.wishes_granted,
        "actions": [action_json(action) for action in made.actions],
        "alternatives": [course_json(other) for other in made.alternatives],
        "asks": list(made.asks),
    }


def action_json(action: Action) -> dict[str, Any]:
    """Return one thing to do."""
    return {
        "do": action.do,
        "text": action.text,
        "on": when_json(action.on),
        "by": when_json(action.by),
        "latest": when_json(action.latest),
        "why": action.why,
        "cost": money_json(action.cost),
        "steps": list(action.steps),
        "letter": LETTERS.get(action.do),
    }


def course_json(course: Alternative) -> dict[str, Any]:
    """Return a course with what it costs, keeps and loses under each reading."""
    return {
        "do": course.do,
        "text": course.text,
        "cost": money_json(course.cost),
        "cost_at_best": money_json(course.cost_at_best),
        "access_until": when_json(course.access_until),
        "loses": course.loses,
        "fits": course.fits,
        "readings": [
            {
                "reading": outcome.reading,
                "cost": money_json(outcome.cost),
                "refunded": money_json(outcome.refunded),
                "access_until": when_json(outcome.access_until),
                "certificate": outcome.has_certificate,
            }
            for outcome in course.outcomes
        ],
    }
