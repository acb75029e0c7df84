"""The row by which the bank is told of money that the company paid meanwhile."""

from collections.abc import Iterator
from decimal import Decimal

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.input.values import read_money
from rescind.app.follow.headline import Headline
from rescind.core.follow.letters_out import Do, sent_letters
from rescind.core.follow.recorded_end import is_money_settled
from rescind.core.follow.state import OVER
from rescind.core.follow.third_party import said_by
from rescind.core.model.case import counting, happened
from rescind.core.model.event_details import ConfirmedDetails
from rescind.core.model.sentence import Sentence
from rescind.core.model.third_party_details import BANK, ThirdWord
from rescind.labels import label, say
from rescind.web.card_values import CardRow

_GIVES = frozenset({ThirdWord.CREDITS, ThirdWord.PAYS})


def came_and_bank(head: Headline) -> Iterator[CardRow]:
    """Yield that the bank has to be told what came since it was asked to dispute it.

    Nothing once it wrote since; what it gave itself is told of by another row.
    """
    events = counting(head.case.events)
    disputes = [e.number for e in sent_letters(events) if e.kind == Do.DISPUTE]
    if not disputes or head.standing.state in OVER:
        return
    came = [
        (event.number, read_money(end.refund, "amount"))
        for event, end in happened(events, ConfirmedDetails)
        if end.is_money_come and end.refund and event.number > disputes[-1]
    ]
    said = said_by(events, BANK, since=disputes[-1])
    if not came or any(w.says in _GIVES or w.number > came[-1][0] for w in said):
        return
    sums = [money for _, money in came if money is not None]
    money = sums[0].of(sum((each.amount for each in sums), Decimal(0)))
    code = "came_bank_all" if is_money_settled(events) else "came_bank"
    text = Sentence.of("case_row", code, money=money_on_page(money))
    yield CardRow(what=label("bank", "card_row"), value=say(text))
