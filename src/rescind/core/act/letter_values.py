"""What a letter can say: values to print and conditions that clauses stand on.

A clause that names a value nobody knows falls away; nothing is left unfilled.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rescind.core.act.grounds import EXIT, FEE, cite, find_grounds
from rescind.core.model.catalogue import Offer, SoldAs
from rescind.core.model.checked import Checked
from rescind.core.model.facts import Facts, When, day_of
from rescind.core.model.law import Body
from rescind.core.model.letter import (
    Authority,
    Details,
    LetterKind,
    LetterText,
    LocaleFormat,
    Sender,
)
from rescind.core.model.money import Money
from rescind.core.model.verdict import Answer, Topic
from rescind.core.periods import add

CONFIRM_WITHIN = timedelta(days=14)
"""How long the reader is given to answer; a choice, not a legal period."""
UNUSED_WITHIN = timedelta(days=30)
"""How long after the end what was not used may take: no law on file gives longer."""
DAY = timedelta(days=1)
_BEFORE_CHARGE = timedelta(days=2)
"""An answer that comes later than this before a charge may not stop it."""
_AT_LEAST = timedelta(days=3)
_A_WEEK = timedelta(days=7)
_MONEY = frozenset({"refund", "withdrawal", "payment"})
"""Problems that are about money and not about the contract's end."""
_NO_CONTRACT = frozenset({"data", "advice"})
"""Problems that no end of a contract mends."""
_REFUNDS = frozenset({"refund", "withdraw"})
_SHIPPED = frozenset({"goods", "box"})
"""Kinds of contract whose withdrawal is one from a sale of goods."""
_ENDS_NOTHING = frozenset(
    {*_REFUNDS, "erase", "stop-payment", "dispute", "complaint", "reply"}
)
"""Kinds of first letter after which nobody asks for the day of the end."""
BY_ACCOUNT = frozenset({"sepa-debit", "direct-debit", "bank-account"})
"""Payments that a bank cannot find by the number of a card."""
_CARDS = ("visa-", "mastercard-", "card")
_MANDATES = frozenset({"mandate", "upi"})
_OPEN = frozenset({Answer.DEPENDS, Answer.UNKNOWN})
"""Answers under which a right may yet stand: a letter gives nothing away."""
_EVENTS = ("ill_on", "moved_on", "unemployed_on")
"""What can end a contract before its term, by law or by its own words."""
_LONGER = frozenset({"law_extended", "law_told_late"})
"""What the answer on withdrawing is called where the right was not explained."""


ANSWERS = (
    *("offer", "needs_information", "redirected", "refused", "refund_refused"),
    *("invoice", "acknowledged"),
)
"""What an answer can be that is written back to, by the labels of ``read``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Everything a letter is written from."""

    checked: Checked
    sender: Sender
    details: Details
    today: date
    body: Body | None = None

    @property
    def confirm_by(self) -> date:
        """Return the day by which the letter asks for an answer."""
        return self.today + CONFIRM_WITHIN


def answer_by(matter: Matter, kind: LetterKind) -> date:
    """Return the day by which a kind of letter asks for an answer.

    What ends a contract asks for it before the next charge, and gives a week where
    there is one. A charge of the next day cannot be stopped by an answer any more.
    """
    charge = matter.checked.verdict.topics["renewal"].at
    if kind.needs_for != "cancel" or charge is None:
        return matter.confirm_by
    last = _day(charge) - DAY
    if last - matter.today < _BEFORE_CHARGE:
        return matter.today + _AT_LEAST
    in_time = max(_day(charge) - _BEFORE_CHARGE, matter.today + _A_WEEK)
    return min(matter.confirm_by, in_time, last)


