"""What follows from the newest answer of a case."""

from collections.abc import Sequence
from dataclasses import replace

from rescind.adapters.data import playbook
from rescind.adapters.public.advice import AdviceJson, advice_json
from rescind.app.follow.answers import Reply
from rescind.app.follow.contesting import LEFT_OPEN, may_reply
from rescind.app.follow.differences import differences
from rescind.app.follow.wanted import papers_wanted, wants_form
from rescind.core.follow.letters_out import REPLY
from rescind.core.follow.reopening import settled_by
from rescind.core.follow.shortfall import ENDS
from rescind.core.model.case import Case
from rescind.core.model.message import Label, Reading


def seems(reading: Reading) -> bool:
    """Return whether an answer is not surely read, and a case is titled by it."""
    return reading.needs_person and reading.label in _TITLED


_TITLED = ENDS | {Label.REFUND_GRANTED, Label.REFUND_REFUSED, Label.REFUSED}


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
    if seems(reading):
        means = playbook.plays(language)[reading.label].means
        play = replace(play, means=playbook.unsure(language).format(means=means))
    rights = [
        right
        for right in case.verdict.get("rights", [])
        if right["kind"] in play.rights
        and right["answer"] in ("yes", "depends", "disputed")
    ]
    if papers_wanted(case, replies) is not None:
        means, do = playbook.papers(language)
        play = replace(play, means=means, do=do)
    elif wants_form(reading):
        means, do = playbook.form(language)
        play = replace(play, means=means, do=do, letter=REPLY)
    left = differences(case, replies)
    is_open = any(each["code"] in LEFT_OPEN for each in left)
    if is_open and label in ENDS:
        # whoever records a wrong day, or gives up the money, has lost it
        play = replace(play, do=playbook.contests(language))
    if play.letter is None and is_open:
        play = replace(play, letter=REPLY)
    if not may_reply(case, replies):
        play = replace(play, letter=None)
    return advice_json(play, rights, left)
