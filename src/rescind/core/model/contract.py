"""The deal: a contract as charges, exits and ways to money back, ready to be played.

Days are whole days where the consumer is; a reading is one admissible way to read
the terms and the law.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from rescind.core.model.period import Period
from rescind.core.model.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractExit:
    """By when notice has to be given, and on which day the contract then ends."""

    until: date
    ends: date
    by: datetime | None = None
    """The last safe moment for it, to the hour."""
    since: date | None = None
    """The first day for the notice; ``None``: any day up to the last one."""
    if_early: date | None = None
    """The end that a notice before the first day comes to, if it is one at all."""

    def takes(self, day: date) -> bool:
        """Return whether a notice on a day is one for this exit."""
        return day <= self.until and (self.since is None or day >= self.since)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractReading:
    """What the terms and the law come to, read in one way."""

    name: Sentence
    exits: tuple[ContractExit, ...]
    """The contract's own exits, the earliest first."""
    notice: Period | None = None
    """A way out on any day, by law or contract, after this notice."""
    at_once: bool = False
    """A way out on any day that ends the contract that day."""
    unused_comes_back: bool = False
    """What is paid for the time after the end comes back, by law."""
    end_is_settled: bool = True
    """No way out in it is doubtful: what is paid for lasts no longer than its end."""
    refund_until: date | None = None
    """The last day to ask for the last payment back; ``None``: it stays paid."""
    refund_days: int | None = None
    """Days after a coming charge in which it can be asked back."""
    certificate_ends_refund: bool = False
    withdraw_until: date | None = None
    share_kept: bool = True
    """On withdrawal the share for the days used is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """A dearer offer that the terms let one back out of."""

    name: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One contract from today on, under every admissible reading."""

    today: date
    price: Decimal
    """Each payment; 1 where the price is not known, so that courses compare."""
    paid_on: date | None
    """The last payment; ``None`` while nothing was paid."""
    paid_until: date | None
    """The day on which what is paid for, or the trial, ends; access is before it."""
    charges: tuple[date, ...]
    """The charges that come if nothing is done, up to the horizon."""
    paid_on_to: date | None
    """The day on which what the last of these charges pays for ends."""
    horizon: date
    """The last day that is played."""
    readings: tuple[ContractReading, ...]
    bought_to: date | None = None
    """The day after the last one of the period that the last payment is for."""
    paid_from: date | None = None
    """The first day that the last payment is for, where it was made before."""
    free_end: date | None = None
    """The end before which leaving costs what the law lets be asked; ``None``: none."""
    leaving_fee: Decimal | None = None
    """What is asked for leaving before it, where that is told."""
    may_cost: bool = False
    """What is asked for an end by law is not known, nor an end that is free of it."""
    opens_on: date | None = None
    """The first day for the notice that the plan counts with; ``None``: today."""
    kept_day: int = 0
    """The day of the month that the charges keep, where a month has it; 0: none."""
    earlier_payments: int = 0
    """Payments before the last one, which a withdrawal brings back too."""
    in_trial: bool = False
    gives_certificate: bool = False
    certificate_from: date | None = None
    """The first day on which a certificate can be earned; ``None``: at once."""
    keeps_paid: bool = False
    """Notice is given for the end of what is paid for: an earlier end wins nothing."""
    cancel_ends_access: bool = False
    upgrade: Upgrade | None = None
