"""``rescind spending``: statements that are kept, and what the person says of them."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from rescind.app.find import receipts as read_receipts
from rescind.app.find import spending as payments
from rescind.app.find import statements
from rescind.app.find.finding import files_in, refuse_unread
from rescind.app.find.watch import CaseAlarm, watch_cases
from rescind.app.setup import setup
from rescind.cli.find import column_option, given_columns, show_findings
from rescind.core.errors import BadInput
from rescind.store.statements import read_ledger


@click.group()
def spending() -> None:
    """Keep statements, and say what you pay for by all of them together."""
    setup()


@spending.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@column_option
def add(files: tuple[str, ...], *, columns: tuple[str, ...]) -> None:
    """Read FILE… and keep the entries; cases whose end is confirmed are checked.

    Of a folder, every file is read. What cannot be read is named at the end, all of
    it, and the rest is kept.
    """
    names, errors = files_in(files), []
    for path in map(Path, names):
        try:
            content = statements.read_bytes(path)
            statement = statements.keep(path.name, content, given_columns(columns))
        except BadInput as error:
            errors.append(error)
            continue
        click.echo(
            f"{statement.id[:8]}  {path.name}: {statement.layout['entries']} entries"
        )
    for alarm in watch_cases():
        _warn(alarm)
    refuse_unread(errors, len(names))


@spending.command()
@click.argument("mail", nargs=-1, metavar="MAIL…")
@click.option("--inbox", is_flag=True, help="In the inbox that you set up.")
def receipts(mail: tuple[str, ...], *, inbox: bool) -> None:
    """Read receipts, trials and renewals in MAIL…: .eml, mbox, Maildir or a folder.

    They name what Apple, Google and PayPal hide, and tell the days that come.
    """
    if not mail and not inbox:
        raise BadInput("mail", "name files or folders of mail", ["--inbox"])
    batch = read_receipts.keep_inbox() if inbox else read_receipts.keep_mail(mail)
    click.echo(f"{batch.id[:8]}  {batch.layout['entries']} receipts and notices")
    every = read_receipts.receipts_in(read_ledger())
    for each in read_receipts.announced(every):
        click.echo(f"{each['comes_on']}  {each['item']}: {each['kind']}")


def _warn(each: CaseAlarm) -> None:
    click.secho(
        f"{each.case.service_name} took money on {each.alarm.on} although it had ended:"
        f" rescind case show {each.case.id}",
        fg="red",
        bold=True,
    )


@spending.command(name="list")
@click.option("--json", "as_json", is_flag=True)
def list_imports(*, as_json: bool) -> None:
    """List the files that were read."""
    rows = [payments.import_json(each) for each in read_ledger().imports]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        layout = row["layout"]
        waits = "" if row["is_confirmed"] else "  waits for your word on its page"
        what = f"{layout['entries']}, {layout['from']} to {layout['to']}"
        click.echo(f"{row['id'][:8]}  {row['name']}  {what}{waits}")


@spending.command()
@click.argument("import_id", metavar="FILE")
def forget(import_id: str) -> None:
    """Erase what was read from FILE (its id), whole."""
    click.echo(f"{statements.forget(import_id)} is forgotten.")


@spending.command()
@click.option("--json", "as_json", is_flag=True, help="All of it, as the page has it.")
def show(*, as_json: bool) -> None:
    """Say what you pay for: sums, the next charges, and each of them with its id."""
    paid = payments.spending()
    if as_json:
        click.echo(json.dumps(paid, ensure_ascii=False))
        return
    for total in paid["totals"]:
        click.secho(
            f"{total['a_month']} {total['currency']} a month, {total['a_year']} a year",
            bold=True,
        )
    show_findings([(each["id"], each) for each in paid["findings"]])
    if paid["dismissed"]:
        names = ", ".join(f"{e['id']} {e['merchant']}" for e in paid["dismissed"])
        click.echo(f"Put aside: {names}")


@spending.command()
@click.argument("finding")
def confirm(finding: str) -> None:
    """Say that FINDING is right."""
    click.echo(f"{statements.confirm(finding)}: kept.")


@spending.command()
@click.argument("finding")
def dismiss(finding: str) -> None:
    """Say that FINDING is none; it stays away, also when it is read again."""
    click.echo(f"{statements.dismiss(finding)}: put aside.")


@spending.command()
@click.argument("finding")
def restore(finding: str) -> None:
    """Take back what you said of FINDING."""
    click.echo(f"{statements.restore(finding)}: as it was found.")


@spending.command()
@click.argument("finding")
@click.option("--merchant", default="", help="To whom it is paid.")
@click.option("--kind", default="", help="subscription, bill, instalment or other.")
@click.option("--period", default="", help="Such as P1M or P1Y.")
@click.option("--service", default="", help="Its slug in the catalogue.")
def correct(finding: str, **changes: str) -> None:
    """Say what FINDING really is."""
    click.echo(f"{statements.correct(finding, changes)}: kept.")


@spending.command()
@click.argument("finding")
@click.argument("other")
def join(finding: str, other: str) -> None:
    """Say that FINDING and OTHER are one contract."""
    click.echo(f"{statements.join(finding, other)}: joined.")


@spending.command()
@click.argument("finding")
@click.option(
    "--on", "days", multiple=True, required=True, help="A charge, by its day."
)
def split(finding: str, *, days: Sequence[str]) -> None:
    """Say that some charges of FINDING are another contract."""
    click.echo(f"{statements.split(finding, list(days))}: split.")


@spending.command()
def watch() -> None:
    """Look for charges after the ends of your cases; each is recorded in its case."""
    alarms = watch_cases()
    for alarm in alarms:
        _warn(alarm)
    if not alarms:
        click.echo("No charge came after an end.")
