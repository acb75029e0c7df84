"""Cases as lines: what is to be done now, what waits for an answer, what is safe."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from rescind.adapters import clock
from rescind.adapters.public.case import CaseJson
from rescind.adapters.public.due import DueDay
from rescind.adapters.settings.profile import PROFILE
from rescind.app.follow.answers import Reply, answers_of
from rescind.app.follow.at_store import next_charge_by, store_by
from rescind.app.follow.case_money import is_money_awaited, is_money_late
from rescind.app.follow.days import country_of, day_in
from rescind.app.follow.headline import BY_STEPS, Headline
from rescind.app.follow.others import next_code
from rescind.app.follow.queries import bought, list_cases
from rescind.app.follow.steps import steps
from rescind.app.follow.titles import UNNAMED, steps_code, title_of
from rescind.core.follow.due_day import DueKind
from rescind.core.follow.due_others import ACCEPTED
from rescind.core.follow.outlook import (
    ASKED_FURTHER,
    ASKED_TO_PAY,
    CLOSED_OPEN,
    END_OPEN,
    NO_DAY_NAMED,
    PAID_AFTER,
    REST_LEFT,
    STEPS_LEFT,
    THIRD_PARTY,
    TOLD_BEFORE,
)
from rescind.core.model.case import Case, CaseState, ListedCase, Standing
from rescind.core.model.sentence import Sentence
from rescind.labels import day_in_words, day_on_card, days_in_words, label, say
from rescind.settings import data_folder
from rescind.store.checks import OpenCheck, of_cases
from rescind.store.listing import ENDED, WAITING, people
from rescind.store.selectors import readable_cases, verdicts
from rescind.web.bench_form import ALL
from rescind.web.card_values import LATE, SOON
from rescind.web.case_story import CaseDays, head_in_words
from rescind.web.dispute_days import next_last_day
from rescind.web.several import costs
from rescind.web.third_party_left import OVER, left_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case in a list: what it is about, and where it stands."""

    id: str
    name: str
    title: str
    next: str
    by: str = ""
    """The next day that counts, where one does."""
    what: str = "by"
    """What is to be done by then, where that is not what is next."""
    person: str = ""
    """Whose it is, where it is not the person's own."""
    about: str = ""
    """Whose contract it was who died, and what tells two of one company apart."""
    left: str = ""
    """How many days are left until then."""
    urgency: str = ""
    """``soon`` or ``late`` where few are left."""
    asks: bool = False
    """Whether its page asks for a letter now: no day is waited for first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLines:
    """The cases of the first page, by what they want of the person."""

    act: tuple[CaseLine, ...]
    waiting: tuple[CaseLine, ...]
    safe: tuple[CaseLine, ...]
    closed: tuple[CaseLine, ...]
    """What nobody looks after any more, though it is not known to have ended."""


def case_lines(
    rows: Iterable[ListedCase],
    days: Iterable[DueDay] = (),
    everybody: Sequence[str] | None = None,
) -> CaseLines:
    """Return the lines, each group in the order of the cases.

    ``everybody`` is who has cases, on this page or not, where that was asked already.

    With the ``days`` that count, the first one first, each line has its next day, and
    what is due first stands first.
    """
    coming: dict[str, list[DueDay]] = {}
    for day in days:
        if not day.is_past and day.due.what not in _ASKS_NOTHING:
            coming.setdefault(day.case_id, []).append(day)
    every = list(rows)
    shown_first = {row.id: _shown(row, coming.get(row.id, ())) for row in every}
    first = {name: day for name, day in shown_first.items() if day is not None}
    # an answer is read first: of its days only those count that are the person's
    read = {row.id for row in every if _is_read(row)}
    due = {
        row.id
        for row in every
        if is_money_awaited(row.standing) or _is_asked_further(row)
    }
    shown = {n: d for n, d in first.items() if n not in read or d.due.is_last}
    listed = sorted(
        every, key=lambda row: (_moment(shown.get(row.id)), _moment(first.get(row.id)))
    )
    own = _own_name(people() if everybody is None else everybody)
    names = Counter(row.service_name for row in listed)
    at_store = verdicts([row.id for row in listed if row.kind == _STEPS])
    begun = of_cases(row.id for row in listed)
    heads = _read(read | due)
    for name in shown.keys() & heads.keys():
        if shown[name].due.is_last or (name in due and not heads[name].asks):
            heads[name] = _with_day(heads[name], shown[name])
    lines = [
        (
            row.standing,
            replace(
                heads.get(row.id)
                or _line(
                    row,
                    case,
                    at_store.get(row.id),
                    shown.get(row.id),
                    _of_bank(coming.get(row.id, ())),
                ),
                person="" if row.person == own else row.person,
                about=_about(row, begun.get(row.id), names),
            ),
        )
        for row, case in zip(listed, list_cases(listed), strict=True)
    ]
    return CaseLines(
        act=tuple(line for at, line in lines if _is_to_do(at)),
        waiting=tuple(line for at, line in lines if _is_waited_for(at)),
        safe=tuple(line for at, line in lines if _is_safe(at)),
        closed=tuple(line for at, line in lines if _is_left(at)),
    )


def _is_read(row: ListedCase) -> bool:
    """Return whether the page of a case says more than its columns: it is read."""
    at = row.standing
    if at.next_step in THIRD_PARTY:
        return False
    return at.state is CaseState.ANSWERED or is_money_late(at) or _is_asked(at)


def _is_asked_further(row: ListedCase) -> bool:
    """Return whether money was asked for again in an account, or a body has it."""
    return row.standing.next_step in ASKED_FURTHER | THIRD_PARTY


def _is_to_do(at: Standing) -> bool:
    """Return whether a case wants something of the person now."""
    return at.state not in WAITING | ENDED or is_money_late(at) or _is_asked(at)


def _is_asked(at: Standing) -> bool:
    """Return whether steps are left, money is asked for, or no end was confirmed."""
    return at.next_step in (ASKED_TO_PAY, END_OPEN, PAID_AFTER, REST_LEFT, STEPS_LEFT)


def _is_waited_for(at: Standing) -> bool:
    """Return whether a case waits for an answer, or for money after its end."""
    return (at.state in WAITING and not _is_asked(at)) or is_money_awaited(at)


def _is_safe(at: Standing) -> bool:
    """Return whether a case has ended, and nothing is to come or to be done."""
    is_open = _is_to_do(at) or _is_waited_for(at) or _is_left(at)
    return at.state in ENDED and not is_open


def _is_left(at: Standing) -> bool:
    """Return whether a case is over for its person alone: it was closed, or goes on."""
    return at.next_step == CLOSED_OPEN or at.state is CaseState.RESUMED


def _read(names: Collection[str]) -> dict[str, CaseLine]:
    """Return the lines of cases that are read: their pages say the same."""
    cases = {case.id: case for case in readable_cases(list(names))}
    read = answers_of(list(cases.values()))
    return {name: _answered(cases[name], each) for name, each in read.items()}


def _answered(case: Case, replies: Sequence[Reply]) -> CaseLine:
    head, days = Headline(case, replies), CaseDays(case)
    code = next_code(head.code, head.word, head.today)
    says = head_in_words(head, days, "case_row", code)
    if head.word is not None and head.word.says in OVER:
        says = left_in_words(head, days, next_last_day(steps(case), head.today))
    return CaseLine(
        id=case.id,
        name=case.service_name,
        title=head_in_words(head, days, "case_title", head.title),
        next=says,
        asks=head.code in _ASKS_FOR_REST,
    )


_ASKS_FOR_REST = frozenset({"confirmed_part", "confirmed_came"})
"""Less was granted, or came, than is owed: nobody has asked for the rest."""


def _about(row: ListedCase, check: OpenCheck | None, names: Mapping[str, int]) -> str:
    parts = [] if check is None else [holder_of(check)]
    if names[row.service_name] > 1:
        offer = bought(row)
        if offer != row.service_name:
            parts.append(offer)
        if check is not None:
            parts += [costs(check), _day_told(check)]
    return ", ".join(part for part in parts if part)


def holder_of(check: OpenCheck) -> str:
    """Return whose contract it was, where that is not the one who writes."""
    holder = check.letters.get(ALL, {}).get("holder", "")
    return say(Sentence.of("case_line", "holder", who=holder)) if holder else ""


def _day_told(check: OpenCheck) -> str:
    """Return the last payment, else the purchase, as it was told."""
    for fact, code in (("paid_at", "paid"), ("purchased_at", "since")):
        if day := check.typed.get(fact, ""):
            return say(Sentence.of("case_line", code, day=days_in_words(day)))
    return ""


def _shown(row: ListedCase, days: Sequence[DueDay]) -> DueDay | None:
    """Return the day of a case that its own page names, else the first one.

    Who waits looks for the confirmation, or for the money once that is promised;
    before that, it is the day to act by; and where a bank or a body wrote, its day.
    A day after which something is lost that the person can still do goes before.
    """
    state = row.standing.state
    own: tuple[DueKind, ...] = _ACTS_BY.get(row.kind, ())
    if state in WAITING:
        own = _WAITS_FOR
    if state is CaseState.CONFIRMED:
        own = (DueKind.CONFIRMATION, DueKind.MONEY)
    if state is CaseState.CHARGED:
        own = (DueKind.BANK, DueKind.DISPUTE_BY)
    if row.standing.next_step in THIRD_PARTY:
        named = (day for what in _OF_OTHERS for day in days if day.due.what is what)
        return next((day for day in named if _is_of_others(day)), None)
    waits = [day for what in own for day in days if day.due.what is what][:1]
    lasts = [day for day in days if day.due.is_last][:1]
    # who waits may lose something meanwhile: what comes first counts
    return min([*lasts, *(waits or days[:1])], key=_moment, default=None)


_ASKS_NOTHING = frozenset(
    {DueKind.RIGHTFUL, DueKind.END, DueKind.CHARGE, DueKind.TAKEN_BACK}
)
"""Days on which something happens by itself: nobody has to have done a thing by then.

