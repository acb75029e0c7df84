"""A case without a letter: it is ended by steps in an account, at a store or theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from rescind.adapters import clock
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.input.details import DETAILS
from rescind.app.act.plan import Planned, plan
from rescind.app.act.statements import demanded_by
from rescind.app.follow.days import HasFacts, day_in
from rescind.app.follow.kept_answer import kept_answer
from rescind.app.know.check import named
from rescind.app.prove import proof
from rescind.core.act.action import ENDS_IT, Action, How
from rescind.core.errors import BadInput
from rescind.core.follow.at_store import (
    LOOK_WITHIN,
    MONEY_BACK,
    asked_there,
    refused_there,
    shown_by_grant,
)
from rescind.core.model.case import Case, counting, payloads
from rescind.core.model.event_details import ButtonUsedDetails
from rescind.core.model.event_text import BETWEEN
from rescind.core.model.sentence import Sentence
from rescind.store import services

CONFIRM_WITHIN = timedelta(days=3)
"""A button and a call are confirmed at once or soon; our own measure."""
DECIDE_WITHIN = LOOK_WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsToDo:
    """What is done in an account, where nothing is written."""

    planned: Planned
    actions: tuple[Action, ...]
    where: str
    """The store; the merchant's name, where it is done on their own pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepToDo:
    """One step in an account: what it does, and how it is done."""

    do: str
    says: str
    steps: tuple[str, ...]


def steps_of(planned: Planned) -> StepsToDo | None:
    """Return the steps of a plan that calls for no letter; ``None`` for any other."""
    decided = planned.decision.actions
    done = tuple(a for a in decided if a.how in (How.STORE, How.BUTTON))
    if not done or any(action.letter for action in decided):
        return None
    name = done[0].to
    where = name if isinstance(name, str) else planned.checked.service.name
    return StepsToDo(planned=planned, actions=done, where=where)


def called_for(facts: Mapping[str, Any]) -> StepsToDo | None:
    """Return the steps that facts in standard form call for, if no letter is."""
    stated = {name: value for name, value in facts.items() if name not in DETAILS}
    return steps_of(plan(stated))


def open_case(
    facts: Mapping[str, Any], sender: Mapping[str, Any], *, case_id: str | None = None
) -> str:
    """Open a case without a letter and return its id.

    ``case_id`` is that of the check it comes from. Raises BadInput where the plan
    calls for a letter, or for nothing at all.
    """
    stated = named(facts)
    steps = called_for(stated)
    if steps is None:
        raise BadInput("channel", Sentence.of("bad_input", "no_steps"), ["apple"])
    opening = opening_of(steps.planned, stated, sender, case_id=case_id)
    record = services.open_case(opening, now=clock.now())
    proof.settle(record)
    return str(record.pk)


def opening_of(
    planned: Planned,
    stated: Mapping[str, Any],
    sender: Mapping[str, Any],
    *,
    case_id: str | None,
) -> services.Opening:
    """Return what a case without a letter is opened with."""
    checked = planned.checked
    return services.Opening(
        service=checked.service.slug,
        service_name=checked.service.name,
        offer=checked.verdict.offer,
        facts=dict(stated) | {"as_of": checked.facts.as_of.isoformat()},
        verdict=kept_answer(checked, planned.decision),
        sender=sender,
        letter=None,
        id=UUID(case_id) if case_id else None,
    )


