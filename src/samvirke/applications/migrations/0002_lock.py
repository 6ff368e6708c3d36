"""The lock on applications, and a status that is always the status of a step."""

from django.db import migrations

from samvirke.gate.protection import about_persons

STATUS_OF_A_STEP = """
ALTER TABLE applications_application ADD CONSTRAINT status_of_a_step
  FOREIGN KEY (id, status_step, status)
  REFERENCES applications_applicationstep (application_id, number, status)
  DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial"), ("gate", "0002_lock")]

    operations = [
        migrations.RunSQL(
            STATUS_OF_A_STEP, "ALTER TABLE applications_application DROP CONSTRAINT status_of_a_step;"
        ),
        about_persons("applications_application", kind="kind", privileges="SELECT, INSERT, UPDATE"),
        about_persons("applications_applicationstep", kind="kind"),
    ]
