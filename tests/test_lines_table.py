"""Rows in columns on a terminal of 80 columns."""

from rescind.cli.lines import WIDTH, table


def test_what_is_long_goes_on_below_itself() -> None:
    name = "The Very Long Named Fitness And Health Club Of Bad Homburg"
    rows = [("9612353a", "draft", "29 November 2026", name), ("9dcd", "sent", "1", "X")]

    lines = table(("Case", "State", "Opened", "What"), rows)

    assert lines[0] == "Case      State  Opened            What"
    assert lines[1].startswith("9612353a  draft  29 November 2026  The Very Long")
    assert lines[2].startswith(" " * 35 + "Of Bad")
    assert lines[3] == "9dcd      sent   1                 X"
    assert all(len(line) <= WIDTH for line in lines)


def test_heads_are_left_out_of_a_pipe_and_nothing_is_no_line() -> None:
    assert table(None, [("a", "b")]) == ["a  b"]
    assert table(None, []) == []
