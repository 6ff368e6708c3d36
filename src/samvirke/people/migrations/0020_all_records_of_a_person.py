"""An agency may know somebody under several numbers: all records of a person go together.

Who must not see one record of a person saw another of the same person, since only the person was asked about.
"""

from django.db import migrations

SAME = """
CREATE OR REPLACE FUNCTION gate.same_person(about uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  WITH person AS (
    SELECT about AS id
    UNION SELECT l.subject_id FROM people_identitylink l WHERE l.record_id = about AND l.unlinked_at IS NULL
  )
  SELECT p.id FROM person p
  UNION SELECT l.record_id FROM person p JOIN people_identitylink l ON l.subject_id = p.id
    WHERE l.unlinked_at IS NULL
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_emergencies"), ("gate", "0020_reviews_and_renewals")]

    operations = [migrations.RunSQL(SAME, migrations.RunSQL.noop)]
