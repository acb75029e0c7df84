"""What follows a letter: the ladder's steps, and what the person reports."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from rescind.adapters import clock
from rescind.adapters.data import playbook
from rescind.adapters.input.facts import read_money
from rescind.adapters.public.verdict import verdict_json
from rescind.app.act import letters
from rescind.app.follow import queries
from rescind.app.follow.cases import clean_note, read_day
from rescind.app.know import check
from rescind.app.prove import proof
from rescind.core.act.letter_values import ANSWERS
from rescind.core.errors import BadInput
from rescind.core.follow.escalation import Do, Step, StepState, escalation
from rescind.core.model.case import Event, EventKind
from rescind.core.model.message import Label
from rescind.core.periods import EARLIEST_ZONE
from rescind.store import selectors, services

if TYPE_CHECKING:
    from rescind.store.models import CaseRecord

REPLY = "reply"
STEPS = tuple(step.value for step in Do)
TEXTS: Mapping[Do, str] = {
    Do.SECOND_NOTICE: "Send a second notice: it names the first, and a day.",
    Do.COMPLAINT: "Complain to the competent body, with the letters and their proof.",
    Do.DISPUTE: "Dispute the charge with your bank or card issuer.",
}
CONFIRM_WITHIN = 3
"""Days: a button and a call are confirmed at once or soon; our own measure."""


def steps(case_id: str) -> list[dict[str, Any]]:
    """Return the ladder of a case, each step with its day, why, and by when.

    ``step``, ``text``, ``on``, ``state``, ``why``, ``moved``; ``by`` is the law's or
    the scheme's last day where one is on file, with the ``rights`` it rests on; ``to``
    names the body of a complaint.
    """
    case = selectors.find_case(case_id)
    events, today = selectors.events(case), clock.now().date()
    state = selectors.standing_of(events, today).state
    return [_step(case, step, events) for step in escalation(events, state, today)]


def _step(case: "CaseRecord", step: Step, events: tuple[Event, ...]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "step": step.do.value,
        "text": TEXTS[step.do],
        "on": step.on.isoformat(),
        "state": step.state.value,
        "why": step.why,
        "moved": step.moved or None,
        "by": None,
        "rights": [],
        "to": None,
    }
    if step.do is Do.DISPUTE:
        shown |= _dispute(case, step.on, events)
    if step.do is Do.COMPLAINT:
        shown |= {"to": _body(case)}
    return shown


def _dispute(case: "CaseRecord", on: date, events: tuple[Event, ...]) -> dict[str, Any]:
    """Return by when a charge can be disputed, and on what that rests.

    The earliest day counts; a right that turns on what is not known says so in
    ``asks``.
    """
    facts = _facts_after(case, events) | {"paid_at": on.isoformat()}
    try:
        checked = check.check(facts)
    except BadInput:
        return {}
    rights = verdict_json(checked.verdict)["rights"]
    found = [
        {
            "name": r["name"],
            "by": due["by"],
            "do": due["do"],
            "asks": r["asks"],
            "claims": r["claims"],
        }
        for r in rights
        if r["kind"] == "payment" and r["answer"] in ("yes", "depends")
        for due in r["due"]
        if due["who"] == "you" and due["by"] and due["by"][:10] >= on.isoformat()
    ]
    days = [right["by"] for right in found]
    found.sort(key=lambda right: str(right["by"]))
    return {"by": min(days, default=None), "rights": found}


def _facts_after(case: "CaseRecord", events: tuple[Event, ...]) -> dict[str, Any]:
    """Return the facts as they are once the letter went out."""
    known = queries.follow_up(str(case.pk))
    facts: dict[str, Any] = dict(known["facts"])
    told = known["details"]["first_sent_on"]
    if told:
        facts["cancelled_at"] = told
    charges = [e for e in events if e.kind is EventKind.CHARGED]
    if charges:
        facts["paid_at"] = charges[-1].details["on"]
    facts.pop("renews_at", None)
    return facts


def _body(case: "CaseRecord") -> dict[str, Any] | None:
    country = case.facts.get("country")
    problem = letters.PROBLEMS.get(case.kind, "cancellation")
    body = letters.competent_body(str(country).upper(), problem) if country else None
    if body is None:
        return None
    return {
        "name": body.name,
        "contact": list(body.contact),
        "papers": list(body.papers),
        "first": body.first,
    }


def advice(case_id: str, language: str = "en") -> dict[str, Any] | None:
    """Return what follows from the newest answer; ``None`` while none came.

    ``label``, ``means``, ``do``, ``is_ours``, ``letter``; the ``rights`` of the case's
    own verdict that speak to it, with their claims; and what the step ``rests_on``.
    """
    answers = queries.answers(case_id)
    if not answers:
        return None
    reading = answers[-1]["reading"]
    label = Label.OTHER if reading.needs_person else reading.label
    play = playbook.plays(language)[label]
    verdict = selectors.find_case(case_id).verdict
    rights = [r for r in verdict.get("rights", []) if r["kind"] in play.rights]
    return {
        "label": label.value,
        "means": play.means,
        "do": list(play.do),
        "is_ours": play.is_ours,
        "letter": play.letter,
        "rights": [r for r in rights if r["answer"] in ("yes", "depends", "disputed")],
        "rests_on": [dict(each) for each in play.rests_on],
    }


def write_next(case_id: str, kind: str, details: Mapping[str, Any]) -> str:
    """Write a step's letter into the case, as a draft, and return the case's id.

    Raises BadInput for a kind that is no step, and where the facts do not carry it.
    """
    if kind not in (*STEPS, REPLY):
        raise BadInput.unknown_value("kind", kind, (*STEPS, REPLY))
    case = selectors.find_case(case_id)
    known = queries.follow_up(case_id)
    facts = _facts_after(case, selectors.events(case))
    told = {n: v for n, v in known["details"].items() if v}
    if kind == REPLY:
        told |= _answer(case_id)
    wanted = letters.Wanted(kind=kind)
    written = letters.write(facts | told | dict(details), case.sender, wanted)
    services.write_letter(case, letters.printed(written), now=clock.now(), kind=kind)
    proof.settle(case)
    return str(case.pk)


def _answer(case_id: str) -> dict[str, str]:
    """Return what a reply says of the newest answer: what it was, and when it came."""
    came = selectors.newest(selectors.find_case(case_id), EventKind.ANSWERED)
    if came is None:
        raise BadInput("kind", "no answer came that could be replied to", STEPS)
    found = {"answered_on": came.at.date().isoformat()}
    label = queries.answers(case_id)[-1]["reading"].label.value
    return found | ({"answer": label} if label in ANSWERS else {})


def skip(case_id: str, step: str, note: str = "") -> str:
    """Record that the person does without a step, and return the case's id."""
    if step not in STEPS:
        raise BadInput.unknown_value("step", step, STEPS)
    rows = {row["step"]: row["state"] for row in steps(case_id)}
    if rows.get(step) not in (StepState.DUE.value, StepState.LATER.value):
        raise BadInput("step", f"{step} is not before this case", sorted(rows))
    details = {"step": step, "note": clean_note(note)}
    return _happened(case_id, EventKind.STEP_SKIPPED, details)


