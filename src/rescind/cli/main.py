"""The ``rescind`` command: a lazy group, so that help and checks start fast."""

import json
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import NoReturn

import click
from click.shell_completion import CompletionItem

from rescind import __version__
from rescind.adapters.input.details import DETAILS
from rescind.adapters.public.error import error_json
from rescind.cli.commands import COMMANDS, WITH_STORE, help_page
from rescind.core.errors import BadInput, DataError, OutsideError
from rescind.core.facts import FACTS
from rescind.extras import import_part
from rescind.labels import typed

BAD_INPUT = 2
FAILED = 1


class LazyGroup(click.Group):
    """A group that imports a command only when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's shape
        """Return the names in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, name, _ = COMMANDS[cmd_name]
        if cmd_name in WITH_STORE:
            from rescind.app.setup import configure  # noqa: PLC0415 - 0.09 s, Django

            configure()
        command = getattr(import_part(module), name)
        assert isinstance(command, click.Command)  # noqa: S101 - the table names commands
        return command

    def get_help(self, ctx: click.Context) -> str:  # noqa: ARG002 - click's shape
        """Return the same page as the program's first step shows."""
        return help_page()

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[CompletionItem]:
        """Return the commands that begin so, without importing one of them."""
        commands = [
            CompletionItem(name, help=summary)
            for name, (_, _, summary) in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return commands or click.Command.shell_complete(self, ctx, incomplete)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rescind")
def cli() -> None:
    """End a subscription, and be able to prove it."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 answered, 2 bad input, 3 a fact is missing."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in words
    try:
        # NO_COLOR (https://no-color.org): set to anything but nothing, no colour
        colour = False if os.environ.get("NO_COLOR") else None
        code = cli.main(words, prog_name="rescind", standalone_mode=False, color=colour)
    except BadInput as error:
        _refuse(error, words, as_json=as_json)
    except click.UsageError as error:
        _refuse(_from_click(error), words, as_json=as_json, usage=error.ctx)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(FAILED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FAILED)
    except Exception as error:
        fault = _fault(error)
        if fault is None:
            raise
        click.echo(fault, err=True)
        sys.exit(FAILED)
    sys.exit(code if isinstance(code, int) else 0)


def _fault(error: Exception) -> str | None:
    """Return what failed outside of the program; ``None`` for a fault of ours."""
    if isinstance(error, OutsideError):
        return _with_commands(error)
    if isinstance(error, DataError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'}: {error.strerror}"
    if "django.db" not in sys.modules:
        return None
    from django.db import Error  # noqa: PLC0415 - 0.09 s, Django

    from rescind.store.faults import outside_error  # noqa: PLC0415 - 0.09 s, Django

    if isinstance(error, Error):
        outside = outside_error(error)
    elif "rescind.store.models" in sys.modules:
        from rescind.store.integrity import (  # noqa: PLC0415 - 0.1 s, Django
            damage_behind,
        )

        outside = damage_behind(error)
    else:
        outside = None
    return None if outside is None else _with_commands(outside)


def _with_commands(error: OutsideError) -> str:
    return "\n".join([str(error), *(f"  try: {each}" for each in error.commands)])


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
        near = _nearest_commands(error)
    message = error.message.strip() or "nothing was given"
    if isinstance(error, click.MissingParameter) and isinstance(
        parameter, click.Option
    ):
        message = f"it is needed: {parameter.help}"
    return BadInput(field, message, [str(name) for name in near])


def _nearest_commands(error: click.UsageError) -> list[str]:
    """Return the commands, three at most, that an unknown one was perhaps meant as."""
    word = error.message.rpartition("command ")[2].strip("'.")
    group = error.ctx.command if error.ctx else cli
    names = list(COMMANDS)
    if isinstance(group, click.Group) and error.ctx and group is not cli:
        names = group.list_commands(error.ctx)
    return get_close_matches(word, names, n=3)


def _is_of(option: click.Option, field: str) -> bool:
    """Return whether an option is that of a field, by its name or by its flag."""
    return option.name == field or f"--{field.replace('_', '-')}" in option.opts


_ARGUMENTS = {"upload": "file"}
"""Fields that pages have and a command takes by another name, as an argument."""


def _as_flag(field: str, words: Sequence[str]) -> str:
    """Return a field as the command line that was typed calls it.

    What is wrong in a file is called as the file calls it.
    """
    command: click.Command | None = cli
    for word in words:
        if not isinstance(command, click.Group):
            break
        try:
            command = command.get_command(click.Context(command), word) or command
        except BadInput:
            # a setting kept the command from loading: it has no flag of that name
            return field
    params = command.params if isinstance(command, click.Command) else []
    options = [
        parameter
        for parameter in params
        if isinstance(parameter, click.Option) and _is_of(parameter, field)
    ]
    if not options and field not in FACTS:
        arguments = [p for p in params if p.name == _ARGUMENTS.get(field)]
        if arguments:
            return arguments[0].make_metavar(click.Context(cli))
        takes = {flag for each in params for flag in each.opts}
        is_detail = field in DETAILS and "--detail" in takes
        return f"--detail {field}=…" if is_detail else field
    flags = [flag for option in options for flag in option.opts]
    given = [flag for flag in flags if any(w.split("=")[0] == flag for w in words)]
    in_file = "--facts" in words and field in FACTS and not given
    return field if in_file or not flags else (given or flags)[-1]


def _refuse(
    error: BadInput,
    words: Sequence[str],
    *,
    as_json: bool,
    usage: click.Context | None = None,
) -> NoReturn:
    shown = error_json(error)
    click.echo(f"{_as_flag(error.field, words)}: {shown['message']}", err=True)
    if error.suggestions:
        near = dict.fromkeys(map(typed, error.suggestions))
        click.echo(f"  nearest: {', '.join(near)}", err=True)
    if usage is not None and not as_json:
        click.echo(f"  {usage.command_path} --help tells more.", err=True)
    if as_json:
        click.echo(json.dumps({"error": shown}, ensure_ascii=False))
    sys.exit(BAD_INPUT)


if __name__ == "__main__":
    main()
