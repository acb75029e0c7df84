"""What the new words of a message mean: rules over phrases, in several languages.

The dangerous mistake is to call a case confirmed when it is not. A confirmation is a
plain statement in a clause of its own: without a negation, a condition, a wish, a
question or a "not yet" beside it. What speaks against it anywhere else in the message
makes it unsure, and a person reads it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from rescind.core.follow.reading.amounts import find_days
from rescind.core.follow.reading.phrases import fold, sentences
from rescind.core.model.message import Label

STRONG, WEAK = 2, 1
MOST_SENTENCES = 200
PLAIN = frozenset({Label.CONFIRMED, Label.REFUND_GRANTED, Label.ACCOUNT_DELETED})
"""Labels that only a plain statement carries."""
NO_HELP = frozenset({Label.REDIRECTED, Label.NEEDS_INFORMATION, Label.OFFER})
"""Labels that a line such as "if you have questions, visit our site" does not carry."""
CUT = r"(?<!\d),|,(?!\d)|[;:()–—]|\s-\s"
_REPLY = re.compile(
    r"^\s*(?:re|aw|sv|antw|antwort|rif|res|rv|tr|fwd?|wg|enc|vb|doorst)\s*:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What is known of a language: its phrases, and the words that take them back."""

    code: str
    common: frozenset[str]
    """Words by which the language is known."""
    joins: re.Pattern[str]
    negations: re.Pattern[str]
    conditions: re.Pattern[str]
    later: re.Pattern[str]
    """Words of a promise: it will be done, which is not that it is."""
    help: re.Pattern[str]
    cues: Mapping[str, re.Pattern[str]]
    """Words that point somewhere without saying it: ``refund``, ``end``, ``which``,
    ``identity``, ``turn_to``, ``discount``, ``term``, ``handled``, ``paid``."""
    phrases: Mapping[tuple[Label, int], re.Pattern[str]]
    """By label and strength."""
    negative: re.Pattern[str]
    """Confirmations that negate something themselves: no further charges."""
    period_end: re.Pattern[str]
    immediate: re.Pattern[str]
    months: Mapping[str, int]
    days: tuple[re.Pattern[str], re.Pattern[str]]


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

    def add(self, label: Label, strength: int, sentence: str) -> None:
        """Note a sentence for a label."""
        self.strength[label] = max(strength, self.strength.get(label, 0))
        grounds = self.grounds.setdefault(label, [])
        if sentence not in grounds:
            grounds.append(sentence)

    def strong(self, *labels: Label) -> bool:
        """Return whether any of these labels is strongly spoken for."""
        return any(self.strength.get(label) == STRONG for label in labels)

    def most_first(self, labels: Iterable[Label]) -> list[Label]:
        """Return labels, the one with the most sentences first."""
        return sorted(labels, key=lambda label: -len(self.grounds.get(label, ())))


_WORD = re.compile(r"[a-z]+")


def languages_of(text: str, languages: Sequence[Language]) -> list[Language]:
    """Return the languages that a text is likely in, the likeliest first.

    Three at most; a text too short to tell is read in all of them.
    """
    words = _WORD.findall(fold(text[:4000]))
    begun = text[:4000].lower()
    counts = {
        language.code: sum(word in language.common for word in words)
        + 3 * sum(letter in begun for letter in LETTERS.get(language.code, ""))
        for language in languages
    }
    ranked = sorted(languages, key=lambda language: -counts[language.code])
    best = counts[ranked[0].code]
    if best < _FEWEST_COMMON:
        return ranked
    return [each for each in ranked[:3] if counts[each.code] * 2 >= best]


_FEWEST_COMMON = 3
LETTERS = {"de": "ß", "es": "¿¡ñ", "pt": "ãõ", "sv": "å", "fr": "œù"}
"""Letters that hardly any other of these languages has; one counts as three words."""


