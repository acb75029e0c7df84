"""A store that leaves one with the company: the letter that then goes there."""

from collections.abc import Mapping, Sequence

from rescind.adapters.input.values import read_money
from rescind.app.follow import case_letters
from rescind.app.follow.answers import Reply
from rescind.app.follow.at_store import done_there, refusal_at_store, store_of
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.core.follow.at_store import (
    AT_STORE,
    BY_LETTER,
    asked_there,
    leaves_company,
    refused_there,
    sends_on,
)
from rescind.core.follow.due import IN_WRITING
from rescind.core.follow.letters import letters_of
from rescind.core.follow.letters_out import FIRST, claimed_by, sent_letters
from rescind.core.follow.refused_money import refused_again
from rescind.core.model.case import TO_OTHERS, Case, counting
from rescind.core.model.message import Label, Reading
from rescind.core.model.money import Money
from rescind.core.model.third_party_details import MERCHANT
from rescind.core.model.verdict import Answer

WITHDRAW, REFUND = "withdraw", "refund"
"""The letters by which the company itself is asked for what a store did not pay."""


def is_sent_on(case: Case, replies: Sequence[Reply]) -> bool:
    """Return whether a store's last word is that the company is to be asked."""
    if not replies or replies[-1].by == MERCHANT:
        return False
    is_on = replies[-1].reading.label is Label.REDIRECTED
    return is_on and sends_on(case.events)


def refusal_code(case: Case, replies: Sequence[Reply]) -> str:
    """Return what a store's newest answer is called, which pays nothing."""
    if replies[-1].reading.needs_person:
        return "answered_likely_refused"
    if is_sent_on(case, replies):
        return "answered_store_elsewhere"
    again = "_again" if len(asked_there(case.events)) > 1 else ""
    return f"answered_store_refused{again}"


def is_refused_again(case: Case, replies: Sequence[Reply]) -> bool:
    """Return whether money is refused that was asked for again by letter.

    What a store refuses in an account is called otherwise.
    """
    theirs = [each.reading for each in replies if not each.is_unverified]
    refuses = AT_STORE if asked_there(case.events) else BY_LETTER
    is_refusal = bool(theirs) and theirs[-1].label in refuses
    if not is_refusal or theirs[-1].needs_person:
        return False
    return case.has_letter and refused_again(case.events) is not None


def sum_refused(case: Case) -> Money | None:
    """Return the sum that a letter claimed last, where it names one."""
    claim = claimed_by(case.events)
    return read_money(claim.amount, "amount") if claim and claim.amount else None


def is_claim_refused(case: Case, reading: Reading) -> bool:
    """Return whether money is refused that a case is about, and no end is."""
    is_claim = case.kind == REFUND and sum_refused(case) is not None
    return is_claim and reading.label is Label.REFUND_REFUSED


def letter_to_company(case: Case) -> str:
    """Return which letter asks the company itself; empty where none is called for.

    It is withdrawn from there too while that can be done; later the money is asked for
    that the withdrawal in time brought.
    """
    if case.opened_by_letter or not asked_there(case.events):
        return ""
    if leaves_company(case.events):
        return WITHDRAW if _may_withdraw(case) else REFUND
    return WITHDRAW if _is_to_be_told(case) else ""


def _is_to_be_told(case: Case) -> bool:
    """Return whether the company is to have the withdrawal too, while that runs.

    A store refused it once; or the law wants the notice in writing to the seller.
    """
    is_refused = refused_there(case.events) is not None
    return (is_refused or bool(case.verdict.get(IN_WRITING))) and _may_withdraw(case)


def is_company_told(case: Case) -> bool:
    """Return whether both a store and the company were asked: either may write."""
    if case.opened_by_letter or not asked_there(case.events):
        return False
    kinds = {letter.kind for letter in sent_letters(counting(case.events))}
    return bool(kinds - TO_OTHERS - {FIRST})


def facts_of_company(case: Case, kind: str) -> dict[str, str] | None:
    """Return all that the first letter to the company is written from, if it is this.

    Nothing was told to it before: the withdrawal is declared, and no other recalled.
    """
    if kind != WITHDRAW or letter_to_company(case) != WITHDRAW:
        return None
    return direct(case_letters.follow_up(case).facts) | through_store(case)


def goes_to_company(case: Case, kind: str) -> bool:
    """Return whether a letter is for the company, where a store billed."""
    if kind in TO_OTHERS or not letter_to_company(case):
        return False
    written = {letter.kind for letter in letters_of(case.events, case.kind)}
    if kind == REFUND and not leaves_company(case.events):
        return WITHDRAW in written
    # what asks for the money goes there first, and what follows goes the same way
    return bool({kind, *written} & {WITHDRAW, REFUND})


def through_store(case: Case) -> dict[str, str]:
    """Return what a letter to the company says of the store that took the money."""
    return {"paid_through": store_of(case), **refusal_at_store(case)}


def direct(facts: Mapping[str, str]) -> dict[str, str]:
    """Return facts as they are for whoever writes to the company, and to no store."""
    kept = {name: fact for name, fact in facts.items() if name != "billed_by"}
    return {**kept, "channel": "web"}


def _may_withdraw(case: Case) -> bool:
    """Return whether a withdrawal was told to the store, and surely can be today."""
    if WITHDRAW not in done_there(case):
        return False
    try:
        checked = check.check(direct(case_letters.follow_up(case).facts))
    except BadInput:
        return False
    return checked.verdict.topics["withdrawal"].answer is Answer.YES
