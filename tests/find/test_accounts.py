"""Which files are one account, and what overlapping files share."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from rescind.adapters.statements.reader import read_content
from rescind.core.find.accounts import masked, together
from rescind.core.model.statement import ENTRIES, Statement
from rescind.store.statements import Import, parquet_of


def statement(
    name: str,
    start: date,
    days: int,
    *,
    text: str = "LUMEN",
    cost: float = 9.99,
    extra: str = "",
) -> Statement:
    lines = ["Date,Description,Amount,Currency"]
    for n in range(days):
        on = start + timedelta(days=n)
        paid = cost if on.toordinal() % 7 == 0 else 3 + on.toordinal() % 11
        lines.append(f"{on},{text} {on.month},-{paid:.2f},EUR")
    lines.append(f"{start + timedelta(days=days - 1)},END {name},-1.50,EUR")
    return read_content(name, ("\n".join(lines) + extra).encode())


def test_overlapping_files_of_one_account_are_counted_once() -> None:
    first = statement("a.csv", date(2026, 1, 1), 40)
    second = statement("b.csv", date(2026, 1, 30), 40)

    both = together([first, second])

    assert both["account"].n_unique() == 1
    lumen = both.filter(both["text"].str.starts_with("LUMEN"))
    assert lumen.height == 69
    assert lumen["on"].n_unique() == 69


def test_two_equal_charges_on_one_day_are_two_in_every_file() -> None:
    twice = (
        b"Date,Description,Amount\n"
        + b"2026-01-13,LUMEN,-5.00\n" * 2
        + b"2026-01-14,B,-1.00\n"
    )
    files = [read_content(name, twice) for name in ("a.csv", "b.csv")]

    both = together(files)

    assert both.height == 3
    assert both["file"].unique().to_list() == ["a.csv"]


def test_files_of_the_same_days_with_other_entries_are_two_accounts() -> None:
    first = statement("a.csv", date(2026, 1, 1), 40)
    second = statement("b.csv", date(2026, 1, 1), 40, text="OTHER", cost=4.5)

    assert together([first, second])["account"].n_unique() == 2


def test_files_that_follow_each_other_with_payees_in_common_are_one_account() -> None:
    first = statement("2025.csv", date(2025, 11, 1), 60)
    second = statement("2026.csv", date(2025, 12, 31), 60)
    far = statement("2019.csv", date(2019, 1, 1), 60)
    stranger = statement("x.csv", date(2026, 3, 1), 30, text="SOMEBODY ELSE", cost=77.5)

    assert together([first, second])["account"].n_unique() == 1
    assert together([first, far])["account"].n_unique() == 2
    assert together([first, stranger])["account"].n_unique() == 2


def test_an_account_is_called_by_its_file_or_by_what_the_file_says() -> None:
    one = statement("folder/everyday.csv", date(2026, 1, 1), 20)
    twin = statement("other/everyday.csv", date(2019, 1, 1), 20)
    named = read_content(
        "c.csv",
        b"Date,Account,Description,Amount\n"
        b"2026-01-13,DE12 500,A,-1.00\n2026-01-14,DE12 500,B,-1.00\n",
    )

    assert together([one])["account"].unique().to_list() == ["everyday"]
    assert together([named])["account"].unique().to_list() == ["DE12 500"]
    assert set(together([one, twin])["account"]) == {
        "folder/everyday.csv",
        "other/everyday.csv",
    }


def test_other_currencies_are_other_accounts() -> None:
    euro = statement("a.csv", date(2026, 1, 1), 20)
    pound = read_content(
        "b.csv",
        b"Date,Description,Amount,Currency\n2026-01-13,A,-1.00,GBP\n2026-01-15,A,-2.00,GBP\n",
    )

    assert together([euro, pound])["account"].n_unique() == 2


def test_many_files_are_joined_where_their_names_differ_by_date() -> None:
    many = [
        statement(
            f"{n:03}-{year}.csv",
            date(year, 1, 1),
            20,
            text=f"{chr(65 + n % 26)}{chr(65 + n // 26)}Q XYZ",
        )
        for n in range(60)
        for year in (2025,)
    ]
    later = statement("007-2025-02.csv", date(2025, 1, 20), 20, text="HAQ XYZ")

    both = together([*many, later])

    assert both["account"].n_unique() == 60


def test_empty_files_are_no_account() -> None:
    qif = read_content("a.qif", b"!Type:Bank\n")

    assert together([qif]).is_empty()
    assert together([]).is_empty()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("DE89 3704 0044 0532 0130 00", "DE…3000"),
        ("4111-1111-1111-1111", "…1111"),
        ("10020030/1234567", "…0030/…4567"),
        ("GB29 NWBK 6016 1331 9268 19", "GB29 NWBK …6819"),
        ("everyday", "everyday"),
    ],
)
def test_account_numbers_are_masked(given: str, shown: str) -> None:
    assert masked(given) == shown


PAID = (("05", "07"), ("09", "11"), ("10", "12"), ("20", "20"), ("28", "30"))
"""Days of charges in January 2026, and of their bookings."""


def with_both_days(*texts: str, account: str = "") -> bytes:
    lines = [f"Transaction Date,Post Date,Description,Amount{account and ',Account'}"]
    lines += [
        f"2026-01-{made},2026-01-{booked},{text},-4.50{account}"
        for text in texts
        for made, booked in PAID
    ]
    return "\n".join(lines).encode()


def with_bookings(*texts: str, account: str = "") -> bytes:
    lines = [f"Date,Description,Amount{account and ',Account'}"]
    lines += [
        f"2026-01-{booked},{text},-4.50{account}"
        for text in texts
        for _, booked in PAID
    ]
    return "\n".join(lines).encode()


@pytest.mark.parametrize("account", ["", ",DE12"])
@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_file_of_bookings_and_one_of_charges_share_their_entries(
    account: str, order: str
) -> None:
    old = read_content("a.csv", with_bookings("LUMEN", "COFFEE", account=account))
    new = read_content("b.csv", with_both_days("LUMEN", "COFFEE", account=account))

    both = together(sorted([old, new], key=lambda each: order.index(each.file[0])))

    assert both["account"].n_unique() == 1
    assert both.height == 2 * len(PAID)


def test_what_only_one_of_the_two_has_counts_too() -> None:
    more = b"\n2026-01-31,LUMEN,-4.50\n2026-01-12,OTHER,-4.50"
    old = read_content("a.csv", with_bookings("LUMEN", account=",D") + more)
    new = read_content("b.csv", with_both_days("LUMEN", account=",D"))
    old = replace(old, entries=old.entries.with_columns(account=pl.lit("D")))

    both = together([old, new])

    assert both.height == len(PAID) + 2


def test_a_file_that_has_the_charges_days_alone_is_compared_by_those() -> None:
    lines = ["Date,Description,Amount,Account"]
    lines += [f"2026-01-{made},LUMEN,-4.50,D" for made, _ in PAID]
    charges = read_content("a.csv", "\n".join(lines).encode())
    new = read_content("b.csv", with_both_days("LUMEN", account=",D"))

    assert together([charges, new]).height == len(PAID)


def test_entries_of_other_accounts_stay_apart_whatever_their_bookings() -> None:
    old = read_content("a.csv", with_bookings("LUMEN", account=",A"))
    new = read_content("b.csv", with_both_days("LUMEN", account=",B"))

    assert together([old, new, replace(new, file="c.csv")]).height == 2 * len(PAID)


def test_what_was_kept_before_bookings_were_is_read_as_having_none() -> None:
    read = read_content("a.csv", with_both_days("LUMEN"))
    before = Import(
        id="1",
        name="a.csv",
        imported_at=datetime(2026, 1, 31, tzinfo=UTC),
        layout={},
        is_confirmed=True,
        parquet=parquet_of(read.entries.drop("booked")),
    )

    entries = before.entries()

    assert entries.schema == ENTRIES
    assert entries["booked"].null_count() == len(PAID)
