"""A store is asked for money by law: what to write, what is waited for, and when."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.core.model.case import ListedCase
from rescind.core.model.event_details import ConfirmedDetails
from rescind.store import listing, selectors, services
from rescind.store.listing import Which
from rescind.web.case_lines import CaseLine, case_lines
from tests.web.test_case_pages import done_at_apple
from tests.web.test_desk_pages import ALL_DONE, told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

TINDER = {
    "offer": "subscription",
    "channel": "apple",
    "country": "US",
    "part_US": "US-CA",
    "purchased_at": "11/26/2026",
    "price": "59.99",
    "period": "P6M",
}
GRANTED = "Dear Anna, we have approved your refund request. Apple Support"


def withdrawn(client: Any, typed: dict[str, str] = TINDER) -> str:
    address, _ = told(client, "Tinder", typed)
    client.post(f"{address}steps/", ALL_DONE)
    return address


def line_of(client: Any, name: str) -> str:
    """Return what the list of cases says of the newest case of a company."""
    page = words(client.get("/cases/"))
    return page.split("Days that count")[0].split(f"{name} :", 1)[-1]


def group_of(address: str) -> str:
    """Return in which group of the list a case stands; a search agrees."""
    case_id, now = address.strip("/").split("/")[-1], clock.now()
    lines = case_lines(listing.listed_cases(now))
    groups = {
        Which.TO_DO: lines.act,
        Which.WAITING: lines.waiting,
        Which.ENDED: (*lines.safe, *lines.closed),
    }
    found = [which for which, group in groups.items() if case_id in ids(group)]
    for which in groups:
        sought = listing.sought_cases(now, listing.EVERY, which=which)
        assert (case_id in ids(sought)) == (which in found)
    return ", ".join(found)


def ids(rows: Iterable[CaseLine | ListedCase]) -> set[str]:
    return {row.id for row in rows}


def test_a_step_says_that_it_is_a_right_by_law(client: Any) -> None:
    address, _ = told(client, "Tinder", TINDER)

    page = words(client.get(f"{address}steps/"))

    # as letters cite it, and in the words of a letter
    right = "California Civil Code sections 1694.1 and 1694.2"
    assert page.count(right) == 2
    assert "from my contract with Tinder" in page
    assert "I do not want it any longer" not in page


def test_a_store_that_has_to_decide_is_waited_for_on_one_day(client: Any) -> None:
    address, _ = told(client, "Tinder", TINDER)
    demanded = words(client.get(f"{address}steps/"))
    client.post(f"{address}steps/", ALL_DONE)

    page, line = words(client.get(address)), line_of(client, "Tinder")

    # the day that the words demand the money by, which the law gives
    assert "by December 8, 2026 at the latest" in demanded
    assert "Apple decides on the money" in page
    assert "look by Tuesday, December 8" in page
    assert "by Tuesday, December 8" in line
    assert "next charge would come" not in page
    assert "Waiting for Tinder" not in words(client.get("/cases/"))
    assert "Did you get a confirmation?" in page
    assert "Did you get a confirmation?" in line


def test_money_that_a_store_grants_is_waited_for_until_it_came(client: Any) -> None:
    case = withdrawn(client)

    granted = words(client.post(f"{case}reply/", {"words": GRANTED}, follow=True))
    taken = {"ends_on": "2026-11-28"}
    waiting = words(client.post(f"{case}confirm/", taken, follow=True))
    line = line_of(client, "Tinder")
    group = group_of(case)
    came = words(client.post(f"{case}confirm/", {"money": "came"}, follow=True))

    assert group == Which.WAITING
    assert group_of(case) == Which.ENDED
    assert "Apple says money comes back" in granted
    assert "Yes, they pay it back" in granted
    assert "14 days left How much came? It came" in waiting
    assert "by Saturday, December 12" in line
    assert "$59.99 is to come back by Saturday, December 12" in line
    assert "See whether $59.99 comes back" not in came


def test_the_days_that_a_refund_takes_are_waited_for(client: Any) -> None:
    case = withdrawn(client)
    granted = (
        "We've approved your refund of $59.99. It may take up to 30 days to appear."
    )

    client.post(f"{case}reply/", {"words": f"{granted} Apple Support"}, follow=True)
    client.post(f"{case}confirm/", {"ends_on": "2026-11-28"}, follow=True)
    waiting = words(client.get(case))

    # the answer came on 28 November
    assert "$59.99 is to come back by Monday, December 28" in waiting
    assert "by Monday, December 28" in line_of(client, "Tinder")


def test_less_than_a_store_owes_is_asked_for_there_and_not_by_letter(
    client: Any,
) -> None:
    case = withdrawn(client)
    partly = "We have approved a refund of $20.00. Apple Support"

    response = client.post(f"{case}reply/", {"words": partly}, follow=True)
    page = words(response)

    assert "Apple grants $20 of $59.99" in page
    assert "Ask for the other $39.99" in page
    assert f'href="{case}steps/"' in response.content.decode()


def test_money_that_a_store_refuses_is_asked_for_there_again(client: Any) -> None:
    case = withdrawn(client)
    refused = "Your request for a refund was reviewed and was not approved. Apple"

    response = client.post(f"{case}reply/", {"words": refused}, follow=True)

    assert "Ask for the money again" in words(response)
    assert f'href="{case}steps/"' in response.content.decode()


def test_a_day_to_look_is_no_next_charge_where_none_is_known(client: Any) -> None:
    typed = TINDER | {"part_US": "US-TX", "country": "US", "purchased_at": "3/1/2026"}
    case = withdrawn(client, typed | {"period": "", "unsure_period": "on"})

    page = words(client.get(case))

    assert "next charge would come" not in page
    assert "Did you get a confirmation?" in page


def test_a_next_charge_that_is_known_is_called_so(client: Any) -> None:
    case = done_at_apple(client)

    page, line = words(client.get(case)), line_of(client, "Coursera")

    assert "the next charge would come on Tuesday, December 1" in page
    assert "by Tuesday, December 1" in line


HERZKLICK = {
    "kind": "dating",
    "sold_by": "online",
    "channel": "google",
    "country": "AT",
    "purchased_at": "25.11.2026",
    "paid_at": "25.11.2026",
    "price": "89,94",
    "term": "P6M",
    "period": "P6M",
}
CANCELLED = (
    "Sie haben Ihr Abo Herzklick Premium (6 Monate) bei Google Play gekündigt. Sie "
    "können das Abo bis zum 25. Mai 2027 weiter nutzen. Danach wird Ihnen nichts mehr "
    "in Rechnung gestellt."
)
REFUSED = (
    "Leider können wir Ihre Anfrage nicht genehmigen, da sie nicht unseren "
    "Erstattungsrichtlinien entspricht."
)
WITHDRAWN = "Ends today, if the withdrawal holds; else"


def herzklick(client: Any) -> str:
    address, _ = told(client, "Herzklick", HERZKLICK)
    client.post(f"{address}steps/", ALL_DONE)
    return address


def posted(client: Any, address: str, typed: dict[str, str]) -> str:
    return words(client.post(address, typed, follow=True))


def test_a_renewal_that_stops_leaves_the_money_waited_for(client: Any) -> None:
    case = herzklick(client)
    before = words(client.get(case))

    posted(client, f"{case}confirmation/", {"words": CANCELLED})
    page = posted(client, f"{case}confirm/", {"ends_on": "2027-05-25"})

    assert f"{WITHDRAWN} 24 May 2027" in before
    assert "The renewal stops. Does €89.94 come back?" in page
    # the words name it: fourteen days, and the last is no Saturday or Sunday
    assert "look at your account by Monday 14 December" in page
    assert f"{WITHDRAWN} 25 May 2027" in page
    assert "whether €89.94 comes back" in line_of(client, "Herzklick")


def test_a_picture_of_the_cancellation_drops_no_money_either(client: Any) -> None:
    case = herzklick(client)

    page = posted(client, f"{case}confirm/", {"ends_on": "2027-05-24"})

    assert "Does €89.94 come back?" in page


def test_a_sure_confirmation_of_the_renewal_says_what_it_leaves_open(
    client: Any,
) -> None:
    case = herzklick(client)
    sure = "Wir bestätigen Ihre Kündigung. Ihr Abo endet am 24. Mai 2027. Google Play"

    page = posted(client, f"{case}reply/", {"words": sure})

    assert "Google Play says that the renewal stops: Monday 24 May 2027" in page
    assert "It says nothing of your €89.94" in page
    assert "You asked €89.94 back" in page
    assert "Keep it, and wait for the money" in page

    button = client.get(case).content.decode()
    outcome = re.search(r'name="outcome" value="([^"]+)"', button)
    assert outcome is not None
    told = {"ends_on": "2027-05-24", "outcome": outcome[1], "note": "in my mails"}
    kept = posted(client, f"{case}confirm/", told)

    assert "They said that the renewal stops on Monday 24 May 2027" in kept
    assert "They confirmed the end" not in kept
    assert "note: in my mails" in kept
    assert "outcome" not in kept


def test_an_end_of_an_early_release_is_told_by_its_note(client: Any) -> None:
    case = herzklick(client)
    record = selectors.find_case(case.split("/")[-2])
    note = "They said that the renewal went off; the money is still to come"
    early = ConfirmedDetails(ends_on=date(2027, 5, 24), note=note)
    services.add(record, early, now=clock.now(), known_by=services.PERSON)

    page = words(client.get(case))

    assert f"Recorded of the end (Monday 24 May 2027): {note}" in page
    assert "They confirmed the end" not in page


def test_what_is_recorded_of_an_end_is_one_of_the_known(client: Any) -> None:
    case = herzklick(client)

    refused = client.post(f"{case}confirm/", {"outcome": "no_end"})

    assert refused.status_code == 422


@pytest.mark.parametrize("ends_on", ["", "2027-05-25"])
def test_a_store_that_refuses_money_is_asked_again_then_taken_further(
    client: Any, ends_on: str
) -> None:
    case = herzklick(client)
    if ends_on:
        posted(client, f"{case}confirm/", {"ends_on": ends_on})

    first = posted(client, f"{case}reply/", {"words": REFUSED})
    line = line_of(client, "Herzklick")
    asked = posted(client, f"{case}steps/", ALL_DONE)
    response = client.post(f"{case}reply/", {"words": f"{REFUSED} Google"}, follow=True)
    again, way = words(response), response.content.decode()

    assert "Google Play refuses to pay €89.94 back" in first
    assert "Ask there once more, and name the law" in first
    assert "Name the day" not in first
    assert "refuses to pay €89.94 back" in line
    assert "by Saturday 12 December" in asked
    assert "Google Play refuses to pay €89.94 back" in again
    assert "tell your bank, or complain" in again
    assert "letters/?letter=" in way
    assert words(client.get(f"{case}letters/?letter=complaint")).startswith(" Your c")


@pytest.mark.parametrize("ends_on", ["", "2027-05-25"])
def test_a_refusal_that_a_person_reads_is_one_too(client: Any, ends_on: str) -> None:
    case = herzklick(client)
    if ends_on:
        posted(client, f"{case}confirm/", {"ends_on": ends_on})
    unread = client.post(f"{case}reply/", {"words": "So nicht."}, follow=True)
    address = re.search(r'action="([^"]*reads[^"]*)"', unread.content.decode())
    assert address is not None

    page = posted(client, address[1], {"reads_as": "refund_refused"})

    assert "Google Play refuses to pay €89.94 back" in page
    assert "Ask there once more" in page


def test_a_short_answer_of_a_store_is_recorded_as_the_page_reads_it(
    client: Any,
) -> None:
    from rescind.store import selectors

    case = herzklick(client)
    posted(client, f"{case}reply/", {"words": "The purchase is not refundable."})

    answered = selectors.read_case(case.split("/")[2]).events[-1]

    assert answered.details["reads_as"] == "refund_refused"
    assert "refuses to pay" in words(client.get(case))


def test_who_was_refused_twice_can_write_to_the_company(client: Any) -> None:
    case = herzklick(client)
    posted(client, f"{case}reply/", {"words": REFUSED})
    posted(client, f"{case}steps/", ALL_DONE)
    page = posted(client, f"{case}reply/", {"words": f"{REFUSED} Google"})

    letter = words(client.get(f"{case}letters/?letter=withdraw"))

    assert "Write to Herzklick" in page
    assert "widerrufe ich" in letter.replace("\u00ad", "")


def test_no_day_of_ours_stands_where_a_store_is_to_name_one(client: Any) -> None:
    case = herzklick(client)

    page = client.get(f"{case}confirmation/").content.decode()

    assert 'name="ends_on" value=""' in page


def test_two_days_are_asked_about_before_one_is_kept(client: Any) -> None:
    case = herzklick(client)
    typed = {"words": CANCELLED, "ends_on": "24.5.2027"}

    asked = client.post(f"{case}confirmation/", typed)
    kept = posted(client, f"{case}confirmation/", typed | {"asked": "24.5.2027"})

    assert asked.status_code == 422
    assert "You typed 24 May 2027, and their words name 25 May 2027" in words(asked)
    assert "They confirmed the end on Monday 24 May 2027" in kept


@pytest.mark.parametrize("ends_on", ["", "2027-05-25"])
def test_a_complaint_about_a_store_leaves_its_page_readable(
    client: Any, ends_on: str
) -> None:
    case = herzklick(client)
    if ends_on:
        posted(client, f"{case}confirm/", {"ends_on": ends_on})
    posted(client, f"{case}reply/", {"words": REFUSED})
    posted(client, f"{case}steps/", ALL_DONE)
    posted(client, f"{case}reply/", {"words": f"{REFUSED} Google"})

    bench = {"letter": "complaint", "sender.name": "Anna Huber"}
    done = bench | {"act": "form:complaint"}
    client.post(f"{case}letters/?letter=complaint", done)

    page = client.get(case)

    assert page.status_code == 200
    assert not ends_on or group_of(case) == Which.WAITING
    assert "You complained" in words(page)


def test_an_end_that_is_confirmed_beside_a_refusal_of_money_is_offered(
    client: Any,
) -> None:
    case = herzklick(client)
    wrote = (
        "We reviewed your request and cannot refund this purchase. Your subscription "
        "has been canceled and will expire on December 14, 2026."
    )

    page = posted(client, f"{case}reply/", {"words": wrote})

    assert "They also say that it ends on 14 December 2026" in page
    assert "The end is right" in page
