"""README and the tour run as they are written; every command in the docs is one."""

import os
import re
import shlex
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest

from rescind.adapters.data.lint import validate_folder
from rescind.cli.main import cli as program
from tests.conftest import needs
from tests.mail import servers
from tests.proof import authority

ROOT = Path(__file__).parents[1]
README, TOUR = ROOT / "README.md", ROOT / "docs" / "tour.md"
PAGES = [
    *(ROOT / f"{name}.md" for name in ("README", "ARCHITECTURE", "CONTRIBUTING")),
    *(ROOT / f"{name}.md" for name in ("SECURITY", "CHANGELOG")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
FENCE = re.compile(r"^( *)```(.*)\n((?:.*\n)*?)\1```$", re.MULTILINE)
LEFT_OUT = "…"
LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class Block:
    """A block of commands, and the output that the page shows below it."""

    commands: Sequence[str]
    output: str | None


@dataclass(kw_only=True)
class Place:
    """An empty folder, an empty home, and what this reader puts in for their own."""

    folder: Path
    yours: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, blocks: Sequence[Block]) -> None:
        """Run all commands in one shell; fail at the first that is not as written."""
        numbered = list(enumerate(c for block in blocks for c in block.commands))
        records = self.folder.parent / "records"
        records.mkdir()
        script = "set -o pipefail\n" + "".join(
            f"{{\n{command}\n}} > {records}/{number}.out 2> {records}/{number}.err"
            f" < /dev/null\necho $? > {records}/{number}.code\n"
            for number, command in numbered
        )
        here = str(Path(sys.executable).parent)
        home = self.folder.parent / "home"
        home.mkdir()
        kept = {n: v for n, v in os.environ.items() if not n.startswith("RESCIND_")}
        path = os.pathsep.join([here, os.environ["PATH"]])
        kept |= {"PATH": path, "HOME": str(home), **self.environment}
        kept.pop("XDG_DATA_HOME", None)
        shell = ["bash", "-c", script]
        subprocess.run(shell, cwd=self.folder, env=kept, check=True, timeout=LONGEST)

        at = 0
        for block in blocks:
            output = ""
            for command in block.commands:
                code = int((records / f"{at}.code").read_text())
                error = (records / f"{at}.err").read_text()
                output += (records / f"{at}.out").read_text()
                assert code == exit_code(command), f"{command}\n{output}\n{error}"
                at += 1
            if block.output is not None:
                assert as_shown(block.output, output), f"{block.output}\n---\n{output}"


def fences(page: Path) -> Iterator[tuple[str, str]]:
    """Return the kind and the text of each block of a page."""
    for indent, kind, text in FENCE.findall(page.read_text(encoding="utf-8")):
        yield kind, textwrap.dedent(text) if indent else text


def commands(text: str) -> Iterator[str]:
    """Return each command of a block, with the lines that belong to it."""
    lines = iter(text.splitlines())
    for line in lines:
        command = line
        while command.endswith("\\"):
            command += "\n" + next(lines)
        if here := re.search(r"<<'(\w+)'", line):
            while not command.endswith("\n" + here[1]):
                command += "\n" + next(lines)
        if command.strip():
            yield command


def exit_code(command: str) -> int:
    """Return the exit code that the line says; 0 where it says nothing."""
    said = re.search(r"# exits with (\d)", command)
    return int(said[1]) if said else 0


def as_shown(shown: str, output: str) -> bool:
    """Return whether output is as shown; what is left out may be anything."""
    parts = map(re.escape, shown.strip().split(LEFT_OUT))
    return re.fullmatch(".*".join(parts), output.strip(), re.DOTALL) is not None


def shell_blocks(page: Path, yours: Mapping[str, str]) -> list[Block]:
    """Return a page's blocks to run, with the reader's own values put in."""
    blocks = []
    every = list(fences(page))
    for (kind, text), (following, output) in zip(
        every, [*every[1:], ("", "")], strict=True
    ):
        lines = list(commands(text))
        if kind == "sh yours":
            names = [
                re.split("[ =]", line.removeprefix("export "))[0] for line in lines
            ]
            assert set(names) == set(yours)
            lines = [f"export {name}={shlex.quote(yours[name])}" for name in names]
        elif kind != "sh":
            continue
        shown = output if following == "text" else None
        blocks.append(Block(commands=lines, output=shown))
    return blocks


def test_the_readme_runs_as_written(tmp_path: Path) -> None:
    place = Place(folder=tmp_path / "clone")
    place.folder.mkdir()
    (place.folder / "tests").symlink_to(ROOT / "tests")

    blocks = shell_blocks(README, {})
    place.run(blocks)

    assert len(blocks) > 5


@pytest.fixture
def mail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.MailServer]:
    needs("postfix", "dovecot", "openssl", "/usr/lib/postfix/sbin/smtpd")
    with servers.running(tmp_path_factory.mktemp("mail")) as running:
        yield running


