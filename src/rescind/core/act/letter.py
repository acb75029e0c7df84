"""The letter, composed from the verdict: a clause stands because a claim carries it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from rescind.core.act.events import is_by_paypal
from rescind.core.act.grounds import cite, cite_terms, find_grounds
from rescind.core.act.letter_conditions import conditions
from rescind.core.act.letter_months import in_months, months_known
from rescind.core.act.letter_names import contract_number
from rescind.core.act.letter_values import BY_ACCOUNT, answer_by, days_told, values
from rescind.core.act.matter import Matter
from rescind.core.act.problems import find_problems
from rescind.core.act.recipient import find_recipient
from rescind.core.errors import BadInput
from rescind.core.model.catalogue import Identifier
from rescind.core.model.letter import (
    Letter,
    LetterText,
    LocaleFormat,
    Page,
    Paragraph,
    ReaderKind,
)
from rescind.core.model.names import titled
from rescind.core.model.sentence import Sentence

_OF_BANK = frozenset({"account"})
"""What the bank alone knows: nobody else finds a contract by it."""
_OF_DEBIT = frozenset({"mandate_id", "creditor_id"})
"""What the bank and the company know of a debit."""
_NOT_FOR: Mapping[ReaderKind, frozenset[str]] = {
    ReaderKind.MERCHANT: _OF_BANK,
    ReaderKind.BANK: frozenset({"account_email", "other_email", "user_id"}),
    ReaderKind.PRIVACY: frozenset({"card_last4", *_OF_BANK, *_OF_DEBIT}),
    ReaderKind.BODY: frozenset(
        {"card_last4", "user_id", "other_email", *_OF_BANK, *_OF_DEBIT}
    ),
}
"""What a reader has no need to know; what was typed of it stays with the case."""
_IN_BRACES = re.compile(r"(\{\w+\})")
GROUNDS = (
    *("cancelled_at", "paid_at", "charge_unauthorised", "withdrawn_at"),
    *("service_not_as_promised", "trial_price_clear", "reason"),
)
"""Facts that say why a charge was wrong."""
REASON = "reason"
"""The clause that is the sender's own words."""


def compose(
    matter: Matter,
    *,
    text: LetterText,
    locale: LocaleFormat,
    to_email: str | None = None,
    page: Page | None = None,
) -> Letter:
    """Return the letter of a kind, in the words of a language.

    ``to_email`` is an address that the sender brings; it has no source and the
    letter says so in its problems.
    """
    if is_by_paypal(matter.checked.facts):
        text = replace(text, swaps={**text.swaps, **text.paypal_swaps})
    recipient = find_recipient(matter, text.kind.reader, to_email)
    fillings = values(matter, text, locale)
    holds = conditions(matter, fillings)
    _check_grounds(matter, text, holds)
    subject = _subject(text, holds)
    _check_subject(text, subject, fillings)
    title, number = _title(matter, fillings), contract_number(matter)
    # whoever reads the subject finds the contract by its number
    numbered = title if number is None else f"{title} ({number})"
    paragraphs = tuple(_paragraphs(matter, text, locale, fillings))
    return Letter(
        kind=text.kind.slug,
        language=text.language,
        reviewed=text.reviewed,
        sender=matter.sender,
        recipient=recipient,
        written_on=matter.today,
        written_on_text=fillings["today"],
        subject=_swap(subject, text).format_map({**fillings, "plan": numbered}),
        salutation=_swap(text.salutation, text),
        references=tuple(_references(matter, text, {**fillings, "plan": title})),
        colon=_swap(text.colon, text),
        paragraphs=paragraphs,
        closing=_swap(text.closing, text),
        confirm_by=answer_by(matter, text.kind),
        problems=tuple(find_problems(matter, recipient, text.kind)),
        page=page or Page(),
    )


def claims_money(letter: Letter) -> bool:
    """Return whether a letter claims money back, and not only if something is so."""
    return any(each.id in _CLAIMS for each in letter.paragraphs)


_CLAIMS = frozenset(
    {"unused", "sum", "repay", "repay-by", "pay-back", "minor-repay"}
    | {"pay-after-all", "pay-too", "pay-first", "owed-in-all", "owed-in-all-agreed"}
    | {"pay-owed", "pay-back-disputed"}
)
"""The clauses that claim money, in every kind of letter to the merchant."""


