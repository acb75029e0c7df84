"""Contract rules: what a service's own texts say of minimum term, notice and renewal.

They stand in for what a person did not say of their contract, and only where the text
is for the country that they live in.
"""

from dataclasses import replace
from datetime import date

from rescind.core.model.catalogue import ContractRule, Service, is_in
from rescind.core.model.facts import Facts
from rescind.core.model.source import RANK


def rule_for(service: Service, facts: Facts, day: date) -> ContractRule | None:
    """Return the strongest rule for an offer, a channel and a country on a day.

    Of equals, the one that stands first. Where the country is not known, a rule of
    some countries speaks for nobody.
    """
    fitting = [
        rule
        for rule in service.contracts
        if _concerns(rule, facts, day) and is_in(facts.country, rule.regions)
    ]
    return min(fitting, key=lambda rule: RANK[rule.claim.source.kind], default=None)


def country_decides(service: Service, facts: Facts, day: date) -> bool:
    """Return whether a rule is on file that the country, not known, may bring in."""
    return facts.country is None and any(
        rule.regions and _concerns(rule, facts, day) for rule in service.contracts
    )


def _concerns(rule: ContractRule, facts: Facts, day: date) -> bool:
    return (
        (not rule.offers or facts.offer in rule.offers)
        and (not rule.channels or facts.channel in rule.channels)
        and rule.claim.in_force.holds(day)
    )


def with_rule(facts: Facts, rule: ContractRule | None) -> Facts:
    """Return the facts, what is not known of the contract taken from the rule."""
    if rule is None:
        return facts
    says_renewal = facts.renewal_term is not None or facts.renews_open is not None
    return replace(
        facts,
        term=facts.term or rule.term,
        notice=facts.notice or rule.notice,
        renewal_term=facts.renewal_term if says_renewal else rule.renewal_term,
        renews_open=facts.renews_open if says_renewal else rule.renews_open or None,
        ends_any_day=rule.ends_any_day or None,
        early_termination_fee=facts.early_termination_fee or rule.early_fee,
    )
