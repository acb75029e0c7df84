"""What follows from the newest answer of a case."""

from collections.abc import Sequence
from dataclasses import replace

from rescind.adapters.data import playbook
from rescind.adapters.public.advice import AdviceJson, advice_json
from rescind.app.follow.answers import Reply
from rescind.app.follow.owed import differences
from rescind.core.follow.escalation import REPLY
from rescind.core.follow.reopening import settled_by
from rescind.core.model.case import Case
from rescind.core.model.message import Label


def advice(
    case: Case, replies: Sequence[Reply], language: str = "en"
) -> AdviceJson | None:
    """Return what follows from the newest answer.

    ``None`` while none came, and once a confirmation or the end of the case settled it.
    """
    theirs = [answer for answer in replies if not answer.is_unverified]
    if not theirs or settled_by(case.events) is not None:
        return None
    reading = theirs[-1].reading
    label = Label.OTHER if reading.needs_person else reading.label
    play = playbook.plays(language)[label]
    rights = [
        right
        for right in case.verdict.get("rights", [])
        if right["kind"] in play.rights
        and right["answer"] in ("yes", "depends", "disputed")
    ]
    left = differences(case, replies)
    if play.letter is None and any(each["code"] in LEFT_OPEN for each in left):
        play = replace(play, letter=REPLY)
    return advice_json(play, rights, left)


LEFT_OPEN = frozenset({"ends_later", "ends_earlier", "paid_less", "money_open"})
"""What an answer leaves open that a letter may ask for, whatever else it grants."""
