"""Instructions not to inform: anybody at work adds one, and only who leads the partnership reads them."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import APP, POST

LEADS_IT = f"""EXISTS (SELECT FROM agencies_post mine
    JOIN programmes_localpartnership p ON p.office_id = mine.unit_id
    WHERE mine.id = {POST} AND mine.is_leader AND p.id = coordination_instruction.partnership_id)"""
LOCK = f"""ALTER TABLE coordination_instruction ENABLE ROW LEVEL SECURITY;
ALTER TABLE coordination_instruction FORCE ROW LEVEL SECURITY;
CREATE POLICY the_leaders ON coordination_instruction FOR SELECT TO {APP} USING ({LEADS_IT});
CREATE POLICY whoever_entered ON coordination_instruction FOR INSERT TO {APP}
  WITH CHECK (gate.entered_post() IS NOT NULL);
GRANT SELECT, INSERT ON coordination_instruction TO {APP};"""
UNLOCK = f"""REVOKE ALL ON coordination_instruction FROM {APP};
DROP POLICY IF EXISTS the_leaders ON coordination_instruction;
DROP POLICY IF EXISTS whoever_entered ON coordination_instruction;"""


class Migration(migrations.Migration):
    dependencies = [("coordination", "0009_change_wishes"), ("programmes", "0006_exemptions")]

    operations = [
        migrations.CreateModel(
            name="Instruction",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("about", models.TextField()),
                ("given_by", models.TextField()),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.localpartnership",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(LOCK, UNLOCK),
    ]
