"""Where a case stands in one line: its page, its line in a list, the terminal.

A line is a code of the tables ``case_title`` and ``case_row``, with its values.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.data.words import ENGLISH
from rescind.app.follow.answers import Reply
from rescind.app.follow.asked_money import Claimed, is_goodwill, withdrew
from rescind.app.follow.at_store import next_charge, store_of
from rescind.app.follow.claims import sum_named
from rescind.app.follow.confirmed_first import code_as_read
from rescind.app.follow.days import today, zone_of
from rescind.app.follow.ends import end_by_way, names_day
from rescind.app.follow.fees import OpenFee, asked_for, early_code, in_words
from rescind.app.follow.other_ends import code_of
from rescind.app.follow.others import named_by, title_code, who_wrote, word_in
from rescind.app.follow.owed import (
    if_so,
    late_unless_bound,
    left_open,
    left_unanswered,
    promises,
    shortfall,
)
from rescind.app.follow.rest_open import is_rest_of_came, is_rest_to_ask_for
from rescind.app.follow.sent_on import (
    is_claim_refused,
    is_refused_again,
    is_sent_on,
    refusal_code,
    sum_refused,
)
from rescind.app.follow.store_money import open_there
from rescind.app.follow.their_way import link_by, link_code
from rescind.app.follow.titles import (
    ASKED,
    BESIDE_AN_END,
    LIKELY,
    code_of_state,
    left_code,
    no_end_code,
    steps_code,
    title_of,
    without_an_end,
)
from rescind.app.follow.wanted import is_unread, refuses_money
from rescind.core.follow.at_store import AT_STORE, asked_there
from rescind.core.follow.awaited import AwaitedMoney, awaited_money
from rescind.core.follow.letters_out import (
    Do,
    SentLetter,
    asked_bank,
    asked_merchant,
    complained,
)
from rescind.core.follow.other_day import OtherDay, other_day
from rescind.core.follow.outlook import (
    END_OPEN,
    STEPS_LEFT,
    TOLD_BEFORE,
    standing,
    steps_left,
)
from rescind.core.follow.recorded_end import is_by_money_alone, paid_after
from rescind.core.follow.shortfall import ENDS, LaterEnd, Shortfall, is_same_time
from rescind.core.follow.state import position
from rescind.core.follow.third_party import OpenWord
from rescind.core.model.case import Case, CaseState, Standing
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import ConfirmedDetails
from rescind.core.model.message import Label, Reading
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence, Value

BY_STEPS = frozenset({CaseState.DRAFT, CaseState.SENT, CaseState.OVERDUE})
"""States that have other words where it is ended by steps in an account."""
OUT = frozenset({CaseState.SENT, CaseState.DELIVERED, CaseState.OVERDUE})
_BANK_ASKED = frozenset({*OUT, CaseState.CHARGED})
"""States in which a letter to the bank may wait for what becomes of it."""
_CLAIMED = Sentence.of("case_row", "claimed")
_BY_LAW = Sentence.of("case_row", "by_law")
UNREAD = "answered_unread"
"""An answer of which nobody has said yet what it is."""


@dataclass(slots=True)
class Headline:
    """Where a case stands, from its events, its answers and the day."""

    case: Case
    replies: Sequence[Reply]
    today: date = field(init=False)
    standing: Standing = field(init=False)
    left_open: Shortfall = field(init=False)
    end: date | None = field(init=False)
    """When it ends, as confirmed, else as it should."""
    bank: SentLetter | None = field(init=False)
    money: AwaitedMoney | None = field(init=False)
    """What is to come after the end, while it is waited for."""
    complaint: SentLetter | None = field(init=False)
    """The complaint that went out last, while nothing has answered it."""
    store_owes: Claimed | None = field(init=False)
    """What a store was asked for, and has not granted."""
    other_day: OtherDay | None = field(init=False)
    """The other end that they name once one was recorded, while it is open."""
    fee: OpenFee | None = field(init=False)
    """What is asked for the leaving, while nobody wrote back about it."""
    word: OpenWord | None = field(init=False)
    """What a bank or a body said last, while that is where it stands."""
    code: str = field(init=False)
    """The state, and of an answer what it reads as."""

    def __post_init__(self) -> None:
        """Work out where it stands."""
        self.today = today(self.case)
        self.standing = standing(self.case.events, self.today)
        self.left_open = shortfall(self.case, self.replies)
        self.end = end_by_way(self.case)
        self.bank = asked_bank(self.case.events)
        self.money = awaited_money(self.case.events)
        self.complaint = complained(self.case.events)
        self.store_owes = open_there(self.case, self.replies)
        self.fee = asked_for(self.case, self.replies)
        self.other_day = other_day(self.case.events)
        self.word, told = word_in(self.case, self.replies, self.standing)
        self.code = told or self._code()

    @property
    def title(self) -> str:
        """The code of its title."""
        if self.word is not None:
            return title_code(self.code, self.word)
        if self.code == "answered_confirmed" and self.told_day is not None:
            return "answered_confirmed_on"
        if is_by_money_alone(self.case.events):
            return without_an_end(self.code)
        return title_of(self.code, self.case.ends_on, self.today)

    @property
    def told_day(self) -> date | None:
        """The end as the newest answer names it, while that is still open."""
        if self.other_day is not None and self.standing.state is CaseState.CONFIRMED:
            return self.other_day.theirs
        if not self.replies or self.standing.state is not CaseState.ANSWERED:
            return None
        return self.replies[-1].ends_on

    @property
    def unread(self) -> Reply | None:
        """The newest answer of which a person has still to say what it is."""
        theirs = (each for each in reversed(self.replies) if not each.is_unverified)
        return next((each for each in theirs if each.reading.needs_person), None)

    @property
    def money_by(self) -> date | None:
        """When to look for money that was promised; ``None`` for none."""
        return self.money.by if self.money else None

    @property
    def by(self) -> date | None:
        """By when an answer about another end is due, else the money."""
        asked = self.other_day.asked if self.other_day is not None else None
        return asked.confirm_by if asked is not None else self.money_by

    @property
    def is_goodwill(self) -> bool:
        """Whether money is waited for that was only asked for, and is owed by none."""
        is_first = self.money is not None and self.money.is_asked_first
        return is_first and is_goodwill(self.case)

    @property
    def is_bank_late(self) -> bool:
        """Whether the bank's answer is overdue."""
        return self.bank is not None and self.bank.confirm_by < self.today

    def values(self) -> dict[str, Value]:
        """Return what its sentences name; days as days."""
        part, day = self.left_open.part, self.told_day or self.end
        if self.code.startswith(("steps_", "complained")):
            day = self.standing.confirm_by
        if self.code == "told_before":
            day = position(self.case.events).told_on(zone_of(self.case))
        if self.code.startswith("bank") and self.bank is not None:
            day = self.bank.confirm_by
        return {
            "who": who_wrote(self.case, self.replies, self.code),
            "store": store_of(self.case),
            "company": self.case.service_name,
            "money": (money := self._money_in_words()),
            # as a sentence begins with it, and as the person's own
            "the_money": money[:1].upper() + money[1:],
            "your_money": f"your {money}" if self._sum() else money,
            "by": self.by or "",
            "paid": money_on_page(part.paid) if part else "",
            "owed": money_on_page(part.owed) if part else "",
            "paid_on": paid_after(self.case.events) or "",
            "link_by": link_by(self.replies, self.today),
            "rest": money_on_page(part.rest) if part else "",
            # the day that a letter asks for, where theirs is contested
            "ours": (other.ours if (other := self.left_open.end) else self.end) or "",
            "fee": in_words(self.fee),
            "by_law": "" if is_goodwill(self.case) else ENGLISH.say(_BY_LAW),
            "day": day or "the day they named",
            **named_by(self.word),
        }

    def _sum(self) -> Money | None:
        """Return the sum that is waited for, or that a store was asked for."""
        if self.money is not None:
            return sum_named(self.case, self.replies, self.code)
        return self.store_owes.sum if self.store_owes else sum_refused(self.case)

    def _money_in_words(self) -> str:
        money = self._sum()
        return money_on_page(money) if money else ENGLISH.say(_CLAIMED)

    def _code(self) -> str:
        state = self.standing.state
        if self.complaint is not None and state in OUT:
            is_late = state is CaseState.OVERDUE
            return "complained_late" if is_late else "complained"
        if self.standing.next_step in {TOLD_BEFORE, STEPS_LEFT}:
            left = steps_left(self.case.events)
            return left_code(left) if left else "told_before"
        if not self.case.has_letter and state in BY_STEPS:
            return self._by_steps(state)
        if self._asks_bank_alone(state):
            return "bank_late" if self.is_bank_late else "bank"
        if state is CaseState.CONFIRMED:
            return self._confirmed()
        is_answer = state is CaseState.ANSWERED and bool(self.replies)
        other = code_of_state(state, self.case.events)
        return self._answered(self.replies[-1]) if is_answer else other

    def _by_steps(self, state: CaseState) -> str:
        if self.store_owes is not None and self.is_asked_again:
            is_late = state is CaseState.OVERDUE
            return "steps_unpaid" if is_late else "steps_asked_again"
        return steps_code(state, self.standing.confirm_by, next_charge(self.case))

    def _confirmed(self) -> str:
        if self.other_day is not None:
            return code_of(self.other_day, self.today)
        if is_rest_to_ask_for(self.case, self.left_open.part, self.money):
            is_of_came = is_rest_of_came(self.case, self.money)
            return "confirmed_came" if is_of_came else "confirmed_part"
        if self.money is not None:
            return self._with_money(self.money)
        if self.fee is not None:
            return ASKED
        if self.standing.next_step == END_OPEN:
            return self._end_since()
        return BESIDE_AN_END.get(self.standing.next_step, CaseState.CONFIRMED.value)

    def _end_since(self) -> str:
        """Return what it is called by what they wrote of the end since the money."""
        no_end = no_end_code(self.case)
        newest = self.replies[-1] if self.replies else None
        if newest is None or newest.is_unverified or newest.reading.needs_person:
            return no_end
        return self._ends_of(newest) if newest.reading.label in ENDS else no_end

    def _with_money(self, money: AwaitedMoney) -> str:
        """Return what an end is called after which money is waited for."""
        unread = self.unread if money.unread_on is not None else None
        if unread is not None:
            is_refusal = unread.reading.label in AT_STORE
            return "confirmed_likely_refused" if is_refusal else "confirmed_unread"
        part = self.left_open.part
        if money.is_asked_first and part is not None and part.promised is not None:
            return "confirmed_granted"
        if money.asked is None:
            return self._not_asked_again(money)
        return self._asked_again(money, money.asked)

    def _not_asked_again(self, money: AwaitedMoney) -> str:
        """Return what money is called that was claimed or promised, and no more."""
        if money.late_from <= self.today:
            is_refused = money.refused_on is not None
            if is_refused and is_sent_on(self.case, self.replies):
                return "confirmed_store_elsewhere"
            return f"confirmed_money_{'refused' if is_refused else 'late'}"
        if self.store_owes is not None:
            return "confirmed_store"
        told = self.case.last(ConfirmedDetails)
        if told is not None and told.outcome is EndOutcome.WITHDREW:
            return "confirmed_withdrew"
        is_open = left_open(self.case, self.replies) is not None
        is_open |= money.is_asked_first and promises(self.case, self.replies) is None
        return "confirmed_money_open" if is_open else "confirmed_money"

    def _asked_again(self, money: AwaitedMoney, asked: SentLetter) -> str:
        """Return what money is called by who was asked for it last."""
        is_late = money.late_from <= self.today
        if asked.kind == Do.DISPUTE:
            return "bank_late" if self.is_bank_late else "bank"
        if asked.kind == Do.COMPLAINT:
            return "confirmed_complained_late" if is_late else "confirmed_complained"
        if not is_late:
            is_there = self.store_owes is not None
            return "confirmed_store_again" if is_there else "confirmed_money_asked"
        again = "unpaid" if money.refused_on is None else "refused_again"
        return f"confirmed_money_{again}"

    @property
    def is_asked_again(self) -> bool:
        """Whether a store was asked for the money more than once."""
        if self.store_owes is None:
            return is_refused_again(self.case, self.replies)
        return len(asked_there(self.case.events)) > 1

    def _asks_bank_alone(self, state: CaseState) -> bool:
        """Return whether the bank is to answer, and the merchant no more."""
        is_awaited = self.bank is not None and state in _BANK_ASKED
        return is_awaited and asked_merchant(self.case.events) is None

    def _answered(self, newest: Reply) -> str:
        reading = newest.reading
        if newest.is_unverified:
            return "answered_unverified"
        if (less := self._less_than_owed(reading)) is not None:
            return less
        if code := link_code(newest):
            return code
        is_sure = not reading.needs_person
        if not is_sure and reading.label in ENDS and newest.ends_on is not None:
            return self._likely(reading)
        if is_unread(reading):
            return UNREAD
        return self._surely(newest) if is_sure else "answered"

    def _surely(self, newest: Reply) -> str:
        """Return what an answer is called that is surely read."""
        if newest.reading.label in ENDS:
            return self._ends_of(newest)
        if is_claim_refused(self.case, newest.reading):
            return "answered_money_refused"
        return code_as_read(self.case, self.replies)

    def _likely(self, reading: Reading) -> str:
        """Return what an end is called that an answer seems to confirm."""
        told = if_so(self.replies)
        other = shortfall(self.case, told)
        if self._is_dear_day(self._late_unless_bound(told), reading):
            return "answered_likely_later_if"
        is_later = self._is_dear_day(other.end, reading)
        code = LIKELY[is_later, other.early is not None]
        return early_code(self.fee, code) if other.early else code

    def _less_than_owed(self, reading: Reading) -> str | None:
        """Return what an answer is called that leaves money or days open."""
        if self.store_owes is None and is_refused_again(self.case, self.replies):
            return "answered_store_refused_again"
        if self._is_refused_there(reading):
            return refusal_code(self.case, self.replies)
        is_later = self._is_dear_day(self.left_open.end, reading)
        if is_later or self.left_open.early:
            early = early_code(self.fee, "answered_earlier")
            return "answered_later" if is_later else early
        if self._is_dear_day(self._late_unless_bound(self.replies), reading):
            return "answered_later_if"
        if self.left_open.part is not None:
            is_end = reading.label in ENDS and not reading.needs_person
            return "answered_end_part" if is_end else "answered_part"
        return None

    def _late_unless_bound(self, replies: Sequence[Reply]) -> LaterEnd | None:
        """Return the later end that they confirm, where a term may make it right."""
        is_end = replies[-1].reading.label in ENDS
        return late_unless_bound(self.case, replies) if is_end else None

    def _is_dear_day(self, end: LaterEnd | None, reading: Reading) -> bool:
        """Return whether they name a later end, and something hangs on the day."""
        return end is not None and not is_same_time(end, reading)

    def _is_refused_there(self, reading: Reading) -> bool:
        """Return whether a store that was asked for money says that it pays none."""
        if self.store_owes is None:
            return False
        # who says that it is something else has read the words
        is_other = reading.label is Label.OTHER and not reading.needs_person
        return reading.label in AT_STORE or (refuses_money(reading) and not is_other)

    def _ends_of(self, newest: Reply) -> str:
        """Return what an end is called that is as it should be, and surely read."""
        if not names_day(self.case, newest) and not withdrew(self.case):
            return "answered_no_day"
        if self.fee is not None:
            return "answered_fee"
        if self.store_owes is not None:
            return "answered_renewal"
        is_asked = left_unanswered(self.case, self.replies) is not None
        lacks = is_asked and refuses_money(newest.reading)
        return "answered_no_money" if lacks else "answered_confirmed"
