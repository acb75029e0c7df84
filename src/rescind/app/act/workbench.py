"""The workbench: every letter that a decision calls for, as it would go out now."""

from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rescind.adapters import clock
from rescind.adapters.data.countries import zone_of_purchase
from rescind.adapters.data.letters import languages, read_kind
from rescind.adapters.input.days import read_written_day
from rescind.adapters.input.details import DAYS, SUMS
from rescind.adapters.input.months import refuse_month
from rescind.adapters.input.sums import read_written_money
from rescind.adapters.settings.preferences import PREFERENCES
from rescind.app.act.letters import Wanted, Written, gloss, write
from rescind.app.act.routes import ranked
from rescind.core.act.action import How
from rescind.core.act.decision import Decision
from rescind.core.act.problems import ON_BEHALF
from rescind.core.act.route_steps import KEEP, STEPS
from rescind.core.act.their_answer import answers_met
from rescind.core.errors import BadInput
from rescind.core.model.law import Body
from rescind.core.model.letter import Problem, ReaderKind
from rescind.core.model.route import Acceptance, By, Route
from rescind.core.model.sentence import Sentence
from rescind.settings import data_folder

NAME_TO_COME = "…"
"""What stands for a name that was not typed yet, so that the letter can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchLetter:
    """One letter on the workbench."""

    kind: str
    written: Written | None
    """``None`` where it cannot be written yet; ``error`` says why."""
    error: BadInput | None = None
    gloss: tuple[tuple[str, str], ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is to be known or mended before it is sent."""
        return () if self.written is None else self.written.letter.problems

    @property
    def recipient(self) -> str:
        """Return who it goes to; empty where that is not known."""
        return "" if self.written is None else self.written.letter.recipient.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """The letters that go to one recipient, and the ways to it, the best first."""

    to: str
    letters: tuple[BenchLetter, ...]
    ways: tuple[Route, ...]


def kinds_of(decision: Decision, authority: str = "") -> tuple[str, ...]:
    """Return the kinds of letters that a decision calls for, in its order.

    ``authority`` is in what capacity somebody ends the contract of another.
    """
    kinds = (action.letter for action in decision.actions if action.letter)
    return tuple(
        dict.fromkeys(ON_BEHALF if authority and k == "cancel" else k for k in kinds)
    )