def find_evidence(subject: str, text: str, languages: Sequence[Language]) -> Evidence:
    """Return what the subject and the new words of a message speak for.

    A subject that answers ours is ours and is not read.
    """
    evidence = Evidence()
    lines = sentences(text)[:MOST_SENTENCES]
    if subject.strip() and not _REPLY.match(subject):
        lines = [subject.strip(), *lines]
    for sentence in lines:
        for language in languages:
            _read(sentence, language, evidence)
    return evidence


def _read(sentence: str, language: Language, evidence: Evidence) -> None:
    folded = fold(sentence)
    clauses = [fold(c) for c in language.joins.split(sentence) if c and c.strip()]
    for (label, strength), pattern in language.phrases.items():
        if label in PLAIN:
            _read_plainly(
                label, strength, pattern, clauses, sentence, language, evidence
            )
        elif _is_said(label, pattern, folded, clauses, language):
            evidence.add(label, strength, sentence)
    for label in _hinted(folded, language):
        evidence.hints[label] = evidence.hints.get(label, 0) + 1
    for number, clause in enumerate(clauses):
        match = language.negative.search(clause)
        if match and not _is_taken_back(
            clause.replace(match[0], " "), clauses[:number], sentence, language
        ):
            evidence.add(Label.CONFIRMED, STRONG, sentence)


def _is_said(
    label: Label,
    pattern: re.Pattern[str],
    folded: str,
    clauses: Sequence[str],
    language: Language,
) -> bool:
    """Return whether a sentence says what needs no plain statement."""
    if label is Label.ALREADY_CANCELLED:
        is_conditional = folded.endswith("?") or any(
            language.conditions.match(clause) for clause in clauses
        )
        return not is_conditional and any(map(pattern.search, clauses))
    if label in NO_HELP and language.help.search(folded):
        return False
    return bool(pattern.search(folded))


HINTS = (
    ("discount", Label.OFFER),
    ("turn_to", Label.REDIRECTED),
    ("handled", Label.ACKNOWLEDGED),
    ("paid", Label.INVOICE),
)
"""What single words point to, the first that a sentence holds."""


def _hinted(folded: str, language: Language) -> Iterator[Label]:
    """Yield what a sentence points to by its words alone: a guess, for a person."""
    has = {name for name, cue in language.cues.items() if cue.search(folded)}
    is_negated = bool(language.negations.search(folded))
    if "refund" in has:
        yield Label.REFUND_REFUSED if is_negated else Label.REFUND_GRANTED
    elif folded.endswith("?") and "which" in has and has & {"identity", "end"}:
        yield Label.NEEDS_INFORMATION
    elif "term" in has and (is_negated or "end" in has):
        yield Label.REFUSED
    else:
        yield from [label for name, label in HINTS if name in has][:1]


def _read_plainly(  # noqa: PLR0913, PLR0917 - one sentence and what it is read with
    label: Label,
    strength: int,
    pattern: re.Pattern[str],
    clauses: Sequence[str],
    sentence: str,
    language: Language,
    evidence: Evidence,
) -> None:
    for number, clause in enumerate(clauses):
        if not pattern.search(clause):
            continue
        is_promise = label is Label.CONFIRMED and language.later.search(clause)
        if is_promise or _is_taken_back(clause, clauses[:number], sentence, language):
            if label is Label.CONFIRMED:
                evidence.taken_back.append(sentence)
        else:
            evidence.add(label, strength, sentence)


def _is_taken_back(
    clause: str, before: Sequence[str], sentence: str, language: Language
) -> bool:
    """Return whether a clause is negated, conditional, wished for, or asked."""
    return bool(
        sentence.rstrip().endswith("?")
        or language.negations.search(clause)
        or language.conditions.search(clause)
        or (before and language.conditions.match(before[-1].strip()))
    )


