"""From a name to letters that are out: the pages, without a browser."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.adapters.settings.profile import PROFILE
from rescind.app.act.letters import Wanted
from rescind.app.follow import cases, queries
from rescind.app.know.check import catalogue
from rescind.settings import data_folder
from rescind.store import checks, selectors
from rescind.store.models import CheckRecord
from rescind.web.fact_form import fact_page
from rescind.web.views.home import MOST_SHOWN
from tests.conftest import FACTS, SENDER

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

COURSERA = {
    "offer": "plus-annual",
    "channel": "web",
    "country": "DE",
    "purchased_at": "23.11.2026",
    "price": "372",
}
GYM = {
    "kind": "gym",
    "sold_by": "premises",
    "channel": "web",
    "country": "DE",
    "purchased_at": "1.2.2025",
    "term": "count",
    "term_count": "12",
    "term_unit": "M",
    "notice": "P1M",
    "price": "24,90",
    "period": "P1M",
}
NOON = datetime(2026, 11, 28, 11, tzinfo=UTC)
ALL_DONE: dict[str, Any] = {
    "act": "done",
    "done": ["cancel", "at_store", "withdraw", "refund"],
}
"""Every step in an account, ticked."""
ANNA = {"sender.name": "Anna Müller", "sender.email": "anna@home.example.org"}


def words(response: Any) -> str:
    text: str = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def begun(client: Any, name: str) -> str:
    """Say what is to be stopped, and return the address of its check."""
    response = client.post("/new/", {"name": name})
    assert response.status_code == 302
    return str(response["Location"]).removesuffix("facts/")


def told(client: Any, name: str, typed: dict[str, str]) -> tuple[str, str]:
    """Return a check's address, and the words of its answer."""
    address = begun(client, name)
    response = client.post(f"{address}facts/", typed, follow=True)
    assert response.redirect_chain[-1][0].endswith("/answer/"), words(response)
    return address, words(response)


def test_an_answer_says_what_by_when_and_for_how_much(client: Any) -> None:
    _, answer = told(client, "Coursera", COURSERA)

    assert "Ask Coursera for your €372 back, then cancel" in answer
    assert "Sunday 6 December, 10:00" in answer
    assert "Prepare both letters" in answer


def test_a_withdrawal_brings_up_to_the_sum_and_ends_it_at_once(client: Any) -> None:
    dating = {"kind": "dating", "sold_by": "online", "channel": "web", "country": "DE"}
    dating |= {"purchased_at": "18.11.2026", "term": "P6M", "price": "359,40"}
    dating["period"] = "P6M"

    _, answer = told(client, "Herzblatt", dating)

    # what was used of a service may be kept (BGB § 357a): nobody can promise it all
    assert "You get up to €359.40 back" in answer
    # the reason stands beside the sum
    kept = "for the days used may be kept, but only if you asked for an early start"
    assert kept in answer.split("Ends with")[0]
    assert "Ends with the withdrawal; else 17 May 2027" in answer


def test_a_contract_that_is_not_on_file_gets_as_far(client: Any) -> None:
    _, answer = told(client, "McFIT", GYM)

    assert "Cancel with McFIT" in answer
    assert "Prepare the letter" in answer
    assert "withdraw" not in answer


def test_nothing_is_written_to_a_company_that_a_store_bills_for(client: Any) -> None:
    typed = COURSERA | {"channel": "apple", "country": "US", "part_US": "US-NY"}
    address, answer = told(client, "Coursera", typed | {"purchased_at": "3/1/2026"})

    response = client.get(f"{address}letters/", follow=True)

    page = words(response)
    assert response.redirect_chain[-1][0].endswith("/steps/")
    assert "Start the three steps at Apple" in answer
    assert "reportaproblem.apple.com" in page
    assert "To whom it may concern" not in page


def test_whoever_bills_for_any_service_on_file_can_be_named() -> None:
    for slug in catalogue().paths:
        service = catalogue().service(slug)
        fields = fact_page(service, {}).fields
        named = next(field.options for field in fields if field.name == "channel")

        *billers, unsure = (biller for biller, _ in named)
        assert set(billers) == set(service.channels), slug
        assert unsure == ""
        # the company itself first, somebody else last
        assert "web" not in billers[1:], slug
        assert "partner" not in billers[:-1], slug


