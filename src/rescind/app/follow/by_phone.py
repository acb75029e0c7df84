"""What was said in a call once the merchant had been told: no answer in writing."""

from datetime import date

from rescind.adapters.data.phrasebooks import figures
from rescind.app.follow.days import day_in
from rescind.core.follow.reading.effect import ends_on
from rescind.core.follow.reading.phrases import sentences
from rescind.core.follow.state import calls_once_told
from rescind.core.model.case import Case, EventKind, counting, happened
from rescind.core.model.event_details import CalledDetails

_SETTLES = frozenset({EventKind.ANSWERED, EventKind.CONFIRMED})


def end_by_phone(case: Case) -> date | None:
    """Return the end that they named in the newest call, while nothing came in writing.

    ``None`` too for a call that ended it: there the person named the day.
    """
    events = counting(case.events)
    calls = happened(events, CalledDetails)[-1:]
    for event, call in calls:
        is_settled = any(e.number > event.number and e.kind in _SETTLES for e in events)
        if event.number not in calls_once_told(events) or is_settled:
            return None
        said = sentences(call.said)
        languages = [each.days for each in figures()]
        came_on = call.on or day_in(case, event.at)
        return ends_on(said, said, languages, came_on, is_past=False)
    return None


def about_call(case: Case) -> dict[str, str]:
    """Return what a letter says of the newest call after they were told; or nothing.

    A call that ended it is named by the letter that confirms it.
    """
    events = counting(case.events)
    others = calls_once_told(events)
    since = [e for e in happened(events, CalledDetails) if e[0].number in others]
    if not since:
        return {}
    event, call = since[-1]
    day = call.on or day_in(case, event.at)
    who = ", ".join(filter(None, (call.with_whom, call.reference)))
    told = {"call_with": who, "call_said": " ".join(call.said.split())}
    return {"call_on": day.isoformat()} | {n: v for n, v in told.items() if v}


def ending_call(case: Case) -> CalledDetails | None:
    """Return the newest call that told the merchant of the end, if one did."""
    events = counting(case.events)
    others = calls_once_told(events)
    calls = happened(events, CalledDetails)
    told = [call for event, call in calls if event.number not in others]
    return told[-1] if told else None
