"""``rescind demo``: a whole case with a practice merchant, in a folder of its own."""

import json
import os
import tempfile

import click

from rescind.adapters import clock
from rescind.adapters.data.countries import zone_of_purchase
from rescind.app.follow import cases, queries
from rescind.app.know import check
from rescind.app.setup import setup
from rescind.cli.lines import moment_in_words, put
from rescind.core.periods import add_months
from rescind.labels import day_in_words, label


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the case as JSON.")
def demo(*, as_json: bool) -> None:
    """Play a Coursera case from the first question to the confirmation.

    Everything happens in a temporary folder; nothing leaves this machine.
    """
    with tempfile.TemporaryDirectory(prefix="rescind-demo-") as folder:
        os.environ["RESCIND_HOME"] = folder
        os.environ.pop("RESCIND_DATABASE_URL", None)
        _play(as_json=as_json)


def _play(*, as_json: bool) -> None:

    def say(text: str) -> None:
        click.secho(text, bold=True, err=as_json)

    bought = add_months(clock.now().date(), -1).isoformat()
    facts = {
        "service": "coursera",
        "offer": "plus-monthly",
        "channel": "web",
        "country": "DE",
        "purchased_at": bought,
        "had_trial": False,
        "price": "49.00 EUR",
    }
    sender = {
        "name": "Ada Practice",
        "email": "ada@practice.invalid",
        "address": ["1 Trial Lane", "10117 Berlin"],
        "country": "DE",
        "card_last4": "0000",
        "invoice_id": "PRACTICE-1",
    }
    on = day_in_words(bought)
    say(f"1. Ada bought Coursera Plus, monthly, on {on}. What follows?")
    verdict = check.check(facts).verdict
    cancel = verdict.topics["cancel"]
    zones = [zone_of_purchase(facts)]
    for what, when in (
        ("cancel: yes, safe until", cancel.act_by),
        ("next charge:", verdict.topics["renewal"].at),
    ):
        assert when is not None  # noqa: S101 - a plan that renews each month
        click.echo(f"   {what} {moment_in_words(when, zones)}", err=as_json)
    say("2. A case is opened and its letter written.")
    setup()
    case_id = cases.new_case(facts, sender)
    say("3. Ada says yes; the practice merchant takes the letter and answers.")
    sending = cases.send(case_id, way="practice")
    put(f"   {label(sending.outcome, 'outcome')} {sending.said}", err=as_json)
    say("4. Ada reads the answer and records the confirmation.")
    ends_on = str(verdict.topics["access"].until)[:10]
    cases.confirm(case_id, ends_on=ends_on, note="the practice merchant's answer")
    record = queries.show_case(case_id)
    if as_json:
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    for event in record["events"]:
        what, whose = (
            label(event["kind"], "event"),
            label(event["known_by"], "known_by"),
        )
        at = moment_in_words(event["at"], zones)
        put(f"   {at}: {what} ({whose})")
    say(f"The case is {label(record['state'], 'state')}.")
    click.echo("Now with a real purchase: rescind serve, or rescind check --help")