def test_the_tour_runs_as_written(tmp_path: Path, mail: servers.MailServer) -> None:
    root = authority.make(tmp_path)
    folder = tmp_path / "empty"
    folder.mkdir()
    with authority.running(tmp_path) as stamps:
        yours = {
            "RESCIND_SMTP_PASSWORD": servers.PASSWORD,
            "MAIL_HOST": servers.HOST,
            "MAIL_PORT": str(mail.port),
            "MAIL_USER": servers.USER,
            "MAILDIR": str(mail.maildir.parent / "ada"),
            "DESK": "desk@merchant.example.org",
            "LATER": "2099-03-01",
            "AUTHORITY": stamps.url,
        }
        place = Place(
            folder=folder, yours=yours, environment={"SSL_CERT_FILE": str(mail.ca_file)}
        )
        # an authority that is not on file needs its root, and only the tests' is not
        trusted = f'rescind proof set --root "{root}"'
        blocks = shell_blocks(TOUR, yours)
        blocks.insert(1, Block(commands=[trusted], output=None))

        place.run(blocks)

    assert len(blocks) > 20
    assert mail.wait_for_mail()


@pytest.mark.parametrize(
    ("command", "output"),
    [
        ("rescind check nothing", None),
        ("rescind list", None),
        ("rescind law list --land FR", None),
        ("rescind --version   # exits with 3", None),
        ("rescind --version", "another version"),
    ],
)
def test_a_line_that_is_not_as_written_is_noticed(
    command: str, output: str | None, tmp_path: Path
) -> None:
    place = Place(folder=tmp_path / "empty")
    place.folder.mkdir()

    with pytest.raises(AssertionError):
        place.run([Block(commands=[command], output=output)])


def words_after(name: str, page: Path) -> Iterator[str]:
    """Return every command of this name that a page shows, in lines or in blocks."""
    text = page.read_text(encoding="utf-8")
    yield from re.findall(rf"(?<!`)`{name} ([^`\n]+)`", text)
    for kind, block in fences(page):
        if kind.startswith("sh"):
            for line in commands(block):
                found = re.match(rf"{name} (.+)", line, re.DOTALL)
                if found:
                    yield found[1].replace("\\\n", "")


def parse(command: click.Command, words: Sequence[str]) -> None:
    """Refuse what the parser would; a word that is left out is no fault."""
    context = click.Context(command)
    _, rest, _ = command.make_parser(context).parse_args(list(words))
    if isinstance(command, click.Group) and rest:
        inner = command.get_command(context, rest[0])
        assert inner is not None, rest[0]
        parse(inner, rest[1:])
        return
    assert not rest, rest


ALL_LINES = [(page, w) for page in PAGES for w in words_after("rescind", page)]


@pytest.mark.parametrize(
    ("page", "words"), ALL_LINES, ids=[f"{p.name}: {w}" for p, w in ALL_LINES]
)
def test_every_command_in_the_docs_is_one(page: Path, words: str) -> None:
    del page
    given = [word for word in shlex.split(words, comments=True) if word != LEFT_OUT]

    parse(program, given)


def test_every_make_target_and_extra_in_the_docs_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    targets = {w.split()[0] for page in PAGES for w in words_after("make", page)}
    extras = {
        extra
        for page in PAGES
        for extra in re.findall(r"rescind\[(\w+)\]", page.read_text(encoding="utf-8"))
    }

    assert {"run", "test", "install"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    assert extras <= set(project["project"]["optional-dependencies"])


def test_every_link_in_the_docs_leads_to_a_file() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_the_examples_for_contributors_are_sound(tmp_path: Path) -> None:
    examples = [
        (kind.split()[1], text)
        for kind, text in fences(ROOT / "CONTRIBUTING.md")
        if kind.startswith("yaml ")
    ]

    for name, text in examples:
        target = tmp_path / name
        target.parent.mkdir(parents=True)
        target.write_text(text)
    report = validate_folder(tmp_path)

    assert examples
    assert report.files >= len(examples)
    assert not report.findings
