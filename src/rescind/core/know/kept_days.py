"""Kept days: an end with what is paid for, where an earlier one wins nothing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rescind.core import periods
from rescind.core.know.billing import safe_before
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.rest_of_payment import METERED, Rest, unused_part
from rescind.core.model.facts import day_of
from rescind.core.model.verdict import KEPT_TO_PAID, Reason

BY_CONTRACT = ("contract_ends", "terms_ends", "guides_ends")
"""Reasons by whose word dates the end: the person's, the terms', or guides'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDays:
    """The last day that is paid for, and by when a notice still ends it then."""

    until: date
    act_by: datetime | None
    """``None``: it ends at once, and the next charge sets the moment."""
    latest: datetime | None
    reason: Reason

    def own_day_in(self, reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
        """Return reasons in which the contract itself ends it on this day.

        One answer that names the day of a notice today beside it names two ends.
        """
        return tuple(
            Reason.of(each.code, each.claims, day=self.until)
            if each.code in BY_CONTRACT
            else each
            for each in reasons
        )


def kept_days(
    purchase: JudgedPurchase, ends_on: date | None, own_end: date | None, rest: Rest
) -> KeptDays | None:
    """Return the end of what is paid for, where one before it wins nothing.

    Nothing comes back for the days between, and no charge comes before they are over.
    ``None`` where it ends as late already, where an earlier end may win something (of
    what is metered or paid for longer than a month, of a cancellation that was told,
    and for whoever died), and for who was bound for longer: they leave at once.
    """
    until, facts = purchase.billing.paid_until, purchase.facts
    if ends_on is None or own_end is None or until is None:
        return None
    if unused_part(purchase, ends_on) is None or rest.comes_back is not None:
        return None
    if facts.cancelled_at or facts.died_at or not _is_month_by_month(purchase):
        return None
    last = day_of(until, facts.zones) - periods.DAY
    if own_end > last:
        return None
    act_by, latest = _moments(purchase, ends_on, last)
    reason = Reason.of(KEPT_TO_PAID, day=last)
    return KeptDays(until=last, act_by=act_by, latest=latest, reason=reason)


def _is_month_by_month(purchase: JudgedPurchase) -> bool:
    """Return whether nothing binds for longer than a payment of a month at most."""
    if purchase.kind in METERED or purchase.prepaid is not False:
        return False
    term, period = purchase.facts.term, purchase.offer.period
    return not (term and period) or periods.shortest((term, period)) == term


def _moments(
    purchase: JudgedPurchase, ends_on: date, last: date
) -> tuple[datetime | None, datetime | None]:
    """Return by when a notice has to arrive that ends it on the last day at most.

    One that is given now ends it on ``ends_on``; a later one later by as much. A month
    of notice may be longer than the one that runs now.
    """
    zones = purchase.facts.zones
    today = day_of(purchase.facts.as_of, zones)
    lead = (ends_on - today).days
    lead += _LONGER_MONTH if lead >= _SHORT_MONTH else 0
    if lead <= 0:
        return None, None
    by = max(today, last - timedelta(days=lead))
    early = purchase.channel.early_charge_hours
    return safe_before((by + periods.DAY,), early), periods.last_end(by, zones)


_SHORT_MONTH, _LONGER_MONTH = 28, 3
"""The days of the shortest month, and by how many the longest is longer."""
