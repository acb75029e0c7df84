"""The program's first step: the help page at once, anything else through click.

Reading the help must not wait for a library that parses arguments nobody gave.
"""

import gc
import os
import sys

from rescind.cli.commands import help_page

LET_GROW_TO = 100_000
"""New objects between two looks of the garbage collector: with its own 700 it looks
through all that a start imports again and again, for 0.05 of 0.8 s."""


def main() -> None:
    """Show the help page, or hand the arguments to the command line."""
    gc.set_threshold(LET_GROW_TO)
    is_completing = "_RESCIND_COMPLETE" in os.environ
    if sys.argv[1:] in ([], ["-h"], ["--help"]) and not is_completing:
        sys.stdout.write(help_page())
        return
    from rescind.cli.main import main as run  # noqa: PLC0415 - 0.03 s, click

    run()
