"""Facts told once a case runs: its answer is worked out anew, what happened stays."""

from collections.abc import Mapping
from typing import Any

from rescind.adapters import clock
from rescind.adapters.input.months import BY_MONTH
from rescind.app.act.plan import plan
from rescind.app.follow.kept_answer import kept_answer
from rescind.app.prove import proof
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.core.model.case import Case, EventKind
from rescind.store import rules, selectors, services

_OF_THE_CASE = ("service", "merchant")
"""What a case is about: another company's contract is another case."""


def tell_facts(case_id: str, told: Mapping[str, str], *, is_all: bool = False) -> str:
    """Put facts into a case, or in place of all it has, and return the case's id.

    Its answer is worked out anew as of the day on which it was opened, so that what was
    in time then stays so. Nothing is recorded where nothing changes. Raises BadInput
    for what is no fact, and for what cannot be used.
    """
    beside = (name for name in told if name not in FACTS and name != BY_MONTH)
    unknown = next(beside, None)
    if unknown is not None:
        raise BadInput.unknown_value("fact", unknown, list(FACTS))
    record = selectors.find_case(case_id)
    case = selectors.case_of(record)
    rules.require(record, case.events, EventKind.FACTS_TOLD)
    facts = _facts(case, told, is_all=is_all)
    if facts == _known(case.facts):
        return case.id
    planned = plan({name: value for name, value in facts.items() if name in FACTS})
    services.tell_facts(
        record,
        facts=facts,
        verdict=kept_answer(planned.checked, planned.decision),
        offer=planned.checked.verdict.offer,
        now=clock.now(),
    )
    proof.settle(record)
    return case.id


def _facts(case: Case, told: Mapping[str, str], *, is_all: bool) -> Mapping[str, Any]:
    """Return all facts of a case with those that are told now; an empty one goes."""
    fixed = (*_OF_THE_CASE, "as_of")
    kept = {
        name: value
        for name, value in case.facts.items()
        if not is_all or (name not in FACTS and name != BY_MONTH) or name in fixed
    }
    new = {name: value for name, value in told.items() if name not in fixed}
    return _known({**kept, **new})


def _known(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in facts.items() if value not in (None, "")}
