"""``rescind backup`` and ``rescind forget``: what is kept, copied or erased."""

from pathlib import Path

import click

from rescind.app.follow import cases
from rescind.app.setup import setup
from rescind.cli.progress import working
from rescind.cli.questions import agree
from rescind.settings import data_folder
from rescind.store import selectors, services


@click.command()
@click.argument("target", type=click.Path(dir_okay=False))
def backup(target: str) -> None:
    """Copy everything kept (cases, letters, answers) to the file TARGET.

    To restore: put the file into the data folder as rescind.sqlite3.
    """
    working("Opening the case book")
    setup()
    services.backup(Path(target))
    click.echo(f"copied {data_folder() / 'rescind.sqlite3'} to {target}")


@click.command()
@click.argument("case_id", metavar="CASE")
@click.option("--yes", is_flag=True, help="Erase without asking.")
def forget(case_id: str, *, yes: bool) -> None:
    """Erase CASE and every byte kept for it, for good.

    Copies made before, by backup or export, are not touched.
    """
    working("Opening the case book")
    setup()
    name = str(selectors.find_to_forget(case_id).pk)
    question = f"Erase case {name} for good?"
    otherwise = "Nothing was erased; the case is as it was."
    agree(question, otherwise=otherwise, is_given=yes)
    click.echo(f"erased {cases.forget(name)}")
