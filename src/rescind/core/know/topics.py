"""The topics that no window decides: cancel, renewal, access, and the procedures."""

from dataclasses import replace
from datetime import datetime

from rescind.core import periods
from rescind.core.know.billing import latest_before, safe_before
from rescind.core.know.situation import Situation
from rescind.core.know.terms import (
    Text,
    World,
    dissent,
    speaking,
    text_on,
    worlds,
)
from rescind.core.know.texts import say
from rescind.core.know.worlds import Outcome, merged
from rescind.core.model.catalogue import SoldAs, Term
from rescind.core.model.facts import When, day_of
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Answer, Reason, Topic

_MERCHANTS_OWN = frozenset({"delete_account"})
"""Topics that only the merchant can deal with, whoever bills."""
_BY_BILLER = frozenset({"cancel", "remove_payment_method", "resume", "pause"})
_ONCE = frozenset({SoldAs.ONE_TIME, SoldAs.PREPAID})
_NOTHING_OPEN: World = {}


def plain(case: Situation, topic: str) -> Topic:
    """Answer a topic by what the texts of the purchase day say, without counting."""
    outcome = _said(case, topic)
    return Topic(
        answer=outcome.answer,
        handled_by=_handler(case, topic),
        because=outcome.reasons,
        asks=outcome.asks,
    )


def _handler(case: Situation, topic: str) -> str:
    if topic in _MERCHANTS_OWN:
        return case.service.name
    if topic in _BY_BILLER:
        return case.handled_by
    return case.offer.handled_by or case.service.name


def _said(case: Situation, topic: str) -> Outcome:
    terms = speaking(case.service, topic, case.facts)
    return merged(
        {
            tuple(world.items()): _outcome(case, terms, world)
            for world in worlds(terms, case.known)
        }
    )


def _outcome(case: Situation, terms: tuple[Term, ...], world: World) -> Outcome:
    text = text_on(terms, case.judged_on, case.known, world)
    answers = {term.answer for term in text.terms} - {Answer.UNKNOWN}
    reason = _reason(case, text, terms)
    if len(answers) > 1:
        code = "official_texts_conflict" if text.is_official else "others_conflict"
        conflict = Reason(code=code, text=say(code), claims=text.claims)
        return Outcome(answer=Answer.DISPUTED, reasons=(conflict, reason))
    answer = next(iter(answers), Answer.UNKNOWN)
    return Outcome(answer=answer, reasons=(reason,))


def _reason(case: Situation, text: Text, terms: tuple[Term, ...]) -> Reason:
    if not text.terms:
        vague = tuple(term.claim for term in terms if term.vague)
        return Reason(code="silent", text=say("silent"), dissent=vague)
    code = "said" if text.is_official else "said_by_guides"
    return Reason(
        code=code,
        text=say(code, day=case.judged_on),
        claims=text.claims,
        dissent=dissent(text.terms, terms, case.judged_on, case.known),
    )


def cancel(case: Situation) -> Topic:
    """Decide whether it can be ended, and by when to avoid the next charge."""
    outcome = _said(case, "cancel")
    topic = Topic(
        answer=outcome.answer,
        handled_by=_handler(case, "cancel"),
        because=outcome.reasons + _basis(case),
        asks=outcome.asks + missing(case),
    )
    coming = case.billing.coming
    if not coming:
        return topic
    return replace(
        topic,
        act_by=safe_before(coming, case.channel.early_charge_hours),
        latest=_latest(case, coming[0]),
    )


def _latest(case: Situation, charge: When) -> datetime:
    """Return the last moment before a charge; a trial's last day is still free."""
    if case.billing.in_trial and not isinstance(charge, datetime):
        return periods.last_end(charge, case.facts.zones)
    return latest_before(charge, case.facts.zones)


def missing(case: Situation) -> tuple[str, ...]:
    """Return the fact to ask for when the next charge cannot be dated."""
    if not case.renews or case.billing.coming or case.offer.period is None:
        return ()
    return ("trial_ends_at",) if case.facts.had_trial else ("purchased_at",)


def _basis(case: Situation) -> tuple[Reason, ...]:
    """Return why the next charge is on its day, or why there is none."""
    bill, zones = case.billing, case.facts.zones
    if case.facts.cancelled_at is not None:
        return (Reason(code="already_cancelled", text=say("already_cancelled")),)
    if case.offer.sold_as in _ONCE:
        return (Reason(code="nothing_renews", text=say("nothing_renews")),)
    if bill.next_charge is None:
        return ()
    reasons = []
    if bill.in_trial:
        claims = _claims_on(case, "trial")
        code = "trial_stated" if bill.assumed_trial else "trial_runs"
        reasons.append(Reason(code=code, text=say(code), claims=claims))
    if bill.projected:
        day = day_of(bill.next_charge, zones)
        reasons.append(Reason(code="anchored", text=say("anchored", day=day)))
    return tuple(reasons)


def _claims_on(case: Situation, topic: str) -> tuple[Claim, ...]:
    terms = speaking(case.service, topic, case.facts)
    return text_on(terms, case.judged_on, case.known, _NOTHING_OPEN).claims


def renewal(case: Situation) -> Topic:
    """Return when the next charge comes, and how much; no day where none will."""
    charge = case.billing.next_charge
    return Topic(
        handled_by=case.channel.handled_by,
        at=charge,
        amount=case.facts.price if charge is not None else None,
        because=_basis(case),
        asks=missing(case),
    )


def access(case: Situation) -> Topic:
    """Return when paid access ends if nothing more is paid, and what is left then."""
    terms = speaking(case.service, "access", case.facts)
    text = text_on(terms, case.judged_on, case.known, _NOTHING_OPEN)
    until = case.billing.paid_until
    lasting = [term.window.length for term in text.terms if term.window]
    payment = case.billing.payment
    if until is None and lasting and payment is not None:
        until = periods.add(day_of(payment, case.facts.zones), lasting[0])
    reasons = (_reason(case, text, terms), *_basis(case))
    return Topic(
        until=until,
        then=tuple(claim.value for claim in text.claims),
        because=reasons,
        asks=missing(case),
    )
