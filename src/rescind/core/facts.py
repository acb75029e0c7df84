"""The facts: one table of all that can be known of a purchase.

The parser, the flags of the command line, the fields of the pages, the interview and
the reference are read off this table; ``data/words/<language>/facts.yaml`` has its
words. A new fact is a row here, a field of ``Facts`` and its words; then the rule that
uses it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class FactKind(StrEnum):
    """What a fact's value is, and so how it is asked for and read."""

    YES_NO = "yes_no"
    DAY = "day"
    """A whole day."""
    MOMENT = "moment"
    """A moment with an offset, or a whole day where the consumer is."""
    LENGTH = "length"
    MONEY = "money"
    CHARGES = "charges"
    """Days with the sum that was taken on each."""
    CHOICE = "choice"
    """One of the row's choices."""
    SERVICE = "service"
    OFFER = "offer"
    """One of the offers that the service has."""
    CHANNEL = "channel"
    """One of the channels that the service has."""
    COUNTRY = "country"
    TIME_ZONE = "time_zone"
    TEXT = "text"


class Lies(StrEnum):
    """Where a day lies, seen from the day that is asked about."""

    PAST = "past"
    """Never after it: such a day is refused."""
    AHEAD = "ahead"
    """After it, as a rule."""
    EITHER = "either"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One row: a fact, what its value can be, and when it is asked for."""

    name: str
    kind: FactKind
    choices: tuple[str, ...] = ()
    """The values that it can have, where they are few and fixed."""
    lies: Lies | None = None
    """For days and moments."""
    order: int = 99
    """Its place among open questions; those of one place keep the table's order."""
    only_other: bool = False
    """It describes a contract; the catalogue does so for the services that it has."""
    tells_offer: bool = False
    """Of a service in the catalogue it tells which offers can be meant."""


_CONTRACT_KINDS = (
    *("service", "digital_content", "course", "goods", "telecom", "gym", "insurance"),
    *("streaming", "newspaper", "dating", "energy", "water", "membership", "software"),
    *("box", "food_box", "discount_card", "beauty"),
)
_PAYMENT_METHODS = (
    *("visa-credit", "visa-debit", "mastercard-credit", "mastercard-debit", "card"),
    *("sepa-debit", "direct-debit", "bank-account", "paypal", "invoice"),
    *("upi", "mandate", "other"),
)

