"""The buttons of a case in which they ask for money, or refuse what was claimed."""

from collections.abc import Iterator

from rescind.app.follow.headline import Headline
from rescind.core.follow.letters_out import Do
from rescind.core.follow.open_demand import REPLY
from rescind.core.model.message import Label
from rescind.labels import label
from rescind.web.case_state import CaseButton
from rescind.web.case_story import CaseDays, head_in_words


def asked_to_pay(
    head: Headline, days: CaseDays, *, may_reply: bool
) -> Iterator[CaseButton]:
    """Yield the letter about money that they ask for, and that it was owed."""
    fee = head.fee
    if may_reply and fee is not None:
        yield _letter(head, days, "ask_dues" if fee.is_dues else "ask_fee", REPLY)
    amount = str(fee.amount) if fee is not None and fee.amount else ""
    yield CaseButton(
        says=label("owed_paid", "case_button"),
        page="happened",
        fields=(
            ("what", "charged"),
            ("on", days.today.isoformat()),
            ("before_end", "on"),
            ("amount", amount),
        ),
        posts=True,
    )


def claim_refused(
    head: Headline, days: CaseDays, *, may_reply: bool, may_dispute: bool
) -> Iterator[CaseButton]:
    """Yield the answer to a refusal, the bank while it may be told, what came since."""
    if may_reply:
        yield _letter(head, days, "reply", REPLY)
    if may_dispute:
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


def _letter(head: Headline, days: CaseDays, code: str, kind: str) -> CaseButton:
    says = head_in_words(head, days, "case_button", code)
    return CaseButton(says=says, page="letters", fields=(("letter", kind),))