def charged(case_id: str, *, on: str, amount: str = "", note: str = "") -> str:
    """Record that money was taken after the letter, and return the case's id.

    Raises BadInput for a day to come, for an amount that cannot be read, and where
    nobody was told of the end yet.
    """
    _once_told(case_id)
    money = read_money(amount, "amount") if amount.strip() else None
    case, day = selectors.find_case(case_id), _past_day(on, "on")
    last = _dispute(case, date.fromisoformat(day), selectors.events(case))
    details = {
        "on": day,
        "amount": f"{money.amount} {money.currency}" if money else "",
        "note": clean_note(note),
    }
    if last.get("by"):
        first = last["rights"][0]
        details |= {"dispute_by": last["by"][:10], "rests_on": first["name"]}
    return _happened(case_id, EventKind.CHARGED, details)


def used_button(case_id: str, *, on: str = "", note: str = "") -> str:
    """Record that the person ended it by the merchant's own button or form.

    What the last page showed is kept beside it as a file, and is the proof.
    """
    return _otherwise(case_id, EventKind.BUTTON_USED, on, {"note": clean_note(note)})


def called(
    case_id: str, *, on: str = "", with_whom: str, said: str, reference: str = ""
) -> str:
    """Take down a call that ended it: with whom, what was said, which reference."""
    if not said.strip():
        raise BadInput("said", "what did they say?", ["that it ends on 2026-12-31"])
    details = {
        "with_whom": clean_note(with_whom),
        "said": clean_note(said),
        "reference": clean_note(reference),
    }
    return _otherwise(case_id, EventKind.CALLED, on, details)


def blocked(case_id: str, *, until: str = "", note: str = "") -> str:
    """Record that the bank was told to stop the payments, and until when that holds."""
    day = read_day(until, "until") if until.strip() else ""
    details = {"until": day, "note": clean_note(note)}
    return _happened(case_id, EventKind.BANK_BLOCKED, details)


def resume(case_id: str, note: str = "") -> str:
    """Record that the person took the ending back; the case is over with it."""
    details = {"note": clean_note(note)}
    return _happened(case_id, EventKind.RESUMED, details)


def _otherwise(
    case_id: str, kind: EventKind, on: str, details: Mapping[str, str]
) -> str:

    state = selectors.current(selectors.find_case(case_id)).state.value
    if state in ("ordered", "sending", "doubtful", "closed", "resumed"):
        raise BadInput("case", f"is {state}", [f"rescind case show {case_id}"])
    day = _past_day(on, "on") if on.strip() else clock.now().date().isoformat()
    confirm_by = date.fromisoformat(day) + timedelta(days=CONFIRM_WITHIN)
    named = {"on": day, "confirm_by": confirm_by.isoformat()}
    return _happened(case_id, kind, {**details, **named})


def _once_told(case_id: str) -> None:

    case = selectors.find_case(case_id)
    state = selectors.current(case).state.value
    kinds = {event.kind for event in selectors.events(case)}
    if state == "closed" and EventKind.CONFIRMED in kinds:
        return  # the end was confirmed: a charge opens the case again
    if state in ("draft", "ordered", "closed", "resumed"):
        message = f"is {state}: a charge now is no charge after the end"
        raise BadInput("case", message, ["rescind check"])


def _past_day(text: str, field: str) -> str:
    day = read_day(text, field)
    today = clock.now().astimezone(EARLIEST_ZONE).date().isoformat()
    if day > today:
        raise BadInput(field, f"{day} has not come yet", [today])
    return day


def _happened(case_id: str, kind: EventKind, details: Mapping[str, str]) -> str:

    case = selectors.find_case(case_id)
    services.add_event(
        case, kind, now=clock.now(), known_by=services.PERSON, details=details
    )
    proof.settle(case)
    return str(case.pk)


def way_back(case_id: str) -> dict[str, Any]:
    """Return what the terms say about taking the ending back, once it was sent.

    The verdict's topic ``resume``: its answer, its reasons and its last day.
    """
    case = selectors.find_case(case_id)
    try:
        checked = check.check(_facts_after(case, selectors.events(case)))
    except BadInput:
        return {"answer": "unknown", "because": []}
    topic: dict[str, Any] = verdict_json(checked.verdict)["topics"]["resume"]
    return topic
