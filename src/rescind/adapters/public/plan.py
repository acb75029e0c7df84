"""The plan in the public JSON form."""

from typing import TypedDict

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.public.verdict import MoneyJson, money_json, when_json
from rescind.core.act.plan import Action, Alternative, Plan
from rescind.core.model.checked import Checked

LETTERS = {"cancel": "cancel", "withdraw": "withdraw", "request_refund": "refund"}
"""The kind of letter that does what an action asks for."""


class ActionJson(TypedDict):
    """One thing to do; days and moments in ISO 8601."""

    do: str
    text: str
    on: str | None
    by: str | None
    """The last safe moment; ``latest`` is the very last one."""
    latest: str | None
    why: str
    cost: MoneyJson | None
    steps: list[str]
    letter: str | None
    """The kind of letter that does it."""


class ReadingJson(TypedDict):
    """What a course comes to under one admissible reading of the terms."""

    reading: str
    cost: MoneyJson | None
    refunded: MoneyJson | None
    access_until: str | None
    certificate: bool


class CourseJson(TypedDict):
    """A course with what it costs, keeps and loses under each reading."""

    do: str
    text: str
    cost: MoneyJson | None
    """At worst; less than nothing is money back."""
    cost_at_best: MoneyJson | None
    access_until: str | None
    loses: str
    fits: bool
    readings: list[ReadingJson]


class PlanJson(TypedDict):
    """What to do, in order, and the courses not taken."""

    service: str
    offer: str | None
    as_of: str
    chosen: CourseJson | None
    wishes_granted: bool
    actions: list[ActionJson]
    alternatives: list[CourseJson]
    asks: list[str]


def plan_json(plan: Plan, checked: Checked) -> PlanJson:
    """Return what to do, in order, and the courses not taken."""
    return {
        "service": checked.verdict.service,
        "offer": checked.verdict.offer,
        "as_of": checked.verdict.as_of.isoformat(),
        "chosen": course_json(plan.best) if plan.best else None,
        "wishes_granted": plan.wishes_granted,
        "actions": [action_json(action) for action in plan.actions],
        "alternatives": [course_json(other) for other in plan.alternatives],
        "asks": list(plan.asks),
    }


def action_json(action: Action) -> ActionJson:
    """Return one thing to do."""
    return {
        "do": action.do,
        "text": ENGLISH.say(action.says),
        "on": when_json(action.on),
        "by": when_json(action.by),
        "latest": when_json(action.latest),
        "why": ENGLISH.say(action.why) if action.why else "",
        "cost": money_json(action.cost),
        "steps": list(action.steps),
        "letter": LETTERS.get(action.do),
    }


def course_json(course: Alternative) -> CourseJson:
    """Return a course with what it costs, keeps and loses under each reading."""
    return {
        "do": course.do,
        "text": ENGLISH.say(course.says),
        "cost": money_json(course.cost),
        "cost_at_best": money_json(course.cost_at_best),
        "access_until": when_json(course.access_until),
        "loses": ENGLISH.say(course.loses),
        "fits": course.fits,
        "readings": [
            {
                "reading": ENGLISH.say(outcome.reading),
                "cost": money_json(outcome.cost),
                "refunded": money_json(outcome.refund),
                "access_until": when_json(outcome.access_until),
                "certificate": outcome.has_certificate,
            }
            for outcome in course.outcomes
        ],
    }
