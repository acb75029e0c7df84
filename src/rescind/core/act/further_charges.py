"""Charges beside the newest that a letter is about: each with its day, and the sum."""

from rescind.core.model.letter import Details, LocaleFormat
from rescind.core.model.money import Money, in_all

FURTHER = ("further_charges", "charged_in_all")


def charged_in_all(details: Details, newest: Money | None) -> Money | None:
    """Return the sum of all charges; ``None`` where that of one is not known."""
    return in_all(newest, details.further_charges)


def asked_in_all(details: Details, newest: Money | None) -> Money | None:
    """Return what is asked for of all charges; a rest is of all of them already."""
    is_rest = details.repaid is not None or details.agreed is not None
    return newest if is_rest else charged_in_all(details, newest)


def further_charges(
    details: Details, newest: Money | None, locale: LocaleFormat
) -> dict[str, str]:
    """Return what clauses print of the other charges, and of all of them together."""
    told = (
        f"{locale.day(each.on)}: {locale.money(each.sum)}"
        for each in details.further_charges
    )
    total = charged_in_all(details, newest)
    return {
        "further_charges": "; ".join(told) if total else "",
        "charged_in_all": locale.money(total) if total else "",
    }
