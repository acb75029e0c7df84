"""What happened in a case, in sentences, and how a page writes its days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from rescind.adapters.input.months import months_among
from rescind.adapters.public.steps import StepJson
from rescind.app.follow.advising import seems
from rescind.app.follow.answers import Reply
from rescind.app.follow.at_store import store_of
from rescind.app.follow.case_money import money_of
from rescind.app.follow.days import country_of, day_in, today, zone_of
from rescind.app.follow.headline import Headline
from rescind.app.follow.open_claim import open_claim
from rescind.core.follow.letters_out import Do
from rescind.core.follow.outlook import standing
from rescind.core.follow.sendings import told_day
from rescind.core.follow.state import CAN_BE_SET_ASIDE
from rescind.core.model.case import (
    Case,
    CaseState,
    Event,
    EventKind,
    payloads,
    practice_of,
    set_aside,
)
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.event_details import (
    AnsweredDetails,
    ButtonUsedDetails,
    CalledDetails,
    ChargedDetails,
    ConfirmedDetails,
    DispatchOrderedDetails,
    FileKeptDetails,
    LetterWrittenDetails,
    SaidSentDetails,
)
from rescind.core.model.event_text import DAY_LENGTH
from rescind.core.model.message import Label
from rescind.core.model.route import By
from rescind.core.model.sentence import Sentence, Value
from rescind.core.model.third_party_details import STORE, ThirdPartyDetails, ThirdWord
from rescind.labels import (
    day_on_card,
    detail_value,
    label,
    month_in_words,
    say,
)
from rescind.web.bench_choices import NO_GROUND, ONLY_ASKS, name_of

_TOLD = frozenset(
    {
        *("said_sent", "dispatch_ordered", "dispatch_recalled", "dispatch_taken"),
        *("dispatch_refused", "dispatch_unknown", "said_not_sent", "delivered"),
        *("delivery_failed", "answered", "confirmed", "charged", "step_skipped"),
        *("button_used", "called", "bank_blocked", "resumed", "closed", "reopened"),
        *("facts_told", "third_party"),
        *("file_kept", "set_aside", "put_back", "restored"),
    }
)
"""Kinds of events that the page tells; all of them stand in the full record."""
_BY_LETTER = frozenset({"said_sent", "dispatch_ordered", "dispatch_taken"})
"""What is told in the words of the letter that it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that happened, in a sentence, with its day."""

    when: str
    text: str
    is_ahead: bool = False
    is_aside: bool = False
    """It was set aside, and no longer counts."""
    number: int = 0
    """Of its event; 0 for what lies ahead."""
    can_be_set_aside: bool = False


_A_FEE = Sentence.of("case_row", "a_fee")


class CaseDays:
    """Writes the days of a case as its person reads them."""

    def __init__(self, case: Case) -> None:
        """Keep where its days are read."""
        self.today = today(case)
        self._zone = zone_of(case)
        self._country = country_of(case)

    def day(self, day: date, *, by_name: bool = True, weekday: bool = True) -> str:
        """Return a day by name where it is near, else with its weekday."""
        return day_on_card(
            day, self.today, self._country, by_name=by_name, weekday=weekday
        )

    def moment(self, at: datetime) -> str:
        """Return a moment to the minute, in the person's own zone."""
        local = at.astimezone(self._zone)
        return f"{self.day(local.date())}, {local:%H:%M}"


def is_told_by_month(case: Case) -> bool:
    """Return whether only the month is known in which it was ended before the case."""
    return bool({"cancelled_at", "withdrawn_at"} & months_among(case.facts))


def head_in_words(head: Headline, days: CaseDays, table: str, code: str) -> str:
    """Return a sentence about where a case stands, its days as its person reads them.

    A page and a list say it by this alone.
    """
    told = head.values()
    values = {
        name: days.day(value, by_name=False) if isinstance(value, date) else value
        for name, value in told.items()
    }
    day = told["day"]
    is_title = (table, code) == ("case_title", "told_before")
    if is_title and isinstance(day, date) and is_told_by_month(head.case):
        code, values["month"] = "told_before_month", month_in_words(day)
    return say(Sentence.of(table, code, **values))


