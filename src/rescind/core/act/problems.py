"""Problems: what a letter still lacks, said before it is sent."""

from collections.abc import Iterator

from rescind.core.act.grounds import find_grounds
from rescind.core.act.letter_values import Matter
from rescind.core.act.recipient import USES
from rescind.core.model.catalogue import Service
from rescind.core.model.letter import LetterKind, Problem, ReaderKind, Recipient
from rescind.core.model.verdict import Answer, Topic

PLACEHOLDERS = ("musterstra", "example", "lorem", "123 main st", "your address")
DISPUTE = "dispute"
ERASE = "erase"
_TOPICS = {"withdraw": "withdrawal", "refund": "refund"}
"""The topic whose answer a kind of letter turns on."""


def find_problems(
    matter: Matter, recipient: Recipient, kind: LetterKind
) -> Iterator[Problem]:
    """Yield what to know, or to mend, before the letter is sent."""
    yield from _about_recipient(matter, recipient, kind)
    if _is_placeholder(recipient.lines) or _is_placeholder(matter.sender.address):
        yield Problem(
            code="placeholder_address",
            text="An address looks made up.",
            field="address",
        )
    if not matter.sender.address:
        yield Problem(
            code="sender_address_missing",
            text="No postal address of the sender was given.",
            field="address",
        )
    if kind.reader is ReaderKind.MERCHANT:
        yield from _missing_identifiers(matter, kind)
        yield from _missing_name(matter)
    yield from _missing_details(matter, kind)
    yield from _about_grounds(matter, kind)


def _about_recipient(
    matter: Matter, recipient: Recipient, kind: LetterKind
) -> Iterator[Problem]:
    if kind.reader is ReaderKind.BANK:
        if not recipient.lines:
            yield Problem(
                code="bank_missing",
                text="The letter goes to your bank or card issuer: give its name.",
                field="bank_name",
            )
        return
    if kind.reader is ReaderKind.BODY:
        yield from _about_body(matter)
        return
    yield from _about_merchant(matter, recipient, kind.reader)


def _about_body(matter: Matter) -> Iterator[Problem]:
    body = matter.body
    if body is None:
        yield Problem(
            code="body_unknown",
            text="No body to complain to is on file for this place.",
            field="country",
        )
        return
    where = ", ".join(body.contact)
    yield Problem(
        code="body_has_its_form",
        text=f"{body.name} takes complaints here: {where}. Paste the text there.",
        field="body",
    )
    if body.first:
        yield Problem(
            code="body_wants_first", text=f"Before it: {body.first}.", field="body"
        )


def _about_merchant(
    matter: Matter, recipient: Recipient, reader: ReaderKind
) -> Iterator[Problem]:
    service, channel = matter.checked.service, matter.checked.facts.channel
    if recipient.claim is None:
        yield Problem(
            code="recipient_unsourced",
            text=f"No sourced postal address of {service.name} is on file.",
            field="recipient",
        )
    use = USES[reader]
    if recipient.email and not _is_sourced(service, recipient.email, use):
        yield Problem(
            code="email_unsourced",
            text=f"{recipient.email} comes from you; no source says that it is "
            f"{service.name}'s address for this.",
            field="to",
        )
    biller = service.channels[channel].handled_by if channel else service.name
    if biller != service.name and reader is ReaderKind.MERCHANT:
        yield Problem(
            code="billed_elsewhere",
            text=f"{service.name} does not bill this purchase: {biller} does, and "
            "must be asked.",
            field="channel",
        )


def _missing_identifiers(matter: Matter, kind: LetterKind) -> Iterator[Problem]:
    service, channel = matter.checked.service, matter.checked.facts.channel
    for item in service.identifiers:
        asked = not item.channels or channel is None or channel in item.channels
        wanted = asked and item.required and item.fact != "plan"
        wanted = wanted and kind.needs_for in item.needed_for
        if wanted and not matter.sender.identifiers.get(item.fact):
            yield Problem(
                code="identifier_missing",
                text=f"{service.name} asks for: {item.label}. Without it the letter "
                "may be turned away.",
                field=item.fact,
            )


def _missing_name(matter: Matter) -> Iterator[Problem]:
    """Yield what a contract that is not on file lacks: what it is called."""
    named = matter.sender.identifiers.get("plan") or matter.checked.service.contacts
    if not named:
        yield Problem(
            code="plan_unnamed",
            text="Name the contract as the invoice does: the letter says only whose "
            "it is.",
            field="plan",
        )


def _missing_details(matter: Matter, kind: LetterKind) -> Iterator[Problem]:
    facts, details = matter.checked.facts, matter.details
    for name in kind.needs:
        holder = details if hasattr(details, name) else facts
        known = getattr(holder, name) or (name == "amount" and facts.price)
        if not known:
            yield Problem(
                code="detail_missing",
                text=f"The letter says too little without: {name.replace('_', ' ')}.",
                field=name,
            )


def _about_grounds(matter: Matter, kind: LetterKind) -> Iterator[Problem]:
    topics = matter.checked.verdict.topics
    name = _TOPICS.get(kind.slug)
    facts = matter.checked.facts
    has_own_ground = kind.slug == "refund" and (
        facts.cancelled_at or facts.withdrawn_at
    )
    if name is not None and not has_own_ground:
        stands = bool(find_grounds(matter.checked, (name,)))
        yield from _about_answer(name, topics[name], stands=stands)
    if kind.slug == DISPUTE and not find_grounds(matter.checked, ("payment",)):
        yield Problem(
            code="no_payment_right",
            text="No rule on file lets you dispute this charge; the letter cites none.",
            field="payment_method",
        )
    if kind.slug == ERASE:
        yield Problem(
            code="erasure_destroys",
            text="Erasing can destroy certificates and evidence, for good: cancel "
            "first, wait until it is really over, and download everything.",
        )
        if not find_grounds(matter.checked, ("erasure",)):
            yield Problem(
                code="erasure_not_a_right",
                text="No law on file lets you demand it there today; the letter asks.",
                field="country",
            )
    wanted, known = matter.details.end_on, topics["cancel"].ends_on
    if wanted is not None and known is not None and wanted < known:
        yield Problem(
            code="end_too_early",
            text=f"By what is on file the contract can end on {known} at the earliest.",
            field="end_on",
        )


def _about_answer(name: str, topic: Topic, *, stands: bool) -> Iterator[Problem]:
    if stands and topic.answer is Answer.DISPUTED:
        yield Problem(
            code="ground_disputed",
            text=f"Sources differ on the {name}: the letter relies on the side that "
            "gives it, and may be contradicted.",
        )
    elif not stands:
        wanted = f" Tell: {', '.join(topic.asks)}." if topic.asks else ""
        yield Problem(
            code="ground_missing",
            text=f"The verdict on the {name} is: {topic.answer}. Nothing on file "
            f"carries it, so the letter claims no right; it asks.{wanted}",
            field=topic.asks[0] if topic.asks else None,
        )


def _is_placeholder(lines: tuple[str, ...]) -> bool:
    text = " ".join(lines).casefold()
    return any(word in text for word in PLACEHOLDERS)


def _is_sourced(service: Service, email: str, use: str) -> bool:
    return any(
        email in contact.value and contact.in_use and contact.use == use
        for contact in service.contacts
    )
