"""Questions that a yes has to come before, and what a no leaves undone."""

import click

FAILED = 1


def agree(question: str, *, otherwise: str, is_given: bool) -> None:
    """Ask, unless the yes is given; end with 1 after a no, saying what is not done."""
    if is_given:
        return
    try:
        is_agreed = click.confirm(question, err=True)
    except click.Abort:  # no terminal, or Ctrl-C: nobody said yes
        click.echo(err=True)
        is_agreed = False
    if not is_agreed:
        click.echo(otherwise, err=True)
        raise click.exceptions.Exit(FAILED)
