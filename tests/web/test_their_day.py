"""The day that a company names, where no program reads it."""

from typing import Any

import pytest

from tests.web.test_desk_pages import words
from tests.web.test_likely_answers import answered_with

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")


def test_a_day_that_is_not_read_is_asked_for_and_not_made_up(client: Any) -> None:
    case, page = answered_with(client, NO_DAY)

    assert "says it ends. On which day?" in page
    assert "Should end Thursday 14 January 2027" in page
    assert "That is right" not in page
    asked = client.get(f"/cases/{case}/day/")
    assert "im Herbst" in words(asked)


def test_a_later_day_that_a_person_reads_is_set_beside_the_right_one(
    client: Any,
) -> None:
    case, _ = answered_with(client, NO_DAY)

    page = words(
        client.post(f"/cases/{case}/day/", {"ends_on": "14 October 2028"}, follow=True)
    )

    assert "says it ends on Saturday 14 October 2028: later than it should" in page


def test_the_right_day_that_a_person_reads_confirms_the_end(client: Any) -> None:
    case, _ = answered_with(client, NO_DAY)

    page = words(
        client.post(f"/cases/{case}/day/", {"ends_on": "14.1.2027"}, follow=True)
    )

    assert "Ends on Thursday 14 January 2027" in page


def test_no_day_and_half_a_day_are_asked_for_again(client: Any) -> None:
    case, _ = answered_with(client, NO_DAY)

    for typed, said in (
        ("", "copy it from what they wrote"),
        ("October 2028", "is many days"),
        ("soon", "no day that can be read"),
    ):
        again = client.post(f"/cases/{case}/day/", {"ends_on": typed})
        assert again.status_code == 422
        assert said in words(again)


def test_an_end_without_a_day_is_taken_as_asked_by_a_word_of_its_own(
    client: Any,
) -> None:
    case, _ = answered_with(client, NO_DAY)

    page = words(client.post(f"/cases/{case}/day/", {"none": "yes"}, follow=True))

    assert "says it ends; you asked for Thursday 14 January 2027" in page
    assert "named no day" in page


NO_DAY = "Guten Tag, wir bestätigen Ihre Kündigung. Ihr Vertrag endet im Herbst 2028."


EARLIER = (
    "Hiermit bestätigen wir Ihre Kündigung. Ihr Anschluss wird am 03.12.2026 "
    "abgeschaltet. Mit freundlichen Grüßen"
)


def test_an_end_earlier_than_asked_is_warned_of_and_can_be_refused(client: Any) -> None:
    case, page = answered_with(client, EARLIER)

    assert "says it ends on Thursday 3 December: earlier than you asked" in page
    assert "You asked for Thursday 14 January 2027." in page
    assert "Ask for Thursday 14 January 2027" in page
    assert "Take their day" in page
    assert "That is right" not in page
    letter = words(client.get(f"/cases/{case}/letters/?letter=reply"))
    assert "Sie nennen den 3. Dezember 2026 als Tag des Vertragsendes" in letter
    assert "endet der Vertrag am 14. Januar 2027" in letter
    listed = words(client.get("/cases/"))
    assert "says it ends on Thursday 3 December: earlier than you asked" in listed


def test_a_day_that_a_person_reads_and_is_earlier_is_not_recorded_at_once(
    client: Any,
) -> None:
    case, _ = answered_with(client, NO_DAY)

    page = words(
        client.post(f"/cases/{case}/day/", {"ends_on": "3.12.2026"}, follow=True)
    )

    assert "earlier than you asked" in page


def test_the_day_on_which_an_end_takes_effect_is_the_next_after_ours(
    client: Any,
) -> None:
    text = "Wir bestätigen Ihre Kündigung. Sie wird zum 15.1.2027 wirksam."
    case, page = answered_with(client, text)

    assert "later than it should" not in page
    assert "says it ends on Friday 15 January 2027" in page
    assert "Ends Friday 15 January 2027" in page
    settled = words(
        client.post(f"/cases/{case}/confirm/", {"ends_on": "2027-01-14"}, follow=True)
    )
    assert "Ends on Thursday 14 January 2027" in settled
