"""What is written is read back; what is damaged is read or refused, never worse."""

import random
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.statements.reader import read_content
from rescind.core.errors import BadInput
from tests.find import samples
from tests.find.test_statements import PDF, a_pdf, a_workbook

DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))
CENTS = st.integers(-9_999_999, 9_999_999).filter(lambda cents: cents != 0)
WORDS = st.text(st.sampled_from("ABCDEFGÄÖÉ xyz0189*/.&-'"), min_size=3, max_size=30)
ENTRIES = st.lists(st.tuples(DAYS, CENTS, WORDS), min_size=4, max_size=25)
ORDERS = {"YMD": "%Y-%m-%d", "DMY": "%d.%m.%Y", "MDY": "%m/%d/%Y"}


def money(cents: int, point: str) -> str:
    """Return an amount with thousands parted."""
    sign, whole, part = "-" * (cents < 0), abs(cents) // 100, abs(cents) % 100
    other = "." if point == "," else ","
    return f"{sign}{whole:,}".replace(",", other) + f"{point}{part:02}"


def named(words: str) -> str:
    return "X " + " ".join(words.split()) + " Y"


@settings(max_examples=150, deadline=None)
@given(
    ENTRIES,
    st.sampled_from(sorted(ORDERS)),
    st.sampled_from(".,"),
    st.sampled_from(",;\t|"),
)
def test_a_csv_is_read_back(
    entries: list[tuple[date, int, str]], order: str, point: str, delimiter: str
) -> None:
    entries = [
        (date(2026, 1, 31), -100, "A"),
        (date(2026, 12, 13), -250, "B"),
        *entries,
    ]
    lines = ["Date,Description,Amount".replace(",", delimiter)]
    lines += [
        delimiter.join(
            (on.strftime(ORDERS[order]), f'"{named(text)}"', f'"{money(cents, point)}"')
        )
        for on, cents, text in entries
    ]

    read = read_content("a.csv", "\n".join(lines).encode(), {"spending": "negative"})

    assert read.entries["on"].to_list() == [on for on, _, _ in entries]
    assert read.entries["amount"].to_list() == [cents * 10 for _, cents, _ in entries]
    assert read.entries["text"].to_list() == [named(text) for _, _, text in entries]


@settings(max_examples=60, deadline=None)
@given(ENTRIES, st.booleans())
def test_ofx_is_read_back(entries: list[tuple[date, int, str]], closes: str) -> None:
    def tag(name: str, value: str) -> str:
        return f"<{name}>{value}" + (f"</{name}>" if closes else "\n")

    body = "".join(
        "<STMTTRN>" + tag("DTPOSTED", f"{on:%Y%m%d}")
        + tag("TRNAMT", f"{cents / 100:.2f}")
        + tag("NAME", named(text).replace("&", "&amp;")) + "</STMTTRN>"
        for on, cents, text in entries
    )  # fmt: skip

    read = read_content("a", f"OFXHEADER:100\n<OFX>{body}</OFX>".encode())

    assert read.entries["amount"].to_list() == [cents * 10 for _, cents, _ in entries]
    assert read.entries["on"].to_list() == [on for on, _, _ in entries]
    assert read.entries["text"].to_list() == [named(text) for _, _, text in entries]


@settings(max_examples=60, deadline=None)
@given(ENTRIES)
def test_qif_is_read_back(entries: list[tuple[date, int, str]]) -> None:
    entries = [(date(2026, 1, 31), -100, "A"), *entries]
    body = "".join(
        f"D{on.strftime('%m/%d/%Y')}\nT{money(cents, '.')}\nP{named(text)}\n^\n"
        for on, cents, text in entries
    )

    read = read_content("a", f"!Type:Bank\n{body}".encode())

    assert read.entries["amount"].to_list() == [cents * 10 for _, cents, _ in entries]
    assert read.entries["on"].to_list() == [on for on, _, _ in entries]


@settings(max_examples=60, deadline=None)
@given(ENTRIES)
def test_mt940_is_read_back_and_adds_up(entries: list[tuple[date, int, str]]) -> None:
    total = sum(cents for _, cents, _ in entries)
    body = "".join(
        f":61:{on.strftime('%y%m%d%m%d')}{'D' if cents < 0 else 'C'}"
        f"{abs(cents) // 100},{abs(cents) % 100:02}NMSC\n"
        f":86:105?00X?32{named(text)[:27]}\n"
        for on, cents, text in entries
    )
    mark, amount = (
        "D" if total < 0 else "C",
        f"{abs(total) // 100},{abs(total) % 100:02}",
    )

    read = read_content(
        "a",
        f":20:S\n:25:1\n:60F:C200101EUR0,\n{body}:62F:{mark}271231EUR{amount}\n-\n".encode(),
    )

    assert read.entries["amount"].to_list() == [cents * 10 for _, cents, _ in entries]
    assert read.entries["on"].to_list() == [on for on, _, _ in entries]
    assert read.checked