def values(matter: Matter, text: LetterText, locale: LocaleFormat) -> dict[str, str]:
    """Return what clauses can print, in the letter's language; empty: not known."""
    checked, details = matter.checked, matter.details
    facts, topics, offer = checked.facts, checked.verdict.topics, checked.offer
    withdrawal, ends_on = topics["withdrawal"], topics["cancel"].ends_on
    charge = topics["renewal"].at
    is_paid_up = charge is not None and ends_on == _day(charge) - DAY
    days: dict[str, When | None] = {
        "today": matter.today,
        "confirm_by": answer_by(matter, text.kind),
        "pay_by": matter.confirm_by,
        "bought_on": facts.purchased_at,
        "paid_on": facts.paid_at,
        "charge_on": charge,
        "ends_on": ends_on,
        "cancelled_on": facts.cancelled_at,
        "withdrawn_on": facts.withdrawn_at,
        "repay_by": withdrawal.refund_due_by,
        "end_on": details.end_on or (None if is_paid_up else ends_on),
        "first_sent_on": details.first_sent_on,
        "answered_on": details.answered_on,
        "told_on": details.told_on,
        "called_on": details.called_on,
        "change_on": details.change_on,
        "last_day": _last_day(details, matter.today),
        "unused_by": max(ends_on or matter.today, matter.today) + UNUSED_WITHIN,
        "delivered_on": facts.delivered_at,
        "died_on": facts.died_at,
        "price_raised_on": facts.price_raised_at,
        "terms_changed_on": facts.terms_changed_at,
        "ill_on": facts.ill_at,
        "moved_on": facts.moved_at,
        "unemployed_on": facts.unemployed_at,
    }
    sums: dict[str, Money | None] = {
        "price": facts.price,
        "amount": details.amount or facts.price,
        "new_price": details.new_price,
        "fee": facts.early_termination_fee,
        "fee_cap": _fee_cap(facts, topics["cancel"]),
        "unused": topics["cancel"].amount,
    }
    names = {
        "merchant": checked.service.name,
        "plan": matter.sender.identifiers.get("plan")
        or (_offer_name(offer, text) if offer else checked.service.name),
        "card_last4": matter.sender.identifiers.get("card_last4"),
        "holder": details.holder,
        "proof": details.proof,
        "spoke_with": details.spoke_with,
        "change": details.change,
        "first_kind": text.kinds.get(details.first_kind or ""),
        "problem": text.labels.get(f"problem_{details.problem}"),
        "body": _body_name(matter, text),
        "fee_law": cite(find_grounds(checked, (FEE,)), text, facts.region),
    }
    fillings = {name: value or "" for name, value in names.items()}
    fillings |= {name: locale.money(m) if m else "" for name, m in sums.items()}
    return fillings | {
        name: locale.day(_day(when)) if when else "" for name, when in days.items()
    }


def _offer_name(offer: Offer, text: LetterText) -> str:
    """Return what an offer is called, its period in the letter's language.

    The catalogue's names are English: "Plus, monthly".
    """
    name, comma, _ = offer.name.partition(", ")
    months = offer.period.months if offer.period else None
    how = "prepaid" if offer.sold_as is SoldAs.PREPAID else f"{months}_months"
    pattern = text.labels.get(f"offer_{how}")
    return pattern.format(name=name, months=months) if comma and pattern else offer.name


def _body_name(matter: Matter, text: LetterText) -> str | None:
    """Return what a body is called inside a sentence of the language."""
    body = matter.body
    if body is None:
        return None
    label = f"body_{body.id}"
    near = f"{label}@{matter.checked.facts.country}"
    return text.labels.get(near) or text.labels.get(label) or body.name


def _last_day(details: Details, today: date) -> date | None:
    """Return the last day before an announced change; ``None`` once it applies."""
    if details.change_on is None or details.change_on <= today:
        return None
    return details.change_on - DAY


def _day(when: When) -> date:
    return when.date() if isinstance(when, datetime) else when


