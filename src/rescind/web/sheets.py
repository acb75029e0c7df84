"""The letters of a case that went out, as they were kept."""

from dataclasses import dataclass

from rescind.core.follow.letters import letters_of
from rescind.core.model.case import Case, CaseState
from rescind.web.bench_choices import name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOut:
    """A letter that went out, as it was kept: it cannot be changed any more."""

    kind: str
    name: str
    subject: str
    pdf: str
    """The digest of the page."""


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
        )
        for letter in reversed(every)
        if letter.state not in unsent
    )
