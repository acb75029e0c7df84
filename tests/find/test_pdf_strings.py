"""PDF statements whose lines are drawn as one string: read by words, or refused."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from rescind.adapters.statements.reader import read_statement
from rescind.core.errors import BadInput
from rescind.core.model.statement import Statement

NETFLIX, SALARY = date(2026, 1, 5), date(2026, 1, 25)


def strings(path: Path, lines: Sequence[str], font: str = "Helvetica") -> Statement:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    canvas.setFont(font, 9)
    for place, line in enumerate(lines):
        canvas.drawString(40, 800 - 14 * place, line)
    canvas.save()
    return read_statement(path)


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        (
            ("05.01.2026 NETFLIX.COM 866 -12,99", "25.01.2026 SALARY 2.500,00"),
            ["NETFLIX.COM 866", "SALARY"],
        ),
        (
            (
                "Statement 2026",
                "05.01. 06.01. NETFLIX.COM 12,99 -",
                "25.01. 26.01. SALARY 2.500,00 +",
            ),
            ["NETFLIX.COM", "SALARY"],
        ),
        (
            ("05.01.2026 NETFLIX.COM 12,99 S", "25.01.2026 SALARY 2.500,00 H"),
            ["NETFLIX.COM", "SALARY"],
        ),
        (
            ("5 January 2026 NETFLIX EUR -12.99", "25 January 2026 PAY EUR 2,500.00"),
            ["NETFLIX", "PAY"],
        ),
        (
            ("05.01.2026 NETFLIX - 12,99", "25.01.2026 SALARY + 2.500,00"),
            ["NETFLIX", "SALARY"],
        ),
        (
            ("05.01.2026 NETFLIX AB 866    234   -12,99", "25.01.2026 SALARY 2.500,00"),
            ["NETFLIX AB 866 234", "SALARY"],
        ),
        (
            (
                "05/01/2026 NETFLIX -12.99 987.01",
                "25/01/2026 SALARY 2,500.00 3,487.01",
            ),
            ["NETFLIX", "SALARY"],
        ),
    ],
)
def test_day_text_and_sums_of_a_string_are_told_apart(
    tmp_path: Path, lines: Sequence[str], texts: list[str]
) -> None:
    read = strings(tmp_path / "a.pdf", lines)

    assert read.entries["on"].to_list() == [NETFLIX, SALARY]
    assert read.entries["amount"].to_list() == [-12990, 2_500_000]
    assert read.entries["text"].to_list() == texts


def test_columns_in_strings_are_told_by_where_the_words_stand(tmp_path: Path) -> None:
    lines = (
        "Opening balance                                                1,000.00",
        "Date        Description             Paid out    Paid in    Balance",
        "05/01/2026  NETFLIX.COM                12.99                987.01",
        "            PLAN",
        "25/01/2026  SALARY                              2,500.00   3,487.01",
        "            BONUS                                 100.00   3,587.01",
        "Closing balance                                                3,587.01",
    )

    read = strings(tmp_path / "a.pdf", lines, "Courier")

    assert read.entries.select("on", "amount", "text").rows() == [
        (NETFLIX, -12990, "NETFLIX.COM PLAN"),
        (SALARY, 2_500_000, "SALARY"),
        (SALARY, 100_000, "BONUS"),
    ]
    assert read.checked == ("opening balance and entries give the closing balance",)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (
            (
                "Date Description Paid out Paid in Balance",
                "05/01/2026 NETFLIX.COM 12.99 987.01",
                "25/01/2026 SALARY 2,500.00 3,487.01",
            ),
            "between two columns: 25/01/2026 SALARY 2,500.00",
        ),
        (
            ("05/01/2026 NETFLIX 866 234,56", "25/01/2026 SALARY 2.500,00"),
            "two ways: NETFLIX 866 234,56",
        ),
        (
            ("05.01.2026 NETFLIX 15,49 USD 14,20 EUR",),
            "two ways: 05.01.2026 NETFLIX 15,49 USD 14,20 EUR",
        ),
        (
            ("05/01/2026 NETFLIX 12,99 - 987,01",),
            "two ways: NETFLIX 12,99 - 987,01",
        ),
    ],
)
def test_a_string_that_can_be_read_in_two_ways_is_refused_by_line(
    tmp_path: Path, lines: Sequence[str], says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        strings(tmp_path / "a.pdf", lines)


def test_a_string_without_a_sum_that_can_be_told_is_named(tmp_path: Path) -> None:
    lines = (
        "05.01.2026 NETFLIX -12,99",
        "06.01.2026 RENT -500",
        "24/7 FITNESS",
        "07.01.2026 NOTE",
    )

    read = strings(tmp_path / "a.pdf", lines)

    assert read.entries["text"].to_list() == ["NETFLIX"]
    assert "06.01.2026 RENT -500" in read.notes[0]


def test_a_text_that_begins_like_a_day_stays_a_text_beside_other_cells(
    tmp_path: Path,
) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"))
    for left, top, text in (
        (50, 816, "Statement 2026"),
        (50, 800, "05.01.2026"),
        (120, 800, "SONANT"),
        (410, 800, "-9.99"),
        (120, 784, "24/7 FITNESS"),
        (410, 784, "-4.99"),
        (50, 768, "06.01.2026 LUMEN"),
        (410, 768, "-5.99"),
        (50, 752, "07.01.2026"),
        (120, 752, "VERDANT -6.99"),
        (50, 736, "08.01.2026 -7.99"),
    ):
        canvas.drawString(left, top, text)
    canvas.save()

    read = read_statement(tmp_path / "a.pdf")

    assert read.entries.select("on", "amount", "text").rows() == [
        (date(2026, 1, 5), -9990, "SONANT"),
        (date(2026, 1, 5), -4990, "24/7 FITNESS"),
        (date(2026, 1, 6), -5990, "LUMEN"),
        (date(2026, 1, 7), -6990, "VERDANT"),
    ]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            ("Statement 2026", "05.01. LUMEN -5,99", "14.01. SONANT -9,99"),
            [(5, "LUMEN"), (14, "SONANT")],
        ),
        (
            ("Statement 2026", "05/01 LUMEN -5,99", "14/01 SONANT -9,99"),
            [(5, "LUMEN"), (14, "SONANT")],
        ),
        (
            ("05.01.2026 LUMEN -5,99", "14.01.2026 SONANT -9,99"),
            [(5, "LUMEN"), (14, "SONANT")],
        ),
    ],
)
def test_a_text_that_begins_like_a_day_is_none_where_days_are_written_otherwise(
    tmp_path: Path, lines: Sequence[str], found: list[tuple[int, str]]
) -> None:
    read = strings(tmp_path / "a.pdf", [*lines, "24/7 FITNESS -4,99"])

    rows = read.entries.select("on", "text").rows()
    assert [(on.day, text) for on, text in rows] == found
    assert "24/7 FITNESS" in read.notes[0]


def test_days_without_zeros_are_days_beside_each_other(tmp_path: Path) -> None:
    lines = ("Statement 2026", "5/1 LUMEN -5,99", "24/7 SPORT -4,99", "4/11 OAKS -1,99")

    read = strings(tmp_path / "a.pdf", lines)

    assert len(read.entries) == 3
