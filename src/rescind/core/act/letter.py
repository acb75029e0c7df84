"""The letter, composed from the verdict: a clause stands because a claim carries it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from rescind.core.model.catalogue import Contact, Service
from rescind.core.model.checked import Checked
from rescind.core.model.facts import Facts, When
from rescind.core.model.letter import (
    Letter,
    LetterText,
    Paragraph,
    Problem,
    Recipient,
    Sender,
)
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Topic

CONFIRM_WITHIN = timedelta(days=14)
"""How long the merchant is given to confirm; a choice, not a legal period."""

PLACEHOLDERS = ("musterstra", "example", "lorem", "123 main st", "your address")


def compose(
    checked: Checked,
    *,
    sender: Sender,
    text: LetterText,
    today: date,
    to_email: str | None = None,
) -> Letter:
    """Return the letter of a kind, in the words of a language.

    ``to_email`` is an address that the sender brings; it has no source and the
    letter says so in its problems.
    """
    recipient = find_recipient(checked.service, checked.facts, to_email)
    confirm_by = today + CONFIRM_WITHIN
    values = _values(checked, text) | {"confirm_by": format_day(confirm_by, text)}
    return Letter(
        kind=text.kind,
        language=text.language,
        sender=sender,
        recipient=recipient,
        written_on=today,
        written_on_text=format_day(today, text),
        subject=text.subject.format_map(values),
        salutation=text.salutation,
        references=tuple(_references(checked, sender, text)),
        paragraphs=tuple(_paragraphs(checked, text, values)),
        closing=text.closing,
        confirm_by=confirm_by,
        problems=tuple(_problems(checked, sender, recipient, text.kind)),
    )


def format_day(day: date, text: LetterText) -> str:
    """Return a day as the letter's language writes it."""
    return text.date_format.format(
        day=day.day, month=text.months[day.month - 1], year=day.year
    )


def find_recipient(service: Service, facts: Facts, to_email: str | None) -> Recipient:
    """Return the sourced address for a buyer's region, in use, for cancellations."""
    post = _contact(service, facts, "post")
    email = _contact(service, facts, "email")
    sourced_email = email.value[0] if email else None
    return Recipient(
        lines=post.value if post else (service.name,),
        country=post.country if post else None,
        email=to_email or sourced_email,
        claim=post.claim if post else None,
    )


def _contact(service: Service, facts: Facts, kind: str) -> Contact | None:
    fitting = [
        contact
        for contact in service.contacts
        if contact.kind == kind and contact.use == "cancel" and contact.in_use
    ]
    for contact in fitting:
        if facts.country and _serves(contact, facts):
            return contact
    return next((c for c in fitting if not c.regions), None)


def _serves(contact: Contact, facts: Facts) -> bool:
    return facts.country in contact.regions or facts.region in contact.regions


def _values(checked: Checked, text: LetterText) -> dict[str, str]:
    topics, offer = checked.verdict.topics, checked.offer
    return {
        "merchant": checked.service.name,
        "plan": offer.name if offer else checked.service.name,
        "bought_on": _shown(checked.facts.purchased_at, text),
        "charge_on": _shown(topics["renewal"].at, text),
        "ends_on": _shown(topics["access"].until, text),
    }


def _shown(when: When | None, text: LetterText) -> str:
    if when is None:
        return ""
    return format_day(when.date() if isinstance(when, datetime) else when, text)


def _references(
    checked: Checked, sender: Sender, text: LetterText
) -> Iterator[tuple[str, str]]:
    plan = sender.identifiers.get("plan")
    if plan or checked.offer is not None:
        yield "Plan", plan or (checked.offer.name if checked.offer else "")
    labels = {item.fact: item.label for item in checked.service.identifiers}
    for fact, value in sender.identifiers.items():
        if fact != "plan" and value:
            yield labels.get(fact, fact.replace("_", " ").capitalize()), value
    if checked.facts.purchased_at is not None:
        yield "Bought on", _shown(checked.facts.purchased_at, text)


