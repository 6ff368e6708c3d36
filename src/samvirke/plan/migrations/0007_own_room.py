"""A person's own room: read by the person and by those whom a consent lets in, never by a guardian."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import APP
from samvirke.plan.locks import OWN_ROOM_READ, OWN_ROOM_WRITTEN

LOCK = f"""ALTER TABLE plan_ownwords ENABLE ROW LEVEL SECURITY;
ALTER TABLE plan_ownwords FORCE ROW LEVEL SECURITY;
CREATE POLICY own_room ON plan_ownwords FOR SELECT TO {APP} USING ({OWN_ROOM_READ});
CREATE POLICY own_hand ON plan_ownwords FOR INSERT TO {APP} WITH CHECK ({OWN_ROOM_WRITTEN});
GRANT SELECT, INSERT ON plan_ownwords TO {APP};"""


class Migration(migrations.Migration):
    dependencies = [("plan", "0006_asked_for"), ("gate", "0018_guardians_within_their_scope")]

    operations = [
        migrations.CreateModel(
            name="OwnWords",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.subject"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "-written_at"], name="own_words_of_person")]
            },
        ),
        migrations.RunSQL(LOCK, migrations.RunSQL.noop),
    ]
