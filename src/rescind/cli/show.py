"""The verdict for a reader at a terminal."""

from datetime import datetime, tzinfo

import click

from rescind.core.know.texts import TITLES
from rescind.core.model.checked import Checked
from rescind.core.model.facts import When
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Answer, Reason, Topic

COLOURS = {
    Answer.YES: "green",
    Answer.NO: "red",
    Answer.DISPUTED: "yellow",
    Answer.DEPENDS: "yellow",
    Answer.UNKNOWN: "magenta",
}


def show_verdict(checked: Checked, *, explain: bool) -> None:
    """Print a verdict: answers first, then dates, reasons, warnings, questions."""
    verdict, service = checked.verdict, checked.service
    offer = service.offers[verdict.offer].name if verdict.offer else "offer not known"
    click.secho(f"{service.name}: {offer}", bold=True)
    click.echo(f"as of {show_when(verdict.as_of)}\n")
    for name, topic in verdict.topics.items():
        _show_topic(name, topic, checked.facts.zones, explain=explain)
    for warning in verdict.warnings:
        click.secho(f"! {warning.code}: ", fg="yellow", nl=False)
        click.echo(warning.text)
    if verdict.asks:
        click.secho("\nTo answer fully, tell: ", bold=True, nl=False)
        flags = (f"--{fact.replace('_', '-')}" for fact in verdict.asks)
        click.echo(", ".join(flags))
    click.echo("\nInformation, not legal advice.")


def _show_topic(
    name: str, topic: Topic, zones: tuple[tzinfo, ...], *, explain: bool
) -> None:
    click.secho(TITLES[name], bold=True, nl=False)
    if topic.answer is not None:
        click.echo(": ", nl=False)
        click.secho(topic.answer.value, fg=COLOURS[topic.answer], nl=False)
    if topic.handled_by:
        click.echo(f"  (ask {topic.handled_by})", nl=False)
    click.echo()
    for label, value in _dates(name, topic, zones):
        click.echo(f"    {label}: {value}")
    for line in topic.then:
        click.echo(f"    then: {line}")
    for step in topic.steps:
        click.echo(f"    - {step}")
    for reason in topic.because:
        _show_reason(reason, explain=explain)


def _dates(name: str, topic: Topic, zones: tuple[tzinfo, ...]) -> list[tuple[str, str]]:
    dates = [
        ("act by", topic.act_by),
        ("at the latest", topic.latest),
        ("on", topic.at),
        ("until", topic.until),
    ]
    shown = [(text, show_when(when, zones)) for text, when in dates if when is not None]
    if name == "renewal" and topic.at is None:
        shown.append(("on", "none will come" if topic.nothing_comes else "not known"))
    if topic.amount is not None:
        shown.append(("amount", str(topic.amount)))
    return shown


def _show_reason(reason: Reason, *, explain: bool) -> None:
    click.echo(f"    because {reason.text}")
    if explain:
        for claim in reason.claims:
            click.echo(f"      says: {_cite(claim)}")
    for claim in reason.dissent[: None if explain else 3]:
        click.secho(f"      otherwise: {_cite(claim)}", dim=True)
    hidden = len(reason.dissent) - 3
    if hidden > 0 and not explain:
        click.secho(f"      and {hidden} more say otherwise (--explain)", dim=True)


def _cite(claim: Claim) -> str:
    where = f"{claim.source.title}, {claim.locator}"
    return f"{claim.value} [{where}; checked {claim.checked_on}]"


def show_when(when: When, zones: tuple[tzinfo, ...] = ()) -> str:
    """Return a day or a moment as a person reads it, in their zone where known."""
    if not isinstance(when, datetime):
        return when.isoformat()
    local = when.astimezone(zones[0]) if len(zones) == 1 else when
    return f"{local:%Y-%m-%d %H:%M %Z}"
