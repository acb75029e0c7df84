"""A field of a page: what it asks, and what was typed into it."""

from dataclasses import dataclass

from rescind.app.know.prices import PriceOnFile


@dataclass(frozen=True, slots=True, kw_only=True)
class PageField:
    """One field of the page: what it asks, with what was typed into it."""

    name: str
    label: str
    hint: str = ""
    kind: str = "text"
    """``text``, ``day``, ``sum``, ``length``, ``select``, ``radios``."""
    options: tuple[tuple[str, str], ...] = ()
    value: str = ""
    unsure: bool = False
    """The person ticked that they are not sure."""
    count: str = ""
    unit: str = ""
    currency: str = ""
    currencies: tuple[tuple[str, str], ...] = ()
    offered: tuple[PriceOnFile, ...] = ()
    """Sums on file, to choose one of or to type another."""
    parts: tuple["PageField", ...] = ()
    """Of a country: the state, for each country whose states have law of their own; of
    whether one was told of a right: the day of it."""
    error: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """What the text may have meant, where it can be read in more than one way."""