They stand among the days that count, and no line calls them a deadline."""
_STEPS = "steps"
"""The kind of a case that is ended by steps in an account."""
_WAITS_FOR = (
    *(DueKind.BODY, DueKind.CONFIRMATION, DueKind.PROOF),
    *(DueKind.MONEY, DueKind.BANK),
)
_OF_OTHERS = (
    *(DueKind.PROPOSAL, DueKind.BANK_ASKS),
    *(DueKind.BANK, DueKind.MONEY),
)


def _is_of_others(day: DueDay) -> bool:
    """Return whether a day is one of a bank or a body: money may be the company's."""
    return day.due.what is not DueKind.MONEY or day.due.why.code in ACCEPTED


_ACTS_BY = {
    "cancel": (DueKind.CANCEL,),
    "withdraw": (DueKind.WITHDRAWAL,),
    "refund": (DueKind.REFUND,),
    "steps": (DueKind.CANCEL,),
}
"""What is due by the decision, by the letter that a case began with."""


def _moment(day: DueDay | None) -> datetime:
    return _NEVER if day is None else day.due.moment


_NEVER = datetime.max.replace(tzinfo=UTC)


def shown_person(name: str) -> str:
    """Return whose a case is; empty for one's own, and where there is one person."""
    return "" if name == _own_name(people()) else name


