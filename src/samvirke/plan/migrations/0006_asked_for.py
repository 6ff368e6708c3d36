"""The person reads who asked for a plan, a goal or an action in vain; of a family's plan, each member."""

from django.db import migrations

from samvirke.gate.protection import asked_for


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0005_lock_sealed_notes"),
        ("gate", "0015_sealed_log"),
        ("people", "0009_asked_for"),
    ]

    operations = [
        asked_for("plan_plan", of_families=True),
        asked_for("plan_goal", of_families=True),
        asked_for("plan_action", of_families=True),
    ]
