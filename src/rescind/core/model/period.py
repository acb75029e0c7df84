"""Periods as texts state them: 14 days, 1 month."""

import re
from dataclasses import dataclass
from enum import StrEnum

_ISO = re.compile(r"P([1-9][0-9]{0,3})([DWMY])")


class Unit(StrEnum):
    """The units in which contracts and laws count."""

    DAY = "D"
    WEEK = "W"
    MONTH = "M"
    YEAR = "Y"


@dataclass(frozen=True, slots=True)
class Period:
    """A length in one unit; never converted, since a month is not 30 days."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Return the period that an ISO 8601 duration of one unit names.

        Raises ValueError for anything else.

        >>> Period.parse("P14D")
        Period(count=14, unit=<Unit.DAY: 'D'>)
        """
        match = _ISO.fullmatch(text)
        if match is None:
            raise ValueError(text)
        return cls(int(match[1]), Unit(match[2]))

    @property
    def months(self) -> int | None:
        """Return the length in months; ``None`` for days and weeks."""
        if self.unit is Unit.MONTH:
            return self.count
        return 12 * self.count if self.unit is Unit.YEAR else None

    def iso(self) -> str:
        """Return the ISO 8601 duration.

        >>> Period(14, Unit.DAY).iso()
        'P14D'
        """
        return f"P{self.count}{self.unit.value}"

    def is_as_long_as(self, other: "Period") -> bool:
        """Return whether both end on one day, whatever day they begin on.

        >>> Period.parse("P1Y").is_as_long_as(Period.parse("P12M"))
        True
        >>> Period.parse("P30D").is_as_long_as(Period.parse("P1M"))
        False
        """
        if self.months is not None or other.months is not None:
            return self.months == other.months
        ours, theirs = ({Unit.WEEK: 7}.get(p.unit, 1) * p.count for p in (self, other))
        return ours == theirs
