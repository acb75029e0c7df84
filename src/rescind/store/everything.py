"""Everything that is kept, counted and erased."""

from collections.abc import Mapping

from django.db import connection, transaction

from rescind.store import services
from rescind.store.models import (
    CaseRecord,
    CheckRecord,
    DecisionRecord,
    ImportRecord,
    PaidByHandRecord,
    WorkRecord,
)


def counts() -> Mapping[str, int]:
    """Return how many cases, checks and statements there are."""
    return {
        "cases": CaseRecord.objects.count(),
        "checks": CheckRecord.objects.count(),
        "statements": ImportRecord.objects.count(),
    }


def case_ids() -> tuple[str, ...]:
    """Return the id of every case."""
    return tuple(str(key) for key in CaseRecord.objects.values_list("pk", flat=True))


def forget_everything() -> None:
    """Erase every case, check and statement, and every byte of them, for good."""
    with transaction.atomic():
        keys = [[services.key_of(case)] for case in CaseRecord.objects.all()]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO desk_forgetting (case_id) VALUES (%s)", keys
            )
        CaseRecord.objects.all().delete()
        # what hangs on no case; the rest went with its case
        own = (CheckRecord, ImportRecord, DecisionRecord, PaidByHandRecord)
        for rows in (*own, WorkRecord):
            rows.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM desk_forgetting")
    services.clear_erased()
