"""The days that letters of a case named already: one that follows keeps to them."""

from datetime import date

from rescind.app.follow.told_before import was_told_before
from rescind.core.follow.letters_out import REPLY, Do, sent_letters
from rescind.core.model.case import TO_OTHERS, Case, counting, payloads
from rescind.core.model.event_details import LetterWrittenDetails

_KEEPS_TO_THEM = (REPLY, Do.SECOND_NOTICE, Do.REFUND, "stop-charging")
"""Letters that ask once more for what was asked for before."""


def days_asked(case: Case, kind: str, today: date) -> dict[str, str]:
    """Return the days by which letters to the company asked, while they are not over.

    One for its answer and one for the money, the earliest of each; empty for a letter
    that asks for something of its own, and where no letter that went out named one.
    """
    if kind not in _KEEPS_TO_THEM:
        return {}
    events = list(counting(case.events))
    written = {each.confirm_by for each in payloads(events, LetterWrittenDetails)}
    told = [
        each
        for each in sent_letters(events)
        if each.kind not in TO_OTHERS and each.confirm_by in written
    ]
    # after what was done before the case no letter says that it gives no more time
    kept = [] if was_told_before(case) else told
    answers = [e.confirm_by for e in kept if e.confirm_by >= today]
    money = [e.pay_by for e in told if e.pay_by is not None and e.pay_by >= today]
    about = {"confirm_asked_by": answers, "pay_asked_by": money}
    return {name: min(days).isoformat() for name, days in about.items() if days}
