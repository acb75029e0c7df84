"""Every letter of a case names each open charge, with one total: the case's own."""

import re
from dataclasses import dataclass
from typing import Any

import pytest

from rescind.app.act.letters import Wanted, write
from rescind.app.follow import cases
from rescind.app.follow.steps import facts_for, require_kind
from rescind.core.act.letter import as_text
from rescind.core.errors import BadInput
from rescind.store import selectors
from tests.web.test_after_the_bank import FROM_TEXAS
from tests.web.test_desk_pages import words
from tests.web.test_money_from_store import posted
from tests.web.test_second_walk import CHARGED

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november"
)
THREE = CHARGED | {"further_charges": "2026-10-12 59 USD; 2026-09-12 59 USD"}
NOVEMBER, OCTOBER, SEPTEMBER = (
    "November 12, 2026",
    "October 12, 2026",
    "September 12, 2026",
)
ALL = (NOVEMBER, OCTOBER, SEPTEMBER)
KINDS = ("refund", "reply", "second-notice", "complaint", "dispute", "stop-charging")
DENIAL = "Our records show that you did not cancel. Your subscription stays active."
REFUSAL = "Unfortunately we are unable to offer a refund for these charges."
CREDIT = "We've added a $177 store credit to your account instead of a refund."
FOR_NOVEMBER = "We have refunded $59 for your November payment."
COURTESY = "We have processed a refund of $20.00 as a courtesy."
IN_FULL = "We have canceled your subscription and issued a full refund of $177."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What happened in a case, and what is open of its charges since."""

    answer: str = ""
    came: tuple[str, ...] = ()
    charged: str = ""
    open: tuple[str, ...] = ALL
    rest: str = "177.00"

    @property
    def total(self) -> str:
        """What the open charges come to."""
        return f"{59 * len(self.open)}.00"


CASES = {
    "no answer": Told(),
    "denial": Told(answer=DENIAL),
    "refusal": Told(answer=REFUSAL),
    "credit": Told(answer=CREDIT),
    "part granted": Told(answer=FOR_NOVEMBER, open=(OCTOBER, SEPTEMBER), rest="118.00"),
    "part paid": Told(
        answer=FOR_NOVEMBER, came=("$59",), open=(OCTOBER, SEPTEMBER), rest="118.00"
    ),
    "courtesy": Told(answer=COURTESY, came=("$20",), rest="157.00"),
    "two of three paid": Told(
        answer=IN_FULL, came=("$118",), open=(SEPTEMBER,), rest="59.00"
    ),
    "charged again after all came": Told(
        answer=IN_FULL,
        came=("$118", "$59"),
        charged="2026-11-27",
        open=("November 27, 2026",),
        rest="59.00",
    ),
}


def happened(client: Any, told: Told, facts: dict[str, str] = THREE) -> str:
    """Return the id of a case in which all that was told happened."""
    case_id = cases.new_case(facts, FROM_TEXAS, Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    at = f"/cases/{case_id}/"
    if told.answer:
        posted(client, f"{at}reply/", {"words": told.answer})
    if told.came:
        ended = {"ends_on": "2026-08-03", "outcome": "confirmed"}
        posted(client, f"{at}confirm/", ended)
    for each in told.came:
        posted(client, f"{at}confirm/", {"money": "came", "sum": each})
    if told.charged:
        taken = {"what": "charged", "amount": "$59", "on": told.charged, "wrong": "yes"}
        posted(client, f"{at}happened/", taken)
    return case_id


def letter_of(case_id: str, kind: str) -> str:
    case = selectors.read_case(case_id)
    require_kind(case, kind)
    facts = facts_for(case, kind)
    order = Wanted(kind=kind, language="en")
    return as_text(write(facts, FROM_TEXAS, order).letter)


CHARGE_DAYS = (*ALL, "November 27, 2026")
_TOTAL = re.compile(r"(?:come to|I ask you to credit|You owe me) \$(\d+\.\d\d)")
"""The sentences by which letters name what charges come to."""


def kinds_of(told: Told) -> list[str]:
    return [kind for kind in KINDS if told.answer or kind != "reply"]


@pytest.mark.parametrize("name", CASES)
def test_a_letter_names_each_open_charge_and_one_total(client: Any, name: str) -> None:
    told = CASES[name]
    case_id = happened(client, told)

    for kind in kinds_of(told):
        text = letter_of(case_id, kind)
        named = {day for day in CHARGE_DAYS if day in text}
        totals = set(_TOTAL.findall(text))

        assert named == set(told.open), kind
        # the newest may be said again as the one that the money is about
        assert all(text.count(day) == 1 for day in told.open[1:]), kind
        assert totals <= {told.total, told.rest}, kind
        assert len(told.open) == 1 or totals, kind
        assert told.rest in re.findall(r"\$(\d+\.\d\d)", text), kind
        assert "this charge" not in text or text.index(told.open[0]) < text.index(
            "this charge"
        )


def test_letters_of_all_that_came_ask_for_no_money(client: Any) -> None:
    case_id = happened(client, Told(answer=IN_FULL, came=("$118", "$59")))

    for kind in ("refund", "dispute"):
        with pytest.raises(BadInput, match="all the money is back"):
            letter_of(case_id, kind)
    for kind in ("second-notice", "complaint", "stop-charging", "reply"):
        assert "$" not in letter_of(case_id, kind), kind


def test_a_page_asks_to_tell_no_bank_of_what_came(client: Any) -> None:
    told = Told(answer=IN_FULL, came=("$118", "$59"))
    before = Told(answer=IN_FULL, came=("$118",))

    open_page = words(client.get(f"/cases/{happened(client, before)}/"))
    page = words(client.get(f"/cases/{happened(client, told)}/"))

    assert "Request to your bank to get it back" in open_page
    assert "ell your bank" not in page
    assert "Request to your bank to get it back" not in page
    assert "Request for your money" not in page


@pytest.mark.parametrize(
    ("granted", "came"), [(FOR_NOVEMBER, "$59"), (COURTESY, "$20")]
)
def test_a_part_that_is_granted_can_be_said_to_have_come(
    client: Any, granted: str, came: str
) -> None:
    at = f"/cases/{happened(client, Told(answer=granted))}/"
    before = words(client.get(at))

    posted(client, f"{at}confirm/", {"money": "came", "sum": came})
    page = words(client.get(at))

    assert before.count("How much came?") == 2
    assert "is still missing" in page
    assert "Tell your bank by" in page


@pytest.mark.parametrize("answer", ["", DENIAL])
def test_nobody_is_asked_what_came_of_no_grant(client: Any, answer: str) -> None:
    page = words(client.get(f"/cases/{happened(client, Told(answer=answer))}/"))

    assert "How much came?" not in page


def test_a_refusal_that_the_person_read_leads_to_its_answer(client: Any) -> None:
    active = "Your subscription remains active until you cancel it in the app."
    case_id = happened(client, Told(answer=active))
    answer = next(
        e for e in selectors.read_case(case_id).events if e.kind == "answered"
    )

    read = f"/cases/{case_id}/reads/{answer.details['message']}/"
    posted(client, read, {"reads_as": "refused"})
    page = words(client.get(f"/cases/{case_id}/"))

    assert "Brightpad refuses" in page
    assert "Answer it once" in page
    assert "Read what they wrote" not in page
    assert "Prepare the answer" in page
    # what was read then stays in the record
    assert "we read: something to look at" in page
