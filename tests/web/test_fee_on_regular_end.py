"""A fee for leaving early where it ends on the regular day: nothing ends early."""

from typing import Any

import pytest

from tests.letters.scenarios import PLACES, written
from tests.web.test_asked_fees import CONFIRMED, answered
from tests.web.test_desk_pages import words
from tests.web.test_no_notice_came import reply_in, sent

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

REGULAR = [
    "Ihr Vertrag endet am 13.02.2027. Die vorzeitige Beendigung kostet 50,00 €.",
    "Wir bestätigen das Ende zum 13.02.2027. Die Ausstiegsgebühr beträgt 50,00 €.",
]


@pytest.mark.parametrize("said", REGULAR)
def test_the_answer_says_that_nothing_ends_early(client: Any, said: str) -> None:
    case = sent(client, "email")
    page = words(client.post(f"{case}reply/", {"words": said}, follow=True))
    letter = reply_in(client, case)

    assert "endet jedoch regulär mit dem Ablauf seiner Laufzeit" in letter
    assert "auf welche Klausel und welche Berechnung" not in letter
    assert "the regular day: nothing ends early" in page
    assert "on a fee for leaving early" not in page


def test_an_end_before_the_term_is_contested_as_before(client: Any) -> None:
    case, page = answered(client, CONFIRMED)

    letter = words(client.get(f"{case}letters/?letter=reply"))
    assert "la cláusula y el cálculo" in letter
    assert "the regular day" not in page


@pytest.mark.parametrize("language", PLACES)
def test_every_language_says_so(language: str) -> None:
    more = {"answer": "fee", "answered_on": "2026-11-15", "first_kind": "cancel"}
    more |= {"purchased_at": "2026-03-10", "term": "P12M", "cancelled_at": "2026-11-10"}
    more |= {"country": "DE"}
    more |= {"early_termination_fee": f"50 {PLACES[language][1]}"}

    letter = written("reply", language, **more)

    said = {each.id for each in letter.letter.paragraphs}
    assert "fee-regular" in said
    assert not said & {"fee", "fee-limited", "fee-capped"}
