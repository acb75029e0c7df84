"""What the new words of a message mean: rules over phrases, in several languages.

The dangerous mistake is to call a case confirmed when it is not. A confirmation is a
plain statement in a clause of its own: without a negation, a condition, a wish, a
question or a "not yet" beside it. What speaks against it anywhere else in the message
makes it unsure, and a person reads it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rescind.core.follow.reading.evidence import STRONG, Evidence
from rescind.core.follow.reading.languages import Language
from rescind.core.follow.reading.phrases import Finder, fold, sentences
from rescind.core.model.message import Label

MOST_SENTENCES = 200
FEWEST_MATTERS = 2
"""So many words of contracts, money and letters a message has that is surely read where
no case waits for it: other mail has one by chance."""
PLAIN = frozenset({Label.CONFIRMED, Label.REFUND_GRANTED, Label.ACCOUNT_DELETED})
"""Labels that only a plain statement carries."""
NO_HELP = frozenset({Label.REDIRECTED, Label.NEEDS_INFORMATION, Label.OFFER})
"""Labels that a line such as "for questions, visit our site" does not carry."""
CUT = r"(?<!\d),|,(?!\d)|[;:()–—]|\s-\s"


def find_evidence(
    subject: str,
    text: str,
    languages: Sequence[Language],
    demands: Sequence[Finder] = (),
    *,
    is_answer: bool = False,
) -> Evidence:
    """Return what the subject and the new words of a message speak for.

    ``subject`` has their words alone; ``is_answer`` says that it answers ours.
    ``demands`` tell what the reader is still asked to do: a call, a document.
    """
    evidence = Evidence(is_reply=is_answer)
    lines = sentences(text)[:MOST_SENTENCES]
    if subject.strip():
        lines = [subject.strip(), *lines]
    evidence.order = lines
    for sentence in lines:
        folded = fold(sentence)
        is_declared = any(each.declared.search(folded) for each in languages)
        if is_declared:
            evidence.declared.append(sentence)
        # nobody confirms an end but to whoever asked for it
        evidence.addressed.append(
            is_declared
            or any(language.addressed.search(folded) for language in languages)
        )
        if not any(language.help.search(folded) for language in languages):
            evidence.is_unmet |= any(each.search(folded) for each in demands)
        for language in languages:
            evidence.is_unmet |= bool(language.unmet.search(folded))
            evidence.is_until |= bool(language.cues["back"].search(folded))
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
    pattern: Finder,
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
    pattern: Finder,
    clauses: Sequence[str],
    sentence: str,
    language: Language,
    evidence: Evidence,
) -> None:
    for number, clause in enumerate(clauses):
        if not pattern.search(clause):
            continue
        is_end = label is Label.CONFIRMED
        is_promise = is_end and language.later.search(clause)
        # "we confirm it, as soon as you call": the condition may come after
        waits = is_end and any(
            language.waits.match(after) and not language.help.search(after)
            for after in clauses[number + 1 :]
        )
        if (
            is_promise
            or waits
            or _is_taken_back(clause, clauses[:number], sentence, language)
        ):
            if is_end:
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
"""Nothing speaks against it; something else is there too; a weak phrase alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A label with its sureness and the sentences that it rests on."""

    label: Label
    sureness: float
    grounds: tuple[str, ...]
    needs_person: bool
    """Too unsure to rely on."""


RELY = 0.7
"""Below this sureness of the rules a person reads the message."""


def decide(evidence: Evidence, *, is_automatic: bool, is_bulk: bool) -> Meaning:
    """Return the label that the evidence speaks for."""
    if not is_automatic and not evidence.is_note_of_absence():
        evidence.drop(Label.OUT_OF_OFFICE)
    label = _label(evidence, is_automatic=is_automatic, is_bulk=is_bulk)
    grounds = tuple(evidence.grounds.get(label, ()))
    sureness = _sureness(label, evidence)
    return Meaning(
        label=label, sureness=sureness, grounds=grounds, needs_person=sureness < RELY
    )


def _label(evidence: Evidence, *, is_automatic: bool, is_bulk: bool) -> Label:
    first = (Label.OUT_OF_OFFICE,) if is_automatic else ()
    mass = (Label.MARKETING,) if is_bulk else ()
    # "noted, but it counts only once you call" ends nothing
    elsewhere = (Label.REDIRECTED,) if evidence.is_unmet else ()
    contenders = evidence.most_first(CONTENDERS)
    ranked: tuple[Label, ...] = (
        *first,
        *elsewhere,
        *ORDER,
        *mass,
        *contenders,
        *LESSER,
    )
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


PERSONAL = frozenset(
    {
        Label.CONFIRMED,
        Label.ALREADY_CANCELLED,
        Label.ACCOUNT_DELETED,
        Label.REFUND_GRANTED,
        Label.REFUND_REFUSED,
        Label.REFUSED,
    }
)
"""Labels that are about the reader's own contract, else they are somebody's news."""
CLOSING = frozenset({Label.CONFIRMED, Label.ALREADY_CANCELLED, Label.ACCOUNT_DELETED})
"""Labels after which nobody does anything more."""
MOST_WORDS = 400
"""In a longer message a sentence that ends something is about something else, often."""


def _sureness(label: Label, evidence: Evidence) -> float:
    if label is Label.OTHER or not evidence.strong(label):
        return UNSURE
    if label in CLOSING and evidence.is_unmet:
        return UNSURE
    if label in PERSONAL and (
        not evidence.is_spoken_to_reader(label) or evidence.count_words() > MOST_WORDS
    ):
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