def test_what_cannot_be_read_is_named_at_its_field_and_kept(client: Any) -> None:
    address = begun(client, "Coursera")

    response = client.post(
        f"{address}facts/", COURSERA | {"price": "lots"}, follow=True
    )

    assert response.status_code == 422
    assert "no sum that can be read" in words(response)
    assert 'value="lots"' in response.content.decode()
    assert 'value="23.11.2026"' in response.content.decode()


def test_a_day_that_can_be_two_is_asked(client: Any) -> None:
    address = begun(client, "Coursera")

    typed = COURSERA | {"purchased_at": "3/1/2026", "country": ""}
    response = client.post(f"{address}facts/", typed, follow=True)

    assert "3 January 2026" in words(response)
    assert "1 March 2026" in words(response)


def test_not_sure_everywhere_still_gives_a_next_step(client: Any) -> None:
    address = begun(client, "Some Box")

    response = client.post(f"{address}facts/", {"unsure_price": "on"}, follow=True)

    assert response.status_code == 200
    assert "Find out who charges you" in words(response)
    assert "Who charges you?" in words(response)


def test_a_fact_asked_for_in_the_card_changes_the_answer(client: Any) -> None:
    typed = {name: text for name, text in COURSERA.items() if name != "channel"}
    address, answer = told(client, "Coursera", typed)
    assert "Who charges you?" in answer

    response = client.post(f"{address}tell/", {"channel": "web"}, follow=True)

    assert "Ask Coursera for your €372 back" in words(response)


def test_unfinished_checks_wait_on_the_first_page(client: Any) -> None:
    # the page shows the newest few: those that other tests began are later than noon
    CheckRecord.objects.all().delete()
    told(client, "McFIT", GYM)
    begun(client, "Nothing told of it")

    home = words(client.get("/"))

    assert "McFIT" in home
    assert "Nothing told of it" not in home


def test_every_unfinished_check_stands_among_the_cases(client: Any) -> None:
    CheckRecord.objects.all().delete()
    names = [f"Studio {number}" for number in range(MOST_SHOWN + 1)]
    for name in names:
        checks.begin("other", name, {"price": "39"}, now=clock.now())

    home, listed = (words(client.get(at)) for at in ("/", "/cases/"))

    assert sum(name in home for name in names) == MOST_SHOWN
    assert all(name in listed for name in names)


def test_a_name_that_is_nearly_on_file_is_asked_about(client: Any) -> None:
    address = begun(client, "Corsera")
    assert "Did you mean" in words(client.get(f"{address}facts/"))

    client.post(f"{address}facts/service/", {"service": "coursera"})

    assert "Your Coursera subscription" in words(client.get(f"{address}facts/"))


def test_both_letters_are_ready_and_go_out_by_the_persons_word(client: Any) -> None:
    address, _ = told(client, "Coursera", COURSERA)
    page = words(client.get(f"{address}letters/"))
    assert "Your two letters" in page
    assert "Please refund the €372.00" in page

    response = client.post(
        f"{address}letters/", ANNA | {"act": "form:refund,cancel"}, follow=True
    )

    case_id = response.redirect_chain[-1][0].split("/")[2]
    case = queries.show_case(case_id)
    assert [event["kind"] for event in case["events"]].count("said_sent") == 2
    assert case["state"] == "sent"
    assert case_id not in {check.id for check in checks.waiting()}


def test_the_sheet_shows_what_is_typed_about_the_letter(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)

    typed = ANNA | {"all.merchant_address": "Gate 1\n10117 Berlin"}
    typed |= {"cancel.reason": "My knee is broken."}
    page = words(client.post(f"{address}letters/", typed))

    assert "Gate 1" in page
    assert "My knee is broken." in page
    pdf = client.get(f"{address}letters/cancel.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert (
        client.get(f"{address}letters/cancel.eml")["Content-Type"] == "message/rfc822"
    )


def test_practice_is_a_copy_and_uses_nothing_up(client: Any) -> None:
    address, _ = told(client, "Coursera", COURSERA)

    response = client.post(
        f"{address}letters/", ANNA | {"act": "practise:refund,cancel"}, follow=True
    )

    assert "Practice done" in words(response)
    assert response.redirect_chain[-1][0] != address
    assert "Prepare both letters" in words(client.get(f"{address}answer/"))


