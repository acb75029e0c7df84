"""The card of a case: where it stands, the next day, one button, and its story."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from rescind.adapters.public.steps import StepJson
from rescind.app.follow.answers import Reply
from rescind.app.follow.days import country_of, today, zone_of
from rescind.core.follow.letters import letters_of
from rescind.core.follow.outlook import standing
from rescind.core.follow.transitions import possible
from rescind.core.model.case import Case, CaseState, Event, EventKind
from rescind.core.model.event_details import (
    AnsweredDetails,
    CalledDetails,
    ChargedDetails,
    ConfirmedDetails,
    DispatchOrderedDetails,
    FileKeptDetails,
    LetterWrittenDetails,
    SaidSentDetails,
)
from rescind.core.model.facts import MONTH_FIRST
from rescind.core.model.message import Label
from rescind.core.model.sentence import Sentence, Value
from rescind.labels import label, say
from rescind.web.answer_card import LATE, SOON, CardRow
from rescind.web.bench_form import name_of

_NO = frozenset(
    {
        Label.REFUSED,
        Label.REDIRECTED,
        Label.NEEDS_INFORMATION,
        Label.REFUND_REFUSED,
        Label.OTHER,
    }
)
"""Answers that end nothing, and to which a reply can be written."""
_OUT = frozenset({CaseState.SENT, CaseState.DELIVERED, CaseState.OVERDUE})
_UNSURE = frozenset({CaseState.SENDING, CaseState.DOUBTFUL})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseButton:
    """The one thing to do now: what it says, and the form that it sends."""

    says: str
    page: str
    """The name of the address it goes to."""
    fields: tuple[tuple[str, str], ...] = ()
    """What goes along; with nothing, it only leads there."""
    posts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that happened, in a sentence, with its day."""

    when: str
    text: str
    is_ahead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """What the page of a case shows before anything is unfolded."""

    about: str
    title: str
    rows: tuple[CardRow, ...]
    tone: str
    """``late`` where something is wrong, else empty."""
    button: CaseButton | None
    second: CaseButton | None
    story: tuple[Told, ...]
    is_practice: bool


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
    ways = (event.read(DispatchOrderedDetails) for event in case.events)
    return any(details is not None and details.way == "practice" for details in ways)


