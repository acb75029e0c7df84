"""Withdrawal: the statutory right to step back from a distance contract."""

from datetime import date, datetime, tzinfo
from functools import lru_cache
from itertools import product

from rescind.core import periods
from rescind.core.know.situation import Situation
from rescind.core.know.terms import World, speaking
from rescind.core.know.texts import say
from rescind.core.know.worlds import Outcome, merged
from rescind.core.model.catalogue import Anchor, Term
from rescind.core.model.facts import When, day_of
from rescind.core.model.law import WithdrawalLaw
from rescind.core.model.period import Period
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Answer, Reason, Topic
from rescind.core.periods import IsWorkingDay


def withdrawal(
    case: Situation, law: WithdrawalLaw | None, is_working_day: IsWorkingDay
) -> Topic:
    """Decide whether the purchase can still be withdrawn from, by law.

    Directive 2011/83/EU Arts. 9, 10 and 16 and their like elsewhere; the law's
    parameters come as data. ``is_working_day`` is the calendar of the place.
    """
    outcome = _settled(case, law) or _periodic(case, law, is_working_day)
    return Topic(
        answer=outcome.answer,
        handled_by=case.handled_by,
        act_by=outcome.act_by,
        latest=outcome.latest,
        because=outcome.reasons,
        asks=outcome.asks,
    )


def _settled(case: Situation, law: WithdrawalLaw | None) -> Outcome | None:
    """Return the answer that needs no counting, if there is one."""
    facts = case.facts
    if facts.consumer is False:
        return _plain(Answer.NO, "not_a_consumer")
    if case.offer.business and not facts.consumer:
        return _plain(Answer.NO, "business_contract")
    if not case.offer.paid_by_consumer:
        return _plain(Answer.NO, "contract_not_yours")
    if facts.country is None:
        return _plain(Answer.DEPENDS, "country_decides", asks=("country",))
    return _without_period(case, law)


def _without_period(case: Situation, law: WithdrawalLaw | None) -> Outcome | None:
    if law is None:
        return _plain(Answer.UNKNOWN, "no_law_recorded", _merchant(case, Answer.NO))
    if law.answer is Answer.NO:
        claims = law.claims + _merchant(case, Answer.NO)
        return _plain(Answer.NO, "law_none", claims, _merchant(case, Answer.YES))
    if case.bought_on is None:
        return _plain(
            Answer.DEPENDS, "first_day_decides", law.claims, asks=("purchased_at",)
        )
    if not law.in_force.holds(case.bought_on):
        return _plain(Answer.UNKNOWN, "no_law_recorded")
    return None


def _plain(
    answer: Answer,
    code: str,
    claims: tuple[Claim, ...] = (),
    dissent: tuple[Claim, ...] = (),
    *,
    asks: tuple[str, ...] = (),
) -> Outcome:
    reason = Reason(code=code, text=say(code), claims=claims, dissent=dissent)
    return Outcome(answer=answer, reasons=(reason,), asks=asks)


def _merchant(case: Situation, answer: Answer) -> tuple[Claim, ...]:
    """Return what the merchant and guides say of this right, if they say so."""
    return tuple(term.claim for term in _wording(case) if term.answer is answer)


def _wording(case: Situation) -> tuple[Term, ...]:
    terms = speaking(case.service, "withdrawal", case.facts)
    return _worded(terms, case.epoch, located=case.facts.country is not None)


@lru_cache(maxsize=65536)
def _worded(terms: tuple[Term, ...], day: date, *, located: bool) -> tuple[Term, ...]:
    return tuple(
        term
        for term in terms
        if term.claim.in_force.holds(day) and (located or not term.regions)
    )


def _periodic(
    case: Situation, law: WithdrawalLaw | None, is_working_day: IsWorkingDay
) -> Outcome:
    assert law is not None  # noqa: S101 - _settled answers without a law
    assert law.period is not None  # noqa: S101 - a right has a period
    counting = _Counting(case, law, law.period, is_working_day)
    waivable = law.content_waiver_ends and case.offer.digital_content
    waived = _ways(case.facts.withdrawal_waived if waivable else False)
    informed = _ways(counting.informed())
    outcomes: dict[World, Outcome] = {}
    for is_waived, is_informed in product(waived, informed):
        pairs = []
        if len(waived) > 1:
            pairs.append(("withdrawal_waived", is_waived))
        if len(informed) > 1:
            pairs.append(("withdrawal_informed", is_informed))
        outcomes[tuple(pairs)] = counting.outcome(
            is_waived=is_waived, is_informed=is_informed
        )
    return merged(outcomes)