def for_money_alone(letter: Letter) -> bool:
    """Return whether a letter asks for money and ends nothing beside that."""
    ids = {each.id for each in letter.paragraphs}
    return letter.kind == "refund" and not ids & _ENDS_TOO


_ENDS_TOO = frozenset({"cancel-too", "withdraw-too", "stop-now"})
"""The clauses of a letter for money by which it also ends the contract."""


def _subject(text: LetterText, holds: Mapping[str, bool]) -> str:
    if text.kind.asks_unless and not holds[text.kind.asks_unless]:
        return text.subject_ask or text.subject
    beside = (words for name, words in text.subjects_beside.items() if holds[name])
    return next(beside, text.subject)


def _title(matter: Matter, fillings: Mapping[str, str]) -> str:
    """Return the plan with the service's name, to stand where that is not named."""
    typed = bool(matter.sender.identifiers.get("plan"))
    return titled(fillings["plan"], matter.checked.service, typed=typed)


def _check_grounds(matter: Matter, text: LetterText, holds: Mapping[str, bool]) -> None:
    """Refuse a letter that would say nothing for what it asks; name what could."""
    if not text.kind.grounds or any(holds[name] for name in text.kind.grounds):
        return
    facts = matter.checked.facts
    is_undated = facts.cancelled_at is not None and facts.paid_at is None
    field = "paid_at" if is_undated else "charge_unauthorised"
    raise BadInput(field, Sentence.of("bad_input", "no_ground"), GROUNDS)


def _check_subject(text: LetterText, subject: str, fillings: Mapping[str, str]) -> None:
    """Refuse a letter whose very subject cannot be filled in."""
    for name, value in fillings.items():
        if not value and f"{{{name}}}" in subject:
            kind = text.kind.slug
            lacks = Sentence.of("bad_input", "letter_lacks", kind=kind, name=name)
            raise BadInput(name, lacks)


