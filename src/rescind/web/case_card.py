"""The card of a case: where it stands, the next day, one button, and its story."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.public.steps import StepJson
from rescind.app.follow.answers import Reply
from rescind.app.follow.asked_money import is_ended_by_refund
from rescind.app.follow.at_bank import if_bank_refuses
from rescind.app.follow.at_store import done_there
from rescind.app.follow.by_phone import end_by_phone
from rescind.app.follow.case_money import money_of
from rescind.app.follow.confirmed_first import DENIED
from rescind.app.follow.contesting import end_by_withdrawal, withdrawal_end
from rescind.app.follow.dues import asked_code
from rescind.app.follow.fees import EARLY_FEE, cost_of_later, price_of
from rescind.app.follow.headline import UNREAD, Headline
from rescind.app.follow.open_claim import open_claim
from rescind.app.follow.others import named_by
from rescind.app.follow.queries import bought
from rescind.app.follow.titles import (
    ASKED,
    CLOSED_OPEN,
    MONEY_LATE,
    MONEY_TO_COME,
    REFUSED_THERE,
    UNNAMED,
    next_there,
)
from rescind.app.follow.wrong_charges import charges_for, in_all
from rescind.core.follow.at_store import MONEY_BACK, left_there
from rescind.core.follow.due import kept_unbound
from rescind.core.follow.escalation import is_reminded
from rescind.core.follow.letters_out import Do, claimed_by
from rescind.core.follow.recorded_end import is_by_money_alone, is_money_settled
from rescind.core.follow.state import OVER
from rescind.core.follow.third_party import OpenWord, last_said
from rescind.core.model.case import Case
from rescind.core.model.sentence import Sentence
from rescind.core.model.third_party_details import BANK, ThirdWord
from rescind.labels import say
from rescind.web.answer_rows import of_answer
from rescind.web.both_pay import both_pay
from rescind.web.came_and_bank import came_and_bank
from rescind.web.card_left import left_at_closing
from rescind.web.card_values import LATE, SOON, CardRow
from rescind.web.case_buttons import CaseButtons
from rescind.web.case_state import CaseCard, is_practice
from rescind.web.case_story import CaseDays, head_in_words, story
from rescind.web.company_too import and_the_company
from rescind.web.dispute_days import (
    WITHOUT_BANK,
    bank_row,
    day_for_bank,
    days_left,
    is_dispute_over,
    last_days,
    next_last_day,
    row_for_bank,
)
from rescind.web.last_day_row import last_day_row
from rescind.web.other_day_buttons import ONLY_WAIT, OTHER_DAYS
from rescind.web.paypal_row import at_paypal
from rescind.web.steps_left import first_the_steps, steps_left
from rescind.web.third_party_card import LATE_WORDS, ThirdPartyCard
from rescind.web.unpaid_row import or_paid, unpaid_row

_WITH_THEIR_END = frozenset(
    {"answered_confirmed", "answered_end_part", "answered_fee", "answered_no_money"}
)
"""Where the end is shown as they named it."""
_LATER = frozenset(
    {"answered_later", "answered_later_if"}
    | {"answered_likely_later", "answered_likely_later_if"}
)
"""Where they name a later end than ours, which may cost more."""
_MONEY_ALONE = frozenset({"answered_part", "answered_refund", "closed_open"})
"""Where nobody has said that it ends: to pay money back says nothing of that."""
_LOOKED_FOR = ("steps_sent", "steps_asked", "complained")
"""How codes begin of what is looked for by the day on which an answer is due."""
_BANK_IS_LEFT = frozenset(
    {"confirmed_money_refused_again", "confirmed_money_unpaid", "steps_unpaid"}
    | {"confirmed_complained", "confirmed_complained_late", "complained"}
    | {"complained_late", "answered_store_refused_again"}
)
"""Where the bank can be told, by a day that passes while others are asked."""


def case_card(
    case: Case,
    replies: Sequence[Reply],
    steps: Sequence[StepJson],
    left: Sequence[str],
) -> CaseCard:
    """Return the card; ``left`` are the letters of the plan still to be written."""
    return _CaseCardWriter(case, replies, steps, left).card()


class _CaseCardWriter:
    def __init__(
        self,
        case: Case,
        replies: Sequence[Reply],
        steps: Sequence[StepJson],
        left: Sequence[str],
    ) -> None:
        self._case, self._replies, self._steps, self._left = case, replies, steps, left
        self._days = CaseDays(case)
        self._head = Headline(case, replies)
        self._today, self._state = self._days.today, self._head.standing.state
        self._part, self._end = self._head.left_open.part, self._head.end
        self._bank, self._money_by = self._head.bank, self._head.money_by

    def card(self) -> CaseCard:
        """Return the card."""
        code = self._head.code
        ways = CaseButtons(
            self._case, self._replies, self._steps, self._left, self._head
        )
        word, theirs = self._head.word, None
        if word is not None:
            theirs = ThirdPartyCard(
                case=self._case,
                head=self._head,
                days=self._days,
                word=word,
                last_day=next_last_day(self._steps, self._today),
            )
        found = first_the_steps(self._case, code, (theirs or ways).buttons())
        buttons = or_paid(
            self._head, tuple(and_the_company(self._head, self._days, found))
        )
        told = story(self._case, self._steps, self._replies)
        return CaseCard(
            about=self._about(),
            title=self._say("case_title", self._head.title),
            rows=self._with_last_day(
                (*theirs.rows(), *unpaid_row(self._head, self._days), *self._ends(code))
                if theirs
                else self._rows(code)
            ),
            tone="late" if self._is_wrong(code) else "",
            button=next(iter(buttons), None),
            second=next(iter(buttons[1:]), None),
            third=next(iter(buttons[2:]), None),
            ahead=tuple(each for each in told if each.is_ahead),
            story=tuple(each for each in told if not each.is_ahead),
            is_practice=is_practice(self._case),
            unread=self._unread(code),
        )

    def _with_last_day(self, rows: Iterable[CardRow]) -> tuple[CardRow, ...]:
        """Return the rows, with the first last day after what is next."""
        first, *others = rows
        last = last_day_row(self._case, (first, *others), self._days)
        return (first, *last, *others)

    def _unread(self, code: str) -> str:
        """Return the digest of the answer that is asked about on the page itself."""
        if code == UNREAD:
            return self._replies[-1].message
        is_asked = code == "confirmed_unread" and self._head.unread is not None
        return self._head.unread.message if is_asked and self._head.unread else ""

    def _about(self) -> str:
        case = self._case
        price = price_of(case)
        cost = f", {money_on_page(price)}" if price else ""
        return f"{bought(case)}{cost}"

    def _is_wrong(self, code: str) -> bool:
        return code in (
            *("answered", "answered_refused"),
            "answered_part",
            "answered_end_part",
            *_LATER,
            "answered_earlier",
            "answered_likely_earlier",
            "answered_fee",
            "answered_no_money",
            "answered_money_refused",
            "confirmed_part",
            "confirmed_came",
            ASKED,
            "charged",
            "failed",
            "overdue",
            "bank_late",
            *("answered_offer", DENIED),
            *REFUSED_THERE,
            *("answered_likely_refused", "confirmed_likely_refused"),
            "complained_late",
            *MONEY_LATE,
            *(each for each in OTHER_DAYS if each not in ONLY_WAIT),
            *LATE_WORDS,
        )

    def _say(self, table: str, code: str) -> str:
        return head_in_words(self._head, self._days, table, code)

    def _rows(self, code: str) -> Iterator[CardRow]:
        by = self._head.standing.confirm_by
        told = {
            "sent": "wait",
            "delivered": "wait",
            "overdue": "late",
            "sending": "doubtful",
            "confirmed": "keep",
        }.get(code, code)
        if told in ("wait", "late") and by is not None:
            yield self._awaited(told, by)
        elif told not in ("wait", "late", "bank", "bank_late"):
            told = self._told(code, told)
            left_of = {}
            waits = by if code.startswith(_LOOKED_FOR) else None
            day = self._money_by if code in MONEY_TO_COME else waits
            if day is not None and day >= self._today:
                left_of = self._left_of((day - self._today).days, told)
            yield CardRow(what="Next", value=self._say("case_row", told), **left_of)
        yield from steps_left(self._case, code, self._days)
        yield from self._by_phone()
        yield from self._dispute_by(code)
        yield from self._bank_by(code)
        yield from self._bank_awaited(code)
        yield from came_and_bank(self._head)
        yield from both_pay(self._head, self._days)
        yield from self._claimed(told)
        yield from left_at_closing(self._head) if code in CLOSED_OPEN else ()
        if code in _LATER or code in OTHER_DAYS or code == EARLY_FEE:
            yield from self._costs(code)
        if self._part is not None and code in ("answered_later", "answered_later_if"):
            yield CardRow(what="They pay", value=self._say("case_row", "paid"))
        yield from of_answer(self._head, self._days, code)
        yield from unpaid_row(self._head, self._days)
        yield from self._ends(code)

    def _told(self, code: str, told: str) -> str:
        """Return the code of what is next, by all that a case's code does not tell."""
        told = "ask_there" if self._is_refused_after_all(code) else told
        told = asked_code(told, self._case, self._replies)
        told = next_there(told, self._case.events)
        is_ahead = self._end is not None and self._end >= self._today
        told = "keep_ahead" if told == "keep" and is_ahead else told
        told = "steps_sent_money" if self._is_money_awaited(code) else told
        is_over = is_dispute_over(self._steps, self._today)
        return WITHOUT_BANK.get(told, told) if is_over else told

    def _awaited(self, told: str, by: date) -> CardRow:
        """Return by when an answer is due, and what follows where none comes."""
        is_last = told == "wait" and is_reminded(self._case.events)
        day = self._day(by, by_name=told == "wait")
        row = Sentence.of("case_row", "wait_reminded" if is_last else told, day=day)
        left_of = self._left_of((by - self._today).days, told)
        return CardRow(what="Next", value=say(row), **left_of)

    def _by_phone(self) -> Iterator[CardRow]:
        """Yield another end that was named in a call, and not in writing."""
        day = end_by_phone(self._case)
        if day is not None and day != self._end:
            text = Sentence.of("case_row", "by_phone", day=self._day(day))
            yield CardRow(what="They say", value=say(text))

    def _dispute_by(self, code: str) -> Iterator[CardRow]:
        """Yield the last day to dispute a charge that came after the end."""
        wrong = charges_for(self._case, Do.DISPUTE) if code == "charged" else []
        total = in_all(wrong)
        if len(wrong) > 1 and total is not None:
            money, count = money_on_page(total), len(wrong)
            text = Sentence.of("case_row", "charges_in_all", count=count, money=money)
            yield CardRow(what="Taken", value=say(text))
        lasts = last_days(self._steps) if code == "charged" else []
        if lasts:
            last = next((day for day in lasts if day >= self._today), lasts[-1])
            left_of = self._left_of((last - self._today).days, "wait")
            yield CardRow(what="By", value=self._day(last), **left_of)
        word = last_said(self._case.events, BANK) if code == "charged" else None
        if word is not None and word.says is ThirdWord.REFUSES:
            yield CardRow(what="Bank", value=". ".join(self._refused_before(word)))

    def _refused_before(self, word: OpenWord) -> Iterator[str]:
        """Yield that the bank refused another dispute, and when it takes money back."""
        yield say(Sentence.of("case_row", "refused_before"))
        if word.until is not None:
            code = "took_back" if word.until < self._today else "taken_back"
            on = self._day(word.until, by_name=False)
            values = {**named_by(word), "until": on}
            yield say(Sentence.of("case_row", code, **values))

    def _claimed(self, told: str) -> Iterator[CardRow]:
        """Yield the money that a letter claims, while nothing is promised of it."""
        claim = open_claim(self._case, self._replies)
        if told in ("wait", "late"):
            claim = claimed_by(self._case.events)
        if claim is None or claim.pay_by is None:
            return
        day = self._day(claim.pay_by, by_name=False)
        money = money_of(claim.amount or "") or say(Sentence.of("case_row", "claimed"))
        is_past = claim.pay_by < self._today
        code = "money_asked_back_past" if is_past else "money_asked_back"
        text = Sentence.of("case_row", code, money=money, day=day)
        yield CardRow(what="Money", value=say(text))

    def _costs(self, code: str) -> Iterator[CardRow]:
        """Yield what their later day costs, where charges are known to come for it."""
        days = [self._end, self._head.told_day]
        first, last = reversed(days) if code == EARLY_FEE else days
        money = cost_of_later(self._case, first, last)
        if money is not None and money.amount:
            says = "until_end_costs" if code == EARLY_FEE else "later_costs"
            text = Sentence.of("case_row", says, money=money_on_page(money))
            yield CardRow(what="Costs", value=say(text))

    def _ends(self, code: str) -> Iterator[CardRow]:
        """Yield when it ends, while nothing has settled that."""
        is_open = self._head.store_owes is not None and not code.startswith("closed")
        is_unsaid = is_by_money_alone(self._case.events) or code in _MONEY_ALONE
        is_settled = code.startswith("confirmed") and not (is_open or is_unsaid)
        # what is still to be done there has ended nothing
        if self._end is None or is_settled or left_there(self._case.events):
            return
        if code.startswith("closed") and not is_unsaid:
            what = "Ends" if self._end >= self._today else "Ended"
            yield CardRow(what=what, value=self._day(self._end))
            return
        theirs = self._head.told_day if code in _WITH_THEIR_END else None
        day = self._day(theirs or self._end)
        is_asked = code == "answered_no_day" or code in OTHER_DAYS or is_unsaid
        what = "Should end" if is_asked else "Ends"
        other = self._head.other_day
        is_told = other is not None and other.was_confirmed
        unbound = None if is_told else kept_unbound(self._case.verdict)
        if theirs is None and unbound is not None:
            day = say(Sentence.of("card_row", "unbound", day=day, unbound=unbound))
        if theirs is None and is_ended_by_refund(self._case):
            day = self._days.day(self._end, weekday=False)
            day = say(Sentence.of("case_row", "ends_refunded", day=day))
        elif theirs is None:
            day = self._or_withdrawn(day)
        yield CardRow(what=what, value=day)

    def _or_withdrawn(self, day: str) -> str:
        """Return the end with a withdrawal's beside it: at once, where that holds."""
        fallback, sent_on = self._case.ends_on, withdrawal_end(self._case)
        other = self._days.day(fallback, weekday=False) if fallback else ""
        code = end_by_withdrawal(self._case, other)
        if code is None or sent_on is None:
            return day
        on = self._days.day(sent_on, weekday=False)
        return say(Sentence.of("card_row", code, day=on, fallback=other))

    def _is_refused_after_all(self, code: str) -> bool:
        """Return whether a store refuses money once the end was recorded."""
        return code == "confirmed_money_refused" and self._head.store_owes is not None

    def _is_money_awaited(self, code: str) -> bool:
        """Return whether a store has still to say what becomes of the money."""
        return code == "steps_sent_soon" and bool(MONEY_BACK & done_there(self._case))

    def _bank_by(self, code: str) -> Iterator[CardRow]:
        """Yield the last day for the letter to the bank that the plan still has."""
        if code not in ("confirmed", ASKED, UNNAMED):
            yield from at_paypal(self._case, self._state, self._days)
        right = next_last_day(self._steps, self._today)
        if code in _BANK_IS_LEFT and right is not None:
            yield bank_row(right, self._days)
        if Do.DISPUTE not in self._left or code in ("charged", *_BANK_IS_LEFT):
            return
        if is_money_settled(self._case.events):
            return
        last = day_for_bank(self._case, self._steps, self._today)
        if last is not None:
            yield row_for_bank(last, self._days, what="Tell your bank by")

    def _bank_awaited(self, code: str) -> Iterator[CardRow]:
        """Yield by when to ask the bank what became of the letter to it."""
        if self._bank is None or self._state in OVER:
            return
        by, is_late = self._bank.confirm_by, self._head.is_bank_late
        stops = "bank_stop" if self._bank.kind == "stop-payment" else "bank"
        text = Sentence.of(
            "case_row",
            "bank_late" if is_late else stops,
            day=self._day(by, by_name=False),
        )
        left_of = {} if is_late else self._left_of((by - self._today).days, "wait")
        what = "Next" if code.startswith("bank") else "Bank"
        yield CardRow(what=what, value=say(text), **left_of)
        if (refuses := if_bank_refuses(self._case)) is not None:
            yield CardRow(what="If it refuses", value=say(refuses))

    def _left_of(self, left: int, told: str) -> dict[str, str]:
        if told == "late":
            return {}
        urgency = "late" if left <= LATE else "soon" if left <= SOON else ""
        return {"left": days_left(left), "urgency": urgency}

    def _day(self, day: date, *, by_name: bool = True) -> str:
        return self._days.day(day, by_name=by_name)
