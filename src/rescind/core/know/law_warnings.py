"""Warnings about the law: where it gives more than the terms, and how sure it is."""

from collections.abc import Iterator, Mapping

from rescind.core.facts import LIFE_EVENTS
from rescind.core.know.law import Law
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.model.facts import Facts, day_of
from rescind.core.model.law import RightKind, WithdrawalLaw
from rescind.core.model.sentence import Sentence
from rescind.core.model.source import SourceKind
from rescind.core.model.verdict import Answer, Caution, Entitlement, Topic
from rescind.core.periods import add

_HOPEFUL = frozenset({Answer.YES, Answer.DEPENDS, Answer.DISPUTED})


def about_law(
    purchase: JudgedPurchase, topics: Mapping[str, Topic], right: WithdrawalLaw | None
) -> Iterator[Caution]:
    """Yield what to mind about the right to withdraw."""
    if right is None or not purchase.offer.paid_by_consumer:
        return
    topic = topics["withdrawal"]
    # where only a part of the country gives it, no record says so yet for all
    if topic.answer in _HOPEFUL and right.answer is not Answer.NO:
        yield from _narrower(topic, right)
        if topics["refund"].answer is Answer.NO and not purchase.billing.nothing_paid:
            yield Caution.of("law_gives_more", right.claims)
    if topic.answer is not Answer.YES and _may_have_second(purchase, right):
        yield Caution.of("trial_price_unclear", right.trial_claims)
    if all(claim.source.is_unverified for claim in right.claims):
        yield Caution.of("law_unverified", right.claims)


def nothing_on_file(
    purchase: JudgedPurchase, topics: Mapping[str, Topic], law: Law
) -> Iterator[Caution]:
    """Yield what still works where no law of the place is on file for the kind."""
    facts = purchase.facts
    if facts.country is None or topics["withdrawal"].answer is not Answer.UNKNOWN:
        return
    rights = law.rights_for(facts.country, purchase.kind)
    own = (right for right in rights if facts.country in right.regions)
    if any(right.kind in _ENDING for right in own):
        return
    bodies = law.bodies_for(facts.country, "advice")
    bodies += law.bodies_for(facts.country, "cancellation")
    if bodies:
        yield Caution.of("no_law_on_file", whom=bodies[0].name)
    else:
        yield Caution.of("no_law_on_file_nor_body")


def nothing_on_event(
    facts: Facts, rights: tuple[Entitlement, ...]
) -> Iterator[Caution]:
    """Yield a warning for what happened and no law on file lets out early for."""
    if facts.cancelled_at is not None:
        return
    about = {
        condition.fact
        for entitled in rights
        if entitled.answer is not Answer.NO
        for condition in (
            *entitled.right.conditions,
            *(entitled.right.exit.conditions if entitled.right.exit else ()),
        )
    }
    without = tuple(
        fact
        for event, fact in LIFE_EVENTS.items()
        if fact in _LETS_OUT
        and (getattr(facts, fact) or facts.life_event == event)
        and not about & {fact, event.replace("-", "_")}
    )
    if without:
        events = tuple(Sentence.of("life_event_in_sentence", fact) for fact in without)
        yield Caution.of("event_without_law", facts=events)


_LETS_OUT = frozenset(
    {"moved_at", "ill_at", "unemployed_at", "price_raised_at", "terms_changed_at"}
)
"""What lets people out early in some places; a death and a minor are told anyway."""
_ENDING = frozenset({RightKind.CANCELLATION, RightKind.RENEWAL, RightKind.REFUND})


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
