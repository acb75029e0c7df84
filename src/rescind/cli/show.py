"""The verdict for a reader at a terminal."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

import click

from rescind.cli.lines import WIDTH, moment_in_words, put, wrapped
from rescind.core.act.action import still_by
from rescind.core.model.checked import Checked
from rescind.core.model.facts import Facts, When, day_of
from rescind.core.model.law import Right, RightKind
from rescind.core.model.names import titled
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
    offer, facts = checked.offer, checked.facts
    unknown = f"{service.name}: offer not known"
    put(titled(offer.name, service) if offer else unknown, bold=True)
    put(f"on {moment_in_words(verdict.as_of, facts.zones, facts.country)}")
    click.echo()
    for name, topic in _bound(verdict.topics, facts).items():
        _show_topic(name, topic, facts, explain=explain)
    if len(verdict.money_back) > 1:
        first, second = (label(name, "topic") for name in verdict.money_back)
        put(f"Better for you: {first}; then: {second}.")
    if verdict.rights:
        click.secho("\nRights that stand behind you", bold=True)
        for entitled in verdict.rights:
            _show_right(entitled, facts, explain=explain)
    for warning in verdict.warnings:
        put(f"! {say(warning.says, facts.country)}", hanging="  ")
        if explain:
            _tree([_cited(claim) for claim in warning.claims], "  ")
    if verdict.asks:
        flags = (f"--{fact.replace('_', '-')}" for fact in verdict.asks)
        click.echo()
        put(f"To answer fully, tell: {', '.join(flags)}", bold=True)
    click.echo("\nInformation, not legal advice.")


def _show_topic(name: str, topic: Topic, facts: Facts, *, explain: bool) -> None:
    click.secho(label(name, "topic"), bold=True, nl=False)
    if topic.answer is not None:
        click.echo(": ", nl=False)
        answer = label(topic.answer.value, "answer").lower()
        click.secho(answer, fg=COLOURS[topic.answer], nl=False)
    if topic.handled_by:
        click.echo(f"  (ask {topic.handled_by})", nl=False)
    click.echo()
    for what, value in _dates(name, topic, facts):
        put(f"    {what}: {value}")
    for line in topic.then:
        put(f"    then: {line}")
    for step in topic.steps:
        put(f"    - {step}")
    if explain:
        _tree([_branch(reason) for reason in topic.because], "    ")
        return
    for reason in topic.because:
        _show_reason(reason, facts)


def _bound(topics: Mapping[str, Topic], facts: Facts) -> dict[str, Topic]:
    """Return the topics, access lasting as long as the contract that it belongs to."""
    ends_on, until = topics["cancel"].ends_on, topics["access"].until
    if ends_on is None or until is None or day_of(until, facts.zones) > ends_on:
        return dict(topics)
    lasts = replace(topics["access"], until=ends_on + timedelta(days=1))
    return {**topics, "access": lasts}


def _ends(topic: Topic) -> str:
    """Return what the day is on which it ends, with what that turns on."""
    unsure = f" and {say(topic.unbound)}" if topic.unbound else ""
    return f"ends on, if ended now{unsure}"


def _lasting(until: When | None) -> tuple[str, When | None]:
    """Return how long access lasts: to a moment, or to the end of its last day."""
    if until is None or isinstance(until, datetime):
        return "until", until
    return "until the end of", until - timedelta(days=1)


def _dates(name: str, topic: Topic, facts: Facts) -> list[tuple[str, str]]:
    dates = [
        ("act by", still_by(topic.act_by, topic.latest, facts.as_of, facts.zones)),
        ("at the latest", topic.latest),
        (_ends(topic), topic.ends_on),
        ("on", topic.at),
        _lasting(topic.until),
        ("money due back by", topic.refund_due_by),
    ]
    rows = [
        (text, moment_in_words(when, facts.zones, facts.country))
        for text, when in dates
        if when is not None
    ]
    if name == "renewal" and topic.at is None:
        rows.append(("on", "none will come" if topic.nothing_comes else "not known"))
    if topic.amount is not None:
        rows.append(("amount", str(topic.amount)))
    if topic.formality:
        rows.append(("form", topic.formality))
    if topic.owed is not None and topic.owed.amount:
        rows.append(("may be kept for the days used, at most", str(topic.owed)))
    return rows


def _show_reason(reason: Reason, facts: Facts) -> None:
    put(f"    because {say(reason.says, facts.country)}")
    for claim in reason.dissent[:SHOWN]:
        put(f"      otherwise: {_cite(claim)}", dim=True)
    hidden = len(reason.dissent) - SHOWN
    if hidden > 0:
        click.secho(f"      and {hidden} more say otherwise (--explain)", dim=True)


def _show_right(entitled: Entitlement, facts: Facts, *, explain: bool) -> None:
    right = entitled.right
    click.echo(f"  {right.name}", nl=False)
    if right.kind is not RightKind.NOTE:
        click.echo(": ", nl=False)
        answer = label(entitled.answer.value, "answer").lower()
        click.secho(answer, fg=COLOURS[entitled.answer], nl=False)
    click.echo(f"  [{UNVERIFIED}]" if right.is_unverified else "")
    put(f"    {right.says}")
    if entitled.latest is not None:
        day = moment_in_words(entitled.latest, facts.zones, facts.country)
        put(f"    at the latest: {day}")
    for due in entitled.due:
        when = f" by {say(due.by, facts.country)}" if due.by else ""
        put(f"    {due.who}: {due.do}{when}")
    if entitled.asks:
        flags = (f"--{fact.replace('_', '-')}" for fact in entitled.asks)
        put(f"    tell {', '.join(flags)} to know if you have it")
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
            put(f"    {what}: {text}")
    _tree([_cited(claim) for claim in right.claims], "    ")


_Branch: TypeAlias = tuple[str, list["_Branch"]]


def _branch(reason: Reason) -> _Branch:
    """Return a reason as a tree: what it rests on, and who says otherwise."""
    says = [_cited(claim) for claim in reason.claims]
    otherwise = [_cited(claim) for claim in reason.dissent]
    leaves = [("says", says)] if says else []
    if otherwise:
        leaves.append(("otherwise", otherwise))
    return (say(reason.says), leaves)


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
        inner = indent + ("   " if is_last else "│  ")
        first, *rest = wrapped(text, "", width=WIDTH - len(inner))
        yield f"{indent}{'└─' if is_last else '├─'} {first}"
        yield from (inner + line for line in rest)
        yield from _lines(leaves, inner)


def _cite(claim: Claim) -> str:
    where = f"{claim.source.title}, {claim.locator}"
    return f"{claim.value} [{where}; checked {claim.checked_on or 'by nobody'}]"
