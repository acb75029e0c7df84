"""``rescind find`` and ``rescind watch``: what is paid for, and what still is."""

import json
import shlex
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from rescind.adapters import clock
from rescind.adapters.public.finding import (
    FindingJson,
    StatedMoneyJson,
    alarm_json,
    finding_json,
)
from rescind.adapters.public.statement import LayoutJson, layout_json
from rescind.app.find import finding
from rescind.app.find.to_check import facts_to_check
from rescind.cli.lines import WIDTH, put
from rescind.core.errors import BadInput
from rescind.core.model.descriptor import Kind
from rescind.core.model.recurring_charge import RecurringCharge, State
from rescind.labels import label, period_name

column_option = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="ROLE=COLUMN",
    help="Say what a column is, by header or number: booked, amount, debit, credit, "
    "text, payee, currency, account, balance; also dates=DMY and spending=positive.",
)
"""How a person says what the columns hold."""
COLOURS = {"active": "green", "trial": "yellow", "paused": "yellow", "ended": None}


@click.command(
    epilog="""\b
Examples:
  rescind find statement.csv
  rescind find 2025.ofx 2026.ofx --json
  rescind find odd.csv --layout                     # how it was understood
  rescind find odd.csv --column booked=3 --column amount=Betrag"""
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--layout", is_flag=True, help="Only say how each file is understood.")
@column_option
@click.option("--as-of", metavar="DAY", help="Tell the states as of this day.")
@click.option(
    "--receipts",
    multiple=True,
    metavar="MAIL",
    help="Receipts in mail (.eml, mbox, Maildir): they name what a store hides.",
)
def find(
    files: tuple[str, ...],
    *,
    as_json: bool,
    layout: bool,
    columns: tuple[str, ...],
    as_of: str | None,
    receipts: tuple[str, ...],
) -> None:
    """Say what is paid for again and again in FILE…: CSV, OFX, QIF, CAMT, MT940, ….

    Files are read on this machine and sent nowhere; account numbers are masked.
    """
    statements = finding.read_statements(files, given_columns(columns))
    if layout:
        _show_layouts([layout_json(s) for s in statements], as_json=as_json)
        return
    day = _day(as_of) if as_of else None
    mail = finding.read_mail(receipts) if receipts else []
    charges = finding.find(statements, day, mail)
    findings = [finding_json(f) for f in charges]
    if as_json:
        for each in findings:
            click.echo(json.dumps(each, ensure_ascii=False))
        return
    show_findings([("", each) for each in findings])
    going_on = [c for c in charges if c.kind in _TO_END and c.state is not State.ENDED]
    if going_on:
        click.echo("\nTo see how one of them is ended:")
    for charge in going_on:
        for line in in_lines(next_command(charge, clock.now().date())):
            click.echo(f"  {line}")


_NOT_TOLD = "service"
"""The kind of what nobody says more of: the interview asks."""
_TO_END = frozenset({Kind.SUBSCRIPTION, Kind.BILL})


def next_command(charge: RecurringCharge, today: date) -> list[str]:
    """Return the words of the command that goes on from a finding, with its facts.

    The rest is left to the interview: a statement does not name the offer.
    """
    facts = dict(facts_to_check(charge, today))
    service, merchant = facts.pop("service"), facts.pop("merchant", None)
    if facts.get("kind") == _NOT_TOLD:
        del facts["kind"]
    flags = [f"--{n.replace('_', '-')} {shlex.quote(v)}" for n, v in facts.items()]
    return [f"rescind check {shlex.quote(merchant or service)}", *flags]


def in_lines(words: Sequence[str]) -> list[str]:
    """Return a command in lines of a terminal that can be pasted as they are."""
    lines, line = [], ""
    for word in words:
        if line and len(line) + len(word) + 5 > WIDTH:
            lines.append(f"{line} \\")
            line = "   "
        line = f"{line} {word}" if line else word
    return [*lines, line]


@click.command(
    epilog="""\b
Examples:
  rescind watch 2026.csv --ended ended.jsonl
  rescind watch 2026.csv --ended ended.jsonl --json

\b
A line of ended.jsonl:
  {"merchant": "Netflix", "channel": "direct", "effective_on": "2026-03-31",
   "last_charge": {"file": "2026.csv", "row": 41}, "amount": {"amount": "13.99",
   "currency": "EUR"}, "resumed_on": null}"""
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--ended",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The contracts that have ended, one JSON object a line.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def watch(files: tuple[str, ...], *, ended: Path, as_json: bool) -> None:
    """Say which charges in FILE… came after a contract had ended."""
    alarms = [alarm_json(alarm) for alarm in finding.watch(files, ended)]
    for alarm in alarms:
        if as_json:
            click.echo(json.dumps(alarm, ensure_ascii=False))
            continue
        where = f"{alarm['file']}, entry {alarm['row']}"
        click.secho(f"{alarm['on']}  {_sum(alarm['amount'])}  ({where})", bold=True)
        for line in alarm["because"]:
            put(f"    because: {line}")
    if not alarms and not as_json:
        click.echo("No charge came after an end.")


def given_columns(columns: Sequence[str]) -> dict[str, str]:
    """Return what a person says of the columns; raises BadInput for no pair."""
    columns_by_role = {}
    for pair in columns:
        role, sign, column = pair.partition("=")
        if not sign or not role:
            raise BadInput("column", f"{pair!r} is no ROLE=COLUMN", ["booked=3"])
        columns_by_role[role.strip()] = column.strip()
    return columns_by_role


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("as_of", f"{text!r} is no day", ["2026-03-31"]) from error


def _show_layouts(layouts: Sequence[LayoutJson], *, as_json: bool) -> None:
    for layout in layouts:
        if as_json:
            click.echo(json.dumps(layout, ensure_ascii=False))
            continue
        bank = f" ({layout['bank']})" if layout["bank"] else ""
        click.secho(f"{layout['file']}: {layout['format']}{bank}", bold=True)
        for column in layout["columns"]:
            click.echo(f"    {column['role']:<17}{column['column']}")
        sure = "" if layout["dates_sure"] else "  (either order is possible: look)"
        click.echo(f"    {'dates':<17}{layout['dates']}{sure}")
        click.echo(f"    {'spending':<17}{layout['spending']}")
        moved = f"out {layout['out']}, in {layout['in']}"
        span = f"{layout['from']} to {layout['to']}"
        click.echo(f"    {layout['entries']} entries, {span}, {moved}")
        for line in (*layout["checked"], *layout["notes"]):
            click.echo(f"    {line}")


def _sum(money: StatedMoneyJson) -> str:
    return f"{money['amount']} {money['currency'] or ''}".strip()


_WIDEST = 24
"""Characters of a merchant's name in the table."""


def show_findings(findings: Sequence[tuple[str, FindingJson]]) -> None:
    """Print findings as a table, by kind, what comes next first.

    Each stands behind its id, or behind nothing.
    """
    if not findings:
        click.echo("Nothing that comes again and again was found.")
        return
    for kind in Kind:
        rows = [(mark, f) for mark, f in findings if f["kind"] == kind]
        if not rows:
            continue
        click.secho(label(kind, "charge_kinds"), bold=True)
        rows.sort(key=lambda row: _order(row[1]))
        wide = max(len(f["merchant"][:_WIDEST]) for _, f in rows)
        for mark, f in rows:
            _show_finding(f"  {mark}" if mark else "", f, wide)


def _order(finding: FindingJson) -> tuple[bool, str, str]:
    next_on = finding["next_on"] or "9999"
    return finding["state"] == "ended", next_on, finding["merchant"]


def _show_finding(mark: str, finding: FindingJson, wide: int) -> None:
    price = f"{_sum(finding['amount'])} {period_name(finding['period'])}"
    state = click.style(f"{finding['state']:<7}", fg=COLOURS[finding["state"]])
    last_on = finding["transactions"][-1]["on"]
    day = f"next {finding['next_on']}" if finding["next_on"] else f"last {last_on}"
    channel = finding["channel"]
    by = "" if channel == "direct" else f"  by {label(channel, 'biller')}"
    name = f"{mark}  {finding['merchant'][:_WIDEST]:<{wide}}"
    put(f"{name}  {price:<24}{state} {day}{by}", hanging=" " * 6)
    for line in finding["because"][:3]:
        put(f"      because: {line}")
    for line in finding["surer"][:2]:
        put(f"      surer with: {line}")
