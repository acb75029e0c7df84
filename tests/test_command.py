"""The command as a shell knows it: help, completion, colour, and a no that is no."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rescind import __version__
from rescind.cli.commands import COMMANDS
from tests.conftest import FACTS, SENDER
from tests.program import RESCIND

SOURCES = str(Path(__file__).parents[1] / "src")


def run(
    *words: str, stdin: str | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **more},
        timeout=120,
    )


def nearest(*words: str) -> list[str]:
    done = run(RESCIND, *words, "--json")
    assert done.returncode == 2
    suggestions: list[str] = json.loads(done.stdout)["error"]["suggestions"]
    return suggestions


def test_h_is_help_everywhere() -> None:
    assert run(RESCIND, "-h").stdout == run(RESCIND, "--help").stdout
    for words in (("check",), ("case", "send"), ("spending", "add")):
        done = run(RESCIND, *words, "-h")
        assert done.returncode == 0
        assert done.stdout.startswith(f"Usage: rescind {' '.join(words)}")


def test_the_package_runs_as_the_command_does() -> None:
    asked = run(sys.executable, "-m", "rescind", "--version")

    assert asked.stdout.strip() == f"rescind, version {__version__}"
    assert run(sys.executable, "-m", "rescind").stdout == run(RESCIND).stdout


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("chekc",), ["check"]),
        (("xyzzy",), []),
        (("case", "shwo"), ["show"]),
        (("case", "xyzzy"), []),
    ],
)
def test_an_unknown_command_suggests_three_at_most(
    words: tuple[str, ...], near: list[str]
) -> None:
    given = nearest(*words)

    assert given[: len(near)] == near
    assert len(given) <= 3
    assert bool(given) == bool(near)


@pytest.mark.parametrize(
    ("shell", "sign"), [("bash", ""), ("zsh", "#compdef"), ("fish", "")]
)
def test_each_shell_gets_its_completion(shell: str, sign: str) -> None:
    script = run(RESCIND, "completion", shell).stdout

    assert "_RESCIND_COMPLETE" in script
    assert sign in script
    if shutil.which(shell):
        checked = run(shell, "-n", stdin=script)
        assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("rescind ca", {"case", "catalogue"}),
        (
            "rescind case s",
            {"send", "show", "seal", "sync", "skip", "steps", "set-aside"},
        ),
        ("rescind check --cou", {"--country", "--course-starts-on"}),
        ("rescind find --as-", {"--as-of"}),
    ],
)
def test_what_is_typed_is_completed(typed: str, expected: set[str]) -> None:
    asked = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    done = run(RESCIND, _RESCIND_COMPLETE="bash_complete", **asked)

    assert {line.partition(",")[2] for line in done.stdout.splitlines()} == expected


def test_the_bash_script_completes_in_bash(tmp_path: Path) -> None:
    script = f"""
        PATH={Path(RESCIND).parent}:$PATH
        eval "$(rescind completion bash)"
        COMP_WORDS=(rescind dem) COMP_CWORD=1
        _rescind_completion rescind dem rescind
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = run("bash", "-c", script, RESCIND_HOME=str(tmp_path))

    assert done.stdout.split() == ["demo"]


def test_every_command_is_in_the_help() -> None:
    page = run(RESCIND).stdout

    assert all(f"\n  {name} " in page for name in COMMANDS)
    assert max(map(len, page.splitlines())) <= 80


def test_no_colour_is_no_colour() -> None:
    script = (
        "import sys; sys.stdout.isatty = lambda: True\n"
        "from rescind.cli.main import main; main(sys.argv[1:])"
    )
    words = (sys.executable, "-c", script, "catalogue", "show", "coursera")
    here = os.environ.get("PYTHONPATH", SOURCES)

    assert "\x1b[" in run(*words, NO_COLOR="", PYTHONPATH=here).stdout
    assert "\x1b[" not in run(*words, NO_COLOR="1", PYTHONPATH=here).stdout


@pytest.fixture
def case_and_home(tmp_path: Path) -> tuple[str, dict[str, str]]:
    home = {"RESCIND_HOME": str(tmp_path / "home")}
    (tmp_path / "facts.json").write_text(json.dumps(FACTS))
    (tmp_path / "sender.json").write_text(json.dumps(SENDER))
    facts, sender = (str(tmp_path / f"{name}.json") for name in ("facts", "sender"))
    given = ("--facts", facts, "--sender", sender)
    opened = run(RESCIND, "case", "new", *given, "--json", **home)
    return json.loads(opened.stdout)["id"], home


