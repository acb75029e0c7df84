"""``rescind catalogue``: search, show and validate what is known of services."""

import json
from pathlib import Path

import click

from rescind.adapters.data.lint import validate_folder
from rescind.adapters.public import service_summary
from rescind.app.know import check
from rescind.cli.lines import put
from rescind.cli.progress import working

FAILED = 1
_COLUMN = " " * len("  refundable: ")


@click.group()
def catalogue() -> None:
    """Look into the catalogue: dated, sourced facts about leaving services."""


@catalogue.command()
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def search(words: tuple[str, ...], *, as_json: bool) -> None:
    """List the services whose name or alias holds WORDS; all without any."""
    services = check.catalogue().search(" ".join(words))
    if as_json:
        rows = [
            {"service": s.slug, "name": s.name, "website": s.website} for s in services
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for service in services:
        click.echo(f"{service.slug}  {service.name}  {service.website or ''}")
    if not services:
        click.echo("Nothing by that name; the law still speaks: rescind check other")


@catalogue.command()
@click.argument("service")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(service: str, *, as_json: bool) -> None:
    """Show how each kind of purchase at SERVICE is ended, and what comes back."""
    record = check.catalogue().service(service.lower())
    table = service_summary.at_a_glance(record)
    if as_json:
        click.echo(
            json.dumps(
                service_summary.service_json(record), ensure_ascii=False, indent=2
            )
        )
        return
    put(f"{record.name}, checked on {record.checked_on}", bold=True)
    for row in table:
        click.echo()
        put(f"{row.name} ({row.offer}), billed by {row.billed_by}", bold=True)
        put(f"  cancel:     {row.how_to_cancel}", hanging=_COLUMN)
        put(f"  refundable: {row.refundable}; window: {row.window}", hanging=_COLUMN)
        put(f"  since:      {row.since}; by {row.source}", hanging=_COLUMN)


@catalogue.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def validate(context: click.Context, folder: str | None, *, as_json: bool) -> None:
    """Check every file of facts; print each problem with its place and a way out.

    FOLDER is a folder of your own, laid over the shipped one.
    """
    working("Reading every file")
    report = validate_folder(Path(folder) if folder else None)
    if as_json:
        rows = [
            {
                "path": f.path,
                "pointer": f.pointer,
                "message": f.message,
                "suggestion": f.suggestion,
            }
            for f in report.findings
        ]
        form = {"files": report.files, "findings": rows}
        click.echo(json.dumps(form, ensure_ascii=False, indent=2))
    else:
        for finding in report.findings:
            put(str(finding))
        click.echo(f"{report.files} files, {len(report.findings)} problems", err=True)
    if report.findings:
        context.exit(FAILED)