def test_post_wants_an_address_to_answer_to(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)

    response = client.post(f"{address}letters/", ANNA | {"act": "post:cancel"})

    assert response.status_code == 422
    assert "By post they answer to your address" in words(response)
    # what was pressed stays chosen, beside the field that was missing
    assert 'name="way-1" value="post" checked' in response.content.decode()
    chosen = ANNA | {"act": "post:cancel", "way-1": "post"}
    page = client.post(f"{address}letters/", chosen).content.decode()
    assert 'name="way-1" value="post" checked' in page
    assert not checks.has_case(address.split("/")[2])


def test_a_letter_is_mailed_to_an_address_that_is_known(client: Any) -> None:
    address, _ = told(client, "Eisenhalle", GYM)
    form = ANNA | {"act": "email:cancel"}

    asked = words(client.get(f"{address}letters/"))
    missing = client.post(f"{address}letters/", form | {"cancel.to": ""})
    mailed = client.post(f"{address}letters/", form | {"cancel.to": "a@eisen.example"})

    assert asked.count("Their e-mail address") == 1
    assert "We know none. It stands in their mails to you" in asked
    assert missing.status_code == 422
    assert "Type the e-mail address of Eisenhalle, or choose another way" in words(
        missing
    )
    assert mailed.status_code == 302
    letter = selectors.letter(selectors.read_case(address.split("/")[2]))
    assert letter.recipient_email == "a@eisen.example"


def test_letters_that_are_mailed_together_have_one_address(client: Any) -> None:
    address, _ = told(client, "Coursera", COURSERA)
    form = ANNA | {"act": "email:refund,cancel", "refund.to": "help@b.example"}

    client.post(f"{address}letters/", form)

    case = selectors.read_case(address.split("/")[2])
    mailed = [selectors.letter(case, number).recipient_email for number in (1, 2)]
    assert mailed == ["help@b.example"] * 2
    reminder = client.get(f"/cases/{case.id}/letters/?letter=second-notice")
    assert 'value="help@b.example"' in reminder.content.decode()


def test_a_letter_is_posted_to_an_office_that_is_known(client: Any) -> None:
    address, _ = told(client, "Eisenhalle", GYM)
    form = ANNA | {"sender.address": "Ring 3\n10115 Berlin", "act": "post:cancel"}

    asked = words(client.get(f"{address}letters/"))
    missing = client.post(f"{address}letters/", form)
    office = {"all.merchant_address": "Sportweg 1\n45127 Essen"}
    posted = client.post(f"{address}letters/", form | office)

    assert asked.count("Where is the office of Eisenhalle?") == 1
    assert "It stands in your contract, on the last bill" in asked
    assert "The company's postal address" not in asked
    assert missing.status_code == 422
    assert "Type where the office of Eisenhalle is" in words(missing)
    assert posted.status_code == 302


def test_an_office_that_is_on_file_is_shown(client: Any) -> None:
    address, _ = told(client, "Babbel", {"channel": "web", "country": "DE"})

    assert "Type another only if you know better" in words(
        client.get(f"{address}letters/")
    )


def test_a_sender_is_filled_in_the_next_time(client: Any) -> None:
    first, _ = told(client, "McFIT", GYM)
    client.post(f"{first}letters/", ANNA)
    second, _ = told(client, "Coursera", COURSERA)

    page = client.get(f"{second}letters/").content.decode()

    assert 'value="Anna Müller"' in page


def test_a_day_is_read_back_and_kept_at_once(client: Any) -> None:
    address = begun(client, "Coursera")

    response = client.post(
        f"{address}facts/read/",
        {"purchased_at": "23.11.2026"},
        HTTP_HX_TRIGGER_NAME="purchased_at",
    )

    assert "Monday 23 November 2026" in words(response)
    assert 'value="23.11.2026"' in client.get(f"{address}facts/").content.decode()


def sent_case(client: Any) -> str:
    """Send both letters by the person's word, and return the case's address."""
    address, _ = told(client, "Coursera", COURSERA)
    client.post(f"{address}letters/", ANNA | {"act": "form:refund,cancel"})
    return address


def test_a_case_says_where_it_stands_and_what_comes_next(client: Any) -> None:
    page = words(client.get(sent_case(client)))

    assert "Waiting for Coursera" in page
    assert "If nothing comes by Saturday 12 December, send a reminder" in page
    assert "Sunday 13 December Send a reminder" in page
    assert "You asked for €372 back, in their form" in page
    assert "You cancelled, in their form" in page


