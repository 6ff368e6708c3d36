"""A person is found by a typed number only where the glass breaks, and a record and its person go together.

Who must not see the one does not see the other; where the one is shielded, so is the other. The gatekeeper
reads the keyed hash of a person's number and their links for this, nothing else of a person.
What was asked by number and opened nothing stands in the log under an id made of the hash, whether or not
anybody has the number; the person reads it there.
"""

from django.db import migrations

from samvirke.gate.protection import handed_over

FOUND = """
GRANT SELECT (id, partnership_id, national_id_hash) ON people_person TO samvirke_gatekeeper;
CREATE POLICY the_gatekeeper ON people_person FOR SELECT TO samvirke_gatekeeper USING (true);

CREATE FUNCTION gate.lift_by_number(lift uuid, number_hash bytea, partnership uuid, open_kinds int, why text,
    for_hours int, reviewed_by uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found uuid;
BEGIN
  SELECT p.id INTO found FROM people_person p
    WHERE p.partnership_id = partnership AND p.national_id_hash = number_hash;
  RETURN CASE WHEN gate.lift(lift, found, open_kinds, why, for_hours, reviewed_by) THEN found END;
END $$;

CREATE OR REPLACE FUNCTION gate.same_person(about uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  WITH folded AS (
    SELECT p.subject_id AS one, p.other_id AS other FROM people_recordpair p
      WHERE p.is_same AND p.ended_at IS NULL
  ), tied AS (
    SELECT l.subject_id AS person, l.record_id AS record FROM people_identitylink l
      WHERE l.unlinked_at IS NULL
  ), asked AS (
    SELECT about AS id
    UNION SELECT f.other FROM folded f WHERE f.one = about
    UNION SELECT f.one FROM folded f WHERE f.other = about
  ), person AS (
    SELECT a.id FROM asked a UNION SELECT t.person FROM asked a JOIN tied t ON t.record = a.id
  ), known AS (
    SELECT p.id FROM person p UNION SELECT t.record FROM person p JOIN tied t ON t.person = p.id
  )
  SELECT k.id FROM known k
  UNION SELECT f.other FROM known k JOIN folded f ON f.one = k.id
  UNION SELECT f.one FROM known k JOIN folded f ON f.other = k.id
$$;
"""
ASKED_BY_NUMBER = """
CREATE POLICY asked_by_number ON gate_accessentry FOR SELECT TO samvirke_app USING (
  subject_id IN (SELECT encode(substr(p.national_id_hash, 1, 16), 'hex')::uuid FROM people_person p
    WHERE p.citizen_id = (SELECT gate.entered_post())));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_indexes_that_are_read"),
        ("gate", "0014_lifts_only_read"),
    ]

    operations = [
        migrations.RunSQL(FOUND),
        handed_over(definers=["gate.lift_by_number(uuid, bytea, uuid, int, text, int, uuid)"]),
        migrations.RunSQL(ASKED_BY_NUMBER),
    ]
