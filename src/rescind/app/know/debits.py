"""What the law gives on money that was taken by direct debit."""

from rescind.app.know.check import law
from rescind.core.model.facts import Facts

_BY_DEBIT = "pay-sepa"
"""The right that gives a direct debit back for the asking."""


def what_debits_give(country: str) -> str:
    """Return what the law gives on direct debits in a country; empty: not on file."""
    rights = (each for each in law().rights if each.id == _BY_DEBIT)
    return next((each.says for each in rights if country[:2] in each.regions), "")


def may_have_mandate(facts: Facts) -> bool:
    """Return whether a payment may rest on a mandate of the SEPA debit scheme.

    Of a card there is none, nor where that scheme does not reach.
    """
    method, country = facts.payment_method, facts.country
    reaches = country is None or bool(what_debits_give(country))
    return reaches and method in _MAY_BE_DEBIT


_MAY_BE_DEBIT = ("sepa-debit", "direct-debit", "bank-account", "other", None)
