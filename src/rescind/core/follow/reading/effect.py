"""The day on which an answer says that something ends.

Of several days the one counts whose clause speaks of an end, and of nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rescind.core.follow.reading.days import DayRule, DayWords, ToldDay, find_days
from rescind.core.follow.reading.phrases import fold

_CLAUSE = re.compile(r"(?<!\d)[,;:](?!\d)|[;:]|\s[-–—]\s|[()]")
ENOUGH = 2.0
"""So much has to speak for a day; a day that nothing ties to an end is none."""
SHORT = 8
"""Letters beside a day that say nothing of their own: "namely on"."""
HERE, NOTHING, NEAR, SAID, AWAY, AHEAD = 3.0, 2.0, 1.5, 1.0, -2.5, 0.5
ASIDE = 1.5
"""What counts for a day: an end in its clause, nothing more to pay in it, an end in its
sentence, a sentence that the label rests on, something else in its clause, and that it
lies ahead (behind, where it was over before). What is taken from the day of the answer
and the one before it, which often only tell when somebody wrote or pressed a button."""


def effective_on(
    sentences: Sequence[str],
    grounds: Sequence[str],
    languages: Sequence[DayWords],
    came_on: date | None,
    *,
    is_past: bool,
) -> str | None:
    """Return when an end takes effect: a day, ``period_end`` or ``immediate``.

    ``grounds`` are the sentences that the label rests on; ``came_on`` is the day of the
    answer, without which only a day with its year is read; ``is_past`` where the label
    says that it was over before. ``None`` where nothing is clear.
    """
    day = ends_on(sentences, grounds, languages, came_on, is_past=is_past)
    day = day or _only_day(sentences, languages, came_on, is_past=is_past)
    if day is not None:
        return day.isoformat()
    rest = [each for each in sentences if each not in grounds]
    for group in (grounds, rest):
        folded = [fold(each) for each in group]
        pairs = [(words, text) for words in languages for text in folded]
        if any(words.period_end.search(text) for words, text in pairs):
            return "period_end"
        if not is_past and any(_is_at_once(text, words) for words, text in pairs):
            return "immediate"
    return None


def takes_effect(
    day: date,
    sentences: Sequence[str],
    languages: Sequence[DayWords],
    came_on: date | None,
) -> bool:
    """Return whether an end is said to take effect on a day: it ends as that begins.

    The whole sentence is looked at: "on the next possible date, 1 March, effective".
    """
    folded = [fold(each) for each in sentences]
    return any(
        words.effect.search(text)
        and not words.with_day.search(text)
        and any(told.on == day for told in find_days(text, words, came_on))
        for words in languages
        for text in folded
    )


def _only_day(
    sentences: Sequence[str],
    languages: Sequence[DayWords],
    came_on: date | None,
    *,
    is_past: bool,
) -> date | None:
    """Return the one day on the right side of the answer that is nobody else's.

    ``None`` where there are several, or none: days of money, letters and parcels are
    left out.
    """
    if came_on is None:
        return None
    days: set[date] = set()
    whole: set[date] = set()
    for sentence in sentences:
        folded = fold(sentence)
        for words in languages:
            for day in find_days(folded, words, came_on, is_past=is_past):
                start, stop = _clause_around(folded, day, words)
                clause = folded[start:stop]
                is_other = words.other.search(clause) and not words.ends.search(clause)
                if not is_other and (day.on < came_on) == is_past:
                    (whole if day.rule in _NUMBERED else days).add(day.on)
    told = whole or days
    return told.pop() if len(told) == 1 else None


def _is_at_once(folded: str, words: DayWords) -> bool:
    return bool(
        words.at_once.search(folded) or words.rules[DayRule.TODAY].search(folded)
    )


def ends_on(
    sentences: Sequence[str],
    grounds: Sequence[str],
    languages: Sequence[DayWords],
    came_on: date | None,
    *,
    is_past: bool,
) -> date | None:
    """Return the day of the end that an answer tells, ``None`` where none is clear."""
    enough: list[tuple[float, bool, date]] = []
    for sentence in sentences:
        folded = fold(sentence)
        for words in languages:
            for day, points in _weighed(folded, words, came_on, is_past=is_past):
                sure = points + (SAID if sentence in grounds else 0)
                if sure >= ENOUGH:
                    sure -= ASIDE if day.rule in _SPOKEN_FROM else 0
                    enough.append((sure, day.rule in _NUMBERED, day.on))
    return max(enough)[-1] if enough else None


_SPOKEN_FROM = frozenset({DayRule.TODAY, DayRule.YESTERDAY})
"""Days of the answer itself, and of what led to it: any other day comes before them."""
_NUMBERED = frozenset({None, DayRule.DAY})
"""Days that are told whole: of equals they come before the end of a month."""


def _weighed(
    folded: str, words: DayWords, came_on: date | None, *, is_past: bool
) -> Iterator[tuple[ToldDay, float]]:
    days = find_days(folded, words, came_on, is_past=is_past)
    if not days:
        return
    is_end = bool(words.ends.search(folded))
    for day in days:
        if len(days) > 1 and _is_denied(folded[: day.start], words):
            continue
        start, stop = _clause_around(folded, day, words)
        clause = folded[start:stop]
        is_other = words.other.search(clause)
        is_over = is_other and words.nothing.search(clause)
        has_end = words.ends.search(clause)
        points = NOTHING if is_over else HERE if has_end else NEAR if is_end else 0.0
        points += AWAY if is_other and not is_over else 0.0
        if came_on is None or (day.on < came_on) == is_past:
            points += AHEAD
        yield day, points


def _is_denied(before: str, words: DayWords) -> bool:
    """Return whether a day is not the one told: "on the 13th and not on" this one."""
    denials = list(words.nothing.finditer(before))
    return bool(denials) and len(before[denials[-1].end() :].strip()) <= _PREPOSITION


_PREPOSITION = 4
"""Letters between "not" and its day: on, op, zum."""


def _clause_around(folded: str, day: ToldDay, words: DayWords) -> tuple[int, int]:
    cuts = [match.span() for match in _CLAUSE.finditer(folded)]
    cuts += [match.span() for match in words.joins.finditer(folded)]
    starts = sorted({0, *(stop for _, stop in cuts if stop <= day.start)})
    stop = min((first for first, _ in cuts if first >= day.stop), default=len(folded))
    beside = folded[starts[-1] : day.start] + folded[day.stop : stop]
    if len(starts) > 1 and len(beside.strip(" .,")) <= SHORT:
        # "in two days, on 26 February": a day in apposition says no more by itself
        return starts[-2], stop
    return starts[-1], stop


def says_end(sentences: Sequence[str], languages: Sequence[DayWords]) -> bool:
    """Return whether a clause speaks of an end without a negation or a question.

    "You write that you want to stop" speaks of what the reader wants, and "you pay
    until the holidays" of money.
    """
    folded = [fold(each) for each in sentences]
    return any(
        words.ends.search(clause)
        and not words.nothing.search(clause)
        and not words.wished.search(clause)
        and not words.other.search(clause)
        for text in folded
        if not text.endswith("?")
        for words in languages
        for part in _CLAUSE.split(text)
        for clause in words.joins.split(part)
    )
