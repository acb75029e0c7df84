"""Recipients: who a letter goes to, and where the address comes from."""

from rescind.core.act.letter_values import Matter
from rescind.core.model.catalogue import Contact, Service
from rescind.core.model.facts import Facts
from rescind.core.model.letter import ReaderKind, Recipient

USES = {ReaderKind.MERCHANT: "cancel", ReaderKind.PRIVACY: "privacy"}
"""What an address of the merchant has to be for."""


def find_recipient(
    matter: Matter, reader: ReaderKind, to_email: str | None
) -> Recipient:
    """Return who is written to; addresses come from the catalogue or the sender."""
    if reader is ReaderKind.BANK:
        details = matter.details
        name = details.bank_name or ""
        lines = (name, *details.bank_address) if name else ()
        country = matter.sender.country
        return Recipient(
            name=name, lines=lines, country=country, email=to_email, claim=None
        )
    if reader is ReaderKind.BODY:
        return _body(matter, to_email)
    return _merchant(matter, USES[reader], to_email)


def _body(matter: Matter, to_email: str | None) -> Recipient:
    body = matter.body
    if body is None:
        return Recipient(name="", lines=(), country=None, email=to_email, claim=None)
    return Recipient(
        name=body.name,
        lines=(body.name,),
        country=None,
        email=to_email,
        claim=body.claims[0],
    )


def _merchant(matter: Matter, use: str, to_email: str | None) -> Recipient:
    service, facts = matter.checked.service, matter.checked.facts
    biller = matter.checked.other_decider
    if biller is not None and use == USES[ReaderKind.MERCHANT]:
        # nothing is written to a merchant who does not bill
        return Recipient(
            name=biller, lines=(biller,), country=None, email=to_email, claim=None
        )
    post = find_contact(service, facts, "post", use)
    if post is None and use != "cancel":
        post = find_contact(service, facts, "post", "cancel")
    email = find_contact(service, facts, "email", use)
    own = matter.details.merchant_address
    if own:
        # what the person reads in the contract wins over what is on file
        post = None
    return Recipient(
        name=service.name,
        lines=post.value if post else (service.name, *own),
        country=post.country if post else None,
        email=to_email or (email.value[0] if email else None),
        claim=post.claim if post else None,
    )


def find_contact(
    service: Service, facts: Facts, kind: str, use: str = "cancel"
) -> Contact | None:
    """Return the address in use for a buyer's region, else the one for all."""
    contacts = [
        contact
        for contact in service.contacts
        if contact.kind == kind
        and contact.use == use
        and contact.in_use
        and (not contact.channels or facts.channel in contact.channels)
    ]
    for contact in contacts:
        is_near = facts.country in contact.regions or facts.region in contact.regions
        if facts.country and is_near:
            return contact
    return next((c for c in contacts if not c.regions), None)
