"""Several contracts at once: six of somebody who died, ended in the heirs' name."""

import re
from html.parser import HTMLParser
from io import BytesIO
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from rescind.adapters.settings.profile import PROFILE
from rescind.app.find import spending
from rescind.app.follow.planned import letters_to_write
from rescind.core.errors import BadInput
from rescind.core.follow.letters import letters_of
from rescind.core.model.case import Case, CaseState
from rescind.settings import data_folder
from rescind.store import checks, listing, selectors
from rescind.web import seen_charges, several
from rescind.web.several import checks_of
from rescind.web.several_bench import groups
from tests.web.test_desk_pages import words
from tests.web.test_spending_pages import upload

pytestmark = pytest.mark.usefixtures(
    "ready_desk", "no_statements", "saturday_28_november"
)

LINES = {
    "NETFLIX.COM 866-579-7172": "12.99",
    "QUILLON FITNESS": "30.00",
    "SPOTIFY AB": "10.99",
    "ZEIT DIGITALABO": "24.90",
    "NORDVPN COM": "11.99",  # a refund is asked of them besides
    "AUDIBLE GMBH": "9.95",
}
DIED = {
    "whose": "died",
    "all.holder": "Karl Müller",
    "died_at": "10.11.2026",
    "country": "DE",
    "sender.name": "Anna Müller",
    "sender.email": "anna@home.example.org",
    "sender.address": "Ring 3\n10115 Berlin",
}


def statement() -> bytes:
    lines = ["Date,Account Number,Description,Amount,Currency"]
    for month in range(1, 12):
        lines += [
            f"2026-{month:02}-{day + 3:02},DE89370400440532013000,{what},-{sum_},EUR"
            for day, (what, sum_) in enumerate(LINES.items())
        ]
    return "\n".join([*lines, ""]).encode()


@pytest.fixture
def ticked(client: Client) -> str:
    """Tick every line of a statement, and return the address of the facts of all."""
    client.post(upload(client, statement()), {})
    ids = [each["id"] for each in spending.spending()["findings"]]
    assert len(ids) == len(LINES)
    response = client.post("/spending/several/", {"finding": ids})
    return str(response["Location"])