def test_pasted_words_are_read_and_a_no_in_disguise_ends_nothing(client: Any) -> None:
    case = sent_case(client)
    no = "Dear Anna, we cannot accept your cancellation. Please call us."

    page = words(client.post(f"{case}reply/", {"words": no}, follow=True))

    assert "Coursera has not confirmed" in page
    assert "Prepare the answer" in page


def test_a_confirmation_is_settled_by_the_persons_word(client: Any) -> None:
    case = sent_case(client)
    yes = "Your subscription is cancelled. It ends on 22 November 2027."
    page = words(client.post(f"{case}reply/", {"words": yes}, follow=True))
    assert "Coursera says it ends on Monday 22 November 2027" in page

    client.post(f"{case}confirm/", {"ends_on": "2027-11-22"})

    assert "Ends on Monday 22 November 2027" in words(client.get(case))


def test_no_words_are_no_answer(client: Any) -> None:
    response = client.post(f"{sent_case(client)}reply/", {"words": " "})

    assert response.status_code == 422


def test_practice_bears_a_badge_and_leads_back(client: Any) -> None:
    address, _ = told(client, "Coursera", COURSERA)

    form = ANNA | {"act": "practise:refund,cancel"}
    page = client.post(f"{address}letters/", form, follow=True)

    assert "Practice: nothing was sent" in words(page)
    assert f"{address}letters/" in page.content.decode()


def test_a_charge_after_the_end_is_told_by_a_tick(client: Any) -> None:
    typed = COURSERA | {"country": "US", "part_US": "US-TX", "purchased_at": ""}
    typed |= {"happened": "charged-after", "charged-after.cancelled_at": "Aug 10 2026"}
    typed |= {"charged-after.paid_at": "Nov 10 2026", "paid_at": "", "price": "59"}

    _, answer = told(client, "Coursera", typed)

    assert "They charged you after the end" in answer
    assert "$59 back" in answer
    assert "Prepare the 3 letters" in answer


def test_what_was_ended_before_keeps_its_day_in_the_case(client: Any) -> None:
    typed = COURSERA | {"offer": "plus-monthly", "country": "US", "part_US": "US-TX"}
    typed |= {"purchased_at": "March 14, 2026", "happened": "charged-after"}
    typed |= {"charged-after.cancelled_at": "Aug 21 2026", "price": "59"}
    typed |= {"charged-after.paid_at": "Nov 15 2026", "paid_at": ""}
    address, answer = told(client, "Coursera", typed)
    assert "Ends Sunday, September 13" in answer

    sent = ANNA | {"act": "form:refund,stop-charging"}
    case = words(client.post(f"{address}letters/", sent, follow=True))

    assert "Waiting for Coursera" in case
    assert "Ends Sunday, September 13" in case
    # what is left of the plan still says when it was ended, and what was taken after
    paper = words(client.get(f"{address}letters/"))
    assert "August 21, 2026" in paper
    assert "November 15, 2026" in paper


def lettered(client: Any, case: str, kind: str) -> str:
    """Return the words of the workbench with one letter of a case."""
    response = client.get(f"{case}letters/", {"letter": kind})
    assert response.status_code == 200, words(response)
    return words(response)


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("second-notice", "Your reminder"),
        ("complaint", "Your complaint"),
        ("dispute", "Get it back through your bank"),
        ("refund", "Ask for the money"),
        ("stop-charging", "Tell Coursera to stop charging"),
        ("stop-payment", "Tell your bank not to pay"),
        ("erase", "Have your data deleted"),
    ],
)
def test_each_letter_of_a_running_case_is_written_on_the_workbench(
    client: Any, kind: str, title: str
) -> None:
    case = sent_case(client)

    typed = ANNA | {"letter": kind, f"{kind}.reason": "They took it twice."}
    page = lettered(client, case, kind)
    sent = words(client.post(f"{case}letters/", typed))
    pdf = client.get(f"{case}letters/{kind}.pdf", {"letter": kind})

    assert title in page
    assert "Practise first" in sent
    assert "Anna Müller" in sent
    assert pdf.content.startswith(b"%PDF")


