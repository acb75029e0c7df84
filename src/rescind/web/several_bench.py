"""The letters of several contracts on one page, and what is done with all of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TypeAlias

from rescind.adapters import clock
from rescind.adapters.data.words import why_not
from rescind.app.act.workbench import (
    Sending,
    goes_to_bank,
    lacks_address,
    sendings,
)
from rescind.app.follow import acting, cases
from rescind.app.follow.at_store import steps_of
from rescind.app.know.checks import service_of
from rescind.core.act.action import last_day
from rescind.core.act.decision import dated
from rescind.core.errors import BadInput
from rescind.core.model.route import By
from rescind.labels import label
from rescind.store.checks import OpenCheck, change
from rescind.web.answer_card import card
from rescind.web.before_letters import lacks
from rescind.web.bench import Bench, bench, office_hint
from rescind.web.bench_choices import name_of
from rescind.web.bench_form import (
    ALL,
    Sheet,
    sender_fields,
    sheet,
)
from rescind.web.bench_ways import best_way, way_in_words
from rescind.web.card_values import CardRow
from rescind.web.fact_form import field_of
from rescind.web.fact_typed import standard
from rescind.web.login_of_dead import cover_in_words, is_behind_login
from rescind.web.page_errors import page_error
from rescind.web.page_field import PageField
from rescind.web.seen_charges import (
    Taken,
    charged_since,
    day_of_death,
    taken_in_words,
)
from rescind.web.several import own_form
from rescind.web.store_steps import TICKS, PageStep, page_steps

_OWN_SENDER = frozenset({"sender.invoice_id", "sender.plan"})
"""What each company finds the contract by; the rest of the sender is common."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayChoice:
    """A way to send some letters, to be chosen."""

    by: str
    name: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingChoice:
    """How the letters to one recipient go."""

    name: str
    """Of the field."""
    letters: str
    """What the letters are called."""
    ways: tuple[WayChoice, ...]
    chosen: str
    email: PageField
    address: PageField


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterGroup:
    """One contract: its letters, its own fields, and how they go."""

    id: str
    name: str
    title: str
    by: CardRow | None
    last_day: date | None
    """The day of ``by``."""
    sheets: tuple[Sheet, ...]
    sender: tuple[PageField, ...]
    choices: tuple[SendingChoice, ...]
    ask: PageField | None
    """What has to be told before a letter can be written."""
    steps: tuple[PageStep, ...]
    """What is done in an account, where nothing is written."""
    is_out: bool
    error: str
    taken: str
    """What was taken since the holder's death, where statements show it."""
    cover: str = ""
    """What heirs are to mind of an insurance."""


def groups(
    every: Iterable[OpenCheck], ways: Mapping[str, str]
) -> tuple[LetterGroup, ...]:
    """Return the contracts, the most urgent first; ``ways`` are those chosen, by field.

    Those without a last day come after the others, in their order.
    """
    charges = cache(charged_since)
    found = [_group(check, ways, charges) for check in every]
    return tuple(sorted(found, key=lambda group: group.last_day or date.max))


_Charges: TypeAlias = Callable[[date], Taken]


def _group(check: OpenCheck, ways: Mapping[str, str], charges: _Charges) -> LetterGroup:
    group = replace(_EMPTY, id=check.id, name=check.name, title=check.name)
    try:
        laid = bench(check.id)
    except BadInput as error:
        return replace(group, error=page_error(error).message)
    shown = card(laid.planned) if laid.planned and laid.case is None else None
    none = check.letters.get(ALL, {}).get("none", "").split()
    return replace(
        group,
        title=_title(laid, shown.title) if shown else laid.service_name,
        by=next((r for r in shown.rows if r.left), None) if shown else None,
        last_day=_last_day(laid) if shown else None,
        sheets=tuple(_sheet(laid, number) for number in range(len(laid.letters))),
        sender=tuple(
            # whoever writes for another often has none: it is no mistake
            replace(_of(check.id, field), error="", hint=field.error)
            for field in sender_fields(laid.sender, laid.letters, none)
            if field.name in _OWN_SENDER
        ),
        choices=tuple(_choices(laid, ways)),
        ask=_asked(laid, shown.ask) if shown and not laid.letters else None,
        steps=_steps(laid),
        is_out=laid.case is not None and not laid.letters,
        taken=_taken(laid, charges),
        cover=cover_in_words(laid),
    )


