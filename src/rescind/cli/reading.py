"""Statements at the terminal: what is not sure is asked before it counts."""

import sys
from collections.abc import Mapping, Sequence

import click

from rescind.adapters.public.statement import AssumptionJson, assumption_json
from rescind.app.find import finding
from rescind.cli.lines import put
from rescind.core.errors import BadInput
from rescind.core.model.statement import Statement

column_option = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="ROLE=COLUMN",
    help="Say what a column is, by header or number: booked, amount, debit, credit, "
    "text, payee, currency, account, balance; also dates=DMY, spending=positive, "
    "decimal=, (a comma), currency=EUR, skip=3,9 (lines), quotes=none, totals=go_on.",
)
"""How a person says what the columns hold."""


def given_columns(columns: Sequence[str]) -> dict[str, str]:
    """Return what a person says of the columns; raises BadInput for no pair."""
    columns_by_role = {}
    for pair in columns:
        role, sign, column = pair.partition("=")
        if not sign or not role:
            raise BadInput("column", f"{pair!r} is no ROLE=COLUMN", ["booked=3"])
        columns_by_role[role.strip()] = column.strip()
    return columns_by_role


def read_files(files: Sequence[str], columns: Mapping[str, str]) -> list[Statement]:
    """Return the statements in files, with what was not sure asked at a terminal.

    Without one, it is said on standard error and counts as it was taken.
    """
    statements = finding.read_statements(files, columns)
    if sys.stdin.isatty() and sys.stdout.isatty():
        return [_asked(each, columns) for each in statements]
    for statement in statements:
        for each in map(assumption_json, statement.asks):
            click.echo(f"{statement.file}: {unsure(each)}", err=True)
    return statements


def unsure(asked: AssumptionJson) -> str:
    """Return what is not sure of a file, and how a person says otherwise."""
    text = f"not sure: {asked['field']} taken as {asked['value']}: {asked['text']}"
    ways = [f"--column {asked['field']}={choice}" for choice in asked["choices"]]
    return f"{text} (else {' or '.join(ways)})" if ways else text


def _asked(statement: Statement, columns: Mapping[str, str]) -> Statement:
    """Return a statement with its open questions answered, each of them once."""
    answers = dict(columns)
    while asks := [e for e in statement.asks if e.field not in answers]:
        for each in map(assumption_json, asks):
            answers[each["field"]] = _answer(statement.file, each)
        statement = finding.read_file(statement.file, answers)
    return statement


def _answer(file: str, asked: AssumptionJson) -> str:
    """Return what a person says; a no to going on ends the command."""
    put(f"{file}: {asked['text']}.")
    if not asked["choices"]:
        click.confirm("Go on with it?", abort=True, err=True)
        return asked["value"]
    choices = click.Choice([asked["value"], *asked["choices"]])
    answer: str = click.prompt(
        asked["field"].capitalize(), default=asked["value"], type=choices, err=True
    )
    return answer