def used(
    case: Case, on: date, note: str, done: Sequence[str] = ()
) -> ButtonUsedDetails:
    """Return what is recorded once the steps are done, or a button was used.

    Where nothing was written the day to look at again is that of the next charge, or
    sooner where money was asked back; where no such day is known, it is soon.
    """
    soon = on + CONFIRM_WITHIN
    if case.has_letter:
        return ButtonUsedDetails(note=note, on=on, confirm_by=soon)
    acts = [act for act in case.verdict.get("do", ()) if act.get("how") in _ACCOUNT]
    at_store = [act["to"] for act in acts if act["how"] == How.STORE.value]
    codes = [act["do"] for act in acts if not done or act["do"] in done]
    before = done_there(case)
    left = [act["do"] for act in acts if act["do"] not in {*codes, *before}]
    charged_on, decided_by = next_charge(case), _decided_by(case, on, codes)
    by = charged_on if charged_on is not None and charged_on > on else soon
    if MONEY_BACK & set(codes):
        by = min(by, decided_by) if by == charged_on else decided_by
    elif asked := asked_there(case.events):
        # the money was asked for before the other steps
        by = max(on, min(by, asked[-1].look_on))
    return ButtonUsedDetails(
        note=note,
        on=on,
        confirm_by=by,
        where=at_store[0] if at_store else None,
        what=BETWEEN.join(codes) or None,
        left=BETWEEN.join(left) or None,
    )


def _decided_by(case: Case, on: date, codes: Sequence[str]) -> date:
    """Return when to look for money: on the day that the words for it demanded.

    Words that name none, as those that ask once more, are given our own measure.
    """
    is_first = "withdraw" in codes and not asked_there(case.events)
    facts = {name: fact for name, fact in case.facts.items() if fact is not None}
    day = demanded_by(facts, case.sender) if is_first else None
    if day is None:
        return on + DECIDE_WITHIN
    return max(on, day - (day_in(case, clock.now()) - on))


_ACCOUNT = (How.STORE.value, How.BUTTON.value)


def done_there(case: Case) -> frozenset[str]:
    """Return the codes of the actions that were done in an account."""
    reports = payloads(counting(case.events), ButtonUsedDetails)
    # who asks again for the money alone has done the rest before
    told = frozenset(code for each in reports for code in _codes(each))
    return told | shown_by_grant(case.events)


def shows_end_there(case: Case) -> bool:
    """Return whether the account in which it was cancelled shows the end itself.

    Whoever bills knows that the renewal stops; the maker behind a store does not.
    """
    return not case.opened_by_letter and bool(ENDS_IT & done_there(case))


def reports_of(case: Case, code: str) -> tuple[ButtonUsedDetails, ...]:
    """Return the reports that an action was done in an account, the first one first."""
    reports = payloads(counting(case.events), ButtonUsedDetails)
    return tuple(each for each in reports if code in _codes(each))


def _codes(report: ButtonUsedDetails) -> list[str]:
    return report.what.split(BETWEEN) if report.what else []


def refusal_at_store(case: Case) -> dict[str, str]:
    """Return what a letter says of a store that refused the money; empty: none did."""
    on = None if case.opened_by_letter else refused_there(case.events)
    if on is None:
        return {}
    return {"biller_refused_on": on.isoformat()}


def next_charge(case: Case) -> date | None:
    """Return the day on which it is charged next, if it was not ended."""
    return next_charge_by(case.verdict, case)


def next_charge_by(verdict: Mapping[str, Any], where: HasFacts) -> date | None:
    """Return the next charge that a kept verdict names, on the person's calendar."""
    text = verdict.get("topics", {}).get("renewal", {}).get("at")
    if not text:
        return None
    if "T" in text:
        return day_in(where, datetime.fromisoformat(text))
    return date.fromisoformat(text)


def to_do(case: Case) -> tuple[StepToDo, ...]:
    """Return the steps that the plan named when the case was opened."""
    steps = called_for({n: v for n, v in case.facts.items() if v is not None})
    if steps is None:
        return ()
    return tuple(
        StepToDo(do=action.do, says=ENGLISH.say(action.says), steps=action.steps)
        for action in steps.actions
    )


def store_of(case: Case) -> str:
    """Return in whose account it is ended: a store's name, else the merchant's."""
    return store_by(case.verdict) or case.service_name


def store_by(verdict: Mapping[str, Any]) -> str:
    """Return the store that a kept verdict sends to; empty for no store."""
    done = [act for act in verdict.get("do", ()) if act.get("how") in _ACCOUNT]
    return next((str(act["to"]) for act in done if act.get("to")), "")
