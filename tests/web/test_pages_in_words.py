"""No page shows a code, an ISO day or length, a zone's code, a command, a word of ours.

Links, the values of forms, what stands as code or as it came (a letter, a message),
and a machine's own marks do not count: only what a person reads as our words.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rescind.adapters import clock
from rescind.app.follow import cases, reports
from rescind.core.model.case import EventKind
from rescind.store import selectors, services
from tests.conftest import FACTS, SENDER
from tests.logs import DRAFT, LOGS
from tests.plain import OURS
from tests.web.test_spending_pages import finding, statement

pytestmark = pytest.mark.usefixtures("ready_desk")
ANSWER = b"From: help@merchant.example.org\nSubject: Re: x\n\nThe weather is fine.\n"
NO_WORDS = re.compile(
    r"\b[a-z][a-z0-9]*_[a-z0-9_]+\b"
    r"|\b\d{4}-\d{2}-\d{2}\b"
    r"|\bP\d+[DWMY]\b"
    r"|\brescind [a-z]+"
    r"|(?<![\w-])--[a-z]"
    r"|\b(?:UTC|GMT|BST|[CE]ES?T|WES?T|[ECMP][SD]T)\b"
)
ASIDE = frozenset({"cite", "code", "pre", "script", "style", "svg"})
"""What holds code, what others call their works, or what came as it came."""
READ_ALOUD = frozenset({"aria-label", "alt", "title", "placeholder"})


class Reader(HTMLParser):
    """Collects what a person reads of a page, or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._aside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._aside += tag in ASIDE
        self.text += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        self._aside -= tag in ASIDE

    def handle_data(self, data: str) -> None:
        if not self._aside:
            self.text.append(data)


def no_words(response: Any) -> list[str]:
    reader = Reader()
    reader.feed(response.content.decode())
    text = " ".join(reader.text)
    is_cited = response.request["PATH_INFO"] in CITED
    return [*NO_WORDS.findall(text), *([] if is_cited else OURS.findall(text))]


CITED = frozenset({"/law/", "/proof/"})
"""Pages that show records of the law, and what a proof file says, as they stand."""


def client() -> Client:
    return Client(HTTP_HOST="127.0.0.1")


def test_the_scan_finds_what_is_no_word() -> None:
    page = "<p>had_trial, 2026-01-31, P1M; rescind case show --json, CET</p><code>a_b"
    reader = Reader()
    reader.feed(page)

    found = NO_WORDS.findall(" ".join(reader.text))

    assert found == ["had_trial", "2026-01-31", "P1M", "rescind case", "--j", "CET"]


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/help/", "/cases/", "/law/", "/law/?country=Germany"),
        *(
            "/law/?country=Atlantis",
            "/proof/",
            "/verify/",
            "/settings/?open=runs",
            "/settings/",
        ),
        *("/spending/", "/nowhere/", "/new/?service=coursera"),
    ],
)
def test_a_page_shows_no_code(address: str) -> None:
    assert no_words(client().get(address)) == []


@pytest.fixture(scope="module")
def opened(ready_desk: None) -> dict[str, str]:  # noqa: ARG001 - the database first
    names = {}
    for name, rows in LOGS.items():
        case_id = cases.new_case(FACTS, SENDER)
        case = selectors.find_case(case_id)
        for kind, written in rows[len(DRAFT) :]:
            details = written
            if kind is EventKind.LETTER_WRITTEN:
                newest = selectors.case_of(case).newest(kind)
                details = dict(newest.details) if newest else written
            if kind is EventKind.ANSWERED:
                kept = services.keep(case, ANSWER, "message/rfc822", "a.eml")
                details = {"message": kept}
            services.add_event(
                case, kind, now=clock.now(), known_by="person", details=details
            )
        names[name] = case_id
    return names


@pytest.mark.parametrize("name", LOGS)
def test_the_page_of_a_case_and_of_its_letter_show_no_code(
    name: str, opened: dict[str, str]
) -> None:
    for part in ("", "letters/", "letters/?letter=stop-payment"):
        assert no_words(client().get(f"/cases/{opened[name]}/{part}")) == []


def test_the_list_of_cases_shows_no_code(opened: dict[str, str]) -> None:
    assert opened
    assert no_words(client().get("/cases/")) == []


@pytest.fixture
def read() -> Iterator[Client]:
    from rescind.store.models import DecisionRecord, ImportRecord

    browser = client()
    file = SimpleUploadedFile("a.csv", statement())
    address = browser.post("/spending/read/", {"files": file, "ask": "on"}).headers[
        "Location"
    ]
    assert no_words(browser.get(address)) == []
    browser.post(address)
    yield browser
    ImportRecord.objects.all().delete()
    DecisionRecord.objects.all().delete()


def test_what_is_paid_for_is_shown_without_codes(read: Client) -> None:
    one = finding("Netflix")

    assert no_words(read.get("/spending/")) == []
    assert no_words(read.get(f"/spending/{one}/")) == []
    assert no_words(read.get("/spending/write/")) == []
    assert (
        no_words(read.post("/spending/write/", {"renews_at": "soon"}, follow=True))
        == []
    )


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("happened/", {"what": "charged", "on": "2026-11-15"}),
        ("happened/", {"what": "charged", "on": "soon"}),
        ("happened/", {"what": "called", "on": "2026-11-15", "said": "x"}),
        ("happened/", {"what": "blocked", "until": "2020-01-01"}),
        ("confirm/", {"ends_on": "1999-01-01"}),
        ("send/", {"way": "smtp", "yes": "on"}),
        ("unsent/", {}),
        ("keep/", {}),
    ],
)
def test_what_is_refused_is_said_without_codes(
    address: str, form: dict[str, str]
) -> None:
    case_id = cases.say_sent(cases.new_case(FACTS, SENDER), "post", None)

    response = client().post(f"/cases/{case_id}/{address}", form)

    assert response.status_code in (404, 422)
    assert no_words(response) == []


def test_the_days_of_a_case_are_those_of_the_purchases_own_zone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from datetime import UTC, datetime

    late = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: late)
    berlin = FACTS | {"country": "DE", "time_zone": "Europe/Berlin"}

    case_id = cases.new_case(berlin, SENDER)
    reports.used_button(case_id)
    page = client().get(f"/cases/{case_id}/").content.decode()

    button = selectors.read_case(case_id).newest(EventKind.BUTTON_USED)
    assert button is not None
    assert button.details["on"] == "2026-11-28"
    assert "28 November 2026, 00:30" in page
