"""``rescind read``: what messages are, for their reader or for another program."""

import json
import sys

import click

from rescind.app.follow.reading import read_all
from rescind.cli.lines import put
from rescind.labels import label

COLOURS = {"confirmed": "green", "refused": "red", "refund_refused": "red"}


@click.command(
    epilog="""\b
Examples:
  rescind read answer.eml
  rescind read inbox.mbox --json
  rescind read - --json < rows.jsonl    # id, date, from, subject, body"""
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def read(files: tuple[str, ...], *, as_json: bool) -> None:
    """Say what each message in FILE… is: a receipt, a yes, an offer, a bounce.

    FILE is a mail (.eml), an mbox, a folder, or - for rows of JSON on the input.
    Nothing is sent anywhere, and no case is closed by it.
    """
    for row in read_all(files, sys.stdin):
        if as_json:
            click.echo(json.dumps(row, ensure_ascii=False))
            continue
        what = label(row["label"], "message")
        styled = click.style(what, fg=COLOURS.get(row["label"]), bold=True)
        sure = "a person should read it" if row["needs_person"] else "sure"
        tenths = min(9, int(row["sureness"] * 10))
        often = f"right some {tenths} times in 10" if tenths else "nobody could tell"
        click.echo(f"{row['id']}  {styled}  ({sure}: {often})")
        if row["effective_on"]:
            click.echo(f"    takes effect: {label(row['effective_on'], 'effect')}")
        if row["refund"]:
            refund = row["refund"]
            click.echo(f"    money back: {refund['amount']} {refund['currency']}")
        for report in row["recipients"]:
            click.echo(
                f"    {report['address']}: {report['action']} {report['status']}"
            )
        for line in row["because"]:
            put(f"    because: {line}")
