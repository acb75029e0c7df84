"""The card of a case: where it stands, the next day, one button, and its story."""

from collections.abc import Iterator, Sequence
from datetime import date

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.public.steps import StepJson
from rescind.app.follow.answers import Reply
from rescind.app.follow.at_store import MONEY_BACK, done_there
from rescind.app.follow.days import day_in
from rescind.app.follow.headline import MONEY_LATE, OUT, Headline
from rescind.app.follow.owed import asked_back, demanded, price_of, promised
from rescind.app.follow.queries import bought
from rescind.core.follow.due import DueKind, days_of, ends_if_unbound
from rescind.core.follow.escalation import DAY, Do
from rescind.core.follow.letters import letters_of
from rescind.core.follow.state import OVER
from rescind.core.follow.transitions import possible
from rescind.core.model.case import Case, CaseState, EventKind, practice_of
from rescind.core.model.event_details import DispatchOrderedDetails
from rescind.core.model.message import Label
from rescind.core.model.sentence import Sentence
from rescind.labels import label, say
from rescind.web.answer_card import LATE, SOON, CardRow
from rescind.web.case_state import CaseButton, CaseCard
from rescind.web.case_story import CaseDays, head_in_words, story

MOST_DEMANDS = 2
"""Of what an answer wants and may not, on the card; all of it is folded below."""
_UNSURE = frozenset({CaseState.SENDING, CaseState.DOUBTFUL})


def case_card(
    case: Case,
    replies: Sequence[Reply],
    steps: Sequence[StepJson],
    left: Sequence[str],
) -> CaseCard:
    """Return the card; ``left`` are the letters of the plan still to be written."""
    return _CaseCardWriter(case, replies, steps, left).card()


def is_practice(case: Case) -> bool:
    """Return whether a case is a copy that somebody practised with."""
    if practice_of(case.events):
        return True
    ways = (event.read(DispatchOrderedDetails) for event in case.events)
    return any(details is not None and details.way == "practice" for details in ways)


