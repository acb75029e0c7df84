"""Statutory rights as data: what the rules in ``core/know`` are fed with."""

from dataclasses import dataclass
from enum import StrEnum

from rescind.core.model.catalogue import Condition
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.source import Claim, Span
from rescind.core.model.verdict import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days a law leaves out, and where."""

    place: str
    """ISO 3166-1 or 3166-2: whose public holidays count; empty: the consumer's."""
    weekdays_off: frozenset[int]
    """0 is Monday; 5 and 6 are Saturday and Sunday."""
    holidays_off: bool
    moved_days_off: bool = True
    """Whether a holiday that was moved is off before the year's decision is known."""
    extra_days_off: tuple[str, ...] = ()
    """Days (``MM-DD`` or a name of the calendar adapter) treated as holidays."""

    @property
    def is_plain(self) -> bool:
        """Return whether no day is off."""
        return not self.weekdays_off and not self.holidays_off


class Status(StrEnum):
    """Whether a right can be relied on at all."""

    IN_FORCE = "in_force"
    NOT_IN_FORCE = "not_in_force"
    """Vacated, a bill, or not yet applicable; kept for the record, never cited."""


class RightKind(StrEnum):
    """What a right is about."""

    WITHDRAWAL = "withdrawal"
    CANCELLATION = "cancellation"
    RENEWAL = "renewal"
    REFUND = "refund"
    ERASURE = "erasure"
    PAYMENT = "payment"
    REMEDY = "remedy"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One way in which a right to withdraw arises, where it is not there for all."""

    code: str
    conditions: tuple[Condition, ...]
    period: Period
    counted_from: str
    """The fact whose day sets the period running."""
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WithdrawalLaw:
    """One place's right to withdraw from a contract, or the record of none."""

    jurisdiction: str
    answer: Answer
    """``no`` records that there is no such right here."""
    in_force: Span
    kinds: frozenset[str]
    """Kinds of service it is about; empty: all but ``kinds_not``."""
    kinds_not: frozenset[str]
    sold_by: frozenset[str]
    """Ways of selling it is about (``online``, ``phone``, ``door``, ``premises``,
    ``fair``); empty: all."""
    above: Money | None
    """The price has to be higher than this."""
    period: Period | None
    """``None`` where there is no right, or where grounds have their own."""
    working_days: bool
    """The period counts days that are not off, instead of every day."""
    grounds: tuple[Ground, ...]
    conditions: tuple[Condition, ...]
    """What has to be so for the right to be there at all."""
    not_informed_adds: Period | None
    """``None``: missing information does not lengthen the period."""
    informed_within: Period | None
    """Late information within this time of the contract starts the period anew."""
    not_informed_in_all: Period | None
    """How long the right lasts from its event where nobody told of it."""
    calendar: Calendar
    content_waiver_ends: bool
    """Digital content begun with consent and acknowledgement loses the right."""
    from_start_of_supply: bool
    """The period may also run from the receipt of the service."""
    refund_within: Period | None
    """How soon the money must be back after the withdrawal; ``None``: not said."""
    refund_in_working_days: bool
    refund_calendar: Calendar
    formality: str
    in_writing: bool
    """The notice has to reach the seller in writing: a form of a store may be none."""
    exceptions: str
    claims: tuple[Claim, ...]
    counted_from: str = ""
    """The fact that sets the period running; empty: the contract or the delivery."""
    counts_first_day: bool = False
    """The day of the event is the period's first, not the day after it."""
    safe_calendar: Calendar | None = None
    """The strictest calendar that its business days can mean; ``None``: there is one
    meaning only."""
    union_calendar: Calendar | None = None
    """The calendar of the union whose act it carries out, where its own count ends
    sooner: the day of the event is the first. ``None``: both count alike."""
    share_unasked: bool = False
    """A share may be kept whether or not one asked for a start and was told."""
    not_informed_open: bool = False
    """Whoever was not told of the right can use it without a last day."""
    term_over: Period | None = None
    term_from: Period | None = None
    """It is about first terms longer than the one, and at least the other, only."""
    or_no_term: bool = False
    counts_hours: bool = False
    """The period's days are hours: 48 of them end at the hour at which they began."""
    kinds_unknown: frozenset[str] = frozenset()
    """Kinds that a part of the country may have a right for, whatever ``no`` says."""
    unsettled: str = ""
    """What is not settled about its reach; empty: nothing is known to be."""
    extension_claims: tuple[Claim, ...] = ()
    waiver_claims: tuple[Claim, ...] = ()
    trial_claims: tuple[Claim, ...] = ()
    """Whether a trial that becomes paid may give a second right."""
    counting_claims: tuple[Claim, ...] = ()
    refund_claims: tuple[Claim, ...] = ()
    share_claims: tuple[Claim, ...] = ()
    """What is owed for a service begun inside the period."""

    def concerns(self, kind: str, sold_by: str) -> bool:
        """Return whether this law is about a kind of service sold in a way."""
        of_kind = kind in self.kinds if self.kinds else kind not in self.kinds_not
        return of_kind and (not self.sold_by or sold_by in self.sold_by)


