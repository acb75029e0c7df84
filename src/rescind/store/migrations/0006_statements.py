"""Statements that were read, and what the person decided about findings."""

import uuid
from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the tables of imports and decisions."""

    dependencies: ClassVar = [
        ("desk", "0005_work"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="DecisionRecord",
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
                ("decided_at", models.DateTimeField()),
                ("act", models.CharField(max_length=20)),
                ("marks", models.JSONField()),
                ("others", models.JSONField(default=list)),
                ("identity", models.CharField(blank=True, max_length=80)),
                ("changes", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ImportRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("imported_at", models.DateTimeField()),
                ("name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=80, unique=True)),
                ("layout", models.JSONField()),
                ("entries", models.BinaryField()),
                ("content", models.BinaryField(null=True)),
            ],
            options={
                "ordering": ["-imported_at", "name"],
            },
        ),
    ]
