"""Recipients: who a letter goes to, and where the address comes from."""

import re

from rescind.core.act.addresses import company_of, find_contact, find_post
from rescind.core.act.matter import Matter
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
        lines = under(name, details.bank_address) if name else ()
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
    checked, own = matter.checked, matter.details.merchant_address
    service, facts, biller = checked.service, checked.facts, checked.other_decider
    if biller is not None and use == USES[ReaderKind.MERCHANT]:
        # nothing is written to a merchant who does not bill
        return Recipient(
            name=biller,
            lines=under(biller, own),
            country=None,
            email=to_email,
            claim=None,
        )
    # what the person reads in the contract wins over what is on file
    post = None if own else find_post(checked, use, matter.today)
    email = find_contact(service, facts, "email", use)
    name = company_of(checked, matter.today)
    return Recipient(
        name=name,
        lines=post.value if post else under(name, own),
        country=post.country if post else None,
        email=to_email or (email.value[0] if email else None),
        claim=post.claim if post else None,
    )


def under(name: str, address: tuple[str, ...]) -> tuple[str, ...]:
    """Return an address with the name on top, once: whoever typed it may have named it.

    >>> under("Eisenhalle", ("Eisenhalle GmbH", "Sportweg 1", "45127 Essen"))
    ('Eisenhalle GmbH', 'Sportweg 1', '45127 Essen')
    >>> under("Eisenhalle", ("Sportweg 1", "45127 Essen"))
    ('Eisenhalle', 'Sportweg 1', '45127 Essen')
    >>> under("Sport", ("Sportweg 1", "45127 Essen")), under("Sport", ())
    (('Sport', 'Sportweg 1', '45127 Essen'), ('Sport',))
    """
    words, first = _words(name), _words("".join(address[:1]))
    is_named = bool(words) and first[: len(words)] == words
    return address if is_named else (name, *address)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
