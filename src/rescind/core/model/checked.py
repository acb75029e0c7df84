"""A purchase that was judged: the facts, the service, and the verdict on them."""

from dataclasses import dataclass

from rescind.core.model.catalogue import Offer, Service
from rescind.core.model.facts import Facts
from rescind.core.model.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A verdict with what it is about."""

    facts: Facts
    service: Service
    verdict: Verdict

    @property
    def offer(self) -> Offer | None:
        """Return what was bought, where known."""
        slug = self.verdict.offer
        return self.service.offers[slug] if slug else None
