"""Renewal: what the law leaves of a clause that renews a contract without a word."""

from dataclasses import replace
from datetime import date

from rescind.core import periods
from rescind.core.know.contract_rules import rule_for, with_rule
from rescind.core.know.law import Law
from rescind.core.know.purchase import JudgedPurchase, judged_purchase
from rescind.core.know.rights import sheet
from rescind.core.know.ways import first_term_cap, tacit_renewal
from rescind.core.model.catalogue import BillingChannel, Offer, Service
from rescind.core.model.facts import Facts, day_of
from rescind.core.model.law import RenewalEffect, Right, TacitRenewal


def lawful_purchase(
    facts: Facts, service: Service, offer: Offer, channel: BillingChannel, law: Law
) -> JudgedPurchase:
    """Return the purchase, its stated renewal cut down to what the law allows.

    What is not known of the contract is taken from the service's own texts. A renewal
    that the law forbids or turns open-ended is never projected, whatever the contract
    says.
    """
    day = day_of(facts.purchased_at or facts.as_of, facts.zones)
    rule = rule_for(service, facts, day)
    facts = with_rule(facts, rule)
    return replace(_cut_down(facts, service, offer, channel, law), rule=rule)


def _cut_down(
    facts: Facts, service: Service, offer: Offer, channel: BillingChannel, law: Law
) -> JudgedPurchase:
    purchase = judged_purchase(facts, service, offer, channel)
    if purchase.billing.in_trial or purchase.billing.left_trial_at is not None:
        return replace(purchase, facts=_without_term(facts))
    if purchase.may_bind:
        return replace(purchase, past_first_term=_longest_term_over(purchase, law))
    if facts.term is None and facts.term_ends_at is None:
        return purchase
    known = sheet(purchase)
    stated = (facts.term, facts.term_ends_at)
    by = first_term_cap(purchase, law, known)
    facts = _capped_from_signing(_capped(facts, by), by)
    capped_by = None
    if (facts.term, facts.term_ends_at) != stated:
        capped_by = by
        purchase = judged_purchase(facts, service, offer, channel)
        known = sheet(purchase)
    purchase = replace(purchase, signing_open=_is_signing_open(facts, by))
    found = tacit_renewal(purchase, law, known)
    if found is None:
        return replace(purchase, capped_by=capped_by)
    right, rule = found
    limited = _limited(facts, rule)
    judged = judged_purchase(limited, service, offer, channel)
    is_shorter = facts.renewal_term not in (None, limited.renewal_term)
    opens = rule.effect is RenewalEffect.OPEN_ENDED and not facts.renews_open
    return replace(
        judged,
        renewal_notice=rule.notice,
        renewal_by=right if is_shorter else None,
        opened_by=right if opens else None,
        capped_by=capped_by,
        signing_open=purchase.signing_open,
    )


def _without_term(facts: Facts) -> Facts:
    """Return the facts of a free trial: what binds later has not begun.

    Whoever leaves in the trial leaves before the term, its notice and its renewals.
    """
    return replace(
        facts,
        term=None,
        term_ends_at=None,
        notice=None,
        renewal_term=None,
        renews_open=None,
        ends_any_day=None,
    )


def _longest_term_over(purchase: JudgedPurchase, law: Law) -> Right | None:
    """Return the right by which any first term that may bind is over by now."""
    right = first_term_cap(purchase, law, sheet(purchase))
    start = purchase.facts.begun_on
    if right is None or right.exit is None or start is None:
        return None
    longest, today = (
        right.exit.caps_first_term,
        day_of(purchase.facts.as_of, purchase.facts.zones),
    )
    is_over = longest is not None and periods.first_after(start, longest) <= today
    return right if is_over else None


def _capped(facts: Facts, right: Right | None) -> Facts:
    """Return the facts with the first term cut to what a right lets bind."""
    if right is None or right.exit is None or facts.term is None:
        return facts
    lengths = [length for length in (facts.term, right.exit.caps_first_term) if length]
    return replace(facts, term=periods.shortest(lengths))


def _capped_from_signing(facts: Facts, right: Right | None) -> Facts:
    """Return the facts with the first term cut where it began after the signing.

    Some laws count how long it may bind from the day on which the contract was made
    (BGH III ZR 8/25), whatever the contract says of its beginning.
    """
    signed, start = facts.purchased_at, facts.starts_on
    if right is None or right.exit is None or not right.exit.caps_from_signing:
        return facts
    longest = right.exit.caps_first_term
    if signed is None or start is None or longest is None:
        return facts
    told = facts.term_ends_at
    own = (
        day_of(told, facts.zones)
        if told
        else periods.last_of(start, facts.term or longest)
    )
    most = periods.last_of(day_of(signed, facts.zones), longest)
    return facts if own <= most else replace(facts, term_ends_at=most)


def _is_signing_open(facts: Facts, right: Right | None) -> bool:
    """Return whether the day of the signing, not known, may end the first term sooner.

    Only for a term as long as may bind, from a day on which it began.
    """
    if right is None or right.exit is None or not right.exit.caps_from_signing:
        return False
    if facts.purchased_at is not None or facts.starts_on is None:
        return False
    term, longest = facts.term, right.exit.caps_first_term
    if term is None or longest is None or facts.term_ends_at is not None:
        return False
    is_full = periods.last_of(_ANY_DAY, term) >= periods.last_of(_ANY_DAY, longest)
    last = periods.last_of(facts.starts_on, longest)
    return is_full and day_of(facts.as_of, facts.zones) <= last


_ANY_DAY = date(2001, 1, 1)


def _limited(facts: Facts, rule: TacitRenewal) -> Facts:
    if rule.effect is RenewalEffect.OPEN_ENDED:
        return replace(facts, renews_open=True, renewal_term=None)
    if rule.effect is RenewalEffect.NONE:
        return replace(facts, renews_open=True, renewal_term=None, notice=None)
    if facts.renewal_term is None:
        return facts
    terms = [each for each in (facts.renewal_term, rule.at_most) if each]
    notices = [each for each in (facts.notice, rule.notice) if each]
    return replace(
        facts,
        renewal_term=periods.shortest(terms),
        notice=None if facts.notice is None else periods.shortest(notices),
    )
