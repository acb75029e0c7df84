"""What waits to be proved remembers its last try."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the table of tries."""

    dependencies: ClassVar = [("desk", "0003_chain")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="AttemptRecord",
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
                ("tries", models.PositiveIntegerField()),
                ("tried_at", models.DateTimeField()),
                ("said", models.CharField(max_length=500)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempt",
                        to="desk.caserecord",
                    ),
                ),
            ],
        ),
    ]
