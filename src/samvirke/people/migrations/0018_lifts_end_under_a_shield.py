"""No lift outlives the shielding of the same person's case.

Neither when the case is shielded, nor when a shielded case turns out to be that of somebody for whom the
glass has been broken.
"""

from django.db import migrations

from samvirke.gate.protection import handed_over

ENDS = """
CREATE FUNCTION gate.lifts_end() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN
  IF gate.is_shielded(NEW.subject_id, gate.now()) THEN
    WITH ended AS (
      DELETE FROM gate_grant g USING gate.same_person(NEW.subject_id) same (id)
        WHERE g.subject_id = same.id AND g.basis = 'lift' RETURNING g.subject_id
    ) UPDATE gate_subject s SET epoch = epoch + 1 FROM ended e WHERE s.id = e.subject_id;
  END IF;
  RETURN NULL;
END $$;
"""
TABLES = ("gate_shield", "people_identitylink", "people_recordpair")
TRIGGERS = "\n".join(
    f"CREATE TRIGGER lifts_end AFTER INSERT OR UPDATE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION gate.lifts_end();"
    for table in TABLES
)
NO_TRIGGERS = "\n".join(f"DROP TRIGGER lifts_end ON {table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("people", "0017_told_to_the_person"), ("gate", "0025_wide_holders")]

    operations = [
        migrations.RunSQL(ENDS, "DROP FUNCTION gate.lifts_end();"),
        handed_over(definers=["gate.lifts_end()"]),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
