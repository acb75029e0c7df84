"""What the sentences of a message say by some words, and the label that follows."""

from rescind.core.follow.reading.evidence import STRONG, Evidence
from rescind.core.follow.reading.meaning import FAIRLY_SURE, Meaning
from rescind.core.follow.reading.phrases import Finder, fold
from rescind.core.model.message import Label


def refused(grounds: tuple[str, ...], label: Label = Label.REFUSED) -> Meaning:
    """Return that it is refused, by these sentences: for good, or the money of it."""
    return Meaning(
        label=label, sureness=FAIRLY_SURE, grounds=grounds, needs_person=False
    )


def saying(evidence: Evidence, said: Finder) -> tuple[str, ...]:
    """Return the sentences in which something is said."""
    return tuple(each for each in evidence.order if said.search(fold(each)))


def is_stated(meaning: Meaning, evidence: Evidence) -> bool:
    """Return whether a phrase says what a message is taken for."""
    return evidence.strength.get(meaning.label) == STRONG
