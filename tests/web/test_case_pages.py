"""The page of a case: steps at a store, proof, and what is put right."""

from typing import Any
from uuid import UUID

import pytest

from rescind.app.follow import queries
from rescind.core.follow.letters import letters_of
from rescind.core.model.case import CaseState
from rescind.store import listing, selectors
from rescind.store.models import WorkRecord
from tests.web.test_desk_pages import (
    ALL_DONE,
    ANNA,
    COURSERA,
    sent_case,
    told,
    words,
)

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

APPLE = COURSERA | {
    "offer": "specialization-monthly",
    "channel": "apple",
    "country": "US",
    "part_US": "US-NY",
    "purchased_at": "3/1/2026",
    "price": "49",
}


def done_at_apple(client: Any) -> str:
    address, _ = told(client, "Coursera", APPLE)
    client.post(f"{address}steps/", ALL_DONE)
    return address


def test_ticks_of_steps_are_kept_and_become_a_case(client: Any) -> None:
    address, answer = told(client, "Coursera", APPLE)
    assert "Start the three steps at Apple" in answer

    client.post(f"{address}steps/", {"done": "at_store"})
    page = client.get(f"{address}steps/").content.decode()
    client.post(f"{address}steps/", {"done": "at_store", "act": "done"})
    case = queries.show_case(address.split("/")[-2])

    assert 'value="at_store" checked' in page
    assert 'value="refund" checked' not in page
    assert case["kind"] == "steps"
    assert case["events"][-1]["details"]["what"] == "at_store"


def test_done_steps_wait_for_a_confirmation(client: Any) -> None:
    page = words(client.get(done_at_apple(client)))

    assert "Did you get a confirmation?" in page
    assert "the next charge would come on Tuesday, December 1" in page
    assert "You did the steps at Apple" in page
    assert "Add the confirmation" in page


def test_their_words_and_the_day_settle_it(client: Any) -> None:
    case = done_at_apple(client)
    typed = {"words": "It ends on 30 November.", "ends_on": "30 November 2026"}

    page = words(client.post(f"{case}confirmation/", typed, follow=True))

    assert "They confirmed the end on Monday, November 30" in page
    assert "Does $49 come back?" in page


def test_a_day_that_cannot_be_read_keeps_nothing_and_what_was_typed(
    client: Any,
) -> None:
    case = done_at_apple(client)
    typed = {"words": "It has ended.", "ends_on": "soon"}

    response = client.post(f"{case}confirmation/", typed)

    assert response.status_code == 422
    assert "It has ended." in words(response)
    assert "They answered" not in words(client.get(case))


def test_an_answer_is_set_aside_and_put_back(client: Any) -> None:
    case = sent_case(client)
    no = "Dear Anna, we cannot accept your cancellation. Please call us."
    client.post(f"{case}reply/", {"words": no})
    number = queries.show_case(case.split("/")[-2])["events"][-1]["number"]

    away = words(client.post(f"{case}aside/", {"number": number}, follow=True))
    again = words(client.post(f"{case}back/", {"number": number}, follow=True))

    assert "Waiting for Coursera" in away
    assert "You set this aside: They answered" in away
    assert "Coursera has not confirmed" in again
    assert client.post(f"{case}aside/", {"number": "two"}).status_code == 422


def test_an_answer_that_was_read_wrong_is_read_as_the_person_says(
    client: Any,
) -> None:
    case = sent_case(client)
    client.post(f"{case}reply/", {"words": "We cannot accept your cancellation."})
    digest = queries.show_case(case.split("/")[-2])["events"][-1]["details"]["message"]

    page = words(
        client.post(f"{case}reads/{digest}/", {"reads_as": "offer"}, follow=True)
    )

    assert "Coursera made an offer" in page
    assert "Say no again" in page
    assert "You said what they mean: an offer for staying" in page


def test_a_charge_is_told_as_people_write_sums(client: Any) -> None:
    case = done_at_apple(client)

    asked = words(client.get(f"{case}charged/"))
    told_so = {"what": "charged", "on": "28.11.2026", "amount": "49"}
    page = words(client.post(f"{case}happened/", told_so, follow=True))
    wrong = client.post(f"{case}happened/", told_so | {"amount": "lots"})

    assert "What did they take?" in asked
    assert "They took $49 on Saturday, November 28" in page
    assert wrong.status_code == 422


def practised(client: Any) -> tuple[str, str]:
    """Practise with both letters; return the check's address and the copy's."""
    address, _ = told(client, "Coursera", COURSERA)
    form = ANNA | {"act": "practise:refund,cancel"}
    response = client.post(f"{address}letters/", form, follow=True)
    return address, str(response.redirect_chain[-1][0]).split("?")[0]


def test_a_copy_to_practise_with_is_in_no_list_and_no_count(client: Any) -> None:
    before, days = listing.count_cases(), len(queries.due_days())

    _, copy = practised(client)
    name = copy.split("/")[-2]

    assert listing.count_cases() == before
    assert len(queries.due_days()) == days
    assert name not in client.get("/cases/").content.decode()
    assert name not in client.get("/").content.decode()
    assert not WorkRecord.objects.filter(case=UUID(name), action="tell").exists()
    assert all(case.id != name for case in selectors.unsent_cases())


def test_a_copy_has_every_letter_that_was_practised(client: Any) -> None:
    _, copy = practised(client)

    case = selectors.read_case(copy.split("/")[-2])
    letters = letters_of(case.events, case.kind)

    assert [letter.kind for letter in letters] == ["refund", "cancel"]
    assert CaseState.DRAFT not in {letter.state for letter in letters}


def test_a_copy_leads_to_the_real_letters_whenever_it_is_opened(client: Any) -> None:
    address, copy = practised(client)

    page = client.get(copy)

    assert "Now the real letters" in words(page)
    assert "They answered" not in words(page).split("What happened")[0]
    assert f'action="{address}letters/"' in page.content.decode()


def test_copies_have_a_fold_of_their_own(client: Any) -> None:
    address, copy = practised(client)
    on_letters = client.get(f"{address}letters/").content.decode()
    client.post(f"{address}letters/", ANNA | {"act": "form:refund,cancel"})
    on_case = client.get(address).content.decode()

    assert copy in on_letters
    assert copy in on_case
    assert "Practice: nothing was sent" in on_case


def test_money_that_a_store_grants_is_answered_by_no_letter(client: Any) -> None:
    case = done_at_apple(client)
    granted = "We have approved your refund of $49.00 and sent it to your card today."

    client.post(f"{case}reply/", {"words": granted})
    page = words(client.get(case))

    assert "says money comes back" in page
    assert "Prepare the answer" not in page