def _contract(
    matter: Matter, text: LetterText, fillings: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield what the contract is, or the number by which it is found."""
    number = contract_number(matter)
    called = matter.sender.identifiers.get("plan")
    is_named = bool(called) or matter.checked.offer is not None
    if number is not None:
        either = (text.labels[name] for name in ("contract_number", "customer_number"))
        yield " / ".join(either), number
    elif is_named and fillings["plan"] != fillings["merchant"]:
        yield text.labels["plan"], fillings["plan"]


def _references(
    matter: Matter, text: LetterText, fillings: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    checked, sender, details = matter.checked, matter.sender, matter.details
    is_bank = text.kind.reader is ReaderKind.BANK
    if not is_bank:
        yield from _contract(matter, text, fillings)
    theirs = {item.fact: item for item in checked.service.identifiers}
    not_for_reader = _NOT_FOR[text.kind.reader]
    if is_bank and checked.facts.payment_method in BY_ACCOUNT:
        not_for_reader |= {"card_last4"}
    if details.holder and sender.identifiers.get("account_email") == sender.email:
        # the account is the holder's: an address of whoever writes misleads
        not_for_reader |= {"account_email"}
    for fact, value in sender.identifiers.items():
        if fact != "plan" and value and fact not in not_for_reader:
            yield _label(fact, theirs.get(fact), text), value
    particulars: dict[str, str | None] = {
        "bought_on": None if is_bank else fillings["bought_on"],
        "holder": details.holder,
        "account": details.account,
        "mandate_id": details.mandate_id,
        "creditor_id": details.creditor_id,
    }
    for name, particular in particulars.items():
        if particular and name not in not_for_reader:
            yield text.labels[name], particular


def _label(fact: str, item: Identifier | None, text: LetterText) -> str:
    """Return what an identifier is called: the company's own name for it first."""
    plain = item.label if item else fact.replace("_", " ").capitalize()
    usual = text.labels.get(fact, plain)
    return item.labels.get(text.language, usual) if item else usual


def _paragraphs(
    matter: Matter,
    text: LetterText,
    locale: LocaleFormat,
    fillings: Mapping[str, str],
) -> Iterator[Paragraph]:
    holds, title = conditions(matter, fillings), _title(matter, fillings)
    months = months_known(matter, days_told(matter, text))
    for clause in text.kind.clauses:
        if any(holds[name] is not expected for name, expected in clause.when):
            continue
        if clause.id == REASON:
            for words in matter.details.reason:
                yield Paragraph(id=REASON, text=words)
            continue
        claims = find_grounds(matter.checked, clause.rests_on or clause.backed_by)
        if clause.rests_on and not claims:
            continue
        law = cite(claims, text, matter.checked.facts.region)
        grounds = {"law": law, "terms": cite_terms(claims, locale, text.labels)}
        template = in_months(
            _swap(text.texts[clause.id], text), months, text=text, locale=locale
        )
        wording = _words_of(template, text, {**fillings, **grounds}, title)
        if wording is not None:
            yield Paragraph(id=clause.id, text=_meet(wording, text), claims=claims)


def _words_of(
    template: str, text: LetterText, fillings: Mapping[str, str], title: str
) -> str | None:
    """Return a clause's words; ``None`` where something it names is not known."""
    if "{merchant}" not in template or fillings["merchant"] not in title:
        fillings = {**fillings, "plan": title}
    if fillings["plan"] == fillings["merchant"]:
        template = _named_once(template, text)
    if any(not value and f"{{{name}}}" in template for name, value in fillings.items()):
        return None
    said = template.format_map(fillings)
    # the full stop of a company's name, or of "kr.", ends its sentence as well
    for value in fillings.values():
        said = said.replace(f"{value}.", value) if value.endswith(".") else said
    return said


def _named_once(template: str, text: LetterText) -> str:
    """Return a clause that names whose contract it is without what it is for.

    Where the plan has no name but the company's, the same word would stand twice.
    """
    if "{merchant}" in template:
        for beside in text.labels.get(PLAN_BESIDE, "").split("|"):
            template = template.replace(beside, "") if beside else template
    return template


PLAN_BESIDE = "plan_beside"
"""The label with the ways in which a clause goes on to the plan, of each language."""


def _swap(words: str, text: LetterText) -> str:
    """Return words as a country writes them; names in braces are no words."""
    parts = _IN_BRACES.split(words)
    for old, new in text.swaps.items():
        parts[::2] = [part.replace(old, new) for part in parts[::2]]
    return "".join(parts)


def _meet(words: str, text: LetterText) -> str:
    """Return words with what changes where a word meets a number: a day, as a rule.

    All other swaps were made before the sender's own words came in: a name stays as
    it was typed.
    """
    for old, new in text.swaps.items():
        if any(character.isdigit() for character in old):
            words = words.replace(old, new)
    return words


def as_text(letter: Letter) -> str:
    """Return the letter as the plain text of a mail."""
    references = [f"{label}{letter.colon}{value}" for label, value in letter.references]
    blocks = [
        letter.salutation,
        *(paragraph.text for paragraph in letter.paragraphs[:1]),
        "\n".join(references),
        *(paragraph.text for paragraph in letter.paragraphs[1:]),
        f"{letter.closing}\n{letter.sender.name}",
        "\n".join(letter.sender.lines[1:]),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


DISPENSABLE = ("statement", "rely", "remove", "else", "stands")
"""Clauses that a short form can do without, in the order they go."""


def as_form_text(letter: Letter, limit: int | None) -> str | None:
    """Return the letter to paste into a form, with whole clauses left out to fit.

    ``None`` where not even what has to be said fits. No sentence is cut.
    """
    references = [f"{label}{letter.colon}{value}" for label, value in letter.references]
    for count in range(len(DISPENSABLE) + 1):
        left_out = DISPENSABLE[:count]
        texts = [p.text for p in letter.paragraphs if p.id not in left_out]
        # no salutation stands before it here: a sentence begins with a capital
        texts = [texts[0][:1].upper() + texts[0][1:], *texts[1:]]
        blocks = [letter.subject, *texts[:1], "\n".join(references), *texts[1:]]
        text = "\n\n".join((*blocks, letter.sender.name))
        if limit is None or len(text) <= limit:
            return text
    return None
