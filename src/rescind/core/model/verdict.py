"""The verdict: what holds for a purchase, until when, why, and what is not known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from rescind.core.model.facts import When
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence, Value, Wording
from rescind.core.model.source import SECONDHAND, Claim

if TYPE_CHECKING:
    from rescind.core.model.law import Right


class Answer(StrEnum):
    """The five answers; not knowing is one of them."""

    YES = "yes"
    NO = "no"
    DISPUTED = "disputed"
    """Admissible sources differ, and it matters on the day asked about."""
    DEPENDS = "depends"
    """A missing fact decides; the topic's ``asks`` names it."""
    UNKNOWN = "unknown"
    """No source speaks."""


AFTER_THE_END = "charged_after_end"
"""The reason of a refund for a payment that was taken after the contract's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One step of the explanation: what, and the claims it rests on."""

    says: Sentence
    claims: tuple[Claim, ...] = ()
    dissent: tuple[Claim, ...] = ()
    """The claims that say otherwise."""

    @classmethod
    def of(
        cls,
        code: str,
        /,
        claims: tuple[Claim, ...] = (),
        dissent: tuple[Claim, ...] = (),
        **values: Value,
    ) -> "Reason":
        """Return the reason of a code, with what its sentence names."""
        says = Sentence.of("reason", code, **values)
        return cls(says=says, claims=claims, dissent=dissent)

    @property
    def code(self) -> str:
        """Return which reason it is."""
        return self.says.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Sooner:
    """An earlier end that the law gives if a fact that is not known is so."""

    right: str
    """The right's name."""
    ends_on: date
    conditions: tuple[tuple[str, bool], ...]
    """The facts that it turns on, with what they have to be."""
    use_by: date | None = None
    """The last safe day to use it; ``None``: the law sets none."""
    opens_on: date | None = None
    """The first day for the notice, where that lies ahead."""
    moves: bool = False
    """The end is that of a notice today: each day of waiting moves it on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The answer to one question about the purchase."""

    answer: Answer | None = None
    """``None`` where the topic is a date and no question."""
    handled_by: str | None = None
    """Who must be asked; ``None`` while it is not known who bills."""
    act_by: datetime | None = None
    """The last moment that is safe under every admissible reading."""
    latest: datetime | None = None
    """The last moment under the most favourable reading in force."""
    at: When | None = None
    until: When | None = None
    amount: Money | None = None
    """What comes next, or comes back at least."""
    owed: Money | None = None
    """What may be kept at most for a service that was begun."""
    refund_due_by: date | None = None
    """The last day for the money to be back, once it was withdrawn from."""
    ends_on: date | None = None
    """The contract's last day if it is ended now, by the best reading."""
    early_fee: Sentence | None = None
    """What the texts ask for leaving now, before that day."""
    any_day: bool = False
    """It can be done on any day, each like the other: no last day passes."""
    end_moves: bool = False
    """The end that is named is that of today: each day moves it on."""
    opens_on: date | None = None
    """The first day on which it can be done, where that lies ahead."""
    sooner: Sooner | None = None
    """An earlier end, if an open fact is so."""
    fee_at_most: Money | None = None
    """What the law leaves of a fee for leaving early, where that can be counted."""
    free_end: date | None = None
    """A later end, for which nothing is owed of what may be asked for leaving now."""
    formality: str = ""
    """Which form is enough."""
    in_writing: bool = False
    """The notice has to reach the seller itself in writing."""
    then: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    link: str | None = None
    because: tuple[Reason, ...] = ()
    asks: tuple[str, ...] = ()

    @property
    def may_move(self) -> bool:
        """Return whether an end that is not certain moves on with each day of waiting.

        A way out turns on an open fact, or on what is insured.
        """
        moves = self.sooner is not None and self.sooner.moves
        return moves or any(reason.code == COVER_OPEN for reason in self.because)

    @property
    def nothing_comes(self) -> bool:
        """Return whether it is known that no further charge comes."""
        return any(reason.code in _LAST for reason in self.because)

    @property
    def ends_if_unbound(self) -> bool:
        """Return whether it ends on its day only if no term or no notice binds."""
        return self.unbound is not None

    @property
    def unbound(self) -> Sentence | None:
        """Return what has to be so for it to end on its day; ``None``: nothing more."""
        return unbound(reason.code for reason in self.because)

    @property
    def is_end_open(self) -> bool:
        """Return whether terms that are not known may make another day right."""
        return self.ends_if_unbound or has_texts_elsewhere(r.code for r in self.because)

    @property
    def ends_counted_back(self) -> bool:
        """Return whether its end is only counted back from a later charge."""
        return any(reason.code == COUNTED_BACK for reason in self.because)

    @property
    def leaves_paid_time(self) -> bool:
        """Return whether time that is paid for is left, and no law brings it back."""
        return any(r.code in (UNUSED_OPEN, UNUSED_ASKED) for r in self.because)

    @property
    def is_asked_back(self) -> bool:
        """Return whether the sum is asked for, and no law on file gives it back."""
        return any(reason.code == UNUSED_ASKED for reason in self.because)

    @property
    def rests_on_guides(self) -> bool:
        """Return whether a settled answer has no text of the merchant behind it."""
        if self.answer not in _SETTLED:
            return False
        found = False
        for reason in self.because:
            for claim in reason.claims:
                if claim.source.kind not in SECONDHAND:
                    return False
                found = True
        return found


