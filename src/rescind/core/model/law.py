"""Statutory rights as data: what the rules in ``core/know`` are fed with."""

from dataclasses import dataclass

from rescind.core.model.period import Period
from rescind.core.model.source import Claim, Span
from rescind.core.model.verdict import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalLaw:
    """One jurisdiction's right to withdraw from a distance contract."""

    jurisdiction: str
    answer: Answer
    """``no`` records that there is no such right here."""
    in_force: Span
    period: Period | None
    """``None`` where there is no right."""
    not_informed_adds: Period | None
    """``None``: missing information does not lengthen the period."""
    rolls_weekend: bool
    """A last day on a Saturday or Sunday moves to the next working day."""
    rolls_holiday: bool
    """A last day on a public holiday moves to the next working day."""
    extra_days_off: tuple[str, ...]
    """Days (``MM-DD`` or a name of the calendar adapter) treated as holidays."""
    content_waiver_ends: bool
    """Digital content begun with consent and acknowledgement loses the right."""
    from_start_of_supply: bool
    """The period may also run from the receipt of the service."""
    claims: tuple[Claim, ...]
    extension_claims: tuple[Claim, ...] = ()
    waiver_claims: tuple[Claim, ...] = ()
    trial_claims: tuple[Claim, ...] = ()
    counting_claims: tuple[Claim, ...] = ()
    refund_claims: tuple[Claim, ...] = ()
    share_claims: tuple[Claim, ...] = ()
    """What is owed for a service begun inside the period."""
