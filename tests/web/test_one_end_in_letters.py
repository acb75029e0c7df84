"""All letters of a case name one end: theirs once they confirmed it, else ours."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from rescind.app.act import letters
from rescind.app.follow import cases
from rescind.app.follow.steps import ANY_TIME, REPLY, STEPS, facts_for
from rescind.core.act.letter import as_text
from rescind.core.errors import BadInput
from rescind.store import selectors
from tests.web.test_after_the_bank import FROM_TEXAS
from tests.web.test_money_from_store import posted
from tests.web.test_second_walk import CHARGED

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november"
)

KINDS = sorted({*STEPS, *ANY_TIME, REPLY})
THREE = CHARGED | {"further_charges": "2026-10-12 59 USD; 2026-09-12 59 USD"}
GERMAN = CHARGED | {"country": "DE", "price": "59 EUR", "payment_method": "sepa-debit"}
NAMED = re.compile(
    r"(?:ended|ends|takes effect) on ((?:\d+ )?[A-Z][a-z]+(?: \d+,)? \d{4})|"
    r"(?:endete|endet) am (\d+\. \w+ \d{4})|am (\d+\. \w+ \d{4}) (?:endet|endete)"
)
OURS = {"US-TX": "August 11, 2026", "DE": "11. August 2026"}
EARLIER = "Your subscription was canceled on August 10, 2026. We have refunded $59."
LATER = "Your subscription was canceled effective November 28, 2026."
FRUEHER = "Ihr Vertrag wurde bereits am 10.08.2026 beendet."
REFUSED = "We have reviewed your request. No refund can be issued."


def sent(facts: Mapping[str, Any]) -> str:
    """Return the address of a case whose first letter went out."""
    case_id = cases.new_case(facts, FROM_TEXAS, letters.Wanted(kind="refund"))
    cases.say_sent(case_id, "post", None)
    return f"/cases/{case_id}/"


def texts(case: str) -> Iterator[tuple[str, str]]:
    """Yield every letter that can be written in a case."""
    kept = selectors.read_case(case.split("/")[2])
    for kind in KINDS:
        try:
            wanted = letters.Wanted(kind=kind)
            written = letters.write(facts_for(kept, kind), kept.sender, wanted)
        except BadInput:
            continue
        yield kind, as_text(written.letter)


def ends(case: str) -> set[str]:
    """Return every end that the letters of a case name."""
    return {
        next(filter(None, found))
        for _, text in texts(case)
        for found in NAMED.findall(text)
    }


@pytest.mark.parametrize("facts", [CHARGED, THREE, GERMAN])
def test_before_an_answer_all_name_ours(facts: dict[str, Any]) -> None:
    assert ends(sent(facts)) == {OURS[facts["country"]]}


@pytest.mark.parametrize(
    ("facts", "said", "theirs"),
    [
        (CHARGED, EARLIER, "August 10, 2026"),
        (THREE, EARLIER, "August 10, 2026"),
        (GERMAN, FRUEHER, "10. August 2026"),
    ],
)
def test_an_end_that_they_confirmed_stands_in_all_of_them(
    client: Any, facts: dict[str, Any], said: str, theirs: str
) -> None:
    case = sent(facts)
    posted(client, f"{case}reply/", {"words": said})
    read = ends(case)

    posted(client, f"{case}confirm/", {"ends_on": "2026-08-10", "outcome": "confirmed"})
    taken = ends(case)
    posted(client, f"{case}confirm/", {"money": "came", "sum": "20"})

    assert read == taken == ends(case) == {theirs}


def test_every_letter_that_names_it_says_that_they_confirmed_it(client: Any) -> None:
    case = sent(THREE)
    posted(client, f"{case}reply/", {"words": EARLIER})

    naming = {kind: text for kind, text in texts(case) if "August 10, 2026" in text}

    assert {"refund", "second-notice", "stop-charging", "dispute", "complaint"} <= {
        *naming
    }
    for kind, text in naming.items():
        who = "the company" if kind in ("dispute", "complaint") else "you"
        says = f"{who} confirmed that the contract ended on August 10, 2026"
        assert text.count(says) == text.count("August 10, 2026") == 1, kind


@pytest.mark.parametrize("taken", [False, True])
def test_a_later_end_gives_no_charge_away_that_is_fought(
    client: Any, *, taken: bool
) -> None:
    case = sent(THREE)
    posted(client, f"{case}reply/", {"words": LATER})
    if taken:
        end = {"ends_on": "2026-11-28", "outcome": "confirmed"}
        posted(client, f"{case}confirm/", end)

    named = {kind: found for kind, text in texts(case) if (found := NAMED.search(text))}

    for kind, found in named.items():
        if kind != REPLY:
            assert "August 11, 2026" in found[0], kind


def test_a_refusal_changes_no_end(client: Any) -> None:
    case = sent(THREE)
    posted(client, f"{case}reply/", {"words": REFUSED})

    assert ends(case) == {"August 11, 2026"}
