"""``rescind forget``: what is kept, erased."""

import click

from rescind.app.follow import cases
from rescind.app.setup import setup
from rescind.cli.progress import working
from rescind.cli.questions import agree
from rescind.store import selectors


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
