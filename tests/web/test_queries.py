"""A page asks the database as often for many cases as for one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from rescind.adapters import clock
from rescind.app.find import by_hand, spending
from rescind.app.follow import cases, queries, received, reports
from rescind.app.know import checks
from rescind.cli.case import case as case_command
from rescind.core.model.case import EventKind
from rescind.store import selectors
from rescind.store.checks import change
from rescind.store.models import (
    CaseRecord,
    CheckRecord,
    DecisionRecord,
    ImportRecord,
    PaidByHandRecord,
)
from rescind.store.statements import read_ledger
from rescind.web.urls import urlpatterns
from tests.conftest import FACTS, SENDER
from tests.web.test_spending_pages import statement
from tests.worker.test_following import OFFER, answer

pytestmark = pytest.mark.usefixtures("empty_store")

MOST: Mapping[str, int] = {
    "home": 5,
    "offline": 6,
    "begin": 5,
    "several-facts": 2,
    "several-letters": 3,
    "several-papers": 3,
    "plan-days": 1,
    "facts": 2,
    "answer-page": 1,
    "letters": 3,
    "bench-pdf": 2,
    "bench-eml": 2,
    "cases": 9,
    "due": 2,
    "case": 7,
    "steps": 2,
    "confirmation": 2,
    "charged": 2,
    "reply": 2,
    "their-day": 3,
    "file": 2,
    "proof": 1,
    "spending": 4,
    "spending-json": 3,
    "import": 2,
    "finding": 4,
    "by-hand": 1,
    "settings": 7,
    "health": 3,
    "metrics": 4,
}
"""How often a page asks the database: for the case and what was tried for it, for its
events, for bytes that were kept. A page that is not named asks for nothing."""


EVERY = (CaseRecord, CheckRecord, ImportRecord, DecisionRecord, PaidByHandRecord)
OF_A_CHECK = frozenset(
    {"facts", "answer-page", "plan-days", "letters", "bench-pdf", "bench-eml", "steps"}
)
"""Pages of a check, before anything was done about it."""
OF_COURSERA = {
    "offer": "plus-annual",
    "channel": "web",
    "country": "DE",
    "purchased_at": (clock.now() - timedelta(days=5)).date().isoformat(),
    "price": "372 EUR",
}


@pytest.fixture
def empty_store(ready_desk: None) -> Iterator[None]:  # noqa: ARG001 - the database
    """Take everything away that other tests left, and put it back afterwards."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO desk_forgetting (case_id) SELECT id FROM desk_caserecord"
            )
        for model in EVERY:
            model.objects.all().delete()
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the addresses of the pages name."""

    case_id: str
    check_id: str
    digest: str
    import_id: str
    finding_id: str
    key: str

    def address(self, pattern: URLPattern) -> str:
        """Return a page's address."""
        known = {
            "case_id": self.case_id,
            "digest": self.digest,
            "import_id": self.import_id,
            "finding_id": self.finding_id,
            "slug": "coursera",
            "act": "confirm",
            "key": self.key,
        }
        wanted = pattern.pattern.converters
        if pattern.name in OF_A_CHECK:
            known |= {"case_id": self.check_id, "kind": "refund"}
        address = reverse(str(pattern.name), kwargs={n: known[n] for n in wanted})
        return f"{address}?{urlencode(FACTS | {'of': self.check_id})}"


def a_statement(client: Client, year: int, *, is_confirmed: bool) -> None:
    content = statement().replace(b"2025-", f"{year}-".encode())
    file = SimpleUploadedFile(f"{year}.csv", content)
    form = {"files": file, "ask": "on"}
    page = client.post("/spending/read/", form).headers["Location"]
    if is_confirmed:
        client.post(page, {})


def one_of_each(client: Client) -> Sample:
    """Open a case that has two events, and read a statement and half of another."""
    case_id = cases.new_case(FACTS, SENDER)
    a_statement(client, 2024, is_confirmed=True)
    a_statement(client, 2025, is_confirmed=False)
    letter = selectors.read_case(case_id).newest(EventKind.LETTER_WRITTEN)
    assert letter
    by_hand.keep({"merchant": "Yoga with Ana", "price": "45 EUR"})
    check = checks.begin("Coursera", OF_COURSERA)
    # a draft is written for somebody
    change(
        check.id,
        now=clock.now(),
        sender={"name": "Ada", "email": "ada@home.example.org"},
    )
    return Sample(
        case_id=case_id,
        check_id=check.id,
        digest=letter.details["pdf"],
        import_id=next(i.id for i in read_ledger().imports if not i.is_confirmed),
        finding_id=spending.spending()["findings"][0]["id"],
        key=spending.spending()["by_hand"][0]["id"],
    )


def much_more(client: Client, sample: Sample) -> Sample:
    """Let thirty things happen in the case, and in eleven others; read more."""
    for year in (2021, 2022, 2023):
        a_statement(client, year, is_confirmed=True)
    others = [cases.new_case(FACTS, SENDER) for _ in range(11)]
    for each in (sample.case_id, *others):
        cases.say_sent(each, "post", None)
        for number in range(5):
            received.take_in(each, answer(f"{OFFER} {number}", number))
        reports.charged(each, on=clock.now().date().isoformat())
        while (count := len(selectors.read_case(each).events)) < 30:
            cases.keep_file(each, f"Note {count}".encode(), name="note.txt")
    return replace(sample, finding_id=spending.spending()["findings"][0]["id"])


def asked(client: Client, address: str) -> int | None:
    """Return how often a page asks the database; ``None`` for what is not looked at."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    if response.status_code == 405:
        return None
    assert response.status_code in (200, 302, 503), (address, response.status_code)
    return len(captured)


def counts(client: Client, sample: Sample) -> dict[str, int]:
    # earlier addresses have no name: they only lead on
    pages = [each for each in urlpatterns if each.name]
    found = {str(p.name): asked(client, sample.address(p)) for p in pages}
    return {name: count for name, count in found.items() if count is not None}


def test_no_page_asks_the_database_more_often_for_more_cases() -> None:
    client = Client(HTTP_HOST="127.0.0.1")
    sample = one_of_each(client)

    few = counts(client, sample)
    many = counts(client, much_more(client, sample))

    assert len(selectors.cases()) == 12
    assert len(selectors.read_case(sample.case_id).events) == 30
    assert many == few
    assert few == {name: MOST.get(name, 0) for name in few}
    assert MOST.keys() <= few.keys()


MOST_OF_COMMANDS = {"list": 1, "show {}": 3, "due": 1, "steps {}": 2}
"""How often each asks; what is shown is also compared with its digests, and that reads
the files."""


def test_no_command_asks_the_database_more_often_for_more_cases() -> None:
    client = Client(HTTP_HOST="127.0.0.1")
    sample = one_of_each(client)

    def count(command: str) -> int:
        arguments = command.format(sample.case_id).split()
        with CaptureQueriesContext(connection) as captured:
            result = CliRunner().invoke(case_command, arguments)
        assert result.exit_code == 0, result.output
        return len(captured)

    few = {command: count(command) for command in MOST_OF_COMMANDS}
    much_more(client, sample)

    assert {command: count(command) for command in few} == few == MOST_OF_COMMANDS


def test_a_case_stands_as_it_was_read() -> None:
    case_id = cases.new_case(FACTS, SENDER)
    before = selectors.read_case(case_id)

    cases.close(case_id, note="")

    assert queries.whole_case(before)["state"] == "draft"
    assert queries.show_case(case_id)["state"] == "closed"
