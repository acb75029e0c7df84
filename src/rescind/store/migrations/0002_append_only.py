"""Events are added, never changed: the database itself refuses it.

A case can be forgotten as a whole: its id then stands in ``desk_forgetting`` while
its rows are deleted.
"""

from typing import Any, ClassVar

from django.db import migrations

SQLITE = (
    "CREATE TABLE desk_forgetting (case_id char(32) PRIMARY KEY)",
    """CREATE TRIGGER desk_event_no_update BEFORE UPDATE ON desk_eventrecord
        BEGIN SELECT RAISE(ABORT, 'events are added, never changed'); END""",
    """CREATE TRIGGER desk_event_no_delete BEFORE DELETE ON desk_eventrecord
        WHEN OLD.case_id NOT IN (SELECT case_id FROM desk_forgetting)
        BEGIN SELECT RAISE(ABORT, 'events are added, never changed'); END""",
)
POSTGRESQL = (
    "CREATE TABLE desk_forgetting (case_id uuid PRIMARY KEY)",
    """CREATE FUNCTION desk_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' AND
             OLD.case_id IN (SELECT case_id FROM desk_forgetting) THEN
            RETURN OLD;
          END IF;
          RAISE EXCEPTION 'events are added, never changed';
        END $$""",
    """CREATE TRIGGER desk_event_append_only BEFORE UPDATE OR DELETE
       ON desk_eventrecord FOR EACH ROW EXECUTE FUNCTION desk_event_refuse()""",
)


def guard(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401, ARG001 - Django's shape
    """Put the guard in place in the database's own language."""
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Guard the events."""

    dependencies: ClassVar = [("desk", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(guard, migrations.RunPython.noop)]
