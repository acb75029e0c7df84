"""The rows of a closed case that say what money was still open in it."""

from collections.abc import Iterator

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.input.values import read_money
from rescind.app.follow.asked_money import claimed, less
from rescind.app.follow.headline import Headline
from rescind.core.follow.bank_credit import given_back, is_given_back
from rescind.core.model.sentence import Sentence
from rescind.labels import say
from rescind.web.card_values import CardRow


def left_at_closing(head: Headline) -> Iterator[CardRow]:
    """Yield what of the money is not back, and what of it should still come."""
    case, part = head.case, head.left_open.part
    if is_given_back(case.events):
        return
    if part is not None:
        code = "closed_rest" if part.promised is None else "closed_part"
        told = {"rest": part.rest, "owed": part.owed, "paid": part.promised}
        values = {name: money_on_page(sum_) for name, sum_ in told.items() if sum_}
        yield CardRow(what="Money", value=say(Sentence.of("case_row", code, **values)))
        return
    left = claimed(case)
    word = given_back(case.events)
    by_bank = read_money(word.amount, "amount") if word and word.amount else None
    if left is not None and left.sum is not None and by_bank is not None:
        rest = less(left.sum, (by_bank,))
        if rest.amount < left.sum.amount:
            names = {"rest": money_on_page(rest), "owed": money_on_page(left.sum)}
            text = Sentence.of("case_row", "closed_rest", **names)
            yield CardRow(what="Money", value=say(text))
            return
    if left is not None:
        money = money_on_page(left.sum) if left.sum else say(_CLAIMED)
        text = Sentence.of("case_row", "closed_money", the_money=_begins(money))
        yield CardRow(what="Money", value=say(text))


def _begins(text: str) -> str:
    return text[:1].upper() + text[1:]


_CLAIMED = Sentence.of("case_row", "claimed")
