"""What a bank or a body wrote, by the person's reading; it is never the company's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rescind.adapters import clock
from rescind.adapters.data.words import ENGLISH, why_not
from rescind.adapters.input.attachments import media_type
from rescind.adapters.input.days import read_written_day
from rescind.adapters.input.months import refuse_month
from rescind.adapters.input.senders import clean
from rescind.adapters.input.sums import read_written_money
from rescind.app.follow.answers import read_once
from rescind.app.follow.cases import MAX_NAME
from rescind.app.follow.days import country_of, day_in, today
from rescind.app.follow.steps import body_of
from rescind.app.prove import proof
from rescind.core.errors import BadInput
from rescind.core.follow.closing import is_end_unsaid
from rescind.core.follow.letters_out import TO_BANK, Do, sent_letters
from rescind.core.follow.third_party import WAITS, last_said
from rescind.core.model.case import Case, counting, happened
from rescind.core.model.event_details import ClosedDetails
from rescind.core.model.third_party_details import (
    BANK,
    BODY,
    OF_BANK,
    OF_BODY,
    ThirdPartyDetails,
    ThirdWord,
)
from rescind.store import selectors, services

LOOK_AFTER = timedelta(days=30)
"""When to ask again where they look into it and name no day; our own measure."""
SAYS: Mapping[str, tuple[ThirdWord, ...]] = {
    BANK: (*OF_BANK, ThirdWord.SENT),
    BODY: (*OF_BODY, ThirdWord.ACCEPTED, ThirdWord.DECLINED, ThirdWord.CAME),
}
"""What each may say, and what the person may have answered."""


_MAY_BE_OVER = frozenset(
    {
        *(ThirdWord.PAYS, ThirdWord.REFUSES, ThirdWord.CLOSES),
        *(ThirdWord.DECLINED, ThirdWord.CAME, ThirdWord.ACCEPTED),
    }
)
"""Words whose day may be past: what they did on it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTold:
    """What the person says of a word of theirs, as they write it."""

    by: str
    says: str
    sum: str = ""
    until: str = ""
    """The day that it names."""
    content: bytes | None = None
    """What they wrote; ``None`` for what the person did."""
    name: str = ""
    """Of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirWords:
    """What a bank or a body wrote, to be read."""

    by: str
    who: str
    says: str
    message: str
    text: str
    """Empty for a picture or a page, which is looked at as a file."""
    came_on: date


def may_have_written(case: Case) -> tuple[str, ...]:
    """Return who besides the company may have written: those that were written to."""
    kinds = {letter.kind for letter in sent_letters(counting(case.events))}
    bank = (BANK,) if kinds & TO_BANK else ()
    return (*bank, BODY) if Do.COMPLAINT in kinds else bank


def record(case_id: str, told: WordTold) -> str:
    """Keep what a bank or a body wrote, or was answered, and return the case's id.

    Raises BadInput for what neither of them says, for a day and a sum that cannot be
    read, and for what is no text, picture or page. Once all came that was proposed,
    the case is over.
    """
    known = SAYS.get(told.by)
    if known is None:
        raise BadInput.unknown_value("by", told.by[:20], list(SAYS))
    if told.says not in known:
        if not told.says:
            raise BadInput("says", why_not("choose_what_it_says"), list(known))
        raise BadInput.unknown_value("says", told.says[:20], list(known))
    stored = selectors.find_case(case_id)
    case = selectors.case_of(stored)
    says, message, place = ThirdWord(told.says), "", country_of(case)
    day = _day(told.until, case)
    _require(case, told.by, says, day)
    money = read_written_money(told.sum, "sum", country=place) if told.sum else None
    if told.content is not None:
        kind = media_type(told.content)
        name = clean(Path(told.name).name[-MAX_NAME:], "upload") or f"{told.by}.txt"
        message = services.keep(stored, told.content, kind, name)
    if day is None and says in WAITS | {ThirdWord.LOOKS}:
        day = today(case) + LOOK_AFTER
    body = body_of(case) if told.by == BODY else None
    details = ThirdPartyDetails(
        by=told.by,
        who=body.name if body is not None else "",
        says=says,
        message=message,
        amount=str(money) if money is not None else None,
        until=day,
    )
    services.add(stored, details, now=clock.now(), known_by=services.PERSON)
    if says is ThirdWord.CAME and _is_all(selectors.case_of(stored)):
        note = str(ENGLISH.table("case_note")["proposed_came"])
        over = ClosedDetails(note=note)
        services.add(stored, over, now=clock.now(), known_by=services.PERSON)
    proof.settle(stored)
    return case.id


def back_for_good(case_id: str) -> str:
    """Record that the bank gave the money back for good, and return the case's id.

    The case is over by that where its end was said; else the company may charge again.
    """
    stored = selectors.find_case(case_id)
    case = selectors.case_of(stored)
    last = last_said(case.events, BANK)
    if last is None or last.says is not ThirdWord.PAYS:
        amount = last.amount if last is not None else None
        told = ThirdPartyDetails(by=BANK, says=ThirdWord.PAYS, amount=amount)
        services.add(stored, told, now=clock.now(), known_by=services.PERSON)
    if not is_end_unsaid(case.events):
        note = str(ENGLISH.table("case_note")["bank_paid"])
        over = ClosedDetails(note=note)
        services.add(stored, over, now=clock.now(), known_by=services.PERSON)
    proof.settle(stored)
    return case.id


def _require(case: Case, by: str, says: ThirdWord, day: date | None) -> None:
    """Raise BadInput where nobody wrote to them, or what is to come is past."""
    writers = may_have_written(case)
    if by not in writers:
        why = why_not("nothing_at_bank" if by == BANK else "nothing_at_body")
        raise BadInput("by", why, writers)
    if day is not None and says not in _MAY_BE_OVER and day < today(case):
        raise BadInput("until", why_not("day_over"), [])


def _is_all(case: Case) -> bool:
    """Return whether nothing is known to be missing of what a body proposed."""
    word = last_said(case.events, BODY)
    return word is None or word.amount is None


def _day(text: str, case: Case) -> date | None:
    """Return a day that they name; raises BadInput for a month alone."""
    if not text:
        return None
    refuse_month(text, "until")
    place, now = country_of(case), today(case)
    return read_written_day(text, "until", today=now, country=place)


def their_words(case: Case) -> tuple[TheirWords, ...]:
    """Return what a bank or a body wrote, oldest first; the database is asked once."""
    every = happened(counting(case.events), ThirdPartyDetails)
    told = [(event, each) for event, each in every if each.message]
    names = tuple(each.message for _, each in told)
    kept = selectors.contents(case, names) if told else {}
    return tuple(
        TheirWords(
            by=each.by,
            who=each.who,
            says=each.says.value if each.says is not None else "",
            message=each.message,
            text=_text(kept[each.message], day_in(case, event.at)),
            came_on=day_in(case, event.at),
        )
        for event, each in told
    )


def _text(content: bytes, came_on: date) -> str:
    is_text = media_type(content).startswith("text/")
    return read_once(content, "", came_on)[0] if is_text else ""
