"""Commands of ``rescind case`` for what comes after the letter."""

import json
from datetime import date
from pathlib import Path

import click

from rescind.adapters.data.words import why_not
from rescind.adapters.public.due import due_day_json
from rescind.adapters.public.inbox import synced_json
from rescind.adapters.public.steps import StepJson
from rescind.app.follow import (
    advising,
    answers,
    cases,
    feed,
    queries,
    received,
    reports,
    setting_aside,
)
from rescind.app.follow import steps as next_steps
from rescind.app.follow.days import country_of, zone_of
from rescind.app.follow.facts_told import tell_facts
from rescind.app.follow.sync import sync as look
from rescind.cli.facts import split_details
from rescind.cli.lines import moment_in_words, put
from rescind.cli.progress import working
from rescind.cli.third_party import others
from rescind.cli.timeline import show_case
from rescind.core.errors import BadInput
from rescind.core.follow.due_day import DueKind
from rescind.core.model.case import EventKind
from rescind.core.model.sentence import Sentence
from rescind.labels import label, say
from rescind.settings import write_whole
from rescind.store import selectors

MOST_CLAIMS = 3
"""Sources of a difference that are named."""
_case = click.argument("case_id", metavar="CASE")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_note = click.option("--note", default="", help="What else is worth keeping.")
_on = click.option("--on", default="", help="The day; today, if left out.")


@click.command(name="steps")
@_case
@_json
def steps(case_id: str, *, as_json: bool) -> None:
    """Show what comes next in CASE where no answer ends it, and on which days."""
    rows = next_steps.steps(selectors.read_case(case_id))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        _show_step(row)
    if not rows:
        click.echo("nothing: no letter is waiting for an answer")


def _show_step(row: StepJson) -> None:
    state = label(row["state"], "step_state")
    day = say(date.fromisoformat(row["on"]))
    put(f"{day} ({state}): {row['text']}", hanging="    ", bold=True)
    put(f"    {row['why']}")
    if row["moved"]:
        put(f"    {row['moved']}")
    if row["by"]:
        for right in row["rights"]:
            unknown = ", ".join(say(Sentence.of("fact_open", f)) for f in right["asks"])
            turns = f" (turns on {unknown}; not known)" if unknown else ""
            day = say(date.fromisoformat(right["by"][:10]))
            put(f"    by {day} at the latest: {right['name']}{turns}")
    if row["to"]:
        put(f"    {row['to']['name']}: {', '.join(row['to']['contact'])}")


@click.command(name="next")
@_case
@click.argument("kind")
@click.option(
    "--detail",
    "details",
    multiple=True,
    metavar="NAME=VALUE",
    help="As for letter.",
)
@_json
def write(case_id: str, kind: str, details: tuple[str, ...], *, as_json: bool) -> None:
    """Write a letter into CASE: second-notice, refund, complaint, dispute, or a reply.

    Also what the plan still calls for, as case show names it, and after a call the
    cancel letter that confirms it. It is a draft; case send sends it, once you say yes.
    """
    name = next_steps.write_next(case_id, kind, split_details(details))
    show_case(name, as_json=as_json)


@click.command(name="advise")
@_case
@click.option("--lang", "language", default="en", show_default=True, help="Or de.")
@_json
def advise(case_id: str, language: str, *, as_json: bool) -> None:
    """Say what the newest answer in CASE means, and what to do about it."""
    case = selectors.read_case(case_id)
    advice = advising.advice(case, answers.answers(case), language)
    if as_json:
        click.echo(json.dumps(advice, ensure_ascii=False, indent=2))
        return
    if advice is None:
        row = queries.whole_case(case)
        came = any(event["kind"] == EventKind.ANSWERED for event in row["events"])
        click.echo(row["next_step"] if came else "no answer came yet")
        return
    what = label(advice["label"], "message")
    put(f"{what}: {advice['means']}", bold=True)
    for each in advice["differences"]:
        put(f"  {each['text']}", hanging="    ", bold=True)
        for claim in each["claims"][:MOST_CLAIMS]:
            put(f"    {claim['source']}, {claim['locator']}", dim=True)
    for line in advice["do"]:
        put(f"  - {line}", hanging="    ")
    for right in advice["rights"]:
        put(f"  the law: {right['name']}: {right['text']}", hanging="    ")
    if advice["letter"]:
        click.echo(f"  rescind case next {case_id} {advice['letter']}")


