"""A reminder that is said to have been sent: by when the law wanted it."""

from collections.abc import Mapping
from typing import Any

from rescind.adapters.data.named import named
from rescind.adapters.public.verdict import verdict_json
from rescind.app.follow import case_letters
from rescind.app.know import check
from rescind.core.act.grounds import reminding
from rescind.core.errors import BadInput
from rescind.core.follow.named import NamedThing, find_named
from rescind.core.model.case import Case
from rescind.core.model.message import Label, Reading
from rescind.core.model.sentence import Sentence

_NONE_CAME = "false"


def about_reminder(
    case: Case, reading: Reading
) -> tuple[Sentence, Mapping[str, Any]] | None:
    """Return what to say of a reminder that an answer claims, with its law.

    ``None`` where none is claimed, or where the person did not say that none came.
    """
    facts = case_letters.follow_up(case).facts
    is_refusal = reading.label in _REFUSES or reading.needs_person
    says = NamedThing.REMINDER in find_named(reading.new_text, named())
    if not says or not is_refusal or facts.get("renewal_notice_given") != _NONE_CAME:
        return None
    try:
        checked = check.check(facts)
    except BadInput:
        return Sentence.of("difference", "reminder"), {}
    rights = [each for each in reminding(checked) if each.reminder_by]
    if not rights:
        return Sentence.of("difference", "reminder"), {}
    right, public = rights[0].right, verdict_json(checked.verdict)["rights"]
    claims = next(each["claims"] for each in public if each["id"] == right.id)
    says_law = Sentence.of("difference", "reminder_due", day=rights[0].reminder_by)
    return says_law, {"because": [{"claims": claims}]}


_REFUSES = frozenset({Label.REFUSED, Label.CONFIRMED, Label.REFUND_REFUSED})
