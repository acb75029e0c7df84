"""What follows a letter: the steps that come next, and the letter of each."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rescind.adapters import clock
from rescind.adapters.data.words import ENGLISH, why_not
from rescind.adapters.public.steps import LastDayJson, StepJson, step_json
from rescind.adapters.public.verdict import TopicJson, verdict_json
from rescind.app.act import letters
from rescind.app.follow import case_letters
from rescind.app.follow.answers import answers
from rescind.app.follow.days import day_in, today
from rescind.app.follow.planned import letters_to_write
from rescind.app.know import check
from rescind.app.prove import proof
from rescind.core.act.letter_values import ANSWERS
from rescind.core.errors import BadInput
from rescind.core.follow.escalation import Do, Step, escalation
from rescind.core.follow.outlook import standing
from rescind.core.follow.state import wrongful_charges
from rescind.core.model.case import Case, EventKind
from rescind.core.model.event_details import CalledDetails
from rescind.core.model.law import Body
from rescind.core.model.sentence import Sentence
from rescind.store import rules, selectors, services

REPLY = "reply"
CANCEL = "cancel"
STEPS = tuple(step.value for step in Do)


def steps(case: Case) -> list[StepJson]:
    """Return what a case has before it and behind it, each with its day and why."""
    now = today(case)
    state = standing(case.events, now).state
    return [_step(case, step) for step in escalation(case.events, state, now)]


def _step(case: Case, step: Step) -> StepJson:
    last_days = last_days_to_dispute(case, step.on) if step.do is Do.DISPUTE else []
    body = _body(case) if step.do is Do.COMPLAINT else None
    text = ENGLISH.say(Sentence.of("step", step.do))
    return step_json(step, text, last_days, body)


def last_days_to_dispute(case: Case, charged_on: date) -> list[LastDayJson]:
    """Return by when a charge can be disputed, the earliest day first.

    A right that turns on what is not known says so in ``asks``.
    """
    facts = _facts_after(case) | {"paid_at": charged_on.isoformat()}
    try:
        checked = check.check(facts)
    except BadInput:
        return []
    days: list[LastDayJson] = [
        {
            "name": right["name"],
            "by": duty["by"],
            "do": duty["do"],
            "asks": right["asks"],
            "claims": right["claims"],
        }
        for right in verdict_json(checked.verdict)["rights"]
        if right["kind"] == "payment" and right["answer"] in ("yes", "depends")
        for duty in right["due"]
        if duty["who"] == "you"
        and duty["by"]
        and duty["by"][:10] >= charged_on.isoformat()
    ]
    return sorted(days, key=lambda day: day["by"])


def _facts_after(case: Case) -> dict[str, str]:
    """Return the facts as they are once the letter went out."""
    start = case_letters.follow_up(case)
    facts = dict(start.facts)
    if start.first_sent_on:
        facts["cancelled_at"] = start.first_sent_on
    for _, charge in wrongful_charges(case.events)[-1:]:
        if charge.on is not None:
            facts["paid_at"] = charge.on.isoformat()
    facts.pop("renews_at", None)
    return facts


def _body(case: Case) -> Body | None:
    country = case.facts.get("country")
    problem = letters.PROBLEMS.get(case.kind, "cancellation")
    return letters.competent_body(str(country).upper(), problem) if country else None


def way_back(case: Case) -> TopicJson:
    """Return what the terms say about taking the ending back, once it was sent.

    The verdict's topic ``resume``: its answer, its reasons and its last day.
    """
    try:
        checked = check.check(_facts_after(case))
    except BadInput:
        return {"answer": "unknown", "because": []}
    return verdict_json(checked.verdict)["topics"]["resume"]


def write_next(
    case_id: str,
    kind: str,
    details: Mapping[str, Any],
    wanted: letters.Wanted | None = None,
) -> str:
    """Write a step's letter into the case, as a draft, and return the case's id.

    ``wanted`` says in which language and to which address it goes.

    Besides the steps these are the letters that the plan still calls for, and after a
    call the one that confirms it. A letter of the plan can wait beside another; which
    is sent is chosen then. Raises BadInput for any other kind, and where the facts do
    not carry it.
    """
    record = selectors.find_case(case_id)
    case = selectors.case_of(record)
    planned = tuple(_planned(case))
    if kind not in (*STEPS, REPLY, *planned):
        raise BadInput.unknown_value("kind", kind, (*STEPS, REPLY, *planned))
    rules.require(record, case.events, EventKind.LETTER_WRITTEN)
    start = case_letters.follow_up(case)
    about = {"first_kind": start.first_kind, "first_sent_on": start.first_sent_on}
    about = {name: value for name, value in about.items() if value}
    if kind == REPLY:
        about |= _about_answer(case)
    after = _facts_after(case)
    if kind in planned and kind not in STEPS:
        # a letter of the plan says by itself what the one before it did not
        after, about = start.facts, dict(_about_call(case))
    facts = after | about | dict(details)
    written = letters.write(facts, case.sender, wanted or letters.Wanted(kind=kind))
    services.write_letter(record, letters.printed(written), now=clock.now(), kind=kind)
    proof.settle(record)
    return case.id


def _planned(case: Case) -> Iterator[str]:
    """Yield the letters that may follow by the plan, and by a call."""
    yield from letters_to_write(case)
    if case.last(CalledDetails) is not None:
        yield CANCEL


def _about_call(case: Case) -> Mapping[str, str]:
    """Return what a letter says of the call that ended it: the end counts from it."""
    call = case.last(CalledDetails)
    if call is None or call.on is None:
        return {}
    day = call.on.isoformat()
    who = f"{call.with_whom}, {call.reference}" if call.reference else call.with_whom
    return {"cancelled_at": day, "called_on": day, "spoke_with": who}


def _about_answer(case: Case) -> dict[str, str]:
    """Return what a reply says of the newest answer: what it was, and when it came."""
    answer = case.newest(EventKind.ANSWERED)
    if answer is None:
        raise BadInput("kind", why_not("nothing_to_reply"), STEPS)
    answered_on = {"answered_on": day_in(case, answer.at).isoformat()}
    label = answers(case)[-1].reading.label.value
    return answered_on | ({"answer": label} if label in ANSWERS else {})
