"""What clauses can stand on: conditions, worked out from the matter and its values."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from rescind.core.act.asked import about_asked
from rescind.core.act.bank_day import leaves_bank
from rescind.core.act.charge_day import is_first_payment
from rescind.core.act.grounds import EXIT, comes_by_cancelling, find_grounds
from rescind.core.act.letter_ends import (
    charged_past,
    end_named,
    is_charged_after,
    known_end,
    stated_end,
)
from rescind.core.act.letter_values import (
    ANSWERS,
    BY_NOTICE,
    DAY,
    VALUES,
    is_asked_again,
    is_withdrawing,
    sum_claimed,
    withdrawal_share,
)
from rescind.core.act.matter import Matter, is_told_before
from rescind.core.act.their_answer import (
    SITUATIONS,
    about_answer,
    about_claim,
    answers_met,
)
from rescind.core.model.checked import Checked
from rescind.core.model.facts import Facts, When, day_of
from rescind.core.model.letter import Authority
from rescind.core.model.source import SourceKind
from rescind.core.model.verdict import Answer, Topic
from rescind.core.periods import last_of

_MONEY = frozenset({"refund", "withdrawal", "payment"})
"""Problems that are about money and not about the contract's end."""
_NO_CONTRACT = frozenset({"data", "advice"})
"""Problems that no end of a contract mends."""
_REFUNDS = frozenset({"refund", "withdraw"})
_SHIPPED = frozenset({"goods", "box"})
"""Kinds of contract whose withdrawal is one from a sale of goods."""
_OF_ONE_ACCOUNT = frozenset(
    {"streaming", "software", "dating", "course", "digital_content"}
)
"""Kinds whose whole account can go: no cover, no line, no power hangs on it."""
_ENDS_NOTHING = frozenset(
    {*_REFUNDS, "erase", "stop-payment", "dispute", "complaint", "reply"}
)
"""Kinds of first letter after which nobody asks for the day of the end."""
_CARDS = ("visa-", "mastercard-", "card")
_MANDATES = frozenset({"mandate", "upi"})
_OPEN = frozenset({Answer.DEPENDS, Answer.UNKNOWN})
"""Answers under which a right may yet stand: a letter gives nothing away."""
BANK_SAID = ("credited", "refused")
"""What a bank may have said to a dispute, as a letter tells it to others."""
_EVENTS = ("ill_on", "moved_on", "unemployed_on")
"""What can end a contract before its term, by law or by its own words."""
_TEXT_FORM = "de-309-13"
"""The law by which no stricter form than an e-mail can be asked for."""
_LONGER = frozenset({"law_extended", "law_extended_till_told", "law_told_late"})
"""What the answer on withdrawing is called where the right was not explained."""


