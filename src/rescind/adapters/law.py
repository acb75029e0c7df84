"""The law's files become rights by jurisdiction, each with its calendar."""

from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from rescind.adapters.catalogue import SHIPPED
from rescind.adapters.claims import Entry, read_sources, read_span
from rescind.adapters.yaml import read_yaml
from rescind.core.know.verdict import Law
from rescind.core.model.law import WithdrawalLaw
from rescind.core.model.period import Period
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Answer
from rescind.core.periods import IsWorkingDay, every_day

SATURDAY = 5
_CLAIM_LISTS = (
    "claims",
    "extension_claims",
    "waiver_claims",
    "trial_claims",
    "counting_claims",
    "refund_claims",
    "share_claims",
)


def read_law(root: Path = SHIPPED) -> Law:
    """Return every right of withdrawal on file."""
    entries = [read_yaml(p) for p in sorted((root / "law").glob("*/withdrawal.yaml"))]
    shared = {entry["jurisdiction"]: entry for entry in entries if "covers" in entry}
    rights: dict[str, WithdrawalLaw] = {}
    for entry in shared.values():
        for country in entry["covers"]:
            rights[country] = _right(country, entry, {})
    for entry in entries:
        if "covers" in entry:
            continue
        country = entry["jurisdiction"]
        whole = shared[entry["transposes"]] if "transposes" in entry else entry
        own = entry if "transposes" in entry else {}
        rights[country] = _right(country, whole, own)
    return Law(withdrawal=rights, calendar=calendar)


def _right(country: str, entry: Entry, own: Entry) -> WithdrawalLaw:
    rolls = entry.get("rolls_over", [])
    lists = {name: _claims(own, name) + _claims(entry, name) for name in _CLAIM_LISTS}
    return WithdrawalLaw(
        jurisdiction=country,
        answer=Answer(entry["answer"]),
        in_force=read_span(entry["in_force"]),
        period=_period(entry.get("period")),
        not_informed_adds=_period(entry.get("not_informed_adds")),
        rolls_weekend="weekend" in rolls,
        rolls_holiday="holiday" in rolls,
        extra_days_off=tuple(own.get("extra_days_off", ())),
        content_waiver_ends=entry.get("content_waiver_ends", False),
        from_start_of_supply=entry.get("from_start_of_supply", False),
        **lists,
    )


def _period(text: str | None) -> Period | None:
    return None if text is None else Period.parse(text)


def _claims(entry: Entry, name: str) -> tuple[Claim, ...]:
    if name not in entry:
        return ()
    sources = read_sources(entry["sources"])
    return tuple(
        Claim(
            id=item["id"],
            value=item["value"],
            source=sources[item["source"]],
            locator=item["at"],
            checked_on=date.fromisoformat(entry["checked_on"]),
            in_force=read_span(entry.get("in_force")),
        )
        for item in entry[name]
    )


def calendar(law: WithdrawalLaw) -> IsWorkingDay:
    """Return the working days a law counts with; holidays are looked up by year."""
    if not law.rolls_weekend and not law.rolls_holiday:
        return every_day

    def is_working_day(day: date) -> bool:
        if law.rolls_weekend and day.weekday() >= SATURDAY:
            return False
        off = _days_off(law.jurisdiction, day.year, law.extra_days_off)
        return not (law.rolls_holiday and day in off)

    return is_working_day


@lru_cache(maxsize=512)
def _days_off(country: str, year: int, extra: tuple[str, ...]) -> frozenset[date]:
    import holidays  # large; only rights that move off holidays need it

    public = holidays.country_holidays(country, years=year)
    return frozenset(public) | {_extra(name, year) for name in extra}


def _extra(name: str, year: int) -> date:
    if name == "midsummer_eve":
        nineteenth = date(year, 6, 19)
        return nineteenth + timedelta(days=(4 - nineteenth.weekday()) % 7)
    return date.fromisoformat(f"{year}-{name}")
