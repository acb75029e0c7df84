"""When a contract ended, as a letter may say it, and whether a charge came after."""

from datetime import date

from rescind.core.act.events import is_charged_after_end
from rescind.core.act.matter import Matter
from rescind.core.model.facts import day_of


def is_charged_after(matter: Matter) -> bool:
    """Return whether the last payment was taken after the notice.

    On the day of the notice too, where that was the last day of a free trial.
    """
    facts = matter.checked.facts
    if facts.cancelled_at is None or facts.paid_at is None:
        return False
    told, paid_on = (
        day_of(day, facts.zones) for day in (facts.cancelled_at, facts.paid_at)
    )
    return paid_on > told or (paid_on == told and is_charged_after_end(matter.checked))


def stated_end(matter: Matter) -> date | None:
    """Return the end that a letter may name; ``None`` for one that is a guess.

    What is only counted back from the charge that is disputed proves nothing of it.
    """
    cancel = matter.checked.verdict.topics["cancel"]
    return None if cancel.ends_counted_back else cancel.ends_on


def charged_past(matter: Matter, ends_on: date | None) -> date | None:
    """Return the end that the last payment lies beyond; ``None``: it does not."""
    facts, end = matter.checked.facts, known_end(matter, ends_on)
    if end is None or facts.paid_at is None or not is_charged_after(matter):
        return None
    return end if day_of(facts.paid_at, facts.zones) > end else None


def known_end(matter: Matter, ends_on: date | None) -> date | None:
    """Return when it ends: as they confirmed it, else as the verdict has it.

    A day that a reply speaks against is no confirmation.
    """
    details = matter.details
    theirs = details.their_end_on if details.confirmed_on is not None else None
    return details.end_confirmed or theirs or ends_on


def end_named(matter: Matter, ours: date | None) -> date | None:
    """Return the end that a letter asks for or holds to: theirs where they gave one."""
    details = matter.details
    return details.held_to or details.end_confirmed or ours
