"""The person reads who asked for a referral, a tie or a tied record in vain."""

from django.db import migrations

from samvirke.gate.protection import asked_for


class Migration(migrations.Migration):
    dependencies = [("people", "0008_emergencies"), ("gate", "0015_sealed_log")]

    operations = [
        asked_for("people_referral"),
        asked_for("gate_lift"),
        asked_for("people_identitylink"),
        asked_for("people_identitylink", key="record_id", holds="asked.unlinked_at IS NULL"),
    ]
