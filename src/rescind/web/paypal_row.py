"""What is done at PayPal, where no letter does it, and by when."""

from collections.abc import Iterator

from rescind.core.follow.due import days_of
from rescind.core.follow.due_day import DueKind
from rescind.core.follow.letters_out import Do
from rescind.core.follow.state import OVER
from rescind.core.model.case import Case, CaseState
from rescind.core.model.sentence import Sentence
from rescind.labels import label, say
from rescind.web.card_values import CardRow
from rescind.web.case_story import CaseDays
from rescind.web.dispute_days import row_for_bank

_PAYPAL = "PayPal"


def at_paypal(case: Case, state: CaseState, days: CaseDays) -> Iterator[CardRow]:
    """Yield the last day for it and its steps, while the case is not over."""
    acts = case.verdict.get("do", ())
    is_there = any(a["do"] == Do.DISPUTE and a.get("to") == _PAYPAL for a in acts)
    if not is_there or state in OVER:
        return
    lasts = [d for d in days_of(case.verdict) if d.what is DueKind.DISPUTE_BY]
    for each in lasts[:1]:
        what = label("paypal_by", "card_row")
        yield row_for_bank(each.moment.date(), days, what=what)
    steps = say(Sentence.of("case_row", "at_paypal"))
    yield CardRow(what=_PAYPAL, value=steps)
