"""What an answer promises, wants or leaves open, as lines of a case's card."""

from collections.abc import Iterator
from dataclasses import replace

from rescind.adapters.data.cldr import money_on_page
from rescind.app.follow.confirmed_first import confirmed_first
from rescind.app.follow.confirming import look_on_day
from rescind.app.follow.differences import demanded, left_before, open_fee
from rescind.app.follow.fees import day_without_charge
from rescind.app.follow.headline import Headline
from rescind.app.follow.owed import if_so, promises
from rescind.app.follow.their_way import link_asked, own_way
from rescind.app.follow.titles import UNNAMED
from rescind.app.follow.wanted import says_no_notice
from rescind.core.follow.shortfall import ENDS
from rescind.core.model.message import Label
from rescind.core.model.sentence import Sentence
from rescind.labels import label, say
from rescind.web.card_values import CardRow
from rescind.web.case_story import CaseDays, head_in_words

MOST_DEMANDS = 2
"""Of what an answer wants and may not, on the card; all of it is folded below."""


def of_answer(head: Headline, days: CaseDays, code: str) -> Iterator[CardRow]:
    """Yield what an answer promises beside an end, and what it wants and may not."""
    case, replies, fee = head.case, head.replies, open_fee(head.case, head.replies)
    if code.startswith("answered"):
        yield from _their_way(head)
        yield from _promised(head, days)
        yield from _same_time(head, days)
        yield from _confirmed_first(head, days)
        for each in list(demanded(case, replies))[:MOST_DEMANDS]:
            yield _but(each["text"], is_folded=each["code"].startswith(_LONG))
    elif head.is_goodwill:
        yield _but(head_in_words(head, days, "case_row", "goodwill"))
    elif code.startswith("confirmed") and fee is not None:
        yield _but(fee["text"])
    if code.startswith("answered") or code == UNNAMED:
        for each in left_before(case, replies):
            is_folded = each["code"].startswith(_LONG)
            but = _but(each["text"], is_folded=is_folded)
            yield replace(but, what=label("still_open", "card_row"))


_LONG = "not_received_again"
"""How the codes begin of what would fill a small screen: its first sentence says what
is to be done."""


def _but(text: str, *, is_folded: bool = False) -> CardRow:
    first, _, rest = text.partition(". ") if is_folded else (text, "", "")
    return CardRow(what="But", value=f"{first}." if rest else first, more=rest)


def _promised(head: Headline, days: CaseDays) -> Iterator[CardRow]:
    """Yield the money that an end promises, before the person takes either."""
    newest = head.replies[-1] if head.replies else None
    if newest is None or newest.is_unverified or newest.reading.label not in ENDS:
        return
    money = promises(head.case, head.replies)
    if money is None or head.left_open.part is not None:
        return
    day = days.day(look_on_day(head.case, head.replies))
    code = "promised" if money.sum is not None else "promised_open"
    values = {"money": money_on_page(money.sum) if money.sum else "", "day": day}
    text = say(Sentence.of("case_row", code, **values))
    yield CardRow(what=label("promised", "card_row"), value=text)


def _confirmed_first(head: Headline, days: CaseDays) -> Iterator[CardRow]:
    """Yield the end that they confirmed before they wrote otherwise."""
    first = confirmed_first(head.case, if_so(head.replies))
    if first is not None:
        told = {
            "said": days.day(first.said_on, by_name=False),
            "day": days.day(first.ends_on),
        }
        yield _but(say(Sentence.of("case_row", "confirmed_first", **told)))


def _their_way(head: Headline) -> Iterator[CardRow]:
    """Yield the link that they want used, as text, or where it can be done at once."""
    newest = head.replies[-1] if head.replies else None
    if newest is None:
        return
    asked = link_asked(newest)
    if asked is not None and asked.link:
        yield CardRow(what=label("their_link", "card_row"), value=asked.link)
    sends = says_no_notice(newest.reading) or newest.reading.label is Label.REDIRECTED
    said = own_way(newest) if sends and asked is None else ""
    if said:
        text = say(Sentence.of("case_row", "do_there", said=said))
        yield CardRow(what=label("do_there", "card_row"), value=text)


def _same_time(head: Headline, days: CaseDays) -> Iterator[CardRow]:
    """Yield that nothing may be charged on the day by which they name our end."""
    day = day_without_charge(head.case, head.replies)
    if day is not None:
        text = Sentence.of("case_row", "no_charge_on", day=days.day(day))
        yield _but(say(text))
