"""The ``rescind`` command: a lazy group, so that help and checks start fast."""

import json
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from rescind import __version__
from rescind.core.errors import BadInput, DataError, OutsideError

BAD_INPUT = 2
FAILED = 1

COMMANDS = {
    "check": ("rescind.cli.check", "check", "Say what can be done, by when, and why."),
    "plan": ("rescind.cli.plan", "plan", "List the actions in order, with dates."),
    "letter": ("rescind.cli.letter", "letter", "Write the letter: PDF, text, e-mail."),
    "case": ("rescind.cli.case", "case", "Keep cases: new, send, confirm, list, show."),
    "catalogue": (
        "rescind.cli.catalogue",
        "catalogue",
        "Look into the catalogue: search, show, validate.",
    ),
    "demo": ("rescind.cli.demo", "demo", "Play a whole case with a practice merchant."),
    "serve": ("rescind.cli.serve", "serve", "Open the web app on this machine."),
    "backup": ("rescind.cli.keep", "backup", "Copy everything kept to one file."),
    "forget": ("rescind.cli.keep", "forget", "Erase one case for good."),
    "mailbox": ("rescind.cli.mailbox", "mailbox", "Set up the mailbox to send from."),
}


class LazyGroup(click.Group):
    """A group that imports a command only when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, name, _ = COMMANDS[cmd_name]
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101 - the table names commands
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands from the table, without importing them."""
        rows = [(name, summary) for name, (_, _, summary) in COMMANDS.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


EPILOG = """\b
Start here:
  rescind serve                      the web app, with a practice merchant
  rescind check coursera             what must be known, and what follows
  rescind catalogue show coursera    how each kind of purchase is ended

Rescind gives information, not legal advice.
Nothing leaves this machine unless you send it."""


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"max_content_width": 88})
@click.version_option(__version__, prog_name="rescind")
def cli() -> None:
    """End a subscription, and be able to prove it.

    From the purchase to the rights, the days, the letter, and the record of it all.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 answered, 2 bad input, 3 a fact is missing."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in words
    try:
        code = cli.main(words, prog_name="rescind", standalone_mode=False)
    except BadInput as error:
        _refuse(error, as_json=as_json)
    except click.UsageError as error:
        _refuse(_from_click(error), as_json=as_json, usage=error.ctx)
    except click.Abort:
        click.echo("Stopped; nothing was sent.", err=True)
        sys.exit(FAILED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (DataError, OutsideError) as error:
        click.echo(str(error), err=True)
        sys.exit(FAILED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FAILED)
    sys.exit(code if isinstance(code, int) else 0)


def _from_click(error: click.UsageError) -> BadInput:
    """Return a usage error with the field it is about and the nearest values."""
    parameter = getattr(error, "param", None)
    option = getattr(error, "option_name", None)
    near = getattr(error, "possibilities", None) or ()
    if parameter is not None:
        field = parameter.name or "argument"
        if isinstance(parameter.type, click.Choice):
            near = parameter.type.choices
    else:
        field = (option or "command").lstrip("-").replace("-", "_")
    if isinstance(error, click.exceptions.UsageError) and "command" in error.message:
        near = near or tuple(COMMANDS)
    return BadInput(field, error.message.strip(), [str(name) for name in near])


def _refuse(
    error: BadInput, *, as_json: bool, usage: click.Context | None = None
) -> NoReturn:
    click.echo(f"{error.field}: {error.message}", err=True)
    if error.suggestions:
        click.echo(f"  nearest: {', '.join(error.suggestions)}", err=True)
    if usage is not None and not as_json:
        click.echo(f"  {usage.command_path} --help tells more.", err=True)
    if as_json:
        shown = {
            "field": error.field,
            "message": error.message,
            "suggestions": list(error.suggestions),
        }
        click.echo(json.dumps({"error": shown}, ensure_ascii=False))
    sys.exit(BAD_INPUT)


if __name__ == "__main__":
    main()
