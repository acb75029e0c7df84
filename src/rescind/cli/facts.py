"""Facts on the command line: a file, standard input, and flags of the same names."""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from rescind.adapters import clock
from rescind.adapters.data.letters import kinds as letter_kinds
from rescind.adapters.data.questions import question
from rescind.adapters.data.words import why_not
from rescind.adapters.input.details import DETAILS
from rescind.adapters.input.facts import parse_json
from rescind.adapters.input.months import BY_MONTH
from rescind.adapters.input.written import (
    days_to_confirm,
    in_standard_form,
)
from rescind.app.know.check import with_contract_kind
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, FactKind
from rescind.labels import say

MAX_BYTES = 1_000_000
NOT_SURE = frozenset({"not sure", "unknown", "don't know", "?"})
"""What people write for a fact that they do not know."""
CONTRACT_KIND = "contract_kind"

_Command = TypeVar("_Command", bound=Callable[..., object])


def fact_options(command: _Command) -> _Command:
    """Add ``--facts`` and one flag for each fact to a command."""
    return _with_flags(command, tuple(FACTS))


def letter_fact_options(command: _Command) -> _Command:
    """Add the same to a command whose ``--kind`` is the letter's.

    The contract's kind then has ``--contract-kind`` alone.
    """
    return _with_flags(command, tuple(FACTS), kind_is_letters=True)


def _with_flags(
    command: _Command, names: tuple[str, ...], *, kind_is_letters: bool = False
) -> _Command:
    for name in reversed(names):
        # The service is what a command is about: its argument.
        if FACTS[name].kind is not FactKind.SERVICE:
            flags = ["--" + name.replace("_", "-"), name]
            if name == "kind":
                flags = [
                    "--contract-kind",
                    *([CONTRACT_KIND] if kind_is_letters else flags),
                ]
            option = click.option(*flags, help=_help(name), metavar="VALUE")
            command = option(command)
    return click.option(
        "--facts",
        "facts_file",
        type=click.Path(allow_dash=True),
        help="A JSON file of facts, or - for standard input; flags win over it.",
    )(command)


def _help(name: str) -> str:
    """Return the question and how it is answered; for a name, where to find it."""
    asked = question(name)
    if asked.fact.kind is FactKind.TEXT and not asked.choices:
        return f"{asked.text} {asked.hint}"
    only = "; only for the service other" if asked.fact.only_other else ""
    if asked.fact.tells_offer:
        only = "; of a service on file it tells which offers can be meant"
    return f"{asked.text} {asked.written}{only}."


def gather(
    service: str | None,
    facts_file: str | None,
    flags: Mapping[str, str | None],
) -> Mapping[str, Any]:
    """Return the facts from a file with the flags and the service laid over it.

    Flags are read as people write; a file is written by a program, in standard form.
    Raises BadInput for what cannot be read.
    """
    raw = dict(with_contract_kind(_read(facts_file))) if facts_file else {}
    given = {
        name: value
        for name, value in flags.items()
        if value is not None and value.strip().lower() not in NOT_SURE
    }
    country = given.get("country") or str(raw.get("country") or "")
    typed = given | {"country": country}
    if "term" in given and "period" not in given and raw.get("period"):
        # a contract without a term binds for what is paid, as the file says
        typed |= {"period": str(raw["period"])}
    today = today_here()
    written = in_standard_form(typed, today=today)
    typed, country = typed | {"country": written["country"]}, written["country"]
    for name in days_to_confirm(typed, today=today):
        flag = name.replace("_", "-")
        day = say(date.fromisoformat(written[name][:10]), country)
        click.echo(f"--{flag} {given[name]!r} is read as {day}.", err=True)
    months = {name: written[name] for name in (BY_MONTH,) if name in written}
    raw |= with_contract_kind({name: written[name] for name in given} | months)
    if service is not None:
        raw["service"] = service
    return raw


def today_here() -> date:
    """Return today's day where the person sits: "yesterday" is the day before it."""
    return clock.now().astimezone(clock.local_zone()).date()


def letter_kind(kind: str | None) -> str | None:
    """Return the kind of letter that was asked for.

    Raises BadInput for the kind of a contract, which has a flag of its own here.
    """
    if kind in FACTS["kind"].choices and kind not in letter_kinds():
        message = why_not("kind_of_contract", kind=kind)
        raise BadInput("kind", message, letter_kinds())
    return kind


post_option = click.option(
    "--post-to",
    metavar="ADDRESS",
    help="Where the merchant takes post: 'Road 1; 10115 Berlin'. Below its name.",
)
"""An address that the contract names and the catalogue does not."""


def posted(address: str | None) -> dict[str, str]:
    """Return the address that was given as a detail of the letter."""
    return {} if address is None else {"merchant_address": address}


def split_details(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return ``NAME=VALUE`` pairs; raises BadInput with the names there are."""
    details = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        name = name.strip().replace("-", "_")
        if not equals:
            raise BadInput("detail", f"{pair!r} has no '='", [f"{pair}=..."])
        if name not in DETAILS:
            raise BadInput.unknown_value("detail", name, DETAILS)
        details[name] = value
    return details


def _read(name: str) -> Mapping[str, Any]:
    return parse_json(read_text(name, field="facts"))


def read_text(name: str, *, field: str) -> str:
    """Return a file's text, or standard input's for ``-``; raises BadInput."""
    try:
        if name == "-":
            content = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(MAX_BYTES + 1)
    except OSError as error:
        message = why_not("cannot_read", name=name, why=error.strerror)
        raise BadInput(field, message) from error
    if len(content) > MAX_BYTES:
        raise BadInput(field, why_not("file_too_large", name=name, most=MAX_BYTES))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(field, why_not("not_utf8", name=name)) from error
