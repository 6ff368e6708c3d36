"""An enquiry is for its parties: the rest of the team does not see it, whatever else it may see."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.applications.locks import ITS_PARTIES
from samvirke.gate.protection import APP


def _for_its_parties(table: str, condition: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE POLICY its_parties ON {table} AS RESTRICTIVE FOR ALL TO {APP} "
        f"USING ({condition}) WITH CHECK ({condition});",
        f"DROP POLICY IF EXISTS its_parties ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_enquiries_checked")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE applications_enquiry ADD COLUMN declined_by_id uuid;",
                    "ALTER TABLE applications_enquiry DROP COLUMN declined_by_id;",
                ),
                migrations.RunSQL(
                    "ALTER TABLE applications_enquiry ADD CONSTRAINT enquiry_declined_by "
                    "FOREIGN KEY (declined_by_id) REFERENCES agencies_unit (id) "
                    "DEFERRABLE INITIALLY DEFERRED NOT VALID;",
                    "ALTER TABLE applications_enquiry DROP CONSTRAINT enquiry_declined_by;",
                ),
            ],
            state_operations=[
                migrations.AddField(
                    "enquiry",
                    "declined_by",
                    models.ForeignKey(
                        null=True,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.unit",
                    ),
                )
            ],
        ),
        *(_for_its_parties(table, condition) for table, condition in ITS_PARTIES.items()),
    ]
