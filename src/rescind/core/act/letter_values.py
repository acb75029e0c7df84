"""What a letter can say: the values that its clauses print.

A clause that names a value nobody knows falls away; nothing is left unfilled.
"""

from datetime import date, datetime, timedelta

from rescind.core.act import their_answer
from rescind.core.act.bank_day import before_bank
from rescind.core.act.charge_day import charged_on
from rescind.core.act.further_charges import (
    FURTHER,
    asked_in_all,
    charged_in_all,
    further_charges,
)
from rescind.core.act.grounds import FEE, STANDING, cite, find_grounds
from rescind.core.act.letter_ends import (
    charged_past,
    end_named,
    is_charged_after,
    stated_end,
)
from rescind.core.act.letter_names import body_name, merchant_name, plan_name
from rescind.core.act.matter import Matter
from rescind.core.errors import BadInput
from rescind.core.model.facts import Facts, When, day_of
from rescind.core.model.letter import (
    Details,
    LetterKind,
    LetterText,
    LocaleFormat,
    ReaderKind,
)
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence
from rescind.core.model.verdict import Topic

UNUSED_WITHIN = timedelta(days=30)
"""How long after the end what was not used may take: no law on file gives longer."""
DAY = timedelta(days=1)
_BEFORE_CHARGE = timedelta(days=2)
"""An answer that comes later than this before a charge may not stop it."""
_AT_LEAST = timedelta(days=3)
_A_WEEK = timedelta(days=7)
BY_ACCOUNT = frozenset({"sepa-debit", "direct-debit", "bank-account"})
"""Payments that a bank cannot find by the number of a card."""
ANSWERS = (
    *("offer", "needs_information", "redirected", "refused", "refund_refused"),
    *("invoice", "acknowledged", "later_end", "call_wanted", "fee"),
    *("money_refused", "not_received", "form_wanted"),
    *("no_day", "refund_granted"),
)
"""What an answer can be that is written back to: labels of ``read``, an end that is
named and is later than it should be, a call that is asked for first, a fee that is
asked beside an end that is confirmed, money that is refused beside one, that no notice
is said to have come, another form of it that is wanted, an end that is confirmed for no
day, and money that is granted."""


def answer_by(matter: Matter, kind: LetterKind) -> date:
    """Return the day by which a kind of letter asks for an answer.

    What ends a contract asks for it before the next charge, and gives a week where
    there is one. A charge of the next day cannot be stopped by an answer any more.
    """
    topics = matter.checked.verdict.topics
    charge, ends_on = topics["renewal"].at, topics["cancel"].ends_on
    if kind.needs_for != "cancel":
        return _with_the_money(matter, kind)
    if charge is None:
        return min(_with_the_money(matter, kind), matter.confirm_end_by)
    if ends_on is not None and ends_on > _day(charge):
        # that charge is owed in any case: there is no hurry on its account
        return matter.confirm_end_by
    last = _day(charge) - DAY
    if last - matter.today < _BEFORE_CHARGE:
        return min(matter.today + _AT_LEAST, matter.confirm_by)
    in_time = max(_day(charge) - _BEFORE_CHARGE, matter.today + _A_WEEK)
    return min(matter.confirm_end_by, in_time, last)


def _with_the_money(matter: Matter, kind: LetterKind) -> date:
    """Return the day of the money that a withdrawal brings, where it is close by.

    Two days of one letter that lie next to each other read like a slip.
    """
    money, usual = pay_by(matter), matter.confirm_by
    if kind.reader is ReaderKind.MERCHANT:
        usual = before_bank(matter, usual)
    return money if usual < money <= usual + _AT_LEAST else usual


def pay_by(matter: Matter) -> date:
    """Return by when money is asked back: no later than before, till that is over."""
    usual, named = _pay_by(matter), matter.details.pay_asked_by
    return usual if named is None or named < matter.today else min(usual, named)


def _pay_by(matter: Matter) -> date:
    """Return by when money is asked back: the law's day, where the letter withdraws.

    What is asked for of the rest of a payment is asked for by no earlier day than the
    notice named, unless a promise of it was broken.
    """
    due = matter.checked.verdict.topics["withdrawal"].refund_due_by
    if due is not None and is_withdrawing(matter):
        return due
    details = matter.details
    follows = details.first_sent_on is not None and not is_asked_again(matter)
    is_further = follows or details.answered_on is not None
    if not is_further or not _is_rest(matter):
        return before_bank(matter, matter.confirm_by)
    return max(
        matter.confirm_by, unused_by(matter, details.first_sent_on or matter.today)
    )


