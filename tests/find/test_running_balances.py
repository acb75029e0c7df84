"""A row that is missing is told by the balances beside the others, or between files."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from rescind.adapters.statements.reader import read_content, read_statement
from rescind.core.model.sentence import Sentence
from rescind.core.model.statement import Statement
from tests.find.test_statements import a_pdf, a_workbook

ROWS = [
    ("02.01.2026", "GEHALT", 2000.0),
    ("05.01.2026", "NETFLIX", -13.99),
    ("05.01.2026", "REWE", -40.1),
    ("09.01.2026", "MIETE", -800.0),
    ("12.01.2026", "SPOTIFY", -10.99),
    ("15.01.2026", "ALDI", -22.5),
    ("20.01.2026", "STROM", -60.0),
    ("28.01.2026", "DM", -9.95),
]
Row = tuple[str, str, float, float | None]


def balanced(start: float = 100.0) -> list[Row]:
    rows: list[Row] = []
    for day, text, amount in ROWS:
        start = round(start + amount, 2)
        rows.append((day, text, amount, start))
    return rows


def csv(
    rows: Sequence[Row], *, newest_first: bool = False, more: str = ""
) -> Statement:
    lines = [
        f"{day};{text};{amount:.2f};{'' if balance is None else f'{balance:.2f}'}{more}"
        for day, text, amount, balance in (rows[::-1] if newest_first else rows)
    ]
    head = "Datum;Text;Betrag;Saldo" + (";Gebühr" if more else "")
    return read_content("a.csv", "\n".join([head, *lines]).encode())


def skipped(read: Statement) -> list[str]:
    return [
        str(value)
        for each in read.asks
        if each.field == "totals"
        if isinstance(each.because, Sentence)
        for name, value in each.because.values
        if name in {"where", "what"}
    ]


@pytest.mark.parametrize(("newest_first", "line"), [(False, 6), (True, 4)])
def test_a_missing_row_is_told_by_its_line(*, newest_first: bool, line: int) -> None:
    rows = balanced()
    whole = csv(rows, newest_first=newest_first)
    parted = csv([*rows[:4], *rows[5:]], newest_first=newest_first)

    assert skipped(whole) == []
    told = f"line {line}, 2026-01-15: 1212.42 instead of 1223.41"
    assert skipped(parted) == [told]


def test_who_goes_on_is_not_asked() -> None:
    rows = balanced()
    del rows[4]
    text = "\n".join(f"{d};{t};{a};{b}" for d, t, a, b in rows).encode()

    read = read_content(
        "a.csv", b"Datum;Text;Betrag;Saldo\n" + text, {"totals": "go_on"}
    )

    assert skipped(read) == []


def test_the_first_few_of_many_are_named() -> None:
    rows: list[Row] = [
        (f"{on[:3]}{n + 1:02}{on[5:]}", text, amount, balance)
        for n in range(6)
        for on, text, amount, balance in balanced(100.0 + 1000 * n * n)
    ]

    (told,) = skipped(csv(rows))
    assert told.startswith("line 10, 2026-02-02: 3100.00 instead of 3142.47; line 18")
    assert told.count("instead") == 3
    assert told.endswith("; …")


@pytest.mark.parametrize("is_parted", [False, True])
def test_one_balance_for_a_day_and_none_are_no_gaps(*, is_parted: bool) -> None:
    of_day, blank = balanced(), balanced()
    of_day[1] = (*of_day[1][:3], of_day[2][3])
    blank[1] = (*blank[1][:3], None)
    for rows in (of_day, blank):
        if is_parted:
            del rows[4]
        assert len(skipped(csv(rows))) == is_parted


def test_another_order_within_a_day_is_no_gap() -> None:
    rows = balanced()
    rows[1], rows[2] = rows[2], rows[1]

    assert skipped(csv(rows)) == []


def test_what_is_no_running_balance_tells_nothing() -> None:
    rows = [
        (day, text, amount, 500.0 + n) for n, (day, text, amount) in enumerate(ROWS)
    ]

    assert skipped(csv(rows)) == []


def test_accounts_in_one_file_are_looked_at_each_for_itself() -> None:
    one = [f"{d};{t};{a:.2f};{b:.2f};DE01" for d, t, a, b in balanced()]
    two = [f"{d};{t};{a:.2f};{b:.2f};DE02" for d, t, a, b in balanced(7.0)]
    mixed = [line for pair in zip(one, two, strict=True) for line in pair]
    head = "Datum;Text;Betrag;Saldo;Kontonummer"

    whole = read_content("a.csv", "\n".join([head, *mixed]).encode())
    parted = read_content("a.csv", "\n".join([head, *mixed[:8], *mixed[9:]]).encode())

    assert skipped(whole) == []
    assert skipped(parted) == ["line 11, 2026-01-15: 1212.42 instead of 1223.41"]


def test_a_workbook_names_its_line(tmp_path: Path) -> None:
    rows = [
        f"2026-01-{day[:2]};{text};{amount:.2f};{balance:.2f}"
        for day, text, amount, balance in balanced()
    ]
    above = ["Date;Description;Amount;Balance", *rows[:4], *rows[5:]]

    read = read_statement(a_workbook(tmp_path, "A", above))

    assert skipped(read) == ["line 6, 2026-01-15: 1212.42 instead of 1223.41"]


def test_a_pdf_names_day_and_entry(tmp_path: Path) -> None:
    head = [(50.0, "Date"), (120.0, "Description"), (400.0, "Paid out")]
    head += [(470.0, "Paid in"), (540.0, "Balance")]
    lines: list[list[tuple[float, str]]] = [[(50, "Statement 2026")], head]
    for day, text, amount, balance in balanced():
        place = 410 if amount < 0 else 478
        cells = [(50.0, day), (120.0, text), (float(place), f"{abs(amount):.2f}")]
        lines.append([*cells, (540.0, f"{balance:.2f}")])

    whole = read_statement(a_pdf(tmp_path / "a.pdf", lines))
    parted = read_statement(a_pdf(tmp_path / "b.pdf", [*lines[:6], *lines[7:]]))

    assert len(whole.entries) == 8
    assert skipped(whole) == []
    assert skipped(parted) == ["entry 5, 2026-01-15: 1212.42 instead of 1223.41"]


def boxes(path: Path, lines: list[list[tuple[float, float, str]]]) -> Statement:
    """Return what is read of lines whose words stand some points off."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for place, line in enumerate(lines):
        for left, off, text in line:
            canvas.drawString(left, 800 - 16 * place + off, text)
    canvas.save()
    return read_statement(path)