ORDER = (
    Label.ALREADY_CANCELLED,
    Label.ACCOUNT_DELETED,
    Label.CONFIRMED,
    Label.REFUND_REFUSED,
    Label.REFUND_GRANTED,
)
"""What decides alone, the first that is spoken for."""
CONTENDERS = (
    Label.REFUSED,
    Label.REDIRECTED,
    Label.NEEDS_INFORMATION,
    Label.OFFER,
)
"""What the number of sentences decides between."""
LESSER = (Label.OUT_OF_OFFICE, Label.INVOICE, Label.ACKNOWLEDGED, Label.MARKETING)
SURE, FAIRLY_SURE, UNSURE = 0.93, 0.8, 0.5
"""How sure a label is: nothing speaks against it; something else is there too; a weak
phrase alone, or something that contradicts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A label with its sureness and the sentences that it rests on."""

    label: Label
    sureness: float
    grounds: tuple[str, ...]


def decide(evidence: Evidence, *, is_automatic: bool, is_bulk: bool) -> Meaning:
    """Return the label that the evidence speaks for."""
    label = _label(evidence, is_automatic=is_automatic, is_bulk=is_bulk)
    grounds = tuple(evidence.grounds.get(label, ()))
    return Meaning(label=label, sureness=_sureness(label, evidence), grounds=grounds)


def _label(evidence: Evidence, *, is_automatic: bool, is_bulk: bool) -> Label:
    first = (Label.OUT_OF_OFFICE,) if is_automatic else ()
    mass = (Label.MARKETING,) if is_bulk else ()
    contenders = evidence.most_first(CONTENDERS)
    ranked: tuple[Label, ...] = (*first, *ORDER, *mass, *contenders, *LESSER)
    for label in ranked:
        if evidence.strong(label):
            return label
    if evidence.taken_back:
        return Label.NEEDS_INFORMATION
    weak: tuple[Label, ...] = (*ORDER, *CONTENDERS, *LESSER)
    guess = next((label for label in weak if label in evidence.grounds), None)
    if guess is not None or not evidence.hints:
        return guess or Label.OTHER
    return max(weak, key=lambda label: evidence.hints.get(label, 0))


def _sureness(label: Label, evidence: Evidence) -> float:
    if label is Label.OTHER or not evidence.strong(label):
        return UNSURE
    if label is Label.CONFIRMED:
        return _sureness_of_an_end(evidence)
    if label in ORDER:
        return SURE
    rivals = [
        each for each in CONTENDERS if each is not label and evidence.strong(each)
    ]
    return FAIRLY_SURE if rivals or evidence.taken_back else SURE


def _sureness_of_an_end(evidence: Evidence) -> float:
    """Return how sure a confirmation is: anything against it is for a person."""
    against = (Label.REFUSED, Label.NEEDS_INFORMATION, Label.ALREADY_CANCELLED)
    if evidence.taken_back or evidence.strong(*against):
        return UNSURE
    return FAIRLY_SURE if evidence.strong(Label.REDIRECTED, Label.OFFER) else SURE


def effective_on(
    grounds: Sequence[str], text: str, languages: Sequence[Language]
) -> str | None:
    """Return when an end takes effect: a day, ``period_end`` or ``immediate``.

    The sentences that say it come first, then the rest of the text. Of several days in
    a sentence the latest counts: "cancelled on the 3rd, active until the 17th".
    """
    rest = [each for each in sentences(text)[:MOST_SENTENCES] if each not in grounds]
    for group in (grounds, rest):
        for end in _ends(group, languages):
            return end
    return None


def _ends(group: Sequence[str], languages: Sequence[Language]) -> Iterator[str]:
    folded = [fold(each) for each in group]
    days = [day for each in folded for day in _days(each, languages)]
    if days:
        yield max(days).isoformat()
    if any(each.period_end.search(text) for each, text in product(languages, folded)):
        yield "period_end"
    if any(each.immediate.search(text) for each, text in product(languages, folded)):
        yield "immediate"


def _days(folded: str, languages: Iterable[Language]) -> Iterator[date]:
    for language in languages:
        yield from find_days(folded, language.months, language.days)
