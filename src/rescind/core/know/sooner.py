"""Sooner: an earlier end that the law gives if a fact that is not known is so."""

from datetime import date

from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.rights import given_as
from rescind.core.know.ways import RENEWED, WayOut
from rescind.core.model.catalogue import Condition
from rescind.core.model.law import ExitHow
from rescind.core.model.sentence import Sentence
from rescind.core.model.verdict import Reason, Sooner

ON_ANY_DAY = frozenset({ExitHow.AT_ONCE, ExitHow.NOTICE})
"""Ways out that end a contract before what is paid for is used up."""


def sooner_end(
    purchase: JudgedPurchase, possible: tuple[WayOut, ...], ends_on: date | None
) -> Sooner | None:
    """Return the earliest end that an open fact may bring before the sure one.

    Only of a contract that binds for longer than what is paid for, as it was told; of
    one that may bind, of which nothing was told, by a law's notice that nothing but a
    first term puts off: what it asks for is the longest that may be asked for.
    """
    if not purchase.stated:
        possible = tuple(way for way in possible if _is_after_first_term(way))
    if not (purchase.stated or purchase.may_bind):
        return None
    earlier = [
        way
        for way in possible
        if way.exit.how in ON_ANY_DAY
        and way.ends_on is not None
        and (ends_on is None or way.ends_on < ends_on)
    ]
    if not earlier:
        return None
    # Of two that end it on the same day the one that turns on less is told of.
    way = min(earlier, key=lambda way: (_end_of(way), len(way.asks)))
    wanted = {
        given_as(condition.fact, purchase): _is_yes(condition)
        for condition in (*way.right.conditions, *way.exit.conditions)
    }
    return Sooner(
        right=way.right.name,
        ends_on=_end_of(way),
        conditions=tuple((fact, wanted.get(fact, True)) for fact in way.asks),
        use_by=min((d for d in (way.use_by, way.notice_by) if d), default=None),
        opens_on=way.opens_on,
        moves=way.notice_by is None and way.opens_on is None,
    )


def if_so(sooner: Sooner, possible: tuple[WayOut, ...]) -> Reason:
    """Return the reason that names the earlier end and what it turns on."""
    claims = next(w.right.claims for w in possible if w.right.name == sooner.right)
    facts = tuple(Sentence.of("fact_open", fact) for fact, _ in sooner.conditions)
    return Reason.of(
        "law_exit_if", claims, right=sooner.right, day=sooner.ends_on, facts=facts
    )


def _is_after_first_term(way: WayOut) -> bool:
    """Return whether a way out is a notice on any day, once the first term is over."""
    facts = {condition.fact for condition in way.exit.conditions}
    is_term = way.asks == ("term",) and RENEWED in facts
    return is_term and way.exit.how is ExitHow.NOTICE


def _is_yes(condition: Condition) -> bool:
    """Return how the fact has to be; of a contract that runs on, no term binds."""
    return condition.equals is True and condition.fact != RENEWED


def _end_of(way: WayOut) -> date:
    assert way.ends_on is not None  # noqa: S101 - the caller leaves the others out
    return way.ends_on
