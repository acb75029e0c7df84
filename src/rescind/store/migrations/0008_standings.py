"""Where each case stands, and the days that count, as columns for lists."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models


def mark_cases(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401, ARG001 - Django's shape
    """Give every case of an earlier release empty columns, to be worked out.

    That is done by the rules of the day on which the program starts, and not here:
    see ``standings.rebuild``.
    """
    cases, standings = (
        apps.get_model("desk", "CaseRecord"),
        apps.get_model("desk", "StandingRecord"),
    )
    names = ("pk", "opened_at", "service", "service_name", "offer", "kind")
    standings.objects.bulk_create(
        (
            standings(
                case_id=pk,
                rules="",
                opened_at=opened_at,
                service=service,
                service_name=service_name,
                offer=offer,
                kind=kind,
                state="draft",
                next_step="next_step.draft",
            )
            for pk, opened_at, service, service_name, offer, kind in (
                cases.objects.values_list(*names).iterator()
            )
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    """Add the tables of standings and of days."""

    dependencies: ClassVar = [("desk", "0007_checks")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="StandingRecord",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="desk.caserecord",
                    ),
                ),
                ("rules", models.CharField(db_index=True, max_length=40)),
                ("events", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("service", models.CharField(max_length=100)),
                ("service_name", models.CharField(max_length=200)),
                ("offer", models.CharField(blank=True, max_length=100)),
                ("kind", models.CharField(max_length=40)),
                ("country", models.CharField(blank=True, max_length=100)),
                ("time_zone", models.CharField(blank=True, max_length=100)),
                ("state", models.CharField(max_length=20)),
                ("next_step", models.CharField(max_length=80)),
                ("confirm_by", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("late_at", models.DateTimeField(null=True)),
                ("very_late_at", models.DateTimeField(null=True)),
                ("by_word_only", models.BooleanField(default=False)),
                ("is_settled", models.BooleanField(default=False)),
                ("may_send", models.BooleanField(default=False)),
                ("lacks_signer", models.BooleanField(default=False)),
                ("lacks_stamp", models.BooleanField(default=False)),
                ("lacks_anchor", models.BooleanField(default=False)),
                ("lacks_block", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["-opened_at", "case_id"],
                "indexes": [
                    models.Index(fields=["-opened_at", "case"], name="standing_newest")
                ],
            },
        ),
        migrations.CreateModel(
            name="DayRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("what", models.CharField(max_length=20)),
                ("by", models.CharField(max_length=40)),
                ("moment", models.DateTimeField()),
                ("stays", models.BooleanField()),
                ("why", models.JSONField()),
                (
                    "standing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="desk.standingrecord",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["moment", "id", "stays"], name="day_moment")
                ],
            },
        ),
        migrations.RunPython(mark_cases, migrations.RunPython.noop),
    ]
