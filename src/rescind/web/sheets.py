"""The letters of a case that went out, as they were kept."""

from dataclasses import dataclass

from rescind.app.follow.days import country_of, day_in, today
from rescind.core.follow.letters import LetterStanding, letters_of
from rescind.core.model.case import Case, CaseState
from rescind.core.model.sentence import Sentence
from rescind.labels import day_on_card, say
from rescind.web.bench_choices import name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOut:
    """A letter that went out, as it was kept: it cannot be changed any more."""

    kind: str
    name: str
    subject: str
    pdf: str
    """The digest of the page."""
    note: str = ""
    """That it is not what went out, where it was written here only after that."""
    number: int = 0
    """Of the event that wrote it."""


def sheets_out(case: Case) -> tuple[SheetOut, ...]:
    """Return each letter that went out, or may have, the newest first."""
    every = letters_of(case.events, case.kind)
    unsent = (CaseState.DRAFT, CaseState.FAILED)
    return tuple(
        SheetOut(
            kind=letter.kind,
            name=name_of(letter.kind),
            subject=letter.subject,
            pdf=letter.pdf,
            note=_own(case, letter) if letter.is_own else "",
            number=letter.number,
        )
        for letter in reversed(every)
        if letter.state not in unsent
    )


def _own(case: Case, letter: LetterStanding) -> str:
    """Return that a page is not what went out, and when its text was written."""
    (written,) = (event for event in case.events if event.number == letter.number)
    on, country = day_in(case, written.at), country_of(case)
    day = day_on_card(on, today(case), country, weekday=False, by_name=False)
    return say(Sentence.of("story", "own_letter", day=day))
