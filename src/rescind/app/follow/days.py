"""The days of a case: read and written where the person is, in one zone."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Protocol

from rescind.adapters import clock
from rescind.adapters.data.countries import zone_of_purchase
from rescind.adapters.input.days import read_written_day
from rescind.adapters.input.months import refuse_month
from rescind.adapters.input.values import parse_when
from rescind.core.model.case import Case


class HasFacts(Protocol):
    """A case, or what a list has of one."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts, or those of them that say where its days are read."""
        ...


def zone_of(case: HasFacts) -> tzinfo:
    """Return the zone of the purchase: what its facts say, else this machine's."""
    return zone_of_purchase(case.facts)


def country_of(case: HasFacts) -> str | None:
    """Return where the person lives, if the case says it: their order of dates."""
    country = case.facts.get("country")
    return country if isinstance(country, str) else None


def today(case: Case) -> date:
    """Return today, as the calendar of the case has it."""
    return day_in(case, clock.now())


def day_in(case: HasFacts, moment: datetime) -> date:
    """Return the day of a moment, as the calendar of the case has it."""
    return moment.astimezone(zone_of(case)).date()


def day_told(text: str, field: str) -> str:
    """Return a day in ISO 8601, from how a person writes it; raises BadInput.

    Of a moment in ISO 8601 it is the day that stands in it; a month alone is none.
    """
    refuse_month(text, field)
    if "T" in text:
        return parse_when(text.strip(), field).isoformat()[:10]
    return read_written_day(text, field, today=clock.today()).isoformat()
