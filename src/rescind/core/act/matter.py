"""The matter of a letter: everything that it is written from."""

from dataclasses import dataclass
from datetime import date, timedelta

from rescind.core.model.checked import Checked
from rescind.core.model.law import Body
from rescind.core.model.letter import Details, Sender

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

    @property
    def confirm_by(self) -> date:
        """Return the day by which the letter asks for an answer."""
        return self.today + CONFIRM_WITHIN