def conditions(matter: Matter, fillings: Mapping[str, str]) -> dict[str, bool]:
    """Return every condition that a clause can stand on; values count as known."""
    holds = {name: bool(value) for name, value in fillings.items()}
    topics = matter.checked.verdict.topics
    return holds | {
        "effective": holds["charge_on"] and holds["ends_on"],
        "withdrawable": bool(find_grounds(matter.checked, ("withdrawal",))),
        "open_right": _may_stand(topics["withdrawal"]),
        "event": any(holds[name] for name in _EVENTS),
        "refundable": bool(find_grounds(matter.checked, ("refund",))),
        "owed": _is_owed(matter),
        "erasable": bool(find_grounds(matter.checked, ("erasure",))),
        "reason": bool(matter.details.reason),
        "goods": matter.checked.service.kind == "goods",
        "shipped": matter.checked.service.kind in _SHIPPED,
        "begun": bool(matter.checked.facts.start_requested),
        "unannounced": matter.checked.facts.renewal_notice_given is False
        and bool(find_grounds(matter.checked, (EXIT,))),
        "trial": _is_on_trial(matter),
        "first_payment": _is_first_payment(matter),
        "minor": bool(matter.checked.facts.minor),
        "minor_right": bool(find_grounds(matter.checked, ("minor",))),
        "of_age": not matter.checked.facts.minor,
        "fee_asked": _is_fee_asked(matter),
        "extended": bool(_codes_of_withdrawal(matter) & _LONGER),
        "restarted": "law_second" in _codes_of_withdrawal(matter),
        **{f"answer_{name}": _answer(matter.details) == name for name in ANSWERS},
        **dict(_about_money(matter)),
        **dict(_about_record(matter)),
        **{a.value: matter.details.authority is a for a in Authority},
    }


def _answer(details: Details) -> str | None:
    """Return what was answered; what is refused after a claim for money is money."""
    is_money = details.answer == "refused" and details.first_kind == "refund"
    return "refund_refused" if is_money else details.answer


def _is_fee_asked(matter: Matter) -> bool:
    """Return whether a fee is asked for an end that is early, or for one that was."""
    facts = matter.checked.facts
    if facts.early_termination_fee is None:
        return False
    term_end = _first_term_end(facts)
    return facts.cancelled_at is not None or bool(term_end and term_end > matter.today)


def _fee_cap(facts: Facts, cancel: Topic) -> Money | None:
    """Return what the law leaves of the fee, where that is less than is asked for."""
    fee, cap = facts.early_termination_fee, cancel.fee_at_most
    if fee is None or cap is None or fee.currency != cap.currency:
        return None
    return cap if cap.amount < fee.amount else None


def _first_term_end(facts: Facts) -> date | None:
    if facts.term_ends_at is not None:
        return day_of(facts.term_ends_at, facts.zones)
    if facts.term is None or facts.purchased_at is None:
        return None
    return add(day_of(facts.purchased_at, facts.zones), facts.term) - DAY


def _is_first_payment(matter: Matter) -> bool:
    """Return whether the purchase's own payment is the last one so far."""
    facts, offer = matter.checked.facts, matter.checked.offer
    period = offer.period if offer else None
    if facts.purchased_at is None:
        return False
    bought_on = day_of(facts.purchased_at, facts.zones)
    return period is None or add(bought_on, period) > matter.today


def _may_stand(topic: Topic) -> bool:
    """Return whether a right may stand that an answer still has to settle."""
    return topic.answer in _OPEN or (topic.answer is Answer.YES and bool(topic.asks))


def _is_on_trial(matter: Matter) -> bool:
    """Return whether the trial still runs: nothing has been paid for yet."""
    facts = matter.checked.facts
    if not facts.had_trial or facts.trial_ends_at is None:
        return False
    return day_of(facts.trial_ends_at, facts.zones) >= matter.today


def _codes_of_withdrawal(matter: Matter) -> frozenset[str]:
    because = matter.checked.verdict.topics["withdrawal"].because
    return frozenset(reason.code for reason in because)


def _is_owed(matter: Matter) -> bool:
    """Return whether anything gives the money back; without it a letter only asks."""
    facts = matter.checked.facts
    has_withdrawn = facts.withdrawn_at is not None
    is_wrong = _is_charged_after(matter) or bool(facts.charge_unauthorised)
    grounds = find_grounds(matter.checked, ("withdrawal", "refund"))
    return is_wrong or has_withdrawn or bool(grounds)


