"""What a bank or a body said, as a headline calls it and its sentences name it."""

from collections.abc import Sequence
from datetime import date

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.input.values import read_money
from rescind.app.follow.answers import Reply
from rescind.app.follow.asked_money import came_since
from rescind.app.follow.at_store import store_of
from rescind.app.follow.owed import promises
from rescind.core.follow.outlook import THIRD_PARTY
from rescind.core.follow.third_party import OpenWord, open_word, said_by
from rescind.core.model.case import Case, Standing
from rescind.core.model.sentence import Sentence, Value
from rescind.core.model.third_party_details import BANK, STORE, ThirdWord

_PROPOSES = f"third_{ThirdWord.PROPOSES.value}"
_REFUSES = f"third_{ThirdWord.REFUSES.value}"


TAKEN_BACK = "third_taken_back"
"""A bank that gave money back and takes it back again: the company pays."""


def word_in(
    case: Case, replies: Sequence[Reply], standing: Standing
) -> tuple[OpenWord | None, str]:
    """Return the word that says where a case stands, and its code; else ``None, ""``.

    A bank that takes its own back once the company pays, or says that it does, refuses
    nothing: the money is owed once only.
    """
    is_told = standing.next_step in THIRD_PARTY
    word = open_word(case.events) if is_told else None
    if word is None:
        return None, ""
    code = standing.next_step.code
    gave = {each.says for each in said_by(case.events, BANK, since=0)} & _GIVES
    if code != _REFUSES or word.by != BANK or not gave:
        return word, code
    is_paid = promises(case, replies) is not None or bool(came_since(case))
    return word, TAKEN_BACK if is_paid else code


_GIVES = frozenset({ThirdWord.CREDITS, ThirdWord.PAYS})


def title_code(code: str, word: OpenWord) -> str:
    """Return the title of a code: a proposal names its day, where it has one."""
    has_day = code == _PROPOSES and word.until is not None
    return f"{code}_by" if has_day else code


def next_code(code: str, word: OpenWord | None, now: date) -> str:
    """Return the code of what is next: with the day on which a bank takes it back."""
    until = word.until if word is not None else None
    is_ahead = until is not None and until >= now
    return "third_refuses_back" if is_ahead and code == _REFUSES else code


def named_by(word: OpenWord | None) -> dict[str, Value]:
    """Return what sentences about a word name: who, how much, and which day."""
    if word is None:
        return {}
    money = read_money(word.amount, "amount") if word.amount else None
    told = money_on_page(money) if money is not None else ""
    return {
        "body": word.who or say("the_body"),
        "the_body": word.who or say("its_name"),
        "proposal": told or say("a_settlement"),
        "sum": told or say("the_sum"),
        "until": word.until or "",
    }


def who_wrote(case: Case, replies: Sequence[Reply], code: str) -> str:
    """Return who a case waits for, or who wrote what it is about.

    Where a store and the company were both written to, the person says which wrote.
    """
    theirs = [each.by for each in replies if not each.is_unverified]
    if theirs and theirs[-1] and (code.startswith("answered") or code in _OF_ANSWER):
        return store_of(case) if theirs[-1] == STORE else case.service_name
    return case.service_name if case.has_letter else store_of(case)


_OF_ANSWER = frozenset(
    {
        *("confirmed_granted", "confirmed_part", "confirmed_unread"),
        *("confirmed_money_refused", "confirmed_money_refused_again"),
        "confirmed_likely_refused",
    }
)
"""Where the end is recorded, and what was written last is what it is about."""


def say(code: str) -> str:
    """Return what stands where a name, or a sum, is not known."""
    return ENGLISH.say(Sentence.of("case_row", code))