def _title(laid: Bench, title: str) -> str:
    """Return what to do about a contract, and whose it is where that does not say."""
    name = laid.service_name
    return title if name.casefold() in title.casefold() else f"{name}: {title}"


def _last_day(laid: Bench) -> date | None:
    """Return the day by which the first thing has to be done, if there is one."""
    if laid.planned is None:
        return None
    by = dated(laid.planned.decision.actions).by
    return None if by is None else last_day(by, laid.planned.checked.facts.zones)


def _steps(laid: Bench) -> tuple[PageStep, ...]:
    """Return the steps in an account; none where something is written or is over."""
    to_do = steps_of(laid.planned) if laid.planned and laid.case is None else None
    if to_do is None:
        return ()
    ticked, facts = laid.check.letters.get(TICKS, {}), standard(laid.check)
    return tuple(page_steps(ticked, to_do, facts, laid.sender))


def _taken(laid: Bench, charges: _Charges) -> str:
    """Return what statements show to have been taken since the death, in words."""
    died_on = day_of_death(laid.planned.checked.facts if laid.planned else None)
    if died_on is None:
        return ""
    check = laid.check
    since = charges(died_on)
    return taken_in_words(since, service=check.service, name=check.name)


def _asked(laid: Bench, fact: str) -> PageField | None:
    if not fact:
        return None
    check = laid.check
    return _of(check.id, field_of(fact, service_of(check), check.typed))


def _sheet(laid: Bench, number: int) -> Sheet:
    letter = laid.letters[number]
    own = sheet(letter, laid.check.letters, laid.known(letter.kind))
    return replace(
        own,
        asked=tuple(_of(laid.check.id, f) for f in own.asked),
        # to whom it goes stands beside the way it goes
        fields=tuple(
            _of(laid.check.id, f) for f in own.fields if not f.name.endswith(".to")
        ),
    )


def _of(check_id: str, field: PageField) -> PageField:
    return replace(field, name=f"{check_id}.{field.name}")


def _choices(laid: Bench, ways: Mapping[str, str]) -> Iterator[SendingChoice]:
    check, behind_login = laid.check, is_behind_login(laid)
    for number, sending in enumerate(sendings(laid.letters)):
        first = sending.letters[0]
        recipient = first.written.letter.recipient if first.written else None
        is_bank = goes_to_bank(sending)
        who = label("bank", "who") if is_bank else sending.to or laid.service_name
        name = f"{check.id}.way.{number}"
        chosen = _chosen(sending, ways.get(name, ""), behind_login=behind_login)
        yield SendingChoice(
            name=name,
            letters=", ".join(name_of(letter.kind) for letter in sending.letters),
            ways=(
                *(
                    WayChoice(
                        by=way.by.value,
                        name=way_in_words(
                            way, who, is_bank=is_bank, behind_login=behind_login
                        ),
                        link=way.link,
                    )
                    for way in sending.ways
                ),
                WayChoice(by=LATER, name=label("later", "several"), link=None),
            ),
            chosen=chosen,
            email=PageField(
                name=f"{check.id}.{first.kind}.to",
                label=label("to", "letter_field"),
                value=(recipient.email or "") if recipient else "",
            ),
            address=PageField(
                name=f"{check.id}.{ALL}.merchant_address",
                label=label("office", "bench").format(who=laid.service_name),
                hint=office_hint(recipient),
                kind="lines",
                value=check.letters.get(ALL, {}).get("merchant_address", ""),
            ),
        )


LATER = "later"
"""What is chosen for letters that are not to go out now."""


