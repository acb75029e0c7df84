"""What follows a letter: the steps that come next, and the letter of each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from rescind.adapters import clock
from rescind.adapters.data.words import why_not
from rescind.adapters.public.steps import LastDayJson, StepJson, step_json
from rescind.adapters.public.verdict import TopicJson, verdict_json
from rescind.app.act import bodies, letters
from rescind.app.follow import case_letters
from rescind.app.follow.answering import about_answer, about_fee
from rescind.app.follow.answers import answers
from rescind.app.follow.asked_days import days_asked
from rescind.app.follow.asked_money import (
    asked_at_most,
    withdrew_by_letter,
)
from rescind.app.follow.at_bank import about_dispute
from rescind.app.follow.at_store import refusal_at_store
from rescind.app.follow.by_phone import about_call, ending_call
from rescind.app.follow.charges_left import (
    asks_what_is_back,
    is_all_back,
    with_charges_left,
)
from rescind.app.follow.claims import (
    about_rest,
    claimed_on,
    claims_of,
    confirmed_before,
    ended,
    on_record,
    promised_of,
    waited_for,
    which_is_answered,
)
from rescind.app.follow.confirmed_end import end_confirmed
from rescind.app.follow.confirmed_first import held_on_record
from rescind.app.follow.contesting import has_letter_out, require_reply
from rescind.app.follow.days import country_of, today
from rescind.app.follow.last_days import (
    facts_after,
    last_days_of,
    last_days_of_payment,
)
from rescind.app.follow.other_ends import held_to
from rescind.app.follow.owed import shortfall
from rescind.app.follow.planned import letters_of_plan, letters_to_write
from rescind.app.follow.sent_on import (
    direct,
    facts_of_company,
    goes_to_company,
    letter_to_company,
    through_store,
)
from rescind.app.follow.step_days import in_time
from rescind.app.follow.store_money import open_there
from rescind.app.follow.wrong_charges import about_charges
from rescind.app.know import check
from rescind.app.prove import proof
from rescind.core.errors import BadInput
from rescind.core.follow.escalation import Step, escalation
from rescind.core.follow.letters import letters_of
from rescind.core.follow.letters_out import Do
from rescind.core.follow.outlook import standing
from rescind.core.follow.state import wrongful_charges
from rescind.core.model.case import TO_OTHERS, Case, CaseState, EventKind
from rescind.core.model.law import Body
from rescind.store import rules, selectors, services

REPLY = "reply"
CANCEL = "cancel"
REFUND = "refund"
STEPS = tuple(step.value for step in Do)
ANY_TIME = (REFUND, "stop-charging", "stop-payment", "erase")
"""Letters that can be called for at any time, whatever the plan said."""


def steps(case: Case) -> list[StepJson]:
    """Return what a case has before it and behind it, each with its day and why."""
    now = today(case)
    state = standing(case.events, now).state
    found = [_step(case, step, now) for step in escalation(case.events, state, now)]
    # what has a last day of its own may come before what was to be done first
    return sorted(found, key=lambda step: step["on"])


def _step(case: Case, step: Step, now: date) -> StepJson:
    last_days: list[LastDayJson] = []
    if step.do is Do.DISPUTE:
        days = last_days_of_payment if step.is_for_money else last_days_of
        last_days = days(case, now)
        step = in_time(step, last_days, now)
    body = body_of(case) if step.do is Do.COMPLAINT else None
    return step_json(step, last_days, body, country_of(case))


def body_of(case: Case, besides: str = "") -> Body | None:
    """Return who takes complaints about it, besides one that did not; or ``None``."""
    country, problem = str(case.facts.get("country") or ""), _problem(case)
    if not country:
        return None
    try:
        checked = check.check({**case.facts, "service": case.service})
    except BadInput:
        return bodies.competent_body(country.upper(), problem, None, besides=besides)
    kind, seat = checked.facts.kind or checked.service.kind, bodies.seat_of(checked)
    return bodies.competent_body(country.upper(), problem, kind, seat, besides=besides)


def _problem(case: Case) -> str:
    """Return what a complaint is about, as bodies name it; no money that is back."""
    if is_all_back(case):
        return "cancellation"
    if case.opened_by_letter:
        usual = "refund" if waited_for(case) is not None else "cancellation"
        return letters.PROBLEMS.get(case.kind, usual)
    if not case.has_letter and open_there(case, answers(case)) is None:
        return "cancellation"
    begun = case_letters.follow_up(case).first_kind
    return letters.PROBLEMS.get(begun, "cancellation")


def way_back(case: Case) -> TopicJson:
    """Return what the terms say about taking the ending back, once it was sent.

    The verdict's topic ``resume``: its answer, its reasons and its last day.
    """
    try:
        checked = check.check(facts_after(case))
    except BadInput:
        return {"answer": "unknown", "because": []}
    return verdict_json(checked.verdict)["topics"]["resume"]


def write_next(
    case_id: str,
    kind: str,
    details: Mapping[str, Any],
    wanted: letters.Wanted | None = None,
    sender: Mapping[str, Any] | None = None,
) -> str:
    """Write a step's letter into the case, as a draft, and return the case's id.

    ``wanted`` says in which language and to which address it goes; ``sender`` is who
    signs it, where that is told anew.

    Besides the steps these are the letters that the plan still calls for, those that
    stand at any time, and after a call the one that confirms it; a letter that did not
    go out can be written anew. A letter of the plan can wait beside another; which is
    sent is chosen then. Raises BadInput for any other kind, and where the facts do not
    carry it.
    """
    record = selectors.find_case(case_id)
    case = selectors.case_of(record)
    require_kind(case, kind)
    rules.require(record, case.events, EventKind.LETTER_WRITTEN)
    facts = {**facts_for(case, kind), **details}
    order = wanted or letters.Wanted(kind=kind)
    written = letters.write(facts, sender or case.sender, order)
    services.write_letter(record, letters.printed(written), now=clock.now(), kind=kind)
    proof.settle(record)
    return case.id


def require_kind(case: Case, kind: str) -> None:
    """Raise BadInput for a kind of letter that may not follow in a case now.

    None asks for money once all of it is back.
    """
    if asks_what_is_back(case, kind):
        raise BadInput("kind", why_not("all_is_back"), list(STEPS))
    known = (*STEPS, REPLY, *_planned(case), *filter(None, [letter_to_company(case)]))
    if kind not in (*known, *ANY_TIME, *unsent_kinds(case)):
        raise BadInput.unknown_value("kind", kind, known)
    if kind == REPLY:
        require_reply(case, answers(case))


def unsent_kinds(case: Case) -> tuple[str, ...]:
    """Return the kinds of letters that wait, or did not arrive, each once."""
    standing_letters = letters_of(case.events, case.kind)
    newest = {letter.kind: letter.state for letter in standing_letters}
    unsent = (kind for kind, state in newest.items() if state in _UNSENT)
    return tuple(kind for kind in unsent if not asks_what_is_back(case, kind))


def _kinds_out(case: Case) -> frozenset[str]:
    every = letters_of(case.events, case.kind)
    return frozenset(each.kind for each in every if each.state not in _UNSENT)


_UNSENT = (CaseState.DRAFT, CaseState.FAILED)


def facts_for(case: Case, kind: str) -> Mapping[str, str]:
    """Return the facts and details from which a letter is written that follows.

    Raises BadInput for a reply where nothing came.
    """
    is_back = is_all_back(case)
    if (told := facts_of_company(case, kind)) is not None:
        return told
    facts = _facts_for(case, kind)
    if is_back and kind in _TELLS_CHARGES:
        facts = with_charges_left(facts, {})
        # what is left to write of is the end
        facts |= {"first_kind": CANCEL} if facts.get("first_kind") == REFUND else {}
    facts |= about_dispute(case) if kind in _AFTER_DISPUTE else {}
    facts |= end_confirmed(case, answers(case)) | about_call(case)
    facts |= days_asked(case, kind, today(case))
    if not goes_to_company(case, kind):
        return facts
    return direct(facts) | (through_store(case) if kind == REFUND else {})


_TELLS_CHARGES = (
    *(REFUND, REPLY, "stop-charging"),
    *(Do.DISPUTE, Do.COMPLAINT, Do.SECOND_NOTICE),
)
"""Letters that name charges which were not owed."""
_AFTER_DISPUTE = (Do.COMPLAINT, Do.SECOND_NOTICE, REFUND, REPLY, "stop-charging")
"""Letters that say what the bank was told, or what is left to do."""


def _facts_for(case: Case, kind: str) -> dict[str, str]:
    start = case_letters.follow_up(case)
    if kind != case.kind:
        kept = {n: v for n, v in start.facts.items() if n not in _OF_ONE_LETTER}
        start = replace(start, facts=kept)
    of_plan = (*letters_of_plan(case), case.kind)
    is_first = kind in of_plan and kind not in _kinds_out(case)
    money = claims_of(case, answers(case), kind, today(case))
    is_of_plan = is_first or kind in _planned(case)
    if is_of_plan and (kind == REFUND or kind not in STEPS) and not money:
        # a letter of the plan says by itself what the one before it did not
        told = {**start.facts, **_about_call(case)}
        return told if kind == case.kind else _with_charges(case, kind, told)
    about = {"first_kind": start.first_kind, "first_sent_on": start.first_sent_on}
    if not has_letter_out(case) and kind not in (Do.SECOND_NOTICE, REPLY):
        # what was done in an account is no letter that others could be shown
        about = {}
    if kind == REPLY:
        about |= about_answer(case) | _about_money(case, start) | about_fee(case)
        about |= held_to(case) | confirmed_before(case, answers(case))
    if kind == Do.COMPLAINT:
        about |= {"problem": _problem(case)}
    about |= _before(case, kind)
    if kind in TO_OTHERS and about.get("first_sent_on"):
        about |= which_is_answered(case, answers(case))
    about |= money
    if kind in (Do.COMPLAINT, Do.SECOND_NOTICE):
        about |= _about_denial(case, kind)
    after = {n: v for n, v in facts_after(case).items() if n not in _OF_ONE_LETTER}
    told = {n: v for n, v in {**after, **about}.items() if v}
    is_fee = "early_termination_fee" in about and bool(wrongful_charges(case.events))
    return _with_charges(case, kind, told, is_fee=is_fee)


def _with_charges(
    case: Case, kind: str, facts: dict[str, str], *, is_fee: bool = False
) -> dict[str, str]:
    """Return a letter's facts with the charges that are open, each of them once.

    What was agreed to counts as paid, unless its day is over and all is asked for.
    """
    if kind not in _TELLS_CHARGES and not wrongful_charges(case.events):
        return facts
    part = shortfall(case, answers(case)).part
    is_broken = "promised_for" in facts
    agreed = part.promised if part is not None and not is_broken else None
    about = about_charges(case, kind, is_fee=is_fee, agreed=agreed)
    return with_charges_left(facts, about) if about else facts


def _before(case: Case, kind: str) -> dict[str, str]:
    """Return what a letter says of what was told and answered before it.

    A withdrawal in an account was one; and nobody who answered is called silent.
    """
    if kind in (Do.COMPLAINT, Do.DISPUTE):
        told = on_record(case, answers(case)) | _withdrawal(case)
        return told | (refusal_at_store(case) if kind == Do.COMPLAINT else {})
    if case.opened_by_letter:
        return {}
    # a bank is told of the cancellation beside it: that stops what is to come
    about = {} if kind == "stop-payment" else _withdrawal(case)
    if kind == Do.SECOND_NOTICE:
        told = on_record(case, answers(case))
        about |= {n: v for n, v in told.items() if n == "answered_on"}
    return about


def _about_denial(case: Case, kind: str) -> dict[str, str]:
    """Return what is said of an end that they took back: who denies one answered."""
    held = held_on_record(case, answers(case))
    if kind == Do.SECOND_NOTICE and held:
        held |= {"answered_on": held["denied_on"]}
    return held


def _withdrawal(case: Case) -> dict[str, str]:
    """Return that it was withdrawn from, and not cancelled, where no charge came."""
    is_charged = bool(wrongful_charges(case.events))
    return ended(case) if withdrew_by_letter(case) and not is_charged else {}


def _about_money(case: Case, start: case_letters.FollowUp) -> dict[str, str]:
    """Return what a reply says of money that was asked back, and of the withdrawal.

    Both are as of the first letter: that the time for it is over since changes nothing.
    """
    part, owed = shortfall(case, answers(case)).part, asked_at_most(case)
    about = {"amount": str(owed)} if owed is not None else {}
    first_on = claimed_on(case)
    if part is not None:
        replies = answers(case)
        about = about_rest(case, replies, part) | promised_of(replies, part)
    if first_on is not None:
        about |= {"claimed_on": first_on.isoformat()}
    if start.first_kind == "withdraw":
        about |= {"withdrawn_at": start.first_sent_on, "cancelled_at": ""}
    return about


_OF_ONE_LETTER = frozenset({"reason", "end_on", "amount", "repaid"})
"""Details of the letter that a case was opened with: the next one says its own."""


def _planned(case: Case) -> Iterator[str]:
    """Yield the letters that may follow by the plan, and by a call."""
    yield from letters_to_write(case)
    if ending_call(case) is not None:
        yield CANCEL


def _about_call(case: Case) -> Mapping[str, str]:
    """Return what a letter says of the call that ended it: the end counts from it."""
    call = ending_call(case)
    if call is None or call.on is None:
        return {}
    day = call.on.isoformat()
    who = f"{call.with_whom}, {call.reference}" if call.reference else call.with_whom
    return {"cancelled_at": day, "called_on": day, "spoke_with": who}
