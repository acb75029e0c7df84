"""``rescind case``: cases from the draft to the confirmation."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rescind.adapters import clock
from rescind.adapters.data.words import why_not
from rescind.adapters.input.facts import parse_json
from rescind.adapters.mail.compose import build_draft
from rescind.app.act.letters import Wanted
from rescind.app.act.plan import letter_called_for
from rescind.app.follow import at_store, cases, queries
from rescind.app.follow.days import country_of, day_in
from rescind.app.follow.ends import end_by_way
from rescind.app.follow.planned import letters_to_write
from rescind.app.follow.steps import write_next
from rescind.app.know.check import named
from rescind.app.setup import setup
from rescind.cli import follow
from rescind.cli.facts import (
    gather,
    letter_fact_options,
    letter_kind,
    post_option,
    posted,
    read_text,
    split_details,
)
from rescind.cli.lines import put, put_table
from rescind.cli.progress import working
from rescind.cli.questions import agree
from rescind.cli.timeline import show_case, state_of, warn_of_other_end
from rescind.core.errors import BadInput
from rescind.core.model.case import EventKind, ListedCase
from rescind.labels import label, say
from rescind.settings import write_whole
from rescind.store import listing, selectors, standings

if TYPE_CHECKING:
    from rescind.app.prove.sealing import Sealing

TAKEN, ORDERED = "dispatch_taken", "dispatch_ordered"
FAILED = 1


@click.group()
def case() -> None:
    """Keep cases: open one, send its letter, record what came back.

    Events are added and never changed; where a case stands follows from them.
    """
    working("Opening the case book")
    setup()


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@case.command()
@click.argument("service", required=False)
@letter_fact_options
@post_option
@click.option(
    "--sender", "sender_file", required=True, help="JSON file, or - for input."
)
@click.option("--kind", help="Kind of letter; left out: what the verdict calls for.")
@click.option("--lang", "language", help="Language; the recipient's if left out.")
@click.option("--gloss", "own_language", help="Explain each clause in this language.")
@click.option(
    "--detail", "details", multiple=True, metavar="NAME=VALUE", help="As for letter."
)
@click.option("--all", "whole", is_flag=True, help="Write every letter of the plan.")
@json_option
def new(
    service: str | None,
    facts_file: str | None,
    sender_file: str,
    post_to: str | None,
    kind: str | None,
    language: str | None,
    own_language: str | None,
    details: tuple[str, ...],
    *,
    whole: bool,
    as_json: bool,
    **flags: str | None,
) -> None:
    """Open a case and write its letter; nothing is sent.

    Where a store bills, nothing is written: the case names the steps in the account
    there, and case button says that they are done.

    Where the plan calls for further letters the case names them. Each is written with
    case next, or all at once with --all; each is sent and followed by itself.
    """
    facts = {
        **gather(service, facts_file, flags),
        **split_details(details),
        **posted(post_to),
    }
    sender = parse_json(read_text(sender_file, field="sender"), field="sender")
    chosen = letter_kind(kind)
    if chosen is None and at_store.called_for(named(facts)) is not None:
        show_case(at_store.open_case(facts, sender), as_json=as_json)
        return
    order = Wanted(kind=chosen or letter_called_for(facts), language=language)
    case_id = cases.new_case(facts, sender, order, own_language=own_language)
    for further in letters_to_write(selectors.read_case(case_id)) if whole else ():
        write_next(case_id, further, {})
    show_case(case_id, as_json=as_json)


@case.command()
@click.argument("case_id", metavar="CASE")
@click.option(
    "--by",
    "way",
    default="smtp",
    show_default=True,
    type=click.Choice(["smtp", "practice", "said"]),
    help="Your mailbox, the practice merchant, or: you sent it yourself.",
)
@click.option("--letter", "kind", help="Which letter; left out: the first that waits.")
@click.option("--to", help="The e-mail address to send to.")
@click.option("--on", help="With --by said: the day you sent it.")
@click.option("--at", help="A moment or a day on which the worker sends it.")
@click.option(
    "--copy/--no-copy",
    default=True,
    help="A blind copy to your own mailbox, as proof.  [default: copy]",
)
@click.option("--dry-run", is_flag=True, help="Write the .eml and send nothing.")
@click.option("--out", type=click.Path(dir_okay=False), help="Where the .eml goes.")
@click.option("--yes", is_flag=True, help="Send without asking.")
@json_option
@click.pass_context
def send(
    context: click.Context,
    /,
    case_id: str,
    way: str,
    kind: str | None,
    to: str | None,
    on: str | None,
    at: str | None,
    out: str | None,
    *,
    copy: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Send the letter of CASE, once; a person has to say yes.

    A letter that may have gone out already is never sent again. What a server puts
    off is tried again by the worker. Exits with 1 if the letter was not taken, or if
    nobody can know.
    """
    record = selectors.read_case(case_id)
    chosen = cases.letter_to_send(record, kind)
    name, letter = record.id, selectors.letter(record, chosen.number)
    if dry_run:
        target = Path(out or f"{name[:8]}.eml")
        write_whole(target, build_draft(letter, to=to, at=clock.now()))
        click.echo(f"wrote {target}; nothing was sent", err=True)
        show_case(name, as_json=as_json)
        return
    cases.take_up(name, chosen)
    said = way == "said"
    cases.require(name, EventKind.SAID_SENT if said else EventKind.DISPATCH_ORDERED)
    for problem in letter.problems:
        click.secho(f"! {problem.text}", fg="yellow", err=True)
    if said:
        cases.say_sent(name, "by the person", on)
        show_case(name, as_json=as_json)
        return
    if way == "smtp" and not to:
        raise BadInput("to", why_not("which_address"), ["name@host.org"])
    recipient = to if way == "smtp" else "the practice merchant"
    question = f"Send the letter to {recipient} {f'at {at}' if at else 'now'}?"
    agree(
        question,
        otherwise="Stopped; nothing was sent, and the case is as it was.",
        is_given=yes,
    )
    working("Sending")
    sending = (
        cases.send_later(name, way=way, to=to, at=at, copy=copy)
        if at
        else cases.send(name, way=way, to=to, copy=copy)
    )
    put(f"{label(sending.outcome, 'outcome')} {sending.said}", err=True)
    show_case(name, as_json=as_json)
    if sending.outcome not in (TAKEN, ORDERED):
        context.exit(FAILED)


