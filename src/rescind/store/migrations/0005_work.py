"""What is due is planned in a table, and what was told is remembered."""

from datetime import UTC, datetime
from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models


def plan_cases(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401, ARG001 - Django's shape
    """Have a worker plan every case of an earlier release."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    cases, work = (
        apps.get_model("desk", "CaseRecord"),
        apps.get_model("desk", "WorkRecord"),
    )
    names = cases.objects.values_list("pk", flat=True).iterator()
    work.objects.bulk_create(
        (work(case_id=pk, action="plan", key="first", at=now) for pk in names),
        batch_size=500,
    )


class Migration(migrations.Migration):
    """Add the tables of work, of notices and of workers."""

    dependencies: ClassVar = [("desk", "0004_attempts")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="NoticeRecord",
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
                ("key", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("said", models.CharField(max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name="WorkerRecord",
            fields=[
                (
                    "name",
                    models.CharField(max_length=60, primary_key=True, serialize=False),
                ),
                ("started_at", models.DateTimeField()),
                ("looked_at", models.DateTimeField()),
                ("done", models.PositiveBigIntegerField(default=0)),
                ("failed", models.PositiveBigIntegerField(default=0)),
                ("missed_from", models.DateTimeField(null=True)),
                ("missed", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="WorkRecord",
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
                ("action", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=120)),
                ("at", models.DateTimeField(db_index=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("said", models.CharField(blank=True, max_length=500)),
                ("has_failed", models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name="dispatchrecord",
            name="account",
            field=models.CharField(blank=True, max_length=320),
        ),
        migrations.AddField(
            model_name="dispatchrecord",
            name="begun_by",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="dispatchrecord",
            name="copy_to",
            field=models.CharField(blank=True, max_length=320),
        ),
        migrations.AddField(
            model_name="dispatchrecord",
            name="domain",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddIndex(
            model_name="dispatchrecord",
            index=models.Index(fields=["account", "begun_at"], name="dispatch_account"),
        ),
        migrations.AddIndex(
            model_name="dispatchrecord",
            index=models.Index(
                fields=["account", "domain", "begun_at"], name="dispatch_to"
            ),
        ),
        migrations.AddIndex(
            model_name="dispatchrecord",
            index=models.Index(fields=["message_id"], name="dispatch_message"),
        ),
        migrations.AddField(
            model_name="noticerecord",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to="desk.caserecord",
            ),
        ),
        migrations.AddField(
            model_name="workrecord",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="work",
                to="desk.caserecord",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticerecord",
            constraint=models.UniqueConstraint(
                fields=("case", "key"), name="notice_once"
            ),
        ),
        migrations.AddIndex(
            model_name="workrecord",
            index=models.Index(
                condition=models.Q(("has_failed", True)),
                fields=["at"],
                name="work_failed",
            ),
        ),
        migrations.AddConstraint(
            model_name="workrecord",
            constraint=models.UniqueConstraint(
                fields=("case", "action"), name="work_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="workrecord",
            constraint=models.UniqueConstraint(
                fields=("action",),
                condition=models.Q(case__isnull=True),
                name="work_of_no_case_once",
            ),
        ),
        migrations.RunPython(plan_cases, migrations.RunPython.noop),
    ]
