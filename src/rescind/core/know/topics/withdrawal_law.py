"""Withdrawal by law: what one place's right to withdraw comes to for a purchase."""

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from rescind.core import periods
from rescind.core.know.law import Law
from rescind.core.know.purchase import JudgedPurchase, judged_purchase
from rescind.core.know.rights import applies, fits_term, sheet
from rescind.core.know.scenarios import Outcome, merged, plain
from rescind.core.know.topics.withdrawal_period import OVER, Counting, Ends, is_past
from rescind.core.know.topics.withdrawal_share import arithmetic, owed_share
from rescind.core.know.topics.withdrawal_wording import on_its_word
from rescind.core.model.facts import day_of
from rescind.core.model.law import Ground, WithdrawalLaw
from rescind.core.model.sentence import Sentence
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Answer, Reason, Topic

if TYPE_CHECKING:
    from rescind.core.know.clauses import Scenario

_GIVEN_AS = {"copy_in_time": "contract_copy_at"}
"""Facts that follow from others, by what a person would give."""
COURSE = "course"
HOPEFUL = frozenset({Answer.YES, Answer.DEPENDS, Answer.DISPUTED})


def by_law(purchase: JudgedPurchase, law: WithdrawalLaw | None, books: Law) -> Topic:
    """Return the answer of one place's law."""
    outcome = _over_by_charge(purchase, law, books) or _outcome_of(purchase, law, books)
    return _with_money(purchase, law, topic_of(purchase, outcome), books)


def _outcome_of(
    purchase: JudgedPurchase, law: WithdrawalLaw | None, books: Law
) -> Outcome:
    outcome = _without_period(purchase, law)
    if outcome is not None:
        return outcome
    assert law is not None  # noqa: S101 - _without_period answers without a law
    counted = _judged(purchase, law, Counting(purchase, law, books))
    return _if_there(purchase, law, counted)


def _over_by_charge(
    purchase: JudgedPurchase, law: WithdrawalLaw | None, books: Law
) -> Outcome | None:
    """Return that the period is over, where a charge alone shows it.

    Nobody is charged before the purchase: if the period would be over had it been
    bought on the day of the earliest charge, it is over for every day before, too.
    """
    facts = purchase.facts
    charge = facts.charged_since or facts.paid_at
    if law is None or purchase.bought_on is not None or charge is None:
        return None
    bought_then = judged_purchase(
        replace(facts, purchased_at=charge),
        purchase.service,
        purchase.offer,
        purchase.channel,
    )
    outcome = _outcome_of(bought_then, law, books)
    is_over = any(reason.code in OVER for reason in outcome.reasons)
    if outcome.answer is not Answer.NO or not is_over:
        return None
    charged_on = day_of(charge, facts.zones)
    reason = Reason.of("law_over_by_charge", law.claims, charged_on=charged_on)
    return Outcome(answer=Answer.NO, reasons=(reason,))


def topic_of(purchase: JudgedPurchase, outcome: Outcome) -> Topic:
    """Return the topic that an outcome is for a purchase."""
    return Topic(
        answer=outcome.answer,
        handled_by=purchase.handled_by,
        act_by=outcome.act_by,
        latest=outcome.latest,
        because=outcome.reasons,
        asks=outcome.asks,
    )


def _with_money(
    purchase: JudgedPurchase, law: WithdrawalLaw | None, topic: Topic, books: Law
) -> Topic:
    """Add what comes back, what may be kept, and when the money is due."""
    if law is None or topic.answer not in HOPEFUL:
        return topic
    only_untold = _is_only_for_untold(purchase, law, topic, books)
    back, owed = owed_share(purchase, law, only_untold=only_untold)
    due, sent = None, purchase.facts.withdrawn_at
    if sent is not None and law.refund_within is not None:
        calendar = books.calendar(law.refund_calendar, law.refund_calendar.place)
        told = day_of(sent, purchase.facts.zones)
        if law.refund_in_working_days:
            due = periods.working_day_after(told, law.refund_within.count, calendar)
        else:
            due = periods.last_day(law.refund_within, told, calendar)
    return replace(
        topic,
        amount=back,
        owed=owed,
        refund_due_by=due,
        formality=law.formality,
        in_writing=law.in_writing,
        because=(*topic.because, *arithmetic(purchase, law, owed)),
    )