@settings(max_examples=60, deadline=None)
@given(ENTRIES, st.sampled_from(["02", "08"]))
def test_camt_is_read_back(entries: list[tuple[date, int, str]], version: str) -> None:
    head, rest = samples.camt("053", version).decode().split("<Bal>", 1)
    tail = rest[rest.index("</Stmt>") :]
    status = "<Sts>BOOK</Sts>" if version == "02" else "<Sts><Cd>BOOK</Cd></Sts>"
    body = "".join(
        f'<Ntry><Amt Ccy="EUR">{abs(cents) / 100:.2f}</Amt>'
        f"<CdtDbtInd>{'DBIT' if cents < 0 else 'CRDT'}</CdtDbtInd>{status}"
        f"<BookgDt><Dt>{on}</Dt></BookgDt>"
        f"<AddtlNtryInf>{named(text).replace('&', '&amp;')}</AddtlNtryInf></Ntry>"
        for on, cents, text in entries
    )

    read = read_content("a", (head + body + tail).encode())

    assert read.entries["amount"].to_list() == [cents * 10 for _, cents, _ in entries]
    assert read.entries["text"].to_list() == [named(text) for _, _, text in entries]


CSV = (
    "Datum;Text;Soll;Haben;Saldo\n" + "".join(
        f"{date(2026, 1, 1 + n):%d.%m.%Y};Kauf Größe {n};1.0{n},50;;{n},00\n"
        for n in range(9)
    )
).encode("cp1252")  # fmt: skip
WHOLE = {
    "csv": CSV,
    "ofx": samples.OFX_SGML,
    "ofx2": samples.OFX_XML,
    "qif": samples.QIF,
    "camt": samples.camt(),
    "mt940": samples.MT940,
    "mt942": samples.MT942,
    "json": samples.WISE,
}


def whole(name: str, folder: Path) -> bytes:
    """Return a whole file of a format; those of two formats are made by a library."""
    if name == "pdf":
        return a_pdf(folder / "a.pdf", PDF).read_bytes()
    if name == "xlsx":
        return a_workbook(folder, "A", ["Datum;Text;Betrag"]).read_bytes()
    return WHOLE[name]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return a file with bytes changed, cut out, doubled, or its end missing."""
    broken = bytearray(content)
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(broken) or 1)
        match chance.randrange(5):
            case 0:
                broken[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del broken[at : at + chance.randrange(1, 60)]
            case 2:
                broken[at:at] = broken[at : at + chance.randrange(1, 200)] * 3
            case 3:
                del broken[at:]
            case _:
                broken[at:at] = chance.choice(
                    (
                        b"\0",
                        b'"',
                        b"<",
                        b"\n",
                        b";;;;",
                        b"9" * 400,
                        b"\xff\xfe",
                        b"<a>" * 99,
                    )
                )
    return bytes(broken)


@pytest.mark.parametrize("name", [*sorted(WHOLE), "pdf", "xlsx"])
def test_a_damaged_file_is_read_or_refused_and_takes_no_time(
    name: str, tmp_path: Path
) -> None:
    chance, given = random.Random(name), whole(name, tmp_path)
    worst = 0.0
    messages: set[str] = set()

    for _ in range(300):
        content = damaged(given, chance)
        began = time.process_time()
        try:
            read = read_content("damaged", content)
        except BadInput as refused:
            messages.add(ENGLISH.say(refused.message))
        else:
            assert not read.entries["on"].null_count()
            assert not read.entries["amount"].null_count()
        worst = max(worst, time.process_time() - began)

    assert "" not in messages
    assert worst < 5, "a damaged file must not hang"


def test_random_bytes_are_refused() -> None:
    chance = random.Random(7)

    for size in (1, 10, 1000, 50_000):
        with pytest.raises(BadInput):
            read_content("x", bytes(chance.randrange(256) for _ in range(size)))


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"<OFX>" + b"<STMTTRN>" * 50_000,
        b"a,b,c\n" * 100_000,
        b'"' * 200_000,
        b":20:" + b":61:" * 50_000,
        b"!Type:Bank\n" + b"D" * 200_000,
    ],
)
def test_hostile_files_end_soon(content: bytes) -> None:
    began = time.process_time()

    with pytest.raises(BadInput):
        read_content("x", content)

    assert time.process_time() - began < 10
