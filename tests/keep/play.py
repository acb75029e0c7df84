"""The drill's cases: begun, gone on with and looked at, each in one process."""

import json
import sys
from datetime import timedelta

from rescind.adapters import clock
from rescind.adapters.settings.notifications import NOTICES
from rescind.adapters.settings.smtp import MAILBOX
from rescind.app.setup import configure, setup
from rescind.settings import private_folder
from tests.given import FACTS, SENDER
from tests.mail import servers

configure()  # before what keeps something is imported
from rescind.app.follow import cases, queries, received, reports  # noqa: E402 - after the set-up
from rescind.app.prove import keys  # noqa: E402 - after the set-up
from rescind.store import selectors  # noqa: E402 - after the set-up

TO = "desk@merchant.example.org"
ANSWER = b"""From: Desk <desk@merchant.example.org>
To: ada@home.example.org
Subject: Your cancellation
Message-ID: <answer@merchant.example.org>
Date: Sat, 28 Nov 2026 12:00:00 +0000

Your subscription has been cancelled and ends on 10 December 2026.
"""


def begin(port: str, ca_file: str) -> dict[str, str]:
    """Open cases and bring each to another state; return them by what they are."""
    folder = private_folder()
    account = {"host": servers.HOST, "port": port, "user": servers.USER}
    MAILBOX.write(folder, account | {"ca_file": ca_file})
    NOTICES.write(folder, {"email": servers.USER})
    names = ("answered", "ordered", "draft", "closed")
    story = {name: cases.new_case(FACTS, SENDER) for name in names}
    cases.send(story["answered"], way="smtp", to=TO, copy=False)
    received.take_in(story["answered"], ANSWER)
    later = (clock.now() + timedelta(days=2)).date().isoformat()
    cases.send_later(story["ordered"], way="smtp", to=TO, at=later, copy=False)
    cases.close(story["closed"], note="")
    keys.current_key()
    return story


def go_on(*story: str) -> dict[str, str]:
    """Send what was ordered, what was a draft, and what was closed."""
    _, ordered, draft, closed = story
    cases.recall(ordered)
    reports.reopen(closed)
    for case_id in (ordered, draft, closed):
        cases.send(case_id, way="smtp", to=TO, copy=False)
    return {}


def look(*story: str) -> dict[str, object]:
    """Return each case as it is, with its events and the digests of its files."""
    return {
        case.id: {
            **queries.whole_case(case),
            "files": sorted(f.digest for f in selectors.files(case)),
        }
        for case in map(selectors.read_case, story)
    }


if __name__ == "__main__":
    setup()
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))  # noqa: T201 - for the test
