"""``rescind worker``: does what is due, until it is stopped."""

import json
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from types import FrameType

import click

from rescind.adapters import clock
from rescind.adapters.public.worker import worker_status_json
from rescind.adapters.settings.limits import read_limits
from rescind.app.follow.metrics import serve_metrics
from rescind.app.follow.worker import Worker
from rescind.app.setup import setup
from rescind.cli.lines import moment_in_words, put
from rescind.cli.progress import working
from rescind.core.errors import BadInput
from rescind.core.model.work import PlannedWork, WorkOverview
from rescind.labels import label
from rescind.settings import data_folder
from rescind.store import workers

FAILED = 1
MAX_PORT = 65535
MOST_SHOWN = 10
"""Pieces of work of each kind that are listed."""


@click.group(invoke_without_command=True)
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
@click.option("--threads", default=4, show_default=True, help="Pieces at a time.")
@click.option("--metrics-port", type=int, help="Metrics for Prometheus, loopback only.")
@click.pass_context
def worker(
    context: click.Context, threads: int, metrics_port: int | None, *, once: bool
) -> None:
    """Send what was ordered, look for answers, tell what is due; stop with Ctrl-C.

    Any number can run beside each other on PostgreSQL; rescind serve runs one itself.
    """
    if context.invoked_subcommand is not None:
        return
    if threads < 1:
        raise BadInput("threads", f"{threads} is too few", ["1", "4"])
    if metrics_port is not None and not 0 < metrics_port <= MAX_PORT:
        raise BadInput("metrics_port", f"{metrics_port} is no port", ["9464"])

    working("Starting")
    setup()
    if metrics_port is not None:
        serve_metrics(metrics_port)
    it = Worker(threads=threads)
    if once:
        it.start()
        try:
            click.echo(f"{it.run_once()} done")
        finally:
            it.stop()
        return

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - signal's shape
        it.stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    click.echo("at work; to stop: Ctrl-C")
    sys.stdout.flush()
    it.run()
    click.echo("stopped")


@worker.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def status(context: click.Context, /, *, as_json: bool) -> None:
    """Show the last run, what is due, and what failed and why.

    Exits with 1 where no worker has looked for some minutes.
    """
    setup()
    now = clock.now()
    overview = workers.overview(now)
    if as_json:
        row = worker_status_json(overview, read_limits(data_folder()), now)
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
    else:
        _show(overview)
    if not overview.is_running:
        context.exit(FAILED)


def _show(overview: WorkOverview) -> None:
    last = overview.last_run
    click.echo(f"last run: {_here(last) if last else 'never'}")
    click.echo("at work" if overview.is_running else "no worker is at work")
    for worker in overview.workers:
        done = f"{worker.done} done, {worker.failed} failed"
        click.echo(f"  {worker.name}: {done}")
        if worker.missed_from:
            span = f"{_here(worker.missed_from)} to {_here(worker.started_at)}"
            put(f"    nobody looked from {span}; {worker.missed} done late")
    click.echo(f"due now: {overview.due}")
    _show_planned("failed", overview.failed)
    _show_planned("next", overview.next)


def _show_planned(title: str, planned: Sequence[PlannedWork]) -> None:
    for work in planned[:MOST_SHOWN]:
        what = label(work.action, "action")
        about = f"{what} {work.service_name} {(work.case_id or '')[:8]}"
        put(f"  {title}: {_here(work.at)}  {about.strip()}  {work.said}".rstrip())


def _here(moment: datetime) -> str:
    """Return a moment as the clock of this machine has it."""
    return moment_in_words(moment, [clock.local_zone()])
