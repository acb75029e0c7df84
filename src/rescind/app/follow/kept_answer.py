"""The answer as a case keeps it: in the public form, with what its days rest on."""

from collections.abc import Mapping
from typing import Any

from rescind.adapters.public.decision import answer_json
from rescind.core.act.decision import Decision
from rescind.core.act.events import dispute_days
from rescind.core.follow.due import CHARGED_EVERY, DISPUTE_DAYS, IN_WRITING
from rescind.core.model.checked import Checked


def kept_answer(checked: Checked, decision: Decision) -> Mapping[str, Any]:
    """Return the answer that a case stands on, with days that it does not name."""
    period = checked.offer.period if checked.offer is not None else None
    every = {CHARGED_EVERY: period.iso()} if period is not None else {}
    disputes = [day.isoformat() for day in dispute_days(checked)]
    is_written = checked.verdict.topics["withdrawal"].in_writing
    written = {IN_WRITING: True} if is_written else {}
    days = {DISPUTE_DAYS: disputes} if disputes else {}
    return {**answer_json(checked, decision), **every, **days, **written}