def _is_only_for_untold(
    purchase: JudgedPurchase, law: WithdrawalLaw, topic: Topic, books: Law
) -> bool:
    """Return whether the right is open only if nobody was told of it."""
    if "withdrawal_informed" not in topic.asks:
        return False
    told = replace(purchase, facts=replace(purchase.facts, withdrawal_informed=True))
    return _outcome_of(told, law, books).answer not in HOPEFUL


def _without_period(
    purchase: JudgedPurchase, law: WithdrawalLaw | None
) -> Outcome | None:
    """Return the answer that needs no counting, if there is one."""
    if law is None:
        return plain(
            Answer.UNKNOWN, "no_law_recorded", on_its_word(purchase, Answer.NO)
        )
    if law.answer is Answer.NO:
        return _recorded_none(purchase, law)
    if purchase.bought_on is None:
        return plain(
            Answer.DEPENDS, "first_day_decides", law.claims, asks=("purchased_at",)
        )
    if not law.in_force.holds(purchase.bought_on):
        return plain(Answer.UNKNOWN, "no_law_recorded")
    if _is_too_cheap(purchase, law) and not purchase.adds_up:
        return plain(Answer.NO, "law_price_too_low", law.claims)
    return None


def _recorded_none(purchase: JudgedPurchase, law: WithdrawalLaw) -> Outcome:
    if is_regulated_in_parts(purchase, law):
        return plain(Answer.UNKNOWN, "no_law_recorded")
    claims = law.claims + on_its_word(purchase, Answer.NO)
    return plain(Answer.NO, "law_none", claims, on_its_word(purchase, Answer.YES))


def is_regulated_in_parts(purchase: JudgedPurchase, law: WithdrawalLaw) -> bool:
    """Return whether a part of the country may give a right that the country does not.

    The acts on courses are about lessons of teachers and coaches: what the catalogue
    calls a course is content, so the kind counts where a person stated it.
    """
    kind = purchase.kind
    is_lessons = kind != COURSE or purchase.facts.kind is not None
    return kind in law.kinds_unknown and is_lessons


def _is_too_cheap(purchase: JudgedPurchase, law: WithdrawalLaw) -> bool:
    price, above = purchase.value, law.above
    if price is None or above is None or price.currency != above.currency:
        return False
    return price.amount <= above.amount


def _if_there(
    purchase: JudgedPurchase, law: WithdrawalLaw, counted: Outcome
) -> Outcome:
    """Return what a right comes to that is there for some contracts only.

    A fact that is not known leaves it open; it is no doubt about the law.
    """
    # few laws have conditions, and a sheet takes a tenth of a verdict's time
    known = sheet(purchase) if law.conditions else {}
    is_met, missing = applies(law.conditions, known)
    is_long = fits_term(purchase, law)
    if is_met is False or is_long is False:
        return plain(Answer.NO, "law_not_met", law.claims)
    is_cheap = _is_too_cheap(purchase, law)
    is_open = not is_long or (is_cheap and purchase.facts.term is None)
    asks = (*missing, *(("term",) if is_open else ()))
    if not (asks or is_cheap) or counted.answer is Answer.NO:
        return counted
    names = tuple(Sentence.of("fact_open", fact) for fact in asks)
    turns = (Reason.of("fact_decides", law.claims, facts=names),) if asks else ()
    sums = (Reason.of("law_price_adds_up", law.claims),) if is_cheap else ()
    return replace(
        counted,
        answer=Answer.DEPENDS,
        reasons=(*turns, *sums, *counted.reasons),
        asks=(*asks, *counted.asks),
    )


