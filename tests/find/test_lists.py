"""Lists that people keep elsewhere, and exports of other budgets."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rescind.adapters.statements.reader import read_content
from rescind.adapters.statements.subscription_lists import ListedSubscription, read_list

WALLOS = json.dumps(
    [
        {"Name": "Netflix", "Payment Cycle": "Monthly", "Next Payment": "2026-04-05",
         "Category": "Fun", "Price": "€12.99", "Active": "Yes"},
        {"Name": "Old one", "Payment Cycle": "Yearly", "Next Payment": "2026-04-05",
         "Price": "€5.00", "Active": "No"},
        {"Name": "Lumen", "Payment Cycle": "Yearly", "Next Payment": "2026-09-01",
         "Price": "49.00", "Currency": "USD", "Active": "Yes"},
    ]
).encode()  # fmt: skip
SUBTRACKR = json.dumps(
    {
        "subscriptions": [
            {
                "name": "Netflix",
                "cost": 12.99,
                "schedule": "Monthly",
                "currency": "EUR",
                "renewal_date": "2026-04-05T00:00:00Z",
                "status": "Active",
            }
        ]
    }
).encode()
CSV = (
    b"Subscription;Amount;Frequency;Next payment\n"
    b"Netflix;12,99 EUR;monatlich;05.04.2026\nWeird;?;often;\n"
)


def netflix(found: list[ListedSubscription]) -> ListedSubscription:
    return next(each for each in found if each.name == "Netflix")


@pytest.mark.parametrize("content", [WALLOS, SUBTRACKR, CSV])
def test_a_list_is_read_whoever_wrote_it(content: bytes) -> None:
    found = netflix(read_list(content))

    assert (str(found.amount.amount), found.period) == ("12.99", "P1M")
    assert found.next_on == date(2026, 4, 5)


def test_what_is_no_longer_active_is_left_out() -> None:
    assert [each.name for each in read_list(WALLOS)] == ["Netflix", "Lumen"]
    assert str(read_list(WALLOS)[1].amount) == "49.00 USD"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[",
        b"hello",
        b'{"a": [1]}',
        b"Date,Description,Amount\n2026-01-01,A,-1.00\n",
    ],
)
def test_other_files_are_no_lists(content: bytes) -> None:
    assert read_list(content) == []


@pytest.mark.parametrize(
    ("content", "bank", "text"),
    [
        (
            (
                '"Account","Flag","Date","Payee","Category Group/Category",'
                '"Category Group",'
                '"Category","Memo","Outflow","Inflow","Cleared"\n"Everyday","","05/01/2026",'
                '"Netflix","Fun","Fun","Fun","plan",€12.99,€0.00,"Cleared"\n'
            ),
            "YNAB",
            "Netflix plan",
        ),
        (
            (
                "user_id,group_id,journal_id,created_at,updated_at,group_title,type,"
                "currency_code,amount,description,date,source_name,destination_name\n"
                "1,1,1,x,x,,Withdrawal,EUR,-12.99,plan,2026-01-05T00:00:00+01:00,Everyday,"
                "Netflix\n"
            ),
            "Firefly III",
            "Netflix plan",
        ),
        (
            (
                "Account,Date,Payee,Notes,Category,Amount\nEveryday,2026-01-05,Netflix,plan,"
                "Fun,-12.99\n"
            ),
            "Actual Budget",
            "Netflix plan",
        ),
    ],
)
def test_exports_of_budgets_are_statements(content: str, bank: str, text: str) -> None:
    read = read_content("x.csv", content.encode())

    assert read.layout.bank == bank
    (row,) = read.entries.to_dicts()
    assert (row["amount"], row["text"], row["account"]) == (-12990, text, "Everyday")


@pytest.fixture
def client(ready_desk: None) -> Iterator[Client]:
    del ready_desk
    from rescind.store.models import ImportRecord

    yield Client(HTTP_HOST="127.0.0.1")
    ImportRecord.objects.all().delete()


def test_the_page_shows_a_list_beside_what_was_found(client: Client) -> None:
    lines = "\n".join(f"2025-{m:02}-05,NETFLIX.COM,-12.99,EUR" for m in range(1, 13))
    statement = f"Date,Description,Amount,Currency\n{lines}\n".encode()
    for name, content in (("a.csv", statement), ("list.json", WALLOS)):
        file = SimpleUploadedFile(name, content)
        done = client.post("/spending/read/", {"files": file}).headers["Location"]
        if done != "/spending/":
            client.post(done, {})

    text = client.get("/spending/").content.decode()

    assert "On your own lists" in text
    assert text.count("found on a statement") == 1
    assert text.count("not on a statement read so far") == 1


@pytest.mark.parametrize(
    ("cycle", "period"),
    [
        ("Every 2 Weeks", "P2W"), ("Every 3 Months", "P3M"), ("Every 2 Years", "P2Y"),
        ("alle 6 Monate", "P6M"), ("tous les 3 mois", "P3M"), ("cada 2 meses", "P2M"),
        ("om de 4 weken", None), ("Every 10 Days", "P10D"), ("biweekly", "P2W"),
        ("Monthly", "P1M"), ("jährlich", "P1Y"),
    ],
)  # fmt: skip
def test_a_cycle_of_several_steps_is_no_simple_one(
    cycle: str, period: str | None
) -> None:
    rows = [
        {"name": "Sonant", "price": "9.99", "cycle": each}
        for each in (cycle, "Monthly")
    ]

    found = [each.period for each in read_list(json.dumps(rows).encode())]

    assert found == ([period, "P1M"] if period else ["P1M"])