@pytest.mark.parametrize("answer", ["n\n", ""])
def test_a_no_says_what_was_not_done(
    case_and_home: tuple[str, dict[str, str]], answer: str
) -> None:
    case, home = case_and_home
    asked = {
        ("case", "send", case, "--by", "practice"): "nothing was sent",
        ("forget", case): "Nothing was erased",
        ("key", "rotate"): "No key was made",
    }
    for words, said in asked.items():
        done = run(RESCIND, *words, stdin=answer, **home)
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr

    shown = json.loads(run(RESCIND, "case", "show", case, "--json", **home).stdout)
    assert shown["state"] == "draft"


def test_every_statement_that_cannot_be_read_is_named_in_one_go(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("no statement at all\n")
    sample = Path(__file__).parent / "samples" / "statement.csv"
    (tmp_path / "good.csv").write_bytes(sample.read_bytes())
    home = {"RESCIND_HOME": str(tmp_path / "home")}

    found = run(RESCIND, "find", str(tmp_path), **home)
    added = run(RESCIND, "spending", "add", str(tmp_path), **home)

    for done in (found, added):
        assert done.returncode == 2
        assert "2 of 3 files cannot be read" in done.stderr
        assert str(tmp_path / "a.csv") in done.stderr or "a.csv:" in done.stderr
        assert "b.csv:" in done.stderr
    assert "good.csv" in added.stdout


def test_a_folder_of_statements_is_read_whole(tmp_path: Path) -> None:
    sample = Path(__file__).parent / "samples" / "statement.csv"
    (tmp_path / "good.csv").write_bytes(sample.read_bytes())
    (tmp_path / ".hidden").write_text("passed over")
    (tmp_path / "empty").mkdir()

    one = run(RESCIND, "find", str(sample), "--json").stdout.splitlines()
    folder = run(RESCIND, "find", str(tmp_path), "--json").stdout.splitlines()
    empty = run(RESCIND, "find", str(tmp_path / "empty"))

    merchants = [
        [json.loads(line)["merchant"] for line in lines] for lines in (one, folder)
    ]
    assert merchants[0] == merchants[1] != []
    assert empty.returncode == 2
    assert "a folder without a file" in empty.stderr


def test_a_catalogue_folder_of_ones_own_is_checked_whole(tmp_path: Path) -> None:
    wrong = {
        "catalogue/x/x.yaml": "service: [",
        "catalogue/y/y.yaml": "service: y",
        "catalogue/z.yaml": "service: z",
        "law/de/ending.yml": "id: x",
    }
    for name, text in wrong.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "README.md").write_text("not a file of facts")

    done = run(RESCIND, "catalogue", "validate", str(tmp_path), "--json")
    findings = json.loads(done.stdout)["findings"]

    assert done.returncode == 1
    assert {each["path"] for each in findings} == set(wrong)
    misplaced = [each for each in findings if "nothing reads" in each["message"]]
    assert [each["path"] for each in misplaced] == [
        "catalogue/z.yaml",
        "law/de/ending.yml",
    ]
    assert "catalogue/?/*.yaml" in misplaced[0]["suggestion"]


def refused(*words: str, stdin: str | None = None, **more: str) -> str:
    done = run(RESCIND, *words, stdin=stdin, **more)
    assert done.returncode == 2, done.stdout
    return done.stderr


GYM = (
    *("other", "--merchant", "Gym One", "--contract-kind", "gym", "--country", "DE"),
    *("--channel", "web", "--purchased-at", "2026-10-01"),
)


def test_a_refusal_names_what_was_typed(tmp_path: Path) -> None:
    me = tmp_path / "me.json"
    me.write_text(json.dumps(SENDER), encoding="utf-8")
    letter = ("letter", *GYM, "--text", "--sender", str(me))
    nameless = json.dumps({**SENDER, "name": 5})

    assert refused(*letter, "--lang", "xx").startswith("--lang: ")
    wrong = refused(*letter, "--detail", "relation=heir")
    assert wrong.startswith("--detail: 'relation'")
    sender = ("letter", *GYM, "--text", "--sender", "-")
    assert refused(*sender, stdin=nameless).startswith("name: text is needed")


def test_a_refusal_of_a_case_names_what_was_typed(tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    flags = ("case", "new", *GYM, "--sender", "-", "--json")
    opened = run(RESCIND, *flags, stdin=json.dumps(SENDER), RESCIND_HOME=home)
    case = json.loads(opened.stdout)["id"]
    call = ("case", "called", case, "--with", "Bob", "--said", "x" * 5000)

    assert refused(*call, RESCIND_HOME=home).startswith("--said: ")
    kept = ("case", "keep", case, "/dev/null")
    assert refused(*kept, RESCIND_HOME=home).startswith("FILE: ")
