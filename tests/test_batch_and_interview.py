"""Many purchases in one run, and one purchase asked for at a real terminal."""

import json
import os
import pty
import re
import select
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests import program
from tests.program import RESCIND

GOOD = {
    "service": "coursera",
    "offer": "plus-annual",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2026-09-09",
    "as_of": "2026-09-12",
}


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    return program.run("check", *words)


def write(path: Path, lines: list[Any]) -> str:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return str(path)


def test_every_line_gets_its_answer_in_order(tmp_path: Path) -> None:
    offers = ["plus-annual", "course", "plus-monthly"] * 300
    name = write(tmp_path / "p.jsonl", [GOOD | {"offer": offer} for offer in offers])

    done = run("--facts", name, "--json", "--jobs", "2")

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["offer"] for answer in answers] == offers
    assert [answer["line"] for answer in answers] == list(range(1, 901))
    assert "900 purchases" in done.stderr


def test_a_line_says_the_same_as_the_purchase_alone(tmp_path: Path) -> None:
    name = write(tmp_path / "p.jsonl", [GOOD])
    alone = write(tmp_path / "p.json", [GOOD])

    many = json.loads(run("--facts", name, "--json").stdout)
    one = json.loads(run("--facts", alone, "--json").stdout)

    assert many.pop("line") == 1
    assert many == one


def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines = [GOOD, "{broken", "", GOOD | {"purchased_at": "2026-13-01"}, "[]", GOOD]
    name = write(tmp_path / "p.ndjson", lines)

    done = run("--facts", name, "--json")

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [answer["line"] for answer in answers] == [1, 2, 4, 5, 6]
    assert answers[1]["error"]["field"] == "line 2"
    assert answers[2]["error"]["field"] == "purchased_at"
    assert answers[2]["error"]["suggestions"]
    assert "error" not in answers[4]
    assert "3 could not be used" in done.stderr


def test_a_missing_fact_in_one_line_is_code_3(tmp_path: Path) -> None:
    name = write(tmp_path / "p.jsonl", [GOOD, GOOD | {"country": None}])

    done = run("--facts", name, "--json", "--brief")

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 3
    assert answers[1]["asks"] == ["country"]
    assert "because" not in answers[0]["topics"]["refund"]
    assert answers[0]["topics"]["refund"]["answer"] == "yes"


def test_flags_are_laid_over_every_line(tmp_path: Path) -> None:
    name = write(tmp_path / "p.jsonl", [GOOD, GOOD])

    done = run("--facts", name, "--json", "--as-of", "2026-12-01", "--country", "US")

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert {answer["as_of"] for answer in answers} == {"2026-12-01"}


def test_a_line_that_is_too_long_or_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    long = b'{"service": "' + b"x" * 2_500_000 + b'"}\n'
    path.write_bytes(long + b"\xff\xfe\n" + json.dumps(GOOD).encode())

    done = run("--facts", str(path), "--json")

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [("error" in answer, answer["line"]) for answer in answers] == [
        (True, 1),
        (True, 2),
        (False, 3),
    ]


