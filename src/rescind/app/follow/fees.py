"""A fee that an answer asks for leaving: how much, and what the law leaves of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.input.facts import read_money
from rescind.adapters.public.verdict import verdict_json
from rescind.app.act.telling import OF_FEE
from rescind.app.follow import case_letters
from rescind.app.follow.answers import Reply
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.core.model.case import Case, EventKind, happened
from rescind.core.model.event_details import LetterWrittenDetails
from rescind.core.model.message import Reading
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence

_REPLY = "reply"
_CROWNS = frozenset({"SEK", "DKK", "NOK"})
"""What is written ``kr``: of which country, the contract tells better than the mail."""


def newest_with_fee(case: Case, replies: Sequence[Reply]) -> Reply | None:
    """Return the newest answer, while it asks a fee that nobody wrote back about."""
    theirs = [reply for reply in replies if not reply.is_unverified]
    answer = case.newest(EventKind.ANSWERED)
    if not theirs or answer is None or not theirs[-1].reading.asks_fee:
        return None
    letters = happened(case.events, LetterWrittenDetails)
    written = [event.number for event, each in letters if each.kind == _REPLY]
    return None if written and written[-1] > answer.number else theirs[-1]


def fee_of(case: Case, reading: Reading) -> Money | None:
    """Return the sum that an answer asks for leaving, in the money of the contract.

    ``None`` where it names none, or one in other money: that cannot be compared.
    """
    fee, text = reading.fee, case.facts.get("price")
    try:
        price = read_money(text, "price") if text else None
    except BadInput:
        price = None
    if fee is None or price is None or fee.currency == price.currency:
        return fee
    return price.of(fee.amount) if {fee.currency, price.currency} <= _CROWNS else None


def about_fee(
    case: Case, reading: Reading
) -> Iterator[tuple[Sentence, Mapping[str, Any]]]:
    """Yield what to say of a fee, and the topic that it rests on: its law, if any."""
    fee = fee_of(case, reading)
    reasons = _limits(case, fee)
    sum_ = money_on_page(fee) if fee else ""
    for reason in reasons[:1]:
        code = "fee_sum" if fee else "fee"
        says = Sentence.of("difference", code, rule=reason["text"], fee=sum_)
        yield says, {"because": [reason]}
    if not reasons:
        code = "fee_sum_open" if fee else "fee_open"
        yield Sentence.of("difference", code, fee=sum_), {}


def _limits(case: Case, fee: Money | None) -> list[Mapping[str, Any]]:
    """Return the reasons by which the law limits a fee, counted for its sum if known.

    They are worked out as of the day on which the merchant was told of the end.
    """
    cancel = case.verdict.get("topics", {}).get("cancel", {})
    if fee is not None:
        start = case_letters.follow_up(case)
        told = {"early_termination_fee": str(fee)}
        if start.first_sent_on and not start.ended_before:
            told["cancelled_at"] = start.first_sent_on
        try:
            checked = check.check(start.facts | told)
        except BadInput:
            return []
        cancel = verdict_json(checked.verdict)["topics"]["cancel"]
    return [each for each in cancel.get("because", ()) if each["code"] in OF_FEE]
