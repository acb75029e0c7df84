"""The next charge, and how long what is paid for lasts."""

from rescind.core import periods
from rescind.core.know.clauses import Scenario, elsewhere, speaking, text_on
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.topics.answer import reason_for, text_elsewhere
from rescind.core.model.catalogue import SoldAs
from rescind.core.model.facts import day_of
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Reason, Topic

_ONCE = frozenset({SoldAs.ONE_TIME, SoldAs.PREPAID})
_NOTHING_OPEN: Scenario = ()


def renewal(purchase: JudgedPurchase) -> Topic:
    """Return when the next charge comes, and how much; no day where none will."""
    charge = purchase.billing.next_charge
    return Topic(
        handled_by=purchase.channel.handled_by,
        at=charge,
        amount=purchase.facts.price if charge is not None else None,
        because=basis(purchase),
        asks=missing(purchase),
    )


def access(purchase: JudgedPurchase) -> Topic:
    """Return when paid access ends if nothing more is paid, and what is left then."""
    terms = speaking(purchase.service, "access", purchase.facts)
    text = text_on(terms, purchase.epoch, purchase.known, _NOTHING_OPEN)
    until = purchase.billing.paid_until
    lasting = [term.window.length for term in text.terms if term.window]
    payment = purchase.billing.payment
    if until is None and lasting and payment is not None:
        until = periods.add(day_of(payment, purchase.facts.zones), lasting[0])
    ends_on = purchase.ended_on
    if until is not None and ends_on is not None:
        # a term that was bound runs on after the month that was being paid for
        until = max(day_of(until, purchase.facts.zones), ends_on + periods.DAY)
    away = () if terms else elsewhere(purchase.service, "access", purchase.facts)
    reasons = (
        *(
            text_elsewhere(away).reasons
            if away
            else (reason_for(text, terms, purchase.epoch, purchase.known),)
        ),
        *basis(purchase),
    )
    unplaced = purchase.facts.country is None and any(term.regions for term in terms)
    return Topic(
        until=until,
        then=tuple(claim.value for claim in text.claims),
        because=reasons,
        asks=(*(("country",) if unplaced else ()), *missing(purchase)),
    )


def missing(purchase: JudgedPurchase) -> tuple[str, ...]:
    """Return the fact to ask for when the next charge cannot be dated."""
    if not purchase.renews or purchase.billing.coming:
        return ()
    if purchase.offer.period is None:
        return ("renews_at",)
    return ("trial_ends_at",) if purchase.facts.had_trial else ("purchased_at",)


def basis(purchase: JudgedPurchase) -> tuple[Reason, ...]:
    """Return why the next charge is on its day, or why there is none."""
    bill = purchase.billing
    if purchase.facts.cancelled_at is not None:
        return (Reason.of("already_cancelled"),)
    if purchase.offer.sold_as in _ONCE:
        return (Reason.of("nothing_renews"),)
    if bill.next_charge is None:
        return ()
    reasons = []
    if bill.in_trial:
        claims = _claims_on(purchase, "trial")
        code = "trial_stated" if bill.assumed_trial else "trial_runs"
        reasons.append(Reason.of(code, claims))
    if bill.projected:
        reasons.append(Reason.of("anchored"))
    return tuple(reasons)


def _claims_on(purchase: JudgedPurchase, topic: str) -> tuple[Claim, ...]:
    terms = speaking(purchase.service, topic, purchase.facts)
    return text_on(terms, purchase.epoch, purchase.known, _NOTHING_OPEN).claims
