"""The catalogue's nouns: services, offers, channels, dated terms, routes, contacts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.source import Claim, Source
from rescind.core.model.verdict import Answer


class SoldAs(StrEnum):
    """How an offer is paid for."""

    ONE_TIME = "one_time"
    PREPAID = "prepaid"
    """Paid once for a term; nothing renews."""
    SUBSCRIPTION = "subscription"
    ARRANGED = "arranged"
    """Somebody else (a university, an employer) sets payment and exit."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Offer:
    """What is sold."""

    slug: str
    name: str
    sold_as: SoldAs
    period: Period | None
    """What one payment buys; ``None`` where the terms state no period."""
    handled_by: str | None
    """Who decides instead of the biller; ``None``: the channel's answer stands."""
    paid_by_consumer: bool
    business: bool
    digital_content: bool
    """Arguably digital content (waiver ends withdrawal) rather than a service."""
    note: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """What letters call it, by language, where the English name would not do."""


UNNAMED = frozenset({"partner", "digital-river"})
"""Channels in which somebody bills whom only the person can name."""
STORES = frozenset({"apple", "google"})
"""Channels in which a store bills and has steps of its own."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BillingChannel:
    """Through whom a purchase was billed, and so who must be asked."""

    slug: str
    name: str
    handled_by: str
    early_charge_hours: int
    """How long before the due time a charge may run."""
    recognised_by: tuple[str, ...]
    """How the buyer can tell that this is the channel."""


class Anchor(StrEnum):
    """What a contractual window is counted from."""

    PAYMENT = "payment"
    CONTRACT = "contract"
    LAUNCH = "launch"
    TRIAL_END = "trial_end"
    """The end of the trial; the contract where there was none."""
    RENEWAL = "renewal"
    """The renewal that was charged last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A time in which a right can be used."""

    length: Period
    counted_from: Anchor
    working_days: bool = False
    """Its days are business days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing that must be so for a term to apply; unknown is a third value."""

    fact: str
    equals: bool | tuple[str, ...]
    exceptional: bool
    """Unknown counts as not so, and becomes a warning instead of a question."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Term:
    """A claim about one topic: what it says, and for whom and when it says it.

    A term is read once and compared by identity.
    """

    claim: Claim
    topic: str
    answer: Answer
    offers: frozenset[str]
    """Slugs of offers; empty: all."""
    channels: frozenset[str]
    regions: frozenset[str]
    conditions: tuple[Condition, ...]
    window: Window | None
    ends_with: tuple[str, ...]
    """Facts that end the right as soon as they are so."""
    exception_to: frozenset[str]
    """Ids of the terms that yield where this one applies."""
    vague: bool
    """Hedged; shown as dissent, never counted as a conflict."""
    by_cancelling: bool = False
    """Money comes back to who cancels in the window, not to who only asks for it."""
    against_law: str = ""
    """What a law on file has where the merchant says less; empty: nothing known."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ContractRule:
    """How long a contract binds and how it is ended, by one text."""

    claim: Claim
    offers: frozenset[str]
    channels: frozenset[str]
    regions: frozenset[str]
    term: Period | None = None
    notice: Period | None = None
    renewal_term: Period | None = None
    renews_open: bool = False
    """After its minimum term it runs on without one."""
    ends_any_day: bool = False
    """Once no minimum term runs, it ends when the notice is over."""
    early_fee: Money | None = None
    """What is asked for leaving before the minimum term ends."""
    early_fee_share: int | None = None
    """Or what share of the payments left then, in percent."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Price:
    """What was asked for an offer in some countries, and when that was seen."""

    claim: Claim
    offer: str
    channels: frozenset[str]
    regions: frozenset[str]
    amount: Money
    period: Period | None
    """What it is asked for; ``None``: once."""
    seen_on: date
    """The last day on which it is known to have been asked."""
    without_tax: bool = False
    promotional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Party:
    """A company that the contract is with, in some countries."""

    claim: Claim
    name: str
    address: tuple[str, ...]
    country: str | None
    """Where it has its seat."""
    regions: frozenset[str]
    offers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StatementName:
    """How the service, or a company that bills for it, stands on statements."""

    claim: Claim
    names: tuple[str, ...]
    regions: frozenset[str]
    channels: frozenset[str]
    is_company: bool
    """A company that a text names as who takes the money."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ServiceRoute:
    """A way to get one thing done through one channel."""

    topic: str
    channels: frozenset[str]
    offers: frozenset[str]
    steps: tuple[str, ...]
    link: str | None
    needs: tuple[str, ...]
    claims: tuple[Claim, ...]
    regions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An address of the merchant, where it comes from, and whether it still works."""

    id: str
    kind: str
    """``post``, ``email``, ``form``, ``fax`` or ``phone``."""
    use: str
    """What it is for: ``cancel``, ``privacy``, ``dispute``, ``descriptor``."""
    value: tuple[str, ...]
    """Lines of a postal address; one line otherwise."""
    regions: frozenset[str]
    """Countries it serves; empty: all not named by another."""
    in_use: bool
    worked_on: date | None
    """The last day it was seen to work; ``None``: nobody has recorded one."""
    claim: Claim
    country: str | None = None
    channels: frozenset[str] = frozenset()
    """The channels whose biller it is the address of; empty: the merchant's own."""
    max_length: int | None = None
    """How many characters a form takes; ``None``: nobody has looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """Something the merchant asks for before it acts."""

    fact: str
    label: str
    needed_for: frozenset[str]
    channels: frozenset[str]
    """Where it is asked for; empty: whoever bills."""
    required: bool
    claim: Claim
    labels: Mapping[str, str] = field(default_factory=dict)
    """What it is called in letters, by language, where that is a name of its own."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Note:
    """A claim that is shown beside the verdict: a warning or an experience."""

    code: str
    text: str
    shown: str
    """``always``, ``refund_open``, ``renewing``, ``trial``, or ``page`` for the
    service's page only."""
    offers: frozenset[str]
    channels: frozenset[str]
    claims: tuple[Claim, ...]
    regions: frozenset[str] = frozenset()
    about: str = ""
    """``trap``, ``loss``, or neither."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Service:
    """One service of the catalogue, with everything known about leaving it."""

    slug: str
    name: str
    kind: str
    """``service``, ``course``, ``telecom``, ``gym`` and so on, as rights know them."""
    website: str | None
    checked_on: date | None
    terms_last_seen_on: date | None
    aliases: tuple[str, ...] = ()
    answers_in: tuple[str, ...] = ()
    """The languages it answers letters in, the best first; empty: not known."""
    official_domains: tuple[str, ...] = ()
    sources: Mapping[str, Source]
    offers: Mapping[str, Offer]
    channels: Mapping[str, BillingChannel]
    terms: tuple[Term, ...] = ()
    routes: tuple[ServiceRoute, ...] = ()
    contacts: tuple[Contact, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    descriptors: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()
    facts: tuple[Claim, ...] = ()
    """Claims that decide nothing but belong to the record: forum, fees."""
    countries: frozenset[str] = frozenset()
    """Where it is sold; empty: not known."""
    contract_with: tuple[Party, ...] = ()
    contracts: tuple[ContractRule, ...] = ()
    prices: tuple[Price, ...] = ()
    statement_names: tuple[StatementName, ...] = ()

    @property
    def is_on_file(self) -> bool:
        """Return whether the catalogue has it; else all is known from the person."""
        return self.checked_on is not None


def is_in(country: str | None, regions: frozenset[str]) -> bool:
    """Return whether a text for some regions is for a country or state.

    One for no region in particular is for all; where the country is not known, one
    for some regions is for nobody.

    >>> is_in("US-CA", frozenset({"US"})), is_in(None, frozenset({"US"}))
    (True, False)
    """
    if not regions:
        return True
    return country is not None and (country in regions or country[:2] in regions)


@lru_cache(maxsize=65536)
def find_route(
    service: Service, topic: str, offer: str, channel: str, country: str | None = None
) -> ServiceRoute | None:
    """Return the way to get a topic done; the first that fits offer and channel.

    A way of some countries only is for who is known to live there.
    """
    for route in service.routes:
        fits = not route.offers or offer in route.offers
        fits = fits and is_in(country, route.regions)
        if route.topic == topic and fits and channel in route.channels:
            return route
    return None
