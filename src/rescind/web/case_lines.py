"""Cases as lines: what is to be done now, what waits for an answer, what is safe."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from rescind.adapters import clock
from rescind.adapters.public.case import CaseJson
from rescind.adapters.public.due import DueDay
from rescind.adapters.settings.profile import own_names
from rescind.app.follow.answers import Reply, answers_of
from rescind.app.follow.at_store import next_charge_by, store_by
from rescind.app.follow.case_money import is_money_awaited, is_money_late
from rescind.app.follow.days import country_of, day_in
from rescind.app.follow.dues import asked_code
from rescind.app.follow.headline import BY_STEPS, Headline
from rescind.app.follow.open_claim import open_claim
from rescind.app.follow.others import next_code
from rescind.app.follow.queries import bought, list_cases
from rescind.app.follow.steps import steps
from rescind.app.follow.titles import UNNAMED, next_there, steps_code, title_of
from rescind.core.follow.due_day import DueKind
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
from rescind.store.checks import OpenCheck, of_cases
from rescind.store.listing import ENDED, WAITING, people
from rescind.store.selectors import readable_cases, verdicts
from rescind.web.bench_form import ALL
from rescind.web.card_values import LATE, SOON
from rescind.web.case_story import CaseDays, head_in_words
from rescind.web.dispute_days import next_last_day
from rescind.web.line_days import asks_something, line_days
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
    last: str = ""
    """What is lost after another day than that, and after which."""
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
    claims: bool = False
    """Whether money is claimed by a day, and the answer leaves that as it was."""


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
        if not day.is_past and asks_something(day):
            coming.setdefault(day.case_id, []).append(day)
    every = list(rows)
    # an answer is read first: of its days only those count that are the person's
    read = {row.id for row in every if _is_read(row)}
    due = {
        row.id
        for row in every
        if is_money_awaited(row.standing) or _is_asked_further(row)
    }
    heads = _read(read | due)
    claims = {name for name, head in heads.items() if head.claims}
    named = {
        row.id: line_days(
            row,
            coming.get(row.id, ()),
            is_read=row.id in read,
            claims=row.id in claims,
        )
        for row in every
    }
    listed = sorted(every, key=lambda row: named[row.id].order)
    own = _own_names(people() if everybody is None else everybody)
    names = Counter(row.service_name for row in listed)
    at_store = verdicts([row.id for row in listed if row.kind == _STEPS])
    begun = of_cases(row.id for row in listed)
    for name, head in heads.items():
        shown, is_due = named[name].shown, name in due and not head.asks
        if shown and (shown.due.is_last or head.claims or is_due):
            heads[name] = _with_day(head, shown)
    lines = [
        (
            row.standing,
            replace(
                heads.get(row.id)
                or _line(
                    row,
                    case,
                    at_store.get(row.id),
                    named[row.id].shown,
                    _of_bank(coming.get(row.id, ())),
                ),
                last=_last_in_words(named[row.id].last),
                person="" if row.person in own else row.person,
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
    code = next_there(asked_code(code, case, replies), case.events)
    says = head_in_words(head, days, "case_row", code)
    if head.word is not None and head.word.says in OVER:
        says = left_in_words(head, days, next_last_day(steps(case), head.today))
    return CaseLine(
        id=case.id,
        name=case.service_name,
        title=head_in_words(head, days, "case_title", head.title),
        next=says,
        asks=head.code in _ASKS_FOR_REST,
        claims=open_claim(case, replies) is not None,
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


_STEPS = "steps"
"""The kind of a case that is ended by steps in an account."""


def shown_person(name: str) -> str:
    """Return whose a case is; empty for one's own, and where there is one person."""
    return "" if name in _own_names(people()) else name


def _own_names(every: Sequence[str]) -> frozenset[str]:
    """Return whose cases need no name; one person alone reads none at all."""
    return frozenset(every) if len(every) == 1 else own_names() | {""}


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


def _last_in_words(last: DueDay | None) -> str:
    """Return what is lost after a day, and after which; empty: nothing is."""
    if last is None:
        return ""
    day = day_on_card(_on(last), day_in(last, clock.now()), country_of(last))
    return f"{label(last.due.what, 'last_day')} {day}"


def _on(day: DueDay) -> date:
    """Return a day on the calendar of its case."""
    by = day.due.by
    return day_in(day, by) if isinstance(by, datetime) else by


def _with_day(line: CaseLine, due: DueDay) -> CaseLine:
    """Return a line with its next day, on the calendar of the case."""
    today, on = day_in(due, clock.now()), _on(due)
    left = (on - today).days
    what = label("money_by", "case_line") if line.claims else "by"
    return replace(
        line,
        by=day_on_card(on, today, country_of(due)),
        what=label(due.due.what, "last_day") if due.due.is_last else what,
        left={0: "", 1: "1 day left"}.get(left, f"{left} days left"),
        urgency="late" if left <= LATE else "soon" if left <= SOON else "",
    )
