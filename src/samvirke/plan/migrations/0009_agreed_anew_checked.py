"""What the migration before asks of new rows holds of all."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plan", "0008_agreed_anew")]

    operations = [
        migrations.RunSQL(f"ALTER TABLE plan_action VALIDATE CONSTRAINT {name};", migrations.RunSQL.noop)
        for name in ("action_changed_by", "a_wish_is_refused_for_a_reason")
    ]
