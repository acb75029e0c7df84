"""What an answer asks for before anything is done: details, or papers."""

from collections.abc import Mapping
from enum import StrEnum

from rescind.core.follow.reading.meaning import MOST_SENTENCES
from rescind.core.follow.reading.phrases import Finder, fold, sentences


class WantedDetail(StrEnum):
    """What is asked for."""

    EMAIL = "email"
    """The address that the account is under."""
    NUMBER = "number"
    """A number of the customer, the contract or the order."""
    TRANSACTION = "transaction"
    CARD = "card"
    """The last digits of the card."""
    CERTIFICATE = "certificate"
    """That somebody died."""
    HEIRSHIP = "heirship"
    """That the writer may act for the estate."""
    IDENTITY = "identity"
    """A copy of an identity document."""


def find_asked(
    text: str, patterns: Mapping[WantedDetail, Finder]
) -> tuple[WantedDetail, ...]:
    """Return what the new words of a message ask for, each once."""
    said = [fold(sentence) for sentence in sentences(text)[:MOST_SENTENCES]]
    return tuple(
        asked
        for asked, pattern in patterns.items()
        if any(pattern.search(sentence) for sentence in said)
    )