def _is_charged_after(matter: Matter) -> bool:
    facts = matter.checked.facts
    if facts.cancelled_at is None or facts.paid_at is None:
        return False
    return day_of(facts.paid_at, facts.zones) > day_of(facts.cancelled_at, facts.zones)


def _about_money(matter: Matter) -> Iterator[tuple[str, bool]]:
    facts = matter.checked.facts
    method = facts.payment_method or ""
    yield "charged_after", _is_charged_after(matter)
    yield "paypal", facts.channel == "paypal" or method == "paypal"
    ways = {
        "sepa": method == "sepa-debit",
        "direct_debit": method == "direct-debit",
        "bank_account": method == "bank-account",
        "card": method.startswith(_CARDS),
        "mandate": method in _MANDATES,
    }
    yield from ways.items()
    yield "method", any(ways.values())
    yield "unauthorised", bool(facts.charge_unauthorised)
    yield "not_as_promised", bool(facts.service_not_as_promised)


def _about_record(matter: Matter) -> Iterator[tuple[str, bool]]:
    """Yield what the case's record carries: a letter says no more than that."""
    details, facts = matter.details, matter.checked.facts
    problem, first = details.problem, details.first_kind
    has_reply = details.answer is not None or details.answered_on is not None
    yield "has_reply", has_reply
    yield "first_ends", first not in _ENDS_NOTHING
    yield "first_refunds", first in _REFUNDS
    yield "first_withdraws", first == "withdraw"
    yield "first_erases", first == "erase"
    yield "about_money", first in _REFUNDS or details.answer == "refund_refused"
    yield "over", bool(facts.cancelled_at or facts.withdrawn_at)
    yield "money_problem", problem in _MONEY
    yield "end_problem", problem not in _MONEY | _NO_CONTRACT
    is_disputed = bool(details.amount or (facts.cancelled_at and facts.paid_at))
    yield "sum_at_stake", problem in _MONEY or is_disputed


_DAYS = (
    *("today", "confirm_by", "pay_by", "bought_on", "paid_on", "charge_on", "ends_on"),
    *("cancelled_on", "withdrawn_on", "repay_by", "end_on", "first_sent_on"),
    *(
        "answered_on",
        "told_on",
        "called_on",
        "change_on",
        "last_day",
        "delivered_on",
        "unused_by",
    ),
    *("price_raised_on", "terms_changed_on", "ill_on", "moved_on", "unemployed_on"),
    "died_on",
)
_SUMS = ("price", "amount", "new_price", "unused", "fee", "fee_cap")
_NAMES = (
    *("merchant", "plan", "card_last4", "holder", "change", "first_kind"),
    *("problem", "body", "proof", "spoke_with", "fee_law"),
)
VALUES = frozenset((*_DAYS, *_SUMS, *_NAMES))
"""What a text may name in braces, besides ``law`` and ``terms``."""
_SITUATIONS = (
    *("minor", "minor_right", "of_age", "fee_asked"),
    *("effective", "withdrawable", "refundable", "owed", "erasable", "reason"),
    *(
        "goods",
        "first_payment",
        "trial",
        "extended",
        "restarted",
        "mandate",
        "shipped",
        "begun",
    ),
    *("open_right", "event"),
    *("charged_after", "paypal", "sepa", "direct_debit", "bank_account", "card"),
    *("method", "unauthorised", "not_as_promised", "has_reply", "first_ends"),
    *("first_refunds", "first_withdraws", "money_problem", "end_problem"),
    *("sum_at_stake", "first_erases", "about_money", "over", "unannounced"),
    *(f"answer_{name}" for name in ANSWERS),
)
CONDITIONS = VALUES | {*_SITUATIONS, *(authority.value for authority in Authority)}
"""What a clause may stand on: a value that is known, or a situation."""