@case.command()
@click.argument("case_id", metavar="CASE")
@json_option
def recall(case_id: str, *, as_json: bool) -> None:
    """Take back the order to send the letter of CASE, before it is begun."""
    show_case(cases.recall(case_id), as_json=as_json)


@case.command()
@click.argument("case_id", metavar="CASE")
@click.option("--ends-on", required=True, help="The day the merchant says it ends.")
@click.option("--note", default="", help="Where the confirmation can be found.")
@json_option
def confirm(case_id: str, ends_on: str, note: str, *, as_json: bool) -> None:
    """Record, by your reading, that the merchant confirmed the end of CASE."""
    ours = end_by_way(selectors.read_case(case_id))
    name = cases.confirm(case_id, ends_on=ends_on, note=note)
    warn_of_other_end(name, ours)
    show_case(name, as_json=as_json)


@case.command()
@click.argument("case_id", metavar="CASE")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--note", default="", help="What it shows.")
@json_option
def keep(case_id: str, file: str, note: str, *, as_json: bool) -> None:
    """Keep FILE in CASE: a picture of the last page, a receipt of the post."""
    content = Path(file).read_bytes()
    name = cases.keep_file(case_id, content, name=Path(file).name, note=note)
    show_case(name, as_json=as_json)


@case.command()
@click.argument("case_id", metavar="CASE")
@json_option
def unsent(case_id: str, *, as_json: bool) -> None:
    """Say that you looked and the doubtful letter of CASE did not go out."""
    show_case(cases.say_not_sent(case_id), as_json=as_json)


@case.command()
@click.argument("case_id", metavar="CASE")
@click.option("--note", default="", help="Why.")
@json_option
def close(case_id: str, note: str, *, as_json: bool) -> None:
    """Record that you are done with CASE."""
    show_case(cases.close(case_id, note=note), as_json=as_json)


@case.command()
@click.argument("case_id", metavar="CASE")
@json_option
def show(case_id: str, *, as_json: bool) -> None:
    """Show where CASE stands and everything that happened."""
    show_case(case_id, as_json=as_json)


