"""``rescind notices``: how the person is told what is due."""

import click

from rescind.app.follow import reminders as wired
from rescind.cli.progress import working


@click.group()
def notices() -> None:
    """Say how you want to be told what is due; nothing is told without it."""


@notices.command(name="set")
@click.option("--email", help="By mail to this address, from your own mailbox.")
@click.option("--desktop", is_flag=True, help="On this machine's screen.")
@click.option(
    "--url", "urls", multiple=True, help="An address that Apprise knows; repeatable."
)
@click.option("--details", is_flag=True, help="A notice may name the company.")
@click.option("--page", help="Where your web app is, for a link in the notice.")
def set_notices(**options: object) -> None:
    """Keep how you want to be told; what is left out is no longer used."""
    changed = dict(options) | {"urls": list(options["urls"])}  # type: ignore[call-overload]  # click gives a tuple
    preferences = wired.change_settings(changed)
    click.echo(f"told by: {', '.join(preferences.ways) or 'nothing'}")


@notices.command()
def show() -> None:
    """Show how you are told; never an address's secrets."""
    preferences = wired.settings()
    click.echo(f"told by: {', '.join(preferences.ways) or 'nothing'}")
    click.echo(f"names the company: {'yes' if preferences.details else 'no'}")


@notices.command()
def test() -> None:
    """Tell something by every way, now."""
    working("Telling")
    for line in wired.test():
        click.echo(line)
