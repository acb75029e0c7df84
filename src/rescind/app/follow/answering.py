"""What a reply is written from: the newest answer, what it wants, and its fee."""

from collections.abc import Iterator, Sequence

from rescind.adapters.data.words import why_not
from rescind.app.follow.answers import Reply, answers
from rescind.app.follow.confirmed_first import held_first
from rescind.app.follow.days import day_in
from rescind.app.follow.ends_undated import grants_all, names_no_day
from rescind.app.follow.fees import asked_for, is_insisted
from rescind.app.follow.notice_given import how_given
from rescind.app.follow.owed import (
    if_so,
    late_unless_bound,
    left_unanswered,
    shortfall,
)
from rescind.app.follow.still_open import Point, open_points, points_of
from rescind.app.follow.wanted import (
    about_asked,
    about_named,
    papers_wanted,
    refuses_money,
    says_no_notice,
    waits_for_payment,
    wants_call,
    wants_form,
)
from rescind.core.act.letter_values import ANSWERS
from rescind.core.act.their_answer import ALSO, GRANTED, NO_DAY
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
        held = held_first(case, if_so(replies))
        return answered_on | _named(case, replies) | late | held
    about = _about_reading(case, replies)
    is_refused = about.get("answer") == Label.REFUSED.value
    held = held_first(case, replies) if is_refused else {}
    return answered_on | _named(case, replies) | about | held


def _named(case: Case, replies: Sequence[Reply]) -> dict[str, str]:
    """Return what the newest answer names, and that a fee is asked for again."""
    codes = list(about_named(replies[-1].reading))
    codes += [_AGAIN] if is_insisted(case, replies) else []
    also = tuple(_also(case, replies))
    codes += [f"{ALSO}{code}" for code in also]
    # what a point wants first stands beside it in their words
    codes += [_CREDIT] if Point.CREDIT.value in also else []
    about = {"named": " ".join(dict.fromkeys(codes))} if codes else {}
    if Point.NO_NOTICE.value in also:
        about |= how_given(case, replies)
    if Point.PAPERS.value in also:
        points = open_points(case, replies)
        papers = [e.reply for e in points if e.point is Point.PAPERS]
        about |= about_asked(papers[0].reading)
    return about


def _also(case: Case, replies: Sequence[Reply]) -> Iterator[str]:
    """Yield what a reply answers besides the newest answer as such.

    That is what the same one wants as well, and what stands open of those before it.
    """
    newest = replies[-1]
    for point in points_of(case, newest):
        is_itself = newest.reading.label.value == point.value
        yield from () if is_itself or point in _ONE_ANSWER else (point.value,)
    yield from (each.point.value for each in open_points(case, replies))
    if names_no_day(case, replies):
        yield from (NO_DAY, GRANTED) if grants_all(case, replies) else (NO_DAY,)
    fee = asked_for(case, replies)
    is_plain = fee is not None and (fee.is_dues or fee.amount is None)
    if fee is not None and fee.is_earlier and is_plain:
        yield Label.INVOICE.value


_ONE_ANSWER = frozenset({Point.NO_NOTICE, Point.PAPERS})
"""What is the answer itself, where the newest one has it."""
_CREDIT = "credit"
"""What a credit is named that is offered in place of money."""
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
    if names_no_day(case, replies):
        return {"answer": NO_DAY}
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
        "form_wanted": wants_form(reading),
        "call_wanted": wants_call(reading),
    }
    if any(wants.values()):
        return {"answer": next(code for code, is_so in wants.items() if is_so)}
    if reading.label.value == GRANTED:
        # what is missing of a part is claimed, whatever the part is called
        is_sure = grants_all(case, replies)
    asks = is_sure and reading.label is Label.NEEDS_INFORMATION
    about = about_asked(reading) if asks else {}
    return about | ({"answer": reading.label.value} if is_sure else {})


def _about_other_day(other: OtherDay) -> dict[str, str]:
    """Return what a reply says of another end than the one that was recorded."""
    about = {"answer": "later_end", "their_end_on": other.theirs.isoformat()}
    if other.denies:
        about = {"answer": Label.REFUSED.value}
    about["answered_on"] = other.came_on.isoformat()
    held = {"held_to": other.before.isoformat()} if other.was_confirmed else {}
    return about | held


def about_fee(case: Case) -> dict[str, str]:
    """Return the fee that the newest answer asks for leaving, where it names a sum."""
    replies = answers(case)
    fee = asked_for(case, replies)
    if fee is None or fee.amount is None or fee.is_dues:
        return {}
    if shortfall(case, if_so(replies)).early is not None and not fee.is_earlier:
        # who keeps to the regular end declines the day, and owes nothing for it
        return {}
    return {"early_termination_fee": str(fee.amount)}
