"""How the merchant and guides word the right to withdraw on the decisive day."""

from datetime import date
from functools import lru_cache

from rescind.core.know.clauses import speaking
from rescind.core.know.purchase import JudgedPurchase
from rescind.core.model.catalogue import Term
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Answer


def on_its_word(purchase: JudgedPurchase, answer: Answer) -> tuple[Claim, ...]:
    """Return what the merchant and guides say of this right, if they say so."""
    return tuple(term.claim for term in wording(purchase) if term.answer is answer)


def wording(purchase: JudgedPurchase) -> tuple[Term, ...]:
    """Return how the merchant and guides word the right, on the decisive day."""
    terms = speaking(purchase.service, "withdrawal", purchase.facts)
    return _worded(terms, purchase.epoch, located=purchase.facts.country is not None)


@lru_cache(maxsize=65536)
def _worded(terms: tuple[Term, ...], day: date, *, located: bool) -> tuple[Term, ...]:
    return tuple(
        term
        for term in terms
        if term.claim.in_force.holds(day) and (located or not term.regions)
    )
