"""How a case is printed."""

import json
from datetime import date

import click

from rescind.app.follow import queries
from rescind.labels import detail_value, event_name, label, say


def show_case(case_id: str, *, as_json: bool) -> None:
    """Print where a case stands and everything that happened."""
    row = queries.show_case(case_id)
    if as_json:
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
        return
    click.secho(f"{row['service_name']}  {row['id']}", bold=True)
    click.echo(f"state: {click.style(label(row['state'], 'state'), bold=True)}")
    click.echo(f"next:  {row['next_step']}")
    if row["ends_on"]:
        click.echo(f"ends:  {say(date.fromisoformat(row['ends_on']))}")
    acts = ", ".join(label(kind, "act") for kind in row["possible"])
    click.echo(f"can:   {acts}")
    for letter in row["letters"] if len(row["letters"]) > 1 or row["to_write"] else ():
        sent = f", sent on {letter['sent_on']}" if letter["sent_on"] else ""
        stands = label(letter["state"], "state")
        click.echo(f"letter: {letter['kind']}: {stands}{sent}")
    for kind in row["to_write"]:
        click.echo(
            f"letter: {kind}: to write: rescind case next {row['id'][:8]} {kind}"
        )
    if row["by_word_only"]:
        click.echo("       That it was sent rests on your word; it is no proof.")
    for event in row["events"]:
        details = "; ".join(
            f"{label(name, 'detail')}: {detail_value(value, name)}"
            for name, value in event["details"].items()
            if value
        )
        what, whose = (
            event_name(event),
            label(event["known_by"], "known_by"),
        )
        line = f"{event['number']:>3}  {event['at']}  {what} ({whose})  {details}"
        click.echo(line.rstrip())
