"""The pages without a browser: safe headers, forms that lose nothing, the whole way."""

import re
from typing import Any

import pytest

from rescind.app.follow import cases, queries
from rescind.store import checks
from tests.conftest import FACTS, SENDER

pytestmark = pytest.mark.usefixtures("ready_desk")


def page(response: Any) -> str:
    text: str = response.content.decode()
    return re.sub(r"\s+", " ", text)


PAGES = ["/", "/help/", "/help/services/coursera/", "/cases/", "/law/",
         "/law/?country=DE", "/law/?country=US-CA", "/law/?country=MX",
         "/new/?service=coursera&price=372+EUR"]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_with_safe_headers(client: Any, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-store"
    outside = re.findall(r'(?:src|action)="(https?:[^"]*)"', page(response))
    assert outside == []
    assert " style=" not in page(response)
    assert "<script>" not in page(response)


def test_another_host_name_is_refused_and_not_repeated(
    capfd: pytest.CaptureFixture[str],
) -> None:
    from django.test import Client

    response = Client(HTTP_HOST="evil.example.org").get("/")

    assert response.status_code == 400
    assert "evil" not in capfd.readouterr().err


def test_a_form_from_another_site_is_refused() -> None:
    from django.test import Client

    strict = Client(HTTP_HOST="127.0.0.1:8000", enforce_csrf_checks=True)
    case_id = cases.new_case(FACTS, SENDER)

    response = strict.post(f"/cases/{case_id}/said/", {"way": "post"})

    assert response.status_code == 403
    assert "another site" in page(response)
    assert queries.show_case(case_id)["state"] == "draft"


def test_pictures_of_a_button_pressed_are_kept_in_the_case(client: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.letters.test_page import a_png

    case = f"/cases/{cases.new_case(FACTS, SENDER)}/"
    shot = SimpleUploadedFile("../last page.png", a_png(3, 3))
    kept = client.post(f"{case}keep/", {"file": shot, "note": "ends"}, follow=True)
    nothing = client.post(f"{case}keep/", {"note": "ends"})
    program = SimpleUploadedFile("run.exe", b"MZ\x90\x00")
    refused = client.post(f"{case}keep/", {"file": program})
    file = re.findall(r'href="(/cases/[^"]*/files/[^"]*)"', page(kept))[-1]

    assert "You added a file" in page(kept)
    assert "last page.png" in page(kept)
    assert "../" not in page(kept)
    assert nothing.status_code == refused.status_code == 422
    assert client.get(file).content == a_png(3, 3)
    assert client.get(file)["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("a; filename=b.html;.png", 'attachment; filename="a; filename=b.html;.png"'),
        ("Kündigung.png", "attachment; filename*=utf-8''K%C3%BCndigung.png"),
    ],
)
def test_a_files_name_cannot_end_the_header_that_names_it(
    name: str, sent: str, client: Any
) -> None:
    """RFC 6266, RFC 8187."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.letters.test_page import a_png

    case = f"/cases/{cases.new_case(FACTS, SENDER)}/"
    shot = SimpleUploadedFile(name, a_png(3, 3))
    kept = client.post(f"{case}keep/", {"file": shot, "note": "ends"}, follow=True)
    file = re.findall(r'href="(/cases/[^"]*/files/[^"]*)"', page(kept))[-1]

    assert client.get(file)["Content-Disposition"] == sent


def test_a_further_letter_starts_from_what_is_known(client: Any) -> None:
    facts = FACTS | {"price": {"amount": "49.00", "currency": "EUR"}}
    case = cases.new_case(facts | {"had_trial": False, "reason": "a\nb"}, SENDER)
    client.post(f"/cases/{case}/said/", {"way": "post", "on": "2026-11-20"})

    link = f"/cases/{case}/letters/?letter=second-notice"
    text = page(client.get(link))

    assert link in page(client.get(f"/cases/{case}/"))
    assert '<option value="cancel" selected>' in text
    assert 'value="20 November 2026"' in text
    assert 'value="Ada Lovelace"' in text
    assert "<p>a</p>" not in text, "the words of the first letter are not said again"


def test_a_letter_whose_facts_are_no_longer_read_still_stands(client: Any) -> None:
    from rescind.store.models import CaseRecord

    case = cases.new_case(FACTS, SENDER)
    CaseRecord.objects.filter(pk=case).update(
        facts={"service": "coursera", "offer": "gone"}
    )

    letter = client.get(f"/cases/{case}/letters/")
    archive = client.post("/cases/drafts.zip")

    assert letter.status_code == 200
    assert "I have done it" not in page(letter)
    assert f"coursera-cancel-{case[:8]}/letter.pdf".encode() in archive.content


def test_all_letters_not_sent_yet_come_as_one_archive(client: Any) -> None:
    import io
    import zipfile

    case = cases.new_case(FACTS, SENDER)
    sent = cases.new_case(FACTS, SENDER)
    cases.send(sent, way="practice")

    reply = client.post("/cases/drafts.zip")

    names = zipfile.ZipFile(io.BytesIO(reply.content)).namelist()
    assert f"coursera-cancel-{case[:8]}/letter.pdf" in names
    assert f"coursera-cancel-{case[:8]}/form.txt" in names
    assert not [name for name in names if sent[:8] in name]
    assert "Handed to you to send" in page(client.get(f"/cases/{case}/"))


def test_a_letter_sent_by_hand_is_the_persons_word(client: Any) -> None:
    case_id = cases.new_case(FACTS, SENDER)

    client.post(f"/cases/{case_id}/said/", {"way": "post", "on": "2026-11-20"})

    assert "what you told us" in page(client.get(f"/cases/{case_id}/"))


def test_a_doubtful_letter_asks_the_person(client: Any) -> None:
    from rescind.core.errors import UnknownOutcome
    from tests.store.test_cases import Recorder

    case_id = cases.new_case(FACTS, SENDER)
    mailer = Recorder(UnknownOutcome("mail.example.org", "broke off"))
    cases.send(case_id, way="smtp", to="a@b.org", mailer=mailer)

    text = page(client.get(f"/cases/{case_id}/"))
    back = client.post(f"/cases/{case_id}/unsent/", follow=True)

    assert "Was it sent?" in text
    assert "Nothing is sent until you press" in page(back)


def test_an_answer_can_be_kept(client: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    case_id = cases.new_case(FACTS, SENDER)
    cases.say_sent(case_id, "post", "2026-11-20")
    upload = SimpleUploadedFile("a.eml", b"Subject: ok\n\n<script>x</script>\n")

    client.post(f"/cases/{case_id}/reply/", {"message": upload})
    nothing = client.post(f"/cases/{case_id}/reply/", {})

    assert "&lt;script&gt;x&lt;/script&gt;" in page(client.get(f"/cases/{case_id}/"))
    assert nothing.status_code == 422


def test_hostile_text_is_shown_as_typed(client: Any) -> None:
    name = "<img src=x onerror=alert(1)>"
    case_id = cases.new_case(FACTS, SENDER | {"name": name})

    text = page(client.get(f"/cases/{case_id}/letters/"))

    assert name not in text
    assert "&lt;img src=x" in text


def test_what_is_not_there_is_told(client: Any) -> None:
    assert client.get("/nowhere/").status_code == 404
    assert client.get("/help/services/nobody/").status_code == 404
    missing = "00000000-0000-0000-0000-000000000000"
    assert client.get(f"/cases/{missing}/").status_code == 404
    case_id = cases.new_case(FACTS, SENDER)
    assert client.get(f"/cases/{case_id}/files/sha256:0/").status_code == 404
    assert client.get(f"/cases/{case_id}/said/").status_code == 405


def test_the_law_of_a_place_is_shown_with_what_it_is_worth(client: Any) -> None:
    britain = page(client.get("/law/", {"country": "GB"}))
    australia = page(client.get("/law/", {"country": "AU"}))
    nowhere = page(client.get("/law/", {"country": "BO"}))

    assert "not in force: spring 2027" in britain
    assert "Citizens Advice" in britain
    assert "not checked at a source" in australia
    assert "Nothing is on file: not known." in nowhere


def test_a_place_that_is_none_is_named(client: Any) -> None:
    response = client.get("/law/", {"country": "Atlantis"})

    assert response.status_code == 422
    assert "no ISO 3166 code" in page(response)


def test_what_is_due_is_on_the_page_and_in_a_calendar(client: Any) -> None:
    case_id = cases.new_case(FACTS, SENDER)
    cases.send(case_id, way="practice", to=None)

    shown = page(client.get("/cases/"))
    calendar = client.get("/cases/due.ics")

    assert "Days that count" in shown
    assert "They have until this day to confirm: the letter asks for it." in shown
    assert calendar["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in calendar.content


def test_the_whole_way_to_erased(client: Any) -> None:
    case = f"/cases/{cases.new_case(FACTS, SENDER)}/"
    letters = page(client.get(f"{case}letters/"))
    assert "Coursera Europe B.V." in letters
    assert client.get(f"{case}letters/cancel.pdf").content.startswith(b"%PDF")
    assert b"X-Unsent" in client.get(f"{case}letters/cancel.eml").content
    sent = client.post(f"{case}letters/", {"act": "form:cancel"}, follow=True)
    assert "Waiting for Coursera" in page(sent)
    bad = client.post(f"{case}confirm/", {"ends_on": "soon"})
    assert bad.status_code == 422
    ending = {"ends_on": "2027-08-01", "note": "mail"}
    done = client.post(f"{case}confirm/", ending, follow=True)
    assert "Ends on" in page(done)
    closed = client.post(f"{case}close/", {"note": ""}, follow=True)
    assert "closed" in page(closed)
    kept = client.post(f"{case}forget/", {})
    assert kept.status_code == 422
    gone = client.post(f"{case}forget/", {"yes": "on"}, follow=True)
    assert "The case was erased." in page(gone)
    assert client.get(case).status_code == 404


def benched(client: Any, **typed: str) -> str:
    """Return the workbench of a new case, with what was typed about its letter."""
    case = cases.new_case(FACTS, SENDER)
    form = {f"cancel.{name}": text for name, text in typed.items()}
    return page(client.post(f"/cases/{case}/letters/", form))


def test_a_letter_is_explained_beside_its_words(client: Any) -> None:
    text = benched(client, own_language="de")

    assert '<dt lang="en">Cancellation: Coursera Plus, monthly</dt>' in text
    assert "<dd>Kündigung: Coursera Plus" in text
    assert "No native speaker has checked this letter" in text


def test_the_ways_stand_below_the_letter_the_best_first(client: Any) -> None:
    text = benched(client)

    assert text.index("On Coursera&#x27;s own pages") < text.index("By registered post")
    assert "Royal Mail Signed For" in text
    assert "A picture of the page before the last click" in text


def test_a_letter_is_written_in_another_language(client: Any) -> None:
    assert "Sehr geehrte Damen und Herren" in benched(client, language="de")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/check/", "/"),
        ("/services/", "/help/"),
        ("/about/", "/help/"),
        ("/services/coursera/", "/help/services/coursera/"),
        (
            "/check/coursera/?channel=web&price=399+EUR",
            "/new/?channel=web&price=399+EUR&service=coursera",
        ),
        ("/check/other/?merchant=Gym", "/new/?merchant=Gym&service=other"),
        ("/cases/new/coursera/", "/new/?service=coursera"),
    ],
)
def test_an_earlier_address_leads_to_where_its_page_is_now(
    client: Any, old: str, new: str
) -> None:
    response = client.get(old)

    assert (response.status_code, response["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_the_letter_of_a_case_is_found_at_its_earlier_address(client: Any) -> None:
    case = cases.new_case(FACTS, SENDER)

    response = client.get(f"/cases/{case}/letter/")

    assert response.status_code == 301
    assert response["Location"] == f"/cases/{case}/letters/"


def test_an_address_brings_facts_along_and_keeps_nothing_before_one_goes_on(
    client: Any,
) -> None:
    before = checks.waiting()
    query = {"service": "other", "merchant": "Gym <One>", "price": "30.00 EUR"}
    shown = page(client.get("/new/", query))
    assert 'value="Gym &lt;One&gt;"' in shown
    assert 'name="price" value="30.00 EUR"' in shown
    assert checks.waiting() == before

    form = {"name": "Gym <One>", "price": "30.00 EUR"}
    answer = client.post("/new/", form, follow=True)

    assert answer.redirect_chain[-1][0].endswith("/answer/")
    assert "€30" in page(answer)


def test_an_address_that_is_wrong_leads_on_and_names_no_other_case(
    client: Any,
) -> None:
    kept = cases.new_case(FACTS, SENDER)

    nowhere = page(client.get("/nowhere/"))
    missing = page(client.post("/cases/00000000-0000-0000-0000-000000000000/close/"))

    assert "This page is not here" in nowhere
    assert "Such as" not in nowhere
    assert "it is not here any more" in missing
    assert kept not in missing
