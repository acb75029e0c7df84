"""Situation: a purchase with what follows from its facts, ready to be judged."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rescind.core.know.billing import Billing, billing
from rescind.core.know.clauses import Known, epoch, speaking, text_on
from rescind.core.know.minimum_term import running_term
from rescind.core.model.catalogue import (
    STORES,
    BillingChannel,
    ContractRule,
    Offer,
    Service,
    SoldAs,
)
from rescind.core.model.facts import Facts, day_of
from rescind.core.model.law import Right
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.source import Claim, SourceKind
from rescind.core.periods import add

_BINDING = frozenset({"gym", "telecom", "insurance", "energy", "water", "membership"})
"""Kinds of contracts that bind for a time as a rule, whatever is on file of them."""
_BINDING_IF_PREPAID = frozenset({"newspaper"})
"""Kinds that do so where one payment is for more than a month."""
_MOST = 600
"""Payments of a term that are added up at most."""
_START, _MONTH_ON, _YEAR_ON = date(2001, 1, 1), date(2001, 2, 1), date(2002, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPurchase:
    """One purchase of one offer through one channel, on one day."""

    facts: Facts
    service: Service
    offer: Offer
    channel: BillingChannel
    billing: Billing
    known: Known
    bought_on: date | None
    """The day of the purchase, where known."""
    judged_on: date
    """The day whose terms govern: the purchase, or today if that is unknown."""
    epoch: date
    """The first day of the texts that govern."""
    renewal_notice: Period | None = None
    """The longest notice that the law allows once the first term is over."""
    renewal_by: Right | None = None
    """The right that leaves less of the renewal than was stated."""
    opened_by: Right | None = None
    """The right by which it runs on without a term, where it does not say so itself."""
    capped_by: Right | None = None
    """The right that cuts the first term that was stated."""
    signing_open: bool = False
    """A right counts the longest first term from a signing whose day is not known."""
    past_first_term: Right | None = None
    """The right by which the longest first term is over, where none was told."""
    rule: ContractRule | None = None
    """What the service's own texts say of term, notice and renewal."""
    ended_on: date | None = None
    """The last day, where it was cancelled and that day is known."""

    @property
    def kind(self) -> str:
        """Return what kind of thing is sold, as rights tell them apart."""
        return self.facts.kind or self.service.kind

    @property
    def renewed(self) -> bool | None:
        """Return whether the contract was prolonged; ``None`` if not known."""
        term = running_term(self.facts)
        if term.renewed is not None:
            return term.renewed
        if term.ends is not None:
            # its end is told, and not how long it is: it may be the first
            return None
        if self.may_bind:
            # a payment after the first renews nothing inside a first term
            return True if self.past_first_term else None
        return self.billing.is_renewal

    @property
    def may_bind(self) -> bool:
        """Return whether it may run on past what is paid for, nobody told how long.

        Contracts of some kinds bind for a time as a rule: a month or a year that is
        paid for is no proof that one ends with it. A store ends what it bills before
        the next charge, and a trial that nothing was paid for ends by itself.
        """
        facts = self.facts
        is_told = self.stated or facts.term_ends_at or facts.renews_open is not None
        if is_told or self.service.is_on_file or self.channel.slug in STORES:
            return False
        if self.billing.nothing_paid or self.offer.sold_as is not SoldAs.SUBSCRIPTION:
            return False
        binds_if_prepaid = self.kind in _BINDING_IF_PREPAID and self.prepaid
        return self.kind in _BINDING or bool(binds_if_prepaid)

    @property
    def length_open(self) -> bool:
        """Return whether nobody told a term or a notice, and no text on file does.

        What is paid for is then taken to be all, where the kind seldom binds longer. A
        store ends what it bills before the next charge, and a trial by itself.
        """
        is_told = self.stated or self.facts.term_ends_at or self.service.terms
        if is_told or self.service.is_on_file or self.channel.slug in STORES:
            return False
        if self.facts.charge_unauthorised:
            return False
        return self.renews and not self.billing.nothing_paid and not self.may_bind

    @property
    def runs_on(self) -> bool:
        """Return whether it runs on without a term, and no term of it ever renews.

        Not where a law made it so: what was agreed renews then.
        """
        facts, period = self.facts, self.offer.period
        if not facts.renews_open or self.opened_by or self.renewal_by:
            return False
        is_told = facts.term is not None or facts.term_ends_at is not None
        return not is_told or facts.term == period

    @property
    def yearly(self) -> bool:
        """Return whether one term or payment is for a year or more."""
        length = self.facts.term or self.offer.period
        return length is not None and add(_START, length) >= _YEAR_ON

    @property
    def prepaid(self) -> bool | None:
        """Return whether a payment is for more than a month; ``None`` if not known."""
        period = self.offer.period
        return None if period is None else add(_START, period) > _MONTH_ON

    @property
    def value(self) -> Money | None:
        """Return what the contract binds one to pay; ``None`` without a price.

        Of a first term it is all its payments: acts that name a price mean the
        contract's, not that of a month. Without a term one payment is owed at a time.
        """
        facts, period = self.facts, self.offer.period
        if facts.price is None or facts.term is None or period is None:
            return facts.price
        end, count = add(_START, facts.term), 1
        while count < _MOST and add(_START, period, count) < end:
            count += 1
        return facts.price.of(facts.price.amount * count)

    @property
    def adds_up(self) -> bool:
        """Return whether payments go on for a time that nobody knew at the sale.

        What one of them costs is then no measure of the contract's price. So it is
        without a term, and where one month at a time renews until it is ended.
        """
        facts, period = self.facts, self.offer.period
        if period is None or self.offer.sold_as is not SoldAs.SUBSCRIPTION:
            return False
        if facts.term is None:
            return facts.term_ends_at is None
        return add(_START, facts.term) <= min(add(_START, period), _MONTH_ON)

    @property
    def stated(self) -> tuple[Claim, ...]:
        """Return what is said of the contract's end: by the person, then by texts."""
        said = _stated(self.service)
        return said if self.rule is None else (*said, self.rule.claim)

    @property
    def handled_by(self) -> str:
        """Return who must be asked."""
        return self.offer.handled_by or self.channel.handled_by

    @property
    def renews(self) -> bool:
        """Return whether more charges will come if nothing is done."""
        sold_as = self.offer.sold_as
        return sold_as is SoldAs.SUBSCRIPTION and self.facts.cancelled_at is None


