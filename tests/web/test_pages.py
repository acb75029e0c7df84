"""The pages without a browser: safe headers, forms that lose nothing, the whole way."""

import re
from typing import Any

import pytest

from rescind.app.follow import cases, queries
from tests.conftest import FACTS, SENDER

pytestmark = pytest.mark.usefixtures("ready_desk")

QUERY = {
    "channel": "web",
    "offer": "plus-annual",
    "country": "DE",
    "purchased_at": "2026-08-01",
    "as_of": "2026-08-05",
    "price": "399 EUR",
    "facts": "1",
}
SENDER_FORM = {
    "name": "Ada Lovelace",
    "email": "ada@home.example.org",
    "address": "1 Trial Lane\n10117 Berlin",
    "card_last4": "4242",
}


@pytest.fixture
def client() -> Any:
    from django.test import Client

    return Client(HTTP_HOST="127.0.0.1:8000")


def page(response: Any) -> str:
    text: str = response.content.decode()
    return re.sub(r"\s+", " ", text)


PAGES = ["/", "/services/", "/services/?q=cours", "/services/coursera/", "/about/",
         "/check/coursera/", "/check/coursera/?channel=web", "/cases/",
         "/check/coursera/?channel=web&offer=course", "/law/", "/law/?country=DE",
         "/law/?country=US-CA", "/law/?country=MX", "/check/other/",
         "/check/other/?merchant=Gym&kind=gym",
         "/check/other/?merchant=Gym&kind=gym&channel=web"]  # fmt: skip


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

    response = strict.post(f"/cases/{case_id}/send/", {"way": "practice", "yes": "on"})

    assert response.status_code == 403
    assert "another site" in page(response)
    assert queries.show_case(case_id)["state"] == "draft"


def test_who_bills_comes_first_then_what_then_the_facts(client: Any) -> None:
    first = page(client.get("/check/coursera/"))
    second = page(client.get("/check/coursera/?channel=paypal"))
    third = page(client.get("/check/coursera/?channel=paypal&offer=course"))

    assert "Who bills you for Coursera?" in first
    assert "What did you buy?" in second
    assert "The few facts that matter" in third
    assert "When does the course start?" in third
    assert "free trial" not in third


def test_the_verdict_shows_dates_reasons_sources_and_dissent(client: Any) -> None:
    text = page(client.get("/check/coursera/", QUERY))

    assert "by 14 August 2026, 11:59 (CEST)" in text
    assert "The window of 14 days is open until 15 August 2026." in text
    assert "Coursera Terms of Use, archived 2026-06-30" in text
    assert "otherwise" in text
    assert "Withdrawal by law" in text
    assert "Look-alike sites" in text


def test_open_questions_are_asked_on_the_verdict(client: Any) -> None:
    text = page(client.get("/check/coursera/", QUERY | {"country": ""}))

    assert "This would change the answer" in text
    assert 'name="country"' in text


def test_a_wrong_fact_is_named_and_nothing_is_lost(client: Any) -> None:
    response = client.get("/check/coursera/", QUERY | {"price": "lots"})

    text = page(response)
    assert response.status_code == 422
    assert "no sum that can be read" in text
    assert 'value="lots"' in text
    assert 'value="2026-08-01"' in text


def test_facts_that_contradict_are_named(client: Any) -> None:
    response = client.get("/check/coursera/", QUERY | {"purchased_at": "2027-01-01"})

    assert response.status_code == 422
    assert "lies after the day asked about" in page(response)