def test_an_empty_file_and_a_missing_one(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")

    assert run("--facts", str(tmp_path / "empty.jsonl"), "--json").returncode == 0
    missing = run("--facts", str(tmp_path / "none.jsonl"), "--json")
    assert missing.returncode == 2
    assert json.loads(missing.stdout)["error"]["field"] == "facts"


class Terminal:
    """A real terminal with somebody who reads and types."""

    def __init__(self, *words: str) -> None:
        self._master, slave = pty.openpty()
        self._process = subprocess.Popen(
            [RESCIND, "check", *words],
            stdin=slave, stdout=slave, stderr=slave, close_fds=True,
            env=os.environ | {"TERM": "dumb", "COLUMNS": "100"},
        )  # fmt: skip
        os.close(slave)
        self.seen = ""

    def wait_for(self, pattern: str) -> None:
        end = time.monotonic() + 60
        while not re.search(pattern, self.seen):
            assert time.monotonic() < end, self.seen
            assert self._read(), self.seen

    def type(self, answer: str) -> None:
        self.seen = ""
        os.write(self._master, answer.encode() + b"\n")

    def know_nothing(self) -> None:
        """Leave every question unanswered, to the end."""
        while True:
            self.wait_for(r"\?: |Information, not")
            if "Information, not" in self.seen:
                break
            self.type("")
        self.finish()

    def finish(self) -> int:
        while self._read():
            pass
        os.close(self._master)
        return self._process.wait(60)

    def _read(self) -> bool:
        if not select.select([self._master], [], [], 60)[0]:
            return False
        try:
            piece = os.read(self._master, 65536).decode(errors="replace")
            piece = re.sub(r"\x1b\[[0-9;]*m", "", piece)
        except OSError:
            return False
        self.seen += piece
        return True


def test_a_terminal_is_asked_until_nothing_would_change() -> None:
    terminal = Terminal("--as-of", "2026-09-12")
    terminal.wait_for("Which service")
    terminal.type("coursera")
    asked = 0
    replies = {
        "Who charges you": "1",
        "What did you buy": "plus-annual",
        "When did you buy": "2026-09-09",
        "Where do you live": "DE",
    }
    while asked < 6:
        terminal.wait_for(r"\?: |Information, not")
        if "Information, not" in terminal.seen:
            break
        answer = next((a for text, a in replies.items() if text in terminal.seen), "")
        terminal.type(answer)
        asked += 1

    code = terminal.finish()

    assert asked == 4
    assert code == 0
    assert (
        "Ask Coursera for your money back by 22 September, then cancel" in terminal.seen
    )


def test_a_wrong_answer_is_asked_again_and_an_empty_one_is_not() -> None:
    terminal = Terminal(
        "coursera", "--offer", "plus-annual", "--channel", "web",
        "--as-of", "2026-09-12", "--country", "US",
    )  # fmt: skip
    terminal.wait_for("When did you buy it")
    terminal.type("8-9-2026")
    terminal.wait_for("nearest: 8 September 2026, 9 August 2026")
    terminal.wait_for("When did you buy it")
    terminal.type("")
    terminal.wait_for("When is the next charge due|Information")
    if "When is the next charge due" in terminal.seen:
        terminal.type("")

    code = terminal.finish()

    assert code == 3
    assert "To be sure, tell --purchased-at" in terminal.seen


@pytest.mark.parametrize("word", ["--no-input", "--json"])
def test_nothing_is_asked_where_nobody_wants_it(word: str) -> None:
    terminal = Terminal("coursera", word, "--as-of", "2026-09-12")

    assert terminal.finish() == 3
    assert "?: " not in terminal.seen


def test_a_merchant_is_asked_for_where_none_is_on_file() -> None:
    terminal = Terminal("other", "--as-of", "2026-09-12", "--country", "US")
    terminal.wait_for("Who takes the money")
    terminal.type("My Gym")
    terminal.wait_for("What kind is")
    terminal.type("not sure")
    terminal.know_nothing()

    assert "My Gym" in terminal.seen


def test_a_misspelt_service_is_asked_about_at_a_terminal() -> None:
    terminal = Terminal("cousera", "--channel", "web", "--as-of", "2026-09-12")
    terminal.wait_for("Did you mean coursera")
    terminal.type("y")
    terminal.wait_for("What did you buy")
    terminal.know_nothing()

    assert "Coursera" in terminal.seen


def test_a_service_that_only_sounds_alike_is_another() -> None:
    terminal = Terminal("course era", "--as-of", "2026-09-12", "--country", "US")
    terminal.wait_for("Did you mean coursera")
    terminal.type("n")
    terminal.know_nothing()

    assert "course era" in terminal.seen


def test_a_no_to_a_day_is_no_day() -> None:
    terminal = Terminal(
        *("My Gym", "--as-of", "2026-09-12", "--country", "DE", "--kind", "gym"),
        *("--purchased-at", "1 March 2026"),
    )
    terminal.wait_for("Have you cancelled it already")
    terminal.type("no")
    terminal.wait_for(r"\?: ")
    assert "no day" not in terminal.seen
    terminal.know_nothing()

    assert "My Gym" in terminal.seen


def test_a_part_of_a_name_will_do_and_what_is_no_option_is_said_in_words() -> None:
    terminal = Terminal("coursera", "--as-of", "2026-09-12", "--channel", "web")
    terminal.wait_for("What did you buy")
    terminal.type("netflix")
    terminal.wait_for("is none of these")
    assert "plus-annual" not in terminal.seen
    terminal.wait_for(r"\?: ")
    terminal.type("lite")
    terminal.wait_for("Where do you live|When did you buy")
    assert "lite-monthly" not in terminal.seen
    terminal.know_nothing()


def test_a_day_is_read_as_the_country_writes_it_and_said() -> None:
    terminal = Terminal(
        "coursera", "--offer", "plus-annual", "--channel", "web",
        "--as-of", "2026-09-12", "--country", "US",
    )  # fmt: skip
    terminal.wait_for("When did you buy it")
    terminal.type("8/9/2026")
    terminal.wait_for("That is August 9, 2026")
    terminal.know_nothing()


def test_a_telling_later_than_the_order_has_its_day() -> None:
    terminal = Terminal(
        *("FlyeFit", "--as-of", "2026-11-29", "--country", "IE", "--kind", "gym"),
        *("--purchased-at", "20 October 2026", "--sold-by", "online"),
        *("--term", "P12M", "--notice", "P1M", "--renewal-term", "open"),
        *("--period", "P1M", "--paid-at", "20 November 2026", "--price", "45 EUR"),
    )
    for _ in range(9):
        terminal.wait_for(r"\?: ")
        if "Were you told about" in terminal.seen:
            break
        terminal.type("")
    assert "Yes, but later" in terminal.seen
    terminal.type("later")
    terminal.wait_for("When were you told")
    terminal.type("20 November 2026")
    terminal.know_nothing()

    assert "Withdraw from the contract" in terminal.seen
    assert "3 December" in terminal.seen


def test_a_plain_yes_to_the_telling_is_a_yes() -> None:
    terminal = Terminal(
        *("FlyeFit", "--as-of", "2026-11-29", "--country", "IE", "--kind", "gym"),
        *("--purchased-at", "20 October 2026", "--sold-by", "online"),
        *("--term", "P12M", "--notice", "P1M", "--renewal-term", "open"),
        *("--period", "P1M", "--paid-at", "20 November 2026", "--price", "45 EUR"),
    )
    for _ in range(9):
        terminal.wait_for(r"\?: ")
        if "Were you told about" in terminal.seen:
            break
        terminal.type("")
    terminal.type("yes")
    terminal.wait_for(r"\?: |Information, not")
    assert "no_option" not in terminal.seen
    terminal.know_nothing()

    assert "rests on your having been told" in terminal.seen
