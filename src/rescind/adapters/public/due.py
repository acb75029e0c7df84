"""The days that count in all cases, in the public JSON form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypedDict

from rescind.adapters.data.words import ENGLISH
from rescind.core.follow.due_day import Due


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """A day that counts in a case."""

    case_id: str
    service_name: str
    facts: Mapping[str, str]
    """Those that say where the days of the case are read."""
    due: Due
    is_past: bool

    @property
    def by(self) -> date | datetime:
        """The day, or the moment in UTC."""
        by = self.due.by
        return by.astimezone(UTC) if isinstance(by, datetime) else by

    @property
    def text(self) -> str:
        """What the day is, in words."""
        return ENGLISH.say(self.due.text)

    @property
    def why(self) -> str:
        """Why it counts, in words."""
        return ENGLISH.say(self.due.why)


class DueDayJson(TypedDict):
    """A day that counts; ``by`` in ISO 8601, a moment in UTC."""

    case: str
    service_name: str
    what: str
    by: str
    text: str
    why: str
    is_past: bool


def due_day_json(day: DueDay) -> DueDayJson:
    """Return a day that counts."""
    return {
        "case": day.case_id,
        "service_name": day.service_name,
        "what": day.due.what.value,
        "by": day.by.isoformat(),
        "text": day.text,
        "why": day.why,
        "is_past": day.is_past,
    }
