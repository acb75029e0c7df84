"""How a case is printed."""

import json
import re
from datetime import date

import click

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.public.case import WholeCaseJson
from rescind.app.follow import queries
from rescind.app.follow.answers import answers
from rescind.app.follow.at_bank import if_bank_refuses
from rescind.app.follow.at_store import to_do
from rescind.app.follow.case_money import is_money_late
from rescind.app.follow.contesting import end_by_withdrawal, withdrawal_end
from rescind.app.follow.days import country_of, zone_of
from rescind.app.follow.headline import Headline
from rescind.cli.lines import moment_in_words, put
from rescind.core.follow.due import kept_unbound
from rescind.core.follow.shortfall import DAY, is_named
from rescind.core.model.case import Case, CaseState, EventKind, ListedCase, set_aside
from rescind.core.model.event_details import ConfirmedDetails
from rescind.core.model.sentence import Sentence
from rescind.labels import detail_value, event_name, label, say
from rescind.store import selectors
from rescind.store.speech import RESTORE


def show_case(case_id: str, *, as_json: bool) -> None:
    """Print where a case stands and everything that happened."""
    case = selectors.read_case(case_id)
    row = queries.whole_case(case)
    if as_json:
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
        return
    country, zones = country_of(case), [zone_of(case)]
    put(f"{row['service_name']}  {row['id']}", bold=True)
    _show_damage(row)
    if queries.bought(case) != row["service_name"]:
        put(f"about: {queries.bought(case)}", hanging=_COLUMN)
    click.echo(f"state: {click.style(label(row['state'], 'state'), bold=True)}")
    put(f"next:  {row['next_step']}", hanging=_COLUMN)
    _show_answer(row, case)
    if case.ends_on:
        put(f"ends:  {_end_in_words(case, case.ends_on, country)}", hanging=_COLUMN)
    acts = ", ".join(label(kind, "act") for kind in row["possible"])
    put(f"can:   {acts}", hanging=_COLUMN)
    _show_letters(row, case)
    _show_steps(case)
    if row["by_word_only"]:
        click.echo("       That it was sent rests on your word; it is no proof.")
    aside = set_aside(case.events)
    for event in row["events"]:
        details = "; ".join(
            f"{label(name, 'detail')}: {_in_words(value, name, case)}"
            for name, value in event["details"].items()
            if value and not _is_mark(name, value)
        )
        what, whose = event_name(event), label(event["known_by"], "known_by")
        if event["number"] in aside:
            whose = f"{whose}; {label('set_aside', 'event_instead')}"
        at = moment_in_words(event["at"], zones, country)
        put(f"{event['number']:>3}  {at}: {what} ({whose})", hanging=_COLUMN)
        if details:
            put(f"{_COLUMN}{details}")


def state_of(record: ListedCase) -> str:
    """Return where a case stands; of money that is late, the sum and its day."""
    state = label(record.standing.state.value, "state")
    if not is_money_late(record.standing):
        return state
    case = selectors.read_case(record.id)
    head = Headline(case, answers(case))
    told = Sentence.of("case_row", head.code, **head.values())
    return f"{state}; {say(told, country_of(record))}"


def _show_answer(row: WholeCaseJson, case: Case) -> None:
    """Print what an open answer, or late money, comes to, as the page is headed."""
    is_late = row["state"] == CaseState.CONFIRMED.value and row["lateness"]
    if is_late or row["state"] == CaseState.ANSWERED.value:
        head = Headline(case, answers(case))
        title = Sentence.of("case_title", head.title, **head.values())
        put(f"they:  {say(title, country_of(case))}", hanging=_COLUMN)
    if is_late:
        told = Sentence.of("case_row", head.code, **head.values())
        put(f"money: {say(told, country_of(case))}", hanging=_COLUMN)
    if (refuses := if_bank_refuses(case)) is not None:
        put(f"bank:  if it refuses: {say(refuses, country_of(case))}", hanging=_COLUMN)


def _end_in_words(case: Case, ends_on: date, country: str | None) -> str:
    """Return the day it ends, with what it turns on while nobody knows a term."""
    day = say(ends_on, country)
    is_settled = case.last(ConfirmedDetails) is not None
    unbound = kept_unbound(case.verdict)
    if not is_settled and unbound is not None:
        day = say(Sentence.of("card_row", "unbound", day=day, unbound=unbound))
    code = end_by_withdrawal(case, day)
    if code is None:
        return day
    sent_on = withdrawal_end(case) or ends_on
    return say(Sentence.of("card_row", code, day=sent_on, fallback=day), country)


def _show_damage(row: WholeCaseJson) -> None:
    if row["damage"]:
        remedy = say(Sentence.of("damage", "case_remedy"))
        for line in [*row["damage"], remedy]:
            click.secho(f"! {line}", fg="red", err=True)
        click.echo(f"  try: {RESTORE}", err=True)


def _show_letters(row: WholeCaseJson, case: Case) -> None:
    """Print the letters of a case, where there are several, and those to write."""
    zones, country = [zone_of(case)], country_of(case)
    for letter in row["letters"] if len(row["letters"]) > 1 or row["to_write"] else ():
        sent = letter["sent_on"]
        when = f", sent on {moment_in_words(sent, zones, country)}" if sent else ""
        put(f"letter: {letter['kind']}: {label(letter['state'], 'state')}{when}")
    for kind in row["to_write"]:
        put(f"letter: {kind}: to write: rescind case next {row['id'][:8]} {kind}")


def _show_steps(case: Case) -> None:
    """Print the steps in an account, where nothing is written."""
    if case.has_letter or case.newest(EventKind.BUTTON_USED) is not None:
        return
    for number, action in enumerate(to_do(case), 1):
        put(f"step {number}: {action.says}", hanging=_COLUMN)
        for each in action.steps:
            put(f"       - {each}", hanging=" " * 9)
    put(f"       Done? rescind case button {case.id[:8]}")


_MARKS = frozenset({"dispatch", "message_id", "not_before", "outcome"})


def _is_mark(name: str, value: str) -> bool:
    """Return whether a detail is for programs: ``--json`` and the pack have it."""
    return name in _MARKS or value.startswith("sha256:")


def _in_words(value: str, name: str, case: Case) -> str:
    if _DAY_OR_MOMENT.fullmatch(value):
        return moment_in_words(value, [zone_of(case)], country_of(case))
    return detail_value(value, name)


_DAY_OR_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}[-+:.\dZ]*)?")
_COLUMN = " " * len("about: ")


def warn_of_other_end(case_id: str, ours: date | None) -> None:
    """Say that the end that is confirmed is another than ``ours``, and what to do.

    "Effective 1 March" is the end of 28 February, where that is how they named it.
    """
    case = selectors.read_case(case_id)
    theirs = case.ends_on
    if ours is None or theirs is None or ours - DAY <= theirs <= ours:
        return
    if theirs - DAY == ours:
        return
    if any(is_named(each.reading, theirs, ours) for each in answers(case)):
        return
    codes = ("ends_earlier", "earlier_end_taken")
    if theirs > ours:
        codes = ("ends_later", "later_end_taken")
    other = Sentence.of("difference", codes[0], theirs=theirs, ours=ours)
    taken = Sentence.of("difference", codes[1], case=case_id[:8])
    for sentence in (other, taken):
        put(f"! {ENGLISH.say(sentence)}", hanging="  ", err=True)
