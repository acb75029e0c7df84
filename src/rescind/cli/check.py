"""``rescind check``: the verdict on one purchase."""

import json
from typing import Any

import click

from rescind.cli.facts import fact_options, gather

MISSING = 3


@click.command(
    epilog="""\b
Examples:
  rescind check coursera --offer plus-annual --channel web --country DE \\
      --purchased-at 2026-11-10
  rescind check --facts purchase.json --json

Days are ISO 8601 (2026-11-10); moments carry an offset.
Exit codes: 0 answered, 2 a fact cannot be used, 3 a fact is missing."""
)
@click.argument("service", required=False)
@fact_options
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option("--explain", is_flag=True, help="Show every claim and its source.")
@click.pass_context
def check(
    context: click.Context,
    /,
    service: str | None,
    facts_file: str | None,
    *,
    as_json: bool,
    explain: bool,
    **flags: str | None,
) -> None:
    """Say whether SERVICE can be ended, by when, what comes back, and why.

    Give what you know; what is not given counts as not known, and is asked for only
    where it would change the answer.
    """
    from rescind.adapters.verdict_json import verdict_json
    from rescind.wiring import know

    checked = know.check(gather(service, facts_file, flags))
    if as_json:
        shown: Any = verdict_json(checked.verdict)
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        from rescind.cli.show import show_verdict

        show_verdict(checked, explain=explain)
    if checked.verdict.asks:
        context.exit(MISSING)
