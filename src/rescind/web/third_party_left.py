"""What is left to do once a body took a complaint no further, or nobody accepted it."""

from rescind.adapters.public.steps import LastDayJson
from rescind.app.follow.headline import Headline
from rescind.app.follow.sent_on import letter_to_company
from rescind.core.follow.letters_out import Do, sent_letters
from rescind.core.model.case import Case, counting
from rescind.core.model.sentence import Sentence
from rescind.core.model.third_party_details import ThirdWord
from rescind.labels import say
from rescind.web.case_story import CaseDays, head_in_words
from rescind.web.dispute_days import day_to_tell_bank

OVER = frozenset({ThirdWord.CLOSES, ThirdWord.DECLINED})


def kinds_sent(case: Case) -> frozenset[str]:
    """Return the kinds of letters that went out."""
    return frozenset(each.kind for each in sent_letters(counting(case.events)))


def company_left(case: Case) -> str:
    """Return the letter to the company itself, where a store billed and none went."""
    kind = letter_to_company(case)
    return "" if kind in kinds_sent(case) else kind


def bank_left(case: Case, last_day: LastDayJson | None) -> LastDayJson | None:
    """Return the right by which the bank can still be told, where it was not."""
    return None if Do.DISPUTE in kinds_sent(case) else last_day


def left_in_words(head: Headline, days: CaseDays, last_day: LastDayJson | None) -> str:
    """Return whom one can still turn to, and by when."""
    right = bank_left(head.case, last_day)
    if right is not None:
        money, by = head.values()["the_money"], day_to_tell_bank(right, days)
        return say(Sentence.of("case_row", "third_closes_bank", the_money=money, by=by))
    is_company = bool(company_left(head.case))
    left = "third_closes_company" if is_company else "third_closes_court"
    return head_in_words(head, days, "case_row", left)