def test_a_reminder_goes_out_from_the_workbench_once(client: Any) -> None:
    case = sent_case(client)
    assert f"{case}letters/?letter=second-notice" in client.get(case).content.decode()

    form = ANNA | {"letter": "second-notice", "act": "email:second-notice"}
    form |= {"second-notice.to": "help@coursera.example"}
    page = words(client.post(f"{case}letters/", form, follow=True))

    assert "You reminded them" in page
    state = queries.show_case(case.split("/")[2])
    assert [each["kind"] for each in state["letters"]] == [
        *("refund", "cancel", "second-notice"),
    ]


def test_a_letter_that_waits_says_what_was_changed_since(client: Any) -> None:
    case_id = cases.new_case(FACTS, SENDER)
    page = words(client.get(f"/cases/{case_id}/letters/"))
    assert "Ada Lovelace" in page

    typed = {"sender.name": "Ada King", "act": "form:cancel"}
    client.post(f"/cases/{case_id}/letters/", typed)

    state = queries.show_case(case_id)
    assert [(e["kind"], e["state"]) for e in state["letters"]] == [("cancel", "sent")]
    assert "Ada King" in selectors.letter(selectors.read_case(case_id)).text


def test_a_letter_that_waits_unchanged_is_the_one_that_goes(client: Any) -> None:
    facts = {name: value for name, value in FACTS.items() if name != "as_of"}
    case_id = cases.new_case(facts, SENDER)
    before = selectors.letter(selectors.read_case(case_id)).pdf

    client.post(f"/cases/{case_id}/letters/", {"act": "form:cancel"})

    case = selectors.read_case(case_id)
    written = [e for e in case.events if e.kind.value == "letter_written"]
    assert len(written) == 1
    assert selectors.letter(case).pdf == before
    assert queries.show_case(case_id)["state"] == "sent"


def test_an_answer_to_their_words_names_them_and_keeps_no_old_ones(client: Any) -> None:
    case = sent_case(client)
    no = "Dear Anna, we cannot accept your cancellation. Please call us."
    client.post(f"{case}reply/", {"words": no})

    page = lettered(client, case, "reply")
    form = ANNA | {"letter": "reply", "reply.reason": "I do not call."}
    typed = words(client.post(f"{case}letters/", form))
    mailed = {"act": "email:reply", "reply.to": "help@coursera.example"}
    client.post(f"{case}letters/", form | mailed)

    assert "Your answer to Coursera" in page
    assert "you answered on 28 November 2026" in page
    assert "I do not call." in typed
    assert "I do not call." not in lettered(client, case, "reply")


def test_practice_with_a_letter_of_a_case_leads_back_to_that_letter(
    client: Any,
) -> None:
    case = sent_case(client)

    form = ANNA | {"letter": "second-notice", "act": "practise:second-notice"}
    copy = client.post(f"{case}letters/", form, follow=True)

    assert "Practice done" in words(copy)
    assert 'name="letter" value="second-notice"' in copy.content.decode()
    assert "What went out" in words(
        client.get(f"{copy.redirect_chain[-1][0].split('?')[0]}letters/")
    )
    assert "You reminded them" not in words(client.get(case))


def test_what_went_out_can_be_read_and_not_changed(client: Any) -> None:
    page = client.get(f"{sent_case(client)}letters/")

    assert "What went out" in words(page)
    assert "cannot be changed" in words(page)
    assert "Change the words" not in words(page)


def test_a_letter_that_may_not_follow_is_refused(client: Any) -> None:
    case = sent_case(client)

    for kind in ("reply", "poem"):
        assert client.get(f"{case}letters/", {"letter": kind}).status_code == 422


def test_a_day_on_the_workbench_is_read_as_people_write_it(client: Any) -> None:
    case = sent_case(client)

    form = ANNA | {"letter": "refund", "refund.amount": "€263", "refund.end_on": "soon"}
    wrong = words(client.post(f"{case}letters/", form))
    month = words(client.post(f"{case}letters/", form | {"refund.end_on": "May 2027"}))
    right = words(client.post(f"{case}letters/", form | {"refund.end_on": ""}))

    assert "is no day" in wrong
    assert "is many days" in month
    assert "€263" in right


def test_a_case_that_is_erased_leaves_nothing_that_was_typed(client: Any) -> None:
    case = sent_case(client)

    client.post(f"{case}forget/", {"yes": "on"})

    assert checks.find(case.split("/")[2]) is None


