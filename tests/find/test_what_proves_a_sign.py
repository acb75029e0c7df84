"""Which column is the amount, and which entries are money out, proved by the file."""

from rescind.adapters.statements.reader import read_content
from rescind.core.model.statement import Statement


def amounts(read: Statement) -> list[float]:
    return [each / 1000 for each in read.entries["amount"].to_list()]


def chained(steps: list[float], *, newest_first: bool = False, cut: str = "") -> bytes:
    rows, balance = [], 800.0
    for day, step in enumerate(steps, 2):
        after = round(balance + step, 2)
        cells = (
            f"55501,EUR,202604{day:02},{balance:.2f},{after:.2f},{step:.2f},Shop {day}"
        )
        rows.append(cells.replace("-", "") if cut else cells)
        balance = after
    return "\n".join(rows[::-1] if newest_first else rows).encode()


def test_the_balances_before_and_after_prove_the_amount_between_them() -> None:
    for steps in ([-30.0, 900.0], [-30.0, 900.0, -8.5], [900.0, -30.0]):
        read = read_content("a.csv", chained(steps))

        assert amounts(read) == steps
        assert not read.asks


def test_balances_before_and_after_prove_it_newest_first() -> None:
    steps = [-30.0, 900.0, -8.5]

    read = read_content("a.csv", chained(steps, newest_first=True))

    assert amounts(read) == steps[::-1]


def test_balances_before_and_after_sign_amounts_without_a_sign() -> None:
    steps = [-30.0, 900.0, -8.5, -12.25]

    read = read_content("a.csv", chained(steps, cut="sign"))

    assert amounts(read)[1:] == steps[1:]


def test_an_amount_with_its_sign_tells_which_balance_comes_first() -> None:
    steps = [-30.0, 900.0, -8.5]
    rows = [line.split(",") for line in chained(steps).decode().splitlines()]
    swapped = [[*r[:3], r[4], r[3], *r[5:]] for r in rows]

    read = read_content("a.csv", "\n".join(map(",".join, swapped)).encode())

    assert amounts(read) == steps


def test_net_and_tax_are_no_balances_of_the_gross() -> None:
    text = "2026-04-02,Lumen,10.00,12.00,2.00\n2026-04-03,Lumen,20.00,24.00,4.00\n"

    read = read_content("a.csv", text.encode())

    assert [abs(each) for each in amounts(read)] == [10.0, 20.0]


def card(*rows: tuple[str, float]) -> Statement:
    lines = [
        f"2026-04-{n:02},{text},{sum_:.2f}" for n, (text, sum_) in enumerate(rows, 1)
    ]
    return read_content("c.csv", "\n".join(["date,title,amount", *lines]).encode())


def test_money_given_back_below_zero_tells_a_card() -> None:
    for words in ("Pagamento recebido", "Estorno de Lumen", "Refund", "Rückerstattung"):
        read = card(("Lumen", 20.0), (words, -20.0), (words, -60.0))

        assert amounts(read) == [-20.0, 20.0, 60.0]
        assert not read.asks


def test_money_given_back_above_zero_tells_no_card() -> None:
    read = card(("Lumen", -20.0), ("Refund", 20.0), ("Refund", -3.0))

    assert amounts(read) == [-20.0, 20.0, -3.0]


def test_payments_alone_below_zero_are_asked_about() -> None:
    read = card(("Lumen", 18.0), ("Payment", -50.0))

    assert amounts(read) == [-18.0, 50.0]
    assert [each.field for each in read.asks] == ["spending"]


def ofx(*rows: tuple[str, str], spending: str = "") -> Statement:
    entries = "".join(
        f"<STMTTRN><TRNTYPE>{kind}<DTPOSTED>20260402<TRNAMT>{sum_}<NAME>Lumen</STMTTRN>"
        for kind, sum_ in rows
    )
    text = f"OFXHEADER:100\n\n<OFX><BANKTRANLIST>{entries}</BANKTRANLIST></OFX>"
    given = {"spending": spending} if spending else {}
    return read_content("a.ofx", text.encode(), given)


def test_types_against_all_signs_are_asked_about() -> None:
    rows = (("DEBIT", "20.00"), ("CREDIT", "-60.00"), ("OTHER", "1.00"))

    read = ofx(*rows)

    assert amounts(read) == [-20.0, 60.0, -1.0]
    assert [each.field for each in read.asks] == ["spending"]
    assert amounts(ofx(*rows, spending="negative")) == [20.0, -60.0, 1.0]
    assert not ofx(*rows, spending="positive").asks


def test_one_type_with_another_sign_turns_nothing() -> None:
    for rows in (
        (("DEBIT", "-20.00"), ("CREDIT", "60.00")),
        (("DEBIT", "20.00"), ("DEBIT", "-20.00"), ("CREDIT", "-60.00")),
    ):
        assert not ofx(*rows).asks
        assert amounts(ofx(*rows))[0] == float(rows[0][1])


def test_signs_that_types_bear_out_are_turned_by_nobody() -> None:
    read = ofx(("DEBIT", "-20.00"), ("CREDIT", "60.00"), spending="positive")

    assert amounts(read) == [-20.0, 60.0]
