"""From the workbench to a case: the letters go out, or the person says they did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rescind.app.act.letters import write
from rescind.app.act.workbench import details, wanted
from rescind.app.follow import cases
from rescind.app.follow.days import day_told
from rescind.app.follow.sent_by_hand import day_sent
from rescind.app.follow.steps import facts_for, write_next
from rescind.core.act.letter import as_text
from rescind.core.follow.letters import letters_of
from rescind.core.model.case import Case, CaseState
from rescind.store import checks, selectors


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersToSend:
    """What a person does with letters of the workbench."""

    check: str
    """The check's id; the case that comes of it has the same."""
    facts: Mapping[str, Any]
    """Those of the check; of a case, those that the first of the letters rests on."""
    sender: Mapping[str, Any]
    typed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What was changed in each letter, by its kind."""
    kinds: Sequence[str]
    """The letters, in the order in which they go out."""

    def details(self, kind: str) -> dict[str, str]:
        """Return the details that were typed about a letter; raises BadInput."""
        return details(self.typed.get(kind, {}), self.facts)


def say_done(act: LettersToSend, way: str, on: str = "") -> str:
    """Record that the person sent the letters themselves, and return the case's id.

    ``on`` is the day, as the person writes it; without one it is today. Raises
    BadInput for a day that cannot be, before anything is written, and where one of
    them cannot be written; what came before it stands.
    """
    if on:
        # before anything is written: a day that cannot be is no case
        day_sent(on, act.facts)
    for kind in act.kinds:
        _write(act, kind)
        cases.say_sent(act.check, way, on or None)
    return act.check


def send(act: LettersToSend, to: str, at: str | None = None) -> tuple[cases.Sent, ...]:
    """Send the letters from the person's mailbox; the caller has the person's yes.

    With ``at``, a day as the person writes it, the worker sends the letter then. It
    stops at the first one that the other side did not take. Raises BadInput where one
    cannot be written or sent.
    """
    outcomes: list[cases.Sent] = []
    cases.mailer_of("smtp")
    day = day_told(at, "at") if at else None
    for kind in act.kinds:
        _write(act, kind)
        if day:
            sent = cases.send_later(act.check, way="smtp", to=to, at=day)
        else:
            sent = cases.send(act.check, way="smtp", to=to)
        outcomes.append(sent)
        if sent.outcome != "dispatch_taken":
            break
    return tuple(outcomes)


def practise(act: LettersToSend) -> str:
    """Send copies of the letters to the practice merchant; return the copy's id.

    The check or the case itself stays as it is, and can still be acted on.
    """
    first, *others = act.kinds
    copy = cases.new_practice(
        {**act.facts, **act.details(first)},
        act.sender,
        wanted(first, act.typed.get(first, {})),
        of=act.check,
    )
    cases.send(copy, way="practice")
    for kind in others:
        order = wanted(kind, act.typed.get(kind, {}))
        write_next(copy, kind, act.details(kind), order, act.sender)
        cases.send(copy, way="practice")
    return copy


def _write(act: LettersToSend, kind: str) -> None:
    """Write a letter into the case, which begins with the first one."""
    typed = act.typed.get(kind, {})
    order = wanted(kind, typed)
    if not checks.has_case(act.check):
        cases.new_case(
            {**act.facts, **act.details(kind)},
            act.sender,
            order,
            own_language=typed.get("own_language") or None,
            case_id=act.check,
        )
        return
    case = selectors.read_case(act.check)
    told = act.details(kind)
    if not _takes_up(case, act, kind):
        write_next(case.id, kind, told, order, act.sender)


def _takes_up(case: Case, act: LettersToSend, kind: str) -> bool:
    """Return whether a letter waits that says the same; it is then the one sent."""
    standing = letters_of(case.events, case.kind)
    waiting = [e for e in standing if e.kind == kind and e.state in _MAY_GO]
    if not waiting:
        return False
    facts = {**facts_for(case, kind), **act.details(kind)}
    anew = write(facts, act.sender, wanted(kind, act.typed.get(kind, {})))
    if as_text(anew.letter) != selectors.letter(case, waiting[-1].number).text:
        return False
    cases.take_up(case.id, waiting[-1])
    return True


_MAY_GO = (CaseState.DRAFT, CaseState.FAILED)
