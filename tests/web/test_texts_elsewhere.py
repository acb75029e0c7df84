"""A later day than ours, where the texts on file are those of other countries only."""

from typing import Any

import pytest

from rescind.app.act import letters
from rescind.app.follow.answers import answers
from rescind.app.follow.differences import differences
from rescind.core.act.letter import as_text
from rescind.store import selectors
from tests.conftest import SENDER
from tests.web.test_later_unless_bound import answer_letter, answered

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

VIAPLAY = {
    "service": "viaplay-uk",
    "channel": "web",
    "sold_by": "online",
    "country": "SE",
    "period": "P1M",
    "purchased_at": "2026-03-05",
    "paid_at": "2026-11-05",
    "price": "89 SEK",
}
LATER = (
    "Hej, vi bekräftar din uppsägning. "
    "Ditt abonnemang avslutas den 31 december 2026. Vänliga hälsningar"
)


def test_texts_of_other_countries_are_not_called_the_persons_contract(
    client: Any,
) -> None:
    case_id, page = answered(client, VIAPLAY, LATER)
    case = selectors.read_case(case_id)

    (found,) = differences(case, answers(case))

    assert found["code"] == "ends_elsewhere"
    assert "texts for other countries (GB)" in found["text"]
    assert "By your contract and the law" not in page


def test_the_letter_asks_on_which_clause_their_day_rests(client: Any) -> None:
    case_id, _ = answered(client, VIAPLAY, LATER)

    text = answer_letter(case_id)

    assert "as the end of the contract. Please name the clause and the term" in text
    assert "I do not accept that day: by my notice" not in text


def test_the_first_letter_ends_it_on_the_earliest_day_as_well() -> None:
    wanted = letters.Wanted(kind="cancel", language="en")

    text = as_text(letters.write(VIAPLAY, SENDER, wanted).letter)

    assert "Failing that, it ends on the earliest possible date" in text
