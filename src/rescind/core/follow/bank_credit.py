"""Money that the bank gave back, for now or for good, and has not taken back."""

from collections.abc import Sequence
from decimal import Decimal

from rescind.core.follow.letters_out import TO_BANK, Do, sent_letters
from rescind.core.follow.reopening import standing_events
from rescind.core.model.case import Event, EventKind, happened
from rescind.core.model.third_party_details import (
    BANK,
    ThirdPartyDetails,
    ThirdWord,
)

_GIVES = frozenset({ThirdWord.CREDITS, ThirdWord.PAYS})
_DECIDES = _GIVES | {ThirdWord.REFUSES}


def is_credited(events: Sequence[Event]) -> bool:
    """Return whether all that was asked for last is back by the bank.

    That it wants something takes no credit away. A charge that came since is another;
    and what is asked for beside the money, such as an end, is left to the company.
    """
    told = happened(standing_events(events), ThirdPartyDetails)
    decided = [(e, w) for e, w in told if w.by == BANK and w.says in _DECIDES]
    if not decided or decided[-1][1].says not in _GIVES:
        return False
    event, word = decided[-1]
    if any(e.kind is EventKind.CHARGED and e.number > event.number for e in events):
        return False
    others = {*TO_BANK, Do.COMPLAINT.value}
    asked = [each for each in sent_letters(events) if each.kind not in others]
    is_ended = any(e.kind is EventKind.CONFIRMED for e in events)
    if not asked or not (is_ended or asked[-1].for_money_alone):
        return False
    return not _is_less(word.amount, asked[-1].amount)


def _is_less(credited: str | None, asked: str | None) -> bool:
    """Return whether a sum is known to be less than another of its currency."""
    if not credited or not asked:
        return False
    (given, ours), (wanted, theirs) = credited.split(), asked.split()
    return ours == theirs and Decimal(given) < Decimal(wanted)
