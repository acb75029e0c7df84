"""What a reply may say of the answer that it meets: that no notice came."""

from collections.abc import Iterator
from datetime import date

from rescind.core.act.matter import Matter

GIVEN_BY = ("email", "post", "pages")
"""The ways of a notice that a letter names: where it went, or on whose pages."""
_TO_NOWHERE = "pages"
"""The way that needs no address: the pages are the merchant's own."""


def about_answer(matter: Matter) -> Iterator[tuple[str, bool]]:
    """Yield what is known of how the notice was given: a way that was told in full."""
    details = matter.details
    for way in GIVEN_BY:
        is_whole = bool(details.given_to) or way == _TO_NOWHERE
        is_given = details.given_by == way and details.given_on is not None
        yield f"given_{way}", is_given and is_whole


def days_of_answer(matter: Matter) -> dict[str, date | None]:
    """Return the days that a reply names of the notice."""
    details = matter.details
    return {"given_on": details.given_on, "received_on": details.received_on}


def names_of_answer(matter: Matter) -> dict[str, str | None]:
    """Return the words that a reply takes over: the address of the notice."""
    return {"given_to": matter.details.given_to}


SITUATIONS = tuple(f"given_{way}" for way in GIVEN_BY)
DAYS_OF_ANSWER = ("given_on", "received_on")
NAMES_OF_ANSWER = ("given_to",)
