"""What a bank or a body wrote, or what the person did about that."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

BANK, BODY = "bank", "body"
"""Who else writes in a case than the company: no word of theirs is the company's."""
MERCHANT, STORE = "merchant", "store"
"""Who wrote an answer, where both were written to."""


class ThirdWord(StrEnum):
    """What it says, by the person's reading; the last four the person did, or saw."""

    LOOKS = "looks"
    """The body looks into the complaint."""
    CLOSES = "closes"
    """The body does not take the complaint, or is done with it."""
    PROPOSES = "proposes"
    """The body proposes how to settle it."""
    CREDITS = "credits"
    """The bank gives the money back for now."""
    PAYS = "pays"
    """The bank gives it back for good."""
    REFUSES = "refuses"
    """The bank does not give it back, or takes it back again."""
    ASKS = "asks"
    """The bank wants something."""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SENT = "sent"
    CAME = "came"
    """So much came of what was proposed and accepted."""


OF_BANK = (ThirdWord.CREDITS, ThirdWord.PAYS, ThirdWord.REFUSES, ThirdWord.ASKS)
OF_BODY = (ThirdWord.LOOKS, ThirdWord.CLOSES, ThirdWord.PROPOSES)
BY_PERSON = (
    *(ThirdWord.ACCEPTED, ThirdWord.DECLINED),
    *(ThirdWord.SENT, ThirdWord.CAME),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyDetails:
    """A bank or a body wrote, or the person answered it."""

    KIND: ClassVar = "third_party"
    by: str = ""
    """``bank`` or ``body``."""
    who: str = ""
    """What the body is called; empty where that is not on file."""
    says: ThirdWord | None = None
    """``None`` for a word of a later release."""
    message: str = ""
    """The digest of its words; empty for what the person did."""
    amount: str | None = None
    """The sum that it names."""
    until: date | None = None
    """The day that it names, or until when it is waited for."""
