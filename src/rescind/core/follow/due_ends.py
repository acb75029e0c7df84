"""The days of an end that was recorded: the end itself, its money, a bank's stop."""

from collections.abc import Iterator, Mapping, Sequence

from rescind.core.follow.awaited import AwaitedMoney, awaited_money
from rescind.core.follow.due_day import Due, DueKind
from rescind.core.follow.due_others import code_of_complaint
from rescind.core.follow.letters_out import Do
from rescind.core.follow.other_day import other_day
from rescind.core.follow.recorded_end import recorded_end
from rescind.core.follow.third_party import open_word
from rescind.core.model.case import Event, is_by_letter, payloads
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import BankBlockedDetails, ConfirmedDetails
from rescind.core.model.sentence import Sentence


def days_of_ends(events: Sequence[Event], *, is_settled: bool) -> Iterator[Due]:
    """Yield the end that was confirmed last with its money, and of a stop's end."""
    if is_settled:
        yield from _end(events)
        yield from _money(events)
    blocks = payloads(events, BankBlockedDetails)
    until = blocks[-1].until if blocks else None
    if until is not None:
        yield Due(what=DueKind.BLOCK, by=until, why=Sentence.of("due_why", "block"))


def _end(events: Sequence[Event]) -> Iterator[Due]:
    """Yield the end that counts: of two that they named the one not put in question."""
    last, other = payloads(events, ConfirmedDetails)[-1], other_day(events)
    # what came of the money names no day
    of_end = recorded_end(events) or last
    code = _END_BY.get(of_end.outcome, "confirmation")
    if other is not None and not other.was_confirmed:
        code = "verdict_end"
    ends_on = other.before if other is not None else last.ends_on
    if ends_on is not None:
        yield Due(what=DueKind.END, by=ends_on, why=Sentence.of("due_why", code))


_END_BY: Mapping[EndOutcome | None, str] = {
    EndOutcome.NO_DAY_NAMED: "no_day_named",
    EndOutcome.RENEWAL_UNDATED: "no_day_named",
    EndOutcome.PAYS_BACK: "pays_back",
    EndOutcome.NO_CHARGE: "no_charge",
    EndOutcome.WITHDREW: "withdrew",
}
"""Why an end is due that they did not name."""


def _money(events: Sequence[Event]) -> Iterator[Due]:
    """Yield by when to look for money, but for what the bank was asked for last.

    Nobody waits for what was refused: something else is to be done about it.
    """
    money = awaited_money(events)
    asked = money.asked.kind if money and money.asked else ""
    if money is None or money.refused_on is not None or asked == Do.DISPUTE:
        return
    if open_word(events) is not None:
        return
    why = _why_money(money)
    if asked == Do.COMPLAINT:
        why = Sentence.of("due_why", code_of_complaint(events))
    elif asked and not is_by_letter(events):
        why = Sentence.of("due_why", "money_there")
    yield Due(what=DueKind.MONEY, by=money.by, why=why, stays=True)


def _why_money(money: AwaitedMoney) -> Sentence:
    codes = ("promise", "promise_claimed")
    if money.asked:
        codes = ("money_again", "money_again_claimed")
    elif money.is_asked_first:
        codes = ("money_asked", "money_asked_claimed")
    asked = money.asked.amount if money.asked else None
    if money.refund is None:
        return Sentence.of("due_why", codes[1])
    return Sentence.of("due_why", codes[0], money=asked or money.refund)
