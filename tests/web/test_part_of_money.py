"""A part that is granted, the rest that is refused, and what others are told of it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rescind.app.act.letters import Wanted
from rescind.app.act.plan import letter_called_for
from rescind.app.follow import cases
from tests.conftest import SENDER
from tests.web.conftest import stand_at
from tests.web.test_desk_pages import ANNA, words
from tests.web.test_told_before import DATING, gone_on, letter

pytestmark = pytest.mark.usefixtures("no_cases")

HERZFUNKE = DATING | {
    "merchant": "Herzfunke",
    "purchased_at": "2026-11-23",
    "paid_at": "2026-11-23",
    "withdrawn_at": "2026-11-27",
    "payment_method": "sepa-debit",
}
GRANTS_91 = (
    "Wir haben Ihren Widerruf erhalten und erstatten Ihnen 91,00 EUR. Die übrigen "
    "278 EUR behalten wir als Wertersatz für die genutzte Zeit ein."
)
NO_MORE = (
    "Eine weitere Erstattung über die 91,00 EUR hinaus lehnen wir ab. Es verbleibt bei "
    "unserer Entscheidung."
)


class Walk:
    """A case that is gone on with, day by day after 30 November 2026."""

    def __init__(
        self, client: Any, patch: pytest.MonkeyPatch, facts: dict[str, str] = HERZFUNKE
    ) -> None:
        self.client, self.patch = client, patch
        self.on(0)
        self.address, self.page = gone_on(client, facts)

    def on(self, days: int) -> None:
        moment = datetime(2026, 11, 30, 11, tzinfo=UTC) + timedelta(days=days)
        stand_at(moment, self.patch)

    def post(self, path: str, told: dict[str, str]) -> str:
        return words(self.client.post(f"{self.address}{path}", told, follow=True))

    def answered(self, days: int, text: str) -> str:
        self.on(days)
        return self.post("reply/", {"words": text})

    def sent(self, days: int, kind: str) -> str:
        self.on(days)
        self.post("letters/", ANNA | {"letter": kind, "act": f"form:{kind}"})
        return words(self.client.get(self.address))

    def came(self, days: int, money: str) -> str:
        self.on(days)
        return self.post("confirm/", {"money": "came", "sum": money})

    def letter(self, kind: str) -> str:
        return letter(self.client, self.address, kind).replace("\xa0", " ")

    def listed(self) -> str:
        return words(self.client.get("/cases/"))


@pytest.fixture
def walk(client: Any, monkeypatch: pytest.MonkeyPatch) -> Walk:
    """Return a withdrawal of which 91 of 363.94 were granted, the rest asked for."""
    walk = Walk(client, monkeypatch)
    walk.answered(1, GRANTS_91)
    walk.page = walk.sent(1, "refund")
    return walk


def test_the_sum_that_a_letter_asks_for_again_is_its_own(walk: Walk) -> None:
    assert "You asked for €272.94 again" in walk.page
    listed = walk.listed()
    assert "You asked for €272.94 again" in listed
    assert "€272.94: the letter that asks for it again" in listed


def test_what_is_refused_is_what_was_asked_for(walk: Walk) -> None:
    page = walk.answered(8, NO_MORE)

    assert "Herzfunke refuses to pay €272.94 back" in page
    complaint = walk.letter("complaint")
    assert "Es geht um einen Betrag von 272,94 €" in complaint
    assert "Die Rückzahlung weiterer 91,00 € hat das Unternehmen zugesagt" in complaint
    to_bank = walk.letter("dispute")
    assert "von der Belastung über 369,00 €" in to_bank
    assert "272,94 € gutzuschreiben" in to_bank
    assert "Die Rückzahlung von 91,00 €" in to_bank


def test_a_part_that_was_promised_and_did_not_come_is_claimed_too(walk: Walk) -> None:
    walk.answered(8, NO_MORE)
    walk.on(12)

    complaint = walk.letter("complaint")
    assert "Es geht um einen Betrag von 363,94 €" in complaint
    assert "die Rückzahlung von 91,00 € zugesagt. Das Geld ist nicht" in complaint


def test_the_part_that_comes_leaves_the_refusal_as_it_is(walk: Walk) -> None:
    walk.answered(8, NO_MORE)
    page = walk.came(9, "91")

    assert "Herzfunke refuses to pay €272.94 back" in page
    assert "tell your bank, or complain" in page
    assert "12 December 2026 Ask for the money again done" in page
    assert "tell your bank, or complain" in walk.listed()
    to_bank = walk.letter("dispute")
    assert "von der Belastung über 369,00 €" in to_bank
    assert "Bisher hat das Unternehmen 91,00 € zurückgezahlt" in to_bank
    assert "Bisher hat das Unternehmen 91,00 € zurück" in walk.letter("complaint")


def test_the_part_that_comes_leaves_the_day_of_the_letter(walk: Walk) -> None:
    page = walk.came(3, "91")

    assert "You asked for €272.94 again: look at your account by" in page
    assert "15 December" in page


def test_a_complaint_is_no_letter_to_the_company(walk: Walk) -> None:
    walk.answered(8, NO_MORE)
    walk.came(9, "91")
    page = walk.sent(10, "complaint")

    assert "You complained. Does €272.94 come back?" in page
    assert "The money was asked for by 15 December 2026" in page
    to_bank = walk.letter("dispute")
    assert "am 1. Dezember 2026 geschrieben; seine Antwort" in to_bank
    assert "10. Dezember" not in to_bank


def test_an_answer_is_one_to_the_letter_before_it(walk: Walk) -> None:
    walk.answered(8, NO_MORE)
    walk.sent(8, "reply")
    walk.on(10)

    for kind in ("dispute", "complaint"):
        wrote = walk.letter(kind)
        assert "1. Dezember 2026" in wrote
        assert "seine Antwort erledigt die Sache nicht" in wrote
        assert "Am 8. Dezember 2026 habe ich dem Unternehmen erneut" in wrote


def test_no_answer_from_before_a_letter_is_one_to_it(walk: Walk) -> None:
    walk.on(3)
    complaint = walk.letter("complaint")

    assert "Am 1. Dezember 2026 habe ich" in complaint
    assert "bislang keine abschließende Antwort" in complaint


PROPOSAL = {"words": "Wir schlagen 240 EUR vor.", "by": "body", "says_body": "proposes"}
BY_29 = {"sum_body": "240", "until_body": "29.1.2027"}
DECLINED = {"by": "body", "says": "declined"}


def proposed(walk: Walk) -> str:
    """Complain on 10 December, and return the proposal of 9 January."""
    walk.answered(8, NO_MORE)
    walk.came(9, "91")
    walk.sent(10, "complaint")
    walk.on(40)
    return walk.post("reply/", PROPOSAL | BY_29)


def test_the_banks_last_day_stands_beside_a_refusal(walk: Walk) -> None:
    page = walk.answered(8, NO_MORE)

    assert "Tell your bank by Monday 18 January 2027 41 days left" in page


def test_the_banks_last_day_stands_beside_a_proposal(walk: Walk) -> None:
    page = proposed(walk)

    assert "Tell your bank by Monday 18 January 9 days left" in page
    assert "Still open €272.94" in page
    assert "January Get it back through your bank" not in page


def test_who_declines_a_proposal_reads_what_is_left_and_by_when(walk: Walk) -> None:
    proposed(walk)
    walk.on(46)
    page = walk.post("others/", DECLINED)
    left = "€272.94 is still open: tell your bank by Monday 18 January"

    assert left in page
    assert left in walk.listed()


def test_once_the_banks_day_is_past_the_company_is_left(walk: Walk) -> None:
    proposed(walk)
    walk.on(50)
    page = walk.post("others/", DECLINED)

    assert "tell your bank" not in page
    assert "What is left is to ask once more, or a court" in page
    assert "What is left is to ask once more, or a court" in walk.listed()


def test_a_day_that_turns_on_how_it_was_paid_says_so(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = {n: v for n, v in HERZFUNKE.items() if n != "payment_method"}
    walk = Walk(client, monkeypatch, facts)
    walk.answered(1, GRANTS_91)
    walk.sent(1, "refund")

    page = walk.answered(8, NO_MORE)

    assert "18 January 2027 (SEPA direct debit: money back in eight weeks)" in page


def test_a_part_that_is_granted_asks_for_the_rest_at_once(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = Walk(client, monkeypatch)
    before = walk.page
    walk.answered(1, GRANTS_91)
    page = client.get(walk.address).content.decode()
    act, _, rest = walk.listed().partition("Days that count")

    assert "They confirmed the end" in before
    assert "They confirmed again" not in before
    assert "By what you told, €363.94 is to come back" in before
    assert "Herzfunke grants €91 of €363.94" in act
    assert "by Friday 11 December" not in act
    assert "11 December 2026 Herzfunke" in rest
    assert re.search(r'name="sum"[^>]*value="€91"', page)


@pytest.fixture
def by_letter(client: Any, monkeypatch: pytest.MonkeyPatch) -> Walk:
    """Return a withdrawal by letter of which 91 of 360.91 were granted."""
    walk = Walk(client, monkeypatch)
    told = ("happened", "withdrawn_at")
    facts = {n: v for n, v in HERZFUNKE.items() if n not in told}
    sender = SENDER | {"country": "DE"}
    case_id = cases.new_case(facts, sender, Wanted(kind=letter_called_for(facts)))
    cases.say_sent(case_id, "e-mail", None)
    walk.address = f"/cases/{case_id}/"
    walk.answered(1, GRANTS_91)
    walk.sent(1, "refund")
    return walk


ENDED = "Der Vertrag ist zum 30. November 2026 beendet."


def test_no_more_than_a_sum_is_not_that_sum_once_more(by_letter: Walk) -> None:
    page = by_letter.answered(8, f"{NO_MORE} {ENDED}")

    assert "grants €91 of €360.91" in page


def test_others_are_told_of_the_part_before_an_end_is_recorded(by_letter: Walk) -> None:
    by_letter.answered(8, f"{NO_MORE} {ENDED}")

    assert "269,91 € gutzuschreiben" in by_letter.letter("dispute")
    complaint = by_letter.letter("complaint")
    assert "Es geht um einen Betrag von 269,91 €" in complaint
    assert "Die Rückzahlung weiterer 91,00 €" in complaint


def test_the_rest_that_was_asked_for_is_not_asked_for_again(by_letter: Walk) -> None:
    by_letter.answered(8, f"{NO_MORE} {ENDED}")
    by_letter.post("confirm/", {"ends_on": "2026-11-30", "outcome": "confirmed"})
    page = by_letter.came(9, "91")
    by_letter.on(20)
    late = words(by_letter.client.get(by_letter.address))

    assert "You asked for €269.91 again" in page
    assert "has not come: tell your bank, or complain" in late