def _ways(fact: bool | None) -> tuple[bool, ...]:  # noqa: FBT001 - a three-valued fact
    return (False, True) if fact is None else (fact,)


class _Counting:
    """The period of one purchase under one law, counted once for every world."""

    def __init__(
        self,
        case: Situation,
        law: WithdrawalLaw,
        period: Period,
        is_working_day: IsWorkingDay,
    ) -> None:
        self._case = case
        self._law = law
        self._period = period
        self._is_working_day = is_working_day

    def informed(self) -> bool | None:
        """Return whether the right was explained, as far as it matters today.

        Inside the first period the answer is the same either way: nothing to ask.
        """
        if self._law.not_informed_adds is None:
            return True
        known = self._case.facts.withdrawal_informed
        _, latest, until = self._ends(extended=False)
        if known is None and not _is_past(self._case.facts.as_of, latest, until):
            return True
        return known

    def outcome(self, *, is_waived: bool, is_informed: bool) -> Outcome:
        """Return whether the right holds if these facts are so."""
        extended = not is_informed
        act_by, latest, until = self._ends(extended=extended)
        over = _is_past(self._case.facts.as_of, latest, until)
        code = _code(over=over, is_waived=is_waived, extended=extended)
        open_answer = Answer.DISPUTED if is_waived else Answer.YES
        answer = Answer.NO if over else open_answer
        text = say(code, length=self._period, until=until)
        reason = Reason(
            code=code,
            text=text,
            claims=self._claims(is_waived=is_waived, extended=extended),
            dissent=_merchant(self._case, Answer.NO),
        )
        return Outcome(answer=answer, reasons=(reason,), act_by=act_by, latest=latest)

    def _claims(self, *, is_waived: bool, extended: bool) -> tuple[Claim, ...]:
        law = self._law
        claims = law.claims + law.counting_claims + law.refund_claims
        if is_waived:
            claims += self._law.waiver_claims
        if extended:
            claims += self._law.extension_claims
        if self._case.facts.had_trial:
            claims += self._law.trial_claims
        return claims + _merchant(self._case, Answer.YES)

    def _ends(self, *, extended: bool) -> tuple[datetime, datetime, date]:
        """Return the safe end, the latest end, and the last day of the latter.

        Each zone the consumer may be in has its own day of the event and its own
        midnight.
        """
        facts = self._case.facts
        bought, supply = facts.purchased_at, self._supply_day()
        zones: tuple[tzinfo | None, ...] = facts.zones or (None,)
        firsts, lasts = [], []
        for zone in zones:
            there = (zone,) if zone is not None else ()
            event_day = day_of(bought, there) if bought is not None else None
            assert event_day is not None  # noqa: S101 - _settled asks for the day
            last = self._end(event_day, extended=extended)
            firsts.append(periods.first_end(last, there))
            if supply is not None and supply > event_day:
                last = self._end(supply, extended=extended)
            lasts.append((periods.last_end(last, there), last))
        latest, last_day = max(lasts)
        return min(firsts), latest, last_day

    def _end(self, event_day: date, *, extended: bool) -> date:
        """Return the last day; Art. 10 adds its months to the unmoved first end."""
        adds = self._law.not_informed_adds
        if not extended or adds is None:
            return periods.last_day(self._period, event_day, self._is_working_day)
        first_end = periods.add(event_day, self._period)
        return periods.last_day(adds, first_end, self._is_working_day)

    def _supply_day(self) -> date | None:
        """Return the later start that the law or the merchant's wording allows."""
        from_launch = any(
            term.window is not None and term.window.counted_from is Anchor.LAUNCH
            for term in _wording(self._case)
        )
        if self._law.from_start_of_supply or from_launch:
            return self._case.facts.course_starts_on
        return None


def _is_past(as_of: When, latest: datetime, last: date) -> bool:
    return as_of > latest if isinstance(as_of, datetime) else as_of > last


def _code(*, over: bool, is_waived: bool, extended: bool) -> str:
    if over:
        return "law_over"
    if is_waived:
        return "law_waived"
    return "law_extended" if extended else "law_open"
