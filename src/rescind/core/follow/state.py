"""Where a case is, from its events alone; ``outlook`` adds what the day decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from rescind.core.follow.reopening import standing_events
from rescind.core.follow.sendings import dispatch_of, is_put_in_doubt, told_day
from rescind.core.model.case import (
    CaseState,
    Event,
    EventKind,
    counting,
    happened,
    set_aside,
)
from rescind.core.model.event_details import (
    AnsweredDetails,
    ChargedDetails,
    DispatchRefusedDetails,
)
from rescind.core.model.message import Label
from rescind.core.model.third_party_details import ThirdPartyDetails, ThirdWord

STATES = {
    EventKind.DISPATCH_ORDERED: CaseState.ORDERED,
    EventKind.DISPATCH_BEGUN: CaseState.SENDING,
    EventKind.DISPATCH_TAKEN: CaseState.SENT,
    EventKind.DISPATCH_REFUSED: CaseState.FAILED,
    EventKind.DISPATCH_UNKNOWN: CaseState.DOUBTFUL,
    EventKind.SAID_SENT: CaseState.SENT,
    EventKind.SAID_NOT_SENT: CaseState.FAILED,
    EventKind.DELIVERED: CaseState.DELIVERED,
    EventKind.DELIVERY_FAILED: CaseState.FAILED,
    EventKind.ANSWERED: CaseState.ANSWERED,
    EventKind.CONFIRMED: CaseState.CONFIRMED,
    EventKind.CHARGED: CaseState.CHARGED,
    EventKind.BUTTON_USED: CaseState.SENT,
    EventKind.CALLED: CaseState.SENT,
    EventKind.RESUMED: CaseState.RESUMED,
    EventKind.CLOSED: CaseState.CLOSED,
}
"""The state each kind of event leads to; a letter, handing over, keeping a file and
proof change nothing."""

OUT = frozenset(
    {
        EventKind.SAID_SENT,
        EventKind.DISPATCH_TAKEN,
        EventKind.BUTTON_USED,
        EventKind.CALLED,
    }
)
"""What tells that the merchant was told."""
WAITING = frozenset({CaseState.SENT, CaseState.DELIVERED})
CAN_BE_SET_ASIDE = frozenset(
    {
        *(EventKind.ANSWERED, EventKind.FILE_KEPT, EventKind.CONFIRMED),
        *(EventKind.CHARGED, EventKind.SAID_SENT, EventKind.BUTTON_USED),
        *(EventKind.CALLED, EventKind.BANK_BLOCKED),
        EventKind.THIRD_PARTY,
    }
)
"""What a person kept or told, and may have kept or told by mistake."""

NO_ANSWER = frozenset({Label.ACKNOWLEDGED, Label.OUT_OF_OFFICE, Label.MARKETING})
"""What a message reads as that answers nothing: the case goes on waiting."""

UNDER_WAY = frozenset({CaseState.SENDING, CaseState.DOUBTFUL, *WAITING})
NOTICES = frozenset({EventKind.DELIVERED, EventKind.DELIVERY_FAILED})
"""What a server reports of a letter; it tells nothing once somebody has answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """That the merchant was told: by which sending, and when."""

    dispatch: str
    """Empty for what the person did themselves."""
    on: date | datetime
    """The day that the person named, or the moment of the log."""

    def day(self, zone: tzinfo) -> date:
        """Return the day; of a moment that which it was in ``zone``."""
        on = self.on
        return on.astimezone(zone).date() if isinstance(on, datetime) else on


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a case is, and what of its past decides what may follow."""

    state: CaseState = CaseState.DRAFT
    """Never overdue: no day is needed for it."""
    before_order: CaseState = CaseState.DRAFT
    """What it comes back to if the order to send is recalled."""
    tellings: tuple[Telling, ...] = ()
    """How the merchant was told of the end, but for letters that came back."""
    is_confirmed: bool = False
    """The end was confirmed at some time, and not taken back by a resumption."""
    is_settled: bool = False
    """The end is confirmed, and no charge came after it: nothing is waited for."""
    is_letter_out: bool = False
    """The newest letter went out, or may have."""
    is_attempted: bool = False
    """A sending was begun, and nothing says yet how it ended."""
    was_out: bool = False
    """A letter, a button or a call reached the merchant once, or may have."""
    has_message: bool = False
    """A message came that is more than a receipt."""
    has_letter: bool = False
    """A letter was written; where a store bills, none is."""
    has_report: bool = False
    """Something was kept or told that can be set aside."""
    has_set_aside: bool = False
    """Something is set aside, and can be put back."""
    dispatch: str = ""
    """The sending that was begun last; empty while there was none."""

    @property
    def may_send(self) -> bool:
        """Whether the newest letter can go out without risking a second copy."""
        return self.state in AT_REST and self.has_letter and not self.is_letter_out

    def told_on(self, zone: tzinfo) -> date | None:
        """Return the day on which the merchant was first told, if it was.

        A moment of the log is of the day that it was in ``zone``.
        """
        return min((telling.day(zone) for telling in self.tellings), default=None)


OVER = frozenset({CaseState.CLOSED, CaseState.RESUMED})
AT_REST = frozenset(
    {
        CaseState.DRAFT,
        *WAITING,
        CaseState.OVERDUE,
        CaseState.FAILED,
        CaseState.ANSWERED,
        CaseState.CONFIRMED,
        CaseState.CHARGED,
    }
)
"""No letter is on its way out, and the case is not over."""
_LEAVES_OVER = frozenset({EventKind.CHARGED, EventKind.RESUMED, EventKind.CLOSED})
"""What a case that is over is left by; all else is recorded and changes no state."""
_WAITS_AGAIN = frozenset(
    {CaseState.DRAFT, *WAITING, CaseState.FAILED, CaseState.ANSWERED}
)
"""What a confirmed case does not fall back to: nothing is waited for any more."""
_SETTLES: Mapping[EventKind, bool] = {
    EventKind.CONFIRMED: True,
    EventKind.CHARGED: False,
    EventKind.RESUMED: False,
}
_LETTER_IS_OUT: Mapping[EventKind, bool] = {
    EventKind.LETTER_WRITTEN: False,
    EventKind.DISPATCH_BEGUN: True,
    EventKind.DISPATCH_TAKEN: True,
    EventKind.SAID_SENT: True,
    EventKind.DISPATCH_REFUSED: False,
    EventKind.SAID_NOT_SENT: False,
    EventKind.DELIVERY_FAILED: False,
}
_NAMES_DISPATCH = frozenset({EventKind.DISPATCH_BEGUN, EventKind.DISPATCH_TAKEN})
_IS_ATTEMPTED: Mapping[EventKind, bool] = {
    EventKind.DISPATCH_BEGUN: True,
    EventKind.DISPATCH_TAKEN: False,
    EventKind.DISPATCH_REFUSED: False,
    EventKind.DISPATCH_UNKNOWN: False,
    # whoever was sending is no more
    EventKind.RESTORED: False,
}


def position(events: Sequence[Event]) -> Position:
    """Return where a case is, whatever its log holds.

    Logs of earlier releases hold what may no longer follow, such as a second close.
    """
    here = Position()
    for event in standing_events(events):
        here = _after(here, event)
    aside = set_aside(events)
    left = (event for event in events if event.number not in aside)
    is_report = any(event.kind in CAN_BE_SET_ASIDE for event in left)
    return replace(here, has_report=is_report, has_set_aside=bool(aside))


def _after(here: Position, event: Event) -> Position:
    if not _counts(here, event):
        return replace(here, tellings=_tellings(here, event))
    kind = event.kind
    is_settled = _SETTLES.get(kind, here.is_settled)
    is_order = kind is EventKind.DISPATCH_ORDERED
    in_doubt = is_put_in_doubt(event)
    names_dispatch = in_doubt or kind in _NAMES_DISPATCH
    confirms = kind is EventKind.CONFIRMED
    return Position(
        state=_state(replace(here, is_settled=is_settled), event),
        before_order=here.state if is_order else here.before_order,
        tellings=_tellings(here, event),
        is_confirmed=(confirms or here.is_confirmed) and kind is not EventKind.RESUMED,
        is_settled=is_settled,
        is_letter_out=in_doubt or _LETTER_IS_OUT.get(kind, here.is_letter_out),
        is_attempted=_IS_ATTEMPTED.get(kind, here.is_attempted),
        was_out=here.was_out or in_doubt or kind in _REACHES,
        has_message=here.has_message or kind is EventKind.ANSWERED,
        has_letter=here.has_letter or kind is EventKind.LETTER_WRITTEN,
        dispatch=dispatch_of(event) if names_dispatch else here.dispatch,
    )


def _counts(here: Position, event: Event) -> bool:
    """Return whether an event says anything of where the case stands.

    A receipt answers nothing, a rightful charge is none after the end, a call after
    the merchant was told tells nothing new, and a server's notice counts for the letter
    that went out last, until somebody has answered.
    """
    if event.kind is EventKind.CALLED and here.tellings:
        return False
    answer, charge = event.read(AnsweredDetails), event.read(ChargedDetails)
    if answer is not None and answer.reads_as in NO_ANSWER:
        return False
    if charge is not None and charge.rightful:
        return False
    if event.kind not in NOTICES:
        return True
    named = dispatch_of(event) or here.dispatch
    return here.state in UNDER_WAY and named == here.dispatch


def calls_once_told(events: Sequence[Event]) -> frozenset[int]:
    """Return the numbers of the calls once the merchant was told: they end nothing.

    What is said after a letter moves no day that the letter names.
    """
    if all(event.kind is not EventKind.CALLED for event in events):
        return frozenset()
    here, numbers = Position(), set[int]()
    for event in standing_events(events):
        if event.kind is EventKind.CALLED and here.tellings:
            numbers.add(event.number)
        here = _after(here, event)
    return frozenset(numbers)


def wrongful_charges(events: Sequence[Event]) -> list[tuple[Event, ChargedDetails]]:
    """Return the charges that came after the end, or after the letter, in order."""
    charges = happened(counting(events), ChargedDetails)
    return [(event, charge) for event, charge in charges if not charge.rightful]


def _state(here: Position, event: Event) -> CaseState:
    """Return the state after an event; ``here`` knows already whether it settles."""
    if here.state in OVER and event.kind not in _LEAVES_OVER:
        return here.state
    if event.kind is EventKind.ANSWERED and not _may_be_answered(here):
        return here.state
    word = event.read(ThirdPartyDetails)
    if word is not None:
        state = _BY_WORD.get(word.says, here.state) if word.says else here.state
        return _unless_confirmed(here, state) if here.state in _HEARS else here.state
    refusal = event.read(DispatchRefusedDetails)
    if refusal is not None and refusal.again:
        return CaseState.ORDERED
    if is_put_in_doubt(event):
        return CaseState.DOUBTFUL
    is_recall = event.kind is EventKind.DISPATCH_RECALLED
    state = here.before_order if is_recall else STATES.get(event.kind, here.state)
    return _unless_confirmed(here, state) if state in _WAITS_AGAIN else state


_HEARS = frozenset({*WAITING, CaseState.ANSWERED, CaseState.CONFIRMED})
"""Where a word of a bank or a body may be what comes next."""
_BY_WORD: Mapping[ThirdWord, CaseState] = {
    **dict.fromkeys((ThirdWord.CLOSES, ThirdWord.PROPOSES), CaseState.ANSWERED),
    **dict.fromkeys((ThirdWord.PAYS, ThirdWord.REFUSES), CaseState.ANSWERED),
    **dict.fromkeys((ThirdWord.ASKS, ThirdWord.DECLINED), CaseState.ANSWERED),
    ThirdWord.CAME: CaseState.ANSWERED,
    **dict.fromkeys((ThirdWord.CREDITS, ThirdWord.ACCEPTED), CaseState.SENT),
    **dict.fromkeys((ThirdWord.SENT, ThirdWord.LOOKS), CaseState.SENT),
}
"""What wants something of the person, and what is waited for."""


def _unless_confirmed(here: Position, state: CaseState) -> CaseState:
    """Return a state of waiting, but for a case that has no end to wait for."""
    if here.is_settled:
        return CaseState.CONFIRMED
    # a confirmed end stays one: only the charge after it is still to be settled
    return CaseState.CHARGED if here.is_confirmed else state


def _may_be_answered(here: Position) -> bool:
    """Return whether there is anything that a message could answer."""
    return here.was_out or here.state is CaseState.SENDING


_REACHES = OUT | {EventKind.DISPATCH_UNKNOWN, EventKind.DELIVERED}
_TELLS = OUT | {EventKind.DELIVERED}
"""A letter in doubt that was delivered told the merchant too."""


def _tellings(here: Position, event: Event) -> tuple[Telling, ...]:
    if event.kind is EventKind.RESUMED:
        return ()
    if event.kind is EventKind.DELIVERY_FAILED:
        lost = dispatch_of(event)
        return tuple(t for t in here.tellings if lost and t.dispatch != lost)
    if event.kind not in _TELLS:
        return here.tellings
    on = told_day(event) or event.at
    return (*here.tellings, Telling(dispatch=dispatch_of(event), on=on))


def may_send(events: Sequence[Event]) -> bool:
    """Return whether a new dispatch can be begun without risking a second copy.

    Only a letter that certainly did not go out, that a server reports as not
    delivered, or that was written after the last one went out, may be sent.
    """
    return bool(events) and position(events).may_send


def ordered(events: Sequence[Event]) -> Event | None:
    """Return the order that a dispatch waits for, if the case waits for one."""
    if position(events).state is not CaseState.ORDERED:
        return None
    orders = [e for e in events if e.kind is EventKind.DISPATCH_ORDERED]
    return orders[-1]


def refusals(events: Sequence[Event], order: Event) -> tuple[Event, ...]:
    """Return how often a server put an ordered dispatch off (RFC 5321, 4yz)."""
    return tuple(
        event
        for event in events
        if event.kind is EventKind.DISPATCH_REFUSED and event.number > order.number
    )
