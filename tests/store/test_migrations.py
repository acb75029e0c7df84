"""What was recorded by an earlier release is linked, and guarded as before."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import json
from datetime import UTC, datetime
import django
django.setup()
from django.core.management import call_command
from django.db import connection, DatabaseError

call_command("migrate", "desk", "0002", verbosity=0)
at = datetime(2026, 11, 1, 12, tzinfo=UTC)
with connection.cursor() as cursor:
    for case in ("a" * 32, "b" * 32):
        cursor.execute(
            "INSERT INTO desk_caserecord (id, opened_at, service, service_name, offer,"
            " kind, facts, verdict, sender) VALUES (%s, %s, 's', 'S', '', 'cancel',"
            " '{}', '{}', '{}')", [case, at])
        for number, kind in ((1, "opened"), (2, "closed")):
            cursor.execute(
                "INSERT INTO desk_eventrecord (case_id, number, kind, at, known_by,"
                " details) VALUES (%s, %s, %s, %s, 'person', '{}')",
                [case, number, kind, at])
call_command("migrate", verbosity=0)

from rescind.core.prove.chain import find_breaks
from rescind.store import selectors, services
from rescind.core.model.case import EventKind
from rescind.store.models import EventRecord, WorkRecord
from rescind.app.follow import worker

found = [case.events for case in selectors.cases()]
refused = []
for change in (
    lambda: EventRecord.objects.update(kind="opened"),
    lambda: EventRecord.objects.all().delete(),
):
    try:
        change()
        refused.append(False)
    except DatabaseError:
        refused.append(True)
case = selectors.find_case(selectors.cases()[0].id)
services.add_event(case, EventKind.ANSWERED, now=at, known_by="person")
planned = WorkRecord.objects.filter(action="plan").count()
it = worker.Worker(threads=1)
it.start()
it.run_once()
it.stop()
print(json.dumps({
    "planned": [planned, WorkRecord.objects.filter(action="plan").count()],
    "breaks": [len(find_breaks(events)) for events in found],
    "events": [len(events) for events in found],
    "refused": refused,
    "after": len(find_breaks(selectors.events(selectors.find_case(str(case.pk))))),
}))
"""


def test_events_of_an_earlier_release_are_linked_and_guarded(tmp_path: Path) -> None:
    environment = os.environ | {"RESCIND_HOME": str(tmp_path)}
    environment.pop("RESCIND_DATABASE_URL", None)

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == (
        '{"planned": [2, 0], "breaks": [0, 0], "events": [2, 2], '
        '"refused": [true, true], "after": 0}'
    )
