"""Whose a case is: its owner, for when people sign in, and who signs its letters."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the columns; cases are worked out anew, since the rules are others."""

    dependencies: ClassVar = [
        ("desk", "0010_practice"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="caserecord",
            name="owner",
            field=models.CharField(db_index=True, max_length=150, null=True),
        ),
        migrations.AddField(
            model_name="checkrecord",
            name="owner",
            field=models.CharField(db_index=True, max_length=150, null=True),
        ),
        migrations.AddField(
            model_name="standingrecord",
            name="person",
            field=models.CharField(db_index=True, max_length=200, null=True),
        ),
    ]