LIFE_EVENTS: Mapping[str, str] = {
    "moved": "moved_at",
    "ill": "ill_at",
    "unemployed": "unemployed_at",
    "died": "died_at",
    "price-raised": "price_raised_at",
    "terms-changed": "terms_changed_at",
    "not-as-promised": "service_not_as_promised",
    "under-age": "minor",
}
"""What may have happened since, and the fact that tells more of it: most often its day.

One question names them all; only for the one that happened is more asked.
"""
_K = FactKind
_WAYS_OF_SELLING = ("online", "phone", "door", "premises", "fair")
_ROWS = (
    # What it is, and for whom.
    Fact(name="service", kind=_K.SERVICE),
    Fact(name="merchant", kind=_K.TEXT),
    # Read as text: of a service in the catalogue, whatever is said is not used.
    Fact(name="kind", kind=_K.TEXT, choices=_CONTRACT_KINDS, only_other=True),
    Fact(name="channel", kind=_K.CHANNEL, order=1),
    Fact(name="billed_by", kind=_K.TEXT, order=1),
    Fact(name="offer", kind=_K.OFFER, order=2),
    Fact(name="country", kind=_K.COUNTRY, order=3),
    Fact(name="time_zone", kind=_K.TIME_ZONE),
    Fact(name="as_of", kind=_K.MOMENT, lies=Lies.EITHER),
    # The purchase and its charges.
    Fact(name="purchased_at", kind=_K.MOMENT, lies=Lies.PAST, order=4),
    Fact(name="paid_at", kind=_K.MOMENT, lies=Lies.PAST),
    Fact(name="further_charges", kind=_K.CHARGES),
    Fact(name="charged_since", kind=_K.MOMENT, lies=Lies.PAST),
    Fact(name="had_trial", kind=_K.YES_NO, order=7),
    Fact(
        name="trial_ends_at",
        kind=_K.MOMENT,
        lies=Lies.EITHER,
        order=6,
    ),
    Fact(name="trial_price_clear", kind=_K.YES_NO),
    Fact(name="period", kind=_K.LENGTH, only_other=True, tells_offer=True),
    Fact(
        name="renews_at",
        kind=_K.MOMENT,
        lies=Lies.AHEAD,
        order=5,
    ),
    Fact(name="course_starts_on", kind=_K.DAY, lies=Lies.AHEAD),
    Fact(name="certificate_earned", kind=_K.YES_NO, order=8),
    Fact(name="certificate_earned_at", kind=_K.MOMENT, lies=Lies.PAST),
    Fact(name="price", kind=_K.MONEY),
    # The contract.
    Fact(name="term", kind=_K.LENGTH, only_other=True),
    Fact(name="starts_on", kind=_K.DAY, lies=Lies.EITHER),
    Fact(name="term_ends_at", kind=_K.MOMENT, lies=Lies.AHEAD),
    Fact(name="notice", kind=_K.LENGTH, order=17, only_other=True),
    Fact(name="renewal_term", kind=_K.LENGTH, order=16, only_other=True),
    Fact(name="refund_window", kind=_K.LENGTH, only_other=True),
    Fact(name="early_termination_fee", kind=_K.MONEY),
    Fact(name="signing_benefit", kind=_K.MONEY),
    Fact(name="delivered_at", kind=_K.MOMENT, lies=Lies.PAST, order=11),
    Fact(name="cancelled_at", kind=_K.MOMENT, lies=Lies.PAST),
    # How it was sold, and what was said.
    Fact(name="consumer", kind=_K.YES_NO),
    Fact(name="minor", kind=_K.YES_NO),
    Fact(name="sold_by", kind=_K.CHOICE, choices=_WAYS_OF_SELLING),
    Fact(name="withdrawal_waived", kind=_K.YES_NO, order=9),
    Fact(name="withdrawal_informed", kind=_K.YES_NO, order=10),
    Fact(name="withdrawal_informed_at", kind=_K.MOMENT, lies=Lies.PAST),
    Fact(name="withdrawn_at", kind=_K.MOMENT, lies=Lies.PAST),
    Fact(name="start_requested", kind=_K.YES_NO),
    Fact(name="fully_performed", kind=_K.YES_NO),
    Fact(name="disclosure_complete", kind=_K.YES_NO, order=12),
    Fact(name="contract_copy_received", kind=_K.YES_NO, order=13),
    Fact(name="contract_copy_at", kind=_K.MOMENT, lies=Lies.PAST, order=14),
    Fact(name="return_rule_shown", kind=_K.YES_NO, order=15),
    # What a law turns on that is about some contracts only.
    Fact(name="listed_trade", kind=_K.YES_NO),
    Fact(name="learning_checked", kind=_K.YES_NO),
    Fact(name="basic_supply", kind=_K.YES_NO),
    Fact(name="ancillary_cover", kind=_K.YES_NO),
    Fact(name="everyday_cover", kind=_K.YES_NO),
    Fact(name="withdrawal_ruled_out", kind=_K.YES_NO),
    Fact(name="exit_ruled_out", kind=_K.YES_NO),
    Fact(name="trial_instead", kind=_K.YES_NO),
    Fact(name="service_used", kind=_K.YES_NO),
    # What happened since, and how it is paid.
    Fact(name="premium_content_used", kind=_K.YES_NO),
    Fact(name="financial_aid", kind=_K.YES_NO),
    Fact(name="upgraded_from", kind=_K.OFFER),
    Fact(name="cancel_button_missing", kind=_K.YES_NO),
    Fact(name="renewal_notice_given", kind=_K.YES_NO),
    Fact(
        name="life_event",
        kind=_K.CHOICE,
        choices=(*LIFE_EVENTS, "none"),
    ),
    Fact(name="service_not_as_promised", kind=_K.YES_NO),
    Fact(name="charge_unauthorised", kind=_K.YES_NO),
    Fact(name="price_raised_at", kind=_K.MOMENT, lies=Lies.EITHER),
    Fact(name="terms_changed_at", kind=_K.MOMENT, lies=Lies.EITHER),
    Fact(name="change_told_at", kind=_K.MOMENT, lies=Lies.PAST),
    Fact(name="rise_agreed", kind=_K.YES_NO),
    Fact(name="moved_at", kind=_K.MOMENT, lies=Lies.EITHER),
    Fact(name="new_home_served", kind=_K.YES_NO),
    Fact(name="new_home_offer", kind=_K.YES_NO),
    Fact(name="ill_at", kind=_K.MOMENT, lies=Lies.PAST),
    Fact(name="died_at", kind=_K.MOMENT, lies=Lies.PAST),
    Fact(name="unemployed_at", kind=_K.MOMENT, lies=Lies.PAST),
    Fact(name="income_lost", kind=_K.YES_NO),
    Fact(name="payment_method", kind=_K.CHOICE, choices=_PAYMENT_METHODS),
    Fact(name="statement_at", kind=_K.MOMENT, lies=Lies.PAST),
    Fact(name="complained_at", kind=_K.MOMENT, lies=Lies.PAST),
    Fact(name="erasure_requested_at", kind=_K.MOMENT, lies=Lies.PAST),
)

FACTS: Mapping[str, Fact] = {fact.name: fact for fact in _ROWS}
"""Every fact by its name, in the order of pages, flags and the reference."""


@cache
def facts_of(*kinds: FactKind) -> tuple[Fact, ...]:
    """Return the facts of some kinds, in the table's order."""
    return tuple(fact for fact in FACTS.values() if fact.kind in kinds)


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Return facts in the order in which open questions are put.

    >>> in_order({"notice", "purchased_at", "channel"})
    ('channel', 'purchased_at', 'notice')
    """
    rows = tuple(FACTS)
    return tuple(sorted(names, key=lambda name: (FACTS[name].order, rows.index(name))))
