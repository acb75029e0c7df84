"""Who is written to: what has to be known of that before any letter is shown."""

from collections.abc import Mapping

from rescind.adapters.data.line_names import seller_of
from rescind.app.know.checks import FROM_LINE, is_name_open
from rescind.core.model.sentence import Sentence
from rescind.labels import say
from rescind.web.bench import Bench


def lacks(laid: Bench) -> str:
    """Return which question comes before a letter: ``name``, ``who``; empty: none.

    A name that only a statement tells is looked at first, and a partner needs one.
    """
    if laid.case is not None:
        return ""
    if is_name_open(laid.check):
        return "name"
    planned = laid.planned
    is_nobody = planned is not None and planned.checked.is_decider_unnamed
    return "who" if is_nobody else ""


def seller_note(typed: Mapping[str, str]) -> str:
    """Return who that is and what stands behind the mark; empty: no such line."""
    found = seller_of(typed.get(FROM_LINE, ""))
    if found is None:
        return ""
    seller, sold = found
    code = "sells" if sold else "sells_something"
    return say(Sentence.of("seller", code, who=seller.name, sold=sold))