def _own_name(every: Sequence[str]) -> str:
    """Return whose cases need no name; one person alone reads none at all."""
    if len(every) == 1:
        return every[0]
    return str((PROFILE.read(data_folder()) or {}).get("name", ""))


def _line(
    row: ListedCase,
    case: CaseJson,
    verdict: Mapping[str, Any] | None,
    due: DueDay | None,
    bank: DueDay | None,
) -> CaseLine:
    """Return a line; ``verdict`` is that of a case which is ended in an account.

    ``bank`` is the day of what the bank was asked for, where it was.
    """
    day, state, who = row.ends_on, case["state"], case["service_name"]
    if verdict is not None:
        who = store_by(verdict) or who
    if verdict is not None and row.standing.state in BY_STEPS:
        day = row.standing.confirm_by
        state = steps_code(row.standing.state, day, next_charge_by(verdict, row))
    if due is not None and due.due.what is DueKind.BANK:
        state = "bank"
    if row.standing.next_step == NO_DAY_NAMED:
        state = UNNAMED
    if row.standing.next_step == TOLD_BEFORE:
        state = "told_before_listed"
    on = day_in_words(day) if day else "the day they named"
    code = title_of(state, row.ends_on, day_in(row, clock.now()))
    title = Sentence.of("case_title", code, who=who, day=on)
    line = CaseLine(
        id=case["id"],
        name=case["service_name"],
        title=say(title),
        next=case["next_step"],
    )
    if bank is not None and row.standing.state in WAITING:
        code = "bank" if due == bank else "answer_and_bank"
        line = replace(line, next=_with_bank(code, bank))
    return line if due is None else _with_day(line, due)


def _of_bank(days: Sequence[DueDay]) -> DueDay | None:
    """Return the day of what the bank was asked for."""
    return next((day for day in days if day.due.what is DueKind.BANK), None)


def _with_bank(code: str, bank: DueDay) -> str:
    """Return what is waited for of the bank, with its day."""
    on = day_in(bank, bank.due.moment)
    day = day_on_card(on, day_in(bank, clock.now()), country_of(bank), by_name=False)
    return say(Sentence.of("case_row", code, day=day))


def _with_day(line: CaseLine, due: DueDay) -> CaseLine:
    """Return a line with its next day, on the calendar of the case."""
    today, by = day_in(due, clock.now()), due.due.by
    on = day_in(due, by) if isinstance(by, datetime) else by
    left = (on - today).days
    return replace(
        line,
        by=day_on_card(on, today, country_of(due)),
        what=label(due.due.what, "last_day") if due.due.is_last else "by",
        left={0: "", 1: "1 day left"}.get(left, f"{left} days left"),
        urgency="late" if left <= LATE else "soon" if left <= SOON else "",
    )
