"""A purchase that was judged: the facts, the service, and the verdict on them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rescind.core.model.catalogue import UNNAMED, Offer, Service
from rescind.core.model.facts import Facts
from rescind.core.model.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A verdict with what it is about."""

    facts: Facts
    service: Service
    verdict: Verdict
    takes_post: Callable[[date], bool] = lambda _: True
    """Whether post offices where the person lives are sure to take letters on a day."""

    @property
    def other_decider(self) -> str | None:
        """Return who has to be asked in the merchant's stead.

        ``None``: the merchant itself decides, or it is not known who bills.
        """
        who = self.verdict.topics["cancel"].handled_by
        return None if who == self.service.name else who

    @property
    def is_decider_unnamed(self) -> bool:
        """Return whether somebody else has to be asked, and nobody said who."""
        channel = self.facts.channel
        if channel not in UNNAMED or self.facts.billed_by is not None:
            return False
        return self.other_decider == self.service.channels[channel].handled_by

    @property
    def offer(self) -> Offer | None:
        """Return what was bought, where known."""
        slug = self.verdict.offer
        return self.service.offers[slug] if slug else None
