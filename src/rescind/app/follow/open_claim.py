"""Money that a letter claims by a day, while an answer stands that promises none."""

from collections.abc import Sequence

from rescind.app.follow.answers import Reply
from rescind.app.follow.owed import promises, shortfall
from rescind.core.follow.letters_out import SentLetter, claimed_by
from rescind.core.follow.state import position
from rescind.core.model.case import Case, CaseState


def open_claim(case: Case, replies: Sequence[Reply]) -> SentLetter | None:
    """Return the letter whose money an answer leaves as it was: its day still counts.

    Who denies, refuses or offers something else takes no day away; what they promise,
    or grant in part, is waited for by another.
    """
    claim = claimed_by(case.events)
    if claim is None or claim.pay_by is None:
        return None
    if position(case.events).state is not CaseState.ANSWERED:
        return None
    is_granted = promises(case, replies) is not None
    return None if is_granted or shortfall(case, replies).part else claim
