"""``rescind find`` and ``rescind watch``: what is paid for, and what still is."""

import json
import shlex
from collections.abc import Mapping, Sequence
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
from rescind.adapters.public.statement import (
    AssumptionJson,
    SampledLayoutJson,
    assumption_json,
    sampled_layout_json,
)
from rescind.app.find import finding
from rescind.app.find.to_check import facts_to_check, is_near
from rescind.cli.lines import WIDTH, put, put_aside
from rescind.cli.reading import column_option, given_columns, read_files
from rescind.core.errors import BadInput
from rescind.core.model.descriptor import Kind
from rescind.core.model.recurring_charge import RecurringCharge, State
from rescind.labels import label, period_name

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
    given = given_columns(columns)
    if layout:
        read = finding.read_statements(files, given)
        _show_layouts(list(map(sampled_layout_json, read)), as_json=as_json)
        return
    statements = read_files(files, given)
    day = _day(as_of) if as_of else None
    mail = finding.read_mail(receipts, put_aside) if receipts else []
    charges = finding.find(statements, day, mail)
    assumed = {s.file: list(map(assumption_json, s.assumed)) for s in statements}
    findings = [finding_json(f) | {"assumed": _assumed(f, assumed)} for f in charges]
    if as_json:
        for each in findings:
            click.echo(json.dumps(each, ensure_ascii=False))
        return
    show_findings([("", finding_json(each)) for each in charges])
    _show_assumed(assumed)
    going_on = [c for c in charges if c.kind in _TO_END and c.state is not State.ENDED]
    if going_on:
        click.echo("\nTo see how one of them is ended:")
    for charge in going_on:
        for line in in_lines(next_command(charge, clock.now().date())):
            click.echo(f"  {line}")


def _show_assumed(assumed: Mapping[str, Sequence[AssumptionJson]]) -> None:
    """Print what was assumed of each file, with how sure that is."""
    for file, of_file in assumed.items():
        for each in of_file:
            sure = f"{each['value']}, {each['sureness']:.0%} sure".removeprefix(", ")
            put(f"{file}: {each['text']} ({sure})")


def _assumed(
    charge: RecurringCharge, assumed: Mapping[str, list[AssumptionJson]]
) -> list[AssumptionJson]:
    """Return what was assumed of the files that a charge stands in."""
    files = dict.fromkeys(place.file for place in charge.transactions)
    return [each for file in files for each in assumed.get(file, ())]


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
    if merchant and is_near(merchant):
        # by its name alone it would be refused, or be taken for another's
        flags.insert(0, f"--merchant {shlex.quote(merchant)}")
        merchant = None
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
    statements = read_files(finding.files_in(files), {})
    alarms = [alarm_json(each) for each in finding.watch(statements, ended)]
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


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("as_of", f"{text!r} is no day", ["2026-03-31"]) from error


def _show_layouts(layouts: Sequence[SampledLayoutJson], *, as_json: bool) -> None:
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
            put(f"    {line}")
        for each in layout["assumed"]:
            value = f"{each['field']} {each['value']}".strip()
            put(f"    assumed: {value} ({each['sureness']:.0%} sure): {each['text']}")
        for entry in layout["sample"]:
            money = f"{entry['amount']} {entry['currency'] or ''}".strip()
            put(f"    {entry['on']}  {money}  {entry['text']}")


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
    biller = finding["billed_by"] or label(channel, "biller")
    by = "" if channel == "direct" else f"  by {biller}"
    name = f"{mark}  {finding['merchant'][:_WIDEST]:<{wide}}"
    put(f"{name}  {price:<24}{state} {day}{by}", hanging=" " * 6)
    for line in finding["because"][:3]:
        put(f"      because: {line}")
    for line in finding["surer"][:2]:
        put(f"      surer with: {line}")
