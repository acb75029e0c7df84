"""What the person writes down of what they pay for, and what they say of a line."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rescind.adapters import clock
from rescind.adapters.settings.profile import PROFILE
from rescind.app.find import by_hand, spending
from rescind.app.follow import cases
from rescind.core.errors import BadInput
from rescind.settings import data_folder
from rescind.store.statements import read_ledger
from tests.conftest import FACTS, SENDER
from tests.web.test_spending_pages import finding, page, statement

pytestmark = pytest.mark.usefixtures("ready_desk")
YOGA = {
    "merchant": "Yoga with Ana",
    "price": "45",
    "price_currency": "EUR",
    "period": "P3M",
    "renews_at": "",
    "category": "club",
}


@pytest.fixture
def client(no_cases: None) -> Iterator[Client]:  # noqa: ARG001 - the database
    from rescind.store.models import DecisionRecord, ImportRecord, PaidByHandRecord

    yield Client(HTTP_HOST="127.0.0.1")
    PROFILE.forget(data_folder())
    for model in (ImportRecord, DecisionRecord, PaidByHandRecord):
        model.objects.all().delete()


def give(client: Client, *files: tuple[str, bytes], **form: str) -> str:
    """Give some files, and return the page that comes of it."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    response = client.post("/spending/read/", {"files": sent, **form}, follow=True)
    return str(response.content.decode())


def write(client: Client, key: str = "", **changes: str) -> str:
    address = f"/spending/write/{key}/" if key else "/spending/write/"
    response = client.post(address, YOGA | changes, follow=True)
    return str(response.content.decode())


def test_a_clear_statement_is_read_at_once_and_says_what_was_read(
    client: Client,
) -> None:
    text = give(client, ("a.csv", statement()))

    assert "a.csv: 36 entries, 1 January 2025 to 17 December 2025." in text
    assert "You pay €42.99 a month" in text
    assert read_ledger().imports[0].is_confirmed


def test_one_bad_file_keeps_none_of_the_others(client: Client) -> None:
    text = give(
        client,
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"0" * 99),
        ("a.csv", statement()),
        ("none.csv", b""),
    )

    assert "photo.jpg was not read" in text
    assert "A picture cannot be read." in text
    assert "none.csv was not read: the file is empty." in text
    assert [each.name for each in read_ledger().imports] == ["a.csv"]
    assert "You pay €42.99 a month" in text


def days_unsure() -> bytes:
    rows = [f"05/{month:02}/2025,VIAPLAY,-9.99" for month in range(1, 13)]
    return "\n".join(["Date,Description,Amount", *rows]).encode()


def test_what_a_file_leaves_open_is_asked_and_counts_only_then(client: Client) -> None:
    asked = give(client, ("a.csv", days_unsure()), country="DE")

    assert "of which day is it?" in asked
    assert "In which currency is it?" in asked
    assert spending.spending()["findings"] == []
    (waiting,) = read_ledger().imports
    client.post(f"/spending/read/{waiting.id}/", {"dates": "DMY", "currency": "SEK"})
    (only,) = spending.spending()["findings"]
    assert only["period"] == "P1M"
    assert only["amount"] == {"amount": "9.99", "currency": "SEK"}


@pytest.mark.parametrize(
    ("country", "first"), [("DE", "5 January 2025"), ("US", "1 May 2025")]
)
def test_days_that_are_open_are_read_as_is_usual_where_one_lives(
    client: Client, country: str, first: str
) -> None:
    asked = give(client, ("a.csv", days_unsure()), country=country)

    chosen = asked.partition(" checked> ")[2]
    assert chosen.startswith(first)
    assert PROFILE.read(data_folder()) == {"country": country}


def test_sums_without_a_sign_are_asked_about(client: Client) -> None:
    rows = [f"2025-{month:02}-17,DEEZER,11.99,CHF" for month in range(1, 13)]
    content = "\n".join(["Date,Merchant,Amount,Currency", *rows]).encode()

    asked = give(client, ("card.csv", content))

    assert "did you pay it, or get it?" in asked
    (waiting,) = read_ledger().imports
    client.post(f"/spending/read/{waiting.id}/", {"spending": "negative"})
    assert spending.spending()["findings"] == []


def test_a_currency_that_is_none_is_refused_and_the_file_waits(client: Client) -> None:
    give(client, ("a.csv", days_unsure()))
    (waiting,) = read_ledger().imports

    answer = client.post(
        f"/spending/read/{waiting.id}/", {"currency": "shells"}, follow=True
    )

    assert answer.status_code == 422
    assert not read_ledger().imports[0].is_confirmed


def test_what_was_written_down_counts_and_can_be_changed_and_taken_off(
    client: Client,
) -> None:
    text = write(client)
    assert "You pay €15 a month" in text
    assert "written by you" in text
    (own,) = spending.spending()["by_hand"]

    text = write(client, own["id"], price="60", merchant="Yoga")
    assert "You pay €20 a month" in text
    assert "Yoga with Ana" not in text

    client.post(f"/spending/strike/{own['id']}/")
    assert spending.spending()["by_hand"] == []
    with pytest.raises(BadInput):
        by_hand.one(own["id"])


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    client: Client,
) -> None:
    answer = client.post("/spending/write/", YOGA | {"price": "much"}, follow=True)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Yoga with Ana"' in text
    assert 'value="much"' in text
    assert 'aria-invalid="true"' in text
    assert spending.spending()["by_hand"] == []


