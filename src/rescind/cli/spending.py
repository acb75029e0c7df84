"""``rescind spending``: statements that are kept, and what the person says of them."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from rescind.app.find import by_hand, statements
from rescind.app.find import receipts as read_receipts
from rescind.app.find import spending as payments
from rescind.app.find.categories import CATEGORIES, OTHER
from rescind.app.find.finding import files_in, refuse_unread
from rescind.app.find.watch import CaseAlarm, watch_cases
from rescind.app.setup import setup
from rescind.cli.find import show_findings
from rescind.cli.lines import put, put_aside, put_table
from rescind.cli.reading import column_option, given_columns, unsure
from rescind.core.errors import BadInput
from rescind.labels import day_in_words, period_name
from rescind.store.statements import Import, read_ledger


@click.group()
def spending() -> None:
    """Keep statements, and say what you pay for by all of them together."""
    setup()


@spending.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@column_option
@click.option("--as-read", is_flag=True, help="Count what is not sure as it was taken.")
def add(files: tuple[str, ...], *, columns: tuple[str, ...], as_read: bool) -> None:
    """Read FILE… and keep the entries; cases that should have ended are checked.

    Of a folder, every file is read. What cannot be read is named at the end, all of
    it, and the rest is kept. A file of which something is not sure counts for nothing
    until you say that it is right: on its page, or by `rescind spending take`.
    """
    names, errors = files_in(files), []
    for path in map(Path, names):
        try:
            content = statements.read_bytes(path)
            given = given_columns(columns)
            statement = statements.keep(
                path.name, content, given, is_taken_as_read=as_read
            )
        except BadInput as error:
            errors.append(error)
            continue
        click.echo(
            f"{statement.id[:8]}  {path.name}: {statement.layout['entries']} entries"
        )
        if not statement.is_confirmed:
            _ask_for_word(statement)
    for alarm in watch_cases():
        _warn(alarm)
    refuse_unread(errors, len(names))


def _ask_for_word(statement: Import) -> None:
    """Say what is not sure of a file that is kept, and that it waits."""
    for asked in statement.layout.get("asks", ()):
        put(f"    {unsure(asked)}", hanging=" " * 6)
    put(f"    It counts once you say so: rescind spending take {statement.id[:8]}")


@spending.command()
@click.argument("import_id", metavar="FILE")
@column_option
def take(import_id: str, *, columns: tuple[str, ...]) -> None:
    """Say that FILE (its id) is right as it was read, or as --column says."""
    name = statements.confirm_import(import_id, given_columns(columns))
    click.echo(f"{name} is read.")
    for alarm in watch_cases():
        _warn(alarm)


@spending.command()
@click.argument("mail", nargs=-1, metavar="MAIL…")
@click.option("--inbox", is_flag=True, help="In the inbox that you set up.")
def receipts(mail: tuple[str, ...], *, inbox: bool) -> None:
    """Read receipts, trials and renewals in MAIL…: .eml, mbox, Maildir or a folder.

    They name what Apple, Google and PayPal hide, and tell the days that come.
    """
    if not mail and not inbox:
        raise BadInput("mail", "name files or folders of mail", ["--inbox"])
    batch = (
        read_receipts.keep_inbox()
        if inbox
        else read_receipts.keep_mail(mail, put_aside)
    )
    click.echo(f"{batch.id[:8]}  {batch.layout['entries']} receipts and notices")
    every = read_receipts.receipts_in(read_ledger())
    for each in read_receipts.announced(every):
        click.echo(f"{each['comes_on']}  {each['item']}: {each['kind']}")


def _warn(each: CaseAlarm) -> None:
    if not each.alarm.is_sure:
        put(
            f"{each.payee} took {each.amount} on {each.alarm.on}. If that was "
            f"{each.case.service_name}, which should have ended: "
            f"rescind case charged {each.case.id} --on {each.alarm.on}"
        )
        return
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
    if not rows:
        return
    table = [
        (
            row["id"][:8],
            str(row["layout"]["entries"]),
            day_in_words(row["layout"]["from"]),
            day_in_words(row["layout"]["to"]),
            row["name"] + ("" if row["is_confirmed"] else ", waits for your word"),
        )
        for row in rows
    ]
    put_table(("File", "Entries", "From", "To", "Name"), table)


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
    for own in paid["by_hand"]:
        cost = f"{own['amount']['amount']} {own['amount']['currency']}"
        every = period_name(own["period"])
        click.echo(f"{own['id']}  {own['merchant']}: {cost} {every}, written down")
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
@click.argument("category", type=click.Choice(CATEGORIES))
def sort(finding: str, category: str) -> None:
    """Say to which CATEGORY a FINDING belongs."""
    click.echo(f"{statements.sort(finding, category)}: kept.")


@spending.command()
@click.argument("name")
@click.option("--price", required=True, help="What it costs, such as '9.99 EUR'.")
@click.option("--period", default="P1M", help="How often, such as '3 months'.")
@click.option("--next", "renews_at", default="", help="The day of the next charge.")
@click.option("--category", type=click.Choice(CATEGORIES), default=OTHER)
@click.option("--id", "key", default="", help="Of what it is put in place of.")
def write(name: str, *, key: str, **typed: str) -> None:
    """Write NAME down: what no statement shows, and is paid for all the same."""
    click.echo(f"{by_hand.keep({'merchant': name, **typed}, key).name}: kept.")


@spending.command()
@click.argument("key", metavar="ID")
def strike(key: str) -> None:
    """Take away what was written down."""
    click.echo(f"{by_hand.forget(key)} is taken off.")


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