def conditions(matter: Matter, fillings: Mapping[str, str]) -> dict[str, bool]:
    """Return every condition that a clause can stand on; values count as known."""
    holds = {name: bool(value) for name, value in fillings.items()}
    topics, met = matter.checked.verdict.topics, answers_met(matter.details)
    return holds | {
        "effective": holds["charge_on"] and holds["ends_on"],
        "withdrawable": bool(find_grounds(matter.checked, ("withdrawal",))),
        "open_right": _may_stand(topics["withdrawal"]),
        "event": any(holds[name] for name in _EVENTS),
        "refundable": bool(find_grounds(matter.checked, ("refund",))),
        "owed": _is_owed(matter),
        "by_cancelling": cancels_for_money(matter),
        "cancels_too": cancels_for_money(matter) and not _has_ended(matter.checked),
        "withdraws_too": is_withdrawing(matter),
        # a notice sent beside a withdrawal, or after it, is for its failing only
        "withdraws_beside": bool(find_grounds(matter.checked, ("withdrawal",)))
        or matter.checked.facts.withdrawn_at is not None,
        "ends_too": is_withdrawing(matter) or cancels_for_money(matter),
        "end_open": topics["cancel"].is_end_open and not holds["ends_on"],
        "end_unsure": _is_end_unsure(matter),
        "end_by_rule": _ends_by_rule(matter),
        "whole_account": _kind(matter) in _OF_ONE_ACCOUNT,
        "erasable": bool(find_grounds(matter.checked, ("erasure",))),
        "reason": bool(matter.details.reason),
        "goods": matter.checked.service.kind == "goods",
        "shipped": matter.checked.service.kind in _SHIPPED,
        "begun": bool(matter.checked.facts.start_requested),
        "gdpr": bool(find_grounds(matter.checked, ("gdpr-17",))),
        "price_law": bool(find_grounds(matter.checked, ("price_raised",))),
        "terms_law": bool(find_grounds(matter.checked, ("terms_changed",))),
        "unannounced": matter.checked.facts.renewal_notice_given is False
        and bool(find_grounds(matter.checked, (EXIT,))),
        "trial": _is_on_trial(matter),
        "first_payment": is_first_payment(matter),
        "minor": bool(matter.checked.facts.minor),
        "minor_right": bool(find_grounds(matter.checked, ("minor",))),
        "of_age": not matter.checked.facts.minor,
        "fee_asked": _is_fee_asked(matter),
        "text_form": bool(find_grounds(matter.checked, (_TEXT_FORM,))),
        "sold_online": matter.checked.facts.sold_by in (None, "online"),
        "end_ahead": _is_end_ahead(matter),
        "ends_sooner": _ends_before_change(matter),
        "told_before": is_told_before(matter),
        "bank_later": leaves_bank(matter),
        "ends_with_term": _ends_with_term(matter),
        "extended": bool(_codes_of_withdrawal(matter) & _LONGER),
        "restarted": "law_second" in _codes_of_withdrawal(matter),
        **{f"answer_{name}": name in met for name in ANSWERS},
        **dict(_about_money(matter)),
        **dict(_about_record(matter)),
        **dict(about_asked(matter)),
        **dict(about_answer(matter)),
        **dict(_about_charge(matter)),
        **{a.value: matter.details.authority is a for a in Authority},
    }


def _ends_by_rule(matter: Matter) -> bool:
    """Return whether the end rests on more than on what is paid for.

    A law, the company's text, the notice that was told, or a first term that runs.
    """
    facts = matter.checked.facts
    term_end = first_term_end(facts)
    if facts.notice is not None or (term_end and term_end > matter.today):
        return True
    grounds = find_grounds(matter.checked, ("cancel",))
    return any(claim.source.kind is not SourceKind.USER for claim in grounds)


def _kind(matter: Matter) -> str | None:
    return matter.checked.facts.kind or matter.checked.service.kind


def _is_end_ahead(matter: Matter) -> bool:
    """Return whether the end is known, and has not passed."""
    verdict_end = matter.checked.verdict.topics["cancel"].ends_on
    ends_on = matter.details.held_to or verdict_end
    return ends_on is not None and ends_on >= matter.today


def _is_end_unsure(matter: Matter) -> bool:
    """Return whether the end may be later by a term or a notice that nobody told.

    What is paid for is sure: an earlier day than that is not right by any term. So is
    an end that they confirmed.
    """
    if matter.details.held_to is not None:
        return False
    ends_on, theirs = stated_end(matter), matter.details.their_end_on
    if not matter.checked.verdict.topics["cancel"].is_end_open:
        return False
    return theirs is None or ends_on is None or theirs > ends_on


def _ends_before_change(matter: Matter) -> bool:
    """Return whether it ends sooner than on the last day before a change applies."""
    ends_on = matter.checked.verdict.topics["cancel"].ends_on
    change_on = matter.details.change_on
    if ends_on is None or change_on is None:
        return False
    return ends_on < change_on - DAY


def _is_fee_asked(matter: Matter) -> bool:
    """Return whether a fee is asked for an end that is early, or for one that was."""
    facts = matter.checked.facts
    if facts.early_termination_fee is None:
        return False
    term_end = first_term_end(facts)
    return facts.cancelled_at is not None or bool(term_end and term_end > matter.today)