@click.command(name="skip")
@_case
@click.argument("step")
@_note
@_json
def skip(case_id: str, step: str, note: str, *, as_json: bool) -> None:
    """Do without a STEP of CASE; the next one moves."""
    show_case(reports.skip(case_id, step, note), as_json=as_json)


@click.command(name="charged")
@_case
@click.option("--on", required=True, help="The day of the charge.")
@click.option("--amount", default="", help="What was taken, such as 59.00 USD.")
@click.option(
    "--before-end", is_flag=True, help="It came before the end, and was rightful."
)
@_note
@_json
def charged(
    case_id: str, on: str, amount: str, note: str, *, before_end: bool, as_json: bool
) -> None:
    """Record that money was taken in CASE.

    One after the end can be disputed; one before it is noted, and changes nothing.
    """
    name = reports.charged(
        case_id, on=on, amount=amount, note=note, before_end=before_end
    )
    show_case(name, as_json=as_json)


@click.command(name="button")
@_case
@_on
@_note
@_json
def button(case_id: str, on: str, note: str, *, as_json: bool) -> None:
    """Record that you ended CASE by their own button or form, or at a store.

    Keep a picture of the last page with case keep: it is the proof.
    """
    show_case(reports.used_button(case_id, on=on, note=note), as_json=as_json)


@click.command(name="called")
@_case
@_on
@click.option("--with", "with_whom", required=True, help="Whom you spoke with.")
@click.option("--said", required=True, help="What they said.")
@click.option("--reference", default="", help="A number that they gave.")
@_json
def called(
    case_id: str,
    on: str,
    with_whom: str,
    said: str,
    reference: str,
    *,
    as_json: bool,
) -> None:
    """Take down a call that ended CASE; write to them afterwards all the same."""
    name = reports.called(
        case_id, on=on, with_whom=with_whom, said=said, reference=reference
    )
    show_case(name, as_json=as_json)


@click.command(name="blocked")
@_case
@click.option("--until", default="", help="The day on which the bank's stop ends.")
@_note
@_json
def blocked(case_id: str, until: str, note: str, *, as_json: bool) -> None:
    """Record that your bank was told to stop the payments of CASE.

    It ends no contract: what is owed stays owed.
    """
    show_case(reports.blocked(case_id, until=until, note=note), as_json=as_json)


@click.command(name="facts")
@_case
@click.argument("told", metavar="NAME=VALUE...", nargs=-1)
@_json
def facts(case_id: str, told: tuple[str, ...], *, as_json: bool) -> None:
    """Tell facts of CASE, such as payment_method=visa-debit; an empty one is gone.

    The answer is worked out anew, as of the day on which the case was opened; what
    happened stays.
    """
    pairs = [each.partition("=") for each in told]
    unclear = [name for name, sign, _ in pairs if not sign]
    if unclear or not pairs:
        message = why_not("fact_form")
        raise BadInput("fact", message, ["payment_method=visa-debit"])
    facts = {name.strip().replace("-", "_"): value for name, _, value in pairs}
    show_case(tell_facts(case_id, facts), as_json=as_json)


@click.command(name="resume")
@_case
@click.option("--check", is_flag=True, help="Only say what the terms say of it.")
@_note
@_json
def resume(case_id: str, note: str, *, check: bool, as_json: bool) -> None:
    """Record that you took the ending of CASE back, in the merchant's account."""
    if not check:
        cases.require(case_id, EventKind.RESUMED)
    topic = next_steps.way_back(selectors.read_case(case_id))
    if check:
        click.echo(json.dumps(topic, ensure_ascii=False, indent=2))
        return
    reasons = "; ".join(reason["text"] for reason in topic["because"])
    click.echo(f"{topic['answer']}: {reasons}".rstrip(": "), err=True)
    show_case(reports.resume(case_id, note), as_json=as_json)


@click.command(name="reopen")
@_case
@_note
@_json
def reopen(case_id: str, note: str, *, as_json: bool) -> None:
    """Open CASE again that was closed, or resumed, by mistake; both stay in its log."""
    show_case(reports.reopen(case_id, note), as_json=as_json)


