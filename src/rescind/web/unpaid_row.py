"""Money that they want by a day, while it is not paid or taken back: row and button."""

from collections.abc import Iterator, Sequence

from rescind.adapters.data.words import words_of
from rescind.app.follow.days import country_of
from rescind.app.follow.dues import Unpaid, unpaid
from rescind.app.follow.ends import end_by_way
from rescind.app.follow.fees import in_words
from rescind.app.follow.headline import Headline
from rescind.core.model.sentence import Sentence, Value
from rescind.labels import label
from rescind.web.card_values import CardRow
from rescind.web.case_state import CaseButton
from rescind.web.case_story import CaseDays
from rescind.web.money_buttons import paid

_SAYS_IT = ("answered", "confirmed")
"""How the codes begin of what names an open demand in a row of its own."""
_PAST = {
    "unpaid": "unpaid_past",
    "unpaid_dues": "unpaid_dues_past",
    "unpaid_owed": "unpaid_owed_past",
}
"""What the row says once the day is over."""
_MOST_BUTTONS = 3


def unpaid_row(head: Headline, days: CaseDays) -> Iterator[CardRow]:
    """Yield what they want by a day, where nothing else on the card says so.

    Who wrote back has not paid it: the row stays, and says so once its day is past.
    """
    money, day = _left(head), end_by_way(head.case)
    if money is None:
        return
    code = "unpaid"
    if money.fee.is_dues and day is not None:
        code = "unpaid_owed" if money.is_owed else "unpaid_dues"
    code = _PAST[code] if money.by < days.today else code
    fee: Value = in_words(money.fee)
    text = Sentence.of("case_row", code, fee=fee, by=money.by, day=day or "")
    says = words_of(country_of(head.case)).say(text)
    yield CardRow(what=label("unpaid", "card_row"), value=says[:1].upper() + says[1:])


def or_paid(head: Headline, buttons: Sequence[CaseButton]) -> tuple[CaseButton, ...]:
    """Return the buttons of a card, with that of what is owed, where one has room."""
    money = _left(head)
    if money is None or not money.is_owed or len(buttons) == _MOST_BUTTONS:
        return tuple(buttons)
    return (*buttons, paid(money.fee))


def _left(head: Headline) -> Unpaid | None:
    is_said = head.fee is not None and head.code.startswith(_SAYS_IT)
    return None if is_said else unpaid(head.case, head.replies)
