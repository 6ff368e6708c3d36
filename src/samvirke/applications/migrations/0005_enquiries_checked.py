"""What the migration before asks of new rows holds of all."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("applications", "0004_enquiries")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE applications_application VALIDATE CONSTRAINT application_of_enquiry;",
            migrations.RunSQL.noop,
        )
    ]
