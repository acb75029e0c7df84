"""The days that count as a calendar, for programs that come again and again.

It holds what is due now and within a year; what is further off comes into it in time.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from rescind.adapters import clock
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.public.calendar import CalendarEntry, calendar_of
from rescind.core.follow.due_day import AFTER_END, DueKind
from rescind.core.model.sentence import Sentence
from rescind.store import listing
from rescind.store.standings import unpacked

_SEVERAL = frozenset({DueKind.RIGHTFUL, DueKind.DISPUTE_BY, DueKind.COMPANY_SETS})
AHEAD = timedelta(days=366)
MOST_WORDS = 5_000
"""Sentences that are remembered in words: the cases share most of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar file, and what tells it from every other."""

    tag: str
    content: bytes


def due_calendar() -> Feed:
    """Return the days that count, up to a year ahead, as a calendar file (RFC 5545).

    The same file is handed out again until something happens in a case, for an hour
    at most: what is past by then is left out.
    """
    tag = due_tag()
    global _newest  # noqa: PLW0603 - one file for all who ask
    if _newest is None or _newest.tag != tag:
        now = _hour()
        content = calendar_of(_entries(now), "due", now)
        _newest = Feed(tag=tag, content=content)
    return _newest


_newest: Feed | None = None


def due_tag() -> str:
    """Return what is another text once the calendar is another one."""
    return f"{_hour():%Y%m%d%H}-{listing.revision()}"


def _hour() -> datetime:
    return clock.now().replace(minute=0, second=0)


def _entries(now: datetime) -> Iterator[CalendarEntry]:
    for case, service_name, what, by, why in listing.days_until(now, now + AHEAD):
        text = _due(what, why)
        yield CalendarEntry(
            # of days that come one after the other each has an entry of its own
            name=f"{case} {what}{f' {by}' if what in _SEVERAL else ''}",
            by=(datetime if "T" in by else date).fromisoformat(by),
            summary=f"{service_name}: {text}",
            description=_why(why),
            reminder=text,
        )


@lru_cache(maxsize=MOST_WORDS)
def _due(what: str, why: str) -> str:
    code = unpacked(json.loads(why)).code
    return ENGLISH.say(Sentence.of("due_ended" if code == AFTER_END else "due", what))


@lru_cache(maxsize=MOST_WORDS)
def _why(why: str) -> str:
    return ENGLISH.say(unpacked(json.loads(why)))