def test_a_dispute_asks_for_the_sum_that_was_taken(client: Any) -> None:
    case = f"/cases/{cases.new_case(FACTS | {'country': 'DE'}, SENDER)}/"
    client.post(f"{case}said/", {"way": "post", "on": "2026-11-20"})
    taken = {"what": "charged", "on": "2026-11-27", "amount": "59.00 EUR"}
    client.post(f"{case}happened/", taken)

    assert "Get it back" in words(client.get(case))
    assert "59,00" in lettered(client, case, "dispute")


def test_a_tick_that_needs_a_day_asks_for_it_at_its_field(client: Any) -> None:
    address = begun(client, "Coursera")
    typed = COURSERA | {"happened": "charged-after"}

    asked = client.post(f"{address}facts/", typed, follow=True)
    unsure = {
        f"unsure_charged-after.{name}": "on" for name in ("cancelled_at", "paid_at")
    }
    answer = client.post(f"{address}facts/", typed | unsure, follow=True)

    assert asked.status_code == 422
    assert "The day is missing; a month is enough" in words(asked)
    assert answer.redirect_chain[-1][0].endswith("/answer/")
    assert "Have you cancelled it already? When?" in words(answer)


def test_a_sum_that_a_tick_needs_is_asked_for(client: Any) -> None:
    address = begun(client, "Some Tool")

    asked = client.post(f"{address}facts/", GYM | {"happened": "fee"}, follow=True)

    assert asked.status_code == 422
    assert "Tell it, or tick" in words(asked)


def test_a_fact_told_in_the_card_ticks_no_more_than_it_says(client: Any) -> None:
    address, _ = told(client, "Coursera", COURSERA)

    client.post(f"{address}tell/", {"cancelled_at": "20.11.2026"})

    typed = checks.find(address.split("/")[2])
    assert typed is not None
    assert typed.typed["happened"] == "cancelled"


def test_where_one_lives_is_asked_once(client: Any) -> None:
    PROFILE.forget(data_folder())
    fresh = client.get(f"{begun(client, 'McFIT')}facts/").content.decode()
    told(client, "McFIT", GYM)

    again = client.get(f"{begun(client, 'Coursera')}facts/").content.decode()

    assert '<option value="DE" selected>' not in fresh
    assert '<option value="DE" selected>' in again


def test_the_days_of_an_answer_go_into_a_calendar(client: Any) -> None:
    address, answer = told(client, "Coursera", COURSERA)

    calendar = client.get(f"{address}plan.ics")

    assert "Put the days in your calendar" in answer
    assert calendar["Content-Type"].startswith("text/calendar")
    assert b"Ask Coursera" in calendar.content


def test_a_part_that_was_paid_is_measured_against_what_was_asked(client: Any) -> None:
    case = sent_case(client)
    paid = "Dear Anna, we have refunded €91 to your card."

    page = words(client.post(f"{case}reply/", {"words": paid}, follow=True))
    letter = lettered(client, case, "refund")

    assert "Coursera grants €91 of €372" in page
    assert "Ask for the other €281" in page
    assert "€281.00" in letter
    assert "over and above the €91.00 that you have agreed to repay." in letter
    assert "You owe me €372.00 in all. What you have paid or agreed to pay" in letter


def test_a_whole_refund_leaves_nothing_to_ask_for(client: Any) -> None:
    case = sent_case(client)
    paid = "Dear Anna, we have refunded €372 to your card."

    page = words(client.post(f"{case}reply/", {"words": paid}, follow=True))

    assert "Coursera says money comes back" in page
    assert "Ask for the other" not in page


def test_a_withdrawal_paid_in_part_is_claimed_with_its_law(client: Any) -> None:
    bought = (NOON - timedelta(days=5)).date().isoformat()
    facts = {"service": "coursera", **COURSERA, "price": "354 EUR"}
    facts |= {"purchased_at": bought, "withdrawal_informed": "true"}
    case_id = cases.new_case(facts, SENDER, Wanted(kind="withdraw"))
    case = f"/cases/{case_id}/"
    client.post(f"{case}said/", {"way": "post"})

    client.post(f"{case}reply/", {"words": "We have refunded €91 to your card."})

    # the law lets them keep the five days that were used
    assert "grants €91 of €348.18" in words(client.get(case))
    letter = lettered(client, case, "refund")
    assert "€257.18" in letter, letter
    assert "over and above the €91.00 that you have agreed to repay." in letter
    assert "I have not received the repayment" not in letter
    assert "I withdrew from the contract" in letter


