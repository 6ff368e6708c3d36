"""All that are the same person are found, however many ties and findings lead from the one to the other.

Before, of three cases of one client, two of them folded into the third, one was not found from the person
whose the other was: who is barred from the one must not see the other, and a shield of the one covers both.
"""

from django.db import migrations

ALL_THE_WAY = """
CREATE OR REPLACE FUNCTION gate.same_person(about uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  WITH RECURSIVE same (id) AS (
    SELECT about
    UNION
    SELECT near.id FROM same CROSS JOIN LATERAL (
      SELECT p.other_id FROM people_recordpair p
        WHERE p.subject_id = same.id AND p.is_same AND p.ended_at IS NULL
      UNION ALL SELECT p.subject_id FROM people_recordpair p
        WHERE p.other_id = same.id AND p.is_same AND p.ended_at IS NULL
      UNION ALL SELECT l.subject_id FROM people_identitylink l
        WHERE l.record_id = same.id AND l.unlinked_at IS NULL
      UNION ALL SELECT l.record_id FROM people_identitylink l
        WHERE l.subject_id = same.id AND l.unlinked_at IS NULL
    ) near (id)
  )
  SELECT same.id FROM same
$$;
"""
ONE_STEP = """
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


class Migration(migrations.Migration):
    dependencies = [("people", "0019_words_of_a_unit"), ("gate", "0014_lifts_only_read")]

    operations = [migrations.RunSQL(ALL_THE_WAY, ONE_STEP)]
