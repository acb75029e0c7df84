"""``rescind verify`` and ``renew``: packs checked with nothing else, and kept fresh."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rescind.adapters.public.checks import checks_json
from rescind.app.prove import packs
from rescind.cli.lines import put
from rescind.core.errors import BadInput
from rescind.labels import check_name
from rescind.settings import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rescind.core.model.evidence import Check

FAILED = 1
NOT_STAMPED = "NO_POE"


@click.command(
    epilog="""\\b
Example:
  rescind verify case.asice --trust-sealer case.pem --trust-tsa authority.pem

Exits with 0 only if everything is intact, valid and trusted; with 1 otherwise,
also for a damaged pack; with 2 for what never was one."""
)
@click.argument("pack", type=click.Path(dir_okay=False))
@click.option(
    "--trust",
    multiple=True,
    type=click.Path(dir_okay=False),
    help="A certificate that you trust as what it is: a root for timestamps, any "
    "other as a sealer's own (PEM or DER). May be repeated.",
)
@click.option(
    "--trust-sealer",
    multiple=True,
    type=click.Path(dir_okay=False),
    help="Who may have sealed: their certificate, or the root above it.",
)
@click.option(
    "--trust-tsa",
    multiple=True,
    type=click.Path(dir_okay=False),
    help="A timestamp authority's root. It vouches for times, and for no sealer.",
)
@click.option(
    "--trust-sender",
    multiple=True,
    type=click.Path(dir_okay=False),
    help="Who signs mail: a certificate, or the record of a key in the DNS (DKIM).",
)
@click.option(
    "--crl",
    multiple=True,
    type=click.Path(dir_okay=False),
    help="A revocation list to judge by (PEM or DER). May be repeated.",
)
@click.option(
    "--block",
    multiple=True,
    metavar="HEIGHT=ROOT",
    help="The Merkle root of a block of Bitcoin, as your node has it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def verify(
    context: click.Context,
    pack: str,
    trust: tuple[str, ...],
    trust_sealer: tuple[str, ...],
    trust_tsa: tuple[str, ...],
    trust_sender: tuple[str, ...],
    crl: tuple[str, ...],
    block: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Check PACK: its archive, its files, its seal, its times and its log."""
    trusted = packs.Trusted(
        any_role=[Path(name) for name in trust],
        sealers=[Path(name) for name in trust_sealer],
        tsas=[Path(name) for name in trust_tsa],
        senders=[Path(name) for name in trust_sender],
        crls=[Path(name) for name in crl],
        blocks=block,
    )
    checks = packs.verify(Path(pack), trusted)
    form = checks_json(checks)
    if as_json:
        click.echo(json.dumps(form, ensure_ascii=False, indent=2))
    else:
        _show(checks, holds=form["holds"])
    if not form["holds"]:
        context.exit(FAILED)


def _show(checks: "Sequence[Check]", *, holds: bool) -> None:
    for check in checks:
        marks = [
            f"{'' if yes else 'not '}{word}"
            for word, yes in (
                ("intact", check.intact),
                ("valid", check.valid),
                ("trusted", check.trusted),
            )
        ]
        code = f" ({check.code})" if check.code else ""
        title = f"{check_name(check.what)}: {check.indication.value}{code}"
        click.secho(title, fg="green" if check.holds else "yellow")
        put(f"  {', '.join(marks)}. {check.text}", hanging="  ")
    if holds:
        click.secho("It holds.", bold=True)
        return
    if all(check.intact and check.valid for check in checks):
        click.secho("Nothing was changed, but not all of it is vouched for.", bold=True)
        for hint in _hints(checks):
            put(hint)
        return
    click.secho("It does not hold.", bold=True)


def _hints(checks: "Sequence[Check]") -> "Iterator[str]":
    """Yield what would make more of it hold."""
    lacking = [check for check in checks if not check.holds and not check.is_extra]
    if any(check.what == "signature" for check in lacking):
        yield "Name whom you trust as sealer with --trust-sealer FILE.pem."
    if any(
        check.what != "signature" and check.code != NOT_STAMPED for check in lacking
    ):
        yield "Name whom you trust for times with --trust-tsa FILE.pem."
    if any(check.code == NOT_STAMPED for check in lacking):
        yield "Have an authority stamp it: rescind renew PACK --out NEW --stamp NAME."


@click.command()
@click.argument("pack", type=click.Path(dir_okay=False))
@click.option("--out", required=True, type=click.Path(dir_okay=False), help="New pack.")
@click.option(
    "--stamp",
    "stamp_by",
    multiple=True,
    metavar="NAME|URL",
    help="A timestamp authority; those of your settings, if left out.",
)
def renew(pack: str, out: str, stamp_by: tuple[str, ...]) -> None:
    """Add a newer timestamp over all of PACK, before the last one grows too old.

    Also gives a pack its first time, where no authority answered when it was sealed.
    """
    target = Path(out)
    if target.exists():
        raise BadInput("out", f"{out} exists already", [f"{target.stem}-2.asice"])
    renewed, at = packs.renew(Path(pack), stamp_by)
    write_whole(target, renewed)
    click.echo(f"wrote {target}: all of it existed at {at.isoformat()}", err=True)
