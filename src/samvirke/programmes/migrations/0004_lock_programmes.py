"""Programmes are open to every page; only a partnership's leader adds versions of its rules."""

from django.db import migrations

from samvirke.gate.protection import APP, directory

TABLES = [
    "programmes_programme",
    "programmes_programmeyear",
    "programmes_participant",
    "programmes_budgetline",
    "programmes_allocation",
    "programmes_programmegoal",
    "programmes_rate",
]
BY_ITS_LEADER = """saved_by_id = (SELECT nullif(current_setting('gate.post', true), ''))::uuid
  AND EXISTS (SELECT FROM programmes_localpartnership p
    JOIN agencies_post mine ON mine.unit_id = p.office_id AND mine.is_leader
    WHERE p.id = partnership_id
      AND mine.id = (SELECT nullif(current_setting('gate.post', true), ''))::uuid)"""
RULES = f"""ALTER TABLE programmes_rulesversion ENABLE ROW LEVEL SECURITY;
ALTER TABLE programmes_rulesversion FORCE ROW LEVEL SECURITY;
CREATE POLICY anybody_reads ON programmes_rulesversion FOR SELECT TO {APP} USING (true);
CREATE POLICY the_leader_adds ON programmes_rulesversion FOR INSERT TO {APP} WITH CHECK ({BY_ITS_LEADER});
GRANT SELECT, INSERT ON programmes_rulesversion TO {APP};"""
OPEN = f"""REVOKE ALL ON programmes_rulesversion FROM {APP};
DROP POLICY IF EXISTS anybody_reads ON programmes_rulesversion;
DROP POLICY IF EXISTS the_leader_adds ON programmes_rulesversion;"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_programmes"), ("gate", "0002_lock")]

    operations = [*(directory(table) for table in TABLES), migrations.RunSQL(RULES, OPEN)]
