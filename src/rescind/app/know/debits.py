"""What the law gives on money that was taken by direct debit."""

from rescind.app.know.check import law

_BY_DEBIT = "pay-sepa"
"""The right that gives a direct debit back for the asking."""


def what_debits_give(country: str) -> str:
    """Return what the law gives on direct debits in a country; empty: not on file."""
    rights = (each for each in law().rights if each.id == _BY_DEBIT)
    return next((each.says for each in rights if country[:2] in each.regions), "")
