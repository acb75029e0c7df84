"""Where a newcomer was stuck: what is typed there is read, or asked for again."""

import re
from typing import Any

import pytest

from rescind.adapters.input.text import without_pictures
from rescind.adapters.settings.profile import PROFILE
from rescind.app.follow import cases
from rescind.settings import data_folder
from rescind.store import checks
from rescind.web.fact_typed import standard
from rescind.web.templatetags.rescind import linked
from tests.conftest import FACTS, SENDER
from tests.web.test_desk_pages import ANNA, GYM, begun, sent_case, told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")


@pytest.fixture(autouse=True)
def _no_profile() -> Any:
    before = PROFILE.entries(data_folder())
    PROFILE.write(data_folder(), {})
    yield
    PROFILE.write(data_folder(), before)


def redrawn(client: Any, address: str, typed: dict[str, str]) -> str:
    """Return what comes when a field was changed, with the script on."""
    response = client.post(f"{address}letters/", typed, headers={"HX-Request": "true"})
    page: str = response.content.decode()
    return page


def test_the_ways_to_send_come_back_with_the_letter(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)
    wrong = redrawn(
        client, address, {"sender.name": "Jörg Müller 😀", "shown": "cancel"}
    )
    assert "stands here as soon as the letter can be written" in wrong

    mended = redrawn(client, address, {"sender.name": "Jörg Müller", "shown": ""})

    assert '<div id="sendings" hx-swap-oob="true">' in mended
    assert 'value="post:cancel"' in mended


def test_what_is_being_typed_about_sending_is_left_alone(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)

    page = redrawn(client, address, ANNA | {"shown": "cancel"})

    assert "sendings" not in page


def test_a_day_that_is_none_says_so_and_the_ways_come_back(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)
    redrawn(client, address, ANNA | {"cancel.end_on": "bald", "shown": "cancel"})
    page = words(client.get(f"{address}letters/"))
    assert "The day it is to end" in page
    assert "as soon as the letter can be written" in page

    mended = redrawn(client, address, {"cancel.end_on": "", "shown": ""})

    assert 'value="post:cancel"' in mended


def test_a_red_box_goes_when_what_it_said_is_mended(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)
    refused = client.post(f"{address}letters/", {**ANNA, "act": "post:cancel"})
    assert '<div id="wrong"><div class="note error"' in refused.content.decode()

    mended = redrawn(client, address, {"sender.address": "Am Anger 1\n99084 Erfurt"})

    assert '<div id="wrong" hx-swap-oob="true"></div>' in mended


def test_what_a_letter_cannot_print_is_shown_and_named(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)

    page = words(client.post(f"{address}letters/", {"sender.name": "Jörg 🏋️"}))

    assert "Your name: a letter cannot print 🏋 : write it without" in page
    assert "U+" not in page


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("🏋️ Mein Gym", "Mein Gym"),
        ("Mein 💪🏽 Gym ❤️", "Mein Gym"),
        ("👨‍👩‍👧 Familie 🇩🇪", "Familie"),
        ("Fit 1️⃣", "Fit 1"),
        ("Café® № 5 – 日本語 ★", "Café® № 5 – 日本語"),
        ("A  B", "A  B"),
    ],
)
def test_pictures_are_no_part_of_a_name(typed: str, name: str) -> None:
    assert without_pictures(typed) == name


def test_a_company_called_with_a_picture_gets_its_letter(client: Any) -> None:
    address, answer = told(client, "🏋️ Mein Gym", GYM)

    page = words(client.get(f"{address}letters/"))

    assert "Cancel with Mein Gym" in answer
    assert "I have posted it" in page


def test_a_company_that_no_letter_can_print_can_be_called_otherwise(
    client: Any,
) -> None:
    address, _ = told(client, "አማርኛ ጂም", GYM)
    letters = words(client.get(f"{address}letters/"))
    assert "A letter cannot print the name of the company" in letters
    assert "Which company is it?" in words(client.get(f"{address}facts/"))

    client.post(f"{address}facts/", GYM | {"merchant": "Amarigna Gym"})

    assert "I have posted it" in words(client.get(f"{address}letters/"))


@pytest.mark.parametrize("name", ["   ", "🏋️", "\u202eGym"])
def test_a_name_that_is_none_is_asked_for_on_the_same_page(
    client: Any, name: str
) -> None:
    response = client.post("/new/", {"name": name})

    assert response.status_code == 422
    assert "What do you want to stop?" in words(response)
    assert "is not here" not in words(response)


@pytest.mark.parametrize(
    ("count", "unit", "length"),
    [
        ("30 dni", "M", "P30D"),
        ("12 Monate", "M", "P12M"),
        ("1 month", "D", "P1M"),
        ("30 days", "M", "P30D"),
        ("1,5", "Y", "P18M"),
        ("6", "W", "P6W"),
    ],
)
def test_a_length_is_read_as_it_is_typed(
    client: Any, count: str, unit: str, length: str
) -> None:
    address = begun(client, "McFIT")
    typed = {"notice": "count", "notice_count": count, "notice_unit": unit}

    client.post(f"{address}facts/", GYM | typed)

    check = checks.find(address.split("/")[-2])
    assert check is not None
    assert standard(check)["notice"] == length


