"""What each kind of event holds: one class for each, its fields named as in the log.

How they stand there, as text, is said in ``event_text.py``.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, TypeAlias

from rescind.core.model.correction_details import (
    PutBackDetails,
    ReopenedDetails,
    RestoredDetails,
    SetAsideDetails,
)
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.message import Label
from rescind.core.model.proof_details import (
    ALWAYS,
    AnchoredDetails,
    AuthenticatedDetails,
    StampedDetails,
)
from rescind.core.model.report_details import (
    CopyKeptDetails,
    DeliveredDetails,
    DeliveryFailedDetails,
    NoticeKeptDetails,
)
from rescind.core.model.third_party_details import ThirdPartyDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedDetails:
    """A case began."""

    KIND: ClassVar = "opened"
    verdict: str = ""
    """The digest of what it stands on; empty in cases of an early release."""
    practice_of: str | None = None
    """The check that somebody practised with; ``None``: it is no practice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsToldDetails:
    """The person told other facts than the case had: the answer is another."""

    KIND: ClassVar = "facts_told"
    verdict: str = ""
    """The digest of what it stands on since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWrittenDetails:
    """A letter was written; its parts are kept under their digests."""

    KIND: ClassVar = "letter_written"
    pdf: str = ""
    text: str = ""
    picture: str = ""
    about: str = ""
    """Its particulars: from whom, to whom, what is left to mend."""
    subject: str = ""
    language: str = ""
    confirm_by: date | None = None
    """The day that it names for the confirmation."""
    problems: tuple[str, ...] = ()
    """Codes of what is left to mend."""
    kind: str | None = None
    """Of a letter to the bank, and of one that follows the one that opened the case."""
    amount: str | None = None
    """The sum that it asks for, where that is told of this letter alone."""
    claims_money: bool = False
    """It claims money back; not told of letters of an early release."""
    pay_by: date | None = None
    """The day by which it claims that."""
    for_money_alone: bool = False
    """It asks for money, and ends nothing; not told of letters of an early release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchOrderedDetails:
    """A person said yes to a sending."""

    KIND: ClassVar = "dispatch_ordered"
    dispatch: str = ""
    way: str = ""
    recipient: str = ""
    message: str = ""
    message_id: str = ""
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchRecalledDetails:
    """The person took the yes back."""

    KIND: ClassVar = "dispatch_recalled"
    dispatch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchBegunDetails:
    """A sending was begun."""

    KIND: ClassVar = "dispatch_begun"
    dispatch: str = ""
    way: str = ""
    recipient: str = ""
    message: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchTakenDetails:
    """The other side took the letter."""

    KIND: ClassVar = "dispatch_taken"
    dispatch: str = ""
    way: str = ""
    said: str = ""
    dialogue: str | None = None
    """What both sides said, by its digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchRefusedDetails:
    """The letter was certainly not taken."""

    KIND: ClassVar = "dispatch_refused"
    dispatch: str = ""
    way: str = ""
    said: str = ""
    dialogue: str | None = None
    again: bool = False
    """It was only put off, and is tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchUnknownDetails:
    """Nobody knows whether the letter was taken."""

    KIND: ClassVar = "dispatch_unknown"
    dispatch: str = ""
    way: str | None = None
    """``None`` where the program stopped while it was sending."""
    said: str = ""
    dialogue: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOverDetails:
    """The letter was given to the person to send."""

    KIND: ClassVar = "handed_over"
    way: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidSentDetails:
    """The person sent it, by their word."""

    KIND: ClassVar = "said_sent"
    way: str = ""
    on: date | None = None
    confirm_by: date | None = None
    """When to look for an answer, where it went out before the letter was written here:
    it was one of the person's own, that names another day or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidNotSentDetails:
    """The person looked, and it did not go out."""

    KIND: ClassVar = "said_not_sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKeptDetails:
    """The person added a picture or a paper."""

    KIND: ClassVar = "file_kept"
    file: str = ""
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredDetails:
    """A message came back."""

    KIND: ClassVar = "answered"
    message: str = ""
    reads_as: Label | None = None
    """``None`` where a person has to say."""
    unverified: bool = False
    """It came by mail, and nothing shows that it is from whom it says."""
    to: str | None = None
    """The dispatch of the letter that it names; ``None`` where it names none."""
    by_person: bool = False
    ends_on: date | None = None
    """The end that it names, as the person says, or as it was read once one was
    recorded."""
    asks_fee: bool = False
    """It asks money of the person: as they say, or as it was read when it came."""
    fee: str | None = None
    """How much that is; ``None`` where it names no sum."""
    refund: str | None = None
    """How much comes back, by the person's reading; ``None``: as it was read."""
    by: str | None = None
    """``store`` or ``merchant``, where the person said."""
    whole: bool = False
    """The person said all that it is: no fee was asked that they do not name."""
    waives_fee: bool = False
    """It says that a fee is asked no more, by how it was read when it came."""
    wants_by: date | None = None
    """The day that it sets for the person, by how it was read."""
    again_by: date | None = None
    """The last day to give notice again, where it says that none came."""
    may_refuse: bool = False
    """It seems to refuse the end, by how it was read when it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedDetails:
    """The end was confirmed; a ``refund`` without a day to look for it has come.

    A day without a ``refund`` waits for money of which nobody knows how much it is.
    """

    KIND: ClassVar = "confirmed"
    ends_on: date | None = None
    note: str = ""
    refund: str | None = None
    refund_by: date | None = None
    outcome: EndOutcome | None = None
    """``None`` in cases of an early release, which have a note of it at most."""
    instead_of: date | None = None
    """The end that counted before, where the person has not taken this later one."""
    paid_after: date | None = None
    """The day of a payment that was told of and came after the end that they name."""
    is_part: bool = False
    """The ``refund`` is less than is owed, and nobody had asked for the rest then."""

    @property
    def is_money_come(self) -> bool:
        """Whether it says that money came."""
        return self.refund is not None and self.refund_by is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargedDetails:
    """Money was taken."""

    KIND: ClassVar = "charged"
    on: date | None = None
    amount: str = ""
    note: str = ""
    rightful: bool = False
    """It came before the end, says the person: it changes nothing."""
    dispute_by: date | None = None
    """The last day to dispute it, as worked out when it was recorded."""
    rests_on: str | None = None
    """The right that gives that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSkippedDetails:
    """The person does without a step."""

    KIND: ClassVar = "step_skipped"
    step: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonUsedDetails:
    """The person ended it by the merchant's own button or form."""

    KIND: ClassVar = "button_used"
    note: str = ""
    on: date | None = None
    confirm_by: date | None = None
    where: str | None = None
    """The store in whose account it was done; ``None``: on the merchant's pages."""
    what: str | None = None
    """Codes of the actions of the plan that were done there."""
    left: str | None = None
    """Codes of those that were still to be done there; ``None``: none was."""
    before: bool = False
    """It was done before the case began, in a way that nobody recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledDetails:
    """The person ended it by telephone."""

    KIND: ClassVar = "called"
    with_whom: str = ""
    said: str = ""
    reference: str = ""
    on: date | None = None
    confirm_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BankBlockedDetails:
    """The bank was told to stop the payments."""

    KIND: ClassVar = "bank_blocked"
    until: date | None = field(default=None, metadata={ALWAYS: True})
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumedDetails:
    """The person took the ending back."""

    KIND: ClassVar = "resumed"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDetails:
    """The person is done with the case."""

    KIND: ClassVar = "closed"
    note: str = ""


EventDetails: TypeAlias = (
    OpenedDetails
    | LetterWrittenDetails
    | DispatchOrderedDetails
    | DispatchRecalledDetails
    | DispatchBegunDetails
    | DispatchTakenDetails
    | DispatchRefusedDetails
    | DispatchUnknownDetails
    | HandedOverDetails
    | SaidSentDetails
    | SaidNotSentDetails
    | DeliveredDetails
    | DeliveryFailedDetails
    | NoticeKeptDetails
    | CopyKeptDetails
    | FileKeptDetails
    | AnsweredDetails
    | AuthenticatedDetails
    | StampedDetails
    | AnchoredDetails
    | ThirdPartyDetails
    | ConfirmedDetails
    | ChargedDetails
    | StepSkippedDetails
    | ButtonUsedDetails
    | CalledDetails
    | BankBlockedDetails
    | FactsToldDetails
    | ResumedDetails
    | ClosedDetails
    | ReopenedDetails
    | SetAsideDetails
    | PutBackDetails
    | RestoredDetails
)