def _is_rest(matter: Matter) -> bool:
    """Return whether money is asked back for the time after an end by notice."""
    if matter.checked.verdict.topics["cancel"].amount is not None:
        return True
    # once it was cancelled, what the notice asked back is only in the record
    is_asked = matter.details.amount is not None and not is_charged_after(matter)
    return is_asked and matter.details.first_kind in BY_NOTICE


BY_NOTICE = frozenset({"cancel", "price-rise", "term-change", "on-behalf-of"})
"""Kinds of first letter that gave notice."""


def unused_by(matter: Matter, told_on: date) -> date:
    """Return by when a notice asks for what is paid past the end."""
    ends_on = matter.checked.verdict.topics["cancel"].ends_on
    return max(ends_on or told_on, told_on) + UNUSED_WITHIN


def is_withdrawing(matter: Matter) -> bool:
    """Return whether a claim for money withdraws: the right stands, and is unused."""
    is_told = matter.checked.facts.withdrawn_at is not None
    if is_told or is_charged_after(matter) or is_asked_again(matter):
        return False
    return bool(find_grounds(matter.checked, ("withdrawal",)))


def is_asked_again(matter: Matter) -> bool:
    """Return whether money is asked for again that was promised, or an end brings."""
    details = matter.details
    return details.promised is not None or details.confirmed_on is not None


def withdrawal_share(matter: Matter) -> Money | None:
    """Return what the sender's own withdrawal brings back, where it is not the price.

    Directive 2011/83/EU Art. 14(3): a service that was begun is paid for in proportion.
    ``None`` too where a charge of its own is what the money is about.
    """
    facts, back = matter.checked.facts, matter.checked.verdict.topics["withdrawal"]
    is_other = matter.details.amount or facts.charge_unauthorised
    if facts.withdrawn_at is None or is_other or is_charged_after(matter):
        return None
    return None if back.amount == facts.price else back.amount


def sum_claimed(matter: Matter, kind: str) -> Money | None:
    """Return the sum that a letter is about: told, else owed less what came back."""
    told, repaid = matter.details.amount, matter.details.repaid
    if told is None and kind == "dispute":
        return withdrawal_share(matter) or matter.checked.facts.price
    if told is not None or kind != "refund":
        return told or matter.checked.facts.price
    owed = withdrawal_share(matter) or matter.checked.facts.price
    if _is_share_unknown(matter):
        return None
    if owed is None or repaid is None or owed.currency != repaid.currency:
        return owed
    # what came is of all charges
    owed = charged_in_all(matter.details, owed) or owed
    if repaid.amount >= owed.amount:
        lacks = Sentence.of("bad_input", "nothing_left_owed")
        raise BadInput("repaid", lacks)
    return owed.of(owed.amount - repaid.amount)


def _is_share_unknown(matter: Matter) -> bool:
    """Return whether a withdrawal that was told brings back nobody knows how much."""
    facts, back = matter.checked.facts, matter.checked.verdict.topics["withdrawal"]
    is_told = facts.withdrawn_at is not None and not is_charged_after(matter)
    return is_told and not facts.charge_unauthorised and back.amount is None


def _owed_in_all(rest: Money | None, details: Details) -> Money | None:
    """Return what was owed before a part of it came, or was agreed to."""
    parts = [part for part in (details.repaid, details.agreed) if part is not None]
    if rest is None or not parts or any(p.currency != rest.currency for p in parts):
        return None
    return rest.of(rest.amount + sum(part.amount for part in parts))