def test_what_follows_the_first_term_is_asked_in_whole_sentences(client: Any) -> None:
    page = words(client.get(f"{begun(client, 'McFIT')}facts/"))

    assert "It goes on for 12 months each time" in page


def test_a_corrected_name_is_kept_where_the_person_says_so(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)
    redrawn(client, address, {"sender.name": "Jörg Müler"})

    page = redrawn(client, address, {"sender.name": "Jörg Müller"})
    assert "Begin my next letters with this name too, in place of Jörg Müler" in page
    own = {"sender.name": "Jörg Müller", "own": "1", "sender.address": "Ring 3"}
    after = redrawn(client, address, own)

    assert "Begin my next letters" not in after
    kept = PROFILE.entries(data_folder())
    assert (kept["name"], kept["address"]) == ("Jörg Müller", "Ring 3")
    other, _ = told(client, "Jonny M", GYM)
    assert 'value="Jörg Müller"' in client.get(f"{other}letters/").content.decode()


def test_a_name_that_no_letter_can_print_is_not_kept(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)

    redrawn(client, address, {"sender.name": "Jörg 😀"})

    assert "name" not in PROFILE.entries(data_folder())


def test_what_was_told_for_another_contract_says_so(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)
    redrawn(client, address, {"sender.name": "Jörg Müller"})
    other = begun(client, "Jonny M")

    facts = words(client.get(f"{other}facts/"))
    client.post(f"{other}facts/", GYM)

    assert "choose another if this contract is someone else&#x27;s" in facts
    letters = words(client.get(f"{other}letters/"))
    assert "write another if this contract is someone else&#x27;s" in letters
    assert "someone else" not in words(client.get(f"{address}facts/"))


def test_only_addresses_of_the_web_are_links() -> None:
    text = "Look for APPLE.COM/BILL, then open reportaproblem.apple.com. 1.2.2026 <b>"

    assert linked(text) == (
        "Look for APPLE.COM/BILL, then open "
        '<a href="https://reportaproblem.apple.com" rel="noreferrer noopener external">'
        "reportaproblem.apple.com</a>. 1.2.2026 &lt;b&gt;"
    )


def test_what_they_said_by_telephone_is_asked_for_in_an_open_form(client: Any) -> None:
    case = sent_case(client)

    link = re.search(
        r'href="([^"]+)">They told me by phone',
        client.get(f"{case}reply/").content.decode(),
    )
    assert link is not None
    page = client.get(link[1].partition("#")[0]).content.decode()

    fold = page.partition('id="by-phone"')[0].rpartition("<details")[2]
    assert " open>" in fold


def test_a_sum_is_asked_for_in_the_currency_of_the_case(client: Any) -> None:
    assert 'placeholder="59.00 EUR"' in client.get(sent_case(client)).content.decode()


def test_both_addresses_that_the_post_needs_are_named_at_once(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)

    page = words(client.post(f"{address}letters/", {**ANNA, "act": "post:cancel"}))

    assert "By post they answer to your address." in page
    assert "Type where the office of McFIT is" in page


def test_a_text_that_is_too_long_is_counted_whole_at_its_field(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)

    page = words(
        client.post(f"{address}letters/", {**ANNA, "cancel.reason": "a" * 10_000})
    )

    assert "A sentence of your own: this has 10000 characters, and 2000 fit" in page


def test_a_label_and_what_is_wrong_make_a_sentence(client: Any) -> None:
    address, _ = told(client, "McFIT", GYM)

    page = words(client.post(f"{address}letters/", {**ANNA, "act": "post:refund"}))

    assert "The letter: it went out already, or is not called for any more" in page


def test_what_is_said_beside_a_field_goes_when_it_is_mended(client: Any) -> None:
    address = f"/cases/{cases.new_case(FACTS, SENDER)}/"
    client.post(f"{address}said/", {"way": "post", "on": "2026-11-20"})
    charge = {"what": "charged", "on": "2026-11-27", "amount": "59 EUR"}
    client.post(f"{address}happened/", charge)
    form = ANNA | {"letter": "dispute"}
    said = "give its name"
    beside = re.compile(r'<p class="help says" id="all.bank_name-help"[^>]*>(.*?)</p>')
    page = client.get(f"{address}letters/?letter=dispute").content.decode()
    before = beside.search(page)
    assert before is not None
    assert said in before[1]

    mended = redrawn(client, address, form | {"all.bank_name": "Nordbank"})

    after = beside.search(mended)
    assert after is not None
    assert after[1] == ""
    assert 'hx-swap-oob="true"' in after[0]
    again = beside.search(redrawn(client, address, form | {"all.bank_name": ""}))
    assert again is not None
    assert said in again[1]
