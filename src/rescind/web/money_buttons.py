"""The buttons of a case in which they ask for money, or refuse what was claimed."""

from collections.abc import Iterator, Sequence
from datetime import date

from rescind.adapters.public.steps import StepJson
from rescind.app.follow.case_letters import follow_up
from rescind.app.follow.dues import bill_of
from rescind.app.follow.fees import OpenFee
from rescind.app.follow.headline import Headline
from rescind.app.follow.titles import NO_END_THERE
from rescind.core.follow.letters_out import Do
from rescind.core.follow.open_demand import REPLY
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.message import Label
from rescind.core.model.third_party_details import BANK
from rescind.labels import label
from rescind.web.case_state import CaseButton
from rescind.web.case_story import CaseDays, head_in_words
from rescind.web.dispute_days import is_dispute_over, may_dispute

STOP = "stop-charging"
"""The letter by which a company is told to charge no more."""


def asked_to_pay(
    head: Headline, days: CaseDays, *, may_reply: bool
) -> Iterator[CaseButton]:
    """Yield the letter about money that they ask for, and that it was owed."""
    fee, bill = head.fee, bill_of(head.case, head.replies)
    asks = []
    if may_reply and fee is not None:
        asks = [_letter(head, days, "ask_dues" if fee.is_dues else "ask_fee", REPLY)]
    is_owed = bill is not None and bill.is_owed
    yield from () if is_owed else asks
    yield paid(fee)
    yield from asks if is_owed else ()


def paid(fee: OpenFee | None) -> CaseButton:
    """Return the button by which what they ask for was owed, and is paid."""
    amount = str(fee.amount) if fee is not None and fee.amount else ""
    return CaseButton(
        says=label("owed_paid", "case_button"),
        page="happened",
        # on which day it was paid, nobody asked
        fields=(("what", "paid"), ("amount", amount)),
        posts=True,
    )


def claim_refused(
    head: Headline, days: CaseDays, *, may_reply: bool, may_tell_bank: bool
) -> Iterator[CaseButton]:
    """Yield the answer to a refusal, the bank while it may be told, what came since."""
    if may_reply:
        yield _letter(head, days, "reply", REPLY)
    if may_tell_bank:
        yield _letter(head, days, "tell_bank", Do.DISPUTE)
    yield CaseButton(says=label("wait", "case_button"), page="reply")


def likely_refused(head: Headline) -> Iterator[CaseButton]:
    """Yield yes and no to money that an answer seems to refuse."""
    if head.unread is None:
        return
    message = ("message", head.unread.message)
    says = {"likely_refused": Label.REFUND_REFUSED, "not_refused": Label.OTHER}
    for code, reads in says.items():
        yield CaseButton(
            says=label(code, "case_button"),
            page="reads",
            fields=(message, ("reads_as", reads.value)),
            posts=True,
        )


def without_an_end(
    head: Headline, days: CaseDays, *, may_write: bool
) -> Iterator[CaseButton]:
    """Yield what is done once money came, and nobody has said that it ends.

    The account in which it was cancelled shows the end; else the company is asked.
    """
    if head.code == NO_END_THERE:
        yield CaseButton(says=label("proof", "case_button"), page="confirmation")
    elif may_write:
        begun = follow_up(head.case)
        is_of_money = begun.first_kind in ("withdraw", "refund") or begun.ended_before
        # a reminder of a claim would ask for what is back
        kind = STOP if is_of_money else Do.SECOND_NOTICE
        yield _letter(head, days, "ask_confirmation", kind)
    yield CaseButton(says=label("wait", "case_button"), page="reply")
    if head.end is not None and head.end < days.today:
        yield _no_charge("no_charge_since", head.end)


def after_the_charge(head: Headline) -> Iterator[CaseButton]:
    """Yield what the statement of the day shows: no charge, or one more."""
    day = head.end or head.standing.confirm_by
    if day is not None:
        yield _no_charge("no_charge", day)
    yield CaseButton(says=label("charged_after_all", "case_button"), page="charged")


def after_the_bank(head: Headline, *, to_stop: bool) -> Iterator[CaseButton]:
    """Yield what is still to be written, else that the money is back for good.

    Who still has to be told to charge no more is not done with the money.
    """
    if to_stop:
        yield CaseButton(says=label("left", "case_button"), page="letters")
    elif head.bank is not None and head.bank.kind == Do.DISPUTE:
        yield bank_paid()
    yield CaseButton(says=label("wait", "case_button"), page="reply")


def bank_paid() -> CaseButton:
    """Return the button by which the bank gave the money back for good."""
    return CaseButton(
        says=label("bank_paid", "case_button"),
        page="close",
        fields=(("back", BANK),),
        posts=True,
    )


def bank_or_body(
    head: Headline, days: CaseDays, steps: Sequence[StepJson]
) -> Iterator[CaseButton]:
    """Yield the bank, unless its days are over, and a body to complain to.

    Where no right on file lets it be disputed, the body is the surer way.
    """
    is_right, is_over = (
        may_dispute(steps, days.today),
        is_dispute_over(steps, days.today),
    )
    to_bank = () if is_over else (_letter(head, days, "tell_bank", Do.DISPUTE),)
    to_body = (_letter(head, days, "complain", Do.COMPLAINT),)
    yield from (*to_bank, *to_body) if is_right else (*to_body, *to_bank)


def _no_charge(code: str, day: date) -> CaseButton:
    outcome = ("outcome", EndOutcome.NO_CHARGE.value)
    return CaseButton(
        says=label(code, "case_button"),
        page="confirm",
        fields=(("ends_on", day.isoformat()), outcome),
        posts=True,
    )


def _letter(head: Headline, days: CaseDays, code: str, kind: str) -> CaseButton:
    says = head_in_words(head, days, "case_button", code)
    return CaseButton(says=says, page="letters", fields=(("letter", kind),))