def sum_owed(matter: Matter, kind: str) -> Money | None:
    """Return what the verdict gives by this letter, the first, or a withdrawal before.

    Less what is told to have come back; ``None`` where no right with a sum is known.
    """
    facts, details = matter.checked.facts, matter.details
    withdraws = details.first_kind == "withdraw" or facts.withdrawn_at is not None
    topic = matter.checked.verdict.topics["refund"]
    if withdraws or kind == "withdraw":
        topic = matter.checked.verdict.topics["withdrawal"]
    is_sure = not withdraws or topic.answer in STANDING
    # the older charges stand beside the newest, and are added to it there
    amount = facts.price if facts.further_charges and not withdraws else topic.amount
    owed = details.amount or (amount if is_sure else None)
    # who withdraws asks for all, and names no less for what might be kept of it
    might_be_kept = topic.owed if details.amount is None else None
    is_less = withdraws and facts.owes_share
    if owed is not None and might_be_kept is not None and not is_less:
        owed = owed.of(owed.amount + might_be_kept.amount)
    repaid = details.repaid
    if owed is None or repaid is None or owed.currency != repaid.currency:
        return owed
    if details.amount is not None:
        # what is told beside a part that came is the rest
        return owed
    owed = charged_in_all(details, owed) or owed
    return owed.of(owed.amount - repaid.amount) if repaid.amount < owed.amount else None


def sum_charged(matter: Matter, claimed: Money | None) -> Money | None:
    """Return what a charge after the end was; of it, or of all, a rest may be left."""
    facts, details = matter.checked.facts, matter.details
    is_rest = details.repaid is not None or details.agreed is not None
    return facts.price if is_rest and is_charged_after(matter) else claimed


def values(matter: Matter, text: LetterText, locale: LocaleFormat) -> dict[str, str]:
    """Return what clauses can print, in the letter's language; empty: not known."""
    checked, details = matter.checked, matter.details
    facts, topics = checked.facts, checked.verdict.topics
    claimed = sum_claimed(matter, text.kind.slug)
    days = days_told(matter, text)
    sums: dict[str, Money | None] = {
        "price": facts.price,
        "amount": claimed,
        "charged": sum_charged(matter, claimed),
        "repaid": details.repaid,
        "agreed": details.agreed,
        "promised": details.promised,
        "owed_in_all": _owed_in_all(claimed, details),
        "sum_owed": asked_in_all(details, sum_owed(matter, text.kind.slug)),
        "new_price": details.new_price,
        "fee": facts.early_termination_fee,
        "fee_cap": _fee_cap(facts, topics["cancel"]),
        "unused": topics["cancel"].amount,
    }
    names = {
        "merchant": merchant_name(matter, text),
        "plan": plan_name(matter, text),
        "card_last4": matter.sender.identifiers.get("card_last4"),
        "holder": details.holder,
        "proof": details.proof,
        "spoke_with": details.spoke_with,
        "call_with": details.call_with,
        "call_said": details.call_said,
        "paid_through": details.paid_through,
        "new_home": details.new_home,
        **their_answer.names_of_answer(matter),
        "change": details.change,
        "first_kind": text.kinds.get(details.first_kind or ""),
        "biller": checked.other_decider,
        "problem": text.labels.get(f"problem_{details.problem}"),
        "body": body_name(matter, text),
        "fee_law": cite(find_grounds(checked, (FEE,)), text, facts.region),
    }
    fillings = {name: value or "" for name, value in names.items()}
    fillings |= {name: locale.money(m) if m else "" for name, m in sums.items()}
    fillings |= further_charges(details, sum_charged(matter, claimed), locale)
    return fillings | {
        name: locale.day(_day(when)) if when else "" for name, when in days.items()
    }


