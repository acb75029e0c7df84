"""Change periods, know and act in thousands of ways; say what the tests notice.

`make mutants` tries all of them, for an hour or more. `tools/mutants.py SHARE` draws
a share of them at random, with a fixed seed: 0.25 for a quarter.
"""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

MUTMUT = str(Path(sys.executable).with_name("mutmut"))
FOLDER = Path("mutants/src/rescind/core")
NOT_NOTICED = (0, 33)
"""What mutmut writes down where all tests passed, and where no test runs the line."""
SEED = 3


def main() -> None:
    """Run, and print the figure with what survived by file."""
    os.environ["RESCIND_MUTANTS"] = "1"
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    chosen: list[str] = []
    if share < 1:
        subprocess.run([MUTMUT, "run", "no_such_mutant"], check=False)
        names = sorted(outcomes())
        random.Random(SEED).shuffle(names)
        chosen = sorted(names[: round(len(names) * share)])
    subprocess.run([MUTMUT, "run", *chosen], check=False)
    tell({name: code for name, code in outcomes().items() if code is not None})


def outcomes() -> dict[str, int | None]:
    """Return each mutant's exit code; none where it was not tried."""
    found: dict[str, int | None] = {}
    for path in sorted(FOLDER.rglob("*.meta")):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def tell(codes: dict[str, int]) -> None:
    """Print how many were noticed, and where the others are."""
    missed = [name for name, code in codes.items() if code in NOT_NOTICED]
    places = Counter(name.rpartition(".")[0] for name in missed)
    for place, count in places.most_common():
        print(f"{count:5} not noticed in {place}")
    if codes:
        noticed = 100 * (len(codes) - len(missed)) / len(codes)
        print(f"{len(codes)} mutants tried, {noticed:.1f} % noticed")


if __name__ == "__main__":
    main()
