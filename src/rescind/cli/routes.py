"""``rescind routes``: the ways to send a request, ranked, each made ready."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from rescind.adapters.input.facts import parse_json
from rescind.app.act import letters
from rescind.app.act.routes import as_text, make_ready, ranked, ready_routes
from rescind.cli.facts import (
    gather,
    letter_fact_options,
    letter_kind,
    post_option,
    posted,
    read_text,
    split_details,
)
from rescind.cli.lines import put
from rescind.core.errors import BadInput
from rescind.labels import say
from rescind.settings import write_whole

MOST = 100
"""How many purchases one go takes."""


@click.command(
    epilog="""\b
Example:
  rescind routes coursera --offer plus-monthly --channel web --country DE \\
      --purchased-at 2026-11-10 --sender me.json --out ready

Several at once: --several F.json, a JSON list of purchases (facts, and "letter" for
the kind of letter). Nothing is sent; what the routes need is written to folders."""
)
@click.argument("service", required=False)
@letter_fact_options
@post_option
@click.option(
    "--sender", "sender_file", required=True, help="JSON file, or - for input."
)
@click.option("--kind", default="cancel", show_default=True, help="Kind of letter.")
@click.option("--lang", "language", help="Language; the recipient's if left out.")
@click.option("--detail", "details", multiple=True, metavar="NAME=VALUE")
@click.option("--several", help="A JSON list of purchases, for several in one go.")
@click.option("--out", type=click.Path(file_okay=False), help="A new folder.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def routes(
    service: str | None,
    facts_file: str | None,
    sender_file: str,
    post_to: str | None,
    kind: str,
    language: str | None,
    details: tuple[str, ...],
    several: str | None,
    out: str | None,
    *,
    as_json: bool,
    **flags: str | None,
) -> None:
    """Rank every route for a purchase and make each ready; nothing is sent."""
    shared = {
        **gather(service, facts_file, flags),
        **split_details(details),
        **posted(post_to),
    }
    sender = parse_json(read_text(sender_file, field="sender"), field="sender")
    purchases = read_several(several) if several else [{}]
    ready = []
    for number, purchase in enumerate(purchases, 1):
        facts = shared | dict(purchase)
        order = letters.Wanted(
            kind=letter_kind(str(facts.pop("letter", kind))) or kind,
            language=language,
        )
        written = letters.write(facts, sender, order)
        form = ready_routes(written)
        if out is not None:
            name = f"{number}-{_folder(written)}" if several else ""
            form["files"] = make_ready(written, Path(out) / name)
        ready.append((written, form))
    if out is not None and several:
        target = Path(out) / "summary.txt"
        write_whole(target, _summary([each for each, _ in ready]).encode())
        click.echo(f"wrote {target}", err=True)
    if as_json:
        everything = [form for _, form in ready]
        answer = everything if several else everything[0]
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    for written, form in ready:
        click.echo(f"{written.letter.subject}\n")
        for line in as_text(written, ranked(written)).splitlines():
            put(line)
        for path in form.get("files", {}).values():
            click.echo(f"wrote {path}", err=True)


def _folder(written: letters.Written) -> str:
    """Return a folder's name: the merchant's, in what every system takes."""
    name = written.checked.service.name.casefold()
    plain = "".join(c if c.isalnum() and c.isascii() else "-" for c in name)
    return "-".join(filter(None, plain.split("-"))) or written.checked.service.slug


def _summary(ready: list[letters.Written]) -> str:
    """Return a line for each letter: to whom, what about, the end, and the answer."""
    lines = []
    for number, written in enumerate(ready, 1):
        cancel = written.checked.verdict.topics["cancel"]
        end = ""
        if cancel.ends_on is not None:
            unsure = f", if {say(cancel.unbound)}" if cancel.unbound else ""
            end = f"; ends on {say(cancel.ends_on)}{unsure}"
        merchant, letter = written.checked.service.name, written.letter
        by = f"; answer asked for by {say(letter.confirm_by)}"
        lines.append(f"{number}. {merchant}: {letter.subject}{end}{by}")
    return "\n".join(lines) + "\n"


def read_several(name: str) -> list[Mapping[str, Any]]:
    """Return a file's list of purchases; raises BadInput for what is none."""
    text = read_text(name, field="several")
    try:
        entries = json.loads(text, parse_float=Decimal)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadInput("several", f"this is not JSON: {error}", ["[{...}]"]) from error
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise BadInput("several", "a JSON list of objects is needed", ["[{...}]"])
    if not 0 < len(entries) <= MOST:
        raise BadInput("several", f"{len(entries)} purchases; 1 to {MOST} in one go")
    return entries
