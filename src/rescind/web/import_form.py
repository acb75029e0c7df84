"""What is asked of a file that was read: what it leaves open, with examples of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rescind.adapters.data.cldr import currency_names, sum_on_page
from rescind.adapters.data.countries import country_names
from rescind.adapters.public.statement import AssumptionJson, EntryJson
from rescind.app.find.statements import PendingImport
from rescind.core.model.sentence import Sentence, Value
from rescind.labels import day_in_words, label, say

ASKED = ("dates", "spending", "decimal", "currency", "days", "totals")
"""What a file may leave open, in the order of the page."""
COLUMNS = ("booked", "amount", "debit", "credit", "text", "payee")
"""Columns that the person may name, by their header or number."""
CORRECTIONS = (*ASKED, *COLUMNS)
"""What can be said of a file."""
_TABLE = "import_question"
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportQuestion:
    """One thing that a file leaves open."""

    name: str
    asks: str
    options: tuple[tuple[str, str], ...]
    value: str = ""
    """What was assumed, or what the person chose."""
    is_long: bool = False
    """So many options that they are a list to choose from."""


def import_questions(
    read: PendingImport, typed: Mapping[str, str], country: str | None
) -> tuple[ImportQuestion, ...]:
    """Return what is asked; ``typed`` is what the person chose before."""
    by_field = {each["field"]: each for each in read.asks}
    questions = []
    for field in ASKED:
        if field in by_field:
            asked = by_field[field]
            # days may have been read in another order than the file's own
            taken = read.layout["dates"] if field == "dates" else asked["value"]
            question = _question(asked, read.layout, country)
            value = typed.get(field) or taken or question.value
            questions.append(replace(question, value=value))
    return tuple(questions)


def _question(
    asked: AssumptionJson, layout: Mapping[str, Any], country: str | None
) -> ImportQuestion:
    field, sample = asked["field"], layout.get("sample", [])
    if field == "dates":
        return _of_dates(sample, asked, layout["dates"])
    if field == "spending" and sample:
        return _of_spending(sample[0], asked)
    if field == "currency":
        return _of_currency(country)
    known = [asked["value"], *asked["choices"]] if asked["choices"] else []
    return ImportQuestion(
        name=field,
        asks=f"{asked['text'][:1].upper()}{asked['text'][1:]}.",
        options=tuple((code, label(code, _TABLE)) for code in known),
        value=asked["value"],
    )


def _of_currency(country: str | None) -> ImportQuestion:
    here = currency_names((country,) if country else ())
    every = currency_names(tuple(country_names()))
    return ImportQuestion(
        name="currency",
        asks=label("currency", _TABLE),
        options=(("", label("not_said", _TABLE)), *every),
        value=here[0][0] if here else "",
        is_long=True,
    )


def _of_dates(
    sample: list[EntryJson], asked: AssumptionJson, taken: str
) -> ImportQuestion:
    """Return the question of which day an entry is, with both that it can be."""
    other = next(c for c in (*asked["choices"], asked["value"]) if c != taken)
    orders = (taken, other)
    options = {code: label(code, _TABLE) for code in orders}
    asks = label("order", _TABLE)
    for row in sample:
        one = date.fromisoformat(row["on"])
        if one.day != one.month and one.day <= _MONTHS:
            turned = date(one.year, one.day, one.month)
            options = {taken: day_in_words(one), other: day_in_words(turned)}
            asks = _say("dates", text=row["text"])
            break
    return ImportQuestion(name="dates", asks=asks, options=tuple(options.items()))


def _of_spending(row: EntryJson, asked: AssumptionJson) -> ImportQuestion:
    """Return the question of which way the money of an entry went.

    What was assumed is right if it went as the entry has it.
    """
    amount = sum_on_page(row["amount"].removeprefix("-"), row["currency"])
    taken, other = asked["value"], asked["choices"][0]
    is_out = row["amount"].startswith("-")
    return ImportQuestion(
        name="spending",
        asks=_say("spending", text=row["text"], sum=amount),
        options=(
            (taken if is_out else other, label("you_paid", _TABLE)),
            (other if is_out else taken, label("you_got", _TABLE)),
        ),
    )


def _say(code: str, /, **values: Value) -> str:
    return say(Sentence.of(_TABLE, code, **values))