def test_the_whole_way_to_confirmed(client: Any) -> None:
    asked = client.get("/cases/new/coursera/", QUERY)
    assert "Who writes?" in page(asked)
    wrong = client.post("/cases/new/coursera/", QUERY | SENDER_FORM | {"email": "x"})
    assert wrong.status_code == 422
    assert 'value="Ada Lovelace"' in page(wrong)
    opened = client.post("/cases/new/coursera/", QUERY | SENDER_FORM)
    letter_address = opened["Location"]
    case_address = letter_address.removesuffix("letter/")
    letter = page(client.get(letter_address))
    assert "The letter, as it will be sent" in letter
    assert "Coursera Europe B.V., Schiphol Boulevard 195" in letter
    assert client.get(f"{case_address}letter.png").content.startswith(b"\x89PNG")
    assert b"X-Unsent" in client.post(f"{case_address}letter.eml").content
    pdf = re.search(r'href="(/cases/[^"]*/files/[^"]*)"', letter)
    assert pdf is not None
    assert client.get(pdf[1]).content.startswith(b"%PDF")
    no_yes = client.post(f"{case_address}send/", {"way": "practice"})
    assert no_yes.status_code == 422
    sent = client.post(f"{case_address}send/", {"way": "practice", "yes": "on"},
                       follow=True)  # fmt: skip
    assert "The letter was taken" in page(sent)
    assert "Your subscription is cancelled" in page(sent)
    bad = client.post(f"{case_address}confirm/", {"ends_on": "soon"})
    assert bad.status_code == 422
    ending = {"ends_on": "2027-08-01", "note": "mail"}
    done = client.post(f"{case_address}confirm/", ending, follow=True)
    assert "confirmed" in page(done)
    assert "Send it" not in page(client.get(letter_address))
    closed = client.post(f"{case_address}close/", {"note": ""}, follow=True)
    assert "closed" in page(closed)
    kept = client.post(f"{case_address}forget/", {})
    assert kept.status_code == 422
    gone = client.post(f"{case_address}forget/", {"yes": "on"}, follow=True)
    assert "The case was erased." in page(gone)
    assert client.get(case_address).status_code == 404


def new_letter(client: Any, **form: Any) -> Any:
    path = "/cases/new/coursera/"
    return client.post(path, QUERY | SENDER_FORM | form, follow=True)


def test_a_letter_is_explained_beside_its_words(client: Any) -> None:
    text = page(new_letter(client, own_language="de"))

    assert '<td lang="en">Cancellation: Coursera Plus, annual</td>' in text
    assert "<td>Kündigung: Coursera Plus" in text
    assert "No native reader has reviewed this text yet" in text


def test_the_ways_stand_beside_the_letter_the_best_first(client: Any) -> None:
    text = page(new_letter(client))

    button = text.index("On the merchant&#x27;s site")
    assert button < text.index("By registered post")
    assert "Einschreiben mit Rückschein" in text
    assert "a picture of the page before the last click" in text


def test_another_letter_in_another_language(client: Any) -> None:
    asked = page(client.get("/cases/new/coursera/", QUERY | {"letter": "withdraw"}))
    letter = page(new_letter(client, letter="withdraw", language="de"))

    assert '<option value="withdraw" selected>' in asked
    assert "Sehr geehrte Damen und Herren" in letter


def test_a_detail_that_is_wrong_is_named_and_nothing_is_lost(client: Any) -> None:
    wrong = new_letter(client, letter="price-rise", told_on="soon", change="§ 4")

    text = page(wrong)
    assert wrong.status_code == 422
    assert "<details open>" in text
    assert 'value="soon"' in text
    assert 'value="§ 4"' in text


def test_what_a_letter_for_another_lacks_is_named(client: Any) -> None:
    wrong = new_letter(client, letter="on-behalf-of")

    assert wrong.status_code == 422
    assert "cannot be written without it" in page(wrong)


def test_a_signature_is_uploaded_or_drawn(client: Any) -> None:
    from base64 import b64encode

    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.letters.test_page import a_png

    picture = a_png(100, 40)
    upload = SimpleUploadedFile("me.png", picture, content_type="image/png")
    drawn = "data:image/png;base64," + b64encode(picture).decode()

    assert new_letter(client, signature=upload).status_code == 200
    assert new_letter(client, drawn=drawn).status_code == 200
    for bad in ("data:text/html,x", "data:image/png;base64,!!!", "x" * 500_000):
        refused = new_letter(client, drawn=bad)
        assert refused.status_code == 422
        assert "picture" in page(refused)


