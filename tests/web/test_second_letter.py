"""What a case remembers of its letters: the way, the address, the sum, the reading."""

from typing import Any

import pytest

from rescind.labels import label
from tests.web.test_desk_pages import ANNA, told, words
from tests.web.test_later_unsure import HORTENSIA, LATER
from tests.web.test_likely_answers import UNREAD

pytestmark = pytest.mark.usefixtures("ready_desk")
OFFICE = "De Hortensia BV\nKeizersgracht 1\n1015 CN Amsterdam"


def posted(client: Any) -> str:
    """Return a case whose notice went by post to an address that was typed."""
    address, _ = told(client, "De Hortensia", HORTENSIA)
    typed = ANNA | {"act": "post:cancel", "all.merchant_address": OFFICE}
    typed |= {"sender.address": "Hoofdstraat 1\n1234 AB Utrecht"}
    response = client.post(f"{address}letters/", typed, follow=True)
    assert "Waiting for De Hortensia" in words(response)
    return address


def test_the_next_letter_begins_with_the_way_and_the_address_before(
    client: Any,
) -> None:
    case = posted(client)
    client.post(f"{case}reply/", {"words": LATER})

    page = client.get(f"{case}letters/", {"letter": "reply"}).content.decode()
    first, *_ = page.split('value="post" ', 1)[1].split(">", 1)

    assert "checked" in first
    assert "Keizersgracht 1" in page


def test_a_letter_is_told_with_its_own_sum(client: Any) -> None:
    case = posted(client)
    form = ANNA | {"letter": "refund", "refund.amount": "41.94"}
    form |= {"act": "email:refund", "refund.to": "lezers@hortensia.example"}
    form |= {"sender.address": "Hoofdstraat 1\n1234 AB Utrecht"}

    page = words(client.post(f"{case}letters/", form, follow=True))

    assert "You asked for €41.94 back" in page


def test_what_a_person_says_of_an_answer_changes_no_line_before_it(
    client: Any,
) -> None:
    case = posted(client)
    page = client.post(f"{case}reply/", {"words": UNREAD}, follow=True)
    where = page.content.decode().split("/reads/")[1].split("/")[0]

    client.post(f"{case}reads/{where}/", {"reads_as": "refused"})
    story = words(client.get(case)).split("What happened")[1]

    assert "You said what they mean: a refusal" in story
    assert f"They answered; we read: {label('other', 'message')}" not in story
    assert "They answered; we read: something to look at" in story


PROMISED = (
    "Wij bevestigen dat uw abonnement eindigt op 28 februari 2027. Wij betalen u "
    "€ 15,50 terug."
)


def waited(client: Any) -> tuple[str, str]:
    """Return a case in which money was promised with the end, and its page."""
    case = posted(client)
    client.post(f"{case}reply/", {"words": PROMISED})
    page = client.post(f"{case}confirm/", {"ends_on": "2027-02-28"}, follow=True)
    assert "€15.50 is to come back" in words(page)
    return case, page.content.decode()


def test_nothing_is_to_come_back_once_a_person_says_so(client: Any) -> None:
    case, page = waited(client)
    assert "Nothing is to come back" in page

    after = words(client.post(f"{case}confirm/", {"money": "none"}, follow=True))

    assert "is to come back by" not in after
    assert "Keep the confirmation" in after
    assert "You said that nothing is to come back" in after


def test_no_money_is_waited_for_of_an_answer_that_was_corrected(client: Any) -> None:
    case = posted(client)
    page = client.post(f"{case}reply/", {"words": PROMISED}, follow=True)
    where = page.content.decode().split("/reads/")[1].split("/")[0]
    client.post(f"{case}reads/{where}/", {"reads_as": "invoice"})

    after = client.post(f"{case}confirm/", {"ends_on": "2027-02-28"}, follow=True)

    assert "is to come back by" not in words(after)


def test_a_letter_names_no_promise_that_a_later_answer_took_back(client: Any) -> None:
    case, _ = waited(client)
    before = words(client.get(f"{case}letters/", {"letter": "refund"}))
    later = "Uw abonnement eindigt op 28 februari 2027. U ontvangt geen factuur meer."
    client.post(f"{case}reply/", {"words": later})

    letter = words(client.get(f"{case}letters/", {"letter": "refund"}))

    assert "toegezegd" in before
    assert "toegezegd" not in letter
