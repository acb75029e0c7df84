"""The law's files become rights by place, each with the calendar it counts with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.claims import Entry, Reader, read_conditions, read_span
from rescind.adapters.data.working_days import calendar
from rescind.adapters.data.yaml import read_yaml
from rescind.core.know.law import Law
from rescind.core.model.catalogue import Condition
from rescind.core.model.law import (
    Body,
    Calendar,
    Deadline,
    Exit,
    ExitEnds,
    ExitHow,
    FeeCap,
    FeeOf,
    FeeRule,
    Ground,
    ReminderRule,
    RenewalEffect,
    Right,
    RightKind,
    Status,
    TacitRenewal,
    WithdrawalLaw,
)
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Answer

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
    others = [
        entry
        for entry in entries
        # a recorded absence gives nobody anything: it is there for docs/law.md
        if entry["right"] not in _OTHERS and entry.get("answer") != "no"
    ]
    bodies = [entry for entry in entries if entry["right"] == "bodies"]
    return Law(
        withdrawal=_ByPlace(withdrawal),
        calendar=calendar,
        rights=tuple(_right(entry) for entry in others),
        bodies=tuple(body for entry in bodies for body in _bodies(entry)),
    )


_OTHERS = frozenset({"withdrawal", "bodies"})


_OVERRIDES = (
    "sold_by",
    "period",
    "from",
    "working_days",
    "counts_first_day",
    "not_informed_adds",
    "informed_within",
    "days_off",
    "extra_days_off",
    "refund_within",
    "formality",
    "exceptions",
    "unsettled",
)
"""What a state's own record may lay down in place of the union's."""


class _ByPlace(Mapping[str, tuple[WithdrawalLaw, ...]]):
    """Each place's records, made when the place is asked for.

    Its own stand before a union's, and the narrower ones first.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._own = {
            (e["jurisdiction"], *_carried_out(e)): e
            for e in entries
            if "transposes" in e
        }
        self._entries: dict[str, list[Entry]] = {}
        for entry in entries:
            if "transposes" not in entry:
                places = entry.get("covers", entry.get("places"))
                for place in places or [entry["jurisdiction"]]:
                    self._entries.setdefault(place, []).append(entry)
        self._made: dict[str, tuple[WithdrawalLaw, ...]] = {}

    def __getitem__(self, place: str) -> tuple[WithdrawalLaw, ...]:
        if place not in self._made:
            records = [self._record(place, entry) for entry in self._entries[place]]
            self._made[place] = tuple(sorted(records, key=_breadth))
        return self._made[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def _record(self, place: str, entry: Entry) -> WithdrawalLaw:
        is_of_union = "covers" in entry
        key = (place, *_carried_out(entry))
        return _withdrawal(place, entry, self._own.get(key, {}) if is_of_union else {})


def _carried_out(entry: Entry) -> tuple[str, str, frozenset[str]]:
    """Return which of a union's records it is, or is the transposition of."""
    union = entry.get("transposes", entry["jurisdiction"])
    return union, entry.get("answer", "yes"), frozenset(entry.get("kinds", ()))


def _breadth(record: WithdrawalLaw) -> tuple[int, int]:
    """Return how many kinds and ways of selling a record is about."""
    return len(record.kinds) or _ALL, len(record.sold_by) or _ALL


_ALL = 99


def _withdrawal(place: str, union: Entry, own: Entry) -> WithdrawalLaw:
    """Return a place's record: the union's, with what the place's own says instead."""
    lists = {name: _claims(own, name) + _claims(union, name) for name in _CLAIM_LISTS}
    lists["claims"] = _carrying_out(_claims(own, "claims"), _claims(union, "claims"))
    reader = Reader(union["checked_on"], union["sources"])
    entry = {**union, **{name: own[name] for name in _OVERRIDES if name in own}}
    extra = tuple(entry.get("extra_days_off", ()))
    return WithdrawalLaw(
        jurisdiction=place,
        answer=Answer(entry["answer"]),
        in_force=read_span(entry["in_force"]),
        kinds=frozenset(entry.get("kinds", ())),
        kinds_not=frozenset(entry.get("kinds_not", ())),
        sold_by=_sold_by(entry),
        above=_money(entry.get("above")),
        period=_period(entry.get("period")),
        working_days=entry.get("working_days", False),
        conditions=_conditions(entry),
        grounds=tuple(_ground(item, reader) for item in entry.get("grounds", ())),
        not_informed_adds=_period(entry.get("not_informed_adds")),
        informed_within=_period(entry.get("informed_within")),
        not_informed_in_all=_period(entry.get("not_informed_in_all")),
        # where business days are counted, only the nation's holidays are sure not to be
        calendar=_calendar(
            place[:2] if entry.get("working_days") else place, entry, extra
        ),
        content_waiver_ends=entry.get("content_waiver_ends", False),
        from_start_of_supply=entry.get("from_start_of_supply", False),
        refund_within=_period(entry.get("refund_within")),
        refund_in_working_days=entry.get("refund_in_working_days", False),
        refund_calendar=_calendar(
            place,
            {"days_off": entry.get("refund_days_off", entry.get("days_off", ()))},
            extra,
        ),
        formality=entry.get("formality", ""),
        in_writing=entry.get("in_writing", False),
        exceptions=entry.get("exceptions", ""),
        counted_from=entry.get("from", ""),
        counts_first_day=entry.get("counts_first_day", False),
        safe_calendar=_calendar(place[:2], {"days_off": entry["safe_days_off"]}, extra)
        if "safe_days_off" in entry
        else None,
        union_calendar=_calendar(place, union, ())
        if own.get("counts_first_day")
        else None,
        share_unasked=entry.get("share_unasked", False),
        not_informed_open=entry.get("not_informed_open", False),
        term_over=_period(entry.get("term", {}).get("over")),
        term_from=_period(entry.get("term", {}).get("from")),
        or_no_term=entry.get("term", {}).get("or_none", False),
        counts_hours=entry.get("counts_hours", False),
        kinds_unknown=frozenset(entry.get("kinds_unknown", ())),
        unsettled=entry.get("unsettled", ""),
        **lists,
    )


def _carrying_out(
    own: tuple[Claim, ...], unions: tuple[Claim, ...]
) -> tuple[Claim, ...]:
    """Return a state's claims and its union's, these marked where an act was read.

    A directive binds states and no trader (CJEU C-91/92).
    """
    is_read = any(not claim.source.is_unverified for claim in own)
    return own + tuple(replace(claim, carried_out=is_read) for claim in unions)


def _sold_by(entry: Entry) -> frozenset[str]:
    """Return the ways of selling; ``doorstep`` is the older name of ``door``."""
    ways = frozenset(entry.get("sold_by", ()))
    return ways | _DOOR if ways & _DOOR else ways


_DOOR = frozenset({"door", "doorstep"})


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
        term_over=_period(entry.get("term", {}).get("over")),
        term_from=_period(entry.get("term", {}).get("from")),
        or_no_term=entry.get("term", {}).get("or_none", False),
        exit=_exit(entry["exit"]) if "exit" in entry else None,
        renewal=_renewal(entry["renewal"]) if "renewal" in entry else None,
        fee=_fee(entry["fee"]) if "fee" in entry else None,
        deadlines=tuple(_deadline(item) for item in entry.get("deadlines", ())),
        calendar=_calendar(_nation(entry), entry, ()),
        says=entry["says"],
        reminder=_reminder(entry["reminder"]) if "reminder" in entry else None,
        unsettled=entry.get("unsettled", ""),
        formality=entry.get("formality", ""),
        exceptions=entry.get("exceptions", ""),
        claims=claims,
    )


