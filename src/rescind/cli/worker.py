"""``rescind worker``: does what is due, until it is stopped."""

import json
import signal
import sys
from types import FrameType
from typing import Any

import click

from rescind.app.follow.metrics import serve_figures
from rescind.app.follow.worker import Worker
from rescind.app.follow.worker import status as look
from rescind.app.setup import setup
from rescind.cli.progress import working
from rescind.core.errors import BadInput

FAILED = 1
MAX_PORT = 65535


@click.group(invoke_without_command=True)
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
@click.option("--threads", default=4, show_default=True, help="Pieces at a time.")
@click.option("--metrics-port", type=int, help="Figures for Prometheus, loopback only.")
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
        serve_figures(metrics_port)
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
    found = look()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2, default=_json))
    else:
        _show(found)
    if not found["is_running"]:
        context.exit(FAILED)


def _json(value: Any) -> str:  # noqa: ANN401 - json hands over anything
    return str(value.isoformat())


def _show(found: dict[str, Any]) -> None:
    last = found["last_run"]
    click.echo(f"last run: {last or 'never'}")
    click.echo("at work" if found["is_running"] else "no worker is at work")
    for row in found["workers"]:
        click.echo(f"  {row['name']}: {row['done']} done, {row['failed']} failed")
        if row["missed_from"]:
            click.echo(
                f"    nobody looked from {row['missed_from']} to {row['started_at']}; "
                f"{row['missed']} done late"
            )
    click.echo(f"due now: {found['due']}")
    for title in ("failed", "next"):
        for row in found[title][:10]:
            about = f"{row['action']} {row['service_name']} {(row['case'] or '')[:8]}"
            click.echo(f"  {title}: {row['at']}  {about.strip()}  {row['said']}")
