"""``rescind letter``: the letter as PDF, text and mail; nothing is sent."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rescind.adapters.input.facts import parse_json
from rescind.adapters.public.letter import written_letter_json
from rescind.app.act import letters, model_forms
from rescind.app.act.plan import letter_called_for
from rescind.app.know.directories import address_of, origin
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
from rescind.core.act.letter import as_text as text_of
from rescind.core.act.model_form import form_text
from rescind.core.errors import BadInput
from rescind.labels import say
from rescind.settings import write_whole

if TYPE_CHECKING:
    from rescind.app.act.letters import Written
    from rescind.core.model.letter import Letter

NO_ADDRESS = "recipient_unsourced"
KINDS = (
    "cancel, withdraw, refund, stop-charging, stop-payment (to the bank), "
    "second-notice, reply, dispute, complaint, erase, on-behalf-of, price-rise, "
    "term-change."
)


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
@post_option
@click.option(
    "--sender", "sender_file", required=True, help="JSON file, or - for input."
)
@click.option("--kind", help="As the verdict calls for; or: " + KINDS)
@click.option("--lang", "language", help="Language; the recipient's if left out.")
@click.option(
    "--detail",
    "details",
    multiple=True,
    metavar="NAME=VALUE",
    help="What the kind needs to know: first_sent_on=2026-11-01. May be repeated.",
)
@click.option("--gloss", "own_language", help="Explain each clause in this language.")
@click.option("--layout", help="The page, by its envelope: din-5008-b, us-10, ...")
@click.option(
    "--signature",
    type=click.Path(dir_okay=False),
    help="A drawn signature (PNG).",
)
@click.option("--typed", is_flag=True, help="Your name stands as a typed signature.")
@click.option("--code", "with_code", is_flag=True, help="A QR code with the digest.")
@click.option("--to", help="E-mail address to write to, if you have a better one.")
@click.option("--out", type=click.Path(dir_okay=False), help="Where the PDF goes.")
@click.option("--text", "as_text", is_flag=True, help="Print the letter's text.")
@click.option(
    "--model-form",
    "with_form",
    is_flag=True,
    help="With a withdrawal: the form that the law prescribes, beside the letter.",
)
@click.option("--eml", is_flag=True, help="Write a mail draft beside the PDF.")
@click.option("--json", "as_json", is_flag=True, help="Say as JSON what was written.")
def letter(
    service: str | None,
    facts_file: str | None,
    sender_file: str,
    post_to: str | None,
    kind: str | None,
    language: str | None,
    details: tuple[str, ...],
    own_language: str | None,
    layout: str | None,
    signature: str | None,
    to: str | None,
    out: str | None,
    *,
    typed: bool,
    with_code: bool,
    as_text: bool,
    with_form: bool,
    eml: bool,
    as_json: bool,
    **flags: str | None,
) -> None:
    """Write the letter that the verdict calls for; say what it still lacks."""
    if out is None and not as_text:
        raise BadInput("out", "where is the letter to go?", ["--out L.pdf", "--text"])
    if eml and out is None:
        raise BadInput("out", "the mail draft goes beside the PDF", ["--out L.pdf"])
    facts = {
        **gather(service, facts_file, flags),
        **split_details(details),
        **posted(post_to),
    }
    sender = parse_json(read_text(sender_file, field="sender"), field="sender")
    order = letters.Wanted(
        kind=letter_kind(kind) or letter_called_for(facts),
        language=language,
        to=to,
        layout=layout,
        signature=_read(signature) if signature else None,
        typed=typed,
        with_code=with_code,
    )
    written = letters.write(facts, sender, order)
    the_letter = written.letter
    form = model_forms.model_form(written) if with_form else None
    files = _files(written, form, out, eml=eml)
    text = _text(the_letter, form) if as_text else None
    pairs = letters.gloss(written, own_language) if own_language else ()
    if as_json:
        report = written_letter_json(the_letter, files, text, pairs)
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    if text is not None:
        click.echo(text)
    for clause, meaning in pairs:
        click.echo(f"{clause}\n    {meaning}\n")
    _say(the_letter, files)


def _say(letter: "Letter", files: dict[str, str]) -> None:
    for name in files.values():
        click.echo(f"wrote {name}", err=True)
    if not letter.reviewed:
        note = f"no native reader has reviewed this text ({letter.language}) yet"
        click.secho(f"! {note}", fg="yellow", err=True)
    for problem in letter.problems:
        click.secho(f"! {say(problem.says)}", fg="yellow", err=True)
        if problem.code == NO_ADDRESS:
            click.echo("  If you know one: --post-to 'Road 1; 10115 Berlin'", err=True)
            _suggest_address(letter.recipient.name)


def _suggest_address(merchant: str) -> None:
    """Name the address that a directory has, and its origin; nothing takes it over."""
    found = address_of(merchant)
    if found is None:
        return
    words = "; ".join((found.record["name"], *found.record["address"]))
    put(f"  {origin(found)}: {words}", hanging="  ", err=True)
    put("  It is an address for privacy: look whether it takes notices.", err=True)


def _text(letter: "Letter", form: "Letter | None") -> str:
    words = text_of(letter)
    return words if form is None else f"{words}\n{form_text(form)}"


def _files(
    written: "Written", form: "Letter | None", out: str | None, *, eml: bool
) -> dict[str, str]:

    if out is None:
        return {}
    path = Path(out)
    final = letters.printed(written)
    files = {"pdf": _write(path, final.pdf)}
    if form is not None:
        beside = path.with_name(f"{path.stem}-form.pdf")
        files["form"] = _write(beside, model_forms.model_form_pdf(form))
    if eml:
        files["eml"] = _write(path.with_suffix(".eml"), letters.draft(final))
    return files


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise BadInput("signature", f"cannot read {name}: {error.strerror}") from error


def _write(path: Path, content: bytes) -> str:
    try:
        write_whole(path, content)
    except OSError as error:
        raise BadInput("out", f"cannot write {path}: {error.strerror}") from error
    return str(path)
