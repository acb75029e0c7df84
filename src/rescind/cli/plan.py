"""``rescind plan``: what to do, in order, and what every other course would cost."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rescind.adapters.public.calendar import calendar_file
from rescind.adapters.public.plan import plan_json
from rescind.app.act.plan import RawWishes
from rescind.app.act.plan import plan as make_plan
from rescind.cli.facts import fact_options, gather
from rescind.cli.lines import put
from rescind.core.act.action import last_day
from rescind.core.act.simulate import DAY
from rescind.core.model.facts import day_of
from rescind.core.model.sentence import Sentence
from rescind.labels import course_cost, say
from rescind.settings import write_whole

if TYPE_CHECKING:
    from rescind.app.act.plan import Planned
    from rescind.core.act.action import Action
    from rescind.core.act.alternatives import Alternative

MISSING = 3


@click.command()
@click.argument("service", required=False)
@fact_options
@click.option(
    "--keep-access-until", metavar="DAY", help="Access is wanted through this day."
)
@click.option("--want-certificate", is_flag=True, help="Earn the certificate first.")
@click.option("--certificate-by", metavar="DAY", help="When it can be earned.")
@click.option(
    "--money-back-first",
    is_flag=True,
    help="Try for money even where it is disputed, before what is sure.",
)
@click.option("--ics", metavar="FILE", help="Write the actions as a calendar.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.pass_context
def plan(
    context: click.Context,
    /,
    service: str | None,
    facts_file: str | None,
    *,
    keep_access_until: str | None,
    want_certificate: bool,
    certificate_by: str | None,
    money_back_first: bool,
    ics: str | None,
    as_json: bool,
    **flags: str | None,
) -> None:
    """Say what to do about a purchase: the best course of all that make sense.

    Every course is played under every admissible reading of the terms. The best one
    costs least at worst, then at best, then keeps access longest.
    """
    wishes = RawWishes(
        keep_access_until=keep_access_until,
        want_certificate=want_certificate or certificate_by is not None,
        certificate_by=certificate_by,
        money_back_first=money_back_first,
    )
    planned = make_plan(gather(service, facts_file, flags), wishes)
    if ics is not None:
        write_whole(Path(ics), calendar_file(planned.plan, planned.checked))
    if as_json:
        form: Any = plan_json(planned.plan, planned.decision, planned.checked)
        click.echo(json.dumps(form, ensure_ascii=False, indent=2))
    else:
        _show(planned)
    if planned.decision.asks:
        context.exit(MISSING)


def _show(planned: "Planned") -> None:

    plan, facts = planned.plan, planned.checked.facts
    zones, country = facts.zones, facts.country
    today = day_of(facts.as_of, zones)
    put(say(planned.decision.headline), hanging="", bold=True)
    if not plan.wishes_granted:
        click.secho("No course grants all wishes; without them:", fg="yellow")
    if plan.best is not None:
        put(f"All in all: {say(plan.best.says, country)}")
        _show_course(plan.best, country, today)
        click.echo()
    for number, action in enumerate(plan.actions, 1):
        what = say(action.says, country)
        if action.on:
            what = f"{what.rstrip('.')}, on {say(action.on, country)}."
        put(f"{number}. {what}", hanging="   ", bold=True)
        if action.by:
            click.echo(f"   by {say(last_day(action.by, zones), country)}")
        _show_steps(action, country)
    for other in plan.alternatives:
        put(f"Or: {say(other.says, country)}")
        _show_course(other, country, today)
    for fact in planned.decision.asks:
        put(
            f"Not known and needed: {say(Sentence.of('fact_open', fact))}", hanging="  "
        )


def _show_steps(action: "Action", country: str | None) -> None:
    for step in action.steps:
        put(f"   - {step}", hanging="     ")
    if action.why is not None:
        put(f"   because {say(action.why, country)}", hanging="   ")


def _show_course(course: "Alternative", country: str | None, today: date) -> None:
    if cost := course_cost(course):
        click.echo(f"   {cost}")
    # what ends at once is said as a loss, and not as access until yesterday
    if course.access_until is not None and course.access_until != today:
        day = say(course.access_until - DAY, country)
        click.echo(f"   access until the end of {day}")
    put(f"   you lose {say(course.loses, country)}", hanging="   ")
    if not course.fits:
        click.echo("   it does not do all that you want")
