"""Receipts in mail name what billers hide, and tell days that come."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rescind.adapters.data.descriptors import descriptors
from rescind.adapters.mail.receipts import looks_like_receipt, read_receipts
from rescind.adapters.public.finding import sentences_json
from rescind.app.find import finding, receipts, spending
from rescind.core.errors import BadInput
from rescind.core.find.receipts import coming, named, single
from rescind.core.model.receipt import Receipt
from rescind.store.statements import read_ledger
from tests.find.test_find import find, monthly
from tests.program import run

KNOWN = descriptors()


def mail(
    sender: str,
    subject: str,
    body: str,
    *,
    day: str = "05 Mar 2026",
    kind: str = "plain",
) -> bytes:
    return (
        f"From: {sender}\nSubject: {subject}\nMessage-ID: <{day}-{abs(hash(body))}@x>\n"
        f"Date: Thu, {day} 10:00:00 +0000\n"
        f"Content-Type: text/{kind}; charset=utf-8\n\n{body}\n"
    ).encode()


APPLE = mail(
    "Apple <no_reply@email.apple.com>",
    "Your receipt from Apple.",
    "Receipt\nAPPLE ACCOUNT\na@b.invalid\nSonant Pro: Music\nSonant Pro (Monthly)\n"
    "Renews Apr 5, 2026\nEUR 9.99\nSubtotal EUR 9.99\nTOTAL EUR 9.99",
)
GOOGLE = mail(
    "Google Play <googleplay-noreply@google.com>",
    "Your Google Play Order Receipt from Mar 5, 2026",
    "Thank you.\nOrder number: GPA.1234\nItem Price\n"
    "Lumen Plus (Lumen Reader) $4.99/month\n"
    "Auto-renewing subscription\nTotal: $4.99/month",
)
PAYPAL = mail(
    "service@paypal.com",
    "Receipt for your payment to Verdant Press",
    "You sent an automatic payment of $12.00 USD to Verdant Press.\nTotal $12.00 USD",
)
TRIAL = mail(
    "hello@mail.trella.com",
    "Your free trial ends soon",
    "Your trial of Trella will end on March 12, 2026. "
    "After that it costs 59.99 EUR per year.",
)
GERMAN = mail(
    "abo@quillon.de",
    "Ihre Rechnung",
    "Danke für Ihre monatliche Zahlung.\nZwischensumme 8,39 €\nGesamtbetrag 9,99 €\n"
    "Ihr Abo verlängert sich am 05.04.2026.",
)
MARKUP = mail(
    "orders@shop.invalid",
    "Thanks",
    '<html><script type="application/ld+json">{"@context":"http://schema.org","@graph":'
    '[{"@type":"Order","merchant":{"@type":"Organization","name":"Fabley"},"orderDate":'
    '"2026-03-04","acceptedOffer":[{"@type":"Offer","itemOffered":{"name":"Fabley '
    "annual "
    'plan"},"price":"49.00","priceCurrency":"EUR"}]}]}</script>'
    '<script type="application/ld+json">{broken</script><p>Thanks</p></html>',
    kind="html",
)


def only(raw: bytes) -> Receipt:
    (receipt,) = read_receipts(raw, "x")
    return receipt


@pytest.mark.parametrize(
    ("raw", "item", "amount", "period", "channel"),
    [
        (APPLE, "Sonant Pro: Music", "9.99 EUR", "P1M", "apple"),
        (GOOGLE, "Lumen Plus (Lumen Reader)", "4.99 USD", "P1M", "google"),
        (PAYPAL, "Verdant Press", "12.00 USD", None, "paypal"),
        (TRIAL, "Trella", "59.99 EUR", "P1Y", "direct"),
        (GERMAN, "Quillon", "9.99 EUR", "P1M", "direct"),
        (MARKUP, "Fabley annual plan", "49.00 EUR", "P1Y", "direct"),
    ],
)
def test_a_receipt_tells_what_was_paid_for(
    raw: bytes, item: str, amount: str, period: str | None, channel: str
) -> None:
    receipt = only(raw)

    assert (receipt.item, str(receipt.amount)) == (item, amount)
    assert (receipt.period, receipt.channel) == (period, channel)


def test_notices_tell_the_day_that_comes() -> None:
    assert (only(TRIAL).kind, only(TRIAL).comes_on) == ("trial", date(2026, 3, 12))
    assert only(GERMAN).comes_on == date(2026, 4, 5)
    assert only(APPLE).comes_on == date(2026, 4, 5)
    assert [r.item for r in coming([only(TRIAL), only(GERMAN)], date(2026, 4, 1))] == [
        "Quillon"
    ]


def test_other_mail_is_no_receipt() -> None:
    assert (
        read_receipts(mail("a@b.invalid", "Lunch?", "At noon, it costs 5 EUR."), "x")
        == []
    )
    assert read_receipts(b"no mail at all", "x") == []
    assert looks_like_receipt(b"Subject: Your receipt\n\n")
    assert not looks_like_receipt(b"Subject: Lunch?\n\n")


@pytest.mark.parametrize("cut", range(0, 900, 60))
def test_broken_mail_is_read_or_passed_over(cut: int) -> None:
    for raw in (APPLE, MARKUP):
        broken = raw[:cut] + b"\xff\0" + raw[cut + 9 :]
        assert all(receipt.item for receipt in read_receipts(broken, "x"))


def test_a_receipt_names_the_app_behind_apple() -> None:
    lines = monthly(4, 9.99, "APPLE.COM/BILL CORK", start=12, day=5)

    (found,) = named(find(*lines), [only(APPLE), only(TRIAL)])

    assert found.merchant == "Sonant Pro: Music"
    because = sentences_json(found.because)
    assert because[-1].startswith("a ")
    assert any("names Sonant Pro: Music" in line for line in because)
    assert found.surer == ()


def test_a_receipt_of_another_sum_day_or_biller_names_nothing() -> None:
    other_sum = find(*monthly(4, 8.99, "APPLE.COM/BILL CORK", start=12))
    other_day = find(*monthly(4, 9.99, "APPLE.COM/BILL CORK", start=12, day=20))
    other_biller = find(*monthly(4, 9.99, "GOOGLE *KINDRED", start=12))
    other_money = find(
        *monthly(4, 9.99, "APPLE.COM/BILL CORK", start=12), currency="GBP"
    )

    for findings in (other_sum, other_day, other_biller, other_money):
        assert named(findings, [only(APPLE)]) == findings


def test_a_notice_sets_the_next_day_of_what_runs() -> None:
    (found,) = named(find(*monthly(4, 9.99, "QUILLON", start=12)), [only(GERMAN)])

    assert found.next_on == date(2026, 4, 5)
    assert "a notice of 5 March 2026" in sentences_json(found.because)[-1]


def test_a_notice_says_nothing_of_what_has_ended() -> None:
    ended = find(*monthly(4, 9.99, "QUILLON", start=1), end=date(2026, 3, 6))

    assert named(ended, [only(GERMAN)])[0].next_on is None


def entries(*rows: tuple[date, int, str]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "file": ["f"] * len(rows),
            "row": list(range(1, len(rows) + 1)),
            "on": [on for on, _, _ in rows],
            "amount": [-amount for _, amount, _ in rows],
            "currency": ["EUR"] * len(rows),
            "account": ["a"] * len(rows),
            "text": [text for _, _, text in rows],
        }
    )


def test_one_charge_and_a_receipt_with_a_period_are_a_contract() -> None:
    table = entries(
        (date(2026, 3, 5), 49_000, "FABLEY LTD"), (date(2026, 3, 6), 49_000, "SHOP")
    )

    (found,) = single(
        table, [], [only(MARKUP), only(MARKUP), only(PAYPAL), only(TRIAL)], KNOWN
    )

    assert (found.merchant, found.period) == ("Fabley annual plan", "P1Y")
    assert found.amount.amount == Decimal("49.00")
    assert single(table, [found], [only(MARKUP)], KNOWN) == []


def test_one_charge_through_apple_needs_its_receipt_alone() -> None:
    table = entries((date(2026, 3, 7), 9_990, "APPLE.COM/BILL CORK"))

    (found,) = single(table, [], [only(APPLE)], KNOWN)

    assert (found.channel, found.next_on) == ("apple", date(2026, 4, 5))


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    folder = tmp_path / "mail"
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    for number, raw in enumerate(
        (APPLE, TRIAL, mail("a@b.invalid", "Lunch?", "Noon."))
    ):
        (folder / "new" / f"{number}.eml").write_bytes(raw)
    return folder


def test_mail_is_read_from_folders(mailbox: Path) -> None:
    assert [r.item for r in finding.read_mail([str(mailbox)], pytest.fail)] == [
        "Sonant Pro: Music",
        "Trella",
    ]


def test_a_mail_that_cannot_be_read_is_named_and_the_rest_goes_on(
    mailbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_one = finding.receipts_of

    def slow_for_the_first(raw: bytes, name: str) -> list[Receipt]:
        if name.endswith("0.eml"):
            raise BadInput("mail", "it takes too long")
        return read_one(raw, name)

    sentences: list[str] = []
    monkeypatch.setattr(finding, "receipts_of", slow_for_the_first)
    receipts = finding.read_mail([str(mailbox)], sentences.append)

    assert [r.item for r in receipts] == ["Trella"]
    assert len(sentences) == 1
    assert "0.eml is set aside: it takes too long" in sentences[0]
    with pytest.raises(BadInput, match="too long"):
        finding.read_mail([str(mailbox / "new" / "0.eml")], sentences.append)


def test_find_takes_receipts_at_the_terminal(mailbox: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [
        f"{on},APPLE.COM/BILL,-9.99,EUR" for on, _, _ in monthly(4, 0, "", start=12)
    ]
    path.write_text("\n".join(["Date,Description,Amount,Currency", *lines]))

    done = run("find", str(path), "--receipts", str(mailbox))

    assert "Sonant Pro: Music" in done.stdout, done.stderr


def test_spending_reads_mail_and_the_inbox(mailbox: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = run("spending", "receipts", str(mailbox), home=home)
    assert "2 receipts and notices" in first.stdout, first.stderr
    assert run("spending", "receipts", home=home).returncode == 2
    assert run("spending", "receipts", "--inbox", home=home).returncode == 2
    run("mailbox", "inbox", "--path", str(mailbox), home=home)
    run("spending", "forget", first.stdout[:8], home=home)

    assert (
        "2 receipts and notices"
        in run("spending", "receipts", "--inbox", home=home).stdout
    )


@pytest.fixture
def client(ready_desk: None) -> Iterator[Client]:
    del ready_desk
    from rescind.store.models import ImportRecord

    yield Client(HTTP_HOST="127.0.0.1")
    ImportRecord.objects.all().delete()


def test_the_page_takes_mail_too(client: Client) -> None:
    mbox = (
        b"From a Thu Mar 05 10:00:00 2026\n"
        + APPLE
        + b"\nFrom b Thu Mar 05 10:00:00 2026\n"
        + TRIAL
    )
    files = [
        SimpleUploadedFile("one.eml", GERMAN),
        SimpleUploadedFile("all.mbox", mbox),
    ]
    for file in files:
        assert (
            client.post("/spending/read/", {"files": file}).headers["Location"]
            == "/spending/"
        )

    assert len(receipts.receipts_in(read_ledger())) == 3
    assert {each.name for each in read_ledger().imports} == {"one.eml", "all.mbox"}
    assert spending.spending()["announced"] == []


def test_the_page_says_that_a_mail_has_nothing(client: Client) -> None:
    none = SimpleUploadedFile("none.eml", mail("a@b.invalid", "Lunch?", "Noon."))

    page = client.post("/spending/read/", {"files": none}, follow=True)

    assert page.redirect_chain == [("/spending/", 302)]
    assert (
        "none.eml was not read: it has no receipt and no notice of a payment. "
        "Nothing was added." in page.content.decode()
    )
    assert read_ledger().imports == ()
