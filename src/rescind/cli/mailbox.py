"""``rescind mailbox``: the mailbox that letters are sent from."""

import click

from rescind.adapters import clock
from rescind.adapters.settings.limits import write_limits
from rescind.adapters.settings.smtp import MAILBOX, keep_password
from rescind.app.follow import cases
from rescind.app.follow.sync import change_settings, plan
from rescind.app.setup import setup
from rescind.cli.progress import working
from rescind.core.errors import BadInput
from rescind.settings import data_folder, private_folder


@click.group()
def mailbox() -> None:
    """Set up the mailbox to send from; the password never goes into a file."""


@mailbox.command(name="set")
@click.option("--host", required=True, help="The mail server, such as smtp.host.org.")
@click.option("--port", help="587 with starttls, 465 with tls.")
@click.option("--user", required=True, help="The account's name.")
@click.option("--sender", help="Your address, if it is not the user name.")
@click.option(
    "--security", default="starttls", show_default=True, help="starttls or tls."
)
@click.option("--ca-file", type=click.Path(exists=True), help="A private authority.")
@click.option("--plus", help="Answers go to this address, a tag behind a plus.")
@click.option("--oauth", help="google, microsoft, or where tokens are exchanged.")
@click.option("--client-id", help="With --oauth: the program that you registered.")
def set_mailbox(**options: str | None) -> None:
    """Keep where and as whom to send."""
    working("Opening the case book")
    setup()

    account = MAILBOX.write(data_folder(), options)
    click.echo(f"letters go out through {account.host}:{account.port}")


@mailbox.command()
@click.option("--host", help="The IMAP server, such as imap.host.org.")
@click.option("--port", help="993 with tls, 143 with starttls.")
@click.option("--user", help="The account's name.")
@click.option("--security", default="tls", show_default=True, help="tls or starttls.")
@click.option("--folder", "folders", multiple=True, help="INBOX, if left out.")
@click.option("--ca-file", type=click.Path(exists=True), help="A private authority.")
@click.option("--path", type=click.Path(), help="A Maildir, an mbox or a folder.")
@click.option("--oauth", help="google, microsoft, or where tokens are exchanged.")
@click.option("--client-id", help="With --oauth: the program that you registered.")
def inbox(**options: object) -> None:
    """Keep where answers come in; rescind case sync looks there.

    The password comes from RESCIND_IMAP_PASSWORD or the system keyring.
    """
    changed = dict(options) | {"folders": list(options["folders"])}  # type: ignore[call-overload]  # click gives a tuple
    change_settings(changed)
    setup()
    plan(clock.now())
    click.echo(f"answers are looked for in {options['path'] or options['host']}")


@mailbox.command()
@click.option("--per-hour", help="Letters an hour by one account, or none.")
@click.option("--per-day", help="Letters a day by one account, or none.")
@click.option("--per-domain-hour", help="Letters an hour to one domain, or none.")
@click.option("--quiet", help="Hours without letters and notices: 22:00-07:00, none.")
@click.option("--zone", help="The time zone of those hours, such as Europe/Berlin.")
def limits(**options: str | None) -> None:
    """Show or change how much is sent, and when nothing is.

    Quiet hours hold what the worker sends; what you send yourself goes at once.
    """
    for name, value in write_limits(private_folder(), options).items():
        click.echo(f"{name.replace('_', ' ')}: {value}")


@mailbox.command()
@click.password_option(help="Asked for if not given; kept in the system keyring.")
def password(password: str) -> None:
    """Put the password into the system keyring."""
    account = cases.smtp_account()
    if account is None:
        raise BadInput("mailbox", "no mailbox is set up", ["rescind mailbox set"])
    keep_password(account, password)
    click.echo("kept in the system keyring")


@mailbox.command()
def show() -> None:
    """Show the settings; never the password."""
    account = cases.smtp_account()
    if account is None:
        click.echo("No mailbox is set up.")
        return
    click.echo(f"{account.sender} as {account.user} at {account.host}:{account.port}")
    click.echo(f"security: {account.security}")
