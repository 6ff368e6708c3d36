"""What the migration before asks of new rows holds of all."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("applications", "0006_enquiries_of_parties")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE applications_enquiry VALIDATE CONSTRAINT enquiry_declined_by;",
            migrations.RunSQL.noop,
        )
    ]