@case.command(name="list")
@json_option
def list_cases(*, as_json: bool) -> None:
    """List every case, the newest first."""
    every = listing.listed_cases(clock.now())
    if as_json:
        rows = queries.list_cases(every)
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not every:
        click.echo("No cases yet. Open one: rescind case new --help")
        return
    has_several = len({record.person for record in every}) > 1
    put_table(
        ("Case", "State", "Opened", "What"),
        [
            (
                record.id[:8],
                state_of(record),
                say(day_in(record, record.opened_at), country_of(record)),
                _about(record, with_person=has_several),
            )
            for record in every
        ],
    )


def _about(record: ListedCase, *, with_person: bool) -> str:
    """Return what a case is about; whose it is, where several people have some."""
    what = ", ".join(dict.fromkeys((record.service_name, queries.bought(record))))
    return f"{record.person}: {what}" if with_person and record.person else what


@case.command()
def rebuild() -> None:
    """Work out anew where every case stands, as lists have it.

    Lists read that from columns, which every event brings up to date. Where a rule
    changed, the next start does this by itself; here it can be asked for, and what
    comes of it is said.
    """
    every, changed = standings.rebuild()
    click.echo(f"{every} cases worked out anew, {changed} of them changed")


@case.command()
@click.argument("case_id", metavar="CASE")
@click.option(
    "--out",
    required=True,
    type=click.Path(),
    help="A folder, or a sealed pack if it ends in .asice; it must not exist yet.",
)
def export(case_id: str, out: str) -> None:
    """Write every kept byte of CASE, and its events as JSON, to a folder.

    A name that ends in .asice makes a sealed pack, as seal does.
    """
    target = _new(out)
    if target.suffix == PACK:
        _seal(case_id, target, None)
        return
    queries.export(selectors.read_case(case_id), target)
    click.echo(f"wrote {target}", err=True)


@case.command()
@click.argument("case_id", metavar="CASE")
@click.option("--out", required=True, type=click.Path(dir_okay=False), help="The pack.")
@click.option("--key", "key_file", type=click.Path(dir_okay=False), help="A PKCS#12.")
@click.option(
    "--stamp",
    "stamp_by",
    multiple=True,
    metavar="NAME|URL",
    help="A timestamp authority; it learns a digest. In turn, if repeated.",
)
@click.option(
    "--lang", default="en", show_default=True, help="Language of the summary."
)
@click.option("--pades", is_flag=True, help="Add copies with a signature inside.")
def seal(
    case_id: str,
    out: str,
    key_file: str | None,
    stamp_by: tuple[str, ...],
    lang: str,
    *,
    pades: bool,
) -> None:
    """Seal CASE into a pack (ASiC-E) that others can check without Rescind.

    The certificate of the key is written beside it. The passphrase of a key of your
    own comes from RESCIND_KEY_PASSPHRASE. Where no authority answers, the pack is
    sealed without a time; rescind renew adds it later.
    """
    from rescind.app.prove.sealing import Sealing  # noqa: PLC0415 - 0.2 s, pyHanko

    order = Sealing(
        key_file=Path(key_file) if key_file else None,
        stamp_by=stamp_by,
        language=lang,
        with_copy=pades,
    )
    _seal(case_id, _new(out), order)


PACK = ".asice"


def _new(out: str) -> Path:
    """Return a path that is free; raises BadInput with one that is."""
    target = Path(out)
    if target.exists():
        free = target.with_name(f"{target.stem}-2{target.suffix}")
        raise BadInput("out", why_not("exists", name=out), [str(free)])
    return target


def _seal(case_id: str, target: Path, order: "Sealing | None") -> None:
    from rescind.app.prove.sealing import (  # noqa: PLC0415 - 0.2 s, pyHanko
        Sealing,
        seal_case,
    )

    working("Sealing")
    sealed = seal_case(case_id, order or Sealing())
    files = {target: sealed.pack, target.with_suffix(".pem"): sealed.certificate}
    for name, copy in sealed.copies.items():
        files[target.with_name(f"{target.stem}-{Path(name).name}")] = copy
    for path, content in files.items():
        write_whole(path, content)
        click.echo(f"wrote {path}", err=True)
    if sealed.pending:
        click.echo(f"its time is not proved yet: {sealed.pending}", err=True)


for each in follow.COMMANDS:
    case.add_command(each)
