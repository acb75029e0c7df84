"""What was kept or told by mistake: set aside it counts no longer, and stays."""

from collections.abc import Sequence

from rescind.adapters import clock
from rescind.app.follow.cases import clean_note
from rescind.app.prove import proof
from rescind.core.errors import BadInput
from rescind.core.follow.state import CAN_BE_SET_ASIDE
from rescind.core.model.case import Case, Event, set_aside
from rescind.core.model.correction_details import PutBackDetails, SetAsideDetails
from rescind.store import selectors, services


def can_be_set_aside(case: Case) -> tuple[Event, ...]:
    """Return what was kept or told in a case, and counts, in order."""
    aside = set_aside(case.events)
    reports = (event for event in case.events if event.kind in CAN_BE_SET_ASIDE)
    return tuple(event for event in reports if event.number not in aside)


def set_aside_now(case: Case) -> tuple[Event, ...]:
    """Return what is set aside in a case, in order."""
    aside = set_aside(case.events)
    return tuple(event for event in case.events if event.number in aside)


def put_aside(case_id: str, number: int, note: str = "") -> str:
    """Set aside what an event kept or told, and return the case's id.

    Its bytes stay, and so does the event. Raises BadInput for an event that the
    program or a server recorded, or that is set aside already.
    """
    case = selectors.read_case(case_id)
    details = SetAsideDetails(number=number, note=clean_note(note))
    return _add(case, details, can_be_set_aside(case))


def put_back(case_id: str, number: int, note: str = "") -> str:
    """Let what was set aside count again, and return the case's id.

    Raises BadInput for what is not set aside.
    """
    case = selectors.read_case(case_id)
    details = PutBackDetails(number=number, note=clean_note(note))
    return _add(case, details, set_aside_now(case))


def _add(
    case: Case, details: SetAsideDetails | PutBackDetails, choice: Sequence[Event]
) -> str:
    numbers = [str(event.number) for event in choice]
    if numbers and str(details.number) not in numbers:
        raise BadInput.unknown_value("number", str(details.number), numbers)
    record = selectors.find_case(case.id)
    services.add(record, details, now=clock.now(), known_by=services.PERSON)
    proof.settle(record)
    return case.id