def days_told(matter: Matter, text: LetterText) -> dict[str, When | None]:
    """Return the days that clauses can print; ``None``: not known."""
    checked, details = matter.checked, matter.details
    facts, topics = checked.facts, checked.verdict.topics
    withdrawal, ends_on = topics["withdrawal"], stated_end(matter)
    charge = topics["renewal"].at
    # a charge of today ends nothing the day before: a trial ends with its own day
    lasts = {_day(charge) - DAY, _trial_end(facts)} if charge is not None else set()
    is_paid_up = ends_on in lasts
    is_bank = text.kind.reader is ReaderKind.BANK
    is_open = topics["cancel"].is_end_open and facts.cancelled_at is None
    return {
        "today": matter.today,
        "confirm_by": answer_by(matter, text.kind),
        "pay_by": pay_by(matter),
        "bought_on": facts.purchased_at,
        "paid_on": charged_on(matter) if is_bank else facts.paid_at,
        "charge_on": charge,
        "ends_on": end_named(matter, None if is_open and not is_paid_up else ends_on),
        "ended_on": charged_past(matter, ends_on),
        "cancelled_on": facts.cancelled_at,
        "withdrawn_on": facts.withdrawn_at,
        "repay_by": withdrawal.refund_due_by,
        "end_on": details.end_on or (None if is_paid_up or is_open else ends_on),
        "first_sent_on": details.first_sent_on,
        "wrote_again_on": details.wrote_again_on,
        "answered_on": details.answered_on,
        "biller_refused_on": details.biller_refused_on,
        "disputed_on": details.disputed_on,
        "their_end_on": details.their_end_on,
        "held_to": details.held_to,
        "held_said_on": details.held_said_on,
        "denied_on": details.denied_on,
        "confirmed_on": details.confirmed_on,
        "end_confirmed_on": details.end_confirmed_on,
        "promised_on": details.promised_on,
        "repay_was_due": _repay_was_due(matter),
        "told_on": details.told_on,
        "called_on": details.called_on,
        "call_on": details.call_on,
        "change_on": details.change_on,
        "last_day": _last_day(details, matter.today),
        "unused_by": unused_by(matter, matter.today),
        "delivered_on": facts.delivered_at,
        "died_on": facts.died_at,
        "price_raised_on": facts.price_raised_at,
        "terms_changed_on": facts.terms_changed_at,
        "ill_on": facts.ill_at,
        "moved_on": facts.moved_at,
        "unemployed_on": facts.unemployed_at,
        **their_answer.days_of_answer(matter),
    }


def _trial_end(facts: Facts) -> date | None:
    ends_at = facts.trial_ends_at
    return None if ends_at is None else day_of(ends_at, facts.zones)


def _repay_was_due(matter: Matter) -> date | None:
    """Return the day by which a withdrawal's money had to be back, once it is past."""
    due = matter.checked.verdict.topics["withdrawal"].refund_due_by
    is_withdrawn = matter.checked.facts.withdrawn_at is not None
    return due if is_withdrawn and due is not None and due < matter.today else None


def _last_day(details: Details, today: date) -> date | None:
    """Return the last day before an announced change; ``None`` once it applies."""
    if details.change_on is None or details.change_on <= today:
        return None
    return details.change_on - DAY


def _day(when: When) -> date:
    return when.date() if isinstance(when, datetime) else when


def _fee_cap(facts: Facts, cancel: Topic) -> Money | None:
    """Return what the law leaves of the fee, where that is less than is asked for."""
    fee, cap = facts.early_termination_fee, cancel.fee_at_most
    if fee is None or cap is None or fee.currency != cap.currency:
        return None
    return cap if cap.amount < fee.amount else None


_DAYS = (
    *("today", "confirm_by", "pay_by", "bought_on", "paid_on", "charge_on", "ends_on"),
    *("cancelled_on", "withdrawn_on", "repay_by", "end_on", "first_sent_on"),
    *("answered_on", "biller_refused_on", "told_on", "called_on", "change_on"),
    *("wrote_again_on", "last_day", "delivered_on", "unused_by", "ended_on"),
    *("disputed_on", "call_on", *their_answer.DAYS_OF_ANSWER),
    *("price_raised_on", "terms_changed_on", "ill_on", "moved_on", "unemployed_on"),
    *(
        "their_end_on",
        "held_to",
        "held_said_on",
        "denied_on",
        "died_on",
        "confirmed_on",
        "end_confirmed_on",
        "promised_on",
        "repay_was_due",
    ),
)
_SUMS = (
    *("price", "amount", "charged", "repaid", "agreed", "promised", "new_price"),
    *("unused", "fee", "fee_cap", "owed_in_all", "sum_owed"),
)
_NAMES = (
    *("merchant", "plan", "card_last4", "holder", "change", "first_kind"),
    *("problem", "body", "proof", "spoke_with", "fee_law", "new_home", "biller"),
    *("paid_through", "call_with", "call_said", *their_answer.NAMES_OF_ANSWER),
)
VALUES = frozenset((*_DAYS, *_SUMS, *_NAMES, *FURTHER))
"""What a text may name in braces, besides ``law`` and ``terms``."""
