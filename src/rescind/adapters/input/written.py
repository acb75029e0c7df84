"""What a person typed for facts, in the forms that facts are written in."""

import re
from collections.abc import Mapping
from datetime import date

from rescind.adapters.data import countries
from rescind.adapters.data.questions import question
from rescind.adapters.input.charges import standard_charges
from rescind.adapters.input.days import (
    leaves_open,
    read_written_day,
)
from rescind.adapters.input.details import FURTHER
from rescind.adapters.input.lengths import (
    NO_TERM,
    read_written_length,
    without_none,
)
from rescind.adapters.input.month_alone import is_month_alone
from rescind.adapters.input.months import (
    BY_MONTH,
    as_months,
    ask_for_the_day,
    month_read,
    names_a_month,
)
from rescind.adapters.input.shares import read_share, sum_of_share
from rescind.adapters.input.sums import read_written_money
from rescind.adapters.input.values import read_money
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, Fact, FactKind

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def in_standard_form(facts: Mapping[str, str], *, today: date) -> dict[str, str]:
    """Return what a person typed with days, lengths and sums as facts are written.

    What has that form already stays as it is. Raises BadInput naming the field.
    """
    country = facts.get("country")
    if country:
        country = countries.place(country)
        facts = {**facts, "country": country}
    facts = without_none(facts)
    share = read_share(facts.get(FEE, ""))
    if share is not None:
        facts = {name: text for name, text in facts.items() if name != FEE}
    standard = {
        name: _standard(FACTS[name], text, today, country) if name in FACTS else text
        for name, text in facts.items()
    }
    if facts.get(FURTHER):
        price = read_money(standard.get("price"), country=country)
        standard[FURTHER] = standard_charges(
            facts[FURTHER], FURTHER, today=today, country=country, price=price
        )
    months = {n: standard[n] for n, text in facts.items() if _is_month(n, text, today)}
    if months:
        standard[BY_MONTH] = as_months(months)
    if share is not None:
        standard[FEE] = sum_of_share(share, FEE, standard, today=today)
    return standard


FEE = "early_termination_fee"
"""The one sum that people tell as a share of what is left to pay."""


def standard_place(text: str) -> str | None:
    """Return a country that was typed as ISO 3166; ``None`` where it is none."""
    try:
        return countries.place(text) if text else None
    except BadInput:
        return None


def is_written(name: str) -> bool:
    """Return whether a fact is a day, a length or a sum, read in a person's own way."""
    return name in FACTS and FACTS[name].kind in _READ


def choice_named(name: str, text: str) -> str | None:
    """Return the choice of a fact that somebody names in words, or by a part of them.

    ``None`` where no choice, or more than one, is called so.

    >>> choice_named("kind", "magazine"), choice_named("payment_method", "visa")
    ('newspaper', None)
    """
    word = text.strip().casefold()
    called = {value: each.casefold() for value, each in question(name).choices.items()}
    if word in called.values():
        return next(value for value, each in called.items() if each == word)
    holding = [value for value, each in called.items() if word in each]
    return holding[0] if len(holding) == 1 and len(word) > _TOO_SHORT else None


_TOO_SHORT = 2
"""Letters that are in too many names to stand for one."""


BOUGHT = "purchased_at"
"""The day that rights are counted from: a month's first would be a guess."""


def days_to_confirm(facts: Mapping[str, str], *, today: date) -> tuple[str, ...]:
    """Return the facts whose day, as it was typed, could be another one.

    Those are numbers that name two days, what leaves the year out, and a month: the
    person is told how each was read.
    """
    return tuple(
        name
        for name, text in facts.items()
        if _is_day(name)
        and (names_a_month(text) or leaves_open(text, today, facts.get("country")))
    )


_READ = frozenset(
    {
        *(FactKind.LENGTH, FactKind.MONEY, FactKind.CHARGES),
        FactKind.DAY,
        FactKind.MOMENT,
    },
)


def _standard(fact: Fact, text: str, today: date, country: str | None) -> str:
    if fact.kind is FactKind.LENGTH:
        if fact.name == "renewal_term" and text.strip().casefold() in NO_TERM:
            return "open"
        return read_written_length(text, fact.name).iso()
    if fact.kind is FactKind.MONEY:
        return str(read_written_money(text, fact.name, country=country))
    if fact.choices and text.strip() not in fact.choices:
        return choice_named(fact.name, text) or text
    if fact.name == BOUGHT:
        ask_for_the_day(text, fact.name)
    if _is_day(fact.name) and not _ISO.match(text.strip()):
        day = read_written_day(text, fact.name, today=today, country=country)
        if _is_month(fact.name, text, today):
            day = month_read(fact.name, day, today)
        return day.isoformat()
    return text


def _is_day(name: str) -> bool:
    return name in FACTS and FACTS[name].kind in (FactKind.DAY, FactKind.MOMENT)


def _is_month(name: str, text: str, today: date) -> bool:
    """Return whether a month was told where a day is asked for."""
    words = text.strip()
    if not _is_day(name) or _ISO.match(words):
        return False
    return is_month_alone(words, name, today=today)