def _paragraphs(
    checked: Checked, text: LetterText, values: Mapping[str, str]
) -> Iterator[Paragraph]:
    holds = {
        "": True,
        "bought_on": bool(values["bought_on"]),
        "bought_on_unknown": not values["bought_on"],
        "charge_known": bool(values["charge_on"]),
        "charge_unknown": not values["charge_on"],
        "paypal": checked.facts.channel == "paypal",
    }
    cancel = _claims(checked.verdict.topics["cancel"])
    for name, condition, words in text.paragraphs:
        if holds[condition]:
            claims = cancel if name.startswith(("declare", "effective")) else ()
            yield Paragraph(id=name, text=words.format_map(values), claims=claims)


def _claims(topic: Topic) -> tuple[Claim, ...]:
    """Return what a clause may stand on: nothing that nobody has looked up."""
    said = dict.fromkeys(c for reason in topic.because for c in reason.claims)
    return tuple(claim for claim in said if not claim.source.is_unverified)


def _problems(
    checked: Checked, sender: Sender, recipient: Recipient, kind: str
) -> Iterator[Problem]:
    yield from _about_recipient(checked, recipient)
    if _is_placeholder(recipient.lines) or _is_placeholder(sender.address):
        yield Problem(
            code="placeholder_address",
            text="An address looks made up.",
            field="address",
        )
    if not sender.address:
        yield Problem(
            code="sender_address_missing",
            text="No postal address of the sender was given.",
            field="address",
        )
    yield from _missing_identifiers(checked, sender, kind)


def _about_recipient(checked: Checked, recipient: Recipient) -> Iterator[Problem]:
    service, channel = checked.service, checked.facts.channel
    if recipient.claim is None:
        yield Problem(
            code="recipient_unsourced",
            text=f"No sourced postal address of {service.name} is on file.",
            field="recipient",
        )
    if recipient.email and not _is_sourced(service, recipient.email):
        yield Problem(
            code="email_unsourced",
            text=f"{recipient.email} comes from you; no source says that it is "
            f"{service.name}'s address for cancellations.",
            field="to",
        )
    biller = service.channels[channel].handled_by if channel else service.name
    if biller != service.name:
        yield Problem(
            code="billed_elsewhere",
            text=f"{service.name} does not bill this purchase: {biller} does, and "
            "must be asked.",
            field="channel",
        )


def _missing_identifiers(
    checked: Checked, sender: Sender, kind: str
) -> Iterator[Problem]:
    service, channel = checked.service, checked.facts.channel
    for item in service.identifiers:
        asked = not item.channels or channel is None or channel in item.channels
        wanted = asked and item.required and item.fact != "plan"
        wanted = wanted and kind in item.needed_for
        if wanted and not sender.identifiers.get(item.fact):
            yield Problem(
                code="identifier_missing",
                text=f"{service.name} asks for: {item.label}. Without it the letter "
                "may be turned away.",
                field=item.fact,
            )


def _is_placeholder(lines: tuple[str, ...]) -> bool:
    text = " ".join(lines).casefold()
    return any(word in text for word in PLACEHOLDERS)


def _is_sourced(service: Service, email: str) -> bool:
    return any(
        email in contact.value and contact.in_use and contact.use == "cancel"
        for contact in service.contacts
    )


def as_text(letter: Letter) -> str:
    """Return the letter as the plain text of a mail."""
    references = [f"{label}: {value}" for label, value in letter.references]
    blocks = [
        letter.salutation,
        *(paragraph.text for paragraph in letter.paragraphs[:1]),
        "\n".join(references),
        *(paragraph.text for paragraph in letter.paragraphs[1:]),
        f"{letter.closing}\n{letter.sender.name}",
        "\n".join(letter.sender.lines[1:]),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"
