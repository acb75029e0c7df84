"""The day that a company names, where no program reads it."""

from typing import Any

import pytest

from tests.web.test_desk_pages import _today, client, words
from tests.web.test_likely_answers import answered_with

__all__ = ["_today", "client"]
pytestmark = pytest.mark.usefixtures("ready_desk")


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

    assert "Ends on Thursday 14 January 2027" in page
    assert "named no day" in page


NO_DAY = "Guten Tag, wir bestätigen Ihre Kündigung. Ihr Vertrag endet im Herbst 2028."
