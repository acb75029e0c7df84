"""Money that the bank gave back, for now or for good, and has not taken back."""

from collections.abc import Sequence
from decimal import Decimal

from rescind.core.follow.letters_out import TO_BANK, Do, SentLetter, sent_letters
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
    asked = _asked_of_company(events)
    is_ended = any(e.kind is EventKind.CONFIRMED for e in events)
    if not asked or not (is_ended or asked[-1].for_money_alone):
        return False
    return is_given_back(events)


def is_given_back(events: Sequence[Event]) -> bool:
    """Return whether the bank gives back all that was asked for, whatever has ended."""
    word, asked = given_back(events), _asked_of_company(events)
    return word is not None and not (asked and _is_less(word.amount, asked[-1].amount))


def given_back(events: Sequence[Event]) -> ThirdPartyDetails | None:
    """Return the word by which the bank gives money back, while that stands.

    ``None`` once it refuses, and for a charge that came since.
    """
    told = happened(standing_events(events), ThirdPartyDetails)
    decided = [(e, w) for e, w in told if w.by == BANK and w.says in _DECIDES]
    if not decided or decided[-1][1].says not in _GIVES:
        return None
    event, word = decided[-1]
    charged = (e for e in events if e.kind is EventKind.CHARGED)
    return None if any(e.number > event.number for e in charged) else word


def _asked_of_company(events: Sequence[Event]) -> list[SentLetter]:
    others = {*TO_BANK, Do.COMPLAINT.value}
    return [each for each in sent_letters(events) if each.kind not in others]


def _is_less(credited: str | None, asked: str | None) -> bool:
    """Return whether a sum is known to be less than another of its currency."""
    if not credited or not asked:
        return False
    (given, ours), (wanted, theirs) = credited.split(), asked.split()
    return ours == theirs and Decimal(given) < Decimal(wanted)
