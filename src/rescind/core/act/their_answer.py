"""What a reply may say of the answer that it meets, and need not ask for again."""

from collections.abc import Iterator
from datetime import date

from rescind.core.act.grounds import reminding
from rescind.core.act.matter import Matter
from rescind.core.model.letter import Details

GIVEN_BY = ("email", "post", "pages")
"""The ways of a notice that a letter names: where it went, or on whose pages."""
_TO_NOWHERE = "pages"
"""The way that needs no address: the pages are the merchant's own."""

ALSO = "also:"
"""How what a reply meets besides the newest answer begins, among what is named."""


def answers_met(details: Details) -> frozenset[str]:
    """Return what a reply answers: the newest answer, and what is open beside it.

    What is refused after a claim for money is money.
    """
    is_money = details.answer == "refused" and details.first_kind == "refund"
    newest = "refund_refused" if is_money else details.answer
    named = (details.named or "").split()
    also = (each.removeprefix(ALSO) for each in named if each.startswith(ALSO))
    return frozenset({*also, *((newest,) if newest else ())})


NO_DAY = "no_day"
"""What an answer is that ends the contract, and names no day."""
GRANTED = "refund_granted"
"""What an answer is that grants the money, all of it."""

REFUSALS = frozenset({"refused", "refund_refused", "money_refused"})
"""What an answer is that refuses something."""


def about_claim(details: Details, *, is_claim: bool) -> Iterator[tuple[str, bool]]:
    """Yield whether a reply meets a refusal, or a yes that only leaves days open.

    ``is_claim``: money was claimed, which an end alone does not settle.
    """
    met = answers_met(details)
    yield "is_refused", bool(met & REFUSALS)
    settles = {GRANTED} if is_claim else {NO_DAY, GRANTED}
    yield "asks_days_alone", bool(met & settles) and met <= {NO_DAY, GRANTED}


def about_answer(matter: Matter) -> Iterator[tuple[str, bool]]:
    """Yield what is known of how the notice was given: a way that was told in full."""
    details = matter.details
    for way in GIVEN_BY:
        is_whole = bool(details.given_to) or way == _TO_NOWHERE
        is_given = details.given_by == way and details.given_on is not None
        yield f"given_{way}", is_given and is_whole
    named = (details.named or "").split()
    is_reminded = matter.checked.facts.renewal_notice_given is not False
    yield "reminder_named", "reminder" in named and not is_reminded
    yield "ground_named", bool({"clause", "term"} & {*named})
    yield "clause_named", "clause" in named
    yield "period_named", "period" in named
    yield "unpaid_named", "unpaid" in named
    yield "credit_named", "credit" in named
    yield "fee_again", "again" in named


def days_of_answer(matter: Matter) -> dict[str, date | None]:
    """Return the days that a reply names of the notice."""
    details = matter.details
    rights = reminding(matter.checked)
    reminders = [each.reminder_by for each in rights if each.reminder_by]
    return {
        "given_on": details.given_on,
        "received_on": details.received_on,
        "reminder_by": min(reminders, default=None),
    }


def names_of_answer(matter: Matter) -> dict[str, str | None]:
    """Return the words that a reply takes over: the address of the notice."""
    return {"given_to": matter.details.given_to}


SITUATIONS = (
    *(f"given_{way}" for way in GIVEN_BY),
    *("reminder_named", "ground_named", "clause_named", "period_named"),
    *("unpaid_named", "credit_named", "fee_again"),
)
DAYS_OF_ANSWER = ("given_on", "received_on", "reminder_by")
NAMES_OF_ANSWER = ("given_to",)