@click.command(name="answer")
@_case
@click.argument("message")
@click.option("--reads-as", help="With a digest: what it is, where it was read wrong.")
@click.option("--from-bank", is_flag=True, help="Your bank wrote it, not the company.")
@click.option("--by", help="Who wrote, where both were written to: store or merchant.")
@_json
def answer(
    case_id: str,
    message: str,
    reads_as: str | None,
    *,
    from_bank: bool,
    by: str | None,
    as_json: bool,
) -> None:
    """Keep MESSAGE (an .eml file) in CASE: an answer, a notice, or your own copy.

    What it is is told from the message: a delivery notice on your letter, the blind
    copy of it, or an answer. MESSAGE can be the digest (sha256:…) of one that came by
    itself and that nothing shows to be theirs: you say that it is. --reads-as puts
    right what the program took it for. What your bank wrote (--from-bank) is kept, and
    is no answer of the company's; see others for what it says.
    """
    if message.startswith("sha256:"):
        show_case(received.accept(case_id, message, reads_as), as_json=as_json)
        return
    if reads_as is not None:
        raise BadInput("message", why_not("not_kept_yet"), ["sha256:…"])
    try:
        raw = Path(message).read_bytes()
    except OSError as error:
        raise BadInput("message", f"cannot read {message}: {error.strerror}") from error
    if from_bank:
        note = label("from_bank", "case_note")
        kept = cases.keep_file(case_id, raw, name=Path(message).name, note=note)
        show_case(kept, as_json=as_json)
        return
    show_case(received.take_in(case_id, raw, by=by), as_json=as_json)


@click.command(name="set-aside")
@_case
@click.argument("number", type=int)
@_note
@_json
def set_aside(case_id: str, number: int, note: str, *, as_json: bool) -> None:
    """Set aside entry NUMBER of CASE: an answer, a file or a report, by mistake.

    It counts no longer, and stays in the log with its bytes. See also put-back.
    """
    show_case(setting_aside.put_aside(case_id, number, note), as_json=as_json)


@click.command(name="put-back")
@_case
@click.argument("number", type=int)
@_note
@_json
def put_back(case_id: str, number: int, note: str, *, as_json: bool) -> None:
    """Let entry NUMBER of CASE count again that was set aside."""
    show_case(setting_aside.put_back(case_id, number, note), as_json=as_json)


@click.command()
@click.argument("case_id", metavar="[CASE]", required=False)
@_json
def sync(case_id: str | None, *, as_json: bool) -> None:
    """Look into your inbox for answers, and keep what belongs to CASE, or to any.

    Nothing in the inbox is deleted, moved or marked; of other mail only the headers
    are looked at. No case is confirmed by it.
    """
    working("Looking into the inbox")
    synced = look(case_id)
    if as_json:
        click.echo(json.dumps(synced_json(synced), ensure_ascii=False, indent=2))
        return
    if not synced.letters:
        click.echo("no letter was sent yet that an answer could come to")
        return
    for row in synced.kept:
        unsure = " (read it yourself)" if row["needs_person"] else ""
        what = label(row["label"], "message")
        click.echo(f"{row['case'][:8]}  {what}{unsure}  {row['id']}")
    click.echo(f"{len(synced.kept)} new, {synced.known} known, {synced.others} others")
    if synced.too_large:
        click.echo(f"{synced.too_large} too large to keep: add them by hand")


@click.command()
@click.option("--ics", type=click.Path(dir_okay=False), help="Write a calendar file.")
@_json
def due(ics: str | None, *, as_json: bool) -> None:
    """List the days that count in every case, the first one first."""
    days = queries.due_days()
    if ics is not None:
        write_whole(Path(ics), feed.due_calendar().content)
    if as_json:
        rows = [due_day_json(day) for day in days]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for day in days:
        by = moment_in_words(day.by, [zone_of(day)], country_of(day))
        past = "  (past)" if day.is_past else ""
        # of money the reason names the sum
        text = f"{day.text} {day.why}" if day.due.what is DueKind.MONEY else day.text
        put(f"{by}  {day.case_id[:8]}  {day.service_name}: {text}{past}")
    if not days:
        click.echo("nothing is due")


COMMANDS = (
    answer,
    others,
    advise,
    sync,
    due,
    steps,
    write,
    skip,
    charged,
    button,
    called,
    blocked,
    facts,
    resume,
    reopen,
    set_aside,
    put_back,
)
"""What ``rescind case`` has of these."""