def told_of_others(told: ThirdPartyDetails) -> str:
    """Return what a bank or a body wrote, or was answered, in a sentence."""
    who = told.who or say(Sentence.of("story", f"{told.by}_wrote"))
    code = f"third_{told.says.value}" if told.says is not None else told.KIND
    if told.says in (ThirdWord.PROPOSES, ThirdWord.CAME) and not told.amount:
        code = f"{code}_open"
    money = money_of(told.amount or "")
    by_whom = told.who or say(Sentence.of("story", f"{told.by}_told"))
    return say(Sentence.of("story", code, who=who, by_whom=by_whom, money=money))


def story(
    case: Case, steps: Sequence[StepJson], replies: Sequence[Reply] = ()
) -> tuple[Told, ...]:
    """Return what lies ahead, then what happened, the newest first.

    An answer is called by what it reads as now, with the day of the end that it names.
    """
    return tuple(_Teller(case, {each.message: each for each in replies}).story(steps))


_OF_SILENCE = (Do.SECOND_NOTICE.value, Do.COMPLAINT.value)
"""Steps that lie ahead while nobody has answered."""


@dataclass(slots=True)
class _Teller:
    case: Case
    replies: Mapping[str, Reply]
    days: CaseDays = field(init=False)
    aside: frozenset[int] = field(init=False)
    _asked: str | None = field(init=False, default=None)
    """The sum that the newest letter asks for, where it has one of its own."""

    def __post_init__(self) -> None:
        self.days, self.aside = CaseDays(self.case), set_aside(self.case.events)

    def story(self, steps: Sequence[StepJson]) -> Iterator[Told]:
        stands = standing(self.case.events, self.days.today).state
        # nobody is reminded who answered, though a person has still to read it
        over = _OF_SILENCE if stands is CaseState.ANSWERED else ()
        later = [s for s in steps if s["state"] == "later" and s["step"] not in over]
        ahead = [(date.fromisoformat(s["on"]), s["step"]) for s in later[:1]]
        claim = open_claim(self.case, list(self.replies.values()))
        if claim is not None and claim.pay_by and claim.pay_by >= self.days.today:
            ahead.append((claim.pay_by, "claimed"))
        for on, what in sorted(ahead):
            text = label(what, "case_step")
            yield Told(when=self.days.day(on), text=text, is_ahead=True)
        # what was told of a day before stands on that day
        happened = sorted(self._happened(), key=lambda pair: pair[0])
        yield from reversed([told for _, told in happened])

    def _happened(self) -> Iterator[tuple[date, Told]]:
        """Yield what happened with its day, in the order of the record."""
        yield from self._told_before()
        letter, self._asked = self.case.kind, None
        for event in self.case.events:
            written = event.read(LetterWrittenDetails)
            if written is not None:
                letter = written.kind or self.case.kind
                self._asked = written.amount
                if NO_GROUND in written.problems:
                    # nobody withdrew who only asked to be let out
                    letter = ONLY_ASKS.get(letter, letter)
            if event.kind.value in _TOLD:
                written_on = day_in(self.case, event.at)
                day = min(told_day(event) or written_on, written_on)
                yield (
                    day,
                    Told(
                        when=self._when(event),
                        text=self._text(event, letter),
                        is_aside=event.number in self.aside,
                        number=event.number,
                        can_be_set_aside=event.kind in CAN_BE_SET_ASIDE,
                    ),
                )

    def _told_before(self) -> Iterator[tuple[date, Told]]:
        """Yield how it was ended before the case, where no event tells of that."""
        done = payloads(self.case.events, ButtonUsedDetails)
        facts = self.case.facts
        codes = {"cancelled_at": "cancelled_before", "withdrawn_at": "withdrew_before"}
        told = next((name for name in codes if facts.get(name)), None)
        if told is None or any(each.before for each in done):
            return
        day = date.fromisoformat(str(facts[told])[:DAY_LENGTH])
        noted = self.days.day(day_in(self.case, self.case.opened_at), weekday=False)
        is_month = told in months_among(facts)
        on = month_in_words(day) if is_month else self.days.day(day, by_name=False)
        when = say(Sentence.of("story", "told_day", day=on, noted=noted))
        yield day, Told(when=when, text=label(codes[told], "story"))

    def _text(self, event: Event, letter: str) -> str:
        others = event.read(ThirdPartyDetails)
        if others is not None:
            return told_of_others(others)
        values = self._values(event, letter)
        return say(Sentence.of("story", self._code(event), **values))

    def _code(self, event: Event) -> str:
        """Return the code of the sentence: of what more is known, if it is."""
        answer, done = event.read(AnsweredDetails), event.read(ButtonUsedDetails)
        charge, confirmed = event.read(ChargedDetails), event.read(ConfirmedDetails)
        if confirmed is not None:
            return self._said_of_end(confirmed)
        if event.kind is EventKind.DISPATCH_TAKEN and practice_of(self.case.events):
            return "practice_taken"
        if answer is not None and (answer.by_person or answer.by):
            return "answered_by_person" if answer.by_person else "answered_by"
        if done is not None:
            return self._done(done)
        return event.kind.value if charge is None else self._taken(charge)

    def _taken(self, charge: ChargedDetails) -> str:
        """Return the code of money that was taken, or that was owed and is paid."""
        if charge.rightful and charge.on is None:
            return "owed_paid" if charge.amount else "owed_paid_open"
        if not charge.amount:
            return charge.KIND
        return "charged_rightfully" if charge.rightful else "charged_sum"

    def _done(self, done: ButtonUsedDetails) -> str:
        """Return the code of what the person did themselves, by no letter."""
        if done.before:
            withdrew = self.case.facts.get("withdrawn_at")
            return "withdrew_before" if withdrew else "cancelled_before"
        if done.left:
            return "steps_part"
        return "steps_done" if done.where else done.KIND

    def _said_of_end(self, told: ConfirmedDetails) -> str:
        """Return the code of what was recorded of an end, or of money beside it."""
        if told.is_money_come:
            return "money_came"
        if told.outcome is None:
            # an early release kept what was meant in the note alone
            return "confirmed_noted" if told.note else "confirmed"
        if told.outcome is EndOutcome.PAYS_BACK and not told.refund:
            return "pays_back_open"
        if told.outcome is EndOutcome.WITHDREW and not told.refund:
            return "withdrew_open"
        return told.outcome.value

    def _values(self, event: Event, letter: str) -> dict[str, Value]:
        said = event.read(SaidSentDetails)
        ordered = event.read(DispatchOrderedDetails)
        confirmed, charged = event.read(ConfirmedDetails), event.read(ChargedDetails)
        called, kept = event.read(CalledDetails), event.read(FileKeptDetails)
        done = event.read(ButtonUsedDetails)
        day = confirmed.ends_on if confirmed else charged.on if charged else None
        what = (kept.note or kept.name) if kept else self._act(event, letter)
        what = detail_value(done.what or "", "what") if done else what
        money = charged.amount if charged else confirmed.refund if confirmed else ""
        return {
            "what": what,
            "way": self._way(said.way) if said else "",
            "to": ordered.recipient if ordered else "",
            "reads": self._reads(event.read(AnsweredDetails)),
            "who": self._who(called, done, event.read(AnsweredDetails)),
            "day": self.days.day(day, by_name=False) if day else "a day not named",
            "money": money_of(money or ""),
            "note": confirmed.note if confirmed else "",
            "entry": self._entry(event),
        }

    def _who(
        self,
        called: CalledDetails | None,
        done: ButtonUsedDetails | None,
        answer: AnsweredDetails | None,
    ) -> str:
        if called is not None:
            return called.with_whom
        if answer is not None and answer.by == STORE:
            return store_of(self.case)
        return (done.where if done else None) or self.case.service_name

    def _act(self, event: Event, letter: str) -> str:
        """Return what a letter did, such as "You cancelled"."""
        if event.kind.value not in _BY_LETTER:
            return ""  # no sentence of theirs names a letter
        money = self._asked_for(letter)
        if letter == "refund" and money:
            return say(Sentence.of("letter_did", "refund_sum", money=money))
        words = label(letter, "letter_did")
        return words if words != letter else f"You sent the {name_of(letter).lower()}"

    def _asked_for(self, letter: str) -> str:
        """Return the sum that a letter asks for, else that of the plan; or none."""
        if self._asked:
            return money_of(self._asked)
        actions = self.case.verdict.get("do", ())
        sums = [act["amount"] for act in actions if act.get("letter") == letter]
        return money_of(sums[0]) if sums and sums[0] else ""

    def _way(self, way: str) -> str:
        """Return by what it went; what the person typed themselves as it is."""
        codes = (by.value for by in By if label(by.value, "route") == way)
        return label(next(codes, way), "way_in_sentence")

    def _entry(self, event: Event) -> str:
        """Return what was set aside or put back, in the words of its own entry."""
        number = event.details.get("number", "")
        for other in self.case.events:
            if str(other.number) == number and other.kind.value in _TOLD:
                return f"{self._text(other, self.case.kind)} ({self._when(other)})"
        return number

    def _is_corrected(self, answer: AnsweredDetails) -> bool:
        """Return whether the person said of a message that it is something else."""
        told = payloads(self.case.events, AnsweredDetails)
        return any(e.by_person and e.message == answer.message for e in told)

    def _when(self, event: Event) -> str:
        """Return when it happened: the day that was told, where that lies before."""
        on, written_on = told_day(event), day_in(self.case, event.at)
        if on is None or on >= written_on:
            return self.days.moment(event.at)
        noted = self.days.day(written_on, weekday=False)
        done = event.read(ButtonUsedDetails)
        is_month = done is not None and done.before and is_told_by_month(self.case)
        day = month_in_words(on) if is_month else self.days.day(on, by_name=False)
        return say(Sentence.of("story", "told_day", day=day, noted=noted))

    def _reads(self, answer: AnsweredDetails | None) -> str:
        """Return what an answer reads as, and the fee that the person said it wants."""
        reads = self._reads_as(answer)
        if answer is None or not (answer.by_person and answer.asks_fee):
            return reads
        money = money_of(answer.fee) if answer.fee else say(_A_FEE)
        wants = say(Sentence.of("story", "wants_fee", money=money))
        return wants if answer.reads_as is Label.INVOICE else f"{reads}; {wants}"

    def _reads_as(self, answer: AnsweredDetails | None) -> str:
        """Return what an answer reads as, with the day of the end that it names."""
        reply = self.replies.get(answer.message) if answer is not None else None
        if answer is not None and not answer.by_person and self._is_corrected(answer):
            # what the person said since is told where they said it
            reply = None
        is_unsure = reply is not None and seems(reply.reading)
        if reply is not None and (is_unsure or not reply.reading.needs_person):
            reads = label(reply.reading.label.value, "message")
            if reply.ends_on is not None:
                day = self.days.day(reply.ends_on, by_name=False)
                reads = say(Sentence.of("story", "reads_day", reads=reads, day=day))
            if is_unsure:
                return say(Sentence.of("story", "reads_unsure", reads=reads))
            return reads
        if answer is None or answer.reads_as is None:
            return "something to look at"
        return label(answer.reads_as.value, "message")