def _ends_with_term(matter: Matter) -> bool:
    """Return whether it ends with its first term, or later: nobody leaves early."""
    ours = matter.checked.verdict.topics["cancel"].ends_on
    ends_on = matter.details.end_on or end_named(matter, ours)
    term_end = first_term_end(matter.checked.facts)
    return ends_on is not None and term_end is not None and ends_on >= term_end


def first_term_end(facts: Facts) -> date | None:
    """Return the last day of the first term; ``None``: none was told, or binds."""
    if facts.term_ends_at is not None:
        return day_of(facts.term_ends_at, facts.zones)
    if facts.term is None or facts.begun_on is None:
        return None
    return last_of(facts.begun_on, facts.term)


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
    facts, details = matter.checked.facts, matter.details
    has_withdrawn = facts.withdrawn_at is not None
    is_wrong = is_charged_after(matter) or bool(facts.charge_unauthorised)
    grounds = find_grounds(matter.checked, ("withdrawal", "refund"))
    # what comes after a cancellation is the rest of a payment, which the law gives;
    # of what was only asked for they granted what they agreed to, and no more
    is_answered = details.confirmed_on is not None or details.agreed is not None
    is_rest = is_answered and details.first_kind in BY_NOTICE
    is_granted = details.promised is not None or is_rest
    return is_wrong or has_withdrawn or is_granted or bool(grounds)


def cancels_for_money(matter: Matter) -> bool:
    """Return whether the refund comes to who cancels alone, and nothing else is why."""
    return comes_by_cancelling(matter.checked) and not is_charged_after(matter)


def _has_ended(checked: Checked) -> bool:
    facts = checked.facts
    return facts.cancelled_at is not None or facts.withdrawn_at is not None


def _about_money(matter: Matter) -> Iterator[tuple[str, bool]]:
    facts = matter.checked.facts
    method = facts.payment_method or ""
    yield "charged_after", is_charged_after(matter)
    is_again = is_asked_again(matter)
    yield "asked_again", is_again
    # what is asked for again is no payment that was made on one day
    is_share = is_again and not is_charged_after(matter)
    yield "share", is_share or withdrawal_share(matter) is not None
    yield "same_day", matter.details.confirmed_on == matter.details.promised_on
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
    yield "trial_unclear", facts.trial_price_clear is False
    # a debit of this scheme comes back without a reason
    yield "returnable", bool(find_grounds(matter.checked, ("pay-sepa",)))


def _about_charge(matter: Matter) -> Iterator[tuple[str, bool]]:
    """Yield what a letter to the bank may say of a charge: no more than is known."""
    facts, details = matter.checked.facts, matter.details
    ends_on = stated_end(matter)
    is_known = is_charged_after(matter) and known_end(matter, ends_on) is not None
    is_within = is_known and charged_past(matter, ends_on) is None
    yield "within_contract", is_within
    # what comes before the end is owed, unless it is that charge which is fought
    yield "owed_charge", is_within and details.amount is None
    fee, claimed = facts.early_termination_fee, sum_claimed(matter, "dispute")
    yield "fee_charged", fee is not None and details.amount == fee
    # what is asked for again, or for a withdrawal, is of the last payment
    is_rest = is_asked_again(matter) or bool(details.repaid or details.agreed)
    is_of_payment = is_rest or facts.withdrawn_at is not None
    is_part = is_of_payment and claimed not in (None, facts.price)
    # a charge of its own is whole
    is_fought = is_charged_after(matter) or bool(facts.charge_unauthorised)
    is_split = bool(details.repaid or details.agreed)
    is_single = is_part and not details.further_charges
    yield "part_claimed", is_single and (is_split or not is_fought)


