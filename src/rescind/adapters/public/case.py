"""The case in the public JSON form: where it stands, and all that happened."""

from collections.abc import Sequence
from typing import TypedDict

from rescind.adapters.data.words import ENGLISH
from rescind.core.follow.letters import letters_of
from rescind.core.follow.transitions import possible_acts
from rescind.core.model.case import Case, Event, ListedCase, Standing
from rescind.core.prove.damage import Damage


class EventJson(TypedDict):
    """Something that happened, as the log of a pack has it too."""

    number: int
    kind: str
    at: str
    known_by: str
    details: dict[str, str]
    digest: str


class CaseJson(TypedDict):
    """Where a case stands; days and moments in ISO 8601."""

    id: str
    service: str
    service_name: str
    offer: str | None
    kind: str
    opened_at: str
    state: str
    next_step: str
    confirm_by: str | None
    ends_on: str | None
    """The contract's last day: as confirmed, else as the verdict has it."""
    by_word_only: bool
    lateness: str | None


class LetterStandingJson(TypedDict):
    """Where one letter of a case stands; days in ISO 8601."""

    kind: str
    subject: str
    state: str
    sent_on: str | None
    confirm_by: str | None


class WholeCaseJson(CaseJson):
    """A case with all that happened, in order, and what may follow."""

    letters: list[LetterStandingJson]
    """Each by itself: an answer to one is none to another."""
    to_write: list[str]
    """Kinds of letter that the plan calls for, and that the case does not have yet."""
    events: list[EventJson]
    possible: list[str]
    """Kinds of events that a person can bring about now."""
    damage: list[str]
    """What of it is no longer as it was written, in words; empty: all of it is."""


def case_json(case: Case | ListedCase, standing: Standing) -> CaseJson:
    """Return where a case stands."""
    confirm_by = standing.confirm_by
    return {
        "id": case.id,
        "service": case.service,
        "service_name": case.service_name,
        "offer": case.offer,
        "kind": case.kind,
        "opened_at": case.opened_at.isoformat(),
        "state": standing.state.value,
        "next_step": ENGLISH.say(standing.next_step),
        "confirm_by": confirm_by.isoformat() if confirm_by else None,
        "ends_on": case.ends_on.isoformat() if case.ends_on else None,
        "by_word_only": standing.by_word_only,
        "lateness": standing.lateness.value if standing.lateness else None,
    }


def whole_case_json(
    case: Case, standing: Standing, to_write: Sequence[str], damage: Sequence[Damage]
) -> WholeCaseJson:
    """Return where a case and each of its letters stands, with all that happened."""
    events = [event_json(event) for event in case.events]
    return {
        **case_json(case, standing),
        "letters": [
            {
                "kind": letter.kind,
                "subject": letter.subject,
                "state": letter.state.value,
                "sent_on": letter.sent_on.isoformat() if letter.sent_on else None,
                "confirm_by": (
                    letter.confirm_by.isoformat() if letter.confirm_by else None
                ),
            }
            for letter in letters_of(case.events, case.kind)
        ],
        "to_write": list(to_write),
        "events": events,
        "possible": [kind.value for kind in possible_acts(case.events)],
        "damage": [ENGLISH.say(each.sentence) for each in damage],
    }


def event_json(event: Event) -> EventJson:
    """Return something that happened."""
    return {
        "number": event.number,
        "kind": event.kind.value,
        "at": event.at.isoformat(),
        "known_by": event.known_by,
        "details": dict(event.details),
        "digest": event.digest,
    }
