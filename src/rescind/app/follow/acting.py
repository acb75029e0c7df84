"""From the workbench to a case: the letters go out, or the person says they did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rescind.app.act.workbench import details, wanted
from rescind.app.follow import cases
from rescind.app.follow.steps import write_next
from rescind.core.follow.letters import letters_of
from rescind.core.model.case import CaseState
from rescind.store import checks, selectors


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersToSend:
    """What a person does with letters of the workbench."""

    check: str
    """The check's id; the case that comes of it has the same."""
    facts: Mapping[str, Any]
    sender: Mapping[str, Any]
    typed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What was changed in each letter, by its kind."""
    kinds: Sequence[str]
    """The letters, in the order in which they go out."""


def say_done(act: LettersToSend, way: str) -> str:
    """Record that the person sent the letters themselves, and return the case's id.

    Raises BadInput where one of them cannot be written; what came before it stands.
    """
    for kind in act.kinds:
        _write(act, kind)
        cases.say_sent(act.check, way, None)
    return act.check


def send(act: LettersToSend, to: str) -> tuple[cases.Sent, ...]:
    """Send the letters from the person's mailbox; the caller has the person's yes.

    It stops at the first one that the other side did not take. Raises BadInput where
    one cannot be written or sent.
    """
    outcomes: list[cases.Sent] = []
    cases.mailer_of("smtp")
    for kind in act.kinds:
        _write(act, kind)
        outcomes.append(cases.send(act.check, way="smtp", to=to))
        if outcomes[-1].outcome != "dispatch_taken":
            break
    return tuple(outcomes)


def practise(act: LettersToSend) -> str:
    """Send copies of the letters to the practice merchant; return the copy's id.

    The check itself stays as it is, and can still be acted on.
    """
    first = act.kinds[0]
    copy = cases.new_case(
        {**act.facts, **details(act.typed.get(first, {}))},
        act.sender,
        wanted(first, act.typed.get(first, {})),
    )
    cases.send(copy, way="practice")
    return copy


def _write(act: LettersToSend, kind: str) -> None:
    """Write a letter into the case, which begins with the first one."""
    typed = act.typed.get(kind, {})
    if not checks.has_case(act.check):
        cases.new_case(
            {**act.facts, **details(typed)},
            act.sender,
            wanted(kind, typed),
            own_language=typed.get("own_language") or None,
            case_id=act.check,
        )
    elif not _takes_up(act.check, kind):
        write_next(act.check, kind, details(typed), wanted(kind, typed))


def _takes_up(case_id: str, kind: str) -> bool:
    """Return whether a letter of a kind waits; it is then the one that is sent."""
    case = selectors.read_case(case_id)
    standing = letters_of(case.events, case.kind)
    drafts = [e for e in standing if e.kind == kind and e.state is CaseState.DRAFT]
    for draft in drafts[-1:]:
        cases.take_up(case_id, draft)
    return bool(drafts)