def test_what_a_letter_lacks_is_asked_for_above_the_fold(client: Any) -> None:
    case = sent_case(client)
    noted = "Dear Anna, your cancellation is only noted for now."
    client.post(f"{case}reply/", {"words": noted})

    page = lettered(client, case, "reply")
    form = ANNA | {"letter": "reply", "reply.answer": "refused"}
    chosen = words(client.post(f"{case}letters/", form))

    assert (
        "The letter says too little without this" in page.split("Change the words")[0]
    )
    assert "What they answered" in page.split("Change the words")[0]
    assert "says too little" not in chosen
    assert "I do not accept the refusal" in chosen


def test_a_sum_that_was_taken_is_read_as_people_write_it(client: Any) -> None:
    case = f"/cases/{cases.new_case(FACTS | {'country': 'DE'}, SENDER)}/"
    client.post(f"{case}said/", {"way": "post", "on": "2026-11-20"})

    taken = {"what": "charged", "on": "2026-11-27", "amount": "59,90 €"}
    assert client.post(f"{case}happened/", taken).status_code == 302

    assert "59,90" in lettered(client, case, "dispute")


def test_a_letter_to_the_bank_leaves_a_day_to_ask_there(client: Any) -> None:
    case = f"/cases/{cases.new_case(FACTS | {'country': 'DE'}, SENDER)}/"
    client.post(f"{case}said/", {"way": "post", "on": "2026-11-20"})
    charge = {"what": "charged", "on": "2026-11-27", "amount": "59 EUR"}
    client.post(f"{case}happened/", charge)

    form = ANNA | {"letter": "dispute", "act": "ask:dispute"}
    page = words(client.post(f"{case}letters/", form, follow=True))
    listed = words(client.get("/cases/"))

    assert "Waiting for your bank" in page
    assert "If the money is not back by Saturday 12 December, ask your bank" in page
    assert "14 days left" in page
    assert "The money is back" in page
    assert "charged you again" not in page
    assert "Waiting for your bank" in listed


def test_a_dispute_without_a_ground_asks_for_one_and_offers_no_sending(
    client: Any,
) -> None:
    case = sent_case(client)

    page = lettered(client, case, "dispute")

    assert "Say why they may not keep it" in page.split("Change the words")[0]
    assert "Nothing is sent until you press" not in page


def withdrawn_case(client: Any) -> str:
    bought = (NOON - timedelta(days=5)).date().isoformat()
    facts = {"service": "coursera", **COURSERA, "price": "354 EUR"}
    facts |= {"purchased_at": bought, "withdrawal_informed": "true"}
    case = f"/cases/{cases.new_case(facts, SENDER, Wanted(kind='withdraw'))}/"
    client.post(f"{case}said/", {"way": "post"})
    return case


def test_an_end_that_is_confirmed_with_too_little_money_is_measured(
    client: Any,
) -> None:
    case = withdrawn_case(client)
    said = (
        "We confirm the cancellation of your contract. "
        "We have refunded €91 to your card."
    )

    page = words(client.post(f"{case}reply/", {"words": said}, follow=True))

    assert "says it ends, and grants €91 of €348.18" in page
    assert "Ask for the other €257.18" in page
    assert "They pay €91 of €348.18: €257.18 is missing." in page
    assert "§§ 312g, 355" in page
    # a withdrawal ends it at once, whatever the contract's own end is
    ends_on = NOON.date().isoformat()
    page = words(client.post(f"{case}confirm/", {"ends_on": ends_on}, follow=True))
    assert "€257.18 is still missing" in page
    assert "Ask for the other €257.18" in page
    letter = lettered(client, case, "refund")
    assert "€257.18" in letter


def gym_case(client: Any) -> str:
    """Return a case of a gym that can be left with a month's notice."""
    facts = {"service": "other", "merchant": "Muskelwerk", **GYM, "term": "P12M"}
    facts = {name: value for name, value in facts.items() if "term_" not in name}
    facts |= {"purchased_at": "2025-02-01", "price": "24.90 EUR"}
    case = f"/cases/{cases.new_case(facts, SENDER)}/"
    client.post(f"{case}said/", {"way": "post"})
    return case