def _about_record(matter: Matter) -> Iterator[tuple[str, bool]]:
    """Yield what the case's record carries: a letter says no more than that."""
    details, facts = matter.details, matter.checked.facts
    problem, first = details.problem, details.first_kind
    answered = (details.answer, details.answered_on)
    has_reply = is_asked_again(matter) or any(each is not None for each in answered)
    yield "has_reply", has_reply
    yield "first_ends", first not in _ENDS_NOTHING
    yield "first_refunds", first in _REFUNDS
    yield "first_withdraws", first == "withdraw"
    yield "first_erases", first == "erase"
    is_about_money = first in _REFUNDS or details.answer == "refund_refused"
    yield "about_money", is_about_money
    yield from about_claim(details, is_claim=is_about_money or is_charged_after(matter))
    yield "about_end", not is_about_money and first != "erase"
    yield "asked_back", details.amount is not None
    yield "claimed", first in _REFUNDS or details.claimed_on is not None
    moved_at = facts.moved_at
    due_on = details.promised_for
    yield "still_due", bool(due_on and due_on >= matter.today)
    yield "moves_ahead", bool(moved_at and day_of(moved_at, facts.zones) > matter.today)
    yield "first_cancels", first in BY_NOTICE and not is_about_money
    said = (details.bank_said or "").split()
    yield from ((f"bank_{each}", each in said) for each in BANK_SAID)
    yield from _unproven(matter)
    yield "over", bool(facts.cancelled_at or facts.withdrawn_at)
    yield "money_problem", problem in _MONEY
    yield "end_problem", problem not in _MONEY | _NO_CONTRACT
    is_disputed = bool(details.amount) or is_charged_after(matter)
    yield "sum_at_stake", problem in _MONEY or is_disputed


def _unproven(matter: Matter) -> Iterator[tuple[str, bool]]:
    """Yield whether an end still lacks its proof: no letter of its day, none named."""
    details, facts = matter.details, matter.checked.facts
    sent_on = details.first_sent_on

    def lacks_proof(ended_at: When | None) -> bool:
        if ended_at is None or details.proof:
            return False
        return day_of(ended_at, facts.zones) != sent_on

    first = matter.details.first_sent_on
    yield "just_sent", first is not None and matter.today - first < TIME_TO_ANSWER
    yield "unproven_end", lacks_proof(facts.cancelled_at)
    is_cancelled = facts.cancelled_at is not None
    yield "unproven_withdrawal", not is_cancelled and lacks_proof(facts.withdrawn_at)


TIME_TO_ANSWER = timedelta(days=7)
"""Before that nobody can complain that no answer came."""
_SITUATIONS = (
    *("minor", "minor_right", "of_age", "fee_asked", "by_cancelling", "cancels_too"),
    *("sold_online", "end_ahead", "told_before", "of_estate", "identity_asked"),
    *("bank_later", "text_form"),
    *("ends_with_term", *SITUATIONS),
    *("lacks_details", "details_open", "papers_certificate", "papers_both"),
    *("papers_asked", "papers_later"),
    *("withdraws_too", "ends_too", "withdraws_beside"),
    *("end_by_rule", "end_open", "end_unsure", "whole_account"),
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
    *("open_right", "event", "share", "asked_again", "same_day"),
    *("within_contract", "owed_charge", "fee_charged", "part_claimed"),
    *("charged_after", "paypal", "sepa", "direct_debit", "bank_account", "card"),
    *("method", "unauthorised", "not_as_promised", "has_reply", "first_ends"),
    *("first_refunds", "first_withdraws", "money_problem", "end_problem"),
    *(
        "sum_at_stake",
        "first_erases",
        "asked_back",
        "claimed",
        "moves_ahead",
        "still_due",
        "ends_sooner",
        "about_money",
        "over",
        "unannounced",
        *("asks_days_alone", "is_refused"),
    ),
    *("gdpr", "price_law", "terms_law", "trial_unclear", "returnable", "about_end"),
    *("first_cancels", "just_sent", "unproven_end", "unproven_withdrawal"),
    *(f"bank_{each}" for each in BANK_SAID),
    *(f"answer_{name}" for name in ANSWERS),
)
CONDITIONS = VALUES | {*_SITUATIONS, *(authority.value for authority in Authority)}
"""What a clause may stand on: a value that is known, or a situation."""
