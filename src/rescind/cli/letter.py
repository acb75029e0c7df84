"""``rescind letter``: the letter as PDF, text and mail; nothing is sent."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rescind.cli.facts import gather, letter_fact_options, read_text
from rescind.core.errors import BadInput

if TYPE_CHECKING:
    from rescind.core.model.letter import Letter

KINDS = "cancel (more kinds are being written)"


@click.command(
    epilog="""\b
Example:
  rescind letter coursera --offer plus-monthly --channel web --country US \\
      --purchased-at 2026-11-10 --sender me.json --out cancel.pdf --eml

The sender is a JSON file: name, email, address (lines), country, and what the
merchant asks for: account_email, card_last4, invoice_id, order_id."""
)
@click.argument("service", required=False)
@letter_fact_options
@click.option(
    "--sender", "sender_file", required=True, help="JSON file, or - for input."
)
@click.option("--kind", default="cancel", show_default=True, help=KINDS)
@click.option("--lang", "language", default="en", show_default=True, help="Language.")
@click.option("--to", help="E-mail address to write to, if you have a better one.")
@click.option("--out", type=click.Path(dir_okay=False), help="Where the PDF goes.")
@click.option("--text", "as_text", is_flag=True, help="Print the letter's text.")
@click.option("--eml", is_flag=True, help="Write a mail draft beside the PDF.")
@click.option("--json", "as_json", is_flag=True, help="Say as JSON what was written.")
def letter(
    service: str | None,
    facts_file: str | None,
    sender_file: str,
    kind: str,
    language: str,
    to: str | None,
    out: str | None,
    *,
    as_text: bool,
    eml: bool,
    as_json: bool,
    **flags: str | None,
) -> None:
    """Write the letter that the verdict calls for; say what it still lacks."""
    from rescind.adapters.facts import parse_json
    from rescind.core.act.letter import as_text as text_of
    from rescind.wiring import letters

    if out is None and not as_text:
        raise BadInput("out", "where is the letter to go?", ["--out L.pdf", "--text"])
    if eml and out is None:
        raise BadInput("out", "the mail draft goes beside the PDF", ["--out L.pdf"])
    facts = gather(service, facts_file, flags)
    sender = parse_json(read_text(sender_file, field="sender"), field="sender")
    words = letters.read_letter_text(kind, language)
    made = letters.write(facts, sender, words, to=to).letter
    files = _files(made, out, eml=eml)
    text = text_of(made) if as_text else None
    if as_json:
        click.echo(json.dumps(_shown(made, files, text), ensure_ascii=False, indent=2))
        return
    if text is not None:
        click.echo(text)
    for name in files.values():
        click.echo(f"wrote {name}", err=True)
    for problem in made.problems:
        click.secho(f"! {problem.code}: {problem.text}", fg="yellow", err=True)


def _files(made: "Letter", out: str | None, *, eml: bool) -> dict[str, str]:
    from rescind.wiring import letters

    if out is None:
        return {}
    final = letters.printed(made)
    files = {"pdf": _write(Path(out), final.pdf)}
    if eml:
        files["eml"] = _write(Path(out).with_suffix(".eml"), letters.draft(final))
    return files


def _shown(
    made: "Letter", files: dict[str, str], text: str | None
) -> dict[str, object]:
    shown: dict[str, object] = {
        "kind": made.kind,
        "lang": made.language,
        "subject": made.subject,
        "files": files,
        "recipient": list(made.recipient.lines),
        "confirm_by": made.confirm_by.isoformat(),
        "problems": [
            {"code": p.code, "field": p.field, "text": p.text} for p in made.problems
        ],
    }
    return shown if text is None else shown | {"text": text}


def _write(path: Path, content: bytes) -> str:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadInput("out", f"cannot write {path}: {error.strerror}") from error
    return str(path)
