"""They say that no notice came: the reply says how it was given, and gives it again."""

from typing import Any

import pytest

from tests.web.test_desk_pages import ANNA, told, words
from tests.web.test_told_before import MOBILE, gone_on

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

GYM = {
    "kind": "gym",
    "sold_by": "premises",
    "channel": "web",
    "country": "DE",
    "purchased_at": "14.2.2026",
    "term": "P12M",
    "notice": "P1M",
    "price": "39,90",
    "period": "P1M",
    "paid_at": "2.11.2026",
}
RECEIPT = (
    "Hallo Anna, wir bestätigen dir hiermit den Eingang deiner Kündigung vom "
    "29.11.2026. Wir melden uns in Kürze bei dir."
)
NO_NOTICE = (
    "Guten Tag, eine Kündigung von Ihnen liegt uns nicht vor. Uns ist weder per E-Mail "
    "noch per Post ein Kündigungsschreiben zugegangen. Ihr Vertrag läuft daher "
    "unverändert weiter und verlängert sich am 14.02.2027 um weitere 12 Monate."
)
OFFICE = {
    "all.merchant_address": "Rheinstraße 1\n55116 Mainz",
    "cancel.to": "service@vitalis.example",
    "sender.address": "Am Anger 1\n99084 Erfurt",
}


def sent(client: Any, way: str) -> str:
    """Return the address of a case whose notice went out a way."""
    case, _ = told(client, "Vitalis Fitness Mainz", GYM)
    client.post(f"{case}letters/", ANNA | OFFICE | {"act": f"{way}:cancel"})
    return case


def reply_in(client: Any, case: str) -> str:
    return words(client.get(f"{case}letters/?letter=reply"))


def test_a_reply_tells_how_a_notice_by_e_mail_was_given(client: Any) -> None:
    case = sent(client, "email")
    client.post(f"{case}reply/", {"words": RECEIPT})
    client.post(f"{case}reply/", {"words": NO_NOTICE})

    page, letter = words(client.get(case)), reply_in(client, case)
    bench = client.get(f"{case}letters/?letter=reply").content.decode()

    assert 'value="post" checked' in bench
    assert "meine Erklärung sei Ihnen nicht zugegangen" in letter
    assert "am 29. November 2026 per E-Mail an service@vitalis.example" in letter
    assert "Den Eingang haben Sie mir am 29. November 2026 bestätigt." in letter
    assert "füge ich meine Unterlagen darüber bei" in letter
    assert "kündige ich ihn zum nächstmöglichen Zeitpunkt" in letter
    assert "Sie lehnen es ab" not in letter
    assert "nennen Sie die Klausel" not in letter
    assert "Put in a copy of it" in letter
    assert "so that it is there by 12 January 2027" in page
    assert "ends on 13 February 2027 in any case" in page


def test_a_reply_tells_where_a_posted_notice_went(client: Any) -> None:
    case = sent(client, "post")
    client.post(f"{case}reply/", {"words": NO_NOTICE})

    letter = reply_in(client, case)

    assert "mit der Post an diese Anschrift gesandt: Vitalis" in letter
    assert "Rheinstraße 1" in letter
    assert "Den Eingang haben Sie" not in letter


def test_a_reply_names_their_own_pages(client: Any) -> None:
    case = sent(client, "form")
    client.post(f"{case}reply/", {"words": NO_NOTICE})

    assert "auf Ihrer eigenen Website abgegeben" in reply_in(client, case)


def test_what_proves_it_is_named_once_it_is_typed(client: Any) -> None:
    case = sent(client, "email")
    client.post(f"{case}reply/", {"words": NO_NOTICE})
    proof = {"all.proof": "Sendebericht vom 29. November", "letter": "reply"}

    page = words(client.post(f"{case}letters/?letter=reply", ANNA | proof))

    assert "füge ich bei: Sendebericht vom 29. November" in page
    assert "meine Unterlagen darüber" not in page


def test_of_a_notice_from_before_only_its_day_is_told(client: Any) -> None:
    case, _ = gone_on(client, MOBILE)
    client.post(f"{case}reply/", {"words": NO_NOTICE})

    letter = reply_in(client, case)

    assert "Ich habe sie am 20. November 2026 abgegeben." in letter
    assert "kündige ich ihn zum nächstmöglichen Zeitpunkt" in letter


def test_notice_is_not_given_again_where_it_would_end_later(client: Any) -> None:
    case, _ = gone_on(client, MOBILE)
    client.post(f"{case}reply/", {"words": NO_NOTICE})

    page = words(client.get(case))

    assert "You gave it on 20 November 2026: send them what shows that." in page
    assert "Give notice again" not in page


@pytest.mark.parametrize(
    ("bought", "said"),
    [
        ("2.1.2026", "so that it is there by 30 November 2026: by e-mail or fax"),
        ("1.1.2026", "so that it is there by 29 November 2026: by e-mail or fax"),
        # the last day was yesterday
        ("30.12.2025", ""),
    ],
)
def test_what_post_cannot_reach_in_time_is_not_sent_by_post(
    client: Any, bought: str, said: str
) -> None:
    case, _ = told(client, "Vitalis Fitness Mainz", GYM | {"purchased_at": bought})
    client.post(f"{case}letters/", ANNA | OFFICE | {"act": "email:cancel"})
    client.post(f"{case}reply/", {"words": NO_NOTICE})

    page = words(client.get(case))

    assert "They say that no notice came" in page
    assert "by registered post, or" not in page
    assert said in page
    assert bool(said) == ("Give notice again" in page)


def test_what_is_to_be_done_is_said_first_and_the_rest_is_folded(client: Any) -> None:
    case = sent(client, "email")

    page = client.post(f"{case}reply/", {"words": NO_NOTICE}, follow=True)
    shown = page.content.decode().partition("<dt>But</dt>")[2].partition("</dd>")[0]
    first, _, folded = shown.partition("<details")

    assert "Give notice again as well, so that it is there by 12 January" in first
    assert "They say that no notice came. You gave it on" in folded
    assert "in any case" in folded