def _judged(
    purchase: JudgedPurchase, law: WithdrawalLaw, counting: Counting
) -> Outcome:
    if law.grounds:
        return _by_grounds(purchase, law, counting)
    if counting.awaits_delivery():
        return plain(
            Answer.DEPENDS, "delivery_decides", law.claims, asks=("delivered_at",)
        )
    if counting.has_no_copy():
        return plain(_reach(law), "law_not_begun", law.claims + law.extension_claims)
    if counting.awaits_start():
        return plain(Answer.DEPENDS, "start_decides", law.claims, asks=counting.starts)
    outcome = _periodic(purchase, law, counting)
    if outcome.answer in HOPEFUL and counting.starts:
        # a copy that came later than the contract leaves more time
        return replace(outcome, asks=(*outcome.asks, *counting.starts))
    return outcome


def _periodic(
    purchase: JudgedPurchase, law: WithdrawalLaw, counting: Counting
) -> Outcome:
    """Return the answer in every way that waiver and information can be."""
    waivable = law.content_waiver_ends and _can_be_waived(purchase)
    waived = _ways(purchase.facts.withdrawal_waived if waivable else False)
    informed = _ways(counting.informed())
    outcomes: dict[Scenario, Outcome] = {}
    for is_waived, is_informed in product(waived, informed):
        pairs = []
        if len(waived) > 1:
            pairs.append(("withdrawal_waived", is_waived))
        if len(informed) > 1:
            pairs.append(("withdrawal_informed", is_informed))
        if law.not_informed_open and not is_informed and not is_waived:
            told_of = law.claims + law.extension_claims
            outcomes[tuple(pairs)] = plain(_reach(law), "law_never_told", told_of)
            continue
        ends = counting.ends(extended=not is_informed)
        outcome = _outcome(purchase, law, counting, ends, is_waived=is_waived)
        longer = counting.by_union(extended=not is_informed)
        is_no = outcome.answer is Answer.NO and not is_waived
        if is_no and longer is not None and not counting.is_over(longer):
            outcome = _disputed(purchase, law, ends, longer)
        elif is_no and counting.may_be_told_late():
            claims, length = law.extension_claims, counting.length
            told = Reason.of("law_told_at_order", claims, length=length)
            outcome = replace(outcome, reasons=(*outcome.reasons, told))
        outcomes[tuple(pairs)] = outcome
    return merged(outcomes)


def _can_be_waived(purchase: JudgedPurchase) -> bool:
    """Return whether a waiver matters: content begun, or a service wholly given."""
    content = purchase.offer.digital_content
    return content or purchase.facts.fully_performed is True


def _ways(fact: bool | None) -> tuple[bool, ...]:  # noqa: FBT001 - a three-valued fact
    return (False, True) if fact is None else (fact,)


def _outcome(
    purchase: JudgedPurchase,
    law: WithdrawalLaw,
    counting: Counting,
    ends: Ends,
    *,
    is_waived: bool,
) -> Outcome:
    """Return whether the right holds if the period ends so."""
    code = ends.code
    if counting.is_over(ends):
        second = counting.second()
        if second is None or counting.is_over(second):
            code = ends.over
        else:
            code, ends = "law_second", second
    elif is_waived:
        content = purchase.offer.digital_content
        code = "law_waived" if content else "law_performed"
    claims = _claims(purchase, law, ends, code=code)
    says_no, until = on_its_word(purchase, Answer.NO), ends.last_day
    if code in _BY_WAIVER:
        reason = Reason.of(code, claims, says_no)
    elif code == "law_open" or (code == "law_extended" and law.informed_within):
        said = "law_extended_till_told" if code == "law_extended" else code
        length = counting.length
        reason = Reason.of(said, claims, says_no, length=length, until=until)
    else:
        reason = Reason.of(code, claims, says_no, until=until)
    return Outcome(
        answer=_answer(purchase, law, code),
        reasons=(reason,),
        act_by=ends.safe,
        latest=ends.latest,
    )


