"""Questions: how each fact is asked for, in the words of a language."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rescind.adapters.data.countries import parts_of
from rescind.adapters.data.words import ENGLISH, Words
from rescind.core.facts import FACTS, Fact, FactKind
from rescind.core.model.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked to learn one fact."""

    fact: Fact
    text: str
    hint: str
    """Where the answer can be found."""
    written: str
    """How the answer is written as a flag or in a file."""
    typed: str
    """How it is written where a person answers a question, in their own way."""
    choices: Mapping[str, str]
    """What each of the fact's choices is called, by its value; of a yes or no, what can
    be answered, where that is more."""


def question(name: str, words: Words = ENGLISH) -> Question:
    """Return the question that asks for a fact; raises KeyError where there is none.

    >>> question("delivered_at").text
    'When did the goods come?'
    """
    fact, entry = FACTS[name], words.table("facts")[name]
    return Question(
        fact=fact,
        text=entry["question"],
        hint=entry["hint"],
        written=_written(fact, words, "fact_kind"),
        typed=_written(fact, words, "fact_typed"),
        choices=entry.get("choices") or entry.get("answers", {}),
    )


def part_question(country: str, words: Words = ENGLISH) -> Question:
    """Return the question for the state, in a country whose states have own law.

    >>> part_question("US").text
    'Which state do you live in?'
    """
    asked, entry = question("country", words), words.table("facts")["country"]
    return replace(
        asked,
        text=entry["in_country"].get(country, asked.text),
        hint=entry["hint_in_country"],
        choices={f"{country}-{code}": name for code, name in parts_of(country).items()},
    )


def _written(fact: Fact, words: Words, table: str) -> str:
    kind = FactKind.CHOICE if fact.choices else fact.kind
    if kind.value not in words.table(table):
        table = "fact_kind"
    return words.say(Sentence.of(table, kind.value, choices=fact.choices))
