"""The person reads who asked for an application in vain."""

from django.db import migrations

from samvirke.gate.protection import asked_for


class Migration(migrations.Migration):
    dependencies = [("applications", "0002_lock"), ("gate", "0015_sealed_log")]

    operations = [
        asked_for("applications_application"),
    ]
