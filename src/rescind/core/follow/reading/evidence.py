"""What speaks for each meaning of a message: its sentences, and how strongly."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rescind.core.model.message import Before, Label

STRONG, WEAK = 2, 1
_LONGEST_STATEMENT, _LONGEST_NOTE = 60, 80
"""Words of a sentence that ends something (a longer one lost its full stops), and of a
note of absence that no header tells."""


@dataclass(slots=True)
class Evidence:
    """What speaks for each label: the sentences, and how strongly they speak."""

    strength: dict[Label, int] = field(default_factory=dict)
    grounds: dict[Label, list[str]] = field(default_factory=dict)
    """The sentences that speak for a label."""
    hints: dict[Label, int] = field(default_factory=dict)
    """How many sentences point to a label by single words."""
    taken_back: list[str] = field(default_factory=list)
    """Sentences that would confirm, had they no condition or negation."""
    is_unmet: bool = False
    """Some sentence asks the reader for something first, or says "not yet"."""
    is_until: bool = False
    """Some sentence says until when, or who helps meanwhile."""
    is_reply: bool = False
    """Its subject answers ours."""
    addressed: list[bool] = field(default_factory=list)
    """Of each sentence: whether it speaks to the reader."""
    declared: list[str] = field(default_factory=list)
    """Sentences in which whoever writes confirms something: "we hereby confirm"."""
    order: list[str] = field(default_factory=list)
    """The sentences as they come."""
    asides: frozenset[str] = frozenset()
    """Sentences that ask nothing, whatever they sound like."""
    tells_when: bool = False
    """Some sentence says when it ends, or ended."""
    had_ended: Before | None = None
    """Whether that end had come before it was asked for; ``None``: not told."""
    is_personal: bool = False
    """Some sentence says "you" in a language that has no phrases."""
    is_of_money_back: bool = False
    """Some word is one of money that comes back."""
    says_end: bool = False
    """Some clause speaks of an end, without a negation."""
    denies_end: bool = False
    """Some sentence speaks of an end that is denied, or waits for something."""
    matters: int = 0
    """How many different words of contracts, money and letters it has."""
    is_about: bool = False
    """It has enough of them, its subject counted."""
    is_of_words_alone: bool = False
    """It has neither a word of them nor a phrase: only the reader says what it is."""
    is_awaited: bool = False
    """It came to a case that waits for an answer: it is about our letter, likely."""

    def add(self, label: Label, strength: int, sentence: str) -> None:
        """Note a sentence for a label."""
        self.strength[label] = max(strength, self.strength.get(label, 0))
        grounds = self.grounds.setdefault(label, [])
        if sentence not in grounds:
            grounds.append(sentence)

    def drop(self, label: Label) -> None:
        """Forget what speaks for a label."""
        self.strength.pop(label, None)
        self.grounds.pop(label, None)

    def strong(self, *labels: Label) -> bool:
        """Return whether any of these labels is strongly spoken for."""
        return any(self.strength.get(label) == STRONG for label in labels)

    def is_spoken_to_reader(self, label: Label) -> bool:
        """Return whether what speaks for a label is said to whoever reads it.

        The sentence or one beside it says "you", or the message answers ours.
        """
        grounds = {
            sentence
            for sentence in self.grounds.get(label, ())
            if len(sentence.split()) <= _LONGEST_STATEMENT
        }
        return any(
            self.is_reply or any(self.addressed[max(0, number - 1) : number + 2])
            for number, sentence in enumerate(self.order)
            if sentence in grounds
        )

    def is_declared(self, label: Label) -> bool:
        """Return whether what speaks for a label is what the writer confirms."""
        return any(each in self.declared for each in self.grounds.get(label, ()))

    def is_addressed(self) -> bool:
        """Return whether any sentence says "you", or the message answers ours."""
        return self.is_reply or any(self.addressed)

    def is_about_contracts(self) -> bool:
        """Return whether it is about contracts, or a case waits for it."""
        return self.is_awaited or self.is_about

    def is_of_nobody(self) -> bool:
        """Return whether no case waits for it: friends reply to each other, too."""
        return not self.is_awaited

    def is_note_of_absence(self) -> bool:
        """Return whether a message that somebody typed is about nothing but that.

        A colleague's vacation is mentioned in passing in many letters.
        """
        grounds = self.grounds.get(Label.OUT_OF_OFFICE, ())
        return (
            self.is_until
            and any(sentence in grounds for sentence in self.order[:3])
            and self.count_words() <= _LONGEST_NOTE
        )

    def count_words(self) -> int:
        """Return how many words the message has, as far as it is read."""
        return sum(len(sentence.split()) for sentence in self.order)

    def most_first(self, labels: Iterable[Label]) -> list[Label]:
        """Return labels, the one with the most sentences first."""
        return sorted(labels, key=lambda label: -len(self.grounds.get(label, ())))
