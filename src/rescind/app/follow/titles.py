"""Titles: which sentence calls a case by its state, its end or its money."""

from collections.abc import Collection, Sequence
from datetime import date

from rescind.app.follow.at_store import shows_end_there
from rescind.core.act.action import ENDS_IT
from rescind.core.follow.at_store import MONEY_BACK, left_there
from rescind.core.follow.closing import is_closed_open, is_end_unsaid
from rescind.core.follow.outlook import NO_DAY_NAMED, PAID_AFTER
from rescind.core.model.case import Case, CaseState, Event
from rescind.core.model.message import Label

READ_AS = {
    Label.OFFER: "answered_offer",
    Label.REFUND_GRANTED: "answered_refund",
}
"""Answers that are called by what they are; any other confirms nothing."""
LIKELY = {
    (False, False): "answered_likely",
    (True, False): "answered_likely_later",
    (False, True): "answered_likely_earlier",
}
"""An end that an answer seems to confirm: if it is later or earlier than ours."""
MONEY_LATE = frozenset(
    {
        "confirmed_money_late",
        "confirmed_money_refused",
        "confirmed_money_refused_again",
        "confirmed_store_elsewhere",
        "confirmed_money_unpaid",
        "confirmed_complained_late",
    }
)
"""Where the end is confirmed, and money that was to come after it does not come."""
REFUSED_THERE = (
    *("steps_unpaid", "answered_store_refused", "answered_store_refused_again"),
    *("answered_store_elsewhere", "confirmed_store_elsewhere"),
)
"""Where a store does not pay: it is asked again, or somebody else is."""
MONEY_TO_COME = (
    *("confirmed_money", "confirmed_money_open", "confirmed_money_asked"),
    *("confirmed_store", "confirmed_withdrew"),
    *("confirmed_store_again", "confirmed_complained"),
)
"""Where money is looked for after the end, on a day that has not passed."""


def steps_code(state: CaseState, by: date | None, charged_on: date | None) -> str:
    """Return where steps in an account stand: a case and its line in a list say it.

    ``by`` is when to look again; only where that is the next charge, it is called so.
    """
    is_guess = state is not CaseState.DRAFT and by != charged_on
    return f"steps_{state.value}{'_soon' if is_guess else ''}"


def left_code(left: Collection[str]) -> str:
    """Return where steps stand of which some are left: the money is asked for first."""
    return "steps_left_money" if MONEY_BACK & set(left) else "steps_left_end"


ASKED = "confirmed_asked"
"""An end that is confirmed, and money that they ask for since."""
WITH_END = frozenset({"confirmed_money_open", ASKED})
"""What is called by the end, and by the money that is open beside it."""
UNNAMED = "confirmed_unnamed"
"""An end that is confirmed on no day but the one that was asked for."""
NO_END = "confirmed_end_open"
"""Money that came, or is none, and an end of which nobody has said a word."""
NO_END_THERE = "confirmed_end_there"
"""The same, where the account in which it was cancelled shows the end."""
WITHOUT_AN_END = (NO_END, NO_END_THERE)
PAID = "confirmed_paid_after"
"""An end that is confirmed for a day before a payment that was told of."""
BESIDE_AN_END = {NO_DAY_NAMED: UNNAMED, PAID_AFTER: PAID}
"""What an end is called by what is next after it."""
_TITLED = MONEY_LATE | {
    PAID,
    *WITHOUT_AN_END,
    *("confirmed_store", "confirmed_store_again", "confirmed_came"),
    *("confirmed_granted", "confirmed_complained", "confirmed_withdrew"),
    *("confirmed_likely_refused", "confirmed_unread"),
    UNNAMED,
}
"""What is called by the money that is open, or by the day that they did not name."""


def next_there(code: str, events: Sequence[Event]) -> str:
    """Return the code of what is next, where a store answers about the money alone.

    What is not cancelled there renews, whatever becomes of the money: that is first.
    """
    is_left = code in _OF_STORES_MONEY and bool(ENDS_IT & set(left_there(events)))
    return left_code(ENDS_IT) if is_left else code


_OF_STORES_MONEY = frozenset(
    {"answered_refund", "answered_part", "answered_money_refused", *REFUSED_THERE}
)
"""What an answer is called that speaks of the money, and ends nothing."""


def no_end_code(case: Case) -> str:
    """Return what it is called that nobody has said a word of the end."""
    return NO_END_THERE if shows_end_there(case) else NO_END


def title_of(code: str, ends_on: date | None, now: date) -> str:
    """Return the title of a code: a confirmed end is to come, or is past."""
    if not code.startswith("confirmed") or code in _TITLED:
        return code
    called = code if code in WITH_END else "confirmed"
    if ends_on is None:
        return f"{called}_undated"
    return called if ends_on >= now else f"{called}_over"


def without_an_end(code: str) -> str:
    """Return the title of a code where only money was granted: nothing has ended."""
    if not code.startswith("confirmed") or code in _TITLED:
        return code
    return _NOT_BY_AN_END.get(code, "answered_refund")


_NOT_BY_AN_END = {ASKED: "asked_end_open", "confirmed_part": "answered_part"}
"""What is called otherwise where they never confirmed the end."""


def code_of_state(state: CaseState, events: Sequence[Event]) -> str:
    """Return what a state is called; of a closed case by what was open in it."""
    if state is not CaseState.CLOSED or not is_closed_open(events):
        return state.value
    return "closed_open" if is_end_unsaid(events) else "closed_unpaid"


CLOSED_OPEN = ("closed_open", "closed_unpaid")
"""What a case is called that was closed while something was open."""
