"""The program's first step: the help page at once, anything else through click.

Reading the help must not wait for a library that parses arguments nobody gave.
"""

import sys

from rescind.cli.commands import help_page


def main() -> None:
    """Show the help page, or hand the arguments to the command line."""
    if sys.argv[1:] in ([], ["--help"]):
        sys.stdout.write(help_page())
        return
    from rescind.cli.main import main as run  # noqa: PLC0415 - 0.03 s, click

    run()