def _nation(entry: Entry) -> str:
    """Return whose holidays count; empty: those of the place the consumer lives in."""
    return str(entry.get("holidays_of", ""))


def _reminder(item: Entry) -> ReminderRule:
    length = Period.parse(item["length"])
    return ReminderRule(length=length, before_notice=item["before"] == "notice")


def _exit(item: Entry) -> Exit:
    return Exit(
        how=ExitHow(item["how"]),
        notice=_period(item.get("notice")),
        conditions=_conditions(item),
        caps_notice=_period(item.get("caps_notice")),
        working_days=item.get("working_days", False),
        ends=ExitEnds(item.get("ends", "any_day")),
        every=_period(item.get("every")),
        first=_period(item.get("first")),
        first_notice=_period(item.get("first_notice")),
        after=_period(item.get("after")),
        not_before=item.get("not_before", ""),
        within_share=item.get("within", {}).get("share"),
        caps_first_term=_period(item.get("caps_first_term")),
        caps_from_signing=item.get("caps_from") == "signing",
        owes=item.get("owes", ""),
        owes_until=_period(item.get("owes_until")),
        unused_comes_back=item.get("money_back") == "unused",
    )


def _renewal(item: Entry) -> TacitRenewal:
    return TacitRenewal(
        effect=RenewalEffect(item["effect"]),
        at_most=_period(item.get("at_most")),
        notice=_period(item.get("notice")),
        conditions=_conditions(item),
    )


def _fee(item: Entry) -> FeeRule:
    return FeeRule(
        says=item["says"],
        caps=tuple(
            FeeCap(
                of=FeeOf(cap["of"]),
                share=cap.get("share", 100),
                amount=_money(cap) if "amount" in cap else None,
                over=_period(cap.get("over")),
                with_benefit=cap.get("benefit"),
                after=_period(cap.get("after")),
                until=_period(cap.get("until")),
            )
            for cap in item.get("caps", ())
        ),
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
        same_day=item.get("counting") == "same_day",
        whole_days=item.get("counting", "whole") == "whole",
        confirms_end=item.get("confirms_end", False),
        without=item.get("without", ""),
        conditions=_conditions(item),
    )


def _conditions(item: Entry) -> tuple[Condition, ...]:
    return read_conditions(item, frozenset(item.get("rare", ())))


def _calendar(place: str, entry: Entry, extra: tuple[str, ...]) -> Calendar:
    off = entry.get("days_off", ())
    return Calendar(
        place=place,
        weekdays_off=frozenset(WEEKDAYS[name] for name in off if name in WEEKDAYS),
        holidays_off="holiday" in off or "unmoved_holiday" in off,
        moved_days_off="unmoved_holiday" not in off,
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
            kinds=frozenset(item.get("kinds", ())),
            claims=(reader.claim({"value": item["what"], **item}),),
        )
