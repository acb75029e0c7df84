"""Cancel: whether a contract can be ended, and by when to avoid the next charge."""

from dataclasses import replace
from datetime import datetime

from rescind.core import periods
from rescind.core.know.billing import latest_before, safe_before
from rescind.core.know.ending import Ending
from rescind.core.know.fees import early_fee
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.know.scenarios import Outcome
from rescind.core.know.topics.answer import answer_on
from rescind.core.know.topics.renewal_access import basis, missing
from rescind.core.model.catalogue import find_route
from rescind.core.model.facts import When, day_of
from rescind.core.model.verdict import Answer, Topic


def cancel(purchase: JudgedPurchase, way: Ending) -> Topic:
    """Decide whether it can be ended, and by when to avoid the next charge.

    A statutory exit makes it a yes, whatever the contract says.
    """
    outcome = _with_law(answer_on(purchase, "cancel"), way)
    route = None
    if outcome.answer is not Answer.NO and purchase.facts.cancelled_at is None:
        slugs = (purchase.offer.slug, purchase.channel.slug)
        place = purchase.facts.country
        route = find_route(purchase.service, "cancel", *slugs, place)
    act_by, latest = _moments(purchase, way)
    return Topic(
        answer=outcome.answer,
        handled_by=purchase.handled_by,
        act_by=act_by,
        latest=latest,
        amount=way.comes_back,
        ends_on=way.ends_on,
        any_day=way.any_day,
        end_moves=way.end_moves,
        opens_on=way.opens_on,
        sooner=way.sooner,
        early_fee=early_fee(purchase),
        fee_at_most=way.fee_at_most,
        free_end=way.free_end,
        steps=route.steps if route else (),
        link=route.link if route else None,
        because=outcome.reasons + basis(purchase),
        asks=tuple(
            dict.fromkeys(
                (
                    *outcome.asks,
                    *(way.asks if way.latest else way.asks or missing(purchase)),
                    *way.open_lengths,
                    *way.fee_asks,
                    *(
                        fact
                        for fact, _ in (way.sooner.conditions if way.sooner else ())
                    ),
                )
            )
        ),
    )


def _with_law(said: Outcome, way: Ending) -> Outcome:
    if not way.by_law or said.answer is Answer.YES:
        return replace(said, reasons=said.reasons + way.reasons)
    return Outcome(answer=Answer.YES, reasons=way.reasons or said.reasons)


_BINDING = frozenset({"notice", "country", "purchased_at", "term"})
"""What, while it is not known, may make the contract end later than the next charge."""


def _moments(
    purchase: JudgedPurchase, way: Ending
) -> tuple[datetime | None, datetime | None]:
    """Return the safe and the last moment: of the notice, or before the charge."""
    if way.any_day:
        return None, None
    if way.latest is not None:
        return way.act_by, way.latest
    coming = purchase.billing.coming
    if not coming or _BINDING & set(way.asks):
        return None, None
    safe = safe_before(coming, purchase.channel.early_charge_hours)
    return safe, _latest(purchase, coming[0])


def _latest(purchase: JudgedPurchase, charge: When) -> datetime:
    """Return the last moment before a charge; a trial's last day is still free.

    On the day of a charge nobody knows whether it was made: it may still be in time.
    """
    trial_end = purchase.billing.anchor if purchase.billing.in_trial else None
    zones = purchase.facts.zones
    if trial_end is not None and not isinstance(trial_end, datetime):
        return periods.last_end(trial_end, zones)
    if not isinstance(charge, datetime) and charge == day_of(
        purchase.facts.as_of, zones
    ):
        return periods.last_end(charge, zones)
    return latest_before(charge, zones)