class ExitHow(StrEnum):
    """How soon a statutory exit ends a contract."""

    AT_ONCE = "at_once"
    NOTICE = "notice"
    PERIOD_END = "period_end"
    """What is paid for is used up; no further charge follows."""
    CAP = "cap"
    """No way out of its own: it caps what a contract may say."""


class ExitEnds(StrEnum):
    """On which day a contract ends once its notice has run."""

    ANY_DAY = "any_day"
    MONTH_END = "month_end"
    """It runs to the end of the calendar month in which the notice ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """A way out of a contract that a law gives, whatever the contract says."""

    how: ExitHow
    notice: Period | None
    conditions: tuple[Condition, ...]
    caps_notice: Period | None
    """A contract may not ask for longer notice than this before its term ends."""
    working_days: bool = False
    """The notice counts working days of the right's calendar."""
    ends: ExitEnds = ExitEnds.ANY_DAY
    every: Period | None = None
    """The contract ends only at whole steps of this length from its first day."""
    first: Period | None = None
    """The contract does not end before this long after its first day."""
    first_notice: Period | None = None
    """The notice for that first end, where it is shorter than later ones."""
    after: Period | None = None
    """Notice can be given from this long after the contract's first day."""
    not_before: str = ""
    """The fact whose day the contract does not end before; empty: none.

    Of a change that may be left at once too, for want of a wish: whoever leaves for a
    higher price wants what is paid at the old one to its last day.
    """
    within_share: int | None = None
    """Only while at most this many percent of the term have passed."""
    caps_first_term: Period | None = None
    """A first term longer than this binds no longer than this."""
    caps_from_signing: bool = False
    """That is counted from the day it was signed, though it may begin later."""
    owes: str = ""
    """What may be asked for on leaving, in one sentence; empty: nothing."""
    owes_until: Period | None = None
    """So long after the contract's first day it may, but for a device; then nothing."""
    unused_comes_back: bool = False
    """What was paid for the time after the exit has to be paid back."""


