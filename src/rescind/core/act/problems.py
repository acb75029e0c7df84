"""Problems: what a letter still lacks, said before it is sent."""

from collections.abc import Iterator

from rescind.core.act.addresses import find_contact
from rescind.core.act.asked import NO_PAPERS, PAPERS, asks_papers, open_details
from rescind.core.act.charge_day import charged_on
from rescind.core.act.grounds import find_grounds
from rescind.core.act.letter_conditions import cancels_for_money
from rescind.core.act.letter_ends import is_charged_after
from rescind.core.act.letter_values import BY_ACCOUNT, is_withdrawing
from rescind.core.act.matter import Matter, is_told_before
from rescind.core.act.recipient import USES
from rescind.core.act.their_answer import answers_met
from rescind.core.model.letter import (
    Authority,
    LetterKind,
    Problem,
    ReaderKind,
    Recipient,
)
from rescind.core.model.sentence import Sentence
from rescind.core.model.verdict import Answer, Topic

# words that forms and templates put where an address belongs; no address has them
PLACEHOLDERS = ("musterstra", "example", "lorem", "123 main st", "your address")
DISPUTE = "dispute"
ERASE = "erase"
REPLY = "reply"
ON_BEHALF = "on-behalf-of"
_BY_POWER = frozenset({Authority.CARER, Authority.ATTORNEY})
"""Who writes by a power that somebody gave, and has to show it."""
_TOPICS = {"withdraw": "withdrawal", "refund": "refund"}
"""The topic whose answer a kind of letter turns on."""


def find_problems(
    matter: Matter, recipient: Recipient, kind: LetterKind
) -> Iterator[Problem]:
    """Yield what to know, or to mend, before the letter is sent."""
    yield from _about_recipient(matter, recipient, kind)
    if _is_placeholder(recipient.lines) or _is_placeholder(matter.sender.address):
        yield Problem.of("placeholder_address", "address")
    if not matter.sender.address:
        yield Problem.of("sender_address_missing", "address")
    if kind.reader is ReaderKind.MERCHANT:
        yield from _missing_identifiers(matter, kind)
        yield from _missing_name(matter)
        if matter.checked.facts.consumer is False:
            yield Problem.of("written_for_a_consumer", "consumer")
    yield from _missing_details(matter, kind)
    yield from _about_account(matter, kind)
    if kind.slug == REPLY:
        yield from _about_enclosures(matter)
        yield from _about_details_asked(matter)
    if matter.details.authority in _BY_POWER and kind.slug == ON_BEHALF:
        yield Problem.of("power_in_original", "authority")
    yield from _about_grounds(matter, kind)


def _about_enclosures(matter: Matter) -> Iterator[Problem]:
    """Yield what has to be put in, where the letter says that it is."""
    if "not_received" in answers_met(matter.details):
        yield Problem.of("proof_enclosed", "proof")
    if asks_papers(matter) and matter.details.papers != NO_PAPERS:
        is_told = matter.details.papers in PAPERS
        yield Problem.of("papers_enclosed" if is_told else "papers_open", "papers")


def _about_details_asked(matter: Matter) -> Iterator[Problem]:
    """Yield what they ask for, while the letter neither gives nor lacks it."""
    if _NEEDS_INFORMATION in answers_met(matter.details) and not asks_papers(matter):
        for name in open_details(matter):
            item = Sentence.of("sender_field", name)
            yield Problem.of("asked_open", name, item=item)


_NEEDS_INFORMATION = "needs_information"


def _about_recipient(
    matter: Matter, recipient: Recipient, kind: LetterKind
) -> Iterator[Problem]:
    if kind.reader is ReaderKind.BANK:
        if not recipient.lines:
            yield Problem.of("bank_missing", "bank_name")
        return
    if kind.reader is ReaderKind.BODY:
        yield from _about_body(matter)
        return
    yield from _about_merchant(matter, recipient, kind.reader)


def _about_body(matter: Matter) -> Iterator[Problem]:
    body = matter.body
    if body is None:
        yield Problem.of("body_unknown", "country")
        return
    places = body.contact
    yield Problem.of("body_has_its_form", "body", body=body.name, places=places)
    if body.first:
        yield Problem.of("body_wants_first", "body", first=body.first)


def _about_merchant(
    matter: Matter, recipient: Recipient, reader: ReaderKind
) -> Iterator[Problem]:
    service, channel = matter.checked.service, matter.checked.facts.channel
    if recipient.claim is None:
        yield Problem.of("recipient_unsourced", "recipient", merchant=recipient.name)
    on_file = find_contact(service, matter.checked.facts, "email", USES[reader])
    if recipient.email and not (on_file and recipient.email in on_file.value):
        yield Problem.of(
            "email_unsourced", "to", email=recipient.email, merchant=service.name
        )
    biller = service.channels[channel].handled_by if channel else service.name
    if biller != service.name and reader is ReaderKind.MERCHANT:
        yield Problem.of(
            "billed_elsewhere", "channel", merchant=service.name, biller=biller
        )


