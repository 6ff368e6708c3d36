"""A sealed note is for the unit and the person."""

from django.db import migrations

from samvirke.gate.protection import anew


class Migration(migrations.Migration):
    dependencies = [("plan", "0004_sealed_notes"), ("gate", "0011_sealed_context")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE plan_note VALIDATE CONSTRAINT note_sealed_to;", migrations.RunSQL.noop
        ),
        anew("plan_note", kind="kind", sealed_to="sealed_to_id"),
    ]
