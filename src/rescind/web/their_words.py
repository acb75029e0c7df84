"""What came in a case, whoever wrote it: the newest first, with its day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rescind.app.follow.answers import Reply
from rescind.app.follow.others import who_wrote
from rescind.app.follow.third_party import TheirWords, their_words
from rescind.core.model.case import Case, counting, happened
from rescind.core.model.event_details import AnsweredDetails
from rescind.core.model.third_party_details import ThirdPartyDetails
from rescind.labels import label
from rescind.web.case_story import CaseDays


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedWords:
    """One message: who wrote it, when it came, and what it is read as."""

    who: str
    day: str
    answer: Reply | None = None
    """Of the company, or the store; else ``None``."""
    other: TheirWords | None = None
    """Of the bank, or a body; else ``None``."""


def words_of(case: Case, replies: Sequence[Reply]) -> tuple[ReceivedWords, ...]:
    """Return all that came, the newest first; the database is asked once."""
    events = counting(case.events)
    # of a message that the person read anew the first event is when it came
    came = [*reversed(happened(events, AnsweredDetails))]
    numbers = {details.message: event.number for event, details in came}
    others = happened(events, ThirdPartyDetails)
    numbers |= {told.message: event.number for event, told in others if told.message}
    found = dict(_each(case, replies))
    return tuple(found[name] for name in sorted(found, key=lambda n: -numbers[n]))


def _each(case: Case, replies: Sequence[Reply]) -> Iterator[tuple[str, ReceivedWords]]:
    """Yield each message under its digest."""
    days = CaseDays(case)
    for reply in replies:
        who = who_wrote(case, [reply], "answered")
        day = days.day(reply.came_on, by_name=False)
        yield reply.message, ReceivedWords(who=who, day=day, answer=reply)
    for each in their_words(case):
        who = each.who or label(f"{each.by}_wrote", "story")
        day = days.day(each.came_on, by_name=False)
        yield each.message, ReceivedWords(who=who, day=day, other=each)
