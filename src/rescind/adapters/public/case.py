"""The case in the public JSON form: where it stands, and all that happened."""

from typing import TypedDict

from rescind.adapters.data.words import ENGLISH
from rescind.core.follow.transitions import possible_acts
from rescind.core.model.case import Case, Event, Standing


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


class WholeCaseJson(CaseJson):
    """A case with all that happened, in order, and what may follow."""

    events: list[EventJson]
    possible: list[str]
    """Kinds of events that a person can bring about now."""


def case_json(case: Case, standing: Standing) -> CaseJson:
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


def whole_case_json(case: Case, standing: Standing) -> WholeCaseJson:
    """Return where a case stands, with all that happened."""
    events = [event_json(event) for event in case.events]
    return {
        **case_json(case, standing),
        "events": events,
        "possible": [kind.value for kind in possible_acts(case.events)],
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
