"""The letter: a value, not a file; laid out and sent by others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from rescind.core.model.money import Money, OtherCharge
from rescind.core.model.sentence import Sentence, Value
from rescind.core.model.source import Claim


class Authority(StrEnum):
    """In what capacity somebody writes for another."""

    HEIR = "heir"
    GUARDIAN = "guardian"
    CARER = "carer"
    ATTORNEY = "attorney"
    """Holds a power of attorney."""


class ReaderKind(StrEnum):
    """Whom a kind of letter goes to."""

    MERCHANT = "merchant"
    PRIVACY = "privacy"
    """The merchant's address for data protection."""
    BANK = "bank"
    """The sender's own bank or card issuer."""
    BODY = "body"
    """An authority or a mediator."""


class LocaleFormat(Protocol):
    """How a language and its country write days, sums and countries."""

    def day(self, day: date) -> str:
        """Return a day in words."""
        ...

    def month(self, day: date) -> str:
        """Return the month of a day in words, with its year."""
        ...

    def money(self, money: Money) -> str:
        """Return a sum with its currency."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes, and what the merchant needs to find the contract."""

    name: str
    address: tuple[str, ...]
    """Lines of the postal address; empty where none was given."""
    email: str | None
    country: str | None
    phone: str | None = None
    identifiers: Mapping[str, str]
    """By the names that the catalogue's identifiers use: ``account_email``."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Return name, address and ways to answer, as they stand in the letter."""
        reach = tuple(part for part in (self.email, self.phone) if part)
        return (self.name, *self.address, *reach)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a kind of letter needs to know beyond the purchase and the sender."""

    reason: tuple[str, ...] = ()
    """The sender's own words, a paragraph each; printed as typed."""
    end_on: date | None = None
    """The day on which the contract is to end, if the sender chose one."""
    first_sent_on: date | None = None
    wrote_again_on: date | None = None
    """When a letter went out after that, which nobody has answered."""
    first_kind: str | None = None
    """The kind of the letter that was not answered."""
    confirm_asked_by: date | None = None
    """The day that an earlier letter named for the answer, which is not over."""
    pay_asked_by: date | None = None
    """The day that an earlier letter named for the money, which is not over."""
    claimed_on: date | None = None
    """When a letter before this one claimed the money; ``None``: none is on record."""
    answer: str | None = None
    """What the merchant's answer reads as: a label of ``read``, or
    ``later_end``, ``call_wanted`` or ``fee``."""
    answered_on: date | None = None
    given_on: date | None = None
    """When the notice was given, which they say never came."""
    given_by: str | None = None
    """How that was done: ``email``, ``post``, or on their own ``pages``."""
    given_to: str | None = None
    """Which address it went to."""
    received_on: date | None = None
    """When they confirmed that it had come."""
    paid_through: str | None = None
    """The store that took the money, in a letter to the company itself."""
    biller_refused_on: date | None = None
    """When the store that took the money refused to give it back."""
    disputed_on: date | None = None
    """When the bank was told of the charge that the letter is about."""
    bank_said: str | None = None
    """What the bank said to that: codes of ``BANK_SAID``, blanks between them."""
    their_end_on: date | None = None
    """The end that the merchant's answer names."""
    held_to: date | None = None
    """The end that the merchant confirmed, and the sender took."""
    held_said_on: date | None = None
    """When the merchant confirmed that end."""
    denied_on: date | None = None
    """When the merchant denied it, or named another; ``their_end_on`` is then that."""
    end_confirmed: date | None = None
    """The end that they confirmed, which every letter of a case names as its own."""
    end_confirmed_on: date | None = None
    """When they wrote so."""
    holder: str | None = None
    """Whose contract it is, where somebody writes for another."""
    authority: Authority | None = None
    told_on: date | None = None
    """When the merchant announced a change."""
    change_on: date | None = None
    """When the change is to apply."""
    new_price: Money | None = None
    change: str | None = None
    amount: Money | None = None
    """The charge that is fought; the price where it is not given."""
    further_charges: tuple[OtherCharge, ...] = ()
    """Older charges that are fought for the same reason."""
    repaid: Money | None = None
    """What came back already of a larger sum; ``amount`` is then the rest."""
    agreed: Money | None = None
    """What the merchant will pay of a larger sum; ``amount`` is then the rest."""
    promised: Money | None = None
    """What the merchant promised to pay, and did not."""
    promised_on: date | None = None
    promised_for: date | None = None
    """The day by which the money is to come, where that is known."""
    confirmed_on: date | None = None
    """When the merchant confirmed the end; ``their_end_on`` is then its day."""
    merchant_address: tuple[str, ...] = ()
    """Where the merchant takes post, as the sender knows it."""
    bank_name: str | None = None
    bank_address: tuple[str, ...] = ()
    mandate_id: str | None = None
    creditor_id: str | None = None
    account: str | None = None
    body: str | None = None
    """The id of the body that a complaint goes to."""
    problem: str | None = None
    """What a complaint is about, by the names that bodies use."""
    proof: str | None = None
    """What proves that the contract was ended, as the letter is to name it."""
    called_on: date | None = None
    """When notice was given by telephone, before the letter."""
    spoke_with: str | None = None
    call_on: date | None = None
    """When a call after the first letter was taken down."""
    call_with: str | None = None
    call_said: str | None = None
    """What was said in it, as the person noted it."""
    asked: str | None = None
    """What the merchant asks for: codes of ``WantedDetail``, blanks between them."""
    lacks: str | None = None
    """Which of the sender's details the sender has none of, blanks between them."""
    named: str | None = None
    """What the answer names: codes of ``NamedThing``, blanks between them."""
    papers: str | None = None
    """What heirs enclose: the death ``certificate``, or that and their title: ``both``.
    """
    new_home: str | None = None
    """The address after a move, or the number of the connection there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who is written to, and where that address comes from."""

    name: str
    lines: tuple[str, ...]
    country: str | None
    email: str | None
    claim: Claim | None
    """``None`` where no source stands behind the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One clause, and the claims it rests on."""

    id: str
    text: str
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something to know, or to mend, before the letter is sent."""

    says: Sentence
    field: str | None = None

    @classmethod
    def of(cls, code: str, /, field: str | None = None, **values: Value) -> "Problem":
        """Return the problem of a code, with what its sentence names."""
        return cls(says=Sentence.of("problem", code, **values), field=field)

    @property
    def code(self) -> str:
        """Return which problem it is."""
        return self.says.code


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedProblem:
    """A problem in words, as it is kept with a letter."""

    code: str
    text: str
    field: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """How the page is set up; none of it changes what the letter says."""

    layout: str | None = None
    """``None``: the one whose envelopes the sender's country uses."""
    region: str = ""
    """The country whose way of writing the language is used."""
    signature: bytes | None = None
    """A drawn signature, as PNG."""
    typed: bool = False
    """The name stands as a typed signature."""
    with_code: bool = False
    """A QR code carries the digest of the letter's data."""
    page_word: str = ""
    """What a page is called in the letter's language, before its number."""
    data_word: str = ""
    """What the letter as data is called there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter in one language."""

    kind: str
    language: str
    reviewed: bool
    """A native reader has looked at the words."""
    sender: Sender
    recipient: Recipient
    written_on: date
    written_on_text: str
    subject: str
    salutation: str
    references: tuple[tuple[str, str], ...]
    """Labels and values that name the contract."""
    colon: str
    paragraphs: tuple[Paragraph, ...]
    closing: str
    confirm_by: date
    problems: tuple[Problem, ...]
    page: Page


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLetter:
    """A letter as it will be sent: its words and its page, final."""

    kind: str
    language: str
    reviewed: bool = True
    subject: str
    sender_email: str | None
    recipient: tuple[str, ...]
    recipient_email: str | None
    recipient_source: str
    """Where the address comes from; empty where no source stands behind it."""
    confirm_by: date
    problems: tuple[PrintedProblem, ...]
    text: str
    gloss: tuple[tuple[str, str], ...] = ()
    """Each clause beside its meaning in the reader's own language."""
    pdf: bytes
    picture: bytes
    """The page as PNG, for the preview."""
    amount: str | None = None
    """The sum that it asks for, where its details name one."""
    claims_money: bool = False
    """It claims money back, without a condition."""
    pay_by: date | None = None
    """The day by which it claims that; ``None`` where it claims none."""
    for_money_alone: bool = False
    """It asks for money, and ends nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause of a kind of letter: when it stands and what it rests on."""

    id: str
    when: tuple[tuple[str, bool], ...]
    """Names of conditions, and whether they have to hold or not to."""
    rests_on: tuple[str, ...]
    """Topics, rights or kinds of rights: without one of them the clause falls away."""
    backed_by: tuple[str, ...] = ()
    """What is shown behind the sender's own declaration, where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterKind:
    """A kind of letter, the same in every language."""

    slug: str
    reader: ReaderKind
    needs: tuple[str, ...]
    """Details without which it says too little."""
    needs_for: str
    """What identifiers count as asked for: ``cancel`` or ``refund``."""
    clauses: tuple[Clause, ...]
    asks_unless: str | None = None
    """The condition without which it claims no right, and its subject only asks."""
    grounds: tuple[str, ...] = ()
    """Conditions of which one has to hold; empty: it stands without a ground."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthWords:
    """How a language says when, where only the month is known."""

    around: tuple[tuple[str, str], ...] = ()
    """What stands in a clause around ``{day}``, and what for it: ``on {day}`` becomes
    ``in {month}``; the first that fits counts."""
    inside: tuple[str, ...] = ()
    """The twelve months as ``{in}`` says them; empty: the language needs none."""
    of: tuple[str, ...] = ()
    """The twelve months as ``{of}`` says them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText:
    """The words of one kind of letter in one language, as data."""

    kind: LetterKind
    language: str
    subject: str
    salutation: str
    closing: str
    texts: Mapping[str, str]
    """The text of each clause, by its id."""
    labels: Mapping[str, str]
    kinds: Mapping[str, str]
    """What each kind of letter is called."""
    laws: Mapping[str, str]
    """How claims of law are cited in this language, by their ids."""
    subject_ask: str = ""
    """The subject where no right stands; empty where the kind has one subject."""
    months: MonthWords = MonthWords()
    subjects_beside: Mapping[str, str] = field(default_factory=dict)
    """The subjects where it also ends the contract, by the condition of each."""
    colon: str = ": "
    """What stands between a label and its value."""
    conjunction: str = "; "
    """What stands before the last of several laws."""
    swaps: Mapping[str, str] = field(default_factory=dict)
    """Letters that a country writes differently: Swiss German has no ß."""
    paypal_swaps: Mapping[str, str] = field(default_factory=dict)
    """What names one's bank, and is said of PayPal where that was paid through."""
    reviewed: bool
    """A native reader has looked at it."""
