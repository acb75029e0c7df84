"""``rescind catalogue``: search, show and validate what is known of services."""

import json
from pathlib import Path

import click

from rescind.adapters import clock
from rescind.adapters.data.audit import audit, grade, old_prices
from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.directories import ORIGINS
from rescind.adapters.data.lint import validate_file, validate_folder
from rescind.adapters.data.new_entry import NewEntry, skeleton
from rescind.adapters.public import service_summary
from rescind.app.know import check, directories
from rescind.app.know.prices import every_price
from rescind.cli import interview
from rescind.cli.lines import put
from rescind.cli.progress import working
from rescind.core.errors import BadInput, DataError
from rescind.labels import label
from rescind.settings import private_folder, write_private

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
    others = directories.search(" ".join(words))
    if as_json:
        rows: list[dict[str, str | None]] = [
            {"service": s.slug, "name": s.name, "website": s.website} for s in services
        ]
        rows += [
            {
                "service": None,
                "name": each.record["name"],
                "website": each.record["website"] or None,
                "from": directories.origin(each),
            }
            for each in others
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for service in services:
        click.echo(f"{service.slug}  {service.name}  {service.website or ''}")
    if others:
        click.echo("From directories of others, not checked by us:")
    for each in others:
        put(f"  {each.record['name']}  {each.record['website']}", hanging="    ")
        put(f"    {directories.origin(each)}", hanging="    ")
    if not (services or others):
        click.echo("Nothing by that name; the law still speaks: rescind check other")


@catalogue.command(name="import")
@click.argument("paths", nargs=-1, required=True, metavar="FILE…")
def import_command(paths: tuple[str, ...]) -> None:
    """Take in directories of others: company records, authorities, sites.

    FILE is a folder companies or supervisory-authorities of datenanfragen.de, one file
    of it, or sites.json of justdelete.me. They are kept apart from the catalogue, are
    found after it, and are marked as not checked by us; taken in anew, a directory
    replaces what was there of it.
    """
    for taken in directories.take_in(list(map(Path, paths))):
        over = f", {taken.passed_over} passed over" if taken.passed_over else ""
        click.echo(f"{ORIGINS[taken.kind]}: {taken.records} records{over}")


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
    put(f"rests on: {label(grade(record), 'grade')}")
    for row in table:
        click.echo()
        put(f"{row.name} ({row.offer}), billed by {row.billed_by}", bold=True)
        put(f"  cancel:     {row.how_to_cancel}", hanging=_COLUMN)
        put(f"  refundable: {row.refundable}; window: {row.window}", hanging=_COLUMN)
        put(f"  since:      {row.since}; by {row.source}", hanging=_COLUMN)
    prices = every_price(record, clock.today())
    if prices:
        click.echo()
        put("Prices seen", bold=True)
    for each in prices:
        put(f"  {each}", hanging="    ")


@catalogue.command()
@click.option("--name", help="What people call it.")
@click.option("--website", help="Its address: https://….")
@click.option("--kind", help="streaming, gym, telecom, software, …")
@click.option("--terms", help="The address of its own terms.")
@click.option("--period", help="What one payment buys (P1M); once: it is paid once.")
@click.option("--folder", type=click.Path(file_okay=False), help="Where to write it.")
def new(folder: str | None, **given: str | None) -> None:
    """Begin an entry: a file that is valid, with what is to be read marked.

    At a terminal it asks for what is left out. It is written into your own catalogue,
    which is laid over the shipped one; a file that is there is never written over.
    """
    told = {name: value or _ask(name) for name, value in given.items()}
    period = None if told["period"] == "once" else told.pop("period")
    told.pop("period", None)
    entry = NewEntry(**told, period=period)
    shipped = SHIPPED / "catalogue" / entry.slug[0] / f"{entry.slug}.yaml"
    if folder is None and (shipped.exists() or entry.slug == "other"):
        why = f"{entry.slug} is on file, and an entry of that name would hide it"
        raise BadInput("name", why, ["--folder"])
    root = Path(folder) if folder else private_folder() / "catalogue-overlay/catalogue"
    path = root / entry.slug[0] / f"{entry.slug}.yaml"
    schema = str(SHIPPED / "schema" / "service.schema.json")
    text = skeleton(entry, clock.today(), schema)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_private(path, text.encode(), is_new=True)
    except FileExistsError as error:
        raise BadInput("name", f"{path} is there already", ["--folder"]) from error
    problems = validate_file(path).findings
    if problems:
        path.unlink()
        raise DataError(problems)
    click.echo(f"wrote {path}")
    put(
        f"Next: read the terms, fill it in, and check it: "
        f"rescind catalogue validate {path}",
        err=True,
    )


_QUESTIONS = {
    "name": "What do people call it?",
    "website": "What is its address (https://…)?",
    "kind": "What kind is it (streaming, gym, telecom, software, service, …)?",
    "terms": "Where are its own terms (https://…)?",
    "period": "What does one payment buy (P1M, P1Y, or once)?",
}


def _ask(name: str) -> str:
    """Return the answer to a question; raises BadInput where nobody can be asked."""
    if not interview.is_possible():
        raise BadInput(name, _QUESTIONS[name], [f"--{name} …"])
    answer: str = click.prompt(_QUESTIONS[name])
    return answer.strip()


@catalogue.command()
@click.argument("where", required=False, type=click.Path(exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def validate(context: click.Context, where: str | None, *, as_json: bool) -> None:
    """Check every file of facts; print each problem with its place and a way out.

    WHERE is one file of a service, checked by itself, or a folder of your own, laid
    over the shipped one.
    """
    if where is not None and Path(where).is_file():
        report = validate_file(Path(where))
    else:
        working("Reading every file")
        report = validate_folder(Path(where) if where else None)
    if as_json:
        rows = [
            {
                "path": f.path,
                "line": f.line,
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


@catalogue.command(name="audit")
@click.option(
    "--terms-archive",
    type=click.Path(exists=True, file_okay=False),
    help="A folder with clones of the archives that sources name.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def audit_command(
    context: click.Context, terms_archive: str | None, *, as_json: bool
) -> None:
    """List what is old, unsourced or contradicted, and terms that changed since.

    Prices that were last seen more than half a year ago are counted: they are shown
    as old and are no problem.
    """
    working("Looking at every service")
    archives = Path(terms_archive) if terms_archive else None
    today, services = clock.today(), check.catalogue()
    findings = audit(services, today, archives)
    prices = sum(old_prices(services.service(slug), today) for slug in services.paths)
    if as_json:
        rows = [
            {"path": f.path, "pointer": f.pointer, "message": f.message}
            for f in findings
        ]
        form = {"findings": rows, "old_prices": prices}
        click.echo(json.dumps(form, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            put(str(finding))
        count = len(services.paths)
        click.echo(
            f"{count} services, {len(findings)} to look at, {prices} old prices",
            err=True,
        )
    if findings:
        context.exit(FAILED)
