"""Order letters and print their cases: a program of the tests, for other processes."""

import json
import sys

from rescind.adapters import clock
from rescind.app.setup import setup
from tests.given import FACTS, SENDER


def main() -> None:
    """Order as many letters as the first argument says."""
    setup()
    from rescind.app.follow import cases

    opened = [cases.new_case(FACTS, SENDER) for _ in range(int(sys.argv[1]))]
    for case_id in opened:
        at = clock.now().isoformat()
        to = "desk@merchant.example.org"
        cases.send_later(case_id, way="smtp", to=to, at=at, copy=False)
    print(json.dumps(opened))  # noqa: T201 - for the process that asked


if __name__ == "__main__":
    main()
