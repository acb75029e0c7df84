"""Warnings about the law: where it gives more than the terms, and how sure it is."""

from collections.abc import Iterator, Mapping

from rescind.core.know.purchase import JudgedPurchase
from rescind.core.model.facts import day_of
from rescind.core.model.law import WithdrawalLaw
from rescind.core.model.source import SourceKind
from rescind.core.model.verdict import Answer, Caution, Topic
from rescind.core.periods import add

_HOPEFUL = frozenset({Answer.YES, Answer.DEPENDS, Answer.DISPUTED})


def about_law(
    purchase: JudgedPurchase, topics: Mapping[str, Topic], right: WithdrawalLaw | None
) -> Iterator[Caution]:
    """Yield what to mind about the right to withdraw."""
    if right is None or not purchase.offer.paid_by_consumer:
        return
    topic = topics["withdrawal"]
    if topic.answer in _HOPEFUL:
        yield from _narrower(topic, right)
        if topics["refund"].answer is Answer.NO and not purchase.billing.nothing_paid:
            yield Caution.of("law_gives_more", right.claims)
    if topic.answer is not Answer.YES and _may_have_second(purchase, right):
        yield Caution.of("trial_price_unclear", right.trial_claims)
    if all(claim.source.is_unverified for claim in right.claims):
        yield Caution.of("law_unverified", right.claims)


def _narrower(topic: Topic, right: WithdrawalLaw) -> Iterator[Caution]:
    """Yield a warning that names both sources where the terms say less."""
    says_no = tuple(
        claim
        for reason in topic.because
        for claim in reason.dissent
        if claim.source.kind is SourceKind.OFFICIAL_TERMS
    )
    if says_no:
        claims = right.claims + right.waiver_claims + says_no
        yield Caution.of("terms_narrower_than_law", claims)


def _may_have_second(purchase: JudgedPurchase, right: WithdrawalLaw) -> bool:
    """Return whether a second period would be open now, if the price was unclear."""
    facts, bill = purchase.facts, purchase.billing
    if not right.trial_claims or facts.trial_price_clear is not None:
        return False
    if not facts.had_trial or bill.nothing_paid or bill.anchor is None:
        return False
    assert right.period is not None  # noqa: S101 - a right for trials has a length
    last = add(day_of(bill.anchor, facts.zones), right.period)
    return day_of(facts.as_of, facts.zones) <= last
