"""Whether an answer leaves something to contest, and so whether a letter answers it."""

from collections.abc import Sequence

from rescind.adapters.data.words import why_not
from rescind.app.follow.answers import Reply
from rescind.app.follow.fees import asked_for
from rescind.app.follow.owed import differences
from rescind.core.errors import BadInput
from rescind.core.follow.escalation import sent_letters
from rescind.core.follow.shortfall import ENDS
from rescind.core.follow.state import NO_ANSWER
from rescind.core.model.case import Case, counting
from rescind.core.model.message import Label

LEFT_OPEN = frozenset(
    {"ends_later", "ends_earlier", "ends_after_paid", "paid_less"}
    | {"money_open", "money_refused"}
)
"""What an answer leaves open that a letter may ask for, whatever else it grants."""
_NOT_UNDERSTOOD = frozenset({Label.OTHER, Label.MARKETING})
_WAYS = ["rescind case confirm CASE --ends-on DAY"]


def leaves_open(case: Case, replies: Sequence[Reply]) -> bool:
    """Return whether the day or the money is not as it was asked for."""
    return any(each["code"] in LEFT_OPEN for each in differences(case, replies))


def has_letter_out(case: Case) -> bool:
    """Return whether a letter went out that another could refer to."""
    return bool(sent_letters(counting(case.events))) or case.has_letter


def require_reply(case: Case, replies: Sequence[Reply]) -> None:
    """Raise BadInput where no letter answers what they wrote.

    None refers to a letter that never was, none quarrels with an end that is as it was
    asked for, and none answers what nobody understood: a person says first what it is.
    """
    if not has_letter_out(case):
        raise BadInput("kind", why_not("no_letter_sent"), _WAYS)
    theirs = [reply.reading for reply in replies if not reply.is_unverified]
    if not theirs:
        return
    newest = theirs[-1]
    if newest.label in NO_ANSWER:
        return
    if newest.label in _NOT_UNDERSTOOD and not newest.asks_fee:
        raise BadInput("kind", why_not("not_understood"), list(_READS_AS))
    is_plain = newest.label in ENDS and not newest.needs_person
    if not is_plain or newest.effective_on is None:
        return
    if asked_for(case, replies) is None and not differences(case, replies):
        raise BadInput("kind", why_not("nothing_to_contest"), _WAYS)


_READS_AS = ("rescind case answer CASE sha256:... --reads-as refused",)
