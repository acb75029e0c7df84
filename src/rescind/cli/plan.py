"""``rescind plan``: what to do, in order."""

import json

import click

from rescind.cli.facts import fact_options, gather

MISSING = 3


@click.command()
@click.argument("service", required=False)
@fact_options
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.pass_context
def plan(
    context: click.Context,
    /,
    service: str | None,
    facts_file: str | None,
    *,
    as_json: bool,
    **flags: str | None,
) -> None:
    """List the actions for a purchase in order, each with its last safe moment."""
    from rescind.adapters.verdict_json import money_json, when_json
    from rescind.cli.show import show_when
    from rescind.core.act.plan import plan as make_plan
    from rescind.wiring import know

    checked = know.check(gather(service, facts_file, flags))
    made = make_plan(checked.verdict, checked.facts)
    if as_json:
        actions = [
            {
                "do": action.do,
                "text": action.text,
                "by": when_json(action.by),
                "why": action.why,
                "cost": money_json(action.cost),
                "steps": list(action.steps),
            }
            for action in made.actions
        ]
        others = [
            {
                "do": other.do,
                "text": other.text,
                "cost": money_json(other.cost),
                "loses": other.loses,
            }
            for other in made.alternatives
        ]
        shown = {
            "service": checked.verdict.service,
            "offer": checked.verdict.offer,
            "as_of": when_json(checked.verdict.as_of),
            "actions": actions,
            "alternatives": others,
            "asks": list(made.asks),
        }
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        for number, action in enumerate(made.actions, 1):
            by = show_when(action.by, checked.facts.zones) if action.by else ""
            click.secho(f"{number}. {action.text}", bold=True)
            if by:
                click.echo(f"   by {by}")
            for step in action.steps:
                click.echo(f"   - {step}")
            click.echo(f"   because {action.why}")
        for other in made.alternatives:
            cost = f" It costs {other.cost}." if other.cost else ""
            click.echo(f"Or: {other.text}{cost} You lose {other.loses}.")
        if made.asks:
            click.echo(f"Not known and needed: {', '.join(made.asks)}")
    if made.asks:
        context.exit(MISSING)