def _disputed(
    purchase: JudgedPurchase, law: WithdrawalLaw, ends: Ends, longer: Ends
) -> Outcome:
    """Return that it is over by a place's own count, and by its union's is not."""
    code, days = "law_over_disputed", {"until": ends.last_day, "later": longer.last_day}
    claims = _claims(purchase, law, ends, code=code)
    return Outcome(
        answer=Answer.DISPUTED,
        reasons=(Reason.of(code, claims, on_its_word(purchase, Answer.NO), **days),),
        act_by=longer.safe,
        latest=longer.latest,
    )


def _answer(purchase: JudgedPurchase, law: WithdrawalLaw, code: str) -> Answer:
    """Return what a way the period ends comes to.

    A waiver is disputed only where it is open whether content was bought at all.
    """
    if code == "law_waived" and purchase.facts.kind == "digital_content":
        return Answer.NO
    return _ANSWERS.get(code, _reach(law))


def _reach(law: WithdrawalLaw) -> Answer:
    return Answer.DISPUTED if law.unsettled else Answer.YES


_BY_WAIVER = frozenset({"law_waived", "law_performed"})
_ANSWERS = {
    **dict.fromkeys(OVER, Answer.NO),
    "law_performed": Answer.NO,
    "law_waived": Answer.DISPUTED,
}


def _claims(
    purchase: JudgedPurchase, law: WithdrawalLaw, ends: Ends, *, code: str
) -> tuple[Claim, ...]:
    claims = law.claims + law.counting_claims + law.refund_claims
    if code in _BY_WAIVER:
        claims += law.waiver_claims
    if ends.code in ("law_extended", "law_told_late"):
        claims += law.extension_claims
    if purchase.facts.had_trial:
        claims += law.trial_claims
    today = day_of(purchase.facts.as_of, purchase.facts.zones)
    in_force = tuple(claim for claim in claims if claim.in_force.holds(today))
    return in_force + on_its_word(purchase, Answer.YES)


def _by_grounds(
    purchase: JudgedPurchase, law: WithdrawalLaw, counting: Counting
) -> Outcome:
    """Return the answer where the right arises only in certain cases."""
    tried = [_ground(purchase, law, counting, ground) for ground in law.grounds]
    for answer in (Answer.YES, Answer.DEPENDS):
        found = [outcome for outcome in tried if outcome.answer is answer]
        if found:
            return _together(answer, found)
    return _together(Answer.NO, tried)


def _together(answer: Answer, found: list[Outcome]) -> Outcome:
    return Outcome(
        answer=answer,
        reasons=tuple(reason for outcome in found for reason in outcome.reasons),
        act_by=max((o.act_by for o in found if o.act_by), default=None),
        latest=max((o.latest for o in found if o.latest), default=None),
        asks=tuple(dict.fromkeys(a for outcome in found for a in outcome.asks)),
    )


def _ground(
    purchase: JudgedPurchase, law: WithdrawalLaw, counting: Counting, ground: Ground
) -> Outcome:
    claims = law.claims + ground.claims
    holds, missing = applies(
        ground.conditions, {**sheet(purchase), **counting.copy_facts()}
    )
    if holds is False:
        return plain(Answer.NO, "law_no_ground", claims)
    ends = counting.ground_ends(ground)
    is_over = ends is not None and is_past(counting.decided_at, ends)
    if is_over and counting.is_start_open(ground):
        asks = (ground.counted_from, *(_GIVEN_AS.get(name, name) for name in missing))
        return plain(Answer.DEPENDS, ground.code, claims, asks=asks)
    if ends is not None and is_over:
        over = Reason.of("law_over", claims, until=ends.last_day)
        return Outcome(answer=Answer.NO, reasons=(over,))
    if holds is None:
        asks = tuple(_GIVEN_AS.get(name, name) for name in missing)
        return plain(Answer.DEPENDS, ground.code, claims, asks=asks)
    reason = Reason.of(ground.code, claims)
    if ends is None:
        return Outcome(answer=Answer.YES, reasons=(reason,))
    return Outcome(
        answer=Answer.YES, reasons=(reason,), act_by=ends.safe, latest=ends.latest
    )
