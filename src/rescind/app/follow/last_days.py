"""By when charges of a case can be disputed: one day for all, the first still open."""

from collections.abc import Iterable
from datetime import date

from rescind.adapters.input.details import FURTHER
from rescind.adapters.public.steps import LastDayJson
from rescind.adapters.public.verdict import verdict_json
from rescind.app.follow import case_letters
from rescind.app.follow.charge_then import next_charge_then
from rescind.app.follow.charges_left import is_all_back, untold_charges
from rescind.app.follow.claims import ended
from rescind.app.follow.wrong_charges import about_charges
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.core.follow.state import wrongful_charges
from rescind.core.model.case import Case
from rescind.core.model.event_text import DAY_LENGTH


def last_days_of(case: Case, now: date) -> list[LastDayJson]:
    """Return by when the charges of which no bank was told can be disputed.

    Each right once, by the first of its days that is still open; those that are over
    for every charge come last.
    """
    days = [
        each
        for charge in untold_charges(case)
        for each in last_days_to_dispute(case, charge.on)
    ]
    return _one_of_each(days, now)


def last_days_of_payment(case: Case, now: date) -> list[LastDayJson]:
    """Return by when the payment can be disputed that was to be paid back.

    Where it is one of several charges, all of them count; none once all came back.
    """
    if is_all_back(case):
        return []
    return last_days_of(case, now) or last_days_to_dispute(case, None)


def _one_of_each(days: Iterable[LastDayJson], now: date) -> list[LastDayJson]:
    today = now.isoformat()

    def order(day: LastDayJson) -> tuple[bool, str]:
        return day["by"][:DAY_LENGTH] < today, day["by"]

    first: dict[str, LastDayJson] = {}
    for day in sorted(days, key=order):
        first.setdefault(day["name"], day)
    return list(first.values())


def last_days_to_dispute(case: Case, charged_on: date | None) -> list[LastDayJson]:
    """Return by when a charge can be disputed, the earliest day first.

    ``None``: the payment that was to be paid back. A right that turns on what is not
    known says so in ``asks``.
    """
    facts = facts_after(case)
    # each of several charges is looked at by itself
    facts.pop(FURTHER, None)
    facts |= {"paid_at": charged_on.isoformat()} if charged_on else ended(case)
    paid_at = facts.get("paid_at", "")
    try:
        checked = check.check({name: told for name, told in facts.items() if told})
    except BadInput:
        return []
    days: list[LastDayJson] = [
        {
            "name": right["name"],
            "by": duty["by"],
            "do": duty["do"],
            "asks": right["asks"],
            "claims": right["claims"],
        }
        for right in verdict_json(checked.verdict)["rights"]
        if right["kind"] == "payment"
        and right["answer"] in ("yes", "depends")
        and right["id"] != _OF_COMING
        for duty in right["due"]
        if duty["who"] == "you" and duty["by"] and duty["by"][:10] >= paid_at[:10]
    ]
    return sorted(days, key=lambda day: day["by"])


_OF_COMING = "pay-psd2-revoke"
"""The right that stops coming payments: its day is none for a payment that was made."""


def facts_after(case: Case) -> dict[str, str]:
    """Return the facts as they are once the letter went out."""
    start = case_letters.follow_up(case)
    facts = dict(start.facts)
    if start.first_sent_on and not start.ended_before:
        facts["cancelled_at"] = start.first_sent_on
    if wrongful_charges(case.events):
        facts |= {n: v for n, v in about_charges(case, "").items() if n == "paid_at"}
    facts.pop("renews_at", None)
    told_on = facts.get("cancelled_at", "")[:DAY_LENGTH]
    return facts | (
        next_charge_then(case, date.fromisoformat(told_on)) if told_on else {}
    )
