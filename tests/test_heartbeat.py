"""What takes long says that it goes on, and ends as it would without saying so."""

import subprocess
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / "tools"


def beating(command: str, now: Path) -> subprocess.CompletedProcess[str]:
    script = f"""
        set -euo pipefail
        sleep() {{ command sleep 0.1; }}   # a beat of five seconds, made short
        . {TOOLS}/heartbeat.sh
        heartbeat "Counting" "a second" bash -c '{command}'
        echo the end
    """
    return subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "RESCIND_NOW": str(now)},
    )


@pytest.mark.parametrize("is_there", [True, False])
def test_it_says_what_runs_and_goes_on(tmp_path: Path, *, is_there: bool) -> None:
    now = tmp_path / "now"
    if is_there:
        now.write_text("the third of five\n")

    done = beating("sleep 1", now)

    assert done.returncode == 0
    lines = [line for line in done.stdout.splitlines() if line]
    assert lines[0] == "Counting … (usually a second)"
    said = "the third of five" if is_there else "Counting …"
    assert lines[1].split(maxsplit=1)[1] == said
    assert len(lines) > 4
    assert lines[-1] == "the end"


def test_what_fails_fails(tmp_path: Path) -> None:
    done = beating("sleep 0.5; exit 3", tmp_path / "now")

    assert done.returncode == 3
    assert "the end" not in done.stdout
