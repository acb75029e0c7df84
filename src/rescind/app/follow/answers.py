"""What came back in a case: each answer, and what it reads as."""

from dataclasses import dataclass, replace
from datetime import date

from rescind.app.follow.days import day_in
from rescind.app.follow.reading import read_answer
from rescind.core.follow.reopening import unverified
from rescind.core.model.case import Case, counting, happened, payloads
from rescind.core.model.event_details import (
    AnsweredDetails,
    AuthenticatedDetails,
    LetterWrittenDetails,
)
from rescind.core.model.message import Label, Reading
from rescind.store import selectors

AT_ONCE = "immediate"
"""What an answer is read as that ends it on no day but its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A message that came back."""

    text: str
    reading: Reading
    result: str
    """Whether the merchant signed it; empty while nobody looked that up."""
    said: str
    """The same in words."""
    message: str
    """Its digest."""
    is_unverified: bool
    """Nothing shows that it is from whom it says."""
    came_on: date

    @property
    def ends_on(self) -> date | None:
        """The day of the end that it names; at once is the day on which it came."""
        text = self.reading.effective_on or ""
        if text == AT_ONCE:
            return self.came_on
        return date.fromisoformat(text) if text[:1].isdigit() else None


def answers(case: Case) -> tuple[Reply, ...]:
    """Return each message that came back, oldest first, and what it reads as.

    The database is asked once, for the bytes of all of them and of the letter that
    they may quote.
    """
    came = happened(counting(case.events), AnsweredDetails)
    numbers = unverified(case.events)
    claims = {each.message for event, each in came if event.number in numbers}
    messages = list(dict.fromkeys(each.message for _, each in came))
    authenticated = {
        each.message: each for each in payloads(case.events, AuthenticatedDetails)
    }
    written = payloads(case.events, LetterWrittenDetails)
    quoted = [each.text for each in written[-1:]]
    contents = selectors.contents(case, [*messages, *quoted])
    subjects = [each.subject for each in written]
    ours = "\n".join([*subjects, *(contents[each].decode() for each in quoted)])
    read = {name: read_answer(contents[name], ours=ours) for name in messages}
    first = {each.message: event.at for event, each in reversed(came)}
    by_person = {each.message: each.reads_as for _, each in came if each.by_person}
    return tuple(
        Reply(
            text=read[name][0],
            reading=_reading(read[name][1], by_person.get(name)),
            result=authenticated[name].result if name in authenticated else "",
            said=authenticated[name].said if name in authenticated else "",
            message=name,
            is_unverified=name in claims,
            came_on=day_in(case, first[name]),
        )
        for name in messages
    )


def _reading(reading: Reading, by_person: Label | None) -> Reading:
    """Return what a message reads as; the person's word goes before the program's."""
    if by_person is None:
        return reading
    return replace(reading, label=by_person, sureness=1.0, needs_person=False)
