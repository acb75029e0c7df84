"""Small faults of files that are mended or named, and never passed over."""

import zipfile
from datetime import date
from io import BytesIO

import pytest

from rescind.adapters.statements.reader import read_content
from rescind.core.errors import BadInput
from rescind.core.model.statement import Statement


def csv(*lines: str, encoding: str = "utf-8") -> Statement:
    return read_content("a.csv", "\n".join(lines).encode(encoding))


def page(*rows: str) -> Statement:
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    head = "<tr><th>Datum</th><th>Text</th><th>Betrag</th></tr>"
    return read_content("a.xls", f"<table>{head}{table}</table>".encode())


def cells(*texts: str) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


def test_a_day_that_spans_several_rows_of_a_page_is_that_of_each() -> None:
    read = page(
        f"<td rowspan=3>05.01.2026</td>{cells('Netflix', '-12,99')}",
        cells("Lumen", "-1,00"),
        cells("Sonant", "-9,99"),
        cells("06.01.2026", "Verdant", "-2,00"),
    )

    assert read.entries["text"].to_list() == ["Netflix", "Lumen", "Sonant", "Verdant"]
    assert [on.day for on in read.entries["on"]] == [5, 5, 5, 6]


def test_more_text_beside_a_day_and_a_sum_that_span_both_rows_is_no_entry() -> None:
    sum_of_both = "<td rowspan=2>-12,99</td>"
    read = page(
        f"<td rowspan=2>05.01.2026</td><td>Netflix</td>{sum_of_both}",
        cells("Amsterdam"),
        cells("06.01.2026", "Verdant", "-2,00"),
    )

    assert read.entries["amount"].to_list() == [-12990, -2000]


def test_a_year_that_cannot_be_is_named_by_its_line() -> None:
    with pytest.raises(BadInput, match=r"line 3 has no date.*0206-02-05"):
        csv("Date,Text,Amount", "2026-01-05,Lumen,-1.00", "0206-02-05,Lumen,-1.00")


def test_years_of_two_digits_that_come_first_are_told_by_how_near_the_days_are() -> (
    None
):
    first = csv("Date,Text,Amount", "26/01/05,Lumen,-1.00", "26/02/25,Lumen,-1.00")
    last = csv("Date,Text,Amount", "05/01/26,Lumen,-1.00", "25/02/26,Lumen,-1.00")

    for read in (first, last):
        assert read.entries["on"].to_list() == [date(2026, 1, 5), date(2026, 2, 25)]
    assert first.layout.dates == "YMD"


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("Ημερομηνία;Περιγραφή;Ποσό", "5 Ιαν 2026"),
        ("Дата;Описание;Сумма", "5 января 2026"),
    ],
)
def test_months_are_known_by_their_names_in_greek_and_cyrillic(
    header: str, day: str
) -> None:
    assert csv(header, f"{day};Lumen;-1,00").entries["on"][0] == date(2026, 1, 5)


def test_german_from_dos_is_not_taken_for_that_of_an_old_macintosh() -> None:
    text = "Überweisung für Müller"

    read = csv("Datum;Text;Betrag", f"05.01.2026;{text};-12,99", encoding="cp850")

    assert read.entries["text"][0] == text


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("2602280228D12,9,9NMSC", "line 4: field 61 cannot be read"),
        ("2602280228D12,99.5NMSC", "line 4: field 61 cannot be read"),
        ("2602290229D12,99NMSC", "line 4: '2026-02-29' is no day"),
    ],
)
def test_an_entry_of_mt940_that_cannot_be_is_named_by_its_line(
    entry: str, says: str
) -> None:
    fields = (":20:A", ":25:1", ":60F:C260101EUR100,", f":61:{entry}", ":86:LUMEN")

    with pytest.raises(BadInput, match=says):
        read_content("a.sta", "\n".join(fields).encode())


@pytest.mark.parametrize("day", ["<DTPOSTED>260105", ""])
def test_a_transaction_of_ofx_without_a_day_is_named_by_its_line(day: str) -> None:
    content = f"OFXHEADER:100\n<OFX><STMTTRN>{day}<TRNAMT>-1.00\n</STMTTRN></OFX>"

    with pytest.raises(BadInput, match="ending in line 3 has no DTPOSTED"):
        read_content("a.ofx", content.encode())


def workbook(sheets: int) -> bytes:
    space = "http://schemas.openxmlformats.org"
    package, office = f"{space}/package/2006", f"{space}/officeDocument/2006"
    main = f"{space}/spreadsheetml/2006/main"
    kind = f"{office}/relationships"
    numbers = range(sheets)
    named = "".join(
        f'<sheet name="{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in numbers
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{kind}/worksheet" Target="s{n}.xml"/>'
        for n in numbers
    )
    book = (
        f'<Relationship Id="r" Type="{kind}/officeDocument" Target="xl/workbook.xml"/>'
    )
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        parts.writestr(
            "[Content_Types].xml", f'<Types xmlns="{package}/content-types"/>'
        )
        relationships = f'<Relationships xmlns="{package}/relationships">'
        parts.writestr("_rels/.rels", f"{relationships}{book}</Relationships>")
        parts.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>{named}</sheets>'
            "</workbook>",
        )
        parts.writestr(
            "xl/_rels/workbook.xml.rels", f"{relationships}{related}</Relationships>"
        )
        for n in numbers:
            rows = (("Date", "Text", "Amount"), ("2026-01-05", f"LUMEN {n}", "-1.00"))
            shown = "".join(
                "<row>"
                + "".join(f'<c t="inlineStr"><is><t>{c}</t></is></c>' for c in row)
                + "</row>"
                for row in rows
            )
            parts.writestr(
                f"xl/s{n}.xml",
                f'<worksheet xmlns="{main}"><sheetData>{shown}</sheetData></worksheet>',
            )
    return content.getvalue()


def test_a_sheet_for_each_month_of_three_years_is_read() -> None:
    assert read_content("a.xlsx", workbook(36)).entries.height == 36


def test_a_workbook_of_too_many_sheets_is_refused_whole() -> None:
    with pytest.raises(BadInput, match="401 sheets are more than"):
        read_content("a.xlsx", workbook(401))
