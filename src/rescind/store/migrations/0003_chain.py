"""Each event gets the digest of itself and all before it.

The guard against changes is lifted for this one step and stands again after it.
"""

from typing import Any, ClassVar

from django.db import migrations, models

from rescind.core.model.case import Event, EventKind
from rescind.core.prove.chain import START, link

LIFT = {
    "sqlite": "DROP TRIGGER desk_event_no_update",
    "postgresql": "DROP TRIGGER desk_event_append_only ON desk_eventrecord",
}
GUARD = {
    "sqlite": """CREATE TRIGGER desk_event_no_update BEFORE UPDATE ON desk_eventrecord
        BEGIN SELECT RAISE(ABORT, 'events are added, never changed'); END""",
    "postgresql": """CREATE TRIGGER desk_event_append_only BEFORE UPDATE OR DELETE
       ON desk_eventrecord FOR EACH ROW EXECUTE FUNCTION desk_event_refuse()""",
}


def chain(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401 - Django's shape
    """Link the events that were recorded before there was a chain."""
    vendor = schema_editor.connection.vendor
    schema_editor.execute(LIFT[vendor])
    records = apps.get_model("desk", "EventRecord").objects
    case, previous = None, START
    for record in records.order_by("case_id", "number").iterator():
        if record.case_id != case:
            case, previous = record.case_id, START
        event = Event(
            number=record.number,
            kind=EventKind(record.kind),
            at=record.at,
            known_by=record.known_by,
            details=record.details,
        )
        previous = link(event, previous)
        records.filter(pk=record.pk).update(digest=previous)
    schema_editor.execute(GUARD[vendor])


class Migration(migrations.Migration):
    """Add the digests."""

    dependencies: ClassVar = [("desk", "0002_append_only")]
    operations: ClassVar = [
        migrations.AddField(
            "eventrecord", "digest", models.CharField(max_length=80, null=True)
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
    ]
