"""The law's files become rights by place, each with the calendar it counts with."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.claims import Entry, Reader, read_conditions, read_span
from rescind.adapters.data.yaml import read_yaml
from rescind.core.know.law import Law
from rescind.core.model.catalogue import Condition
from rescind.core.model.law import (
    Body,
    Calendar,
    Deadline,
    Exit,
    ExitHow,
    Ground,
    Right,
    RightKind,
    Status,
    WithdrawalLaw,
)
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Answer
from rescind.core.periods import IsWorkingDay, every_day

WEEKDAYS = {"saturday": 5, "sunday": 6}
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
    """Return every right and every body to complain to on file."""
    entries = [read_yaml(path) for path in sorted((root / "law").glob("*/*.yaml"))]
    withdrawal = [entry for entry in entries if entry["right"] == "withdrawal"]
    others = [entry for entry in entries if entry["right"] not in _OTHERS]
    bodies = [entry for entry in entries if entry["right"] == "bodies"]
    return Law(
        withdrawal=_by_place(withdrawal),
        calendar=calendar,
        rights=tuple(_right(entry) for entry in others),
        bodies=tuple(body for entry in bodies for body in _bodies(entry)),
    )


_OTHERS = frozenset({"withdrawal", "bodies"})


def _by_place(entries: list[Entry]) -> dict[str, tuple[WithdrawalLaw, ...]]:
    """Return each place's records: its own before a union's, the narrower first."""
    found: dict[str, list[WithdrawalLaw]] = {}
    unions = {e["jurisdiction"]: e for e in entries if "covers" in e}
    own = {e["jurisdiction"]: e for e in entries if "transposes" in e}
    for union in unions.values():
        for place in union["covers"]:
            record = _withdrawal(place, union, own.get(place, {}))
            found.setdefault(place, []).append(record)
    for entry in entries:
        if "covers" not in entry and "transposes" not in entry:
            for place in entry.get("places", [entry["jurisdiction"]]):
                found.setdefault(place, []).append(_withdrawal(place, entry, {}))
    return {
        place: tuple(sorted(records, key=_breadth)) for place, records in found.items()
    }


def _breadth(record: WithdrawalLaw) -> int:
    return 2 - bool(record.kinds) - bool(record.sold_by)


def _withdrawal(place: str, entry: Entry, own: Entry) -> WithdrawalLaw:
    lists = {name: _claims(own, name) + _claims(entry, name) for name in _CLAIM_LISTS}
    reader = Reader(entry["checked_on"], entry["sources"])
    return WithdrawalLaw(
        jurisdiction=place,
        answer=Answer(entry["answer"]),
        in_force=read_span(entry["in_force"]),
        kinds=frozenset(entry.get("kinds", ())),
        kinds_not=frozenset(entry.get("kinds_not", ())),
        sold_by=frozenset(entry.get("sold_by", ())),
        above=_money(entry.get("above")),
        period=_period(entry.get("period")),
        working_days=entry.get("working_days", False),
        grounds=tuple(_ground(item, reader) for item in entry.get("grounds", ())),
        not_informed_adds=_period(entry.get("not_informed_adds")),
        informed_within=_period(entry.get("informed_within")),
        calendar=_calendar(place, entry, tuple(own.get("extra_days_off", ()))),
        content_waiver_ends=entry.get("content_waiver_ends", False),
        from_start_of_supply=entry.get("from_start_of_supply", False),
        refund_within=_period(entry.get("refund_within")),
        refund_in_working_days=entry.get("refund_in_working_days", False),
        refund_calendar=_calendar(
            place,
            {"days_off": entry.get("refund_days_off", entry.get("days_off", ()))},
            tuple(own.get("extra_days_off", ())),
        ),
        formality=own.get("formality", entry.get("formality", "")),
        exceptions=own.get("exceptions", entry.get("exceptions", "")),
        **lists,
    )


def _ground(item: Entry, reader: Reader) -> Ground:
    return Ground(
        code=item["code"],
        conditions=_conditions(item),
        period=Period.parse(item["period"]),
        counted_from=item["from"],
        claims=reader.claims(item["claims"]),
    )


def _right(entry: Entry) -> Right:
    reader = Reader(entry["checked_on"], entry["sources"])
    in_force = read_span(entry["in_force"])
    claims = tuple(
        reader.claim({"in_force": entry["in_force"], **item})
        for item in entry["claims"]
    )
    return Right(
        id=entry["id"],
        name=entry["name"],
        kind=RightKind(entry["right"]),
        regions=frozenset(entry.get("places", ())),
        status=Status(entry.get("status", "in_force")),
        expected=entry.get("expected", ""),
        in_force=in_force,
        judged_by_contract=entry.get("judged_by", "day") == "contract",
        kinds=frozenset(entry.get("kinds", ())),
        kinds_not=frozenset(entry.get("kinds_not", ())),
        conditions=_conditions(entry),
        above=_money(entry.get("above")),
        up_to=_money(entry.get("up_to")),
        exit=_exit(entry["exit"]) if "exit" in entry else None,
        deadlines=tuple(_deadline(item) for item in entry.get("deadlines", ())),
        calendar=_calendar(_nation(entry), entry, ()),
        says=entry["says"],
        unsettled=entry.get("unsettled", ""),
        formality=entry.get("formality", ""),
        exceptions=entry.get("exceptions", ""),
        claims=claims,
    )


def _nation(entry: Entry) -> str:
    """Return whose holidays count; empty: those of the place the consumer lives in."""
    return str(entry.get("holidays_of", ""))


def _exit(item: Entry) -> Exit:
    return Exit(
        how=ExitHow(item["how"]),
        notice=_period(item.get("notice")),
        conditions=_conditions(item),
        caps_notice=_period(item.get("caps_notice")),
    )


def _deadline(item: Entry) -> Deadline:
    return Deadline(
        who=item["who"],
        do=item["do"],
        length=Period.parse(item["length"]),
        counted_from=item["from"],
        backwards=item.get("backwards", False),
        working_days=item.get("working_days", False),
        rolls=item.get("rolls", False),
        conditions=_conditions(item),
    )


def _conditions(item: Entry) -> tuple[Condition, ...]:
    return read_conditions(item, frozenset(item.get("rare", ())))


def _calendar(place: str, entry: Entry, extra: tuple[str, ...]) -> Calendar:
    off = entry.get("days_off", ())
    return Calendar(
        place=place,
        weekdays_off=frozenset(WEEKDAYS[name] for name in off if name in WEEKDAYS),
        holidays_off="holiday" in off,
        extra_days_off=extra,
    )


def _money(item: Entry | None) -> Money | None:
    if item is None:
        return None
    return Money(amount=Decimal(item["amount"]), currency=item["currency"])


def _period(text: str | None) -> Period | None:
    return None if text is None else Period.parse(text)


def _claims(entry: Entry, name: str) -> tuple[Claim, ...]:
    if name not in entry:
        return ()
    reader = Reader(entry["checked_on"], entry["sources"])
    span: Any = entry.get("in_force", [None, None])
    return tuple(reader.claim({"in_force": span, **item}) for item in entry[name])


def _bodies(entry: Entry) -> Iterator[Body]:
    reader = Reader(entry["checked_on"], entry["sources"])
    for item in entry["bodies"]:
        yield Body(
            id=item["id"],
            name=item["name"],
            regions=frozenset(item.get("places", entry.get("places", ()))),
            problems=frozenset(item["problems"]),
            what=item["what"],
            first=item.get("first", ""),
            contact=tuple(item["contact"]),
            papers=tuple(item.get("papers", ())),
            by_when=item.get("by_when", ""),
            claims=(reader.claim({"value": item["what"], **item}),),
        )


def calendar(rule: Calendar, place: str) -> IsWorkingDay:
    """Return the working days a law counts with in a place, region included.

    Holidays are looked up by year, in the ``holidays`` library; a region it does
    not know has those of its country.
    """
    if rule.is_plain:
        return every_day
    return _working_days(rule, place)


@lru_cache(maxsize=1024)
def _working_days(rule: Calendar, place: str) -> Callable[[date], bool]:
    def is_working_day(day: date) -> bool:
        if day.weekday() in rule.weekdays_off:
            return False
        return not (rule.holidays_off and day in _days_off(rule, place, day.year))

    return is_working_day


@lru_cache(maxsize=2048)
def _days_off(rule: Calendar, place: str, year: int) -> frozenset[date]:
    import holidays  # noqa: PLC0415 - 0.02 s; few rights move off holidays

    country, _, part = place.partition("-")
    known = holidays.list_supported_countries().get(country, [])
    public = holidays.country_holidays(
        country, subdiv=part if part in known else None, years=year
    )
    return frozenset(public) | {_extra(name, year) for name in rule.extra_days_off}


def _extra(name: str, year: int) -> date:
    if name == "midsummer_eve":
        nineteenth = date(year, 6, 19)
        return nineteenth + timedelta(days=(4 - nineteenth.weekday()) % 7)
    return date.fromisoformat(f"{year}-{name}")
