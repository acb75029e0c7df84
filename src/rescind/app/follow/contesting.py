"""Whether an answer leaves something to contest, and so whether a letter answers it."""

from collections.abc import Sequence
from datetime import date

from rescind.adapters.data.words import why_not
from rescind.app.follow.answers import Reply
from rescind.app.follow.at_store import done_there, reports_of
from rescind.app.follow.differences import differences
from rescind.app.follow.fees import asked_for
from rescind.app.follow.wanted import is_unread
from rescind.core.errors import BadInput
from rescind.core.follow.at_store import MONEY_BACK
from rescind.core.follow.letters import letters_of
from rescind.core.follow.shortfall import ENDS
from rescind.core.follow.state import NO_ANSWER
from rescind.core.model.case import Case, CaseState
from rescind.core.model.event_details import ConfirmedDetails

LEFT_OPEN = frozenset(
    {"ends_later", "ends_earlier", "ends_after_paid", "ends_elsewhere", "paid_less"}
    | {"money_open", "money_refused", "money_open_all", "money_refused_all"}
)
"""What an answer leaves open that a letter may ask for, whatever else it grants."""
_WAYS = ["rescind case confirm CASE --ends-on DAY"]


def leaves_open(case: Case, replies: Sequence[Reply]) -> bool:
    """Return whether the day or the money is not as it was asked for."""
    return any(each["code"] in LEFT_OPEN for each in differences(case, replies))


def has_letter_out(case: Case) -> bool:
    """Return whether a letter went out that another could refer to."""
    return case.has_letter


def withdrawal_end(case: Case) -> date | None:
    """Return the day on which a withdrawal that went out ends it; ``None`` for none.

    A withdrawal ends it at once, where it holds; the day of a cancellation is only what
    is left where it does not.
    """
    if not case.opened_by_letter and reports_of(case, "withdraw"):
        return _withdrawn_there(case)
    letters = letters_of(case.events, case.kind)
    out = [e for e in letters if e.kind == "withdraw" and e.state not in _NOT_OUT]
    if case.last(ConfirmedDetails) is not None or not out:
        return None
    return out[0].sent_on if _answer(case) in _MAY_HOLD else None


def _withdrawn_there(case: Case) -> date | None:
    """Return the day of a withdrawal in an account; no end of a renewal settles it."""
    told, done = case.last(ConfirmedDetails), reports_of(case, "withdraw")
    is_settled = told is not None and told.refund_by is None
    if is_settled or not done:
        return None
    # who asks again for the money withdraws no second time
    return done[0].on if _answer(case) in _MAY_HOLD else None


_NOT_OUT = (CaseState.DRAFT, CaseState.FAILED, CaseState.ORDERED)
_SURE = "yes"
_MAY_HOLD = (_SURE, "disputed", "depends")


def _answer(case: Case) -> str:
    """Return whether the verdict of a case gives a withdrawal."""
    topic = case.verdict.get("topics", {}).get("withdrawal", {})
    return str(topic.get("answer", ""))


def end_by_withdrawal(case: Case, fallback: str) -> str | None:
    """Return the code of how an end is said that a withdrawal brings.

    ``fallback`` is the day where it does not hold; ``None``: nothing was withdrawn.
    """
    day = withdrawal_end(case)
    if day is None:
        return None
    if not fallback or case.ends_on == day:
        return "ends_withdrawn"
    is_sure = _answer(case) == _SURE
    return "ends_withdrawn_else" if is_sure else "ends_or_withdrawn"


def require_reply(case: Case, replies: Sequence[Reply]) -> None:
    """Raise BadInput where no letter answers what they wrote.

    None refers to a letter that never was, none quarrels with an end that is as it was
    asked for, and none answers what nobody understood: a person says first what it is.
    """
    theirs = [reply.reading for reply in replies if not reply.is_unverified]
    # once it was taken further in writing, money that was asked for in an account can
    # be written about; an end is kept
    is_further = bool(letters_of(case.events, case.kind))
    is_asked_there = is_further and bool(MONEY_BACK & done_there(case))
    is_end = bool(theirs) and theirs[-1].label in ENDS
    if not has_letter_out(case) and (is_end or not is_asked_there):
        raise BadInput("kind", why_not("no_letter_sent"), _WAYS)
    if not theirs:
        return
    newest = theirs[-1]
    if newest.label in NO_ANSWER:
        return
    if is_unread(newest):
        raise BadInput("kind", why_not("not_understood"), list(_READS_AS))
    is_plain = newest.label in ENDS and not newest.needs_person
    if not is_plain or newest.effective_on is None:
        return
    if asked_for(case, replies) is None and not differences(case, replies):
        raise BadInput("kind", why_not("nothing_to_contest"), _WAYS)


def may_reply(case: Case, replies: Sequence[Reply]) -> bool:
    """Return whether a letter can answer what they wrote, as it reads now."""
    try:
        require_reply(case, replies)
    except BadInput:
        return False
    return True


_READS_AS = ("rescind case answer CASE sha256:... --reads-as refused",)
