"""``rescind law``: what is on file, and whom to complain to."""

import json

import click

from rescind.adapters.data import countries
from rescind.adapters.public.law import (
    RightOnFileJson,
    complaint_body_json,
    right_on_file_json,
    withdrawal_json,
)
from rescind.app.know import check
from rescind.cli.lines import put
from rescind.core.errors import BadInput
from rescind.core.model.law import Right
from rescind.labels import label

PROBLEMS = (
    "cancellation",
    "refund",
    "withdrawal",
    "renewal",
    "payment",
    "telecom",
    "data",
    "cross-border",
    "advice",
)


@click.group()
def law() -> None:
    """Look into the law on file: rights by place, and whom to complain to."""


@law.command("list")
@click.option("--country", help="ISO 3166, such as DE or US-CA. Default: all.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_rights(country: str | None, *, as_json: bool) -> None:
    """List the rights on file, those not in force among them."""
    for item in _all(country):
        if as_json:
            click.echo(json.dumps(item, ensure_ascii=False))
            continue
        status = item["status"]
        marks = [] if status == "in_force" else [label(status, "law_status")]
        marks += ["not looked up"] if item["unverified"] else []
        note = f"  [{', '.join(marks)}]" if marks else ""
        put(f"{item['name']}{note}", bold=True)
        click.secho(f"  {item['kind']}; rescind law show {item['id']}", dim=True)


@law.command("show")
@click.argument("right_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def show_right(right_id: str, *, as_json: bool) -> None:
    """Show one right: what it gives, its form, its sources."""
    items = {item["id"]: item for item in _all(None)}
    if right_id not in items:
        raise BadInput.unknown_value("id", right_id, sorted(items))
    item = items[right_id]
    if as_json:
        click.echo(json.dumps(item, ensure_ascii=False, indent=2))
        return
    put(f"{item['name']} ({item['id']})", bold=True)
    for name in ("places", "says", "formality", "exceptions", "status", "expected"):
        if item.get(name):
            value = item[name]
            text = ", ".join(value) if isinstance(value, list) else value
            text = label(text, "law_status") if name == "status" else text
            put(f"  {name}: {text}")
    for claim in item["claims"]:
        put(f"  {claim['id']}: {claim['value']}")
        put(
            f"    {claim['source']}, {claim['locator']}; "
            f"{claim['verification']}, checked {claim['checked_on'] or 'by nobody'}"
        )
        if claim["url"]:
            click.echo(f"    {claim['url']}")


@law.command()
@click.argument("country")
@click.option("--problem", type=click.Choice(PROBLEMS), help="What it is about.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def bodies(country: str, problem: str | None, *, as_json: bool) -> None:
    """Say who takes complaints from COUNTRY: how, with which papers, by when."""
    place = countries.place(country)
    recipients = check.law().bodies_for(place, problem)
    for body in recipients:
        if as_json:
            click.echo(json.dumps(complaint_body_json(body), ensure_ascii=False))
            continue
        put(body.name, bold=True)
        put(f"  {body.what}")
        for line in body.contact:
            put(f"  {line}")
        if body.first:
            put(f"  first: {body.first}")
        put(f"  papers: {'; '.join(body.papers)}")
        if body.by_when:
            put(f"  by when: {body.by_when}")
    if not recipients and not as_json:
        click.echo(f"Nobody on file for {place}: not known.")


def _all(country: str | None) -> list[RightOnFileJson]:
    place = countries.place(country) if country else None
    books = check.law()
    rights = [r for r in books.rights if place is None or _is_in(r, place)]
    rows = {
        item["id"]: item for right in rights for item in [right_on_file_json(right)]
    }
    for code, records in books.withdrawal.items():
        if place is None or code in (place, place[:2]):
            for record in records:
                item = withdrawal_json(record)
                rows.setdefault(item["id"], item)
    return sorted(rows.values(), key=lambda item: item["id"])


def _is_in(right: Right, place: str) -> bool:
    return not right.regions or bool({place, place[:2]} & right.regions)
