"""Whose answer it is: what a bank or a body writes is no word of the company's."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rescind.app.act.letters import Wanted
from rescind.app.follow import cases, queries, steps
from rescind.core.model.case import EventKind
from rescind.store import selectors
from tests.conftest import SENDER
from tests.web.test_asked_there_again import (
    COMPLAINT,
    ENDS,
    answers_final,
    asked_again,
    pressed,
)
from tests.web.test_claimed_money import HERZBLATT
from tests.web.test_desk_pages import ALL_DONE, ANNA, told, words
from tests.web.test_money_from_store import (
    REFUSED,
    group_of,
    herzklick,
    line_of,
    posted,
)
from tests.web.test_second_walk import CHARGED

pytestmark = pytest.mark.usefixtures(
    "empty_store", "ready_desk", "saturday_28_november"
)

NOT_OURS = "We do not have jurisdiction over the business you complain about."
PROPOSES = "Wir schlagen vor, dass 30,00 € zurückgezahlt werden."


def complained(client: Any, ends_on: str = "") -> str:
    case = asked_again(client, ends_on)
    pressed(client, answers_final(client, case), "Yes, they refuse it")
    posted(client, f"{case}letters/", COMPLAINT)
    return case


def body_says(client: Any, case: str, says: str, **more: str) -> str:
    said = {"by": "body", "words": NOT_OURS, "says_body": says, **more}
    return posted(client, f"{case}reply/", said)


def disputed() -> str:
    sender, wanted = SENDER | {"country": "US"}, Wanted(kind="dispute")
    case_id = cases.new_case(CHARGED, sender, wanted)
    cases.say_sent(case_id, "post", None)
    return f"/cases/{case_id}/"


def bank_says(client: Any, case: str, says: str, **more: str) -> str:
    said = {"by": "bank", "words": "About your dispute.", "says_bank": says, **more}
    return posted(client, f"{case}reply/", said)


@pytest.mark.parametrize("ends_on", ENDS)
def test_a_body_that_does_not_take_it_is_no_refusal_of_the_store(
    client: Any, ends_on: str
) -> None:
    case = complained(client, ends_on)
    form = client.get(f"{case}reply/").content.decode()

    page = body_says(client, case, "closes")
    line = line_of(client, "Herzklick")

    assert 'value="body" required>' in form  # nobody is preset
    assert "does not take it further" in page
    assert "does not take it further" in line
    assert NOT_OURS in page
    assert "Google Play wrote" not in page
    assert "wrote: it does not take it, or closes it" in page
    assert "Leave it at that" in page
    assert "letters/?letter=complaint" not in page.split("What happened")[0]
    assert group_of(case) == "to_do"
    record = selectors.read_case(case.strip("/").split("/")[-1])
    assert record.newest(EventKind.THIRD_PARTY) is not None


@pytest.mark.parametrize("ends_on", ENDS)
def test_a_proposal_is_accepted_or_not_by_its_day(client: Any, ends_on: str) -> None:
    case = complained(client, ends_on)
    more = {"sum_body": "30,00 €", "until_body": "15.12.2026"}

    page = body_says(client, case, "proposes", **more)
    line = line_of(client, "Herzklick")
    days, calendar = words(client.get("/cases/")), client.get("/cases/due.ics")
    answer = {"by": "body", "says": "accepted"}
    accepted = posted(client, f"{case}others/", answer)
    waiting = group_of(case)
    declined = posted(client, f"{case}others/", answer | {"says": "declined"})

    assert "proposes €30: accept by Tuesday 15 December?" in page
    assert "I accepted it" in page
    assert "I did not accept it" in page
    assert "grants" not in page
    assert "proposes €30" in line
    assert "17 days left" in line
    assert "Last day to say whether you accept the proposal" in days
    assert b"20261215" in calendar.content
    assert "You accepted €30. Does it come?" in accepted
    assert waiting == "waiting"
    assert "You did not accept what" in declined


def test_that_a_body_looks_into_it_is_waited_for(client: Any) -> None:
    case = complained(client)

    page = body_says(client, case, "looks", until_body="15.1.2027")

    assert "You complained: a body looks at it" in page
    assert "if nothing has come by Friday 15 January" in page
    assert "wrote: it looks into it" in page
    assert group_of(case) == "waiting"


@pytest.mark.parametrize("before", ["proposes", "closes"])
def test_a_body_may_look_into_it_after_all(client: Any, before: str) -> None:
    silent = silent_at_store(client)
    for case in (complained(client), silent):
        body_says(client, case, before)

        page = body_says(client, case, "looks", until_body="15.1.2027")

        assert "You complained: a body looks at it" in page
        assert "if nothing has come by Friday 15 January" in page
        assert group_of(case) == "waiting"


def silent_at_store(client: Any) -> str:
    """Return a case at a store that never answered, and that a body was told of."""
    case = herzklick(client)
    posted(client, f"{case}letters/?letter=complaint", COMPLAINT)
    return case


def test_a_bank_that_refuses_leads_to_a_body_that_the_page_names(client: Any) -> None:
    case = disputed()
    credited = bank_says(client, case, "credits", sum_bank="$59")
    waiting = group_of(case)

    page = bank_says(client, case, "refuses", until_bank="12/5/2026")
    line, days = line_of(client, "Brightpad"), words(client.get("/cases/"))

    assert "Your bank gives $59 back for now" in credited
    assert "wait for its last word" in credited
    assert waiting == "waiting"
    assert "Your bank refuses" in page
    assert "Consumer Financial Protection Bureau" in page
    assert "It takes $59 back on Saturday, December 5" in page
    assert "Complain about Brightpad" in page
    assert "About your dispute." in page
    assert "Your bank refuses" in line
    assert "Saturday, December 5" in line
    assert "takes back what it had given for now" in days
    assert "See what became of the letter to your bank" not in days
    assert group_of(case) == "to_do"
    name = case.strip("/").split("/")[-1]
    due = [s["step"] for s in steps.steps(selectors.read_case(name))]
    assert due == ["complaint"]


def test_what_a_bank_asks_for_is_sent_by_its_day(client: Any) -> None:
    case = disputed()

    page = bank_says(client, case, "asks", until_bank="12/9/2026")
    sent = posted(client, f"{case}others/", {"by": "bank", "says": "sent"})

    assert "Your bank asks for something" in page
    assert "Send it what it asks for by Wednesday, December 9" in page
    assert "You sent your bank what it asked for" in sent.replace(
        "Your bank", "your bank"
    )
    assert "Waiting for your bank" in sent


def test_money_that_the_bank_gives_back_for_good_ends_the_case(client: Any) -> None:
    case = disputed()

    page = bank_says(client, case, "pays", sum_bank="59 USD")

    assert "Your bank gives $59 back" in page
    assert "Close the case" in page


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"by": "bank", "words": "No."}, "choose what it says"),
        ({"words": "No."}, "choose who wrote it"),
        ({"by": "body", "words": "No."}, "choose who wrote it"),
        ({"by": "bank", "words": "", "says_bank": "pays"}, "choose the answer"),
        ({"by": "bank", "words": "No.", "says_bank": "closes"}, "choose again"),
        ({"by": "bank", "words": "No.", "says_bank": "pays", "sum_bank": "x"}, "x"),
    ],
)
def test_what_is_not_told_is_asked_for(
    client: Any, said: dict[str, str], says: str
) -> None:
    case = disputed()

    response = client.post(f"{case}reply/", said)

    assert response.status_code == 422
    assert says in words(response)
    name = case.strip("/").split("/")[-1]
    assert selectors.read_case(name).newest(EventKind.THIRD_PARTY) is None


def test_a_page_that_the_bank_sent_is_kept_as_it_is(client: Any) -> None:
    case, pdf = disputed(), b"%PDF-1.4 a letter"
    upload = SimpleUploadedFile("letter.pdf", pdf, content_type="application/pdf")

    said: dict[str, object] = {"by": "bank", "says_bank": "refuses", "message": upload}
    page = client.post(f"{case}reply/", said, follow=True)

    assert "What it sent" in words(page)


def test_who_answers_a_body_says_one_of_the_known(client: Any) -> None:
    case = disputed()

    assert client.post(f"{case}others/", {"by": "x", "says": "sent"}).status_code == 422
    shown = queries.show_case(case.strip("/").split("/")[-1])
    assert "third_party" not in shown["possible"]


BACK = "Bitte wenden Sie sich an Google Play: Käufe werden allein dort bearbeitet."
GRANTS = "Wir erstatten Ihnen 20,00 €."


def company_told(client: Any) -> str:
    """Return a case in which Google Play refused twice and Herzklick was written to."""
    case = herzklick(client)
    posted(client, f"{case}reply/", {"words": REFUSED})
    posted(client, f"{case}steps/", ALL_DONE)
    posted(client, f"{case}reply/", {"words": f"{REFUSED} Google"})
    typed = ANNA | {"letter": "withdraw", "act": "form:withdraw"}
    posted(client, f"{case}letters/?letter=withdraw", typed)
    return case


def test_who_wrote_is_asked_where_a_store_and_the_company_were_told(
    client: Any,
) -> None:
    first = herzklick(client)
    alone = words(client.get(f"{first}reply/"))
    case = company_told(client)

    asked = client.get(f"{case}reply/").content.decode()

    assert "Who wrote this?" not in alone
    assert asked.index('value="store" required>') < asked.index('value="merchant"')


def test_the_company_that_sends_one_back_is_called_by_its_own_name(client: Any) -> None:
    case = company_told(client)
    said = {"by": "merchant", "words": BACK}

    page = posted(client, f"{case}reply/", said)
    name = case.strip("/").split("/")[-1]
    message = selectors.read_case(name).events[-1].details["message"]
    reads = {"reads_as": "redirected"}
    sure = posted(client, f"{case}reads/{message}/", reads)

    assert "Herzklick answered" in page
    assert "Google Play sends you to Herzklick" not in page + sure
    assert "Herzklick refuses to pay" in sure
    assert "tell your bank, or complain" in sure
    assert "Complain, with the letters and their proof" in sure


def test_what_a_store_grants_the_company_has_not_agreed_to(client: Any) -> None:
    case = company_told(client)

    page = posted(client, f"{case}reply/", {"by": "store", "words": GRANTS})
    letter = words(client.get(f"{case}letters/?letter=refund"))

    assert "Google Play grants €20" in page
    assert "Google Play answered" in page
    assert "zugesagt" not in letter
    assert "bereit erklärt" not in letter


def test_a_complaint_names_the_store_that_refused_beside_the_company(
    client: Any,
) -> None:
    case = company_told(client)

    silent = words(client.get(f"{case}letters/?letter=complaint"))
    posted(client, f"{case}reply/", {"by": "merchant", "words": f"{REFUSED} HK"})
    letter = words(client.get(f"{case}letters/?letter=complaint"))

    for shown in (silent, letter):
        plain = shown.replace("\u00ad", "")
        assert "über Google Play; von dort wurde die Rückzahlung am 28. Nov" in plain
        assert "dem Unternehmen geschrieben" in plain
    assert "keine abschließende Antwort" in silent.replace("\u00ad", "")
    assert "keine abschließende Antwort" not in letter.replace("\u00ad", "")


def refused_twice(client: Any) -> tuple[str, str]:
    """Return a case in which the company granted a part and refused the rest."""
    case, _ = told(client, "Herzblatt", HERZBLATT)
    client.post(f"{case}letters/", ANNA | {"act": "form:withdraw"})
    posted(client, f"{case}reply/", {"words": "Wir erstatten Ihnen 30,00 €."})
    typed = ANNA | {"letter": "refund", "act": "form:refund"}
    posted(client, f"{case}letters/?letter=refund", typed)
    posted(client, f"{case}reply/", {"words": "Darüber hinaus zahlen wir nichts."})
    name = case.strip("/").split("/")[-1]
    message = selectors.read_case(name).events[-1].details["message"]
    page = client.post(
        f"{case}reads/{message}/", {"reads_as": "refund_refused"}, follow=True
    )
    return case, page.content.decode()


def test_money_that_a_company_refuses_twice_goes_to_a_body(client: Any) -> None:
    case, page = refused_twice(client)

    card = page.split("What happened")[0]
    assert "Herzblatt refuses to pay" in card
    assert "tell your bank, or complain" in card
    assert "letters/?letter=complaint" in card
    assert "Ask for the other" not in card
    # what comes next stays, though the person said what it means
    assert "What comes next" in page
    assert "Herzblatt refuses to pay" in line_of(client, "Herzblatt")
    assert group_of(case) == "to_do"


@pytest.mark.parametrize("ends_on", ENDS)
def test_what_came_of_a_proposal_is_recorded_and_less_is_no_end(
    client: Any, ends_on: str
) -> None:
    case = complained(client, ends_on)
    body_says(client, case, "proposes", sum_body="30,00 €", until_body="15.12.2026")
    accepted = client.post(
        f"{case}others/", {"by": "body", "says": "accepted"}, follow=True
    )
    came = {"by": "body", "says": "came"}

    part = posted(client, f"{case}others/", came | {"sum": "20,00 €"})
    waiting, line = group_of(case), line_of(client, "Herzklick")
    whole = posted(client, f"{case}others/", came | {"sum": "10,00 €"})

    # how much came is asked, and preset with what was proposed
    assert 'name="sum" maxlength="30" value="€30"' in accepted.content.decode()
    assert "€10 of what" in part
    assert "is missing" in part
    assert "You said that €20 came of what" in part
    assert waiting == "to_do"
    assert "€10 is missing" in line
    assert "You said that €10 came of what" in whole
    assert "You closed it" in whole
    assert group_of(case) == "ended"


def test_what_came_in_another_money_or_of_no_known_sum_ends_it(client: Any) -> None:
    case = complained(client)
    body_says(client, case, "proposes")
    posted(client, f"{case}others/", {"by": "body", "says": "accepted"})

    page = posted(client, f"{case}others/", {"by": "body", "says": "came", "sum": ""})

    assert "proposed came" in page
    assert "You closed it" in page
