"""The company itself beside a store that was asked: who sells has the notice too."""

from collections.abc import Iterable, Iterator

from rescind.app.follow.at_store import StepsToDo, done_there
from rescind.app.follow.headline import Headline
from rescind.app.follow.sent_on import WITHDRAW
from rescind.core.model.case import Case
from rescind.core.model.names import sold_as
from rescind.web.card_button import tells_seller
from rescind.web.case_state import CaseButton
from rescind.web.case_story import CaseDays, head_in_words
from rescind.web.third_party_left import company_left

_FIELDS = (("letter", WITHDRAW),)


def and_the_company(
    head: Headline, days: CaseDays, buttons: Iterable[CaseButton]
) -> Iterator[CaseButton]:
    """Yield the buttons, and the letter to the company while the withdrawal runs."""
    found = tuple(buttons)
    yield from found
    is_there = any(each.fields == _FIELDS for each in found)
    if head.store_owes is None or is_there or company_left(head.case) != WITHDRAW:
        return
    says = head_in_words(head, days, "case_button", "to_company")
    yield CaseButton(says=says, page="letters", fields=_FIELDS)


def seller_to_tell(to_do: StepsToDo, case: Case | None) -> str:
    """Return who sells, where the law wants its notice beside the steps; empty: not so.

    Who withdraws at a store writes to the seller as well, until a letter went out.
    """
    if case is not None and done_there(case):
        is_left = company_left(case) == WITHDRAW
    else:
        is_left = tells_seller(to_do.planned)
    return sold_as(to_do.planned.checked.service) if is_left else ""