def test_a_later_end_than_the_law_has_is_refused_in_disguise(client: Any) -> None:
    case = gym_case(client)
    said = "Your membership has been cancelled. It ends on 31 March 2027."

    page = words(client.post(f"{case}reply/", {"words": said}, follow=True))
    letter = lettered(client, case, "reply")

    assert "says it ends on Wednesday 31 March 2027: later than it should" in page
    assert "Ask for Monday 28 December" in page
    assert "Take their day" in page
    assert "ends on 28 December 2026" in page
    assert "Sie nennen den 31. März 2027 als Tag des Vertragsendes." in letter
    assert "endet der Vertrag am 28. Dezember 2026" in letter
    assert "§ 309 Nr. 9 BGB" in letter


def test_the_day_that_was_asked_for_is_not_called_late(client: Any) -> None:
    case = gym_case(client)
    said = "Your membership has been cancelled. It ends on 28 December 2026."

    page = words(client.post(f"{case}reply/", {"words": said}, follow=True))

    assert "later than" not in page
    assert "That is right" in page


def test_a_call_for_a_contract_of_a_desk_is_met_by_no_law_of_sites(
    client: Any,
) -> None:
    case = gym_case(client)
    noted = "Deine Kündigung ist vorgemerkt. Damit sie wirksam wird, ruf uns bitte an."

    page = words(client.post(f"{case}reply/", {"words": noted}, follow=True))

    assert "has not confirmed" in page
    assert "They want you to call. You gave notice in writing" in page
    assert "The law lets you leave without" not in page


def test_a_withdrawal_said_to_be_late_a_fee_and_a_voucher_are_measured(
    client: Any,
) -> None:
    case = withdrawn_case(client)
    said = (
        "Your 14-day withdrawal period has expired. We can offer you a voucher, "
        "less a processing fee of €20. Please send a copy of your passport."
    )

    page = words(client.post(f"{case}reply/", {"words": said}, follow=True))

    assert "They say that your time was over. It ran to 7 December 2026" in page
    assert "They offer a credit or something else instead of money." in page
    assert "They want a fee. Whoever withdraws in time owes none" in page
    assert "They want a copy of an identity document." in page


def test_a_letter_to_the_bank_asks_for_bank_and_account_beside_it(client: Any) -> None:
    case = f"/cases/{cases.new_case(FACTS | {'country': 'DE'}, SENDER)}/"
    client.post(f"{case}said/", {"way": "post", "on": "2026-11-20"})
    charge = {"what": "charged", "on": "2026-11-27", "amount": "59 EUR"}
    client.post(f"{case}happened/", charge)

    page = client.get(f"{case}letters/?letter=dispute").content.decode()
    form = ANNA | {"letter": "dispute", "all.bank_name": "Nordbank", "act": "look"}
    form |= {"all.account": "DE89 3704 0044 0532 0130 00", "sender.card_last4": "4242"}
    named = words(client.post(f"{case}letters/", form, follow=True))

    unfolded = page.partition("Change the words")[0]
    for name in ("all.bank_name", "all.account", "all.mandate_id", "sender.card_last4"):
        assert f'name="{name}"' in unfolded
        assert page.count(f'name="{name}"') == 1
    assert page.count("give its name") == 1
    assert "give its name" in unfolded
    assert "Nordbank" in named
    assert "Konto: DE89 3704 0044 0532 0130 00" in named
    assert "Letzte vier Ziffern der Karte: 4242" in named


def test_a_letter_can_have_gone_out_on_another_day(client: Any) -> None:
    address, _ = told(client, "Coursera", COURSERA)
    form = ANNA | {"act": "form:refund,cancel"}

    refused = client.post(f"{address}letters/", form | {"sent_on": "1.1.2030"})
    assert refused.status_code == 422
    assert "has not come yet" in words(refused)
    assert "Not sent yet" not in words(client.get("/cases/"))
    page = words(
        client.post(f"{address}letters/", form | {"sent_on": "25.11.2026"}, follow=True)
    )

    assert "Waiting for Coursera" in page
    assert "If nothing comes by Wednesday 9 December, send a reminder" in page
