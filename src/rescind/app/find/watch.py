"""Charges that came although a case had ended: each is recorded in its case."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rescind.adapters.public.finding import sentences_json
from rescind.app.find import finding, statements
from rescind.app.follow import reports
from rescind.core.find.watch import Alarm, Ended, alarms
from rescind.core.follow.reopening import standing_events
from rescind.core.follow.transitions import possible
from rescind.core.model.case import Case, EventKind, payloads
from rescind.core.model.event_details import ChargedDetails, ConfirmedDetails
from rescind.core.model.statement import THOUSANDTHS
from rescind.store import selectors
from rescind.store.statements import read_ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAlarm:
    """A charge that came after the end of a case."""

    case: Case
    alarm: Alarm


def watch_cases() -> list[CaseAlarm]:
    """Look for charges after the ends of cases; record each in its case, once.

    A case's end is the day that was confirmed. What is found is recorded as a charge,
    from which the case's next step is the dispute, with its last day and its letter.
    A case that has no place for a charge now, since a letter is on its way or the
    subscription goes on, is left for the next look.
    """
    table = statements.entries(read_ledger())
    watched = [
        (case, end)
        for case in selectors.confirmed_cases()
        if EventKind.CHARGED in possible(case.events) and (end := _end(case))
    ]
    charged = {case.id: _charged(case) for case, _ in watched}
    new: list[CaseAlarm] = []
    for alarm in alarms(table, [end for _, end in watched], finding.known()):
        case = watched[alarm.ended][0]
        if alarm.on in charged[case.id]:
            continue
        charged[case.id].add(alarm.on)
        note = f"Seen on a statement: {'; '.join(sentences_json(alarm.because))}."
        day = alarm.on.isoformat()
        reports.charged(case.id, on=day, amount=_amount(alarm), note=note)
        new.append(CaseAlarm(case=case, alarm=alarm))
    return new


def _amount(alarm: Alarm) -> str:
    return f"{alarm.amount / THOUSANDTHS:.2f} {alarm.currency}".strip()


def _charged(case: Case) -> set[date | None]:
    """Return the days of the charges that are recorded in a case."""
    return {charge.on for charge in payloads(case.events, ChargedDetails)}


def _end(case: Case) -> Ended | None:
    """Return a case's contract as one that has ended, where the end was confirmed."""
    confirmation = case.last(ConfirmedDetails)
    stand = standing_events(case.events)
    resumed = [event for event in stand if event.kind is EventKind.RESUMED]
    if confirmation is None or confirmation.ends_on is None:
        return None
    price = str(case.facts.get("price") or "").split(" ")[0]
    return Ended(
        merchant=str(case.facts.get("merchant") or case.service_name),
        channel=None,
        effective_on=confirmation.ends_on,
        last_charge=None,
        amount=Decimal(price) if price.replace(".", "", 1).isdigit() else None,
        resumed_on=resumed[-1].at.date() if resumed else None,
    )
