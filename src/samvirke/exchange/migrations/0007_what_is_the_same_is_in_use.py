"""A record that a worker found to be the same as another, or another than it, is not taken back."""

from django.db import migrations

IN_USE = """
CREATE OR REPLACE FUNCTION gate.records_in_use(records uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT g.subject_id FROM gate_grant g
    WHERE g.subject_id = ANY (records) AND g.holder_id = ANY (gate.entered_holders())
      AND g.basis = 'own_record' AND ({found}
        EXISTS (SELECT FROM people_identitylink l WHERE l.record_id = g.subject_id)
        OR EXISTS (SELECT FROM people_recordassessment a WHERE a.subject_id = g.subject_id)
        OR EXISTS (SELECT FROM programmes_screening s WHERE s.subject_id = g.subject_id)
        OR EXISTS (SELECT FROM events_fact f WHERE f.subject_id = g.subject_id AND f.code = 'person_asked'));
END $$;
"""
FOUND = """
        EXISTS (SELECT FROM people_recordpair p WHERE p.subject_id = g.subject_id)
        OR EXISTS (SELECT FROM people_recordpair p WHERE p.other_id = g.subject_id) OR"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0006_found_and_undone"), ("people", "0006_pairs_and_wrong_ties")]

    operations = [migrations.RunSQL(IN_USE.format(found=FOUND), IN_USE.format(found=""))]
