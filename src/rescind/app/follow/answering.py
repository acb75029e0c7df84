"""What a reply is written from: the newest answer, what it wants, and its fee."""

from collections.abc import Sequence

from rescind.adapters.data.words import why_not
from rescind.app.follow.answers import Reply, answers
from rescind.app.follow.days import day_in
from rescind.app.follow.fees import asked_for, is_insisted
from rescind.app.follow.notice_given import how_given
from rescind.app.follow.owed import (
    if_so,
    late_unless_bound,
    left_unanswered,
    shortfall,
)
from rescind.app.follow.wanted import (
    about_asked,
    about_named,
    papers_wanted,
    refuses_money,
    says_no_notice,
    waits_for_payment,
    wants_call,
)
from rescind.core.act.letter_values import ANSWERS
from rescind.core.errors import BadInput
from rescind.core.follow.letters_out import Do
from rescind.core.follow.other_day import OtherDay, other_day
from rescind.core.follow.shortfall import ENDS
from rescind.core.model.case import Case, EventKind
from rescind.core.model.message import Label


def about_answer(case: Case) -> dict[str, str]:
    """Return what a reply says of the newest answer: what it was, and when it came."""
    other = other_day(case.events)
    if other is not None and other.is_sure:
        return _about_other_day(other)
    answer = case.newest(EventKind.ANSWERED)
    if answer is None:
        raise BadInput("kind", why_not("nothing_to_reply"), [step.value for step in Do])
    answered_on = {"answered_on": day_in(case, answer.at).isoformat()}
    replies = answers(case)
    # who writes of an end that is not sure has read it: the letter names their day
    is_end = bool(replies) and replies[-1].reading.label in ENDS
    left = shortfall(case, if_so(replies) if is_end else replies)
    # an earlier day is contested in the same words as a later one
    # and one that only a term makes right: the letter asks on which one it rests
    unless_bound = late_unless_bound(case, if_so(replies)) if is_end else None
    end = left.end or left.early or unless_bound
    if end is not None:
        late = {"answer": "later_end", "their_end_on": end.theirs.isoformat()}
        return answered_on | _named(case, replies) | late
    return answered_on | _named(case, replies) | _about_reading(case, replies)


def _named(case: Case, replies: Sequence[Reply]) -> dict[str, str]:
    """Return what the newest answer names, and that a fee is asked for again."""
    codes = list(about_named(replies[-1].reading))
    codes += [_AGAIN] if is_insisted(case, replies) else []
    return {"named": " ".join(codes)} if codes else {}


_AGAIN = "again"
"""What a fee is that is asked for although somebody wrote back about it."""


def _about_reading(case: Case, replies: Sequence[Reply]) -> dict[str, str]:
    """Return what a reply says of an answer that names no other end."""
    reading = replies[-1].reading
    # what is only guessed is asked: a letter says nothing that nobody read
    is_sure = reading.label.value in ANSWERS and not reading.needs_person
    fee = asked_for(case, replies)
    if fee is not None and reading.label in ENDS and not reading.needs_person:
        # without a sum nothing can be contested: the letter asks what it is for
        return {"answer": "fee" if fee.amount else "invoice"}
    if papers_wanted(case, replies) is not None:
        # what is asked of heirs is named, whatever else an answer seems to be
        needs = Label.NEEDS_INFORMATION.value
        return {"answer": needs} | about_asked(reading)
    # whoever has no notice is told how it was given, whatever else they refuse
    if says_no_notice(reading):
        return {"answer": "not_received"} | how_given(case, replies)
    is_money_open = left_unanswered(case, replies) is not None
    # what is wanted first stands in their words, whatever else they are
    wants = {
        "money_refused": is_money_open and refuses_money(reading),
        "invoice": waits_for_payment(reading),
        "call_wanted": wants_call(reading),
    }
    if any(wants.values()):
        return {"answer": next(code for code, is_so in wants.items() if is_so)}
    asks = is_sure and reading.label is Label.NEEDS_INFORMATION
    about = about_asked(reading) if asks else {}
    return about | ({"answer": reading.label.value} if is_sure else {})


def _about_other_day(other: OtherDay) -> dict[str, str]:
    """Return what a reply says of another end than the one that was recorded."""
    about = {"answer": "later_end", "their_end_on": other.theirs.isoformat()}
    about["answered_on"] = other.came_on.isoformat()
    held = {"held_to": other.before.isoformat()} if other.was_confirmed else {}
    return about | held


def about_fee(case: Case) -> dict[str, str]:
    """Return the fee that the newest answer asks for leaving, where it names a sum."""
    fee = asked_for(case, answers(case))
    if fee is None or fee.amount is None or fee.is_dues:
        return {}
    return {"early_termination_fee": str(fee.amount)}