@lru_cache(maxsize=4096)
def _stated(service: Service) -> tuple[Claim, ...]:
    return tuple(
        term.claim
        for term in service.terms
        if term.claim.source.kind is SourceKind.USER and term.topic == "cancel"
    )


def judged_purchase(
    facts: Facts, service: Service, offer: Offer, channel: BillingChannel
) -> JudgedPurchase:
    """Return the purchase with its billing and the facts that follow from others."""
    bill = billing(facts, offer, _stated_trial(facts, service))
    bought = facts.purchased_at
    bought_on = None if bought is None else day_of(bought, facts.zones)
    judged_on = bought_on or day_of(facts.as_of, facts.zones)
    return JudgedPurchase(
        facts=facts,
        service=service,
        offer=offer,
        channel=channel,
        billing=bill,
        known=_known(facts, offer, bill),
        bought_on=bought_on,
        judged_on=judged_on,
        epoch=epoch(service, judged_on),
    )


def _stated_trial(facts: Facts, service: Service) -> Period | None:
    """Return the trial's length where the terms of the purchase day state it."""
    if not facts.had_trial or facts.purchased_at is None or facts.trial_ends_at:
        return None
    day = day_of(facts.purchased_at, facts.zones)
    text = text_on(speaking(service, "trial", facts), day, Known({}), ())
    lengths = [term.window.length for term in text.terms if term.window]
    return lengths[0] if text.is_official and lengths else None


def _known(facts: Facts, offer: Offer, bill: Billing) -> Known:
    cancelled = facts.cancelled_at is not None
    subscription = offer.sold_as is SoldAs.SUBSCRIPTION
    return Known(
        {
            "country": facts.country,
            "certificate_earned": facts.certificate_earned,
            "had_trial": facts.had_trial,
            "premium_content_used": facts.premium_content_used,
            "service_used": facts.service_used,
            "financial_aid": facts.financial_aid,
            "upgraded_from": facts.upgraded_from,
            "upgraded": True if facts.upgraded_from else None,
            "pre_enrolled": _pre_enrolled(facts, bill),
            "renewal": bill.is_renewal,
            "cancelled": cancelled,
            "active": subscription and not cancelled,
            "ended": cancelled and _is_over(facts, bill),
            "cancelled_in_trial": _cancelled_in_trial(facts, bill),
        }
    )


def _pre_enrolled(facts: Facts, bill: Billing) -> bool | None:
    first = bill.anchor or facts.purchased_at
    if facts.course_starts_on is None or first is None:
        return None
    return facts.course_starts_on > day_of(first, facts.zones)


def _is_over(facts: Facts, bill: Billing) -> bool:
    if bill.paid_until is None:
        return False
    return day_of(bill.paid_until, facts.zones) < day_of(facts.as_of, facts.zones)


def _cancelled_in_trial(facts: Facts, bill: Billing) -> bool:
    if facts.cancelled_at is None or not facts.had_trial or bill.anchor is None:
        return False
    return day_of(facts.cancelled_at, facts.zones) <= day_of(bill.anchor, facts.zones)
