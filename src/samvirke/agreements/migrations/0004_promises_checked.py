"""What the migration before asks of new rows holds of all."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_responsibility")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE agreements_responsetime VALIDATE CONSTRAINT a_response_takes_a_day_at_least;",
            migrations.RunSQL.noop,
        )
    ]
