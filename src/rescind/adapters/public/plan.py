"""The plan in the public JSON form."""

from typing import TypedDict

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.public.decision import (
    DecisionJson,
    DoJson,
    decision_json,
    do_json,
)
from rescind.adapters.public.verdict import MoneyJson, money_json, when_json
from rescind.core.act.action import Action
from rescind.core.act.alternatives import Alternative
from rescind.core.act.decision import Decision
from rescind.core.act.plan import Plan
from rescind.core.model.checked import Checked


class ActionJson(DoJson):
    """One thing to do, with what the plan knows beside what ``check`` says."""

    on: str | None
    latest: str | None
    """The very last moment; ``by`` is the last safe one."""
    why: str
    cost: MoneyJson | None
    steps: list[str]


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


class PlanJson(DecisionJson):
    """The decision, with the courses not taken."""

    service: str
    offer: str | None
    as_of: str
    chosen: CourseJson | None
    wishes_granted: bool
    actions: list[ActionJson]
    alternatives: list[CourseJson]
    asks: list[str]


def plan_json(plan: Plan, decision: Decision, checked: Checked) -> PlanJson:
    """Return what to do, in order, and the courses not taken."""
    return {
        **decision_json(checked, decision),
        "service": checked.verdict.service,
        "offer": checked.verdict.offer,
        "as_of": checked.verdict.as_of.isoformat(),
        "chosen": course_json(plan.best) if plan.best else None,
        "wishes_granted": plan.wishes_granted,
        "actions": [action_json(action, checked) for action in plan.actions],
        "alternatives": [course_json(other) for other in plan.alternatives],
        "asks": list(decision.asks),
    }


def action_json(action: Action, checked: Checked) -> ActionJson:
    """Return one thing to do, as the plan knows it."""
    return {
        **do_json(action, checked),
        "on": when_json(action.on),
        "latest": when_json(action.latest),
        "why": ENGLISH.say(action.why) if action.why else "",
        "cost": money_json(action.cost),
        "steps": list(action.steps),
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