def test_every_action_that_a_letter_can_do_leads_to_it(client: Any) -> None:
    text = page(client.get("/check/coursera/", QUERY))

    assert "letter=cancel" in text
    assert "letter=refund" in text or "letter=withdraw" in text


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

    link = f"/cases/new/coursera/?after={case}&letter=second-notice"
    text = page(client.get(link))

    assert link.replace("&", "&amp;") in page(client.get(f"/cases/{case}/"))
    assert '<option value="second-notice" selected>' in text
    assert 'name="first_sent_on" type="date" value="2026-11-20"' in text
    assert '<option value="cancel" selected>' in text
    assert 'value="Ada Lovelace"' in text
    assert 'name="price" value="49.00 EUR"' in text
    assert 'name="reason" value' not in text
    assert "<details open>" in text


def test_a_letter_whose_facts_are_no_longer_read_still_stands(client: Any) -> None:
    from rescind.store.models import CaseRecord

    case = cases.new_case(FACTS, SENDER)
    CaseRecord.objects.filter(pk=case).update(
        facts={"service": "coursera", "offer": "gone"}
    )

    letter = client.get(f"/cases/{case}/letter/")
    archive = client.post("/cases/drafts.zip")

    assert letter.status_code == 200
    assert "Ways to send it" not in page(letter)
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

    assert "rests on your word" in page(client.get(f"/cases/{case_id}/"))


def test_a_doubtful_letter_asks_the_person(client: Any) -> None:
    from rescind.core.errors import UnknownOutcome
    from tests.store.test_cases import Recorder

    case_id = cases.new_case(FACTS, SENDER)
    mailer = Recorder(UnknownOutcome("mail.example.org", "broke off"))
    cases.send(case_id, way="smtp", to="a@b.org", mailer=mailer)

    text = page(client.get(f"/cases/{case_id}/"))
    back = client.post(f"/cases/{case_id}/unsent/", follow=True)

    assert "Was it sent?" in text
    assert "Send it" in page(back)


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

    text = page(client.get(f"/cases/{case_id}/letter/"))

    assert name not in text
    assert "&lt;img src=x" in text


def test_what_is_not_there_is_told(client: Any) -> None:
    assert client.get("/nowhere/").status_code == 404
    assert client.get("/services/nobody/").status_code == 404
    assert client.get("/check/nobody/").status_code == 404
    missing = "00000000-0000-0000-0000-000000000000"
    assert client.get(f"/cases/{missing}/").status_code == 404
    case_id = cases.new_case(FACTS, SENDER)
    assert client.get(f"/cases/{case_id}/files/sha256:0/").status_code == 404
    assert client.get(f"/cases/{case_id}/send/").status_code == 405


def test_search_as_you_type_gets_a_part_of_the_page(client: Any) -> None:
    part = client.get("/services/?q=zzz", headers={"HX-Request": "true"})

    assert "<html" not in page(part)
    assert "Nothing by that name" in page(part)
    assert 'href="/check/other/?merchant=zzz"' in page(part)


def test_a_service_that_is_not_on_file_goes_on_from_the_first_box(client: Any) -> None:
    typed = client.get("/services/", {"q": "Netflix & Co"})
    asked = client.get(typed.url)
    near = page(client.get("/services/", {"q": "cousera"}))

    assert typed.url == "/check/other/?merchant=Netflix+%26+Co"
    assert 'value="Netflix &amp; Co"' in page(asked)
    assert "What kind is it?" in page(asked)
    assert "End it<span" in near
    assert "Coursera" in near


GYM = {
    "merchant": "Gym One",
    "kind": "gym",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2026-01-15",
    "term": "P12M",
    "notice": "P3M",
    "renewal_term": "P12M",
    "period": "P1M",
    "price": "30.00 EUR",
    "withdrawal_informed": "true",
    "as_of": "2026-11-01",
    "facts": "1",
}


