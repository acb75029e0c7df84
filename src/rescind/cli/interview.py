"""Questions at a terminal: only those whose answer changes the verdict."""

import sys
from collections.abc import Mapping
from datetime import date
from string import ascii_lowercase
from typing import Any

import click

from rescind.adapters.data.questions import Question, question
from rescind.adapters.data.words import why_not
from rescind.adapters.input.written import days_to_confirm, in_standard_form
from rescind.app.know.check import OTHER, named
from rescind.app.know.interview import Asked, ask
from rescind.cli.facts import today_here
from rescind.cli.lines import put
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, Fact, FactKind
from rescind.labels import say, typed


def is_possible() -> bool:
    """Return whether somebody sits at the terminal to be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def interview(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Ask until nothing that could be answered would change the verdict.

    Returns the facts with the answers; an empty answer means not known.
    """
    known = dict(raw)
    if not known.get("service") and not known.get("merchant"):
        known["service"] = _prompt(question("service"))
    known |= _named(known)
    if known["service"] == OTHER and not known.get("merchant"):
        known["merchant"] = _prompt(question("merchant"))
    skipped: frozenset[str] = frozenset()
    count = 0
    asked = ask(known, skipped)
    if asked.question is not None:
        click.secho("  Leave an answer empty if you don't know it.", dim=True)
    is_again = False
    while asked.question is not None:
        fact = asked.question.fact.name
        try:
            answer = _standard_answer(asked, known, is_again=is_again)
            told = {**known, **answer}
            unknown = skipped if fact in answer else skipped | {fact}
            asked = ask(told, unknown, asked=count + 1)
        except BadInput as error:
            is_again = True
            _complain(error)
            continue
        known, skipped, is_again = told, unknown, False
        count += 1
    return known


def _standard_answer(
    asked: Asked, known: Mapping[str, Any], *, is_again: bool
) -> Mapping[str, str]:
    """Return the facts that an answer tells, as they are written; none if not known."""
    assert asked.question is not None  # noqa: S101 - the caller looks first
    fact = asked.question.fact
    answer = _answer(asked, is_again=is_again)
    if answer == _LATER:
        fact = FACTS["withdrawal_informed_at"]
        answer = _prompt(question(fact.name), with_form=True)
    if _is_unknown(answer, fact):
        return {}
    return {fact.name: _in_standard_form(fact.name, answer, known)}


_LATER = "later"
"""The answer that one was told of the right to withdraw, only not at the order."""


def _in_standard_form(fact: str, answer: str, known: Mapping[str, Any]) -> str:
    """Return an answer as facts are written; say how a day was read that is open."""
    country = str(known.get("country") or "")
    told = {name: str(known[name]) for name in ("period",) if known.get(name)}
    given, today = {**told, "country": country, fact: answer}, today_here()
    standard = in_standard_form(given, today=today)[fact]
    if days_to_confirm(given, today=today):
        day = say(date.fromisoformat(standard[:10]), country)
        click.secho(f"  That is {day}.", dim=True)
    return standard


def _named(known: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the facts with the service that is meant, which a near name asks for."""
    try:
        return named(known)
    except BadInput as error:
        for slug in error.suggestions:
            if slug != OTHER and click.confirm(f"Did you mean {slug}?", default=True):
                return {**known, "service": slug}
    name = known.get("service") or known["merchant"]
    return {"merchant": name, **known, "service": OTHER}


_NOT_SURE = frozenset({"", "?", "not sure", "unsure", "don't know", "i don't know"})
_DENIALS = frozenset({"no", "never", "none", "not yet"})
_UNDENIABLE = frozenset({FactKind.YES_NO, FactKind.CHOICE, FactKind.TEXT})
"""Kinds of fact of which a no is an answer, and not the want of one."""


def _is_unknown(answer: str, fact: Fact) -> bool:
    """Return whether an answer leaves a fact as it was: not known, or not so."""
    word = answer.casefold().replace("’", "'").rstrip(".!")
    if word in _NOT_SURE:
        return True
    # How a contract renews can be answered by none: it then runs on without a term.
    is_free = fact.kind not in _UNDENIABLE and fact.name != "renewal_term"
    return is_free and word in _DENIALS


def _answer(asked: Asked, *, is_again: bool) -> str:
    assert asked.question is not None  # noqa: S101 - the caller looks first
    is_long = len(asked.options) > _MOST_LISTED
    if is_long and not is_again:
        names = ", ".join(name for _, name in asked.options[:3])
        put(f"  Its name or its short form, such as {names}.", hanging="  ", dim=True)
    elif not is_again:
        for number, (_, name) in enumerate(asked.options, 1):
            put(f"  {number}. {name}", hanging="      ")
    offered = _offer_sums(asked, is_again=is_again)
    answer = _prompt(asked.question, with_form=not asked.options)
    answer = offered.get(answer.casefold(), answer)
    if not asked.options or _is_unknown(answer, asked.question.fact):
        return answer
    if answer.isdigit() and 0 < int(answer) <= len(asked.options):
        return asked.options[int(answer) - 1][0]
    value = value_named(answer, asked.options)
    if value is None and asked.question.fact.kind is FactKind.YES_NO:
        # a plain yes is the first of several
        return answer
    if value is None:
        raise _none_of_them(asked, answer)
    return value


def _offer_sums(asked: Asked, *, is_again: bool) -> Mapping[str, str]:
    """List the sums on file; return them by letters, as a number alone is a sum."""
    sums = dict(zip(ascii_lowercase, asked.offered, strict=False))
    for letter, price in sums.items() if not is_again else ():
        put(f"  {letter}. {price.text}", hanging="      ")
    return {letter: price.value for letter, price in sums.items()}


_MOST_LISTED = 30
"""Options that are listed; of more, as of states, everybody knows the name."""


def _none_of_them(asked: Asked, answer: str) -> BadInput:
    """Return what is wrong with an answer that is no option: in words, never codes."""
    assert asked.question is not None  # noqa: S101 - the caller looks first
    word = answer.casefold()
    options = list(enumerate((name for _, name in asked.options), 1))
    near = [(n, name) for n, name in options if word in name.casefold()]
    suggestions = [f"{number} ({name})" for number, name in near[:6]]
    message = why_not("no_option", value=answer[:40], most=len(options))
    return BadInput(asked.question.fact.name, message, suggestions)


def value_named(answer: str, options: tuple[tuple[str, str], ...]) -> str | None:
    """Return the value that a name stands for: California, or CA among the states.

    A part of a name will do, where no other name has it.
    """
    word = answer.casefold()
    if not word:
        return None
    for value, name in options:
        code = value.casefold()
        if word in (name.casefold(), code, code.partition("-")[2]):
            return value
    holding = [value for value, name in options if word in name.casefold()]
    return holding[0] if len(holding) == 1 else None


def _prompt(asked: Question, *, with_form: bool = False) -> str:
    hint = f"{asked.hint} {asked.typed}." if with_form else asked.hint
    put(f"  {hint}", hanging="  ", dim=True)
    answer: str = click.prompt(asked.text, default="", show_default=False)
    return answer.strip()


def _complain(error: BadInput) -> None:
    put(f"  {say(error.message)}", hanging="  ")
    near = dict.fromkeys(typed(each, is_page=True) for each in error.suggestions[:6])
    if near:
        put(f"  nearest: {', '.join(near)}", hanging="  ")
