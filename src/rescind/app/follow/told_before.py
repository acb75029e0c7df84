"""A case that stands on what was done before it: no letter of it is here."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rescind.adapters import clock
from rescind.app.act.plan import Planned, plan
from rescind.app.follow.at_store import (
    CONFIRM_WITHIN,
    DECIDE_WITHIN,
    opening_of,
    steps_of,
)
from rescind.app.know.check import named
from rescind.app.prove import proof
from rescind.core.act.action import may_bring_back
from rescind.core.errors import BadInput
from rescind.core.model.case import Case, counting, payloads
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import ButtonUsedDetails, ConfirmedDetails
from rescind.core.model.facts import Facts, When, day_of
from rescind.core.model.sentence import Sentence
from rescind.store import services


def goes_on(planned: Planned) -> bool:
    """Return whether a case begins with what was done, as there is nothing to send."""
    facts = planned.checked.facts
    is_told = bool(facts.cancelled_at or facts.withdrawn_at)
    has_letter = any(action.letter for action in planned.decision.actions)
    return is_told and not has_letter and steps_of(planned) is None


def was_told_before(case: Case) -> bool:
    """Return whether a case begins with what was done before it."""
    reports = payloads(counting(case.events), ButtonUsedDetails)
    return any(each.before for each in reports)


def open_case(
    facts: Mapping[str, Any], sender: Mapping[str, Any], *, case_id: str
) -> str:
    """Open a case of what was cancelled or withdrawn from before; return its id.

    Of a withdrawal the money is waited for, until the day by which it is due. Raises
    BadInput where nothing was done before, or where a letter is called for.
    """
    stated = named(facts)
    planned = plan(stated)
    if not goes_on(planned):
        raise BadInput("cancelled_at", Sentence.of("bad_input", "not_told_before"), [])
    checked = planned.checked
    opening = opening_of(planned, stated, sender, case_id=case_id)
    record = services.open_case(opening, now=clock.now())
    told = _told_day(checked.facts)
    due = checked.verdict.topics["withdrawal"].refund_due_by
    report = ButtonUsedDetails(on=told, confirm_by=told + CONFIRM_WITHIN, before=True)
    services.add(record, report, now=clock.now(), known_by=services.PERSON)
    if checked.facts.withdrawn_at is not None:
        money = may_bring_back(checked.verdict.topics["withdrawal"], checked.facts)
        awaited = ConfirmedDetails(
            ends_on=told,
            refund=str(money) if money is not None else None,
            refund_by=due or told + DECIDE_WITHIN,
            outcome=EndOutcome.WITHDREW,
        )
        services.add(record, awaited, now=clock.now(), known_by=services.PERSON)
    proof.settle(record)
    return str(record.pk)


def _told_day(facts: Facts) -> date:
    told: When | None = facts.withdrawn_at or facts.cancelled_at
    assert told is not None  # noqa: S101 - one was told, as ``goes_on`` says
    return day_of(told, facts.zones)
