"""The person reads who asked for an offer, a meeting or a call in vain; of a family's, each member."""

from django.db import migrations

from samvirke.gate.protection import asked_for


class Migration(migrations.Migration):
    dependencies = [
        ("coordination", "0006_follow_ups"),
        ("gate", "0015_sealed_log"),
        ("people", "0009_asked_for"),
    ]

    operations = [
        asked_for("coordination_handover", of_families=True),
        asked_for("coordination_meeting", of_families=True),
        asked_for("coordination_followup", of_families=True),
    ]