class _CaseCardWriter:
    def __init__(
        self,
        case: Case,
        replies: Sequence[Reply],
        steps: Sequence[StepJson],
        left: Sequence[str],
    ) -> None:
        self._case, self._replies, self._steps, self._left = case, replies, steps, left
        self._today = today(case)
        self._zone: tzinfo = zone_of(case)
        self._standing = standing(case.events, self._today)
        self._state = self._standing.state
        self._country = country_of(case)

    def card(self) -> CaseCard:
        """Return the card."""
        code = self._code()
        buttons = tuple(self._buttons(code))
        return CaseCard(
            about=self._about(),
            title=self._say("case_title", self._title(code)),
            rows=tuple(self._rows(code)),
            tone="late" if self._is_wrong(code) else "",
            button=next(iter(buttons), None),
            second=buttons[1] if len(buttons) > 1 else None,
            story=tuple(self._story()),
            is_practice=is_practice(self._case),
        )

    def _about(self) -> str:
        case = self._case
        price = case.facts.get("price")
        cost = f", {price}" if isinstance(price, str) and price else ""
        return f"{case.service_name}{cost}"

    def _code(self) -> str:
        """Return where it stands: the state, and of an answer what it reads as."""
        if self._state is not CaseState.ANSWERED or not self._replies:
            return self._state.value
        newest = self._replies[-1]
        if newest.is_unverified:
            return "answered_unverified"
        read = newest.reading.label
        if newest.reading.needs_person:
            return "answered"
        if read in (Label.CONFIRMED, Label.ALREADY_CANCELLED):
            return "answered_confirmed"
        if read is Label.OFFER:
            return "answered_offer"
        return "answered_refund" if read is Label.REFUND_GRANTED else "answered"

    def _title(self, code: str) -> str:
        if code == "answered_confirmed" and self._told_day() is not None:
            return "answered_confirmed_on"
        if code == "confirmed" and self._is_over():
            return "confirmed_over"
        return code

    def _is_over(self) -> bool:
        ends_on = self._case.ends_on
        return ends_on is not None and ends_on < self._today

    def _is_wrong(self, code: str) -> bool:
        return code in ("answered", "charged", "failed", "overdue", "answered_offer")

    def _say(self, table: str, code: str) -> str:
        day = self._told_day() or self._case.ends_on
        values: dict[str, Value] = {
            "who": self._case.service_name,
            "day": self._day(day) if day else "the day they named",
        }
        return say(Sentence.of(table, code, **values))

    def _told_day(self) -> date | None:
        if not self._replies or self._state is not CaseState.ANSWERED:
            return None
        text = self._replies[-1].reading.effective_on or ""
        return date.fromisoformat(text) if text[:1].isdigit() else None

    def _rows(self, code: str) -> Iterator[CardRow]:
        by = self._standing.confirm_by
        told = {
            "sent": "wait",
            "delivered": "wait",
            "overdue": "late",
            "sending": "doubtful",
            "confirmed": "keep",
        }.get(code, code)
        if told in ("wait", "late") and by is not None:
            left = (by - self._today).days
            text = say(Sentence.of("case_row", told, day=self._day(by)))
            yield CardRow(what="Next", value=text, **self._left_of(left, told))
        elif told not in ("wait", "late"):
            yield CardRow(what="Next", value=say(Sentence.of("case_row", told)))
        dispute = next((s for s in self._steps if s["by"]), None)
        if code == "charged" and dispute is not None and dispute["by"]:
            last = date.fromisoformat(dispute["by"][:10])
            left_of = self._left_of((last - self._today).days, "wait")
            yield CardRow(what="By", value=self._day(last), **left_of)
        ends_on = self._case.ends_on
        if ends_on is not None and not code.startswith(("confirmed", "closed")):
            yield CardRow(what="Ends", value=self._day(ends_on))

    def _left_of(self, left: int, told: str) -> dict[str, str]:
        if told == "late":
            return {}
        urgency = "late" if left <= LATE else "soon" if left <= SOON else ""
        days = {0: "today", 1: "1 day left"}.get(left, f"{left} days left")
        return {"left": days, "urgency": urgency}

    def _buttons(self, code: str) -> Iterator[CaseButton]:
        simple = {
            "draft": self._link("draft", "letter"),
            "failed": self._link("failed", "letter"),
            "ordered": self._form("recall", "recall"),
        }
        if code in simple:
            yield simple[code]
        elif self._state in _UNSURE:
            found = (("way", "found in the sent folder"),)
            yield self._form("was_sent", "said", found)
            yield self._form("not_sent", "unsent")
        elif self._state in _OUT:
            yield from self._while_waiting()
        elif code == "answered_unverified":
            message = (("message", self._replies[-1].message),)
            yield self._form("theirs", "theirs", message)
        elif code == "answered_confirmed":
            yield from self._right()
        elif EventKind.LETTER_WRITTEN in possible(self._case.events):
            yield from self._answering(code)

    def _answering(self, code: str) -> Iterator[CaseButton]:
        """Yield the letter that answers what they wrote or took."""
        if code == "charged":
            yield self._form("dispute", "next", (("kind", "dispute"),))
        elif code.startswith("answered"):
            says = "no_again" if code == "answered_offer" else "reply"
            yield self._form(says, "next", (("kind", "reply"),))

    def _while_waiting(self) -> Iterator[CaseButton]:
        if self._left and not is_practice(self._case):
            yield self._link("left", "letters")
        elif self._state is CaseState.OVERDUE:
            yield self._form("late", "next", (("kind", self._due_step()),))
        yield self._link("wait", "reply")

    def _right(self) -> Iterator[CaseButton]:
        day = self._told_day() or self._case.ends_on
        if day is not None:
            yield self._form("right", "confirm", (("ends_on", day.isoformat()),))

    def _due_step(self) -> str:
        due = (s["step"] for s in self._steps if s["state"] in ("due", "later"))
        return next(due, "second-notice")

    def _link(self, code: str, page: str) -> CaseButton:
        return CaseButton(says=label(code, "case_button"), page=page)

    def _form(
        self, code: str, page: str, fields: tuple[tuple[str, str], ...] = ()
    ) -> CaseButton:
        says = label(code, "case_button")
        return CaseButton(says=says, page=page, fields=fields, posts=True)

    def _story(self) -> Iterator[Told]:
        """Yield what lies ahead, then what happened, the newest first."""
        for step in self._steps:
            if step["state"] == "later":
                on = date.fromisoformat(step["on"])
                yield Told(when=self._day(on), text=step["text"], is_ahead=True)
                break
        happened = list(self._happened())
        yield from reversed(happened)

    def _happened(self) -> Iterator[Told]:
        what = name_of(self._case.kind)
        table = _STORY
        for event in self._case.events:
            written = event.read(LetterWrittenDetails)
            if written is not None:
                what = name_of(written.kind or self._case.kind)
            if event.kind.value in table:
                values = self._values(event, what)
                text = say(Sentence.of("story", event.kind.value, **values))
                yield Told(when=self._moment(event.at), text=text)

    def _values(self, event: Event, what: str) -> dict[str, Value]:
        answer = event.read(AnsweredDetails)
        said = event.read(SaidSentDetails)
        ordered = event.read(DispatchOrderedDetails)
        confirmed, charged = event.read(ConfirmedDetails), event.read(ChargedDetails)
        called, kept = event.read(CalledDetails), event.read(FileKeptDetails)
        day = confirmed.ends_on if confirmed else charged.on if charged else None
        return {
            "what": (kept.note or kept.name) if kept else what.lower(),
            "way": said.way.lower() if said else "",
            "to": ordered.recipient if ordered else "",
            "reads": label(answer.reads_as.value, "message")
            if answer and answer.reads_as
            else "something to look at",
            "who": called.with_whom if called else "",
            "day": self._day(day) if day else "a day not named",
        }

    def _moment(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        return f"{self._day(local.date())}, {local:%H:%M}"

    def _day(self, day: date) -> str:
        days = {0: "today", -1: "yesterday", 1: "tomorrow"}
        named = days.get((day - self._today).days)
        if named is not None:
            return named
        is_american = (self._country or "")[:2] in MONTH_FIRST
        text = f"{day:%B} {day.day}" if is_american else f"{day.day} {day:%B}"
        comma = "," if is_american else ""
        year = f"{comma} {day.year}" if abs((day - self._today).days) > _FAR else ""
        return f"{day:%A}{comma} {text}{year}"


_FAR = 120
"""Days from which on a day is written with its year."""
_STORY = frozenset(
    {
        *("said_sent", "dispatch_ordered", "dispatch_recalled", "dispatch_taken"),
        *("dispatch_refused", "dispatch_unknown", "said_not_sent", "delivered"),
        *("delivery_failed", "answered", "confirmed", "charged", "step_skipped"),
        *("button_used", "called", "bank_blocked", "resumed", "closed", "reopened"),
        "file_kept",
    }
)
"""Kinds of events that the page tells; all of them stand in the full record."""


def letters_out(case: Case) -> tuple[tuple[str, str], ...]:
    """Return each letter that went out: what it is called, and its subject."""
    return tuple(
        (name_of(letter.kind), letter.subject)
        for letter in letters_of(case.events, case.kind)
        if letter.state is not CaseState.DRAFT
    )
