"""``rescind proof`` and ``rescind key``: who is asked for proof, and what seals."""

import json
from pathlib import Path

import click

from rescind.adapters.public.proof import ProofOverviewJson, ProofSettingsJson
from rescind.adapters.settings.proof import providers
from rescind.app.prove import keys
from rescind.app.prove import proof as wired
from rescind.app.setup import setup
from rescind.cli.lines import put
from rescind.cli.progress import working
from rescind.cli.questions import agree
from rescind.core.errors import BadInput

WAITING = 1


@click.group()
def proof() -> None:
    """Say whom to ask for proof: timestamps, anchors, keys of senders.

    Without a setting nobody is asked for anything. What cannot be had now is tried
    again later; a case never waits for it.
    """


@proof.command(name="set")
@click.option(
    "--stamp-by",
    multiple=True,
    metavar="NAME|URL",
    help="A timestamp authority, asked in this order. See: rescind proof authorities.",
)
@click.option("--stamps", type=int, help="How many of them have to stamp.")
@click.option(
    "--root",
    "roots",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    help="The root that an authority given by its address chains to (PEM or DER).",
)
@click.option(
    "--anchor-by", multiple=True, metavar="NAME|URL", help="A timestamp calendar."
)
@click.option(
    "--dns",
    help="system, or HOST:PORT: look up the keys that senders of mail publish.",
)
@click.option("--clear", is_flag=True, help="Ask nobody from now on.")
def set_proof(
    stamp_by: tuple[str, ...],
    stamps: int | None,
    roots: tuple[str, ...],
    anchor_by: tuple[str, ...],
    dns: str | None,
    *,
    clear: bool,
) -> None:
    """Keep whom to ask; what is left out stays as it was."""
    changes: dict[str, object] = {
        "stamp_by": list(stamp_by),
        "stamps": stamps,
        "roots": [str(Path(name).absolute()) for name in roots],
        "anchor_by": list(anchor_by),
        "dns": dns,
    }
    options = {name: value for name, value in changes.items() if value}
    _show(wired.change_settings(dict.fromkeys(changes) if clear else options))


@proof.command(name="show")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_proof(*, as_json: bool) -> None:
    """Show whom you ask for proof, and what waits."""
    working("Opening the case book")
    setup()
    overview = wired.overview()
    if as_json:
        click.echo(json.dumps(overview, ensure_ascii=False, indent=2))
        return
    _show(overview)
    for row in overview["waiting"]:
        click.echo(f"waits: {row['case'][:8]}  {', '.join(row['waiting'])}")
        if row["said"]:
            put(f"       {row['said']}; next try {row['next_try_at']}", hanging=" " * 7)


def _show(settings: ProofSettingsJson | ProofOverviewJson) -> None:
    stamp_by = ", ".join(settings["stamp_by"]) or "nobody"
    click.echo(f"timestamps: {stamp_by} ({settings['stamps']} needed)")
    click.echo(f"anchors: {', '.join(settings['anchor_by']) or 'nobody'}")
    click.echo(f"keys of senders: {settings['dns'] or 'not looked up'}")


@proof.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def authorities(*, as_json: bool) -> None:
    """List authorities and timestamp calendars on file, with the source of each."""
    entry = providers()
    if as_json:
        click.echo(json.dumps(entry, ensure_ascii=False, indent=2))
        return
    for row in [*entry["authorities"], *entry["calendars"]]:
        tried = "" if row["tried"] else "  [not tried]"
        click.echo(f"{row['name']:<18}{row['url']}{tried}")
        if row.get("note"):
            put(f"{'':<18}{row['note']}", hanging=" " * 18)
        source = row["source"]
        put(f"{'':<18}from {source['title']}, {source['locator']}", hanging=" " * 18)


@proof.command()
@click.pass_context
def retry(context: click.Context) -> None:
    """Try now to prove all that waits. Exits with 1 if something still does."""
    working("Opening the case book")
    setup()
    left = wired.settle_all(is_urgent=True)
    click.echo("nothing waits" if not left else f"something waits in {left} cases")
    if left:
        context.exit(WAITING)


@click.group()
def key() -> None:
    """Look at the key that seals packs, change it, or bring your own."""


@key.command(name="show")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_key(*, as_json: bool) -> None:
    """Show the certificate of the key that seals."""
    key = keys.current_key()
    if as_json:
        click.echo(json.dumps(key, indent=2))
        return
    click.echo(f"{key['holder']}, valid to {key['valid_to'][:10]}")
    click.echo(f"SHA-256 {key['fingerprint']}")
    if key["self_made"]:
        click.echo("Made by this program: it shows integrity, not who you are.")
    click.echo(key["certificate"], nl=False)


@key.command()
@click.option("--yes", is_flag=True, help="Without asking.")
def rotate(*, yes: bool) -> None:
    """Retire the key of this installation and make a new one.

    The old one is kept beside it: packs that it sealed are checked by its certificate.
    """
    otherwise = "No key was made; the one that seals is as it was."
    agree("Make a new key?", otherwise=otherwise, is_given=yes)
    keys.rotate_key()
    click.echo(f"new key: SHA-256 {keys.current_key()['fingerprint']}")


@key.command()
@click.argument("p12", required=False, type=click.Path(exists=True, dir_okay=False))
@click.option("--module", type=click.Path(exists=True), help="A PKCS#11 library.")
@click.option("--label", help="With --module: the label of key and certificate.")
@click.option("--token", help="With --module: the token's label.")
@click.option("--own", is_flag=True, help="Go back to the installation's own key.")
def use(
    p12: str | None,
    module: str | None,
    label: str | None,
    token: str | None,
    *,
    own: bool,
) -> None:
    """Seal with your own key: a file P12 (PKCS#12), or a token (PKCS#11).

    The passphrase comes from RESCIND_KEY_PASSPHRASE, a token's PIN from
    RESCIND_KEY_PIN. If its certificate speaks for your e-mail address, mail that you
    send is signed with it too (S/MIME).
    """
    if (p12 is None) == (module is None) and not own:
        raise BadInput("key", "name a file or a token", ["KEY.p12", "--module LIB"])
    keys.use_key({"p12": p12, "module": module, "label": label, "token": token})
    click.echo(f"seals: {keys.current_key()['holder']}")
