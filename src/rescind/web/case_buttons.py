"""The buttons of a case's page: the one thing to do now, and what else may be said."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.public.steps import StepJson
from rescind.app.follow.answers import Reply
from rescind.app.follow.asked_money import is_ended_by_refund
from rescind.app.follow.claims import sum_waited_for
from rescind.app.follow.contesting import has_letter_out, may_reply
from rescind.app.follow.days import day_in
from rescind.app.follow.ends import is_undated, names_day
from rescind.app.follow.fees import is_insisted
from rescind.app.follow.headline import OUT, Headline
from rescind.app.follow.owed import promises
from rescind.app.follow.sent_on import letter_to_company
from rescind.app.follow.titles import (
    ASKED,
    MONEY_LATE,
    MONEY_TO_COME,
    PAID,
    REFUSED_THERE,
    WITHOUT_AN_END,
)
from rescind.app.follow.wanted import end_beside, is_money_refused
from rescind.core.follow.at_store import sends_on
from rescind.core.follow.escalation import DAY
from rescind.core.follow.letters import letters_of
from rescind.core.follow.letters_out import Do
from rescind.core.follow.transitions import possible
from rescind.core.model.case import Case, CaseState, EventKind
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.message import Label
from rescind.labels import label
from rescind.web import button_codes
from rescind.web.case_state import CaseButton, is_practice, outcome_field
from rescind.web.case_story import CaseDays, head_in_words
from rescind.web.dispute_days import is_dispute_over, may_dispute
from rescind.web.money_buttons import (
    STOP,
    after_the_bank,
    after_the_charge,
    asked_to_pay,
    bank_or_body,
    claim_refused,
    likely_refused,
    without_an_end,
)
from rescind.web.other_day_buttons import OTHER_DAYS, other_day_buttons
from rescind.web.told_before_buttons import told_before_buttons

_UNSURE = frozenset({CaseState.SENDING, CaseState.DOUBTFUL})
CONFIRMED = Label.CONFIRMED.value


@dataclass(slots=True)
class CaseButtons:
    """Finds the buttons from where a case stands."""

    _case: Case
    _replies: Sequence[Reply]
    _steps: Sequence[StepJson]
    _left: Sequence[str]
    """The letters of the plan still to be written."""
    _head: Headline
    _days: CaseDays = field(init=False)
    _today: date = field(init=False)
    _state: CaseState = field(init=False)
    _end: date | None = field(init=False)

    def __post_init__(self) -> None:
        """Keep what every button looks at."""
        self._days = CaseDays(self._case)
        self._today, self._state = self._days.today, self._head.standing.state
        self._end = self._head.end

    def buttons(self) -> Iterator[CaseButton]:
        """Yield the buttons, the first thing to do first."""
        code = self._head.code
        simple = {
            **dict.fromkeys(button_codes.STEPS_LEFT, self._link("steps", "steps")),
            PAID: self._link("ask_back", "charged"),
            "steps_sent": self._link("proof", "confirmation"),
            "steps_sent_soon": self._link("proof", "confirmation"),
            "draft": self._link("draft", "letters"),
            "charged": self._asking("ask_back")
            if is_dispute_over(self._steps, self._today)
            else self._letter("dispute", Do.DISPUTE),
            "failed": self._letter("failed", self._newest_kind()),
            "ordered": self._form("recall", "recall"),
            # what it is, is asked on the page itself
            **dict.fromkeys(button_codes.READ_ONLY, self._link("wait", "reply")),
        }
        to_stop = STOP in self._left and not is_practice(self._case)
        by_bank = partial(after_the_bank, self._head, to_stop=to_stop)
        several: dict[str, Callable[[], Iterator[CaseButton]]] = {
            "steps_overdue": partial(after_the_charge, self._head),
            "steps_overdue_soon": partial(after_the_charge, self._head),
            **dict.fromkeys(button_codes.UNPAID, self._without_the_rest),
            **dict.fromkeys(MONEY_TO_COME, self._after_the_promise),
            **dict.fromkeys(MONEY_LATE, self._without_the_money),
            "confirmed_money_open": self._while_money_is_open,
            "confirmed_granted": self._granted_in_part,
            "confirmed_complained_late": self._after_the_complaint,
            "answered_likely_refused": partial(likely_refused, self._head),
            "confirmed_likely_refused": partial(likely_refused, self._head),
            "answered_renewal": self._renewal_stops,
            **dict.fromkeys(REFUSED_THERE, self._refused_there),
            "answered_refund": self._granted,
            "answered_money_refused": self._claim_refused,
            "answered_likely": self._likely,
            **dict.fromkeys(button_codes.LIKELY_OTHER, self._likely_other),
            "answered_likely_later_if": self._likely_if_bound,
            "answered_no_day": self._without_day,
            **dict.fromkeys(("bank", "bank_late"), by_bank),
            ASKED: self._asked_to_pay,
            **dict.fromkeys(WITHOUT_AN_END, self._without_an_end),
            "told_before": told_before_buttons,
            **dict.fromkeys(OTHER_DAYS, self._other_day),
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
        """Yield the letter that answers them; what they wrote, where none went out."""
        is_about_money = code in ("answered_part", "answered_end_part")
        if is_about_money and (has_letter_out(self._case) or not self._case.has_letter):
            yield self._asking("rest")
            is_end = code == "answered_end_part"
            yield from self._right("end_right") if is_end else (self._came(),)
        elif code.startswith("answered") and not has_letter_out(self._case):
            yield from self._recording()
        elif code in button_codes.BESIDE_AN_END:
            yield self._letter(button_codes.BESIDE_AN_END[code], "reply")
            yield from self._right("end_right")
        elif code in button_codes.BESIDE_A_DAY:
            yield self._letter(button_codes.BESIDE_A_DAY[code], "reply")
            yield from self._right(button_codes.TAKES.get(code, "their_day"))
        elif code.startswith("answered"):
            says = "no_again" if code == "answered_offer" else "reply"
            yield self._letter(says, "reply")
            yield from self._end_beside()

    def _recording(self) -> Iterator[CaseButton]:
        """Yield what records an answer that no letter of ours asked for."""
        said = [each.reading.label for each in self._replies[-1:]]
        if not self._case.has_letter and said == [Label.REFUND_REFUSED]:
            yield self._asking("ask_money")
        yield self._link("name_day", "their-day")
        yield self._link("wait", "reply")

    def _while_waiting(self) -> Iterator[CaseButton]:
        if self._left and not is_practice(self._case):
            yield self._link("left", "letters")
        elif self._state is CaseState.OVERDUE:
            step = self._due_step()
            yield self._letter("complain" if step == Do.COMPLAINT else "late", step)
        yield self._link("wait", "reply")

    def _asked_to_pay(self) -> Iterator[CaseButton]:
        may_reply = self._may_reply()
        return asked_to_pay(self._head, self._days, may_reply=may_reply)

    def _without_an_end(self) -> Iterator[CaseButton]:
        may_write = EventKind.LETTER_WRITTEN in possible(self._case.events)
        return without_an_end(self._head, self._days, may_write=may_write)

    def _after_the_promise(self) -> Iterator[CaseButton]:
        """Yield that the money came, or what they wrote instead."""
        yield self._came()
        yield self._link("wait", "reply")

    def _while_money_is_open(self) -> Iterator[CaseButton]:
        """Yield what becomes of money that nobody granted: it came, or none is due.

        Who refused it is answered first.
        """
        if is_money_refused(self._replies) and self._may_reply():
            yield self._letter("reply", "reply")
        yield self._came()
        yield self._form("nothing_owed", "confirm", (("money", "none"),))

    def _other_day(self) -> Iterator[CaseButton]:
        """Yield what becomes of another end that they name."""
        return other_day_buttons(self._head, self._days, may_reply=self._may_reply())

    def _granted_in_part(self) -> Iterator[CaseButton]:
        """Yield how much came of what was granted, and what asks for the rest."""
        yield self._came()
        yield self._asking("rest")

    def _after_the_complaint(self) -> Iterator[CaseButton]:
        """Yield that the money came after all, or the bank while it may be told."""
        yield self._came()
        if self.may_dispute():
            yield self._letter("tell_bank", Do.DISPUTE)

    def _without_the_rest(self) -> Iterator[CaseButton]:
        """Yield what asks for the rest, and that money came of what was waited for."""
        yield self._asking("rest")
        if self._head.money is not None:
            yield self._came()

    def _came(self) -> CaseButton:
        """Return the button that says that money came: all, or the part granted."""
        part = self._head.left_open.part
        granted = part.promised if part is not None else None
        waited = granted or sum_waited_for(self._case, self._replies)
        button = self._form("money_came", "confirm", (("money", "came"),))
        return replace(button, sum=money_on_page(waited) if waited else "")

    def _without_the_money(self) -> Iterator[CaseButton]:
        """Yield what is done for money that does not come, or that it came after all.

        It is asked for again once; then it goes to the bank while a right on file lets
        it be disputed there, else to a body.
        """
        money = self._head.money
        if money is None or money.asked is None:
            yield self._asking("ask_money")
        elif money.asked.kind == Do.COMPLAINT:
            yield self._letter("complain", Do.COMPLAINT)
        else:
            yield from bank_or_body(self._head, self._days, self._steps)
        yield self._came()

    def _renewal_stops(self) -> Iterator[CaseButton]:
        """Yield that the end is kept, with the money still asked for; or what else."""
        is_dated = self._head.told_day is not None
        stops = EndOutcome.RENEWAL_STOPS if is_dated else EndOutcome.RENEWAL_UNDATED
        yield from self._right("renewal", stops)
        yield self._link("wait", "reply")

    def _refused_there(self) -> Iterator[CaseButton]:
        """Yield asking once more, the bank, a body; first the company it sends to."""
        first = letter_to_company(self._case)
        company = [self._letter("to_company", first)] if first else []
        yield from company if (is_sent_on := sends_on(self._case.events)) else ()
        if self._head.is_asked_again:
            if not is_dispute_over(self._steps, self._today):
                yield self._letter("tell_bank", Do.DISPUTE)
            yield from () if is_sent_on else company
            yield self._letter("complain", Do.COMPLAINT)
        yield self._asking("ask_money")
        yield from self._end_beside()

    def _claim_refused(self) -> Iterator[CaseButton]:
        return claim_refused(
            self._head,
            self._days,
            may_reply=self._may_reply(),
            may_tell_bank=self.may_dispute(),
        )

    def _end_beside(self) -> Iterator[CaseButton]:
        is_told = end_beside(self._case, self._replies) is not None
        yield from self._right("end_right") if is_told else ()
        if is_insisted(self._case, self._replies):
            yield self._letter("complain", Do.COMPLAINT)

    def may_dispute(self) -> bool:
        """Return whether a right on file lets the payment be disputed today."""
        return may_dispute(self._steps, self._today)

    def _granted(self) -> Iterator[CaseButton]:
        """Yield the button that takes the money as promised: it is then waited for."""
        is_promised = promises(self._case, self._replies) is not None
        if is_promised and is_ended_by_refund(self._case):
            # all of it comes back: it is over, and not at the end of what was paid
            yield self._granting(self._answered_on())
        elif is_promised:
            yield self._granting(str(self._head.told_day or self._end or ""))
        if self._case.has_letter:
            yield self._letter("reply", "reply")
        elif not is_promised:
            yield self._link("proof", "confirmation")

    def _granting(self, day: str) -> CaseButton:
        """Return the button that takes the money as promised.

        Who promises money and names no end has confirmed none.
        """
        names_none = not names_day(self._case, self._replies[-1])
        outcome = EndOutcome.PAYS_BACK if names_none else EndOutcome.CONFIRMED
        fields = (("ends_on", day), outcome_field(outcome))
        return self._form("granted", "confirm", fields)

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

    def _right(
        self, says: str, outcome: EndOutcome = EndOutcome.CONFIRMED
    ) -> Iterator[CaseButton]:
        """Yield the button that takes the end as they named it."""
        day = self._head.told_day or self._end
        if outcome is EndOutcome.CONFIRMED and is_undated(self._case, self._replies):
            outcome = EndOutcome.NO_DAY_NAMED
        if day is not None:
            fields = (("ends_on", day.isoformat()), outcome_field(outcome))
            yield self._form(says, "confirm", fields)

    def _without_day(self) -> Iterator[CaseButton]:
        """Yield the page that asks for the day, and the letter that asks for it."""
        yield self._link("name_day", "their-day")
        if self._may_reply():
            yield self._letter("no_day", "reply")

    def _likely(self) -> Iterator[CaseButton]:
        """Yield yes and no to what they seem to confirm.

        Yes to another day than it should be only says what they wrote: it is then set
        beside the right one.
        """
        day, ours = self._head.told_day, self._end
        if day is not None and ours is not None and not ours - DAY <= day <= ours:
            fields = (("message", self._replies[-1].message), ("reads_as", CONFIRMED))
            buttons = iter([self._form("likely", "reads", fields)])
        else:
            buttons = self._right("likely")
        says = self._say("case_button", "likely")
        yield from (replace(each, says=says) for each in buttons)
        if self._may_reply():
            yield self._letter("unlikely", "reply")

    def _likely_other(self) -> Iterator[CaseButton]:
        """Yield no before yes, to a day that is another than it should be."""
        says = self._say("case_button", "sooner")
        yes, *no = self._likely()
        yield from (replace(each, says=says) for each in no)
        yield yes

    def _likely_if_bound(self) -> Iterator[CaseButton]:
        """Yield no before yes, to a later day that only a term makes right."""
        yes, *no = self._likely()
        yield from (*no, yes)

    def _may_reply(self) -> bool:
        """Return whether a letter may be written, and one went out to refer to."""
        may_write = EventKind.LETTER_WRITTEN in possible(self._case.events)
        is_out = has_letter_out(self._case)
        return may_write and is_out and may_reply(self._case, self._replies)

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
        says = self._say("case_button", code)
        return CaseButton(says=says, page=page, fields=fields, posts=True)

    def _say(self, table: str, code: str) -> str:
        return head_in_words(self._head, self._days, table, code)
