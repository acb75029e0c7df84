"""What an answer demands or claims that a law may not leave it."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from rescind.core.follow.reading.meaning import MOST_SENTENCES
from rescind.core.follow.reading.phrases import Finder, fold, sentences


class Demand(StrEnum):
    """What is demanded, or claimed."""

    BY_PHONE = "by_phone"
    """A call, where a letter is enough."""
    IDENTITY_COPY = "identity_copy"
    FEE = "fee"
    """Money for the leaving itself."""
    PAY_US = "pay_us"
    """The reader is asked to pay."""
    TO_PAY = "to_pay"
    """A sum is to be paid, by words that may stand beside money that comes back too."""
    DUES = "dues"
    """It is owed for time that has passed."""
    STANDS_BY = "stands_by"
    """What was decided before is kept to."""
    THEN = "then"
    """Words by which an end follows from what was asked before it."""
    CREDIT = "credit"
    """Something else than money is offered for money."""
    GOES_ON = "goes_on"
    """The contract itself: something else was ended."""
    CONDITION = "condition"
    """Something is to be paid or brought back before anything ends."""
    PAPERS = "papers"
    """A paper has to come, or to be looked at, before anything ends."""
    ENDED = "ended"
    """It ended, told as what has happened; no demand."""
    DEPENDS = "depends"
    """Words that make what ends turn on something: sofern, unless."""
    HANGS = "hangs"
    """What an end hangs on, in a sentence of its own: else it goes on."""
    RENEWS = "renews"
    """A notice that it is about to renew; no demand, and no end."""
    STAYS = "stays"
    """An offer to whoever comes back; no condition of the end."""
    ON_PAPER = "on_paper"
    """A letter or a form has to come before anything is done."""
    IN_WRITING = "in_writing"
    """Only a signed notice, or one by post, is taken."""
    NOT_RECEIVED = "not_received"
    """No notice is said to have come: nothing ends by it."""
    NO_MONEY = "no_money"
    """No money is to come back, whatever ends."""
    ASIDE = "aside"
    """Said beside an end, and asked of nobody: a mailbox that is not read."""
    DECLINED = "declined"
    """A request for money was decided against, whoever else one is sent to."""
    TOO_LATE = "too_late"
    """The time for a withdrawal or a refund is said to be over."""


class Sign(StrEnum):
    """What an answer says besides, and asks nothing by it."""

    NOTHING_MORE = "nothing_more"
    """No further charge comes."""
    CONFIRM_LINK = "confirm_link"
    """The end is to be confirmed by a link or a button of theirs."""
    SELF_SERVICE = "self_service"
    """Where on their own pages it can be ended."""
    PAYS_BACK = "pays_back"
    """Money comes back, whether or not a sum is named."""
    WRITE_TO = "write_to"
    """Beside an e-mail address: the reader is to send something there."""
    REST = "rest"
    """Beside a sum: it is what was left of a larger one."""


Demands: TypeAlias = Mapping[Demand, Finder]
"""By what each demand is known."""


def has_sign(text: str, pattern: re.Pattern[str]) -> bool:
    """Return whether a sentence of a text has a sign."""
    return any(pattern.search(fold(s)) for s in sentences(text)[:MOST_SENTENCES])


_TURNS_ON = frozenset(
    {
        *(Demand.DEPENDS, Demand.HANGS, Demand.PAY_US, Demand.STANDS_BY),
        *(Demand.THEN, Demand.DUES, Demand.TO_PAY, Demand.PAPERS, Demand.ENDED),
        *(Demand.ASIDE, Demand.DECLINED),
    }
)
"""What is looked for beside a label alone, and is no demand that a law speaks to."""


def find_demands(text: str, patterns: Demands) -> dict[Demand, str]:
    """Return each demand in a text with the first sentence that makes it.

    ``text`` is what is new in a message; ``patterns`` run over folded sentences.
    """
    found: dict[Demand, str] = {}
    for sentence in sentences(text)[:MOST_SENTENCES]:
        folded = fold(sentence)
        for demand, pattern in patterns.items():
            if demand in _TURNS_ON:
                continue
            if demand not in found and pattern.search(folded):
                found[demand] = sentence
    return found
