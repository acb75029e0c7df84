"""Days without leading noughts, and years as Thailand, Taiwan and Japan count them."""

from datetime import date

import pytest

from rescind.adapters.statements.reader import read_content
from rescind.core.errors import BadInput
from rescind.core.model.statement import Statement

DAYS = [date(2026, 1, 5), date(2026, 1, 25), date(2026, 2, 5)]
THAI = "วันที่,รายการ,จำนวนเงิน"
WRITTEN = [
    "2026/1/5 2026/1/25 2026/2/5",
    "2026-1-5 2026-1-25 2026-2-5",
    "2026.1.5 2026.1.25 2026.2.5",
    "2026.1.5. 2026.1.25. 2026.2.5.",
    "2026年1月5日 2026年1月25日 2026年2月5日",
    "26年1月5日 26年1月25日 26年2月5日",
    "26/1/5 26/1/25 26/2/5",
    "2026/1/5(月) 2026/1/25(日) 2026/2/5(木)",
    "令和8年1月5日 令和8年1月25日 令和8年2月5日",
    "R8.1.5 R8.1.25 R8.2.5",
    "民國115/01/05 民國115/01/25 民國115/02/05",
    "115/01/05 115/01/25 115/02/05",
    "115年1月5日 115年1月25日 115年2月5日",
    "05/01/2569 25/01/2569 05/02/2569",
    "2569-01-05 2569-01-25 2569-02-05",
    "5-Jan-2569 25-Jan-2569 5-Feb-2569",
]


def read(days: list[str], header: str = "Date,Text,Amount") -> Statement:
    sums = ("-12.99", "2500.00", "-12.99")
    rows = [f"{day},Netflix,{each}" for day, each in zip(days, sums, strict=False)]
    return read_content("a.csv", "\n".join([header, *rows]).encode())


@pytest.mark.parametrize("written", WRITTEN)
def test_a_day_is_read_however_its_year_is_counted(written: str) -> None:
    assert read(written.split()).entries["on"].to_list() == DAYS


@pytest.mark.parametrize(
    "days",
    [
        ["2026년 1월 5일", "2026년 1월 25일", "2026년 2월 5일"],
        ["2026. 1. 5.", "2026. 1. 25.", "2026. 2. 5."],
        ["2026/1/5 9:03", "2026/1/25 10:12", "2026/2/5 23:59"],
        ["2026年1月5日 9:03", "2026年1月25日 10:12", "2026年2月5日 23:59"],
        ["5 ม.ค. 2569", "25 ม.ค. 2569", "5 ก.พ. 2569"],
        ["5 มกราคม 2569", "25 มกราคม 2569", "5 กุมภาพันธ์ 2569"],
        ["5 ม.ค. 69", "25 ม.ค. 69", "5 ก.พ. 69"],
        ["05/01/69", "25/01/69", "05/02/69"],
        ["๐๕/๐๑/๒๕๖๙", "๒๕/๐๑/๒๕๖๙", "๐๕/๐๒/๒๕๖๙"],
    ],
)
def test_days_with_spaces_and_thai_words_are_read(days: list[str]) -> None:
    assert read(days, THAI).entries["on"].to_list() == DAYS


def test_a_year_first_is_sure_whatever_day_and_month_are() -> None:
    whole = read(["2026/1/5", "2026/2/5"])

    assert whole.layout.dates == "YMD"
    assert not whole.asks


def test_thai_money_alone_tells_the_era_of_two_digits_and_the_order() -> None:
    whole = read(["05/01/69", "06/01/69"], "Date,Text,Amount (THB)")

    assert whole.entries["on"].to_list() == [date(2026, 1, 5), date(2026, 1, 6)]
    assert not whole.asks


@pytest.mark.parametrize(
    ("days", "line", "year"),
    [
        (["05/01/2569", "05/02/2026"], 2, "2569"),
        (["05/01/2026", "05/02/2569"], 3, "2569"),
        (["2026/01/05", "115/02/05"], 3, "115"),
        (["05/01/69", "25/01/69"], 2, "69"),
        (["05/01/2206", "25/01/2206"], 2, "2206"),
        (["05/01/3569", "25/01/3569"], 2, "3569"),
    ],
)
def test_a_year_that_cannot_be_is_said(days: list[str], line: int, year: str) -> None:
    with pytest.raises(BadInput, match=f"line {line} has no date.*the year {year}"):
        read(days)


def test_a_day_that_is_none_in_any_era_is_refused() -> None:
    with pytest.raises(BadInput, match="line 2 has no date"):
        read(["05/01/2569", "31/02/2569"])


def test_a_short_last_number_is_no_year() -> None:
    with pytest.raises(BadInput, match="line 2 has no date"):
        read(["5/1/6", "25/1/6"])
