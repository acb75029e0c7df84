"""What runs it elsewhere: units, the container file and the compose file."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import needs, not_possible

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = ("rescind.service", "rescind-worker.service")
MOST_EXPOSED = 2.0
"""By the count of ``systemd-analyze security``, from 0 (nothing) to 10."""


def instructions(text: str) -> list[tuple[str, str]]:
    """Return the instructions of a container file, each with what follows it."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    parts = [line.partition(" ") for line in joined.splitlines() if line.strip()]
    return [(name, " ".join(rest.split())) for name, _, rest in parts]


@pytest.fixture
def container() -> list[tuple[str, str]]:
    return instructions((DEPLOY / "Containerfile").read_text("utf-8"))


@pytest.fixture
def compose() -> dict[str, Any]:
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_is_right_and_confined(name: str, tmp_path: Path) -> None:
    needs("systemd-analyze")
    unit = tmp_path / name
    here = str(Path(sys.executable).with_name("rescind"))
    text = (DEPLOY / "systemd" / name).read_text("utf-8")
    unit.write_text(text.replace("/opt/rescind/bin/rescind", here))

    def analyze(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["systemd-analyze", *words, str(unit)],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"SYSTEMD_COLORS": "0"},
        )

    verified = analyze("verify", "--man=no")
    assert (verified.returncode, verified.stderr) == (0, "")
    limit = f"--threshold={MOST_EXPOSED * 10:.0f}"
    judged = analyze("security", "--offline=yes", limit)
    assert judged.returncode == 0, judged.stdout


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_starts_a_command_that_there_is(name: str) -> None:
    text = (DEPLOY / "systemd" / name).read_text("utf-8")
    started = re.search(
        r"^ExecStart=/opt/rescind/bin/rescind (.*)$", text, re.MULTILINE
    )
    assert started is not None

    assert_accepted(started[1].split())


SEALED = """
import ctypes, os, sys
PR_SET_MDWE, REFUSE_EXEC_GAIN = 65, 1
if ctypes.CDLL(None).prctl(PR_SET_MDWE, REFUSE_EXEC_GAIN, 0, 0, 0):
    sys.exit(77)
os.execv(sys.executable, [sys.executable, "-m", "rescind", *sys.argv[1:]])
"""
"""What MemoryDenyWriteExecute asks of the kernel (prctl(2), Linux 6.3)."""


@pytest.mark.parametrize("name", UNITS)
def test_what_a_unit_sets_lets_statements_be_read(name: str, tmp_path: Path) -> None:
    text = (DEPLOY / "systemd" / name).read_text("utf-8")
    settings = re.findall(r"^Environment=(.*)$", text, re.MULTILINE)
    pairs = dict(pair.split("=", 1) for line in settings for pair in line.split())
    assert "MemoryDenyWriteExecute=yes" in text
    pairs |= {"RESCIND_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    statement = ROOT / "tests" / "samples" / "statement.csv"

    done = subprocess.run(
        [sys.executable, "-c", SEALED, "find", str(statement)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | pairs,
    )

    if done.returncode == 77:
        not_possible("Linux 6.3, which refuses memory that is written and then run")
    assert done.returncode == 0, done.stderr


def assert_accepted(words: list[str]) -> None:
    """Check that a command and its options are known, without running it."""
    done = subprocess.run(
        [sys.executable, "-m", "rescind", *words, "-h"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_container_is_no_root_s_and_says_how_it_is(
    container: list[tuple[str, str]],
) -> None:
    final = container[
        max(i for i, (name, _) in enumerate(container) if name == "FROM") :
    ]
    names = [name for name, _ in final]
    user = dict(final)["USER"]

    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    assert "/health" in dict(final)["HEALTHCHECK"]
    assert [rest for name, rest in final if name == "VOLUME"] == ["/data"]
    assert names.index("USER") < names.index("ENTRYPOINT")
    assert "RESCIND_HOME=/data" in dict(final)["ENV"]


def test_the_container_takes_what_is_locked_and_in_the_tree(
    container: list[tuple[str, str]],
) -> None:
    for name, rest in container:
        if name == "FROM":
            assert re.search(r":\d+\.\d+-", rest), rest
        if name == "COPY" and not rest.startswith("--from"):
            for source in rest.split()[:-1]:
                assert (ROOT / source).exists(), source
        assert name != "ADD"
        assert "http" not in rest.replace("http://127.0.0.1", "")
    steps = " ".join(rest for name, rest in container if name == "RUN")
    assert "--require-hashes -r requirements.lock" in steps
    assert "pip check" in steps


def test_what_the_container_takes_is_not_left_out_of_its_context(
    container: list[tuple[str, str]],
) -> None:
    ignored = (DEPLOY / "Containerfile.dockerignore").read_text("utf-8").split()
    taken = [
        source
        for name, rest in container
        if name == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    ]

    assert ignored[0] == "*"
    assert {f"!{source}" for source in taken} <= set(ignored)


def test_the_container_s_command_and_health_check_work(
    container: list[tuple[str, str]],
) -> None:
    commands = dict(container)
    program = json.loads(commands["ENTRYPOINT"])
    assert program == ["rescind"]

    assert_accepted(json.loads(commands["CMD"]))
    _, _, check = commands["HEALTHCHECK"].partition("CMD ")
    words = json.loads(check)
    assert words[:2] == ["python", "-c"]
    compile(words[2], "the health check", "exec")


def test_compose_publishes_to_loopback_alone(compose: dict[str, Any]) -> None:
    ports = {
        name: port
        for name, service in compose["services"].items()
        for port in service.get("ports", [])
    }

    assert set(ports) == {"rescind", "web"}
    assert all(port.startswith("127.0.0.1:") for port in ports.values())


def test_compose_confines_each_part(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert "no-new-privileges:true" in service["security_opt"], name
        if name != "database":
            assert service["user"] == "10001:10001"
            assert service["cap_drop"] == ["ALL"]
            assert service["volumes"] == ["data:/data"]


def test_compose_is_sqlite_unless_postgres_is_asked_for(
    compose: dict[str, Any],
) -> None:
    services = compose["services"]
    unasked = [name for name, each in services.items() if not each.get("profiles")]

    assert unasked == ["rescind"]
    assert "RESCIND_DATABASE_URL" not in services["rescind"].get("environment", {})
    for name in ("web", "worker"):
        url = services[name]["environment"]["RESCIND_DATABASE_URL"]
        assert url.partition("@")[2] == "database:5432/rescind"
    assert "--no-worker" in services["web"]["command"]
    assert compose["networks"]["database"] == {"internal": True}
    for name in ("web", "worker"):
        assert_accepted(services[name]["command"])
