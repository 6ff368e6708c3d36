"""Agreements and contact persons: read by whoever has entered, written by leaders."""

from django.db import migrations

from samvirke.gate.protection import APP, of_a_unit

ME = "(SELECT nullif(current_setting('gate.post', true), ''))::uuid"
LEADS = f"""EXISTS (SELECT FROM agencies_post mine WHERE mine.id = {ME} AND mine.is_leader
    AND mine.role IN ('unit_leader', 'partnership_leader'))"""
LEADS_THE_UNIT = f"""EXISTS (SELECT FROM agencies_post mine WHERE mine.id = {ME}
    AND (mine.role = 'partnership_leader'
      OR (mine.is_leader AND mine.unit_id = agreements_contactperson.unit_id)))"""
TABLES = ["agreement", "agreementversion", "agreementparty", "responsetime", "routinecheck"]


def _readable(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE POLICY whoever_entered ON {table} FOR SELECT TO {APP} "
        "USING (gate.entered_post() IS NOT NULL);",
        f"DROP POLICY whoever_entered ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0001_initial"),
        ("agencies", "0002_lock"),
        ("gate", "0006_lifting"),
    ]

    operations = [
        *(of_a_unit(f"agreements_{table}", LEADS) for table in TABLES),
        of_a_unit("agreements_contactperson", LEADS_THE_UNIT, privileges="SELECT, INSERT, UPDATE"),
        *(_readable(f"agreements_{table}") for table in [*TABLES, "contactperson"]),
    ]
