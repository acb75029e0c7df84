"""What do I pay for: statements read in the browser, decided about, and forgotten."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rescind.adapters import clock
from rescind.app.find import spending
from rescind.app.find.watch import watch_cases
from rescind.app.follow import cases, queries
from rescind.store.statements import read_ledger
from tests.conftest import SENDER

pytestmark = pytest.mark.usefixtures("ready_desk", "no_statements")


def statement(*, months: int = 12, end: str = "") -> bytes:
    lines = ["Date,Account Number,Description,Amount,Currency"]
    for month in range(1, months + 1):
        account = "DE89370400440532013000"
        lines += [
            f"2025-{month:02}-05,{account},NETFLIX.COM 866-579-7172,-12.99,EUR",
            f"2025-{month:02}-17,{account},QUILLON FITNESS,-30.00,EUR",
            f"2025-{month:02}-01,{account},KRAMER MIETE WHG 4,-800.00,EUR",
        ]
    return "\n".join([*lines, end]).encode()


def decisions() -> list[str]:
    from rescind.store.models import DecisionRecord

    return [str(row) for row in DecisionRecord.objects.values()]


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content[:500]
    return str(response.content.decode())


def upload(client: Client, content: bytes, name: str = "a.csv") -> str:
    file = SimpleUploadedFile(name, content)
    form = {"files": file, "ask": "on"}
    return str(client.post("/spending/read/", form).headers["Location"])


def finding(name: str) -> str:
    told = spending.spending()["findings"]
    return str(next(each["id"] for each in told if name in each["merchant"]))


def test_a_statement_is_shown_for_confirmation_and_then_counts(client: Client) -> None:
    asked = upload(client, statement())
    shown = page(client, asked)
    assert "36 entries, 1 January 2025 to 17 December 2025" in shown
    assert "something is not clear" in page(client, "/spending/")
    assert spending.spending()["findings"] == []

    client.post(asked, {})

    text = page(client, "/spending/")
    assert "Netflix" in text
    assert "You pay €42.99 a month" in text
    assert "€800 a month" in text
    assert 'aria-label="What subscriptions took in EUR, month by month.' in text
    assert read_ledger().imports[0].is_confirmed


def test_account_numbers_are_shown_nowhere(client: Client) -> None:
    client.post(upload(client, statement()), {})

    for address in ("/spending/", f"/spending/{finding('Netflix')}/", "/spending.json"):
        assert "370400440532" not in page(client, address)
    assert "DE…3000" in page(client, f"/spending/{finding('Netflix')}/")


def test_a_line_leads_to_its_verdict_with_its_facts(
    client: Client,
) -> None:
    client.post(upload(client, statement()), {})

    address = f"/spending/{finding('Netflix')}/end/"
    assert f'action="{address}"' in page(client, "/spending/")
    answer = client.post(address, follow=True)

    assert answer.redirect_chain[-1][0].endswith("/answer/")
    facts = client.get(answer.redirect_chain[-1][0].replace("answer", "facts"))
    for told in ("Netflix", '<option value="standard">', 'value="12.99'):
        assert told in facts.content.decode()


def test_a_correction_of_how_it_was_read_is_carried_out(client: Client) -> None:
    asked = upload(client, statement())

    client.post(asked, {"spending": "positive"})

    assert spending.spending()["findings"] == []


def test_a_wrong_correction_is_refused_by_field(client: Client) -> None:
    asked = upload(client, statement())

    refused = client.post(asked, {"amount": "Nothing"})
    response = client.get(refused["Location"])

    assert refused.status_code == 302
    assert response.status_code == 422
    assert b"Nothing" in response.content
    assert client.get(asked).status_code == 200
    assert b"columns" in response.content


def test_a_dismissal_stays_also_when_the_file_is_forgotten_and_read_again(
    client: Client,
) -> None:
    client.post(upload(client, statement()), {})
    client.post(f"/spending/{finding('Quillon')}/dismiss/")
    assert "What you put aside" in page(client, "/spending/")

    (kept,) = read_ledger().imports
    client.post(f"/spending/forget/{kept.id}/")
    assert spending.spending()["findings"] == []
    client.post(upload(client, statement(), "other-name.csv"), {})

    told = spending.spending()
    assert [each["merchant"] for each in told["dismissed"]] == ["Quillon Fitness"]
    assert "Quillon" not in str(decisions())
    client.post(f"/spending/{told['dismissed'][0]['id']}/restore/")
    assert spending.spending()["dismissed"] == []


def test_a_later_statement_keeps_what_was_decided(client: Client) -> None:
    client.post(upload(client, statement(months=6)), {})
    client.post(f"/spending/{finding('Quillon')}/correct/", {"merchant": "My gym"})

    client.post(upload(client, statement(months=12), "b.csv"), {})

    gym = page(client, f"/spending/{finding('My gym')}/")
    assert "You said so" in gym
    assert "12 charges" in gym


def test_findings_are_joined_and_split(client: Client) -> None:
    client.post(upload(client, statement()), {})
    client.post(
        f"/spending/{finding('Netflix')}/split/", {"on": ["2025-11-05", "2025-12-05"]}
    )
    two = [e for e in spending.spending()["findings"] if e["merchant"] == "Netflix"]
    assert sorted(len(e["transactions"]) for e in two) == [2, 10]

    client.post(f"/spending/{two[0]['id']}/join/", {"other": two[1]["id"]})

    (one,) = [e for e in spending.spending()["findings"] if e["merchant"] == "Netflix"]
    assert len(one["transactions"]) == 12


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("correct", {"kind": "nonsense"}),
        ("correct", {}),
        ("correct", {"service": "nowhere"}),
        ("correct", {"period": "often"}),
        ("join", {"other": "none"}),
        ("split", {}),
        ("shout", {}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    client: Client, act: str, given: dict[str, str]
) -> None:
    client.post(upload(client, statement()), {})

    client.post(f"/spending/{finding('Netflix')}/{act}/", given)

    assert not decisions()
    assert "note error" in page(client, "/spending/")


def test_a_finding_joins_no_other_than_another(client: Client) -> None:
    client.post(upload(client, statement()), {})
    netflix = finding("Netflix")

    client.post(f"/spending/{netflix}/join/", {"other": netflix})

    assert not decisions()


def test_a_file_that_cannot_be_read_says_why(client: Client) -> None:
    file = SimpleUploadedFile("a.csv", b"hello")

    response = client.post("/spending/read/", {"files": file}, follow=True)

    assert response.redirect_chain == [("/spending/", 302)]
    assert b"no line with a date" in response.content
    assert client.post("/spending/read/").status_code == 302


def test_a_statement_that_was_read_before_leads_back_to_the_page(
    client: Client,
) -> None:
    upload(client, statement())
    file = SimpleUploadedFile("again.csv", statement())

    response = client.post("/spending/read/", {"files": file}, follow=True)

    assert response.redirect_chain == [("/spending/", 302)]
    assert b"nothing counts twice" in response.content


def test_the_same_file_is_kept_once(client: Client) -> None:
    upload(client, statement())

    file = SimpleUploadedFile("again.csv", statement())
    response = client.post("/spending/read/", {"files": file}, follow=True)

    assert b"there already" in response.content


def test_several_files_are_read_at_once(client: Client) -> None:
    files = [SimpleUploadedFile(f"{n}.csv", statement(months=n)) for n in (4, 5)]

    client.post("/spending/read/", {"files": files})

    assert len(read_ledger().imports) == 2


def test_the_same_is_had_as_json(client: Client) -> None:
    client.post(upload(client, statement()), {})

    told = json.loads(page(client, "/spending.json"))

    assert told["totals"][0]["a_month"] == "842.99"
    assert len(told["months"]) == 12
    assert {each["merchant"] for each in told["findings"]} >= {"Netflix"}


def test_a_finding_that_is_gone_leads_back(client: Client) -> None:
    assert client.get("/spending/0000000000/").status_code == 302


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_charge_after_a_confirmed_end_opens_the_case_again(
    client: Client, *, is_closed: bool
) -> None:
    merchant = "Sproutly Box" if is_closed else "Wavelet Reads"
    facts = {
        "service": "other",
        "merchant": merchant,
        "kind": "service",
        "channel": "web",
        "country": "DE",
        "purchased_at": "2025-01-03",
        "as_of": "2025-06-01",
        "period": "P1M",
    }
    case_id = cases.new_case(facts, SENDER)
    cases.say_sent(case_id, "post", "2025-06-01")
    cases.confirm(case_id, ends_on="2025-06-20", note="")
    if is_closed:
        cases.close(case_id, note="")
    lines = [b"Date,Description,Amount,Currency"]
    named = merchant.upper().encode()
    lines += [b"2025-%02d-05,%b,-49.00,EUR" % (m, named) for m in range(1, 8)]
    lines += [b"2025-07-20,SHOP,-3.00,EUR"]

    client.post(upload(client, b"\n".join(lines), "c.csv"), {})

    case = queries.show_case(case_id)
    assert case["state"] == "charged"
    assert "2025-07-05" in json.dumps(case["events"])
    assert "Seen on a statement" in json.dumps(case["events"])
    assert watch_cases() == []


def test_a_charge_after_an_end_that_nobody_confirmed_is_asked_about(
    client: Client,
) -> None:
    facts = {
        "service": "other",
        "merchant": "Larkspur Reads",
        "kind": "service",
        "channel": "web",
        "country": "DE",
        "purchased_at": "2025-01-05",
        "as_of": "2025-06-01",
        "period": "P1M",
    }
    case_id = cases.new_case(facts, SENDER)
    cases.say_sent(case_id, "post", "2025-06-01")
    lines = [b"Date,Description,Amount,Currency"]
    lines += [b"2025-%02d-05,LARKSPUR READS,-49.00,EUR" % m for m in range(1, 9)]

    client.post(upload(client, b"\n".join(lines), "l.csv"), {})

    assert queries.show_case(case_id)["state"] != "charged"
    asked = [e for e in watch_cases() if e.case.id == case_id]
    assert asked
    assert not any(each.alarm.is_sure for each in asked)


def days_ago(days: int) -> date:
    return clock.now().date() - timedelta(days=days)


def yearly_and_monthly(until: int) -> bytes:
    """Return a statement that ended some days ago, with a yearly charge due soon."""
    lines = ["Date,Description,Amount,Currency"]
    years, weeks = (until + 695, until + 330), range(until, until + 340, 28)
    lines += [f"{days_ago(n)},TANDEMO YOGA,-99.00,EUR" for n in years]
    lines += [f"{days_ago(n)},DEEZER,-9.99,EUR" for n in weeks]
    return "\n".join([lines[0], *sorted(lines[1:])]).encode()


def test_a_long_contract_that_renews_soon_is_told(client: Client) -> None:
    client.post(upload(client, yearly_and_monthly(3), "y.csv"), {})

    told = spending.spending()
    assert [e["merchant"] for e in told["renewals"]] == ["Tandemo Yoga"]
    assert not told["is_stale"]
    for each in told["findings"]:
        assert "renews_at" in each["check"]
        assert each["merchant"] in page(client, each["check"])
    assert "Renews soon, for long" in page(client, "/spending/")


def test_a_statement_long_past_says_so_and_gives_no_days_to_a_verdict(
    client: Client,
) -> None:
    client.post(upload(client, yearly_and_monthly(500), "y.csv"), {})

    told = spending.spending()
    assert told["renewals"] == []
    assert told["is_stale"]
    assert not any(
        "paid_at" in e["check"] or "renews_at" in e["check"] for e in told["findings"]
    )
    assert "Read a newer one" in page(client, "/spending/")


def test_a_line_stays_in_its_case_once_the_company_has_another_name(
    client: Client,
) -> None:
    client.post(upload(client, statement()), {})
    gym = finding("Quillon")
    end = f"/spending/{gym}/end/"
    check = client.post(end, follow=True).redirect_chain[-1][0].split("/")[2]

    told = {"service": "other", "merchant": "QF Sport", "kind": "gym", "country": "DE"}
    cases.new_case(told | {"channel": "web"}, SENDER, case_id=check)
    cases.say_sent(check, "post", None)
    cases.confirm(check, ends_on="2030-01-31", note="")

    text = page(client, "/spending/")
    assert "You pay €12.99 a month" in text
    assert f'href="/cases/{check}/"' in text.partition("In your cases")[2]
    card = text.partition("In your cases")[2].partition("</li>")[0]
    assert "Next:" not in card


@pytest.mark.parametrize(
    ("text", "paid", "got"),
    [
        ("Date,Text,Foo,Bar\n{day},Quillon,12.99,\n{day},ACME,,9.00\n", 0, 1),
        ("Date,Text,Foo,Bar\n{day},ACME,,9.00\n{day},Quillon,12.99,\n", 1, 0),
    ],
)
def test_which_way_the_money_of_an_entry_went_is_asked_of_what_was_taken(
    client: Client, text: str, paid: int, got: int
) -> None:
    """The first of two columns was taken for money out; the entry shown may be in."""
    file = SimpleUploadedFile("sides.csv", text.format(day="2026-01-25").encode())

    asked = str(client.post("/spending/read/", {"files": file}).headers["Location"])
    shown = page(client, asked)

    codes = ("columns", "swapped")
    first, second = shown.index("I paid it"), shown.index("I got it")
    assert f'value="{codes[paid]}"' in shown[:first]
    assert f'value="{codes[got]}"' in shown[first:second]
