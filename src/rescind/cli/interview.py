"""Questions at a terminal: only those whose answer changes the verdict."""

import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

import click

from rescind.adapters.data.questions import Question, question
from rescind.adapters.input.written import days_to_confirm, in_standard_form
from rescind.app.know.check import OTHER, named
from rescind.app.know.interview import Asked, ask
from rescind.cli.facts import today_here
from rescind.core.errors import BadInput
from rescind.core.facts import Fact, FactKind
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
    while asked.question is not None:
        fact = asked.question.fact.name
        answer = _answer(asked)
        if _is_unknown(answer, asked.question.fact):
            skipped |= {fact}
            count += 1
            asked = ask(known, skipped, asked=count)
            continue
        try:
            standard = _in_standard_form(fact, answer, known)
            asked = ask({**known, fact: standard}, skipped, asked=count + 1)
        except BadInput as error:
            _complain(error)
            continue
        known[fact] = standard
        count += 1
    return known


def _in_standard_form(fact: str, answer: str, known: Mapping[str, Any]) -> str:
    """Return an answer as facts are written; say how a day was read that is open."""
    country = str(known.get("country") or "")
    given, today = {"country": country, fact: answer}, today_here()
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


def _answer(asked: Asked) -> str:
    assert asked.question is not None  # noqa: S101 - the caller looks first
    for number, (_, name) in enumerate(asked.options, 1):
        click.echo(f"  {number}. {name}")
    answer = _prompt(asked.question, with_form=not asked.options)
    if answer.isdigit() and 0 < int(answer) <= len(asked.options):
        return asked.options[int(answer) - 1][0]
    return value_named(answer, asked.options) or answer


def value_named(answer: str, options: tuple[tuple[str, str], ...]) -> str | None:
    """Return the value that a name stands for: California, or CA among the states."""
    word = answer.casefold()
    if not word:
        return None
    matching = (
        value
        for value, name in options
        if word in (name.casefold(), value.casefold().partition("-")[2])
    )
    return next(matching, None)


def _prompt(asked: Question, *, with_form: bool = False) -> str:
    hint = f"{asked.hint} {asked.typed}." if with_form else asked.hint
    click.secho(f"  {hint}", dim=True)
    answer: str = click.prompt(asked.text, default="", show_default=False)
    return answer.strip()


def _complain(error: BadInput) -> None:
    click.secho(f"  {say(error.message)}", fg="yellow")
    near = dict.fromkeys(typed(each, is_page=True) for each in error.suggestions[:6])
    if near:
        click.echo(f"  nearest: {', '.join(near)}")