def store_steps(decision: Decision) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what is to be done in an account at a store: what, and its steps."""
    return tuple(
        (action.do, action.steps)
        for action in decision.actions
        if action.how is How.STORE
    )


def lay_out(
    kinds: Sequence[str],
    facts: Mapping[str, Any],
    sender: Mapping[str, Any],
    typed: Mapping[str, Mapping[str, str]],
) -> tuple[BenchLetter, ...]:
    """Return the letters as they would be written from facts in standard form.

    ``typed`` holds by kind what was changed in a letter: its details, and
    ``language``, ``own_language`` and ``to``.
    """
    return tuple(_letter(kind, facts, sender, typed.get(kind, {})) for kind in kinds)


def wanted(kind: str, typed: Mapping[str, str]) -> Wanted:
    """Return which letter is wanted by what was typed about it.

    Its language is the one chosen beside it, else that of the settings where the
    letter is written in it, else the company's.
    """
    chosen = typed.get("language") or preferred_language(kind)
    signed = typed.get("signed", "")
    picture = typed.get("signature", "") if signed == DRAWN else ""
    return Wanted(
        kind=kind,
        language=None if chosen == THEIRS else chosen,
        to=typed.get("to") or None,
        layout=typed.get("layout") or None,
        signature=b64decode(picture) if picture else None,
        typed=not picture and signed != BY_HAND,
        with_code=typed.get("with_code") == "yes",
        by=typed.get(BY) or None,
    )


DRAWN, BY_HAND = "drawn", "hand"
"""How a letter is signed, where its name alone is not to stand there."""
THEIRS = "theirs"
"""What is chosen for the language of the company, whatever the settings say."""


def preferred_language(kind: str) -> str:
    """Return the language of the settings, if letters of a kind are written in it."""
    own = str(PREFERENCES.entries(data_folder()).get("letter_language", ""))
    return own if own in languages(kind) else THEIRS


BY = "by"
"""Under which name the way that was chosen for a letter is kept."""
OF_THE_PAGE = frozenset(
    {"language", "own_language", "to", "none", BY}
    | {"signed", "signature", "layout", "with_code"}
)
"""What is typed about a letter and is no detail of its text."""


def details(typed: Mapping[str, str], facts: Mapping[str, Any]) -> dict[str, str]:
    """Return the details of the text among what was typed about a letter.

    Days and sums are read as people of the facts' country write them, and "tomorrow"
    is a day there. Raises BadInput naming the field.
    """
    told = {n: text for n, text in typed.items() if text and n not in OF_THE_PAGE}
    told |= {"lacks": typed["none"]} if typed.get("none") else {}
    country = facts.get("country")
    today = clock.now().astimezone(zone_of_purchase(facts)).date()
    for name in told.keys() & set(DAYS):
        refuse_month(told[name], name)
        day = read_written_day(told[name], name, today=today, country=country)
        told[name] = day.isoformat()
    for name in told.keys() & set(SUMS):
        told[name] = str(read_written_money(told[name], name, country=country))
    return told


def _letter(
    kind: str,
    facts: Mapping[str, Any],
    sender: Mapping[str, Any],
    typed: Mapping[str, str],
) -> BenchLetter:
    who = {"name": NAME_TO_COME, **{n: v for n, v in sender.items() if v}}
    try:
        told = details(typed, facts)
        written = _by_its_way({**facts, **told}, who, wanted(kind, typed))
    except BadInput as error:
        return BenchLetter(kind=kind, written=None, error=error)
    own = typed.get("own_language")
    meanings = gloss(written, own) if own and own != written.letter.language else ()
    return BenchLetter(kind=kind, written=written, gloss=meanings)


def _by_its_way(
    facts: Mapping[str, Any], who: Mapping[str, Any], order: Wanted
) -> Written:
    """Return a letter as it goes the way that was chosen, else the surest."""
    written = write(facts, who, order)
    if order.by is not None or _reader(order.kind) is not ReaderKind.MERCHANT:
        return written
    first = next(iter(ranked(written).ranked), None)
    if first is None or first.by is not By.POST:
        return written
    return write(facts, who, replace(order, by=By.POST.value))


def sendings(letters: Sequence[BenchLetter]) -> tuple[Sending, ...]:
    """Return the letters by whom they go to, in their order, with the ways there."""
    by_recipient: dict[ReaderKind, list[BenchLetter]] = {}
    for letter in letters:
        if letter.written is not None:
            by_recipient.setdefault(_reader(letter.kind), []).append(letter)
    return tuple(
        sending
        for group in by_recipient.values()
        for sending in _by_button_or_not(group)
    )


def _by_button_or_not(group: Sequence[BenchLetter]) -> Iterator[Sending]:
    """Yield the letters to one recipient; by themselves those that no button carries.

    A button on which a contract is ended undoes none, and asks for no money. Where it
    is the way for the first of them, the others go a way of their own, by post too.
    """
    ways, to = {letter.kind: _ways(letter) for letter in group}, group[0].recipient
    by_button = [each for each in group if _has(By.BUTTON, ways[each.kind])]
    others = tuple(each for each in group if each not in by_button)
    first = ways[group[0].kind]
    if group[0] not in by_button or not others:
        yield Sending(to=to, letters=tuple(group), ways=first)
        return
    own = ways[others[0].kind]
    # one page has one address to post from, and one to post to
    kept = tuple(w for w in first if w.by is not By.POST or not _has(By.POST, own))
    yield Sending(to=to, letters=tuple(by_button), ways=kept)
    form = () if _has(By.FORM, own) else (_into_a_form(to),)
    yield Sending(to=to, letters=others, ways=(*own, *form))


def _has(by: By, ways: Sequence[Route]) -> bool:
    return any(way.by is by for way in ways)


def _into_a_form(to: str) -> Route:
    """Return the way to paste a text into a form or a chat that nobody has on file."""
    return Route(
        by=By.FORM,
        to=to,
        acceptance=Acceptance.UNKNOWN,
        effort=2,
        proof=2,
        steps=(Sentence.of("route_step", "find_form"), *STEPS[By.FORM]),
        keep=KEEP[By.FORM],
    )


def goes_to_bank(sending: Sending) -> bool:
    """Return whether it is the bank that letters go to, named in them or not."""
    return _reader(sending.letters[0].kind) is ReaderKind.BANK


def lacks_address(sending: Sending, way: str) -> bool:
    """Return whether letters cannot go a way since nobody knows where to."""
    if way not in (By.EMAIL.value, By.POST.value) or goes_to_bank(sending):
        return False
    written = sending.letters[0].written
    recipient = written.letter.recipient if written else None
    if recipient is None:
        return True
    return not (recipient.email if way == By.EMAIL.value else recipient.lines[1:])


def writes_to_merchant(kind: str) -> bool:
    """Return whether a kind of letter goes to the company itself."""
    return _reader(kind) is ReaderKind.MERCHANT


def _reader(kind: str) -> ReaderKind:
    return read_kind(kind).reader


_TO_BANK = (
    Route(
        by=By.ASK,
        to=Sentence.of("who", "bank"),
        acceptance=Acceptance.LAW,
        effort=3,
        proof=3,
        steps=(Sentence.of("route_step", "hand_to_bank"),),
        keep=(Sentence.of("route_proof", "bank_receipt"),),
    ),
)
"""A bank has its own counter, form or message box: no address of it is on file."""


_BEGINNINGS = frozenset({"cancel", "withdraw", "refund", "erase", ON_BEHALF})
"""Letters in whose place a button can be pressed; what follows them is written."""
_NO_WRITING = frozenset({By.BUTTON, By.STORE})


def _ways(letter: BenchLetter) -> tuple[Route, ...]:
    """Return the ways for a letter, one of each, the surest first."""
    if letter.written is None or _reader(letter.kind) is ReaderKind.BANK:
        return _TO_BANK
    if _reader(letter.kind) is ReaderKind.BODY:
        return _to_body(letter.written.matter.body)
    ways: dict[By, Route] = {}
    for route in ranked(letter.written).ranked:
        if letter.kind in _BEGINNINGS or route.by not in _NO_WRITING:
            ways.setdefault(route.by, route)
    best_first = tuple(ways.values())
    if not is_said_lost(letter):
        return best_first
    # what is said to have got lost goes again in a way that proves it
    return tuple(sorted(best_first, key=lambda way: way.by is not By.POST))


def is_said_lost(letter: BenchLetter) -> bool:
    """Return whether a letter answers that the notice before it never came."""
    written = letter.written
    if written is None:
        return False
    return "not_received" in answers_met(written.matter.details)


def _to_body(body: Body | None) -> tuple[Route, ...]:
    """Return the way to whoever takes complaints: its own form, or by post."""
    links = (
        [each for each in body.contact if each.startswith("https://")] if body else []
    )
    name = body.name if body else Sentence.of("who", "body")
    form = Route(
        by=By.FORM,
        to=name,
        acceptance=Acceptance.LAW,
        effort=2,
        proof=2,
        steps=(Sentence.of("route_step", "hand_to_body"),),
        keep=(Sentence.of("route_proof", "body_receipt"),),
        link=next(iter(links), None),
    )
    return (form,)
