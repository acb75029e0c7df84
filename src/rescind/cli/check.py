"""``rescind check``: the verdict on one purchase."""

import json
from typing import Any

import click

from rescind.adapters.public.decision import answer_json
from rescind.adapters.public.verdict import brief_json
from rescind.app.act.plan import plan_for
from rescind.app.know.check import check as check_facts
from rescind.cli.answer import show_answer
from rescind.cli.batch import is_batch, run_batch
from rescind.cli.facts import fact_options, gather
from rescind.cli.interview import interview, is_possible
from rescind.cli.show import show_verdict

MISSING = 3


@click.command(
    epilog="""\b
Examples:
  rescind check coursera --offer plus-annual --channel web --country DE \\
      --purchased-at 2026-11-10
  rescind check --facts purchase.json --json
  rescind check --facts purchases.jsonl --json > answers.jsonl

Days are ISO 8601 (2026-11-10); moments carry an offset.
Exit codes: 0 answered, 2 a fact cannot be used, 3 a fact is missing."""
)
@click.argument("service", required=False)
@fact_options
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option("--all", "show_all", is_flag=True, help="Show every topic and right.")
@click.option("--explain", is_flag=True, help="Show all, each claim with its source.")
@click.option("--brief", is_flag=True, help="With --json: no reasons, no sources.")
@click.option("--jobs", type=click.IntRange(1), help="Processes for a .jsonl file.")
@click.option("--no-input", is_flag=True, help="Ask nothing, even at a terminal.")
@click.pass_context
def check(
    context: click.Context,
    /,
    service: str | None,
    facts_file: str | None,
    *,
    as_json: bool,
    show_all: bool,
    explain: bool,
    no_input: bool,
    brief: bool,
    jobs: int | None,
    **flags: str | None,
) -> None:
    """Say whether SERVICE can be ended, by when, what comes back, and why.

    Give what you know. At a terminal it asks for what would change the answer, one
    question at a time; elsewhere, or with --json or --no-input, it names it. A file
    that ends in .jsonl holds one purchase a line and gets one answer a line.
    """
    if is_batch(facts_file):
        assert facts_file is not None  # noqa: S101 - it has a name
        overrides = {name: value for name, value in flags.items() if value is not None}
        overrides |= {"service": service} if service else {}
        context.exit(run_batch(facts_file, overrides, jobs=jobs, brief=brief))
    raw = gather(service, facts_file, flags)
    if not (as_json or no_input or facts_file == "-"):
        raw = interview(raw) if is_possible() else raw
    checked = check_facts(raw)
    planned = plan_for(checked)
    if as_json:
        answer: Any = (
            brief_json(checked.verdict)
            if brief
            else answer_json(checked, planned.decision)
        )
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        show_answer(planned)
        if show_all or explain:
            click.echo()
            show_verdict(checked, explain=explain)
    if planned.decision.asks:
        context.exit(MISSING)