class Fields(HTMLParser):
    """What a browser sends of a form that nobody changed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name != "csrfmiddlewaretoken":
            is_box = given.get("type") in ("radio", "checkbox")
            if not is_box or "checked" in given:
                self.sent[name] = given.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given and self._select:
            self.sent[self._select] = given["value"]


def told(client: Any, address: str, **more: str) -> str:
    """Tell what is the same for all, and return the address of the letters."""
    filled = Fields(client.get(address).content.decode()).sent
    response = client.post(address, filled | DIED | more)
    assert response.status_code == 302, words(response)
    return str(response["Location"])


def ids_in(address: str) -> list[str]:
    return [part.partition("=")[2] for part in address.partition("?")[2].split("&")]


def offices(address: str) -> dict[str, str]:
    """Return a postal address typed for each of the companies."""
    return {f"{i}.all.merchant_address": "Weg 1\n10115 Berlin" for i in ids_in(address)}


def case_of(address: str, number: int = 0) -> Case:
    return selectors.read_case(ids_in(address)[number])


def _id_of(name: str, address: str) -> str:
    every = several.checks_of(ids_in(address))
    return next(each.id for each in every if each.name == name)


def test_ticks_lead_to_one_page_for_all(client: Any, ticked: str) -> None:
    page = client.get(ticked)

    text = words(page)
    assert "End 6 at once" in text
    assert text.count("Where do you live?") == 1
    assert "Netflix €12.99" in text
    assert 'value="12.99"' in page.content.decode()


def test_each_has_a_letter_in_the_name_of_the_heirs(client: Any, ticked: str) -> None:
    page = words(client.get(told(client, ticked)))

    assert "Your 7 letters for 6 contracts" in page
    assert page.count("Karl Müller") >= 6
    assert "Netflix" in page
    assert "Quillon Fitness" in page


def test_no_letter_says_that_the_writer_paid(client: Any, ticked: str) -> None:
    page = words(client.get(told(client, ticked)))

    assert "der für NordVPN (Monatsabo) aus dem Vertrag von Karl Müller gezahlt" in page
    for own in ("ich gezahlt", "ich zuletzt", "ich benutzt", "erstatten Sie mir"):
        assert own not in page, own


def test_one_button_makes_a_case_of_each(client: Any, ticked: str) -> None:
    address = told(client, ticked)
    before = listing.count_cases()

    response = client.post(address, {"act": "all", **offices(address)}, follow=True)

    page = words(response)
    assert "Done: 7 letters out, to 6 companies: Quillon Fitness, Zeit Digit" in page
    assert "by registered post; " in page
    assert "Audible on their own pages. Each has a case" in page
    assert listing.count_cases() == before + 6
    case = case_of(address)
    assert case.kind == "on-behalf-of"
    assert "Karl Müller" in selectors.letter(case).text
    assert "Anna Müller" in selectors.letter(case).text


def test_a_line_with_a_case_leads_to_it_and_is_nothing_to_end(
    client: Any, ticked: str
) -> None:
    netflix = _id_of("Netflix", ticked)
    address = told(client, ticked)
    later = {f"{netflix}.way.0": "later"}
    client.post(address, {"act": "all", **later, **offices(address)})

    page = client.get("/spending/")

    assert "You pay €12.99 a month" in words(page)
    assert "1 subscription, €155.88 a year." in words(page)
    assert page.content.decode().count('name="finding"') == 0
    assert words(page).count("See the case") == 5
    assert words(page).count("End it") == 1
    ticks = client.get("/spending/?several=1").content.decode()
    assert ticks.count('name="finding"') == 1


def test_nothing_goes_out_twice(client: Any, ticked: str) -> None:
    address = told(client, ticked)
    client.post(address, {"act": "all", **offices(address)})
    count = listing.count_cases()

    again = client.post(address, {"act": "all"}, follow=True)

    assert again.status_code == 422
    assert listing.count_cases() == count
    assert "Nothing is left to write" in words(client.get(address))


def test_a_way_can_be_chosen_for_each(client: Any, ticked: str) -> None:
    address = told(client, ticked)
    first = ids_in(address)[0]

    form = {"act": "all", f"{first}.way.0": "post", **offices(address)}
    client.post(address, form)

    assert "by registered post" in words(client.get(f"/cases/{first}/")).lower()


def names_out(address: str) -> set[str]:
    return {case.service_name for i in ids_in(address) if (case := _case(i))}


def _case(case_id: str) -> Case | None:
    return selectors.read_case(case_id) if checks.has_case(case_id) else None


def test_what_has_no_address_is_said_to_have_stayed(client: Any, ticked: str) -> None:
    address = told(client, ticked)

    page = words(client.post(address, {"act": "all"}, follow=True))

    assert "Done: 5 letters out, to 4 companies" in page
    assert "Quillon Fitness: not sent, as nobody knows its e-mail address" in page
    assert "Your 2 letters" in page
    assert names_out(address) == {"Netflix", "Spotify", "NordVPN", "Audible"}


@pytest.mark.parametrize(
    ("way", "why"),
    [
        ("post", "as its postal address is missing"),
        ("email", "as nobody knows its e-mail address"),
    ],
)
def test_a_letter_to_nowhere_is_not_sent(
    client: Any, ticked: str, way: str, why: str
) -> None:
    address = told(client, ticked)
    every = {f"{i}.way.0": way for i in ids_in(address)}

    page = words(client.post(address, {"act": "all", **every}, follow=True))

    assert f"Quillon Fitness: not sent, {why}" in page
    assert "Quillon Fitness" not in names_out(address)


def test_one_can_be_left_for_later(client: Any, ticked: str) -> None:
    address = told(client, ticked)
    first = ids_in(address)[0]
    form = {"act": "all", f"{first}.way.0": "later", **offices(address)}

    page = words(client.post(address, form, follow=True))

    assert "not sent, as" not in page
    assert not checks.has_case(first)
    assert len(names_out(address)) == 5


def test_what_was_taken_since_the_death_stands_beside_each(
    client: Any, ticked: str
) -> None:
    page = words(client.get(told(client, ticked, died_at="1.11.2026")))
    before = words(client.get(told(client, ticked, died_at="1.12.2025")))
    after = words(client.get(told(client, ticked, died_at="20.11.2026")))

    assert "Taken since the death: €12.99 on 3 November 2026." in page
    assert "A direct debit of the Core scheme comes back within eight weeks" in page
    assert "stays owed" in page
    assert "€12.99 on 3 October 2026, €12.99 on 3 November 2026." in before
    assert "Taken since the death" not in after


def test_what_was_taken_since_the_death_stands_in_the_case(
    client: Any, ticked: str
) -> None:
    address = told(client, ticked, died_at="1.11.2026")
    client.post(address, {"act": "all", **offices(address)})

    pages = [words(client.get(f"/cases/{each}/")) for each in ids_in(address)]

    (netflix,) = [page for page in pages if "Waiting for Netflix" in page]
    assert "Taken since the death: €12.99 on 3 November 2026." in netflix


def test_letters_stand_where_no_statement_can_be_read(
    client: Any, ticked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(_module: str) -> ModuleType:
        raise BadInput("install", "reading bank statements needs a part")

    monkeypatch.setattr(seen_charges, "import_part", without)

    page = words(client.get(told(client, ticked, died_at="1.11.2026")))

    assert "Your 7 letters for 6 contracts" in page
    assert "Taken since the death" not in page


@pytest.mark.parametrize(
    ("authority", "says"),
    [
        ("attorney", "Vollmacht"),
        ("carer", "Karl Müller"),
        ("guardian", "gesetzlich"),
    ],
)
def test_who_acts_for_somebody_else_writes_so(
    client: Any, ticked: str, authority: str, says: str
) -> None:
    more = {"whose": "theirs", "all.authority": authority, "died_at": ""}
    address = told(client, ticked, **more)

    page = words(client.get(address))
    client.post(address, {"act": "all", **offices(address)})

    assert "Notice of cancellation for someone else" in page
    assert says in page
    assert "verstorben" not in page
    case = case_of(address)
    assert case.kind == "on-behalf-of"
    assert "cancel" not in letters_to_write(case)


def test_whose_contracts_they_are_is_needed(client: Any, ticked: str) -> None:
    form = DIED | {"whose": "theirs", "all.authority": "carer", "all.holder": ""}

    response = client.post(ticked, form, follow=True)

    assert response.status_code == 422
    assert "Whose contracts they are stands in every letter" in words(response)


def test_what_is_typed_about_one_is_in_its_letter_alone(
    client: Any, ticked: str
) -> None:
    address = told(client, ticked)
    first = ids_in(address)[0]

    form = {f"{first}.on-behalf-of.reason": "The flat was given up."}
    page = words(client.post(address, form))

    # in the letter, and in its field
    assert page.count("The flat was given up.") == 2


def test_practice_leaves_every_letter_to_be_sent(client: Any, ticked: str) -> None:
    address = told(client, ticked)
    count = listing.count_cases()

    page = words(client.post(address, {"act": "practise"}, follow=True))

    assert "Practice done with 6 contracts" in page
    assert "Your 7 letters for 6 contracts" in page
    assert listing.count_cases() == count
    assert len(listing.practice_copies(ids_in(address)[0])) == 1


def test_every_letter_can_be_printed_at_once(client: Any, ticked: str) -> None:
    address = told(client, ticked)

    response = client.get(address.replace("letters/", "letters.zip"))

    names = ZipFile(BytesIO(b"".join(response))).namelist()
    assert len(names) == 7
    assert sum(name.endswith("on-behalf-of.pdf") for name in names) == 6


def test_a_refused_form_is_gone_back_to_with_all_that_was_typed(
    client: Any, ticked: str
) -> None:
    refused = client.post(ticked, DIED | {"died_at": ""})
    page = client.get(refused["Location"])
    mended = client.post(ticked, DIED)
    names = client.post("/several/?died=1", {"names": "Kino\n" * 500})

    assert refused.status_code == 302
    # every contract is there still, and the form goes to the page itself
    assert page.content.decode().count("<details") >= len(LINES)
    assert 'value="Anna Müller"' in page.content.decode()
    assert f'action="{ticked[len("/several/facts/") :]}'.replace("&", "&amp;") in (
        page.content.decode()
    )
    assert mended.status_code == 302
    assert "wrong" not in mended["Location"]
    assert "Kino" in client.get(names["Location"]).content.decode()


def test_the_day_of_death_is_needed(client: Any, ticked: str) -> None:
    response = client.post(ticked, DIED | {"died_at": ""}, follow=True)

    assert response.status_code == 422
    assert "a month is enough" in words(response)
    assert 'value="Karl Müller"' in response.content.decode()


def test_a_wrong_field_of_one_stands_open_and_the_rest_is_kept(
    client: Any, ticked: str
) -> None:
    first = ids_in(ticked)[0]

    response = client.post(ticked, DIED | {f"{first}.price": "lots"}, follow=True)

    assert response.status_code == 422
    assert "no sum that can be read" in words(response)
    assert 'value="lots"' in response.content.decode()
    # and that of the company which only its line names
    assert response.content.decode().count('<details class="fold" open>') == 2


def test_ones_own_contracts_are_simply_cancelled(client: Any, ticked: str) -> None:
    first = told(client, ticked)
    back = first.replace("letters", "facts")

    address = told(client, back, whose="mine")

    page = words(client.get(address))
    assert "Notice of cancellation" in page
    assert "Karl Müller" not in page


def test_names_can_be_written_down(client: Any) -> None:
    form = {"names": "Netflix\n\nDorfkino Abo\n"}
    response = client.post("/several/?died=1", form, follow=True)

    page = words(response)
    assert "End 2 at once" in page
    assert "Dorfkino Abo" in page
    assert 'value="died" checked' in response.content.decode()


def test_none_is_asked_for_again(client: Any) -> None:
    empty = client.post("/several/", {"names": " "}, follow=True)
    none = client.post("/spending/several/", {}, follow=True)

    assert empty.status_code == 422
    assert "nothing was chosen" in words(empty)
    assert "nothing was chosen" in words(none)


def test_what_a_store_bills_has_steps_and_no_letter(client: Any) -> None:
    begun = client.post("/several/?died=1", {"names": "Coursera\nDorfkino Abo"})
    first = ids_in(begun["Location"])[0]
    second = ids_in(begun["Location"])[1]
    form = {f"{first}.channel": "apple", f"{first}.offer": "plus-annual"}

    address = told(client, begun["Location"], **form)
    asked = words(client.get(address))
    response = client.post(address, {f"{second}.channel": "web"})
    page = words(response)
    client.post(address, {"act": "all", **offices(address)})

    assert "Who charges for them?" in asked
    assert "Tick what you did" in page
    assert (
        'href="https://apps.apple.com/account/subscriptions"'
        in response.content.decode()
    )
    assert "Your 1 letter " in page
    assert not checks.has_case(first)
    case = case_of(address, 1)
    states = [each.state for each in letters_of(case.events, case.kind)]
    assert states == [CaseState.SENT]


def test_a_name_is_needed_before_anything_goes_out(client: Any) -> None:
    begun = client.post("/several/?died=1", {"names": "Dorfkino Abo"})
    PROFILE.write(data_folder(), {})
    only = ids_in(begun["Location"])[0]
    no_name = {"sender.name": "", f"{only}.channel": "web"}
    address = told(client, begun["Location"], **no_name)

    response = client.post(address, {"act": "all"}, follow=True)

    assert response.status_code == 422
    assert not checks.has_case(ids_in(address)[0])


def test_somebody_died_stands_on_the_first_page(client: Any) -> None:
    assert 'href="/several/?died=1"' in client.get("/").content.decode()
    assert "heirs’ name" in words(client.get("/several/?died=1"))


def test_the_country_asked_for_is_that_of_the_person_who_died(client: Any) -> None:
    PROFILE.write(data_folder(), {"name": "Anna", "country": "FR"})
    theirs = client.post("/several/?died=1", {"names": "Dorfkino Abo"})
    mine = client.post("/several/", {"names": "Dorfkino Abo"})

    of_the_dead = client.get(theirs["Location"]).content.decode()
    of_mine = client.get(mine["Location"]).content.decode()

    assert "Where did they live?" in of_the_dead
    assert 'value="FR" selected' not in of_the_dead
    assert "Where did they live?" not in of_mine
    assert 'value="FR" selected' in of_mine


@pytest.mark.parametrize(
    ("name", "chosen"), [("Netflix", "later"), ("Spotify", "post")]
)
def test_pages_behind_the_login_of_who_died_are_not_preset(
    client: Any, name: str, chosen: str
) -> None:
    begun = client.post("/several/?died=1", {"names": name})
    only = ids_in(begun["Location"])[0]

    address = told(client, begun["Location"], **{f"{only}.channel": "web"})
    page = words(client.get(address))
    (choice,) = [
        each for group in groups(checks_of([only]), {}) for each in group.choices
    ]

    assert "needs their login; how heirs reach it without is not on file" in page
    assert choice.chosen == chosen


def test_letters_of_several_wait_for_the_name_that_only_a_line_tells(
    client: Any, ticked: str
) -> None:
    letters = ticked.replace("/facts/", "/letters/")

    response = client.get(letters, follow=True)

    assert response.redirect_chain[-1][0].startswith("/several/facts/")
    assert "Your statement says “" in words(response)


def test_a_partner_among_several_is_asked_for_by_its_name(client: Any) -> None:
    page = client.post("/several/", {"names": "Obscure\nZappeline"})["Location"]
    first = ids_in(page)[0]
    mine = DIED | {"whose": "mine", "died_at": "", "all.holder": ""}
    typed = {f"{first}.channel": "partner", f"{first}.kind": "software"}

    refused = words(client.post(page, mine | typed, follow=True))

    assert "Say who billed you" in refused
    named = typed | {f"{first}.billed_by": "Cleverbridge"}
    letters = client.post(page, mine | named, follow=True)
    assert "Cleverbridge" in words(letters)


def test_post_that_may_be_late_is_called_so_and_goes_after_what_is_in_time(
    client: Client, ticked: str
) -> None:
    """The heirs' notice is due before the next charge; a posted letter takes days."""
    address = told(client, ticked)

    before = client.get(address).content.decode()
    client.post(address, offices(address))
    after = client.get(address).content.decode()

    late = r'value="post"( checked)?> [^<]*which may be there too late'
    # nobody knows an address yet: what is there in time comes first
    assert re.findall(late, before)
    assert not any(re.findall(late, before))
    assert re.findall(late, after)
