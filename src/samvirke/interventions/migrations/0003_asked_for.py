"""The person reads who asked for a need in vain."""

from django.db import migrations

from samvirke.gate.protection import asked_for


class Migration(migrations.Migration):
    dependencies = [("interventions", "0002_lock"), ("gate", "0015_sealed_log")]

    operations = [
        asked_for("interventions_need"),
    ]