def _missing_identifiers(matter: Matter, kind: LetterKind) -> Iterator[Problem]:
    service, channel = matter.checked.service, matter.checked.facts.channel
    for item in service.identifiers:
        asks_here = not item.channels or channel is None or channel in item.channels
        asks_for_this = item.required and kind.needs_for in item.needed_for
        # the plan is named from the verdict where the sender does not name it
        is_needed = asks_here and asks_for_this and item.fact != "plan"
        if is_needed and not _is_given(item.fact, matter):
            yield Problem.of(
                "identifier_missing", item.fact, merchant=service.name, item=item.label
            )


def _is_given(fact: str, matter: Matter) -> bool:
    """Return whether the letter bears what is asked for: the sender's address does."""
    is_told = bool(matter.sender.identifiers.get(fact))
    return is_told or (fact == "address" and bool(matter.sender.address))


def _missing_name(matter: Matter) -> Iterator[Problem]:
    """Yield what a contract that is not on file lacks: what it is called."""
    has_name = matter.sender.identifiers.get("plan")
    if not has_name and not matter.checked.service.is_on_file:
        yield Problem.of("plan_unnamed", "plan")


def _missing_details(matter: Matter, kind: LetterKind) -> Iterator[Problem]:
    facts, details = matter.checked.facts, matter.details
    for name in kind.needs:
        holder = details if hasattr(details, name) else facts
        # the price is taken for an amount that is not given
        value = getattr(holder, name) or (name == "amount" and facts.price)
        value = value or (name == "paid_at" and charged_on(matter))
        if name == "first_sent_on" and is_told_before(matter):
            continue
        if not value:
            detail = Sentence.of("letter_detail", name)
            yield Problem.of("detail_missing", name, detail=detail)


def _about_account(matter: Matter, kind: LetterKind) -> Iterator[Problem]:
    """Yield what a bank finds a debit by, where nothing of it is given."""
    details = matter.details
    by_account = matter.checked.facts.payment_method in BY_ACCOUNT
    known = details.account or details.mandate_id
    if kind.reader is ReaderKind.BANK and by_account and not known:
        yield Problem.of("account_missing", "account")


def _about_grounds(matter: Matter, kind: LetterKind) -> Iterator[Problem]:
    topics = matter.checked.verdict.topics
    name = _TOPICS.get(kind.slug)
    facts = matter.checked.facts
    has_own_ground = kind.slug == "refund" and (
        facts.cancelled_at or facts.withdrawn_at
    )
    ends = kind.slug == "refund" and not has_own_ground and _ends_for_money(matter)
    if ends:
        yield Problem.of(ends)
    if name is not None and not has_own_ground:
        stands = bool(find_grounds(matter.checked, (name,)))
        if stands or not ends:
            yield from _about_answer(name, topics[name], stands=stands)
    is_method_known = facts.payment_method is not None
    if kind.slug == DISPUTE and is_method_known and not _is_carried(matter, kind):
        yield Problem.of("no_payment_right", "payment_method")
    if kind.slug == ERASE:
        yield Problem.of("erasure_destroys")
        if not find_grounds(matter.checked, ("erasure",)):
            yield Problem.of("erasure_not_a_right", "country")
    end_on, earliest = matter.details.end_on, topics["cancel"].ends_on
    if end_on is not None and earliest is not None and end_on < earliest:
        yield Problem.of("end_too_early", "end_on", day=earliest)


def _is_carried(matter: Matter, kind: LetterKind) -> bool:
    """Return whether a right stands behind a clause that can stand."""
    is_after = is_charged_after(matter)
    rests_on = (
        name
        for clause in kind.clauses
        if is_after or ("charged_after", True) not in clause.when
        for name in clause.rests_on
    )
    return bool(find_grounds(matter.checked, tuple(rests_on)))


def _ends_for_money(matter: Matter) -> str:
    """Return the problem that a claim for money ends the contract; empty: it stays."""
    if cancels_for_money(matter):
        return "refund_cancels"
    return "refund_withdraws" if is_withdrawing(matter) else ""


def _about_answer(name: str, topic: Topic, *, stands: bool) -> Iterator[Problem]:
    ground = Sentence.of("ground", name)
    if stands and topic.answer is Answer.DISPUTED:
        yield Problem.of("ground_disputed", ground=ground)
    elif not stands:
        assert topic.answer is not None  # noqa: S101 - both topics are questions
        yield Problem.of(
            "ground_missing",
            topic.asks[0] if topic.asks else None,
            ground=ground,
            answer=Sentence.of("answer_in_sentence", topic.answer),
            tell=Sentence.of("ground", "tell", facts=topic.asks) if topic.asks else "",
        )


def _is_placeholder(lines: tuple[str, ...]) -> bool:
    text = " ".join(lines).casefold()
    return any(word in text for word in PLACEHOLDERS)