class FeeOf(StrEnum):
    """What a cap on a fee for leaving early is measured by."""

    REST = "rest"
    """The payments that are left of the first term."""
    VALUE = "value"
    """All payments of the first term."""
    BENEFIT = "benefit"
    """What a device or a discount was worth, less the part of the term that is over."""
    FIXED = "fixed"
    """A sum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeCap:
    """One thing that a fee for leaving early may not exceed."""

    of: FeeOf
    share: int = 100
    """How many percent of it."""
    amount: Money | None = None
    """The sum, where it is fixed."""
    over: Period | None = None
    """A benefit falls to nothing over this at the latest; ``None``: over the term."""
    with_benefit: bool | None = None
    """It holds only where there was a benefit, or none; ``None``: in both cases."""
    after: Period | None = None
    until: Period | None = None
    """It holds from this long, and until this long after the contract's first day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRule:
    """What may be asked for leaving before the first term ends: the least cap."""

    says: str
    caps: tuple[FeeCap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRule:
    """By when the merchant has to remind of a renewal, for it to bind."""

    length: Period
    """How long before."""
    before_notice: bool
    """Before the last day to give notice; else before the term's end."""


class RenewalEffect(StrEnum):
    """What a contract that runs on without a word turns into."""

    NONE = "none"
    """It ends with its term: nothing renews it."""
    OPEN_ENDED = "open_ended"
    """It runs on without a term, until notice is given."""
    AT_MOST = "at_most"
    """It renews for a limited length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TacitRenewal:
    """What a tacit renewal may do at most, whatever the contract says."""

    effect: RenewalEffect
    at_most: Period | None
    """The longest renewed term; ``None`` where the effect is another."""
    notice: Period | None
    """The longest notice in the renewed time; ``None``: the law does not say."""
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something that somebody has to do in time."""

    who: str
    """``you``, ``merchant`` or ``bank``."""
    do: str
    length: Period
    counted_from: str
    """The fact that sets it running, or that it is counted back from."""
    backwards: bool
    working_days: bool
    rolls: bool
    """A last day off moves to the next working day."""
    conditions: tuple[Condition, ...]
    without: str = ""
    """It stands in for this fact's day, and counts only while that is not known."""
    same_day: bool = False
    """The day of the event itself is the last one."""
    whole_days: bool = True
    """Counted back, the whole length lies between its day and the event's."""
    confirms_end: bool = False
    """The merchant has to confirm the notice and the day it ends within it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Right:
    """A statutory right, or a rule of a payment scheme, other than withdrawal."""

    id: str
    name: str
    kind: RightKind
    regions: frozenset[str]
    """Where it holds, as ISO 3166-1 or 3166-2; empty: everywhere."""
    status: Status
    expected: str
    """When it may come into force, where it has not."""
    in_force: Span
    judged_by_contract: bool
    """The law of the day of the contract counts, not today's."""
    kinds: frozenset[str]
    kinds_not: frozenset[str]
    conditions: tuple[Condition, ...]
    above: Money | None
    up_to: Money | None
    """Prices it is about: higher than the one, and not higher than the other."""
    term_over: Period | None
    """It is about contracts with a longer first term than this only."""
    term_from: Period | None
    """It is about contracts with a first term of at least this only."""
    or_no_term: bool
    """It is about contracts without a term too, whatever it says of their length."""
    exit: Exit | None
    renewal: TacitRenewal | None
    fee: FeeRule | None
    """What it leaves of a fee for leaving early."""
    deadlines: tuple[Deadline, ...]
    calendar: Calendar
    says: str
    """What it gives, in a sentence."""
    reminder: ReminderRule | None
    """By when the merchant has to remind of a renewal; ``None``: it names no day."""
    unsettled: str
    """What is not settled about its reach; empty: nothing is known to be."""
    formality: str
    exceptions: str
    claims: tuple[Claim, ...]

    def is_about(self, price: Money | None) -> bool:
        """Return whether a price lies in its range; one not comparable may."""
        low, high = self.above, self.up_to
        if low and price and price.currency == low.currency:
            if price.amount <= low.amount:
                return False
            return high is None or price.amount <= high.amount
        return True

    @property
    def is_unverified(self) -> bool:
        """Return whether nothing but general knowledge stands behind it."""
        return all(claim.source.is_unverified for claim in self.claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Somebody to complain to: for what, how, with which papers, by when."""

    id: str
    name: str
    regions: frozenset[str]
    problems: frozenset[str]
    what: str
    first: str
    """What has to be done before; empty: nothing is known."""
    contact: tuple[str, ...]
    papers: tuple[str, ...]
    by_when: str
    claims: tuple[Claim, ...]
    kinds: frozenset[str] = frozenset()
    """The kinds of contract that it alone is for; none: any."""

    def serves(self, country: str, problem: str | None) -> bool:
        """Return whether it takes a problem of somebody who lives in a place."""
        near = not self.regions or bool({country, country[:2]} & self.regions)
        return near and (problem is None or problem in self.problems)
