"""One thing to do: who is asked for what, how, by when, and with which letter."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from rescind.core.model.facts import Facts, When
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence, Wording
from rescind.core.model.verdict import Answer, Topic

ENDS_IT = frozenset({"cancel", "at_store"})
"""What ends a contract for the time to come."""
_IF = frozenset({"refund", "withdraw"})
"""What is asked for only if an open question turns out well."""
_INSTANT = timedelta(microseconds=1)


class How(StrEnum):
    """By what an action is done."""

    BUTTON = "button"
    STORE = "store"
    FORM = "form"
    EMAIL = "email"
    POST = "post"
    PHONE = "phone"
    BANK = "bank"
    DESK = "desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do, when, by when at the latest, why, and what it costs."""

    do: str
    says: Sentence
    by: When | None
    """The last safe moment."""
    why: Sentence | None
    """``None`` where the verdict has no reason."""
    cost: Money | None = None
    """``None``: it costs nothing."""
    on: date | None = None
    """The day on which the plan does it."""
    latest: When | None = None
    steps: tuple[str, ...] = ()
    to: Wording | None = None
    """Who is asked; ``None``: nobody, or it is not known who bills."""
    how: How | None = None
    """``None`` for what the person does alone."""
    letter: str | None = None
    """The kind of letter that does it; ``None``: nothing is written."""
    amount: Money | None = None
    """The money that it brings back, where it is known."""
    answer: Answer | None = None
    """How sure the right behind it is; ``None``: it needs none."""
    asks: tuple[str, ...] = ()
    """The facts that the right behind it turns on."""


def topic_action(do: str, topic: Topic, *, letter: str) -> Action:
    """Return what whoever handles a topic has to be asked for."""
    return Action(
        do=do,
        says=Sentence.of(
            "plan_action",
            f"{do}_if" if topic.answer is Answer.DEPENDS and do in _IF else do,
            who=biller(topic.handled_by),
        ),
        by=topic.act_by,
        latest=topic.latest,
        why=_why(topic),
        steps=topic.steps,
        to=topic.handled_by,
        letter=letter,
        answer=topic.answer,
        asks=topic.asks,
    )


def may_bring_back(topic: Topic, facts: Facts) -> Money | None:
    """Return all that a withdrawal may bring back; ``None`` where no sum is known.

    What was used may be kept only if an early start was asked for, and the right told
    of: as long as that is not known, all may come back.
    """
    amount = topic.amount
    if amount is None or topic.owed is None or facts.owes_share:
        return amount
    return amount.of(amount.amount + topic.owed.amount)


def _why(topic: Topic) -> Sentence | None:
    """Return the first reason that tells more than that some text says so."""
    says = [reason.says for reason in topic.because]
    telling = [each for each in says if each.code not in BARE]
    return next(iter((*telling, *says)), None)


BARE = frozenset({"said", "said_by_you", "said_by_guides", "anchored"})
"""Reasons that tell nothing without the text they point at."""


def own_action(do: str, by: When | None) -> Action:
    """Return what the person does alone, with a reason of its own."""
    return Action(
        do=do,
        says=Sentence.of("plan_action", do),
        by=by,
        why=Sentence.of("plan_reason", do),
    )


def biller(name: str | None) -> Wording:
    """Return who is asked; whoever bills, while that is not known."""
    return name or Sentence.of("who", "whoever")


def last_day(by: When, zones: tuple[tzinfo, ...]) -> date:
    """Return the last day on which something can still be done, by a moment.

    In the person's own zone where that is one; a moment at midnight ends the day
    before it.

    >>> last_day(datetime.fromisoformat("2026-07-30T00:00:00+14:00"), ())
    datetime.date(2026, 7, 29)
    """
    if not isinstance(by, datetime):
        return by
    local = by.astimezone(zones[0]) if len(zones) == 1 else by
    return (local - _INSTANT).date()


def is_past(when: When | None, as_of: When, zones: tuple[tzinfo, ...]) -> bool:
    """Return whether a last moment is over on the day asked about."""
    if when is None:
        return False
    if isinstance(when, datetime) and isinstance(as_of, datetime):
        return when < as_of
    today = as_of.date() if isinstance(as_of, datetime) else as_of
    return last_day(when, zones) < today


def still_by(
    safe: datetime | None,
    latest: datetime | None,
    as_of: When,
    zones: tuple[tzinfo, ...],
) -> datetime | None:
    """Return the moment to act by: the safe one, or the last where that has passed.

    ``None`` where no moment is set, or both lie behind: nothing is done by a day that
    is over.

    >>> safe = datetime.fromisoformat("2026-11-28T23:59:59+01:00")
    >>> last = datetime.fromisoformat("2026-12-01T23:59:59+01:00")
    >>> still_by(safe, last, date(2026, 11, 29), ()) == last
    True
    >>> still_by(safe, last, date(2026, 12, 2), ()) is None
    True
    """
    if not is_past(safe, as_of, zones):
        return safe
    return None if is_past(latest, as_of, zones) else latest