def test_a_service_that_is_not_on_file_is_judged_by_law_and_word(client: Any) -> None:
    shown = page(client.get("/check/other/", GYM))

    assert "Ends on, if ended now" in shown
    assert "14 January 2027" in shown
    assert "Limits on term, renewal and notice" in shown
    assert "What you say of the contract" in shown
    assert "It costs 60.00 EUR" in shown


def test_a_case_can_be_opened_for_it(client: Any) -> None:
    response = client.get("/cases/new/other/", GYM)

    assert response.status_code == 200


def test_a_length_that_is_none_is_named(client: Any) -> None:
    response = client.get("/check/other/", GYM | {"notice": "a while"})

    assert response.status_code == 422
    assert "no length that can be read" in page(response)
    assert 'name="merchant" value="Gym' in page(response), "nothing typed is lost"


def test_days_lengths_and_sums_are_read_as_people_write_them(client: Any) -> None:
    typed = {"notice": "three months", "purchased_at": "15.01.2026", "price": "€30"}

    shown = page(client.get("/check/other/", GYM | typed))

    assert "14 January 2027" in shown


def test_another_service_can_be_asked_for_by_its_forms_alone(client: Any) -> None:
    asked = page(client.get("/check/other/", {"merchant": "Gym One", "kind": "gym"}))
    facts = page(
        client.get(
            "/check/other/", {"merchant": "Gym One", "kind": "gym", "channel": "web"}
        )
    )

    assert "Who bills" in asked
    for name, value in (("merchant", "Gym One"), ("kind", "gym"), ("channel", "web")):
        assert f'name="{name}" value="{value}"' in facts


def test_wishes_change_the_plan(client: Any) -> None:
    plain = page(client.get("/check/coursera/", QUERY))
    wishing = page(
        client.get("/check/coursera/", QUERY | {"keep_access_until": "2027-03-01"})
    )

    assert "Best of all that was played: Ask for the refund" in plain
    assert "Best of all that was played: Cancel now" in wishing


def test_a_wish_that_cannot_be_is_refused(client: Any) -> None:
    response = client.get("/check/coursera/", QUERY | {"keep_access_until": "soon"})

    assert response.status_code == 422


def test_the_plan_goes_into_a_calendar(client: Any) -> None:
    response = client.get("/check/coursera/plan.ics", QUERY)

    assert response["Content-Type"].startswith("text/calendar")
    assert response.content.startswith(b"BEGIN:VCALENDAR")
    assert b"Ask Coursera for the refund" in response.content


def test_the_law_of_a_place_is_shown_with_what_it_is_worth(client: Any) -> None:
    britain = page(client.get("/law/", {"country": "GB"}))
    australia = page(client.get("/law/", {"country": "AU"}))
    nowhere = page(client.get("/law/", {"country": "BO"}))

    assert "not in force: spring 2027" in britain
    assert "Citizens Advice" in britain
    assert "general knowledge, not checked at a source" in australia
    assert "Nothing is on file: not known." in nowhere


def test_a_place_that_is_none_is_named(client: Any) -> None:
    response = client.get("/law/", {"country": "Atlantis"})

    assert response.status_code == 422
    assert "no ISO 3166 code" in page(response)


def test_what_only_a_right_turns_on_can_be_told(client: Any) -> None:
    asked = page(client.get("/check/coursera/", QUERY))
    told = page(client.get("/check/coursera/", QUERY | {"payment_method": "card"}))

    assert "It depends on what you have not said: How do you pay?" in asked
    assert '<option value="sepa-debit"' in asked
    assert "How do you pay?" not in told


def test_what_is_due_is_on_the_page_and_in_a_calendar(client: Any) -> None:
    case_id = cases.new_case(FACTS, SENDER)
    cases.send(case_id, way="practice", to=None)

    shown = page(client.get("/cases/"))
    calendar = client.get("/cases/due.ics")

    assert "Days that count" in shown
    assert "The letter asks for the confirmation by this day." in shown
    assert calendar["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in calendar.content
