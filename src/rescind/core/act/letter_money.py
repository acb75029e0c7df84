"""The money that a letter claims: how much, and by when it names."""

from dataclasses import dataclass
from datetime import date

from rescind.core.act.further_charges import asked_in_all
from rescind.core.act.letter import claims_money
from rescind.core.act.letter_values import (
    pay_by,
    sum_claimed,
    sum_owed,
    unused_by,
)
from rescind.core.act.matter import Matter
from rescind.core.model.letter import Letter
from rescind.core.model.money import Money

_UNUSED = "unused"
"""The clause that asks back what is paid for the time after the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyAsked:
    """Money that a letter claims."""

    sum: Money | None
    """``None`` where the letter names none."""
    by: date


def money_asked(matter: Matter, letter: Letter) -> MoneyAsked | None:
    """Return the money that a letter claims; ``None`` where it claims none."""
    if not claims_money(letter):
        return None
    topics = matter.checked.verdict.topics
    if any(each.id == _UNUSED for each in letter.paragraphs):
        by = unused_by(matter, matter.today)
        return MoneyAsked(sum=topics["cancel"].amount, by=by)
    due = topics["withdrawal"].refund_due_by
    by = due if letter.kind == "withdraw" and due is not None else pay_by(matter)
    is_told = matter.checked.facts.withdrawn_at is not None
    if letter.kind == "refund" and is_told:
        # of a withdrawal told before, the letter names what is surely owed
        return MoneyAsked(sum=sum_claimed(matter, letter.kind), by=by)
    owed = sum_owed(matter, letter.kind)
    return MoneyAsked(sum=asked_in_all(matter.details, owed), by=by)
