"""The workbench: every letter that a decision calls for, as it would go out now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rescind.adapters.data.letters import read_kind
from rescind.app.act.letters import Wanted, Written, gloss, write
from rescind.app.act.routes import ranked
from rescind.core.act.action import How
from rescind.core.act.decision import Decision
from rescind.core.errors import BadInput
from rescind.core.model.letter import Problem, ReaderKind
from rescind.core.model.route import Acceptance, By, Route
from rescind.core.model.sentence import Sentence

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


def kinds_of(decision: Decision) -> tuple[str, ...]:
    """Return the kinds of letters that a decision calls for, in its order."""
    return tuple(dict.fromkeys(a.letter for a in decision.actions if a.letter))


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
    """Return which letter is wanted by what was typed about it."""
    return Wanted(
        kind=kind,
        language=typed.get("language") or None,
        to=typed.get("to") or None,
        typed=True,
    )


OF_THE_PAGE = frozenset({"language", "own_language", "to"})
"""What is typed about a letter and is no detail of its text."""


def details(typed: Mapping[str, str]) -> dict[str, str]:
    """Return the details of the text among what was typed about a letter."""
    return {n: text for n, text in typed.items() if text and n not in OF_THE_PAGE}


def _letter(
    kind: str,
    facts: Mapping[str, Any],
    sender: Mapping[str, Any],
    typed: Mapping[str, str],
) -> BenchLetter:
    who = {"name": NAME_TO_COME, **{n: v for n, v in sender.items() if v}}
    try:
        written = write({**facts, **details(typed)}, who, wanted(kind, typed))
    except BadInput as error:
        return BenchLetter(kind=kind, written=None, error=error)
    own = typed.get("own_language")
    meanings = gloss(written, own) if own and own != written.letter.language else ()
    return BenchLetter(kind=kind, written=written, gloss=meanings)


def sendings(letters: Sequence[BenchLetter]) -> tuple[Sending, ...]:
    """Return the letters by whom they go to, in their order, with the ways there."""
    by_recipient: dict[ReaderKind, list[BenchLetter]] = {}
    for letter in letters:
        if letter.written is not None:
            by_recipient.setdefault(_reader(letter.kind), []).append(letter)
    return tuple(
        Sending(to=group[0].recipient, letters=tuple(group), ways=_ways(group[0]))
        for group in by_recipient.values()
    )


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


def _ways(letter: BenchLetter) -> tuple[Route, ...]:
    """Return the ways for a letter, one of each, the surest first."""
    if letter.written is None or _reader(letter.kind) is ReaderKind.BANK:
        return _TO_BANK
    ways: dict[By, Route] = {}
    for route in ranked(letter.written).ranked:
        ways.setdefault(route.by, route)
    return tuple(ways.values())
