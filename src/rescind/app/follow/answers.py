"""What came back in a case: each answer, what it reads as, and what follows from it."""

from dataclasses import dataclass

from rescind.adapters.data import playbook
from rescind.adapters.mail.compose import readable_text
from rescind.adapters.public.advice import AdviceJson, advice_json
from rescind.app.follow.reading import read_raw
from rescind.core.follow.reopening import settled_by, unverified
from rescind.core.model.case import Case, happened, payloads
from rescind.core.model.event_details import (
    AnsweredDetails,
    AuthenticatedDetails,
    LetterWrittenDetails,
)
from rescind.core.model.message import Label, Reading
from rescind.store import selectors


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


def answers(case: Case) -> tuple[Reply, ...]:
    """Return each message that came back, oldest first, and what it reads as.

    The database is asked once, for the bytes of all of them and of the letter that
    they may quote.
    """
    came = happened(case.events, AnsweredDetails)
    numbers = unverified(case.events)
    claims = {each.message for event, each in came if event.number in numbers}
    messages = list(dict.fromkeys(each.message for _, each in came))
    authenticated = {
        each.message: each for each in payloads(case.events, AuthenticatedDetails)
    }
    letter = case.last(LetterWrittenDetails)
    quoted = [letter.text] if letter else []
    contents = selectors.contents(case, [*messages, *quoted])
    ours = contents[quoted[0]].decode() if quoted else ""
    return tuple(
        Reply(
            text=readable_text(contents[name]),
            reading=read_raw(contents[name], ours=ours),
            result=authenticated[name].result if name in authenticated else "",
            said=authenticated[name].said if name in authenticated else "",
            message=name,
            is_unverified=name in claims,
        )
        for name in messages
    )


def advice(
    case: Case, answers: tuple[Reply, ...], language: str = "en"
) -> AdviceJson | None:
    """Return what follows from the newest answer.

    ``None`` while none came, and once a confirmation or the end of the case settled it.
    """
    theirs = [answer for answer in answers if not answer.is_unverified]
    if not theirs or settled_by(case.events) is not None:
        return None
    reading = theirs[-1].reading
    label = Label.OTHER if reading.needs_person else reading.label
    play = playbook.plays(language)[label]
    rights = [
        right
        for right in case.verdict.get("rights", [])
        if right["kind"] in play.rights
        and right["answer"] in ("yes", "depends", "disputed")
    ]
    return advice_json(play, rights)