@pytest.mark.parametrize("off", [-6, -4, 4, 6])
def test_sums_in_a_box_of_their_own_belong_to_the_line_beside(
    tmp_path: Path, off: float
) -> None:
    lines = [[(50.0, 0.0, "Statement 2026")]] + [
        [(50.0, 0.0, f"0{day}.01."), (120.0, 0.0, text), (410.0, off, f"-{day}.99")]
        for day, text in ((5, "NETFLIX"), (6, "SONANT"), (7, "LUMEN"))
    ]

    read = boxes(tmp_path / "a.pdf", lines)

    assert read.entries.select("on", "amount", "text").rows() == [
        (date(2026, 1, 5), -5990, "NETFLIX"),
        (date(2026, 1, 6), -6990, "SONANT"),
        (date(2026, 1, 7), -7990, "LUMEN"),
    ]


def test_lines_whose_sums_stand_apart_are_named(tmp_path: Path) -> None:
    lines = [
        [(50.0, 0.0, "Statement 2026")],
        [(50.0, 0.0, "04.01."), (120.0, 0.0, "SONANT"), (410.0, 0.0, "-4.99")],
        [(50.0, 0.0, "05.01."), (120.0, 0.0, "NETFLIX")],
        [(410.0, 0.0, "-13.99")],
        [(50.0, 0.0, "06.01."), (120.0, 0.0, "LUMEN"), (410.0, 0.0, "-5990")],
    ]

    read = boxes(tmp_path / "a.pdf", lines)

    assert len(read.entries) == 1
    (note,) = read.notes
    assert note.startswith("3 lines have sums and are no entries")
    for named in ("-13.99", "06.01. LUMEN -5990", "05.01. NETFLIX"):
        assert named in note


FIELDS = """:20:1
:25:DE01
:28C:1
:60F:C260101EUR100,00
:61:2601050105D9,99NTRFNONREF
:86:SONANT
:62F:C260131EUR90,01
-
:20:2
:25:{account}
:28C:2
:60F:C{day}EUR{opening}
:61:{entry}D9,99NTRFNONREF
:86:SONANT
:62F:C{closed}EUR{closing}
-
"""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"opening": "90,01", "closing": "80,02"}, []),
        ({"opening": "70,00", "closing": "60,01"}, ["an opening balance (line 12)"]),
        ({"opening": "70,00", "closing": "60,01", "account": "DE02"}, []),
        # the newest statement first
        ({"opening": "70,00", "closing": "60,01", "day": "251201"}, []),
    ],
)
def test_a_statement_of_mt940_that_is_missing_is_told(
    given: dict[str, str], told: list[str]
) -> None:
    usual = {"account": "DE01", "day": "260131", "closed": "260228"}
    text = FIELDS.format(**{"entry": "2602050205", **usual, **given})

    assert skipped(read_content("a.sta", text.encode())) == told


def of_camt(opening: str, closing: str, opened: str, closed: str) -> str:
    balances = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{amount}"
        f"</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
        for code, amount, day in (("OPBD", opening, opened), ("CLBD", closing, closed))
    )
    return (
        f"<Stmt><Acct><Id><IBAN>DE01</IBAN></Id></Acct>{balances}<Ntry><Amt Ccy='EUR'>"
        f"9.99</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>{closed}"
        "</Dt></BookgDt><AddtlNtryInf>Sonant</AddtlNtryInf></Ntry></Stmt>"
    )


@pytest.mark.parametrize(
    ("opening", "closing", "told"),
    [
        ("90.01", "80.02", []),
        ("70.00", "60.01", ["an opening balance (2026-02-01)"]),
    ],
)
def test_a_statement_of_camt_that_is_missing_is_told(
    opening: str, closing: str, told: list[str]
) -> None:
    both = of_camt("100.00", "90.01", "2026-01-01", "2026-01-31")
    both += of_camt(opening, closing, "2026-02-01", "2026-02-28")
    text = (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'
        f"<BkToCstmrStmt>{both}</BkToCstmrStmt></Document>"
    )

    assert skipped(read_content("a.xml", text.encode())) == told


def test_a_day_without_a_year_is_no_sum(tmp_path: Path) -> None:
    lines = [[(50.0, 0.0, "Statement 2026")]] + [
        [(50.0, 0.0, "04.01."), (86.0, 0.0, valued), (120.0, 0.0, "LUMEN"), amount]
        for valued, amount in (
            ("05.01.", (410.0, 0.0, "-4,99")),
            ("06.01", (410.0, 0.0, "-14,99")),
        )
    ]

    read = boxes(tmp_path / "a.pdf", lines)

    assert read.entries["amount"].to_list() == [-4990, -14990]
    assert read.entries["text"].to_list() == ["LUMEN", "LUMEN"]
