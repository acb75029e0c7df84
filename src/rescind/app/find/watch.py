"""Charges that came although a case had ended: each is recorded in its case."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from rescind.adapters.public.finding import sentences_json
from rescind.app.find import finding, statements
from rescind.app.follow import reports
from rescind.app.follow.at_store import next_charge, store_of
from rescind.app.follow.days import day_in
from rescind.app.follow.ends import end_by_way
from rescind.app.follow.fees import price_of
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.core.find.ended import Alarm, Ended
from rescind.core.find.watch import alarms
from rescind.core.follow.reopening import standing_events
from rescind.core.follow.transitions import possible
from rescind.core.model.case import Case, EventKind, payloads
from rescind.core.model.checked import Checked
from rescind.core.model.descriptor import Channel
from rescind.core.model.event_details import ChargedDetails, ConfirmedDetails
from rescind.core.model.facts import Facts
from rescind.core.model.statement import THOUSANDTHS
from rescind.store import selectors
from rescind.store.statements import read_ledger

_CHANNELS: Mapping[str, Channel] = MappingProxyType(
    {
        "apple": Channel.APPLE,
        "google": Channel.GOOGLE,
        "paypal": Channel.PAYPAL,
        "paddle": Channel.RESELLER,
        "fastspring": Channel.RESELLER,
        "digital-river": Channel.RESELLER,
    }
)
"""How those who bill for others stand on statements, by their slugs."""
_BY_NAME = frozenset({"amazon", "microsoft", "roku", "samsung"})
"""Stores that bill under a name of their own, as any merchant does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAlarm:
    """A charge that came after the end of a case, or may have."""

    case: Case
    alarm: Alarm

    @property
    def amount(self) -> str:
        """The sum, as a person would type it."""
        amount = f"{self.alarm.amount / THOUSANDTHS:.2f}"
        return f"{amount} {self.alarm.currency}".strip()

    @property
    def payee(self) -> str:
        """Who took it: the store, else the company itself."""
        return store_of(self.case)


def watch_cases(files: Collection[str] | None = None) -> list[CaseAlarm]:
    """Look for charges after the ends of cases; record each sure one, once.

    A case's end is the day that was confirmed; where none was, the day on which it
    ends by what was sent. What is sure is recorded as a charge, from which the case's
    next step is the dispute, with its last day and its letter. What may be the case's
    is only returned: the person knows. Of that, ``files`` (ids of imports) are looked
    at, or all. A case that has no place for a charge now, since a letter is on its way
    or the subscription goes on, is left for the next look.
    """
    table = statements.entries(read_ledger())
    watched = [
        (case, end)
        for case in selectors.told_cases()
        if EventKind.CHARGED in possible(case.events) and (end := _end(case))
    ]
    charged = {case.id: _charged(case) for case, _ in watched}
    new: list[CaseAlarm] = []
    for alarm in alarms(table, [end for _, end in watched], finding.known()):
        each = CaseAlarm(case=watched[alarm.ended][0], alarm=alarm)
        days = charged[each.case.id]
        is_looked_at = alarm.is_sure or files is None or alarm.file in files
        if alarm.on in days or not is_looked_at:
            continue
        days.add(alarm.on)
        new.append(each)
        if alarm.is_sure:
            note = f"Seen on a statement: {'; '.join(sentences_json(alarm.because))}."
            day = alarm.on.isoformat()
            reports.charged(each.case.id, on=day, amount=each.amount, note=note)
    return new


def doubts(case: Case) -> list[CaseAlarm]:
    """Return the charges of a store that may be an ended case's; none is recorded.

    What was recorded in the case, whatever the person said of it, is not among them.
    """
    end = _end(case) if EventKind.CHARGED in possible(case.events) else None
    if end is None or not (end.channel or end.biller):
        return []
    table, days = statements.entries(read_ledger()), _charged(case)
    found = alarms(table, [end], finding.known())
    return [
        CaseAlarm(case=case, alarm=alarm)
        for alarm in found
        if not alarm.is_sure and alarm.on not in days
    ]


def _charged(case: Case) -> set[date | None]:
    """Return the days of the charges that are recorded in a case."""
    return {charge.on for charge in payloads(case.events, ChargedDetails)}


def _end(case: Case) -> Ended | None:
    """Return a case's contract as one that has ended; ``None``: no day is known."""
    confirmation = case.last(ConfirmedDetails)
    confirmed_on = confirmation.ends_on if confirmation is not None else None
    ends_on = confirmed_on or end_by_way(case)
    if ends_on is None:
        return None
    stand = standing_events(case.events)
    resumed = [event for event in stand if event.kind is EventKind.RESUMED]
    price, channel = price_of(case), str(case.facts.get("channel") or "")
    checked = _checked(case)
    offer = checked.offer if checked is not None else None
    return Ended(
        merchant=str(case.facts.get("merchant") or case.service_name),
        channel=_CHANNELS.get(channel),
        biller=store_of(case) if channel in _BY_NAME else None,
        effective_on=ends_on,
        last_charge=None,
        amount=price.amount if price is not None else None,
        period=offer.period if offer is not None else None,
        due_on=_due_on(case, checked.facts) if checked is not None else None,
        is_confirmed=confirmed_on is not None,
        resumed_on=resumed[-1].at.date() if resumed else None,
    )


def _checked(case: Case) -> Checked | None:
    """Return the facts of a case as they read now; ``None`` where they cannot be."""
    try:
        return check.check({n: v for n, v in case.facts.items() if v is not None})
    except BadInput:
        return None


def _due_on(case: Case, facts: Facts) -> date | None:
    """Return a day on which a case's contract was paid, or was to be."""
    charged_on = next_charge(case)
    if charged_on is not None:
        return charged_on
    paid_at = facts.paid_at or facts.purchased_at
    return day_in(case, paid_at) if isinstance(paid_at, datetime) else paid_at
