"""The matter of a letter: everything that it is written from."""

from dataclasses import dataclass
from datetime import date, timedelta

from rescind.core import periods
from rescind.core.model.checked import Checked
from rescind.core.model.law import Body
from rescind.core.model.letter import Details, Sender
from rescind.core.model.verdict import Answer

CONFIRM_WITHIN = timedelta(days=14)
"""How long the reader is given to answer; a choice, not a legal period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Everything a letter is written from."""

    checked: Checked
    sender: Sender
    details: Details
    today: date
    body: Body | None = None
    arrives_later: bool = False
    """It goes by post, and its end is counted from some days on."""

    @property
    def confirm_by(self) -> date:
        """Return the day by which the letter asks for an answer.

        A day that an earlier letter named stays until it is over: none that follows
        gives more time beside words that it gives none.
        """
        usual, before = self.today + CONFIRM_WITHIN, self.details.confirm_asked_by
        return usual if before is None or before < self.today else min(usual, before)

    @property
    def confirm_end_by(self) -> date:
        """Return the day by which a notice has to be confirmed: a law's, or the usual.

        Counted from today, as a letter by e-mail arrives today.
        """
        lawful = (
            periods.add(self.today, deadline.length)
            for entitled in self.checked.verdict.rights
            for deadline in entitled.right.deadlines
            if deadline.confirms_end and entitled.answer is Answer.YES
        )
        return min((self.confirm_by, *lawful))


def is_told_before(matter: Matter) -> bool:
    """Return whether it was cancelled before, in a way that is on no record.

    A letter that follows speaks of the day, and of no letter before it.
    """
    details, facts = matter.details, matter.checked.facts
    is_first_known = details.first_kind is not None
    is_cancelled = facts.cancelled_at is not None
    return is_cancelled and is_first_known and details.first_sent_on is None
