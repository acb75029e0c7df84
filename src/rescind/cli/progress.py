"""Progress: a line for whoever watches, and nothing in a pipe."""

import sys

import click


def working(what: str) -> None:
    """Say what takes a moment, on stderr and only on a terminal."""
    if sys.stderr.isatty():
        click.secho(f"{what} …", dim=True, err=True)
