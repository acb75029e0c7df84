"""Addresses on file: the company that a contract is with, and where it takes what."""

from datetime import date
from itertools import chain

from rescind.core.model.catalogue import Contact, Party, Service
from rescind.core.model.checked import Checked
from rescind.core.model.facts import Facts
from rescind.core.model.names import sold_as


def company_of(checked: Checked, day: date) -> str:
    """Return the company that the contract is with, else what the service is called."""
    party = find_party(checked, day)
    return party.name if party else sold_as(checked.service)


def find_party(checked: Checked, day: date) -> Party | None:
    """Return the company on file for where the buyer lives, else the one for all."""
    facts, offer = checked.facts, checked.offer
    parties = [
        party
        for party in checked.service.contract_with
        if party.claim.in_force.holds(day)
        and (not party.offers or (offer is not None and offer.slug in party.offers))
    ]
    near = (party for party in parties if _is_near(facts, party.regions))
    for_all = (party for party in parties if not party.regions)
    return next(chain(near, for_all), None)


def find_post(checked: Checked, use: str, day: date) -> Contact | None:
    """Return where a letter goes by post.

    What is named for this use comes first, save where it is for everywhere and the
    company that the contract is with where the buyer lives has its seat in another
    country. An address for privacy takes no notices; one for notices takes anything.
    """
    service, facts = checked.service, checked.facts
    party = _seat(find_party(checked, day), use)
    named = find_contact(service, facts, "post", use)
    if named is None and use != "cancel":
        return find_post(checked, "cancel", day)
    if named is None or party is None:
        return named or party
    is_nearer = party.regions and not named.regions and party.country != named.country
    return party if is_nearer else named


def _seat(party: Party | None, use: str) -> Contact | None:
    """Return a company's own address, where its text has it."""
    if party is None or not party.address:
        return None
    return Contact(
        id=party.claim.id,
        kind="post",
        use=use,
        value=(party.name, *party.address),
        regions=party.regions,
        in_use=True,
        worked_on=None,
        claim=party.claim,
        country=party.country,
    )


def find_contact(
    service: Service, facts: Facts, kind: str, use: str = "cancel"
) -> Contact | None:
    """Return the address in use for a buyer's region, else the one for all.

    Where none is named for notices, customer service takes what is written.
    """
    found = _find(service, facts, kind, use)
    if found is None and use == "cancel" and kind in _WRITTEN:
        return _find(service, facts, kind, "support")
    return found


_WRITTEN = frozenset({"post", "email"})


def _find(service: Service, facts: Facts, kind: str, use: str) -> Contact | None:
    contacts = [
        contact
        for contact in service.contacts
        if contact.kind == kind
        and contact.use == use
        and contact.in_use
        and (not contact.channels or facts.channel in contact.channels)
    ]
    for contact in contacts:
        if _is_near(facts, contact.regions):
            return contact
    return next((c for c in contacts if not c.regions), None)


def _is_near(facts: Facts, regions: frozenset[str]) -> bool:
    is_near = facts.country in regions or facts.region in regions
    return facts.country is not None and is_near