_STOP = "stop-charging"
"""The letter by which a company is told to charge no more."""


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
        buttons, told = tuple(self._buttons(code)), story(self._case, self._steps)
        return CaseCard(
            about=self._about(),
            title=self._say("case_title", self._head.title),
            rows=tuple(self._rows(code)),
            tone="late" if self._is_wrong(code) else "",
            button=next(iter(buttons), None),
            second=buttons[1] if len(buttons) > 1 else None,
            ahead=tuple(each for each in told if each.is_ahead),
            story=tuple(each for each in told if not each.is_ahead),
            is_practice=is_practice(self._case),
        )

    def _about(self) -> str:
        case = self._case
        price = price_of(case)
        cost = f", {money_on_page(price)}" if price else ""
        return f"{bought(case)}{cost}"

    def _is_wrong(self, code: str) -> bool:
        return code in (
            "answered",
            "answered_part",
            "answered_end_part",
            "answered_later",
            "confirmed_part",
            "charged",
            "failed",
            "overdue",
            "bank_late",
            "answered_offer",
            *MONEY_LATE,
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
            left = (by - self._today).days
            days = {
                "day": self._day(by, by_name=told == "wait"),
                "next": self._day(by + DAY, by_name=False),
            }
            text = say(Sentence.of("case_row", told, **days))
            yield CardRow(what="Next", value=text, **self._left_of(left, told))
        elif told not in ("wait", "late", "bank", "bank_late"):
            told = "steps_sent_money" if self._is_money_awaited(code) else told
            left_of = {}
            waits = by if code.startswith("steps_sent") else None
            is_money = code in ("confirmed_money", "confirmed_money_asked")
            day = self._money_by if is_money else waits
            if day is not None and day >= self._today:
                left_of = self._left_of((day - self._today).days, told)
            yield CardRow(what="Next", value=self._say("case_row", told), **left_of)
        dispute = next((s for s in self._steps if s["by"]), None)
        if code == "charged" and dispute is not None and dispute["by"]:
            last = date.fromisoformat(dispute["by"][:10])
            left_of = self._left_of((last - self._today).days, "wait")
            yield CardRow(what="By", value=self._day(last), **left_of)
        yield from self._bank_by(code)
        yield from self._bank_awaited(code)
        if self._part is not None and code == "answered_later":
            yield CardRow(what="They pay", value=self._say("case_row", "paid"))
        if code.startswith("answered"):
            demands = list(demanded(self._case, self._replies))[:MOST_DEMANDS]
            yield from (CardRow(what="But", value=each["text"]) for each in demands)
        yield from self._ends(code)

    def _ends(self, code: str) -> Iterator[CardRow]:
        """Yield when it ends, while nothing has settled that."""
        if self._end is None or code.startswith(("confirmed", "closed")):
            return
        is_theirs = code in ("answered_confirmed", "answered_end_part")
        theirs = self._head.told_day if is_theirs else None
        day = self._day(theirs or self._end)
        what = "Should end" if code == "answered_no_day" else "Ends"
        if theirs is None and ends_if_unbound(self._case.verdict):
            day = say(Sentence.of("card_row", "unbound", day=day))
        if theirs is None and self._is_ended_by_refund():
            day = self._days.day(self._end, weekday=False)
            day = say(Sentence.of("case_row", "ends_refunded", day=day))
        yield CardRow(what=what, value=day)

    def _is_ended_by_refund(self) -> bool:
        """Return whether all money was asked back first: it ends once that is back."""
        acts = [act.get("do") for act in self._case.verdict.get("do", ())]
        is_asked = asked_back(self._case) is not None
        return is_asked and acts[:1] == ["refund"] and "cancel" in acts

    def _is_money_awaited(self, code: str) -> bool:
        """Return whether a store has still to say what becomes of the money."""
        return code == "steps_sent_soon" and bool(MONEY_BACK & done_there(self._case))

    def _bank_by(self, code: str) -> Iterator[CardRow]:
        """Yield the last day for the letter to the bank that the plan still has."""
        if Do.DISPUTE not in self._left or code == "charged":
            return
        days = [d for d in days_of(self._case.verdict) if d.what is DueKind.DISPUTE_BY]
        for each in days[:1]:
            last = each.moment.date()
            left_of = self._left_of((last - self._today).days, "wait")
            yield CardRow(what="Tell your bank by", value=self._day(last), **left_of)

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

    def _left_of(self, left: int, told: str) -> dict[str, str]:
        if told == "late":
            return {}
        urgency = "late" if left <= LATE else "soon" if left <= SOON else ""
        days = {0: "today", 1: "1 day left"}.get(left, f"{left} days left")
        return {"left": days, "urgency": urgency}

    def _buttons(self, code: str) -> Iterator[CaseButton]:
        simple = {
            "steps_draft": self._link("steps", "steps"),
            "steps_sent": self._link("proof", "confirmation"),
            "steps_sent_soon": self._link("proof", "confirmation"),
            "draft": self._link("draft", "letters"),
            "failed": self._letter("failed", self._newest_kind()),
            "ordered": self._form("recall", "recall"),
            "confirmed_part": self._asking("rest"),
        }
        several = {
            "steps_overdue": self._after_the_charge,
            "steps_overdue_soon": self._after_the_charge,
            "confirmed_money": self._after_the_promise,
            "confirmed_money_asked": self._after_the_promise,
            **dict.fromkeys(MONEY_LATE, self._without_the_money),
            "answered_refund": self._granted,
            "answered_likely": self._likely,
            "answered_no_day": self._without_day,
            "bank": self._after_the_bank,
            "bank_late": self._after_the_bank,
        }
        if code in simple:
            yield simple[code]
        elif code in several:
            yield from several[code]()
        elif self._state in _UNSURE:
            found = (("way", "found in the sent folder"),)
            yield self._form("was_sent", "said", found)
            yield self._form("not_sent", "unsent")
        elif self._state in OUT:
            yield from self._while_waiting()
        elif code == "answered_unverified":
            message = (("message", self._replies[-1].message),)
            yield self._form("theirs", "theirs", message)
        elif code == "answered_confirmed":
            yield from self._right("right")
        elif self._is_to_be_answered(code):
            yield from self._answering(code)

    def _is_to_be_answered(self, code: str) -> bool:
        """Return whether something may follow what they wrote or took."""
        is_money = code.endswith("_part") and not self._case.has_letter
        return is_money or EventKind.LETTER_WRITTEN in possible(self._case.events)

    def _answering(self, code: str) -> Iterator[CaseButton]:
        """Yield the letter that answers what they wrote or took."""
        if code == "charged":
            yield self._letter("dispute", "dispute")
        elif code == "answered_part":
            yield self._asking("rest")
        elif code == "answered_end_part":
            yield self._asking("rest")
            yield from self._right("end_right")
        elif code == "answered_later":
            yield self._letter("sooner", "reply")
            yield from self._right("their_day")
        elif code.startswith("answered"):
            says = "no_again" if code == "answered_offer" else "reply"
            yield self._letter(says, "reply")

    def _while_waiting(self) -> Iterator[CaseButton]:
        if self._left and not is_practice(self._case):
            yield self._link("left", "letters")
        elif self._state is CaseState.OVERDUE:
            yield self._letter("late", self._due_step())
        yield self._link("wait", "reply")

    def _after_the_charge(self) -> Iterator[CaseButton]:
        """Yield what the statement of the day shows: no charge, or one more."""
        day, note = self._end or self._head.standing.confirm_by, "no_charge"
        if day is not None:
            found = (("ends_on", day.isoformat()), ("note", label(note, "case_note")))
            yield self._form("no_charge", "confirm", found)
        yield self._link("charged_after_all", "charged")

    def _after_the_bank(self) -> Iterator[CaseButton]:
        """Yield what is still to be written, else that the money is back for good.

        Who still has to be told to charge no more is not done with the money.
        """
        if _STOP in self._left and not is_practice(self._case):
            yield self._link("left", "letters")
        elif self._bank is not None and self._bank.kind == Do.DISPUTE:
            note = (("note", label("bank_paid", "case_note")),)
            yield self._form("bank_paid", "close", note)
        yield self._link("wait", "reply")

    def _after_the_promise(self) -> Iterator[CaseButton]:
        """Yield that the money came, or what they wrote instead."""
        yield self._form("money_came", "confirm", (("money", "came"),))
        yield self._link("wait", "reply")

    def _without_the_money(self) -> Iterator[CaseButton]:
        """Yield what is done for money that does not come, or that it came after all.

        It is asked for again once; then it goes to the bank while a right on file lets
        it be disputed there, else to a body.
        """
        money = self._head.money
        if money is None or money.asked is None:
            yield self._asking("ask_money")
        elif self._may_dispute() and money.asked.kind != Do.COMPLAINT:
            yield self._letter("tell_bank", Do.DISPUTE)
        else:
            yield self._letter("complain", Do.COMPLAINT)
        yield self._form("money_came", "confirm", (("money", "came"),))

    def _may_dispute(self) -> bool:
        """Return whether a right on file lets the payment be disputed today."""
        steps = (step for step in self._steps if step["step"] == Do.DISPUTE)
        lasts = [right["by"][:10] for step in steps for right in step["rights"]]
        return any(last >= self._today.isoformat() for last in lasts)

    def _granted(self) -> Iterator[CaseButton]:
        """Yield the button that takes the money as promised: it is then waited for."""
        is_promised = promised(self._case, self._replies) is not None
        if is_promised and self._is_ended_by_refund():
            # all of it comes back: it is over, and not at the end of what was paid
            yield self._form("granted", "confirm", (("ends_on", self._answered_on()),))
        elif is_promised and self._end is not None:
            yield from self._right("granted")
        if self._case.has_letter:
            yield self._letter("reply", "reply")
        elif not is_promised or self._end is None:
            yield self._link("proof", "confirmation")

    def _answered_on(self) -> str:
        """Return the day that they named, else that on which they wrote."""
        answer = self._case.newest(EventKind.ANSWERED)
        wrote = day_in(self._case, answer.at) if answer is not None else self._today
        return (self._head.told_day or wrote).isoformat()

    def _asking(self, says: str) -> CaseButton:
        """Return what asks for money again: a letter, or the steps at the store."""
        if self._case.has_letter:
            return self._letter(says, "refund")
        return CaseButton(says=self._say("case_button", says), page="steps")

    def _right(self, says: str) -> Iterator[CaseButton]:
        """Yield the button that takes the end as they named it."""
        day = self._head.told_day or self._end
        if day is not None:
            yield self._form(says, "confirm", (("ends_on", day.isoformat()),))

    def _without_day(self) -> Iterator[CaseButton]:
        """Yield the page that asks for the day, and the letter that asks for it."""
        yield self._link("name_day", "their-day")
        if EventKind.LETTER_WRITTEN in possible(self._case.events):
            yield self._letter("no_day", "reply")

    def _likely(self) -> Iterator[CaseButton]:
        """Yield yes and no to what they seem to confirm.

        Yes to a day that is later than it should be only says what they wrote: it is
        then set beside the right one.
        """
        day, ours = self._head.told_day, self._end
        if day is not None and ours is not None and day > ours:
            fields = (("message", self._replies[-1].message), ("reads_as", CONFIRMED))
            yield self._form("likely", "reads", fields)
        else:
            yield from self._right("likely")
        if EventKind.LETTER_WRITTEN in possible(self._case.events):
            yield self._letter("unlikely", "reply")

    def _due_step(self) -> str:
        due = (s["step"] for s in self._steps if s["state"] in ("due", "later"))
        return next(due, "second-notice")

    def _newest_kind(self) -> str:
        kinds = [each.kind for each in letters_of(self._case.events, self._case.kind)]
        return kinds[-1] if kinds else self._case.kind

    def _link(self, code: str, page: str) -> CaseButton:
        return CaseButton(says=label(code, "case_button"), page=page)

    def _letter(self, code: str, kind: str) -> CaseButton:
        """Return the button that leads to a letter on the workbench."""
        says, fields = self._say("case_button", code), (("letter", kind),)
        return CaseButton(says=says, page="letters", fields=fields)

    def _form(
        self, code: str, page: str, fields: tuple[tuple[str, str], ...] = ()
    ) -> CaseButton:
        says = label(code, "case_button")
        return CaseButton(says=says, page=page, fields=fields, posts=True)

    def _day(self, day: date, *, by_name: bool = True) -> str:
        return self._days.day(day, by_name=by_name)


CONFIRMED = Label.CONFIRMED.value
