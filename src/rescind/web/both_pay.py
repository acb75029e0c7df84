"""Money of the bank and of the company beside each other: it is owed once only."""

from collections.abc import Iterator

from rescind.adapters.data.cldr import money_on_page
from rescind.app.follow.asked_money import came_since
from rescind.app.follow.case_money import money_of
from rescind.app.follow.headline import Headline
from rescind.app.follow.owed import promises
from rescind.core.follow.state import OVER
from rescind.core.follow.third_party import OpenWord, said_by
from rescind.core.model.sentence import Sentence
from rescind.core.model.third_party_details import BANK, ThirdWord
from rescind.labels import label, say
from rescind.web.card_values import CardRow
from rescind.web.case_story import CaseDays

_GIVES = frozenset({ThirdWord.CREDITS, ThirdWord.PAYS})
_DECIDES = _GIVES | {ThirdWord.REFUSES}


def both_pay(head: Headline, days: CaseDays) -> Iterator[CardRow]:
    """Yield what the other one of the two gives, and that the bank has to be told.

    The card is about the bank's word while that is the newest, else about the
    company's. Nothing where only one of them gives, or promises, money.
    """
    said = [w for w in said_by(head.case.events, BANK, since=0) if w.says in _DECIDES]
    promise = promises(head.case, head.replies)
    has_come = bool(came_since(head.case))
    is_over = head.standing.state in OVER
    if not said or is_over or (promise is None and not has_come):
        return
    if head.word is not None and promise is not None and not has_come:
        money = money_on_page(promise.sum) if promise.sum else say(_MONEY)
        values = {"company": head.case.service_name, "money": money}
        text = Sentence.of("case_row", "company_promises", **values)
        yield CardRow(what=label("company", "card_row"), value=say(text))
    if said[-1].says not in _GIVES:
        return
    if head.word is None:
        yield CardRow(what=label("bank", "card_row"), value=_given(said[-1], days))
    both = Sentence.of("case_row", "both_paid" if has_come else "both_pay")
    yield CardRow(what=label("once", "card_row"), value=say(both))


_MONEY = Sentence.of("case_row", "claimed")


def _given(word: OpenWord, days: CaseDays) -> str:
    """Return what the bank gave back, and until when that may change."""
    money = money_of(word.amount) if word.amount else say(_MONEY)
    if word.says is ThirdWord.PAYS:
        return say(Sentence.of("case_row", "bank_gave", money=money))
    if word.until is None:
        return say(Sentence.of("case_row", "bank_gave_for_now", money=money))
    until = days.day(word.until, by_name=False)
    return say(Sentence.of("case_row", "bank_gave_until", money=money, until=until))
