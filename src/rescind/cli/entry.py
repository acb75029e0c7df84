"""The program's first step: the help page at once, anything else through click.

Reading the help must not wait for a library that parses arguments nobody gave.
"""

import os
import sys

from rescind.cli.commands import help_page


def main() -> None:
    """Show the help page, or hand the arguments to the command line."""
    is_completing = "_RESCIND_COMPLETE" in os.environ
    if sys.argv[1:] in ([], ["-h"], ["--help"]) and not is_completing:
        sys.stdout.write(help_page())
        return
    from rescind.cli.main import main as run  # noqa: PLC0415 - 0.03 s, click

    run()
