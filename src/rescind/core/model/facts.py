"""Facts: what is known of one purchase; ``None`` is not known, never a guess."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TypeAlias

from rescind.core.model.money import Money, OtherCharge
from rescind.core.model.period import Period

When: TypeAlias = date | datetime
"""A moment with an offset, or a whole day in the consumer's zone."""
MONTH_FIRST = frozenset({"US"})
"""Countries that write the month before the day (CLDR, ``MMMMd``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One consumer's purchase, as far as known, and the day it is looked at.

    The fields stand as in the table of facts (``core/facts.py``).
    """

    service: str
    as_of: When
    merchant: str | None = None
    kind: str | None = None
    channel: str | None = None
    billed_by: str | None = None
    """What a partner is called that billed; of any other channel it is not used."""
    offer: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2, or ISO 3166-2 such as ``US-CA``."""
    by_month: frozenset[str] = frozenset()
    """Days of which the person knew the month alone: the one that stands there is the
    day of it that promises least."""
    zones: tuple[tzinfo, ...] = ()
    """Where the consumer may be, easternmost first; empty: anywhere."""

    purchased_at: When | None = None
    paid_at: When | None = None
    """The last payment."""
    further_charges: tuple[OtherCharge, ...] | None = None
    """Older payments that were taken although it had been ended."""
    charged_since: When | None = None
    """The earliest charge that is known; it was bought then or before."""
    had_trial: bool | None = None
    trial_ends_at: When | None = None
    trial_price_clear: bool | None = None
    """Was the price after the trial made clear at sign-up?"""
    period: Period | None = None
    """What one payment buys; for a service that is not in the catalogue."""
    renews_at: When | None = None
    course_starts_on: date | None = None
    certificate_earned: bool | None = None
    certificate_earned_at: When | None = None
    price: Money | None = None

    term: Period | None = None
    """The minimum term of the contract."""
    starts_on: date | None = None
    """When it begins or began, if later than it was bought."""
    term_ends_at: When | None = None
    """The last day of the running term."""
    notice: Period | None = None
    """How long before its end the contract asks to be told."""
    renewal_term: Period | None = None
    """By how much the contract renews; open-ended if ``renews_open`` says so."""
    renews_open: bool | None = None
    """After its first term the contract runs on without a term."""
    ends_any_day: bool | None = None
    """Once no first term runs, it ends when a notice given on any day is over."""
    refund_window: Period | None = None
    early_termination_fee: Money | None = None
    """What the merchant asks for letting one out before the term's end."""
    signing_benefit: Money | None = None
    """What a device or a discount was worth that was had for the term."""
    delivered_at: When | None = None
    cancelled_at: When | None = None

    consumer: bool | None = None
    minor: bool | None = None
    """Was the person who agreed under age on the day of the contract?"""
    sold_by: str | None = None
    """How it was sold; unknown is taken to be ``online``."""
    withdrawal_waived: bool | None = None
    """Express consent to start, loss of the right acknowledged, and confirmed."""
    withdrawal_informed: bool | None = None
    withdrawal_informed_at: When | None = None
    """When the right was explained, if later than it should have been."""
    withdrawn_at: When | None = None
    """When the withdrawal was sent."""
    start_requested: bool | None = None
    """Express request to begin inside the withdrawal period."""
    fully_performed: bool | None = None
    disclosure_complete: bool | None = None
    """Did the merchant give all information the law wants before the contract?"""
    contract_copy_received: bool | None = None
    contract_copy_at: When | None = None
    return_rule_shown: bool | None = None
    listed_trade: bool | None = None
    """Is it one of the trades that a law lists by name (Japan)?"""
    learning_checked: bool | None = None
    """Does a distance course check what is learnt?"""
    basic_supply: bool | None = None
    """Is it energy from the local basic supplier, without a contract of choice?"""
    ancillary_cover: bool | None = None
    """Is it cover sold beside goods, a journey or a means of payment?"""
    everyday_cover: bool | None = None
    """Is it car, home or health cover, or cover beside a purchase (France)?"""
    withdrawal_ruled_out: bool | None = None
    """Did the seller say clearly beforehand that there is no right to withdraw?"""
    exit_ruled_out: bool | None = None
    """Does the contract itself rule out leaving before its end?"""
    trial_instead: bool | None = None
    """Does the contract give a trial period in place of the right to withdraw?"""
    service_used: bool | None = None

    premium_content_used: bool | None = None
    financial_aid: bool | None = None
    upgraded_from: str | None = None
    cancel_button_missing: bool | None = None
    life_event: str | None = None
    """What happened since: one of ``LIFE_EVENTS``, or ``none`` of them."""
    renewal_notice_given: bool | None = None
    """Did the reminder before the renewal that the law wants come in time?"""
    service_not_as_promised: bool | None = None
    charge_unauthorised: bool | None = None
    price_raised_at: When | None = None
    """When a higher price begins, or began."""
    terms_changed_at: When | None = None
    """When changed terms begin to hold, or began."""
    change_told_at: When | None = None
    """When the merchant told of the higher price or the changed terms."""
    rise_agreed: bool | None = None
    """Did the contract itself lay down the rise, by an index or in steps?"""
    moved_at: When | None = None
    new_home_served: bool | None = None
    """Does the merchant offer the same at the new home?"""
    new_home_offer: bool | None = None
    """Did the merchant, after the notice, offer to go on there on the same terms?"""
    ill_at: When | None = None
    """When an illness began that keeps the consumer from using the service."""
    died_at: When | None = None
    """When the holder of the contract died."""
    unemployed_at: When | None = None
    """When the consumer lost their job."""
    income_lost: bool | None = None
    """Did a lost job or an illness cost income, not being the person's doing?"""
    payment_method: str | None = None
    statement_at: When | None = None
    """The first statement that shows the charge."""
    complained_at: When | None = None
    erasure_requested_at: When | None = None

    @property
    def region(self) -> str | None:
        """Return the country without its subdivision."""
        return self.country[:2] if self.country else None

    @property
    def begun_on(self) -> date | None:
        """Return the first day of the contract's first term: bought then, or later."""
        if self.starts_on is not None or self.purchased_at is None:
            return self.starts_on
        return day_of(self.purchased_at, self.zones)

    @property
    def is_paid_ahead(self) -> bool:
        """Return whether the last payment was made before the contract began."""
        if self.starts_on is None or self.paid_at is None:
            return False
        return day_of(self.paid_at, self.zones) < self.starts_on

    @property
    def owes_share(self) -> bool:
        """Return whether it is sure that a service begun is paid for in part.

        Asked for before the period's end, by somebody who was told of the right
        (Directive 2011/83/EU Art. 14(3), (4)); told only later, it is not sure.
        """
        told, bought = self.withdrawal_informed_at, self.purchased_at
        is_late = told is not None and (
            bought is None or day_of(told, self.zones) > day_of(bought, self.zones)
        )
        is_told = self.withdrawal_informed is True and not is_late
        return self.start_requested is True and is_told


def day_of(value: When, zones: tuple[tzinfo, ...] = ()) -> date:
    """Return the calendar day of a value where the consumer is.

    With no zone known, or several, a moment's own offset decides.

    >>> day_of(datetime.fromisoformat("2026-01-31T23:30:00-08:00"))
    datetime.date(2026, 1, 31)
    """
    if not isinstance(value, datetime):
        return value
    if len(zones) == 1:
        return value.astimezone(zones[0]).date()
    return value.date()
