"""The verdict for a reader at a terminal."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import TypeAlias

import click

from rescind.core.model.checked import Checked
from rescind.core.model.facts import When
from rescind.core.model.law import Right, RightKind
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Answer, Entitlement, Reason, Topic
from rescind.labels import label, say

COLOURS = {
    Answer.YES: "green",
    Answer.NO: "red",
    Answer.DISPUTED: "yellow",
    Answer.DEPENDS: "yellow",
    Answer.UNKNOWN: "magenta",
}
SHOWN = 3
"""Claims that say otherwise are cut off after this many."""
UNVERIFIED = "general knowledge, not looked up"


def show_verdict(checked: Checked, *, explain: bool) -> None:
    """Print a verdict: answers first, then dates, reasons, warnings, questions."""
    verdict, service = checked.verdict, checked.service
    offer = service.offers[verdict.offer].name if verdict.offer else "offer not known"
    click.secho(f"{service.name}: {offer}", bold=True)
    click.echo(f"as of {show_when(verdict.as_of)}\n")
    for name, topic in verdict.topics.items():
        _show_topic(name, topic, checked.facts.zones, explain=explain)
    if len(verdict.money_back) > 1:
        first, second = (label(name, "topic") for name in verdict.money_back)
        click.echo(f"Better for you: {first}; then: {second}.")
    if verdict.rights:
        click.secho("\nRights that stand behind you", bold=True)
        for entitled in verdict.rights:
            _show_right(entitled, checked.facts.zones, explain=explain)
    for warning in verdict.warnings:
        click.secho(f"! {warning.code}: ", fg="yellow", nl=False)
        click.echo(say(warning.says))
        if explain:
            _tree([_cited(claim) for claim in warning.claims], "  ")
    if verdict.asks:
        click.secho("\nTo answer fully, tell: ", bold=True, nl=False)
        flags = (f"--{fact.replace('_', '-')}" for fact in verdict.asks)
        click.echo(", ".join(flags))
    click.echo("\nInformation, not legal advice.")


def _show_topic(
    name: str, topic: Topic, zones: tuple[tzinfo, ...], *, explain: bool
) -> None:
    click.secho(label(name, "topic"), bold=True, nl=False)
    if topic.answer is not None:
        click.echo(": ", nl=False)
        click.secho(topic.answer.value, fg=COLOURS[topic.answer], nl=False)
    if topic.handled_by:
        click.echo(f"  (ask {topic.handled_by})", nl=False)
    click.echo()
    for what, value in _dates(name, topic, zones):
        click.echo(f"    {what}: {value}")
    for line in topic.then:
        click.echo(f"    then: {line}")
    for step in topic.steps:
        click.echo(f"    - {step}")
    if explain:
        _tree([_branch(reason) for reason in topic.because], "    ")
        return
    for reason in topic.because:
        _show_reason(reason)


def _dates(name: str, topic: Topic, zones: tuple[tzinfo, ...]) -> list[tuple[str, str]]:
    dates = [
        ("act by", topic.act_by),
        ("at the latest", topic.latest),
        ("ends on, if ended now", topic.ends_on),
        ("on", topic.at),
        ("until", topic.until),
        ("money due back by", topic.refund_due_by),
    ]
    rows = [(text, show_when(when, zones)) for text, when in dates if when is not None]
    if name == "renewal" and topic.at is None:
        rows.append(("on", "none will come" if topic.nothing_comes else "not known"))
    if topic.amount is not None:
        rows.append(("amount", str(topic.amount)))
    if topic.formality:
        rows.append(("form", topic.formality))
    if topic.owed is not None and topic.owed.amount:
        rows.append(("may be kept for the days used, at most", str(topic.owed)))
    return rows


def _show_reason(reason: Reason) -> None:
    click.echo(f"    because {say(reason.says)}")
    for claim in reason.dissent[:SHOWN]:
        click.secho(f"      otherwise: {_cite(claim)}", dim=True)
    hidden = len(reason.dissent) - SHOWN
    if hidden > 0:
        click.secho(f"      and {hidden} more say otherwise (--explain)", dim=True)


def _show_right(
    entitled: Entitlement, zones: tuple[tzinfo, ...], *, explain: bool
) -> None:
    right = entitled.right
    click.echo(f"  {right.name}", nl=False)
    if right.kind is not RightKind.NOTE:
        click.echo(": ", nl=False)
        click.secho(entitled.answer.value, fg=COLOURS[entitled.answer], nl=False)
    click.echo(f"  [{UNVERIFIED}]" if right.is_unverified else "")
    click.echo(f"    {right.says}")
    if entitled.latest is not None:
        click.echo(f"    at the latest: {show_when(entitled.latest, zones)}")
    for due in entitled.due:
        when = f" by {due.by}" if due.by else ""
        click.echo(f"    {due.who}: {due.do}{when}")
    if entitled.asks:
        flags = (f"--{fact.replace('_', '-')}" for fact in entitled.asks)
        click.echo(f"    tell {', '.join(flags)} to know if you have it")
    if explain:
        _show_ground(right)


def _show_ground(right: Right) -> None:
    """Print the form, the limits and the sources of a right."""
    notes = (
        ("form", right.formality),
        ("not settled", right.unsettled),
        ("not for", right.exceptions),
    )
    for what, text in notes:
        if text:
            click.echo(f"    {what}: {text}")
    _tree([_cited(claim) for claim in right.claims], "    ")


_Branch: TypeAlias = tuple[str, list["_Branch"]]


def _branch(reason: Reason) -> _Branch:
    """Return a reason as a tree: what it rests on, and who says otherwise."""
    says = [_cited(claim) for claim in reason.claims]
    otherwise = [_cited(claim) for claim in reason.dissent]
    leaves = [("says", says)] if says else []
    if otherwise:
        leaves.append(("otherwise", otherwise))
    return (f"{say(reason.says)} ({reason.code})", leaves)


def _cited(claim: Claim) -> _Branch:
    """Return a claim with its article, its source and how well it was checked."""
    source = claim.source
    first, last = claim.in_force.first, claim.in_force.last
    span = f"in force from {first or 'ever'} to {last or 'now'}"
    how = UNVERIFIED if source.is_unverified else source.verification
    leaves: list[_Branch] = [
        (f"{claim.locator}: {source.title} ({source.kind.value})", []),
        (f"{span}; checked {claim.checked_on or 'by nobody'}, {how}", []),
    ]
    if source.url:
        leaves.append((source.url, []))
    return (f"{claim.id}: {claim.value}", leaves)


def _tree(branches: list[_Branch], indent: str) -> None:
    for line in _lines(branches, indent):
        click.echo(line)


def _lines(branches: list[_Branch], indent: str) -> Iterator[str]:
    for number, (text, leaves) in enumerate(branches, 1):
        is_last = number == len(branches)
        yield f"{indent}{'└─' if is_last else '├─'} {text}"
        yield from _lines(leaves, indent + ("   " if is_last else "│  "))


def _cite(claim: Claim) -> str:
    where = f"{claim.source.title}, {claim.locator}"
    return f"{claim.value} [{where}; checked {claim.checked_on or 'by nobody'}]"


def show_when(when: When, zones: tuple[tzinfo, ...] = ()) -> str:
    """Return a day or a moment as a person reads it, in their zone where known."""
    if not isinstance(when, datetime):
        return when.isoformat()
    local = when.astimezone(zones[0]) if len(zones) == 1 else when
    return f"{local:%Y-%m-%d %H:%M %Z}"
