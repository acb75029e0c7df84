"""A day that counts in a case: what it is, and why it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from rescind.core.model.period import Period
from rescind.core.model.sentence import Sentence
from rescind.core.periods import LATEST_ZONE, add


class DueKind(StrEnum):
    """What a day is that counts; each step of the ladder has one of its own."""

    CANCEL = "cancel"
    WITHDRAWAL = "withdrawal"
    REFUND = "refund"
    CONFIRMATION = "confirmation"
    CHARGE = "charge"
    PROOF = "proof"
    END = "end"
    BLOCK = "block"
    SECOND_NOTICE = "second-notice"
    COMPLAINT = "complaint"
    DISPUTE_BY = "dispute-by"
    DISPUTE = "dispute"
    MONEY = "money"
    BANK = "bank"
    BODY = "body"
    RIGHTFUL = "rightful-charge"
    """A charge that comes before the end, and is owed."""
    PROPOSAL = "proposal"
    """The last day to answer what a body proposes."""
    BANK_ASKS = "bank-asks"
    """The last day to give the bank what it asks for."""
    COMPANY_SETS = "company-sets"
    """The company wants something by then."""
    NOTICE_AGAIN = "notice-again"
    """Notice that is given again until then ends it on the same day."""
    TELL_COMPANY = "tell-company"
    """A store was asked: the company itself can have the withdrawal until then."""
    TAKEN_BACK = "taken-back"
    """On this day the bank takes back what it had given for now."""


_LAST = frozenset(
    {
        *(DueKind.CANCEL, DueKind.WITHDRAWAL, DueKind.REFUND, DueKind.DISPUTE_BY),
        *(DueKind.PROPOSAL, DueKind.BANK_ASKS),
        *(DueKind.COMPANY_SETS, DueKind.NOTICE_AGAIN, DueKind.TELL_COMPANY),
    }
)
"""What the person can do until a day, and loses after it."""
AFTER_END = "after_end"
"""Why the day of a charge counts that may not come: an end before it was named."""
LATE = frozenset(
    {
        DueKind.CONFIRMATION,
        DueKind.PROOF,
        DueKind.SECOND_NOTICE,
        DueKind.COMPLAINT,
        DueKind.DISPUTE,
        DueKind.END,
        DueKind.MONEY,
        DueKind.BANK,
        DueKind.BODY,
        DueKind.RIGHTFUL,
        DueKind.TAKEN_BACK,
    }
)
"""What is told of when its day has come, and not ahead of it."""
UNBOUND = {
    "verdict_unbound": "both",
    "verdict_unbound_term": "term",
    "verdict_unbound_notice": "notice",
    "verdict_unbound_cover": "cover",
    "verdict_unbound_several": "several",
}
"""Why a day counts by an answer whose end holds only if something does not bind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """Charges that come one after the other."""

    first: date
    every: Period

    def until(self, ends_on: date) -> Iterator[date]:
        """Yield the days of those that come before an end.

        One of the day itself is looked at: an end is named by it as often as by the
        last day before it.
        """
        for count in range(_MOST):
            day = add(self.first, self.every, count)
            if day >= ends_on:
                return
            yield day

    def between(self, ours: date, theirs: date) -> Iterator[date]:
        """Yield the days of those that come before their end, and not before ours."""
        return (day for day in self.until(theirs) if day >= ours)

    def after(self, ends_on: date) -> date:
        """Return the day of the first one that comes with an end, or after it."""
        return add(self.first, self.every, len(list(self.until(ends_on))))


_MOST = 60
"""An end that is further off than so many charges is a slip of the pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A day, or a moment with its time zone, that counts."""

    what: DueKind
    by: date | datetime
    why: Sentence
    stays: bool = False
    """Whether it still counts once it is past: something is to be done after it."""
    charges: Charges | None = None
    """Of a charge, those that come one after the other, where that is known."""

    @property
    def is_first(self) -> bool:
        """Whether it is the first day on which something can be done, and no last."""
        return self.why.code == "verdict_from"

    @property
    def text(self) -> Sentence:
        """What the day is."""
        if self.is_first:
            return Sentence.of("due_from", self.what.value)
        if self.why.code == AFTER_END:
            return Sentence.of("due_ended", self.what.value)
        which = UNBOUND.get(self.why.code)
        if which is None or self.what is not DueKind.CANCEL:
            return Sentence.of("due", self.what.value)
        unbound = Sentence.of("nothing_binds", which)
        return Sentence.of("due_unbound", self.what.value, unbound=unbound)

    @property
    def is_late(self) -> bool:
        """Whether its day has to come before anything is to do."""
        return self.what in LATE or self.is_first

    @property
    def is_last(self) -> bool:
        """Whether something that the person can do is lost once its day is past."""
        return self.what in _LAST and not self.is_first

    @property
    def moment(self) -> datetime:
        """The moment itself, or the end of the day in UTC."""
        return moment_of(self.by)

    @property
    def over(self) -> datetime:
        """When it is past for everybody: a day, once it is over in the last zone."""
        if isinstance(self.by, datetime):
            return self.by
        return datetime.combine(self.by, time.max, LATEST_ZONE)


def moment_of(by: date | datetime) -> datetime:
    """Return a moment itself, or the end of a day in UTC."""
    return by if isinstance(by, datetime) else datetime.combine(by, time.max, UTC)
