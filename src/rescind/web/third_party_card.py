"""The card of a case in which a bank or a body wrote last: its rows and its buttons."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.public.steps import LastDayJson
from rescind.app.follow.asked_money import came_since
from rescind.app.follow.at_bank import after_refusal
from rescind.app.follow.at_store import shows_end_there
from rescind.app.follow.case_money import money_of
from rescind.app.follow.claims import sum_waited_for
from rescind.app.follow.headline import Headline
from rescind.app.follow.others import TAKEN_BACK
from rescind.app.follow.owed import promises
from rescind.app.follow.sent_on import sum_refused
from rescind.app.follow.steps import body_of
from rescind.core.follow.closing import is_end_unsaid
from rescind.core.follow.letters_out import Do, claimed_by
from rescind.core.follow.third_party import OpenWord
from rescind.core.model.case import Case
from rescind.core.model.sentence import Sentence
from rescind.core.model.third_party_details import BANK, BODY, ThirdWord
from rescind.labels import label, say
from rescind.web.both_pay import both_pay
from rescind.web.card_values import CardRow
from rescind.web.case_state import CaseButton
from rescind.web.case_story import CaseDays, head_in_words
from rescind.web.dispute_days import bank_row
from rescind.web.money_buttons import STOP, bank_paid
from rescind.web.third_party_left import (
    OVER,
    bank_left,
    company_left,
    kinds_sent,
    left_in_words,
)

LATE_WORDS = (
    *("third_closes", "third_declined", "third_refuses", "third_came"),
    *("third_accepted_late", "third_credits_late", "third_sent_late"),
)
"""Where something is wrong, or late."""
_BY_DAY = frozenset({ThirdWord.PROPOSES, ThirdWord.ASKS})


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyCard:
    """What the card shows of a word of theirs."""

    case: Case
    head: Headline
    days: CaseDays
    word: OpenWord
    last_day: LastDayJson | None
    """The right on file by which the bank can still be told of the payment."""

    def rows(self) -> Iterator[CardRow]:
        """Yield what is next, with its day, and where else one can turn."""
        code = self.head.code
        if code == TAKEN_BACK:
            yield CardRow(what="Next", value=self._say(code))
        elif self.word.says is ThirdWord.REFUSES:
            yield CardRow(what="Next", value=say(after_refusal(self.case)))
            if self.word.until is not None:
                is_past = self.word.until < self.days.today
                told = "took_back" if is_past else "taken_back"
                yield CardRow(what="But", value=self._say(told))
        elif self.word.says in OVER:
            left = left_in_words(self.head, self.days, self.last_day)
            yield CardRow(what="Next", value=left)
            other = body_of(self.case, self.word.who)
            if other is not None:
                where = other.contact[0] if other.contact else ""
                names = {"name": other.name, "where": where}
                text = Sentence.of("case_row", "third_elsewhere", **names)
                yield CardRow(what="Another body", value=say(text))
        else:
            is_dated = self.word.says in _BY_DAY and self.word.until is not None
            told = f"{code}_by" if is_dated else code
            yield CardRow(what="Next", value=self._say(told), left=self._left())
            if self.word.says is ThirdWord.PROPOSES:
                yield from self._beside_proposal()
        yield from both_pay(self.head, self.days)

    def _beside_proposal(self) -> Iterator[CardRow]:
        """Yield what is open in all, and the bank's day: it passes while one waits."""
        replies = self.head.replies
        money = sum_waited_for(self.case, replies) or sum_refused(self.case)
        if money is not None:
            what = label("still_open", "card_row")
            yield CardRow(what=what, value=money_on_page(money))
        if self._bank is not None:
            yield bank_row(self._bank, self.days)

    def buttons(self) -> Iterator[CaseButton]:
        """Yield what can be done, or said, about it."""
        match self.word.says:
            case ThirdWord.CLOSES | ThirdWord.DECLINED:
                yield from self._left_to_do()
            case ThirdWord.PROPOSES:
                yield self._answer("accepted", BODY, ThirdWord.ACCEPTED)
                yield self._answer("declined", BODY, ThirdWord.DECLINED)
                yield self._wrote()
            case ThirdWord.ACCEPTED | ThirdWord.CAME:
                came = self._answer("proposed_came", BODY, ThirdWord.CAME)
                yield replace(came, sum=money_of(self.word.amount or ""))
                yield self._wrote()
            case ThirdWord.PAYS:
                if self._is_end_open:
                    yield self._confirmation()
                yield self._close("done", "bank_paid")
                yield self._wrote()
            case ThirdWord.REFUSES:
                yield from self._refused()
            case ThirdWord.ASKS:
                yield self._answer("sent_it", BANK, ThirdWord.SENT)
                yield self._wrote()
            case _:
                yield self._wrote()
                yield bank_paid()

    def _confirmation(self) -> CaseButton:
        """Return what shows the end: their letter, or the account that bills."""
        if shows_end_there(self.case):
            return CaseButton(says=label("proof", "case_button"), page="confirmation")
        return self._letter("ask_confirmation", STOP)

    def _refused(self) -> Iterator[CaseButton]:
        """Yield what is done where a bank refuses, or took its own back."""
        if self.head.code == TAKEN_BACK and came_since(self.case):
            yield self._close("done", "company_paid")
            yield self._wrote()
            return
        if self.head.money is not None and promises(self.case, self.head.replies):
            # it may be that the company pays
            yield self._came()
        if Do.COMPLAINT not in kinds_sent(self.case):
            yield self._letter("complain_of", Do.COMPLAINT)
            yield self._wrote()
        else:
            yield from self._left_to_do()

    def _came(self) -> CaseButton:
        fields = (("money", "came"),)
        says = label("money_came", "case_button")
        return CaseButton(says=says, page="confirm", fields=fields, posts=True)

    def _left_to_do(self) -> Iterator[CaseButton]:
        if self._bank is not None:
            yield self._letter("tell_bank", Do.DISPUTE)
        if company := company_left(self.case):
            yield self._letter("to_company", company)
        elif self.case.has_letter:
            is_money = claimed_by(self.case.events) is not None
            kind = Do.REFUND if is_money else Do.SECOND_NOTICE
            yield self._letter("ask_once_more", kind)
        yield self._close("leave_it", "left_it")

    @property
    def _is_end_open(self) -> bool:
        """Whether a company that was written to has not said that it ends."""
        return self.case.has_letter and is_end_unsaid(self.case.events)

    @property
    def _bank(self) -> LastDayJson | None:
        return bank_left(self.case, self.last_day)

    def _left(self) -> str:
        until = self.word.until
        left = (until - self.days.today).days if until is not None else -1
        if left < 0:
            return ""
        return {0: "today", 1: "1 day left"}.get(left, f"{left} days left")

    def _say(self, code: str) -> str:
        return head_in_words(self.head, self.days, "case_row", code)

    def _letter(self, code: str, kind: str) -> CaseButton:
        says = head_in_words(self.head, self.days, "case_button", code)
        return CaseButton(says=says, page="letters", fields=(("letter", kind),))

    def _answer(self, code: str, by: str, says: ThirdWord) -> CaseButton:
        return CaseButton(
            says=label(code, "case_button"),
            page="third-party",
            fields=(("by", by), ("says", says.value)),
            posts=True,
        )

    def _close(self, code: str, note: str) -> CaseButton:
        return CaseButton(
            says=label(code, "case_button"),
            page="close",
            fields=(("note", label(note, "case_note")),),
            posts=True,
        )

    def _wrote(self) -> CaseButton:
        return CaseButton(says=label("wait", "case_button"), page="reply")
