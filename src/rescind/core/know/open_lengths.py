"""Open lengths: whether a term or a notice that nobody told would end it later.

Each that is not known is tried with a long one, as contracts have them and as far as
the law of the place lets it bind; where that changes nothing, nothing is asked.
"""

from collections.abc import Iterator
from dataclasses import replace

from rescind.core.know.ending import Ending
from rescind.core.know.law import Law
from rescind.core.know.parts import ending_of
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.renewal import lawful_purchase
from rescind.core.know.rights import sheet
from rescind.core.model.catalogue import STORES
from rescind.core.model.facts import Facts
from rescind.core.model.period import Period, Unit
from rescind.core.model.verdict import NOTICE_OPEN, TERM_OPEN, Reason, Sooner

_YEAR = Period(1, Unit.YEAR)
_LONG_TERMS = (_YEAR, Period(2, Unit.YEAR))
"""First terms as contracts of consumers have them; most laws allow no longer one."""
_LONG_NOTICE = Period(3, Unit.MONTH)
"""The longest notice that is usual, where no law allows less."""


def with_open_lengths(
    way: Ending, facts: Facts, purchase: JudgedPurchase, law: Law
) -> Ending:
    """Return how it ends, with what nobody told that may make it end later.

    Only of a contract of which something was told: of the others it is known already
    that they may bind. ``facts`` are those that were given, before any law cut them.
    """
    if not _is_told_in_part(purchase) or way.ends_on is None:
        return way
    by_term = any(_is_later(way, f, purchase, law) for f in _with_long_term(facts))
    by_notice = facts.notice is None and _is_later(
        way, replace(facts, notice=_LONG_NOTICE), purchase, law
    )
    reasons = []
    asks: list[str] = []
    if by_term:
        reasons.append(Reason.of(TERM_OPEN, day=way.ends_on))
        asks.append("term" if _is_first_open(facts) else "renewal_term")
    if by_notice:
        reasons.append(Reason.of(NOTICE_OPEN, day=way.ends_on))
        asks.append("notice")
    return replace(
        way,
        reasons=(*reasons, *way.reasons),
        open_lengths=(*way.open_lengths, *asks),
        sooner=_on_term(way.sooner) if by_term else way.sooner,
    )


def _is_told_in_part(purchase: JudgedPurchase) -> bool:
    """Return whether something was told of how a contract ends that may bind.

    A store ends what it bills before the next charge, whatever was told.
    """
    if purchase.service.is_on_file or purchase.channel.slug in STORES:
        return False
    return bool(purchase.stated) and purchase.renews


def _is_first_open(facts: Facts) -> bool:
    return facts.term is None and facts.term_ends_at is None


def _with_long_term(facts: Facts) -> Iterator[Facts]:
    """Yield the facts with a long first term, and a renewal by as long a one.

    What was told stays as it is.
    """
    renewal = facts.renewal_term
    if renewal is None and facts.renews_open is None:
        renewal = _YEAR
    if not _is_first_open(facts):
        yield replace(facts, renewal_term=renewal)
        return
    for term in _LONG_TERMS:
        yield replace(facts, term=term, renewal_term=renewal)


def _is_later(way: Ending, facts: Facts, purchase: JudgedPurchase, law: Law) -> bool:
    """Return whether it would end later, or on no day that is known, by other facts."""
    tried = lawful_purchase(
        facts, purchase.service, purchase.offer, purchase.channel, law
    )
    found = ending_of(tried, law, sheet(tried))
    assert way.ends_on is not None  # noqa: S101 - the caller looks first
    if found.ends_on is None or found.ends_on > way.ends_on:
        return True
    if way.sooner is None:
        return False
    return found.sooner is None or found.sooner.ends_on > way.sooner.ends_on


def _on_term(sooner: Sooner | None) -> Sooner | None:
    """Return an earlier end that turns on the term as well."""
    if sooner is None or any(fact == "term" for fact, _ in sooner.conditions):
        return sooner
    return replace(sooner, conditions=(*sooner.conditions, ("term", True)))
