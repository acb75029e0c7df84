"""Names in letters: whom the contract is with, and what it is about."""

from rescind.core.act.addresses import company_of
from rescind.core.act.matter import Matter
from rescind.core.model.catalogue import Offer, SoldAs
from rescind.core.model.letter import LetterText, ReaderKind
from rescind.core.model.names import sold_as


def merchant_name(matter: Matter, text: LetterText) -> str:
    """Return whom the contract is with; a bank knows the name that it is sold under."""
    if text.kind.reader is ReaderKind.BANK:
        return sold_as(matter.checked.service)
    return company_of(matter.checked, matter.today)


def contract_number(matter: Matter) -> str | None:
    """Return the number by which a contract that is not on file is found.

    It is no name of what was bought: that has more letters than digits.
    """
    called = matter.sender.identifiers.get("plan") or ""
    digits, letters = sum(map(str.isdigit, called)), sum(map(str.isalpha, called))
    is_number = digits > letters and not matter.checked.service.is_on_file
    return called if is_number else None


def plan_name(matter: Matter, text: LetterText) -> str:
    """Return what the contract is called; digits in it stand behind whose it is."""
    service, offer = matter.checked.service, matter.checked.offer
    if contract_number(matter) is not None:
        return service.name
    called = matter.sender.identifiers.get("plan")
    if called and not service.is_on_file and any(map(str.isdigit, called)):
        return f"{service.name} ({called})"
    return called or (_offer_name(offer, text) if offer else sold_as(service))


def _offer_name(offer: Offer, text: LetterText) -> str:
    """Return what an offer is called, its period in the letter's language.

    The catalogue's names are English: "Plus, monthly".
    """
    if text.language in offer.names:
        return offer.names[text.language]
    name, comma, _ = offer.name.partition(", ")
    months = offer.period.months if offer.period else None
    how = "prepaid" if offer.sold_as is SoldAs.PREPAID else f"{months}_months"
    usual = "offer_n_months" if months else ""
    pattern = text.labels.get(f"offer_{how}") or text.labels.get(usual)
    return pattern.format(name=name, months=months) if comma and pattern else offer.name


def body_name(matter: Matter, text: LetterText) -> str | None:
    """Return what a body is called inside a sentence of the language."""
    body = matter.body
    if body is None:
        return None
    label = f"body_{body.id}"
    near = f"{label}@{matter.checked.facts.country}"
    return text.labels.get(near) or text.labels.get(label) or body.name