def _chosen(sending: Sending, way: str, *, behind_login: bool) -> str:
    """Return the way that was chosen, else the best one."""
    if way in (*(each.by for each in sending.ways), LATER):
        return way
    return str(best_way(sending, behind_login=behind_login) or LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What came of doing all: how many letters are out, and what went wrong."""

    letters: int
    contracts: int
    ways: str
    """Which went how, in words."""
    wrong: tuple[str, ...]
    """Which did not go, and why."""


def carry_out(every: Sequence[OpenCheck], form: Mapping[str, str]) -> Carried:
    """Send each letter by mail, or record it as done, in the way chosen for it.

    Raises BadInput before anything is done where something is missing that all need;
    what goes wrong with one contract does not hold up the others.
    """
    laid = _with_letters(every)
    for each in laid:
        ways = {choice.chosen for choice in _choices(each, form)}
        if By.POST.value in ways and not each.sender.get("address"):
            raise BadInput("address", label("address_for_post", "bench"))
    wrong: list[str] = []
    letters, by_way = 0, dict[str, list[str]]()
    for each in laid:
        try:
            went, said = _end(each, own_form(form, each.check.id))
        except BadInput as error:
            wrong.append(f"{each.service_name}: {page_error(error).message}")
            continue
        for way, kinds in went:
            letters += len(kinds)
            by_way.setdefault(way, []).append(each.service_name)
        wrong += [f"{each.service_name}: {text}" for text in said]
    return Carried(
        letters=letters,
        contracts=len({name for names in by_way.values() for name in names}),
        ways="; ".join(
            f"{', '.join(names)} {label(way, 'way_in_sentence')}"
            for way, names in by_way.items()
        ),
        wrong=tuple(wrong),
    )


def practise(every: Sequence[OpenCheck]) -> int:
    """Copy all that can be practised with, and return how many contracts that were.

    Raises BadInput as ``carry_out`` does.
    """
    laid = _with_letters(every)
    for each in laid:
        acting.practise(each.order(_kinds(each)))
    return len(laid)


def _with_letters(every: Iterable[OpenCheck]) -> list[Bench]:
    """Return the workbenches on which letters lie; raises BadInput for none."""
    laid = []
    for check in every:
        # what is wrong about one stands beside its name, and holds up no other
        with suppress(BadInput):
            laid.append(bench(check.id))
    laid = [each for each in laid if _kinds(each)]
    if not laid:
        raise BadInput("letter", why_not("no_such_letter"))
    if not all(each.sender.get("name") for each in laid):
        raise BadInput("name", label("name_missing", "bench"))
    return laid


def _kinds(laid: Bench) -> list[str]:
    return [each.kind for each in laid.letters if each.written is not None]


_NO_ADDRESS = {By.EMAIL.value: "no_email", By.POST.value: "no_post"}
_Went: TypeAlias = tuple[str, list[str]]
"""A way, and the kinds of letters that went it."""


def _end(laid: Bench, own: Mapping[str, str]) -> tuple[list[_Went], list[str]]:
    """Send or record the letters of one contract; return what went, and what failed."""
    went: list[_Went] = []
    said: list[str] = []
    if lacks(laid):
        raise BadInput("billed_by", label("see_biller", "which_company"))
    for number, sending in enumerate(sendings(laid.letters)):
        kinds = [letter.kind for letter in sending.letters]
        # the page always sends the way that it showed as chosen
        typed = own.get(f"way.{number}", "")
        way = _chosen(sending, typed, behind_login=False)
        if way == LATER:
            continue
        if lacks_address(sending, way):
            said.append(label(_NO_ADDRESS[way], "several"))
            continue
        # the first letters make a case of the check: the next ones rest on it
        order = bench(laid.check.id).order(kinds)
        if way == By.EMAIL.value and cases.smtp_account():
            to = own.get(f"{kinds[0]}.to", "").strip()
            sent = acting.send(order, to)
            failed = [each for each in sent if each.outcome not in _GOES]
            said += [f"{label(f.outcome, 'outcome')} {f.said}" for f in failed]
            kinds = kinds[: len(sent) - len(failed)]
        else:
            acting.say_done(order, label(way, "route"))
        went += [(way, kinds)] if kinds else []
        # what was typed was for these letters: the next are not they
        out = [kind for _, each in went for kind in each]
        rest = {n: told for n, told in laid.check.letters.items() if n not in out}
        change(laid.check.id, now=clock.now(), letters=rest)
    return went, said


_GOES = frozenset({"dispatch_taken", "dispatch_ordered"})


_EMPTY = LetterGroup(
    id="",
    name="",
    title="",
    by=None,
    last_day=None,
    sheets=(),
    sender=(),
    choices=(),
    ask=None,
    steps=(),
    is_out=False,
    error="",
    taken="",
)
