"""Which cases are copies to practise with, as a column: no list has them."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the column; cases are worked out anew, since the rules are others."""

    dependencies: ClassVar = [
        ("desk", "0009_by_hand"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="standingrecord",
            name="practice_of",
            field=models.UUIDField(db_index=True, null=True),
        ),
    ]
