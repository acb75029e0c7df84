"""``rescind backup`` and ``restore``: all that is kept in one file, and back."""

import json
import os
import sys
from pathlib import Path

import click

from rescind.adapters import clock
from rescind.adapters.public.backup import (
    BackupJson,
    DoubtfulJson,
    RestoredJson,
    backup_json,
    doubtful_json,
    examination_json,
    said,
)
from rescind.app.keep import backup as backups
from rescind.app.keep import restore as restores
from rescind.app.keep.restore import Restored, RestoreWishes
from rescind.app.setup import setup
from rescind.cli.lines import moment_in_words, put
from rescind.cli.progress import working
from rescind.cli.questions import agree
from rescind.core.model.backup import Backup, Examination
from rescind.labels import say
from rescind.store import selectors

FAILED = 1
MOST_SHOWN = 20
"""Letters in doubt that are listed; ``--json`` has them all."""


@click.command()
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@click.option("--without-keys", is_flag=True, help="Leave the key that seals out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def backup(file: str, *, force: bool, without_keys: bool, as_json: bool) -> None:
    """Copy all that is kept (cases, letters, answers, settings, keys) to FILE.

    It can be made while the web app and the worker run. Keys go into it under a
    passphrase: you are asked for one, or it comes from RESCIND_BACKUP_PASSPHRASE.
    Everything else can be read by whoever has FILE.
    """
    working("Opening the case book")
    setup()
    needs = backups.has_secrets() and not without_keys
    passphrase = _passphrase(is_new=True) if needs else None
    working("Copying")
    made = backups.make_backup(
        Path(file), passphrase=passphrase, replace=force, with_keys=not without_keys
    )
    row = backup_json(made.backup)
    if as_json:
        whole = {"file": file, "digest": made.digest, **row}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    put(f"copied {_contents(row)} to {file} ({_size(Path(file).stat().st_size)})")
    click.echo("read again: every digest holds")
    _show_lacks(row)
    put(f"To look at it: rescind restore {file} --check")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--check", is_flag=True, help="Look at FILE only; restore nothing.")
@click.option("--yes", is_flag=True, help="Restore without asking.")
@click.option(
    "--nothing-sent-since",
    is_flag=True,
    help="You are sure that no letter was ordered after the backup.",
)
@click.option("--without-keys", is_flag=True, help="Keep the keys that are here.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def restore(
    context: click.Context,
    /,
    file: str,
    *,
    check: bool,
    yes: bool,
    nothing_sent_since: bool,
    without_keys: bool,
    as_json: bool,
) -> None:
    """Put the backup FILE in the place of what is kept, which goes aside.

    A letter that may have gone out after the backup is in doubt afterwards: nothing is
    sent before you looked and said whether it was.
    """
    working("Looking at the backup")
    looked = restores.examine(Path(file))
    if check:
        _show_examination(looked, as_json=as_json)
        context.exit(FAILED if looked.faults else 0)
    if not looked.faults and looked.backup:
        _ask(looked.backup, is_given=yes)
    needs = looked.backup is not None and restores.holds_secrets(looked.backup)
    passphrase = _passphrase(is_new=False) if needs and not without_keys else None
    wishes = RestoreWishes(
        passphrase=passphrase,
        with_keys=not without_keys,
        nothing_since=nothing_sent_since,
    )
    working("Restoring")
    restored = restores.restore(Path(file), wishes)
    row = _restored_json(restored)
    if as_json:
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
    else:
        _show_restored(row)


def _ask(made: Backup, *, is_given: bool) -> None:
    """Ask before anything goes aside; where nothing is there, there is no question."""
    at = _at(made.made_at.isoformat())
    agree(
        f"Put the backup of {at} in the place of what is kept?",
        otherwise="Nothing was restored, and nothing changed.",
        is_given=is_given or not restores.is_anything_there(),
    )


def _passphrase(*, is_new: bool) -> str | None:
    """Return the passphrase of the keys in a backup; ``None`` where none can be had."""
    given = os.environ.get(backups.VARIABLE)
    if given or not sys.stdin.isatty():
        return given
    question = "Passphrase for the keys in the backup"
    asked: str = click.prompt(
        question, hide_input=True, confirmation_prompt=is_new, err=True
    )
    return asked


def _show_examination(looked: Examination, *, as_json: bool) -> None:
    row = examination_json(looked)
    if as_json:
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
        return
    if made := row["backup"]:
        put(f"a backup of {_contents(made)}, made on {_at(made['made_at'])}")
    for fault in row["faults"]:
        put(f"! {fault}")
    if made:
        _show_lacks(made)
    click.echo("It does not hold." if row["faults"] else "It holds: every digest fits.")


def _contents(row: BackupJson) -> str:
    events, files = row["events"], row["files"]
    keys = ", with keys" if row["has_keys"] else ""
    return f"{_of(row['cases'], 'case')} ({events} events, {files} files){keys}"


def _of(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _size(count: int) -> str:
    return f"{max(count, 1000) / 1_000_000:,.2f} MB"


def _show_lacks(row: BackupJson) -> None:
    if row["lacks"]:
        click.echo("Not in it:")
    for each in row["lacks"]:
        put(f"  {each}", hanging="    ")


def _at(moment: str) -> str:
    return moment_in_words(moment, [clock.local_zone()])


def _restored_json(restored: Restored) -> RestoredJson:
    today = clock.now().date()
    return {
        "backup": backup_json(restored.backup),
        "aside": str(restored.aside) if restored.aside else None,
        "aside_schema": restored.aside_schema,
        "doubtful": [
            doubtful_json(
                case, say(selectors.standing_of(case.events, today).next_step)
            )
            for case in restored.doubtful
        ],
        "notes": said((*restored.notes, *restored.backup.lacks)),
    }


def _show_restored(row: RestoredJson) -> None:
    made = row["backup"]
    put(f"restored {_contents(made)}, as of {_at(made['made_at'])}")
    if row["aside"]:
        put(f"What was there before is in {row['aside']}")
    if row["aside_schema"]:
        put(f"The tables from before are in the schema {row['aside_schema']}")
    if row["notes"]:
        click.echo("To bring or set again:")
    for note in row["notes"]:
        put(f"  {note}", hanging="    ")
    if not row["doubtful"]:
        put("No letter is in doubt.")
        return
    count = _of(len(row["doubtful"]), "letter")
    click.echo()
    put(f"{count} may have gone out after the backup.", bold=True)
    put("Look into the sent folder of your mail, then say for each:")
    for each in row["doubtful"][:MOST_SHOWN]:
        _show_doubtful(each)
    if (more := len(row["doubtful"]) - MOST_SHOWN) > 0:
        put(f"and {more} more: rescind case list")
    click.echo()
    put("Sure that nothing was ordered after the backup? Restore it again with")
    put("--nothing-sent-since: drafts are drafts then, and orders stay in doubt.")


def _show_doubtful(row: DoubtfulJson) -> None:
    to = f", to {row['to']}" if row["to"] else ""
    put(f"{row['case'][:8]}  {row['service_name']}: {row['subject']}{to}", hanging="  ")
    click.echo(f"  it went out: {row['if_sent']}")
    click.echo(f"  it did not:  {row['if_not']}")
