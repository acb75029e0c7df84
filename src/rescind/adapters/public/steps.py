"""What comes next in a case, in the public JSON form."""

from collections.abc import Sequence
from typing import TypedDict

from rescind.adapters.data.words import words_of
from rescind.adapters.public.verdict import ClaimJson
from rescind.core.follow.escalation import Step
from rescind.core.model.law import Body
from rescind.core.model.sentence import Sentence


class LastDayJson(TypedDict):
    """The last day that a right gives, and what is not known about it."""

    name: str
    by: str
    do: str
    asks: list[str]
    claims: list[ClaimJson]


class BodyJson(TypedDict):
    """Who takes the complaint, with which papers, and what has to come first."""

    name: str
    contact: list[str]
    papers: list[str]
    first: str


class StepJson(TypedDict):
    """A step with its day, why then, and by when at the latest."""

    step: str
    text: str
    on: str
    state: str
    why: str
    moved: str | None
    by: str | None
    """The law's or the scheme's last day, where one is on file."""
    rights: list[LastDayJson]
    """What that day rests on."""
    to: BodyJson | None
    """Who takes a complaint."""


def step_json(
    step: Step,
    last_days: Sequence[LastDayJson],
    body: Body | None,
    country: str | None = None,
) -> StepJson:
    """Return a step; ``last_days`` are in order, and the first one counts.

    Days in sentences are written in the order of the person's country (ISO 3166).
    """
    words = words_of(country)
    return {
        "step": step.do.value,
        "text": words.say(Sentence.of("step", step.do)),
        "on": step.on.isoformat(),
        "state": step.state.value,
        "why": words.say(step.why),
        "moved": words.say(step.moved) if step.moved else None,
        "by": last_days[0]["by"] if last_days else None,
        "rights": list(last_days),
        "to": _body_json(body) if body else None,
    }


def _body_json(body: Body) -> BodyJson:
    return {
        "name": body.name,
        "contact": list(body.contact),
        "papers": list(body.papers),
        "first": body.first,
    }
