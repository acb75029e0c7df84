"""``rescind completion``: what a shell reads to complete commands and options."""

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command(
    epilog="""\b
Examples:
  eval "$(rescind completion bash)"          # in ~/.bashrc
  eval "$(rescind completion zsh)"           # in ~/.zshrc, after compinit
  rescind completion fish > ~/.config/fish/completions/rescind.fish"""
)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what SHELL (bash, zsh or fish) needs to complete rescind."""
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - the choice names what click has
    click.echo(kind(context.find_root().command, {}, "rescind", _VARIABLE).source())


_VARIABLE = "_RESCIND_COMPLETE"
"""By which the shell asks; click's own name for a program called so."""