PAID_UP_TO = "paid_up_to"
"""The reason of an end of which nobody knows a term or a notice."""
TERM_OPEN = "term_open"
"""The reason of an end that holds only if no term binds for longer."""
NOTICE_OPEN = "notice_open"
"""The reason of an end that holds only if no notice is wanted for it."""
COVER_OPEN = "cover_open"
"""The reason of an end that a law gives to cover of some kinds, and none was told."""
OPEN_LENGTHS = frozenset({PAID_UP_TO, TERM_OPEN, NOTICE_OPEN, COVER_OPEN})


def unbound(codes: Iterable[str]) -> Sentence | None:
    """Return what has to be so for an end to hold, by the codes of its reasons.

    >>> unbound(["contract_ends", "term_open"]).code
    'term'
    """
    found = OPEN_LENGTHS & set(codes)
    if not found:
        return None
    alone = {TERM_OPEN: "term", NOTICE_OPEN: "notice", COVER_OPEN: "cover"}
    code = alone.get(min(found), "both") if len(found) == 1 else "both"
    if len(found) > 1 and COVER_OPEN in found:
        code = "several"
    return Sentence.of("nothing_binds", code)


TEXT_ELSEWHERE = "text_elsewhere"
"""The reason of an answer for which only texts of other countries are on file."""


def has_texts_elsewhere(codes: Iterable[str]) -> bool:
    """Return whether the texts on file are those of other countries only."""
    return TEXT_ELSEWHERE in set(codes)


COUNTED_BACK = "counted_back"
"""The reason of an end that nothing tells but a later charge, counted back from it."""
UNUSED_OPEN = "unused_open"
"""The reason of money for the time after an end that no text on file gives back."""
KEPT_TO_PAID = "kept_to_paid"
"""The reason of an end with what is paid for, where an earlier one wins nothing."""
UNUSED_ASKED = "unused_asked"
"""The reason of money for the time after an end by a law that is silent on it."""
UNUSED_BACK = "unused_comes_back"
"""The reason of money for the time after an end that a law gives back."""
_LAST = frozenset({"nothing_renews", "already_cancelled", "withdrawn"})
_SETTLED = frozenset({Answer.YES, Answer.NO, Answer.DISPUTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A warning: something to mind that does not change the answer."""

    code: str
    says: Wording
    """The catalogue's own words where the warning is one of its notes."""
    claims: tuple[Claim, ...] = ()

    @classmethod
    def of(
        cls, code: str, /, claims: tuple[Claim, ...] = (), **values: Value
    ) -> "Caution":
        """Return the warning of a code, with what its sentence names."""
        says = Sentence.of("warning", code, **values)
        return cls(code=code, says=says, claims=claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What somebody has to do under a right, and by when."""

    who: str
    """``you``, ``merchant`` or ``bank``."""
    do: str
    by: date | None
    """``None``: the day it is counted from is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """A right on file, as it stands for one purchase on one day."""

    right: "Right"
    answer: Answer
    """``yes``: it can be used; ``no``: too late; ``depends``: ``asks`` decide."""
    act_by: datetime | None = None
    latest: datetime | None = None
    ends_on: date | None = None
    """The contract's last day if this way out is taken now."""
    due: tuple[Duty, ...] = ()
    asks: tuple[str, ...] = ()
    reminder_by: date | None = None
    """By when the reminder of the last renewal had to come; ``None``: not known."""


TOPICS = (
    "cancel",
    "renewal",
    "access",
    "refund",
    "withdrawal",
    "pause",
    "resume",
    "unenroll",
    "remove_payment_method",
    "delete_account",
)
"""Every topic of a verdict, in the order shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All topics for one purchase on one day."""

    service: str
    merchant: str
    """Who is paid and contracted with."""
    offer: str | None
    as_of: When
    topics: Mapping[str, Topic]
    rights: tuple[Entitlement, ...] = ()
    """Rights beside the topics, the most useful first."""
    money_back: tuple[str, ...] = ()
    """The topics that give money back, the better for the consumer first."""
    warnings: tuple[Caution, ...] = ()
    documents: tuple[str, ...] = ()
    asks: tuple[str, ...] = field(default=())

    @property
    def is_withdrawn(self) -> bool:
        """Return whether a withdrawal in time has ended the contract."""
        because = self.topics["cancel"].because
        return any(reason.code == "withdrawn" for reason in because)
