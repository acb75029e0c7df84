"""``rescind verify``: every check on an evidence pack, with nothing else at hand."""

import json
from pathlib import Path

import click

FAILED = 1


@click.command(
    epilog="""\b
Example:
  rescind verify case.asice --trust sealer.pem --trust authority.pem

Exits with 0 only if everything is intact, valid and trusted; with 1 otherwise."""
)
@click.argument("pack", type=click.Path(dir_okay=False))
@click.option(
    "--trust",
    multiple=True,
    type=click.Path(dir_okay=False),
    help="A certificate that you trust (PEM or DER). May be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def verify(
    context: click.Context, pack: str, trust: tuple[str, ...], *, as_json: bool
) -> None:
    """Check PACK: its archive, its files, its seal, its time and its log."""
    from rescind.wiring import evidence

    checks = evidence.verify(Path(pack), [Path(name) for name in trust])
    shown = evidence.checks_json(checks)
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
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
            title = f"{check.what}: {check.indication.value}{code}"
            click.secho(title, fg="green" if check.holds else "yellow")
            click.echo(f"  {', '.join(marks)}. {check.text}")
    if not shown["holds"]:
        context.exit(FAILED)