def test_the_next_day_of_what_was_written_follows_from_the_one_named(
    client: Client,
) -> None:
    today = clock.now().date()
    named = today - timedelta(days=1)

    write(client, period="P1W", renews_at=named.isoformat())

    (own,) = spending.spending()["by_hand"]
    assert date.fromisoformat(own["next_on"] or "") == named + timedelta(days=7)


def test_what_a_statement_shows_too_counts_once(client: Client) -> None:
    write(client, merchant="Quillon Fitness", price="30", period="P1M")

    text = give(client, ("a.csv", statement()))

    (own,) = spending.spending()["by_hand"]
    assert own["finding"] == finding("Quillon")
    assert spending.spending()["totals"][0]["a_month"] == "842.99"
    assert "now stands on a statement and counts once" in text


def test_what_was_written_leads_to_its_answer(client: Client) -> None:
    write(client)
    (own,) = spending.spending()["by_hand"]

    answer = client.post(f"/spending/{own['id']}/end/", follow=True)

    address = answer.redirect_chain[-1][0]
    facts = client.get(address.replace("answer", "facts")).content.decode()
    assert "Yoga with Ana" in facts
    assert 'value="45.00"' in facts
    assert 'value="P3M" selected' in facts


def test_two_currencies_are_never_added(client: Client) -> None:
    write(client, period="P1M")

    text = write(client, merchant="Hulu", price="$18", price_currency="", period="P1M")

    assert "You pay €45 and $18 a month" in text


def test_a_category_is_guessed_can_be_changed_and_chosen(client: Client) -> None:
    give(client, ("a.csv", statement()))
    write(client)
    netflix = finding("Netflix")
    assert "Netflix" in page(client, "/spending/?category=watch")

    client.post(f"/spending/{netflix}/sort/", {"category": "learn"})

    assert "Netflix" in page(client, "/spending/?category=learn")
    assert "You pay €15 a month" in page(client, "/spending/?category=club")
    kinds = {e["merchant"]: e["status"] for e in spending.spending()["findings"]}
    assert kinds["Netflix"] == "found"
    client.post(f"/spending/{netflix}/sort/", {"category": "toys"})
    assert "Netflix" in page(client, "/spending/?category=learn")


def test_what_is_no_subscription_is_put_aside_and_taken_back(client: Client) -> None:
    give(client, ("a.csv", statement()))
    quillon = finding("Quillon")

    aside = client.post(f"/spending/{quillon}/dismiss/", follow=True).content.decode()

    assert "Quillon Fitness is put aside" in aside
    assert "Undo" in aside
    client.post(f"/spending/{quillon}/restore/")
    assert finding("Quillon") == quillon


def test_a_line_opens_every_charge_with_its_file_and_entry(client: Client) -> None:
    give(client, ("a.csv", statement()))

    text = page(client, f"/spending/{finding('Netflix')}/")

    assert text.count("a.csv, entry") == 12
    assert "5 December 2025: €12.99" in text


def begun_later() -> bytes:
    """Return a year of one contract, and seven months of another."""
    rows = [f"2025-{month:02}-05,NETFLIX.COM,-12.99,EUR" for month in range(1, 13)]
    rows += [f"2025-{month:02}-17,QUILLON FITNESS,-30.00,EUR" for month in range(6, 13)]
    return "\n".join(["Date,Description,Amount,Currency", *sorted(rows)]).encode()


def test_a_line_tells_the_day_of_the_purchase_only_where_it_began_on_the_statement(
    client: Client,
) -> None:
    give(client, ("a.csv", begun_later()))

    told = {n: spending.to_end(finding(n)) or {} for n in ("Netflix", "Quillon")}

    assert "purchased_at" not in told["Netflix"]
    assert told["Quillon"]["purchased_at"] == "2025-06-17"


def test_money_that_may_come_back_is_not_promised(client: Client) -> None:
    today = clock.now().date()
    days = [today - timedelta(days=days) for days in range(10, 370, 30)]
    rows = [f"{day},NETFLIX.COM,-13.99,EUR" for day in sorted(days)]
    content = "\n".join(["Date,Description,Amount,Currency", *rows]).encode()
    give(client, ("a.csv", content), country="DE")

    answer = client.post(f"/spending/{finding('Netflix')}/end/", follow=True)

    text = answer.content.decode()
    assert "You may get" in text
    assert "You get" not in text


def test_a_day_that_can_be_two_is_asked_with_both(client: Client) -> None:
    answer = client.post("/spending/write/", YOGA | {"renews_at": "3/4"}, follow=True)

    text = answer.content.decode()
    assert text.count('type="radio" name="renews_at"') == 2
    assert "3 April" in text
    assert "4 March" in text


@pytest.mark.usefixtures("empty_store")
def test_the_first_page_names_the_next_day_of_a_case(client: Client) -> None:
    case_id = cases.new_case(FACTS, SENDER)
    cases.say_sent(case_id, "post", None)

    text = page(client, "/")

    line = text.partition(f'href="/cases/{case_id}/"')[2].partition("</li>")[0]
    assert "<br>by " in line
    assert re.search(r'<span class="left \w*">\d+ days left</span>', line)
