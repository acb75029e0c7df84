"""Who is written to: what has to be known of that before any letter is shown."""

from collections.abc import Mapping

from rescind.adapters.data.line_names import seller_of
from rescind.app.act.plan import plan
from rescind.app.know.checks import FROM_LINE, is_name_open
from rescind.core.errors import BadInput
from rescind.core.model.catalogue import UNNAMED
from rescind.core.model.sentence import Sentence
from rescind.labels import say
from rescind.store.checks import OpenCheck, has_case
from rescind.web.fact_typed import standard


def lacks(check: OpenCheck | None) -> str:
    """Return which question comes before a letter: ``name``, ``who``; empty: none.

    A name that only a statement tells is looked at first, and a partner needs one.
    """
    if check is None or has_case(check.id):
        return ""
    if is_name_open(check):
        return "name"
    if check.typed.get("channel") not in UNNAMED or check.typed.get("billed_by"):
        return ""
    try:
        planned = plan(standard(check))
    except BadInput:
        # the page of letters says it
        return ""
    return "who" if planned.checked.is_decider_unnamed else ""


def seller_note(typed: Mapping[str, str]) -> str:
    """Return who that is and what stands behind the mark; empty: no such line."""
    found = seller_of(typed.get(FROM_LINE, ""))
    if found is None:
        return ""
    seller, sold = found
    code = "sells" if sold else "sells_something"
    return say(Sentence.of("seller", code, who=seller.name, sold=sold))
