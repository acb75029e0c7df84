"""What the person writes down themselves of what they pay for."""

import uuid
from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the table of what is paid for by hand."""

    dependencies: ClassVar = [
        ("desk", "0008_standings"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="PaidByHandRecord",
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
                ("added_at", models.DateTimeField()),
                ("name", models.CharField(max_length=80)),
                ("amount", models.DecimalField(decimal_places=3, max_digits=18)),
                ("currency", models.CharField(max_length=3)),
                ("period", models.CharField(max_length=8)),
                ("next_on", models.DateField(null=True)),
                ("category", models.CharField(max_length=20)),
            ],
            options={
                "ordering": ["added_at", "id"],
            },
        ),
    ]
