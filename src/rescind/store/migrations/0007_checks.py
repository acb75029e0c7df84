"""What a person tells of a contract before anything is done about it."""

import uuid
from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the table of checks."""

    dependencies: ClassVar = [
        ("desk", "0006_statements"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CheckRecord",
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
                ("opened_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("service", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("typed", models.JSONField(default=dict)),
                ("letters", models.JSONField(default=dict)),
                ("sender", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["-changed_at", "id"],
            },
        ),
    ]
