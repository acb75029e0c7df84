"""The one table of transitions: which event may follow in which state, and why not.

Who writes asks it, and so does each door before it offers something. Where a case
goes from there is said in ``state.py``.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from rescind.core.follow.state import AT_REST, OVER, WAITING, Position, position
from rescind.core.model.case import CaseState, Event, EventKind
from rescind.core.model.sentence import Sentence

K, S = EventKind, CaseState


class Need(StrEnum):
    """What has to hold besides the state."""

    NOTHING = "nothing"
    UNSENT_LETTER = "unsent_letter"
    """The newest letter has certainly not gone out."""
    ATTEMPT = "attempt"
    """A sending was begun, and nothing says yet how it ended."""
    TOLD = "told"
    """The merchant was told of the end, or confirmed it."""
    CONFIRMED = "confirmed"
    """The end was confirmed, and not taken back."""
    REPORT = "report"
    """Something was kept or told that can be set aside."""
    SET_ASIDE = "set_aside"
    """Something is set aside."""
    MESSAGE = "message"
    """A message came, whoever asked for it."""


Row = Mapping[CaseState, Need]


def _in(
    states: Iterable[CaseState], need: Need = Need.NOTHING
) -> dict[CaseState, Need]:
    return dict.fromkeys(states, need)


_EVERY = frozenset(CaseState)
_ASKED = frozenset({*WAITING, S.OVERDUE})
_IN_DOUBT = frozenset({S.SENDING, S.DOUBTFUL})

MAY_FOLLOW: Mapping[EventKind, Row] = {
    # the first event of all: it follows no other
    K.OPENED: {},
    K.LETTER_WRITTEN: _in(AT_REST),
    # a letter goes out once, by whatever way
    K.DISPATCH_ORDERED: _in(AT_REST, Need.UNSENT_LETTER),
    K.HANDED_OVER: _in(AT_REST, Need.UNSENT_LETTER),
    K.SAID_SENT: _in(AT_REST, Need.UNSENT_LETTER) | _in(_IN_DOUBT),
    K.SAID_NOT_SENT: _in(_IN_DOUBT),
    K.DISPATCH_RECALLED: _in({S.ORDERED}),
    K.DISPATCH_BEGUN: _in({S.ORDERED}),
    # how a sending ended is recorded whatever came in between
    K.DISPATCH_TAKEN: _in(_EVERY, Need.ATTEMPT),
    K.DISPATCH_REFUSED: _in(_EVERY, Need.ATTEMPT),
    K.DISPATCH_UNKNOWN: _in(_EVERY, Need.ATTEMPT),
    # what came in is kept, and a proof is of what is there
    K.DELIVERED: _in(_EVERY),
    K.DELIVERY_FAILED: _in(_EVERY),
    K.NOTICE_KEPT: _in(_EVERY),
    K.COPY_KEPT: _in(_EVERY),
    K.FILE_KEPT: _in(_EVERY),
    K.ANSWERED: _in(_EVERY),
    K.THIRD_PARTY: _in(_EVERY),
    K.AUTHENTICATED: _in(_EVERY),
    K.STAMPED: _in(_EVERY),
    K.ANCHORED: _in(_EVERY),
    # a later confirmation can name another day; one for a letter in doubt settles it
    K.CONFIRMED: _in({*_ASKED, *_IN_DOUBT, S.ANSWERED, S.CONFIRMED, S.CHARGED})
    | _in({S.FAILED}, Need.TOLD)
    # the person may have ended it in a way that nobody recorded
    | _in({S.DRAFT}, Need.MESSAGE),
    # a closed case whose end was confirmed is opened again by a charge
    K.CHARGED: _in(AT_REST - {S.DRAFT}, Need.TOLD) | _in({S.CLOSED}, Need.CONFIRMED),
    K.STEP_SKIPPED: _in(_EVERY - OVER - {S.DRAFT}),
    K.BUTTON_USED: _in(AT_REST),
    K.CALLED: _in(AT_REST),
    K.BANK_BLOCKED: _in(_EVERY - OVER),
    K.FACTS_TOLD: _in(_EVERY - OVER),
    K.RESUMED: _in(AT_REST - {S.DRAFT}, Need.TOLD),
    K.CLOSED: _in(_EVERY - {S.CLOSED}),
    # what was recorded by mistake must not be the end of the matter
    K.REOPENED: _in(OVER),
    # neither must anything else that was kept or told
    K.SET_ASIDE: _in(_EVERY, Need.REPORT),
    K.PUT_BACK: _in(_EVERY, Need.SET_ASIDE),
    # whatever a backup holds can be brought back
    K.RESTORED: _in(_EVERY),
}
"""In which states an event may follow, and what it needs there besides."""

ACTS = (
    K.DISPATCH_ORDERED,
    K.SAID_SENT,
    K.SAID_NOT_SENT,
    K.DISPATCH_RECALLED,
    K.CONFIRMED,
    K.BUTTON_USED,
    K.CALLED,
    K.CHARGED,
    K.BANK_BLOCKED,
    K.FACTS_TOLD,
    K.RESUMED,
    K.LETTER_WRITTEN,
    K.ANSWERED,
    K.FILE_KEPT,
    K.SET_ASIDE,
    K.PUT_BACK,
    K.CLOSED,
    K.REOPENED,
)
"""What a person can do, in the order in which it is offered."""


def possible(events: Sequence[Event]) -> frozenset[EventKind]:
    """Return the kinds of events that may follow now."""
    if not events:
        return frozenset({K.OPENED})
    here = position(events)
    return frozenset(kind for kind in MAY_FOLLOW if _may_follow(kind, here))


def possible_acts(events: Sequence[Event]) -> tuple[EventKind, ...]:
    """Return what a person can do now, in the order in which it is offered."""
    may_follow = possible(events)
    return tuple(kind for kind in ACTS if kind in may_follow)


def refusal(events: Sequence[Event], kind: EventKind) -> Sentence | None:
    """Return why an event may not follow now, and what may; ``None`` where it may."""
    if kind in possible(events):
        return None
    if not events:
        return Sentence.of("refusal", "not_opened")
    here = position(events)
    return Sentence.of(
        "refusal",
        "whole",
        state=Sentence.of("state", here.state.value),
        why=Sentence.of("refusal", _why(kind, here)),
        acts=tuple(Sentence.of("act", act.value) for act in possible_acts(events)),
    )


def _may_follow(kind: EventKind, here: Position) -> bool:
    need = MAY_FOLLOW[kind].get(here.state)
    return need is not None and _holds(need, here)


def _holds(need: Need, here: Position) -> bool:
    holds = {
        Need.NOTHING: True,
        Need.UNSENT_LETTER: here.has_letter and not here.is_letter_out,
        Need.ATTEMPT: here.is_attempted,
        Need.TOLD: bool(here.tellings) or here.is_confirmed,
        Need.CONFIRMED: here.is_confirmed,
        Need.MESSAGE: here.has_message,
        Need.REPORT: here.has_report,
        Need.SET_ASIDE: here.has_set_aside,
    }
    return holds[need]


_SENDING = frozenset({K.DISPATCH_ORDERED, K.HANDED_OVER, K.SAID_SENT})
_BY_KIND: Mapping[EventKind, str] = {
    K.OPENED: "opened",
    K.DISPATCH_RECALLED: "nothing_waits",
    K.DISPATCH_BEGUN: "nothing_waits",
    K.DISPATCH_TAKEN: "nothing_begun",
    K.DISPATCH_REFUSED: "nothing_begun",
    K.DISPATCH_UNKNOWN: "nothing_begun",
    K.SAID_NOT_SENT: "no_doubt",
    K.REOPENED: "not_over",
    K.SET_ASIDE: "nothing_to_set_aside",
    K.PUT_BACK: "nothing_set_aside",
}
"""Why these are refused, whatever the state is."""
_BY_STATE: Mapping[CaseState, str] = {
    S.CLOSED: "closed",
    S.RESUMED: "resumed",
    S.ORDERED: "waits",
    S.SENDING: "in_doubt",
    S.DOUBTFUL: "in_doubt",
}
_UNTOLD: Mapping[EventKind, str] = {
    K.CONFIRMED: "nothing_to_confirm",
    K.CHARGED: "no_end",
    K.RESUMED: "nothing_to_resume",
    K.STEP_SKIPPED: "no_step",
}
"""Why these are refused while nobody told the merchant."""


def _why(kind: EventKind, here: Position) -> str:
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    if kind in _SENDING and here.state not in OVER:
        return "once" if here.has_letter else "no_letter"
    return _BY_STATE.get(here.state) or _UNTOLD[kind]
