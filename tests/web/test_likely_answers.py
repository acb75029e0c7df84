"""An answer that is most likely a confirmation is asked about, not taken as one."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rescind.app.follow import cases, queries, steps
from rescind.cli.case import case as case_command
from rescind.store import selectors
from rescind.store.models import FileRecord
from tests.conftest import SENDER
from tests.web.test_desk_pages import words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

STUDIO = {
    "service": "other",
    "merchant": "Studio Garnix",
    "kind": "gym",
    "sold_by": "premises",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2026-01-15",
    "term": "P12M",
    "notice": "P1M",
    "price": "39 EUR",
    "period": "P1M",
}
RECEIVED_AND_ENDS = (
    "Hiermit bestätigen wir Ihnen den Eingang Ihrer Kündigung. "
    "Ihr Vertrag endet zum {day}. Alles Gute für die Zukunft und bleiben Sie sportlich."
)


def answered(client: Any, day: str) -> tuple[str, str]:
    """Return a case whose notice was answered with a day, and its page in words."""
    return answered_with(client, RECEIVED_AND_ENDS.format(day=day))


def answered_with(client: Any, text: str) -> tuple[str, str]:
    """Return a case whose notice was answered with a text, and its page in words."""
    case_id = cases.new_case(STUDIO, SENDER)
    cases.say_sent(case_id, "post", None)
    address = f"/cases/{case_id}/"
    return case_id, words(client.post(f"{address}reply/", {"words": text}, follow=True))


def test_a_likely_confirmation_is_a_question_with_a_yes(client: Any) -> None:
    case_id, page = answered(client, "14.01.2027")

    assert "seems to confirm Thursday 14 January 2027. Is that so?" in page
    assert "Yes, it ends on Thursday 14 January 2027" in page
    assert "has not confirmed" not in page
    assert queries.show_case(case_id)["state"] == "answered"

    taken = {"ends_on": "2027-01-14"}
    settled = words(client.post(f"/cases/{case_id}/confirm/", taken, follow=True))
    assert "Ends on Thursday 14 January 2027" in settled


def test_yes_to_a_later_day_sets_it_beside_the_right_one(client: Any) -> None:
    case_id, page = answered(client, "14.01.2028")
    shown = client.get(f"/cases/{case_id}/")

    assert "seems to confirm Friday 14 January 2028: later than it should" in page
    assert "/confirm/" not in shown.content.decode().split("Their words")[0]

    digest = queries.show_case(case_id)["events"][-1]["details"]["message"]
    reads = {"reads_as": "confirmed"}
    address = f"/cases/{case_id}/reads/{digest}/"
    after = words(client.post(address, reads, follow=True))

    assert "says it ends on Friday 14 January 2028: later than it should" in after
    assert "Ask for Thursday 14 January 2027" in after


@pytest.mark.usefixtures("empty_store")
def test_the_list_says_what_the_page_of_a_case_says(client: Any) -> None:
    _, page = answered(client, "14.01.2027")

    title = "Studio Garnix seems to confirm Thursday 14 January 2027. Is that so?"
    assert title in page
    assert title in words(client.get("/cases/"))
    assert title in words(client.get("/"))


def test_the_terminal_says_what_the_page_says(client: Any) -> None:
    case_id, _ = answered(client, "14.01.2027")

    shown = CliRunner().invoke(case_command, ["show", case_id])

    assert "seems to confirm 14 January 2027. Is that so?" in " ".join(
        shown.output.split()
    )


def test_the_terminal_says_that_a_day_that_is_taken_is_later_than_owed(
    client: Any,
) -> None:
    late, _ = answered(client, "14.01.2028")
    right, _ = answered(client, "14.01.2027")

    taken = CliRunner().invoke(
        case_command, ["confirm", late, "--ends-on", "2028-01-14"]
    )
    kept = CliRunner().invoke(
        case_command, ["confirm", right, "--ends-on", "2027-01-14"]
    )

    said = " ".join(taken.output.split())
    assert "By your contract and the law it ends on 14 January 2027." in said
    assert f"rescind case set-aside {late[:8]}" in said
    assert "set-aside" not in kept.output


def test_at_the_terminal_too_a_bank_answers_for_itself(
    client: Any,  # noqa: ARG001 - the day
    tmp_path: Path,
) -> None:
    case_id = cases.new_case(STUDIO, SENDER)
    cases.say_sent(case_id, "post", None)
    mail = tmp_path / "bank.eml"
    mail.write_text("Subject: Dispute\n\nWe posted a temporary credit of 39 EUR.\n")

    kept = CliRunner().invoke(
        case_command, ["answer", case_id, str(mail), "--from-bank", "--json"]
    )

    assert kept.exit_code == 0, kept.output
    assert queries.show_case(case_id)["state"] == "sent"


def test_a_list_asks_as_often_for_many_answers_as_for_one(client: Any) -> None:
    answered(client, "14.01.2027")
    with CaptureQueriesContext(connection) as for_one:
        client.get("/cases/")

    answered(client, "15.01.2027")
    with CaptureQueriesContext(connection) as for_two:
        client.get("/cases/")

    assert len(for_two) <= len(for_one) + 1


def test_an_answer_whose_bytes_are_gone_keeps_its_line(
    client: Any,
    empty_store: None,  # noqa: ARG001 - a case that is damaged goes again
) -> None:
    case_id, _ = answered(client, "14.01.2027")
    digest = queries.show_case(case_id)["events"][-1]["details"]["message"]

    FileRecord.objects.filter(case=UUID(case_id), digest=digest).delete()

    assert "Studio Garnix has not confirmed" in words(client.get("/cases/"))


def test_a_call_that_is_asked_for_is_answered_by_the_day_and_by_no_law_of_sites(
    client: Any,
) -> None:
    case_id = cases.new_case(STUDIO, SENDER)
    cases.say_sent(case_id, "post", None)
    call = (
        "Ihre Kündigung wurde vorgemerkt. "
        "Bitte rufen Sie uns unter 0800 123456 an, um die Kündigung abzuschließen."
    )

    page = words(client.post(f"/cases/{case_id}/reply/", {"words": call}, follow=True))
    steps.write_next(case_id, "reply", {})
    text = selectors.letter(selectors.read_case(case_id)).text

    assert "They want you to call" in page
    assert "The law lets you leave without" not in page
    assert "Sie verlangen einen Anruf" in text
    assert "verweisen mich" not in text
    assert "312k" not in text
    # twelve months from 15 January 2026, with one month's notice given in November
    assert "endet der Vertrag am 14. Januar 2027" in text


UNREAD = "Hallo Anna, der Kurs am Montag ist im großen Saal. Bis dann!"


def test_what_nobody_understood_is_asked_about_before_any_letter(client: Any) -> None:
    case_id, page = answered_with(client, UNREAD)
    html = client.get(f"/cases/{case_id}/").content.decode()
    card = html.split('class="answer-card', 1)[1].split("</section>", 1)[0]

    assert "Studio Garnix wrote. What does it say?" in page
    assert "Choose one" in card
    assert '<button type="submit" class="main">It says this' in card
    assert "Prepare the answer" not in page
    message = re.search(r'action="([^"]*reads[^"]*)"', card)
    assert message is not None
    nothing = client.post(message[1], {"reads_as": ""}, follow=True)
    told = client.post(message[1], {"reads_as": "refused"}, follow=True)

    assert "What does it say?" in words(nothing)
    assert "Prepare the answer" in words(told)


def test_a_letter_that_can_no_longer_be_written_leads_back_to_the_case(
    client: Any,
) -> None:
    case_id, _ = answered_with(client, UNREAD)

    page = client.get(f"/cases/{case_id}/letters/?letter=reply", follow=True)

    assert page.status_code == 200
    assert "say what it is, then a letter can answer it" in words(page)
    assert "begin again" not in words(page)
